"""What happens when the server, the network or the caller does something wrong."""

from __future__ import annotations

import asyncio
import gzip
import logging
import pickle
import re
import time
import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    InternalServerError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RedirectError,
    ResponseError,
    ResponseTooLargeError,
    UnprocessableEntityError,
)
from petshop.models import Error

PET = {"id": "1", "name": "Rex", "age": 3}
KEY = "sk-very-secret-key"


def client_of(server: Server, **settings: Any) -> Petshop:
    return Petshop(**{"api_key": KEY, "base_url": server.url, **settings})


@pytest.mark.parametrize(
    ("status", "cls"),
    [(400, BadRequestError), (401, AuthenticationError), (403, PermissionDeniedError), (404, NotFoundError),
     (409, ConflictError), (422, UnprocessableEntityError), (429, RateLimitError), (500, InternalServerError),
     (503, InternalServerError), (418, APIStatusError)],
)  # fmt: skip
def test_each_status_has_its_class_and_a_message_that_says_all(server: Server, status: int, cls: type) -> None:
    server.answer(Answer({"message": "no \x1b[31mway"}, status=status, headers={"X-Request-Id": "r1"}))
    with pytest.raises(APIStatusError) as caught:
        client_of(server, max_retries=0).pets.create(name="Rex")
    error = caught.value
    assert type(error) is cls
    assert str(error) == f"POST /pets -> {status}: no  [31mway"
    assert (error.status, error.request_id, error.attempts) == (status, "r1", 1)
    assert error.body == {"message": "no \x1b[31mway"}
    assert error.model == Error(message="no \x1b[31mway")
    assert error.elapsed > 0


@pytest.mark.parametrize(
    ("content", "message"),
    [(b'{"error": {"message": "deep"}}', "deep"), (b'{"errors": [{"detail": "x"}]}', "x"), (b"plain", "plain"),
     (b"<html>", "no message"), (b"", "no message"), (b'["a"]', "a"), (b"\xff", "�"),
     (b'{"message": 5}', "no message")],
)  # fmt: skip
def test_the_message_is_found_where_apis_put_it(server: Server, content: bytes, message: str) -> None:
    kind = "text/html" if content == b"<html>" else "text/plain"
    server.answer(Answer(content=content, status=400, headers={"Content-Type": kind}))
    with pytest.raises(BadRequestError) as caught:
        client_of(server).pets.create(name="Rex")
    assert caught.value.message == f"400: {message}"


def test_an_odd_error_body_does_not_hide_the_error_when_strict(server: Server) -> None:
    server.answer(Answer({"nonsense": 1}, status=400))
    with pytest.raises(BadRequestError):
        client_of(server, strict=True).pets.create(name="Rex")


def test_an_error_pickles_whole(server: Server, dead_url: str) -> None:
    server.answer(Answer({"message": "no", "code": 7}, status=400))
    errors: list[APIError] = []
    for base in (server.url, dead_url):
        with pytest.raises(APIError) as caught:
            client_of(server, base_url=base, max_retries=0).pets.create(name="Rex")
        errors.append(caught.value)
    for error in errors:
        same = pickle.loads(pickle.dumps(error))
        assert type(same) is type(error)
        assert str(same) == str(error)
        assert vars(same) == vars(error)


def test_the_key_is_nowhere_to_be_seen(server: Server, dead_url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.answer(Answer({"message": "no"}, status=500, headers={"Retry-After": "0"}))
    token = "-".join(("t", "secret", "3"))
    client = client_of(server, query_key="q-secret-1", cookie_key="c-secret-2")
    shown = [repr(client), repr(client.pets), str(vars(client))]
    for base, call in (
        (server.url, client.pets.retrieve),
        (dead_url, client_of(server, base_url=dead_url).pets.retrieve),
    ):
        with pytest.raises(APIError) as caught:
            call("1", max_retries=1 if base == server.url else 0, extra_headers={"X-Auth-Token": token})
        error = caught.value
        shown += [str(error), repr(error), repr(vars(error)), error.to_curl(), repr(pickle.dumps(error))]
        shown += traceback.format_exception(error)
    assert "Authorization: REDACTED" in error.to_curl()
    with pytest.raises(APIError) as caught:
        client.pets.keyed(max_retries=0)
    shown += [caught.value.to_curl(), str(caught.value), repr(pickle.dumps(caught.value))]
    assert "k=REDACTED" in caught.value.to_curl()
    shown += [record.getMessage() for record in caplog.records]
    for secret in (KEY, "q-secret-1", "c-secret-2", "t-secret-3"):
        assert secret not in "\n".join(shown)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(client)


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
def test_a_safe_call_is_tried_again_twice_with_growing_waits(server: Server, waits: list[float], status: int) -> None:
    server.answer(Answer({}, status=status), Answer({}, status=status), Answer(PET))
    assert client_of(server).pets.retrieve("1").name == "Rex"
    assert len(server.seen) == 3
    assert 0.375 <= waits[0] <= 0.5
    assert 0.75 <= waits[1] <= 1.0


def test_the_async_client_tries_again_too(server: Server, waits: list[float]) -> None:
    server.answer(Answer({}, status=503), Answer(PET))

    async def main() -> str:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            return (await client.pets.retrieve("1")).name

    assert asyncio.run(main()) == "Rex"
    assert len(waits) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 422, 501])
def test_what_will_not_get_better_is_not_tried_again(server: Server, waits: list[float], status: int) -> None:
    server.answer(Answer({}, status=status))
    with pytest.raises(APIStatusError):
        client_of(server).pets.create(name="x")
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 504])
def test_a_patch_that_may_have_been_done_is_not_sent_twice(server: Server, waits: list[float], status: int) -> None:
    server.answer(Answer({}, status=status))
    with pytest.raises(APIStatusError):
        client_of(server).pets.update("1", name="Rex")
    assert [seen.method for seen in server.seen] == ["PATCH"]


def test_a_patch_on_a_connection_that_breaks_is_not_sent_twice(server: Server, waits: list[float]) -> None:
    server.answer(Answer(raw=b""))
    with pytest.raises(APIConnectionError, match="it may have been done"):
        client_of(server).pets.update("1", name="Rex")
    assert [seen.method for seen in server.seen] == ["PATCH"]


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 504])
def test_a_post_that_may_have_been_done_is_not_sent_twice(server: Server, waits: list[float], status: int) -> None:
    server.answer(Answer({}, status=status, headers={"Retry-After": "1"}))
    with pytest.raises(APIStatusError):
        client_of(server).pets.create(name="Rex")
    assert len(server.seen) == 1


def test_a_post_with_an_idempotency_key_is_sent_again_with_the_same_key(server: Server, waits: list[float]) -> None:
    server.answer(Answer({}, status=500), Answer(PET))
    client_of(server).pets.create(name="Rex", idempotency_key="k-7")
    server.answer(Answer({}, status=500), Answer({}))
    client_of(server).pets.pay(amount=1)
    keys = [seen.headers["idempotency-key"] for seen in server.seen]
    assert keys[:2] == ["k-7", "k-7"]
    assert keys[2] == keys[3] != "k-7"


def test_a_post_that_was_turned_away_is_sent_again(server: Server, waits: list[float]) -> None:
    server.answer(Answer({}, status=429, headers={"Retry-After": "7"}), Answer(PET))
    client_of(server).pets.create(name="Rex")
    assert waits == [7.0]


def test_the_servers_word_on_retries_wins(server: Server, waits: list[float]) -> None:
    server.answer(Answer({}, status=500, headers={"x-should-retry": "true"}), Answer(PET))
    client_of(server).pets.create(name="Rex")
    server.answer(Answer({}, status=500, headers={"x-should-retry": "false"}))
    with pytest.raises(InternalServerError):
        client_of(server).pets.retrieve("1")
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"Retry-After": "3"}, 3, 3),
        ({"Retry-After": "1.5"}, 1.5, 1.5),
        ({"Retry-After-Ms": "250", "Retry-After": "9"}, 0.25, 0.25),
        ({"Retry-After": "in 100 seconds"}, 40, 100),
        ({"Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"}, 0, 0),
        ({"Retry-After": "soon"}, 0.375, 0.5),
        ({"Retry-After": "nan"}, 0.375, 0.5),
        ({"Retry-After": "-5"}, 0.375, 0.5),
    ],
)
def test_retry_after_is_understood(
    server: Server, waits: list[float], headers: dict[str, str], least: float, most: float
) -> None:
    if headers.get("Retry-After") == "in 100 seconds":
        headers = {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)}
    server.answer(Answer({}, status=503, headers=headers), Answer(PET))
    client_of(server).pets.retrieve("1")
    assert least <= waits[0] <= most


@pytest.mark.parametrize("wait", ["121", "99999999999", "1e300", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_wait_over_the_cap_is_refused_at_once(server: Server, waits: list[float], wait: str) -> None:
    server.answer(Answer({}, status=429, headers={"Retry-After": wait}))
    with pytest.raises(RateLimitError) as caught:
        client_of(server).pets.retrieve("1")
    assert waits == []
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > 120
    assert re.search(
        r"-> 429: no message; the server asks to wait \d+ s, and no call waits for so long$", str(caught.value)
    )


def test_nothing_listening_is_tried_again_for_any_method(waits: list[float], dead_url: str, server: Server) -> None:
    with pytest.raises(APIConnectionError, match=r"POST /pets: ConnectError") as caught:
        client_of(server, base_url=dead_url).pets.create(name="Rex")
    assert caught.value.attempts == 3
    assert caught.value.delivered is False


@pytest.mark.parametrize(
    "raw",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}", b"nonsense\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"],
)  # fmt: skip
def test_a_post_on_a_connection_that_breaks_is_not_sent_twice(server: Server, waits: list[float], raw: bytes) -> None:
    server.answer(Answer(raw=raw))
    with pytest.raises(APIConnectionError, match="it may have been done") as caught:
        client_of(server).pets.create(name="Rex")
    assert len(server.seen) == 1
    assert caught.value.delivered is None
    with pytest.raises(APIConnectionError):
        client_of(server).pets.retrieve("1")
    assert len(server.seen) == 4


def test_a_slow_server_is_a_timeout(server: Server, waits: list[float]) -> None:
    release = __import__("threading").Event()
    server.answer(Answer(PET, before=lambda: release.wait(5)))
    with pytest.raises(APITimeoutError, match="may have been done"):
        client_of(server).pets.create(name="Rex", timeout=0.1)
    release.set()
    assert len(server.seen) == 1


def test_total_timeout_ends_all_attempts(server: Server) -> None:
    server.answer(Answer({}, status=503, headers={"Retry-After": "60"}))
    began = time.monotonic()
    with pytest.raises(InternalServerError):
        client_of(server, total_timeout=20).pets.retrieve("1")
    assert time.monotonic() - began < 20


def test_an_answer_over_the_cap_is_cut_off(server: Server) -> None:
    server.answer(Answer(content=b"x" * 2_000_000))
    with pytest.raises(ResponseTooLargeError, match="over 1000000 bytes"):
        client_of(server).pets.create(name="Rex")


def test_a_gzip_bomb_is_cut_off(server: Server) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    server.answer(Answer(content=bomb, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(ResponseTooLargeError):
        client_of(server).pets.create(name="Rex")


def test_broken_compression_is_an_unreadable_answer(server: Server, waits: list[float]) -> None:
    server.answer(Answer(content=b"no gzip", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(ResponseError, match="cannot be read"):
        client_of(server).pets.create(name="Rex")
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_origin_is_refused(server: Server, other_server: Server, status: int) -> None:
    server.answer(Answer({}, status=status, headers={"Location": f"{other_server.url}/steal"}))
    with pytest.raises(RedirectError, match="another origin"):
        client_of(server).pets.retrieve("1")
    assert other_server.seen == []


def test_a_redirect_within_the_origin_is_followed_where_that_is_safe(server: Server) -> None:
    server.answer(Answer({}, status=302, headers={"Location": "/v2/pets/1"}), Answer(PET))
    assert client_of(server).pets.retrieve("1").name == "Rex"
    server.answer(Answer({}, status=308, headers={"Location": "/v2/pets"}), Answer(PET))
    client_of(server).pets.create(name="Rex")
    assert [(s.method, s.path) for s in server.seen[1::2]] == [("GET", "/v2/pets/1"), ("POST", "/v2/pets")]
    assert server.seen[3].body == b'{"name":"Rex"}'
    server.answer(Answer({}, status=302, headers={"Location": "/v2/pets"}))
    with pytest.raises(RedirectError, match="which a POST does not survive"):
        client_of(server).pets.create(name="Rex")
    server.answer(Answer({}, status=307, headers={"Location": "/pets/1"}))
    with pytest.raises(RedirectError, match="more than 5"):
        client_of(server).pets.retrieve("1")


@pytest.mark.parametrize(
    ("value", "path"),
    [("../models", "/pets/..%2Fmodels"), ("a/b", "/pets/a%2Fb"), ("%2e%2e", "/pets/%252e%252e"), (";x", "/pets/%3Bx"),
     ("a?b#c", "/pets/a%3Fb%23c"), ("ä\n", "/pets/%C3%A4%0A"), ("...", "/pets/..."), ("\\..", "/pets/%5C..")],
)  # fmt: skip
def test_a_path_value_stays_in_its_segment(server: Server, value: str, path: str) -> None:
    server.answer(Answer(PET))
    client_of(server).pets.retrieve(value)
    assert server.seen[0].path == path


@pytest.mark.parametrize("value", ["", ".", "..", None, [], "\ud800"])
def test_a_path_value_that_would_be_another_route_is_refused(server: Server, value: Any) -> None:
    with pytest.raises(InvalidRequestError, match=r"path|surrogate|pet_id"):
        client_of(server).pets.retrieve(value)
    assert server.seen == []


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b", "✓", "a\x7f"])
def test_a_header_that_would_be_two_is_refused(server: Server, value: str) -> None:
    client = client_of(server)
    with pytest.raises(InvalidRequestError):
        client.pets.delete("1", if_match=value)
    with pytest.raises(InvalidRequestError):
        client.pets.retrieve("1", extra_headers={"X-A": value})
    with pytest.raises(InvalidRequestError):
        client.pets.retrieve("1", extra_headers={value: "a"})
    with pytest.raises(InvalidRequestError):
        client.with_options(default_headers={"X-A": value})
    with pytest.raises(InvalidRequestError):
        client_of(server, api_key=f"k{value}k")
    assert server.seen == []


@pytest.mark.parametrize(
    "url", ["api.test", "ftp://x", "https://", "https://u:p@x", "http://x:port", "https://x/?a", "https://x y"]
)
def test_a_base_url_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="base_url") as caught:
        Petshop(api_key="k", base_url=url)
    assert "u:p" not in str(caught.value)


@pytest.mark.parametrize("body", [object(), {1: 2}, float("nan"), b"x"])
def test_a_body_that_json_has_no_form_for_is_refused(server: Server, body: Any) -> None:
    with pytest.raises(InvalidRequestError):
        client_of(server).pets.create(name=body if not isinstance(body, bytes) else memoryview(body))  # type: ignore[arg-type]
    assert server.seen == []


@pytest.mark.parametrize(
    "location", ["http://[", "http://x:port/", "//evil.test/x", "javascript:1", "https://127.0.0.1"]
)
def test_a_redirect_to_nowhere_or_elsewhere_is_one_typed_error(server: Server, location: str) -> None:
    server.answer(Answer({}, status=307, headers={"Location": location}))
    with pytest.raises((RedirectError, APIConnectionError)):
        client_of(server).pets.create(name="Rex")
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "option", [{"timeout": "5"}, {"max_retries": 1.5}, {"extra_query": 5}, {"extra_headers": "a"}, {"strict": 1}]
)
def test_an_option_of_the_wrong_type_is_told_before_anything_is_sent(server: Server, option: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=f"{next(iter(option))}: expected"):
        client_of(server).pets.retrieve("1", **option)
    assert server.seen == []


def test_the_options_that_are_checked_are_the_options_there_are() -> None:
    from petshop._runtime.base import _OPTION_TYPES
    from petshop._runtime.operation import RequestOptions

    assert _OPTION_TYPES.keys() == RequestOptions.__annotations__.keys()
