"""What must never happen, whatever is passed in: another route, a header too many, a key in the open."""

from __future__ import annotations

import asyncio
import copy
import inspect
import logging
import pickle
import traceback
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import Answer, Server
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from petshop import AsyncPetshop, Drift, Petshop
from petshop._runtime import (
    APIConnectionError,
    APIError,
    Attempt,
    Hook,
    InvalidRequestError,
    Reply,
    errors,
)
from petshop._runtime.parameters import cookie_header, fill_path, header_text, query_pairs
from petshop.models import Pet

PET = {"id": "1", "name": "Rex", "age": 3}
ONE_SERVER = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def client_of(server: Server, **told: Any) -> Petshop:
    return Petshop(**{"api_key": "k", "base_url": server.url, **told})


PARTS = st.sampled_from(["..", ".", "/", "\\", "%2e", "%2F", "%", ";", "?", "#", "&", "=", "@", ":", "a", " ", "\t"])
NASTY = st.text(max_size=20) | st.lists(PARTS, max_size=8).map("".join) | st.text("\r\n\0\x0b\x85\u2028a:", max_size=9)


@given(NASTY, NASTY)
def test_path_values_never_make_another_route(first: str, second: str) -> None:
    try:
        path = fill_path("/a/{one}/b/{two}", {"one": first, "two": second}, {})
    except InvalidRequestError:
        return
    assert path.isascii()
    assert path.count("/") == 4
    _, a, one, b, two = path.split("/")
    assert (a, b, unquote(one), unquote(two)) == ("a", "b", first, second)
    assert not {one, two} & {".", "..", ""}
    assert not set("?#\\;\r\n \0") & set(path)


@given(NASTY, NASTY)
def test_a_value_beside_fixed_text_in_a_segment_stays_there(first: str, second: str) -> None:
    try:
        path = fill_path("/a/{one}.{two}", {"one": first, "two": second}, {})
    except InvalidRequestError:
        return
    assert path.count("/") == 2
    assert path.rpartition("/")[2] not in (".", "..", "")


@ONE_SERVER
@given(value=NASTY)
def test_what_the_server_gets_is_the_value(server: Server, value: str) -> None:
    server.answer(Answer(PET))
    server.seen.clear()
    client = client_of(server)
    try:
        client.pets.retrieve(value, extra_query={"q": value})
    except InvalidRequestError:
        assert server.seen == []
        return
    finally:
        client.close()
    path, _, query = server.seen[0].path.partition("?")
    assert (unquote(path.removeprefix("/pets/")), unquote(query.removeprefix("q="))) == (value, value)


@given(NASTY)
def test_a_query_value_is_one_value(value: str) -> None:
    try:
        (pair,) = query_pairs({"q": value}, {})
        (other,) = query_pairs({value or "x": "1"}, {})
    except InvalidRequestError:
        return
    assert not set("&#\r\n \0") & set(pair + other)
    assert unquote(pair.removeprefix("q=")) == value


@given(NASTY)
def test_a_header_or_cookie_value_is_one_line(value: str) -> None:
    def write_cookie() -> str:
        return cookie_header({"c": value}, {})

    for write in (lambda: header_text("X-A", value), write_cookie):
        try:
            text = write()
        except InvalidRequestError:
            continue
        assert not set("\r\n\0") & set(text)
        assert write is not write_cookie or ";" not in text


def test_a_header_of_ones_own_takes_the_place_of_the_credential_however_it_is_written(server: Server) -> None:
    server.answer(Answer(PET))
    client = client_of(server)
    for name in ("Authorization", "authorization", "AUTHORIZATION"):
        client.pets.retrieve("1", extra_headers={name: "Mine x"})
        assert server.seen[-1].headers["authorization"] == "Mine x"
        assert "Mine" not in client.dry_run(client.pets.retrieve, "1", extra_headers={name: "Mine x"}).to_curl()


def every_error() -> list[type[APIError]]:
    return [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, APIError)]


@pytest.mark.parametrize("cls", every_error())
def test_every_class_of_errors_pickles_and_copies_whole(cls: type[APIError], server: Server) -> None:
    client = client_of(server)
    error = cls(Drift("GET /x", "$", "string", "integer")) if cls.__name__ == "DriftError" else cls("what\nwent wrong")
    error.request = client.dry_run(client.pets.create, name="Rex")
    error.attempts, error.elapsed = 2, 1.5
    vars(error).update(status=418, headers={"a": "b"}, body={"x": [1]}, model=Pet(id="1", name="Rex", age=None))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        same = pickle.loads(pickle.dumps(error, protocol))
        assert (type(same), str(same), same.args, vars(same)) == (cls, str(error), error.args, vars(error))
    twin = copy.deepcopy(error)
    assert (type(twin), vars(twin)) == (cls, vars(error))
    assert twin.to_curl() == error.to_curl()


class Keeps(Hook):
    """Keeps the text of all that it is shown."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def before(self, attempt: Attempt) -> None:
        self.shown.append(f"{attempt!r}{attempt.headers}{attempt.url}")

    def after(self, attempt: Attempt, reply: Reply) -> None:
        self.shown.append(f"{reply!r}{reply.headers}")

    def failed(self, attempt: Attempt, error: Exception) -> None:
        self.shown.append(f"{error!r}")


KEYS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFXYZ0123456789-_~./+=%&?#'\"\\ ", max_size=20).map("sK7{}9Zq".format)
"""Whatever stands between the marks, no key is a text that the client's own code shows."""
ANSWERS = st.sampled_from([
    Answer({}, status=500), Answer({"message": "no"}, status=401), Answer(content=b"<"), Answer(raw=b""),
    Answer({}, status=302, headers={"Location": "http://evil.test/"}),
    Answer({}, status=302, headers={"Location": "/a"}), Answer(content=b"x" * 1_100_000), Answer({}), Answer([PET]),
])  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=KEYS, answer=ANSWERS, place=st.sampled_from(["h", "q", "b"]))
def test_a_key_planted_anywhere_is_never_seen(
    server: Server, caplog: pytest.LogCaptureFixture, key: str, answer: Answer, place: str
) -> None:
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    server.answer(answer)
    hook = Keeps()
    made = Petshop(api_key=key, query_key=key, cookie_key=key, base_url=server.url) if place != "b" else (
        Petshop(login=("user", key), base_url=server.url)
    )  # fmt: skip
    client = made.with_options(hooks=[hook], strict=True, max_retries=0)
    method = client.pets.retrieve if place == "h" else client.pets.keyed
    arguments = ["1"] if place == "h" else []
    shown = [repr(client), repr(vars(client)), repr(client.pets), repr(client._credentials)]
    dry = client.dry_run(method, *arguments)
    shown += [repr(dry), dry.to_curl()]
    try:
        raws = client.pets.with_raw_response
        raw = raws.retrieve("1") if place == "h" else raws.keyed()
        shown += [repr(raw), repr(raw.request), raw.request.to_curl()]
    except APIError as error:
        shown += [str(error), repr(error), repr(vars(error)), error.to_curl(), repr(pickle.dumps(error))]
        shown += traceback.format_exception(error)
    shown += hook.shown + [record.getMessage() for record in caplog.records]
    made.close()
    text = "\n".join(shown)
    for form in {key, repr(key)[1:-1], key.encode().hex()}:
        assert form not in text
    assert unquote(text).count(key) == 0


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_credential_follows_a_redirect_to_another_origin(server: Server, other_server: Server, status: int) -> None:
    server.answer(Answer({}, status=status, headers={"Location": f"{other_server.url}/steal"}))
    client = client_of(server, query_key="q", cookie_key="c")
    for call in (client.pets.keyed, lambda: client.pets.retrieve("1"), lambda: client.pets.create(name="Rex")):
        with pytest.raises(APIError):
            call()

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as other:
            with pytest.raises(APIError):
                await other.pets.retrieve("1")

    asyncio.run(main())
    assert other_server.seen == []


def test_a_name_that_is_not_known_is_a_connection_error(
    server: Server, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(APIConnectionError, match="not known") as caught:
        client_of(server, base_url="http://api.petshop.test").pets.create(name="Rex")
    assert caught.value.attempts == 3
    assert caught.value.delivered is False


@pytest.mark.parametrize("answer", [Answer({}, status=500), Answer(raw=b""), Answer(content=b"<"), Answer({})], ids=str)
def test_a_key_planted_in_the_async_client_is_never_seen(
    server: Server, caplog: pytest.LogCaptureFixture, answer: Answer
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answer(answer)
    hook, key = Keeps(), "sK7+planted 9Zq"
    shown: list[str] = []

    async def main() -> None:
        async with AsyncPetshop(api_key=key, base_url=server.url, hooks=[hook], max_retries=0) as client:
            shown.extend([repr(client), repr(vars(client)), repr(client.pets)])
            dry = await client.dry_run(client.pets.retrieve, "1", extra_query={"api_key": key})
            shown.extend([repr(dry), dry.to_curl()])
            try:
                raw = await client.pets.with_raw_response.retrieve("1", extra_query={"api_key": key})
                shown.extend([repr(raw), raw.request.to_curl()])
            except APIError as error:
                shown.extend([str(error), repr(vars(error)), error.to_curl(), repr(pickle.dumps(error))])
                shown.extend(traceback.format_exception(error))

    asyncio.run(main())
    text = "\n".join([*shown, *hook.shown, *(record.getMessage() for record in caplog.records)])
    assert "planted" not in text
    assert server.seen[0].headers["authorization"] == f"Bearer {key}"
    assert "planted" in server.seen[0].path


@pytest.mark.parametrize("name", ["token", "X-Api-Key", "client_secret", "signature"])
def test_a_query_value_that_is_named_like_a_secret_is_shown_nowhere(server: Server, name: str) -> None:
    server.answer(Answer({}, status=500))
    with pytest.raises(APIError) as caught:
        client_of(server, max_retries=0).pets.retrieve("1", extra_query={name: "s3cret", "page": "2"})
    assert "s3cret" in server.seen[0].path
    assert "s3cret" not in f"{caught.value}{caught.value.request!r}{caught.value.to_curl()}"
    assert "page=2" in caught.value.to_curl()
