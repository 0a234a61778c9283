"""What a server may do wrong with its answer: one typed error or a documented result, and never a hang."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Drift, Petshop
from petshop._runtime import APIConnectionError, APIError, DecodeError, DriftError, ResponseError, ResponseTooLargeError

PET = {"id": "1", "name": "Rex", "age": 3}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture(params=["sync", "async"])
def create(request: pytest.FixtureRequest, server: Server) -> Callable[..., Any]:
    """Creates a pet, with either client."""

    def sync(**told: Any) -> Any:
        with Petshop(api_key="k", base_url=server.url, **told) as client:
            return client.pets.create(name="Rex")

    async def in_loop(**told: Any) -> Any:
        async with AsyncPetshop(api_key="k", base_url=server.url, max_response_bytes=1_000_000, **told) as client:
            return await client.pets.create(name="Rex")

    return sync if request.param == "sync" else lambda **told: asyncio.run(in_loop(**told))


ENDLESS = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b" " * 65536 + b"\r\n") * 64
BROKEN = {
    "cut off": (HEAD + b"Content-Length: 100\r\n\r\n{}", APIConnectionError),
    "cut off within a chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", APIConnectionError),
    "no end of chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", APIConnectionError),
    "a chunk of no size": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", APIConnectionError),
    "a length of no number": (HEAD + b"Content-Length: many\r\n\r\n{}", APIConnectionError),
    "a negative length": (HEAD + b"Content-Length: -1\r\n\r\n{}", APIConnectionError),
    "two lengths": (HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", APIConnectionError),
    "no status": (b"HTTP/1.1 OK\r\n\r\n", APIConnectionError),
    "a status of no kind": (b"HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n{}", APIError),
    "a header without end": (b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 300_000, APIConnectionError),
    "half a gzip": (
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 10\r\n\r\n" + gzip.compress(b"{}")[:10],
        ResponseError,
    ),
    "an older gzip": (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", ResponseError),
    "more than the cap": (ENDLESS, ResponseTooLargeError),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_one_typed_error_and_a_post_is_not_sent_twice(
    server: Server, create: Callable[..., Any], name: str
) -> None:
    raw, kind = BROKEN[name]
    server.answer(Answer(raw=raw))
    began = time.monotonic()
    with pytest.raises(kind) as caught:
        create(timeout=30)
    assert isinstance(caught.value, APIError)
    assert caught.value.request is not None
    assert str(caught.value).startswith("POST /pets")
    assert caught.value.delivered is not False
    assert len(server.seen) == 1
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_body_that_unpacks_to_more_than_the_cap_is_cut_off(
    server: Server, create: Callable[..., Any], encoding: str
) -> None:
    content = gzip.compress(b"0" * 30_000_000)
    if encoding == "deflate":
        import zlib

        content = zlib.compress(b"0" * 30_000_000)
    server.answer(Answer(content=content, headers={"Content-Encoding": encoding}))
    with pytest.raises(ResponseTooLargeError, match="over 1000000 bytes"):
        create()


@pytest.mark.parametrize(
    "content", [b"<html>hi</html>", b'{"id": "\xff"}', b'{"id": "1", ', b"\xef\xbb\xbf<", b"{}{}", b"[" * 100_000]
)
def test_what_is_no_json_says_that_the_call_was_done(
    server: Server, create: Callable[..., Any], content: bytes
) -> None:
    server.answer(Answer(content=content, headers={"X-Request-Id": "r1"}))
    with pytest.raises(DecodeError, match="is no JSON") as caught:
        create()
    assert caught.value.delivered is True
    assert caught.value.request_id == "r1"
    assert caught.value.status == 200


@pytest.mark.parametrize("content", [b"", b" \r\n", b"null"])
def test_nothing_where_something_was_documented_is_a_drift(
    server: Server, create: Callable[..., Any], content: bytes
) -> None:
    drifts: list[Drift] = []
    server.answer(Answer(content=content))
    assert create(on_drift=drifts.append) is None
    assert [drift.expected for drift in drifts] == ["Pet"]


def test_nothing_where_a_list_was_documented_is_a_list_of_nothing(server: Server) -> None:
    drifts: list[Drift] = []
    server.answer(Answer(content=b""))
    with Petshop(api_key="k", base_url=server.url, on_drift=drifts.append) as client:
        assert [pet.name for pet in client.pets.list()] == []
        assert [drift.came for drift in drifts] == ["nothing"]
        with pytest.raises(DriftError):
            client.pets.list(strict=True)


SMUGGLED = b'HTTP/1.1 200 OK\r\nContent-Length: 36\r\n\r\n{"id":"evil","name":"Eve","age":null}'


@pytest.mark.parametrize("body", [b"<p>gone</p>", SMUGGLED])
@pytest.mark.parametrize("asynchronous", [True, False])
def test_a_body_where_there_can_be_none_does_not_become_the_next_answer(
    server: Server, waits: list[float], body: bytes, asynchronous: bool
) -> None:
    server.answer(Answer(status=204, content=body), Answer(PET))

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            assert await client.request("DELETE", "/pets/1", returns=None) is None
            assert (await client.pets.create(name="Rex")).id == "1"

    if asynchronous:
        return asyncio.run(main())
    with Petshop(api_key="k", base_url=server.url) as client:
        assert client.pets.delete("1") is None  # type: ignore[func-returns-value]
        assert client.pets.create(name="Rex").id == "1"
    return None


@pytest.mark.parametrize("asynchronous", [True, False])
def test_a_body_longer_than_it_says_does_not_become_the_next_answer(
    server: Server, waits: list[float], asynchronous: bool
) -> None:
    content = json.dumps(PET).encode()
    server.answer(Answer(content=content + SMUGGLED, headers={"Content-Length": str(len(content))}), Answer(PET))

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            assert [(await client.pets.retrieve("1")).id, (await client.pets.create(name="Rex")).id] == ["1", "1"]

    if asynchronous:
        return asyncio.run(main())
    with Petshop(api_key="k", base_url=server.url) as client:
        assert [client.pets.retrieve("1").id, client.pets.create(name="Rex").id] == ["1", "1"]
    return None


def test_values_that_python_and_json_see_differently_are_faithful(server: Server) -> None:
    text = b'{"big": 123456789012345678901234567890, "twice": 1, "twice": 2, "half": "\\ud800", "nan": NaN, "e": 1e400}'
    server.answer(Answer(content=text))
    with Petshop(api_key="k", base_url=server.url) as client:
        got = client.request("GET", "/x")
    assert (got["big"], got["twice"], got["half"]) == (123456789012345678901234567890, 2, "\ud800")
    assert got["nan"] != got["nan"]
    assert got["e"] == float("inf")


def test_an_answer_that_trickles_is_ended_by_the_total_timeout(server: Server) -> None:
    server.answer(Answer(raw=HEAD + b"Content-Length: 1000000\r\n\r\n" + b" " * 1000, before=lambda: time.sleep(0.3)))
    began = time.monotonic()
    with Petshop(api_key="k", base_url=server.url, total_timeout=0.2) as client, pytest.raises(APIConnectionError):
        client.pets.retrieve("1")
    assert time.monotonic() - began < 60
