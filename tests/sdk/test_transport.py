"""The HTTP client of one's own choice: httpx or its continuation, with its own settings."""

from __future__ import annotations

import asyncio
import importlib
import io
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    ConfigurationError,
    RedirectError,
    ResponseError,
    ResponseTooLargeError,
)
from petshop._runtime.operation import Operation

PET = {"id": "1", "name": "Rex", "age": 3}


@pytest.fixture(params=["httpx", "httpx2"])
def library(request: pytest.FixtureRequest) -> Any:
    """The HTTP library; tests that need one which is not installed are skipped, saying so."""
    return pytest.importorskip(request.param)


@pytest.fixture(params=["sync", "async"])
def create(request: pytest.FixtureRequest, library: Any) -> Any:
    """Creates a pet with a client on an HTTP client of the library with some settings."""

    def sync(url: str, own: dict[str, Any], **options: Any) -> Any:
        with library.Client(**own) as http:
            pet = Petshop(api_key="k", base_url=url, http_client=http).pets.create(name="Rex", **options)
            assert not http.is_closed
            return pet

    async def in_loop(url: str, own: dict[str, Any], **options: Any) -> Any:
        async with library.AsyncClient(**own) as http:
            client = AsyncPetshop(api_key="k", base_url=url, http_client=http, max_response_bytes=1_000_000)
            return await client.pets.create(name="Rex", **options)

    def asynchronous(url: str, own: dict[str, Any], **options: Any) -> Any:
        return asyncio.run(in_loop(url, own, **options))

    return sync if request.param == "sync" else asynchronous


def test_its_own_settings_are_kept(server: Server, create: Any) -> None:
    server.answer(Answer(PET))
    own = {"headers": {"X-Corp": "1", "Authorization": "no"}, "cookies": {"c": "2"}, "params": {"p": "3"}}
    assert create(server.url, own, extra_query={"q": "4"}).name == "Rex"
    (seen,) = server.seen
    assert (seen.headers["x-corp"], seen.headers["cookie"]) == ("1", "c=2")
    assert seen.headers["authorization"] == "Bearer k"
    assert sorted(seen.path.partition("?")[2].split("&")) == ["p=3", "q=4"]


def test_its_own_timeout_holds_unless_a_call_has_another(server: Server, create: Any) -> None:
    release = threading.Event()
    server.answer(Answer(PET, before=lambda: release.wait(0.6)))
    with pytest.raises(APITimeoutError):
        create(server.url, {"timeout": 0.1})
    assert create(server.url, {"timeout": 0.1}, timeout=5).name == "Rex"
    release.set()


def test_its_redirects_do_not_carry_the_key_away(server: Server, other_server: Server, create: Any) -> None:
    server.answer(Answer({}, status=307, headers={"Location": f"{other_server.url}/steal"}))
    with pytest.raises(RedirectError):
        create(server.url, {"follow_redirects": True})
    assert other_server.seen == []


STREAM: Operation[Any] = Operation("pets.watch", "GET", "/watch", returns={"200": "Any"}, reads="events")
FILE: Operation[Any] = Operation("pets.photo", "GET", "/photo", returns={"200": "bytes"}, reads="file")
UPLOAD: Operation[Any] = Operation("pets.upload", "PUT", "/photo", body="multipart/form-data", returns={"200": "Any"})
EVENTS = Answer(content=b'data: 1\n\ndata: {"a": 2}\n\n', headers={"Content-Type": "text/event-stream"})
PNG = Answer(content=b"\x89PNG", headers={"Content-Type": "image/png"})


def test_a_sync_client_of_ones_own_streams_downloads_uploads_and_is_tried_again(
    server: Server, library: Any, waits: list[float]
) -> None:
    server.answer(EVENTS, PNG, Answer(status=503), Answer({"n": 1}))
    with library.Client() as http:
        client = Petshop(api_key="k", base_url=server.url, http_client=http)
        with client._stream(STREAM, {}) as stream:
            assert [event.data for event in stream] == [1, {"a": 2}]
        assert client._download(FILE, {}).read() == b"\x89PNG"
        assert client._call(UPLOAD, {}, body={"file": io.BytesIO(b"abc")}) == {"n": 1}
    assert len(waits) == 1
    first, second = (seen.body for seen in server.seen[2:])
    assert first == second
    assert b"abc" in first


def test_an_async_client_of_ones_own_streams_downloads_uploads_and_is_tried_again(
    server: Server, library: Any, waits: list[float]
) -> None:
    server.answer(EVENTS, PNG, Answer(status=503), Answer({"n": 1}))

    async def pieces() -> AsyncIterator[bytes]:
        yield b"abc"

    async def main() -> None:
        async with library.AsyncClient() as http:
            client = AsyncPetshop(api_key="k", base_url=server.url, http_client=http)
            async with await client._stream(STREAM, {}) as stream:
                assert [event.data async for event in stream] == [1, {"a": 2}]
            assert await (await client._download(FILE, {})).read() == b"\x89PNG"
            assert await client._call(UPLOAD, {}, body={"file": io.BytesIO(b"abc")}) == {"n": 1}
            assert await client._call(UPLOAD, {}, body={"file": pieces()}) == {"n": 1}

    asyncio.run(main())
    assert len(waits) == 1
    assert [b"abc" in seen.body for seen in server.seen] == [False, False, True, True, True]


def test_nothing_listening_is_tried_again(dead_url: str, waits: list[float], create: Any) -> None:
    with pytest.raises(APIConnectionError, match="ConnectError") as caught:
        create(dead_url, {})
    assert caught.value.attempts == 3
    assert caught.value.delivered is False


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(raw=b""), APIConnectionError),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}"), APIConnectionError),
        (Answer(raw=b"nonsense\r\n\r\n"), APIConnectionError),
        (Answer(content=b"no gzip", headers={"Content-Encoding": "gzip"}), ResponseError),
        (Answer(content=b" " * 2_000_000), ResponseTooLargeError),
    ],
)
def test_a_broken_answer_is_one_typed_error(server: Server, create: Any, answer: Answer, kind: type[APIError]) -> None:
    server.answer(answer)
    with pytest.raises(kind):
        create(server.url, {})
    assert len(server.seen) == 1


def test_a_proxy_that_is_away_is_a_connection_error(
    server: Server, dead_url: str, waits: list[float], create: Any
) -> None:
    with pytest.raises(APIConnectionError) as caught:
        create(server.url, {"proxy": dead_url})
    assert caught.value.delivered is False
    assert server.seen == []


def test_the_environment_s_proxy_is_used_by_the_client_s_own_connections(
    server: Server, dead_url: str, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    for name in ("NO_PROXY", "no_proxy", "http_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server.answer(Answer(PET))
    Petshop(api_key="k", base_url="http://api.petshop.invalid").pets.retrieve("1")
    assert server.seen[0].path == "http://api.petshop.invalid/pets/1"


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "all_proxy"])
def test_the_async_client_goes_by_the_environment_s_proxy_too_and_past_it_where_that_is_said(
    server: Server, other_server: Server, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in ("HTTP_PROXY", "http_proxy", "all_proxy", "ALL_PROXY", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(one, raising=False)
    monkeypatch.setenv(name, server.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for one in (server, other_server):
        one.answer(Answer(PET))

    async def main(url: str) -> None:
        async with AsyncPetshop(api_key="k", base_url=url) as client:
            await client.pets.retrieve("1")

    asyncio.run(main("http://api.petshop.invalid"))
    asyncio.run(main(other_server.url))
    assert [seen.path for seen in server.seen] == ["http://api.petshop.invalid/pets/1"]
    assert [seen.path for seen in other_server.seen] == ["/pets/1"]


def test_the_client_s_own_connections_ask_now_and_then_whether_the_server_is_still_there(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int, int]] = []
    real = socket.socket.setsockopt

    def spy(self: socket.socket, *option: Any) -> None:
        asked.append(option)
        real(self, *option)

    monkeypatch.setattr(socket.socket, "setsockopt", spy)
    server.answer(Answer(PET))
    wanted = {(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)}
    if hasattr(socket, "TCP_KEEPIDLE"):
        wanted.add((socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60))
    with Petshop(api_key="k", base_url=server.url) as client:
        client.pets.retrieve("1")
    assert wanted <= set(asked)
    asked.clear()

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            await client.pets.retrieve("1")

    asyncio.run(main())
    assert wanted <= set(asked)


def test_a_connection_to_a_proxy_asks_too(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int, int]] = []
    real = socket.socket.setsockopt

    def spy(self: socket.socket, *option: Any) -> None:
        asked.append(option)
        real(self, *option)

    monkeypatch.setattr(socket.socket, "setsockopt", spy)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", server.url)
    server.answer(Answer(PET))
    with Petshop(api_key="k", base_url="http://api.petshop.invalid") as client:
        client.pets.retrieve("1")
    assert (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1) in asked
    asked.clear()

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url="http://api.petshop.invalid") as client:
            await client.pets.retrieve("1")

    asyncio.run(main())
    assert (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1) in asked


class Proxied:
    """What a tool puts in the place of a function that says in every way that it is that function."""

    def __init__(self, function: Any, told: list[str]) -> None:
        self.function = function
        self.told = told
        self.__globals__ = function.__globals__

    @property
    def __class__(self) -> type[Any]:
        return type(self.function)

    @__class__.setter
    def __class__(self, value: object) -> None:
        """Nobody does."""

    def __get__(self, instance: object, owner: object) -> Callable[..., Any]:
        return self if instance is None else partial(self, instance)

    def __call__(self, *args: Any, **more: Any) -> Any:
        self.told.append(self.function.__name__)
        return self.function(*args, **more)


@pytest.mark.parametrize(("place", "name"), [
    ("httpx.Client", "send"), ("httpx.Client", "_send_single_request"), ("httpx.Client", "_transport_for_url"),
    ("httpx.HTTPTransport", "handle_request"), ("httpcore.ConnectionPool", "handle_request"),
])  # fmt: skip
@pytest.mark.parametrize("way", ["function", "proxy"])
def test_a_tool_that_changes_httpx_sees_the_calls_of_clients_that_connect_from_then_on(
    server: Server, monkeypatch: pytest.MonkeyPatch, place: str, name: str, way: str
) -> None:
    server.answer(Answer(PET))
    before = Petshop(api_key="k", base_url=server.url)
    before.pets.retrieve("1")
    told: list[str] = []
    library, _, cls = place.partition(".")
    holder = getattr(importlib.import_module(library), cls)
    seen = Proxied(getattr(holder, name), told)
    monkeypatch.setattr(holder, name, seen if way == "proxy" else lambda *args, **more: seen(*args, **more))
    with Petshop(api_key="k", base_url=server.url) as client:
        assert client.pets.retrieve("1").name == "Rex"
        assert told == [name]
    before.pets.retrieve("1")
    monkeypatch.undo()
    with Petshop(api_key="k", base_url=server.url) as client:
        client.pets.retrieve("1")
    assert told == [name]


@pytest.mark.parametrize(("place", "name"), [
    ("httpx.AsyncClient", "send"), ("httpx.AsyncClient", "_send_single_request"),
    ("httpx.AsyncHTTPTransport", "handle_async_request"), ("httpcore.AsyncConnectionPool", "handle_async_request"),
])  # fmt: skip
def test_a_tool_that_changes_httpx_sees_the_calls_of_the_async_client(
    server: Server, monkeypatch: pytest.MonkeyPatch, place: str, name: str
) -> None:
    server.answer(Answer(PET))
    told: list[str] = []
    library, _, cls = place.partition(".")
    holder = getattr(importlib.import_module(library), cls)
    monkeypatch.setattr(holder, name, Proxied(getattr(holder, name), told))

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            await client.pets.retrieve("1")

    asyncio.run(main())
    assert told == [name]


def test_a_tls_handshake_that_fails_is_a_connection_error_and_nothing_was_sent(waits: list[float]) -> None:
    with pytest.raises(APIConnectionError) as caught, NoTls() as url:
        Petshop(api_key="k", base_url=url).pets.create(name="Rex")
    assert caught.value.delivered is False
    assert caught.value.attempts == 3


class NoTls:
    """A server that refuses every TLS handshake."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        while True:
            try:
                one, _ = self.socket.accept()
            except OSError:
                return
            one.recv(1000)
            # A fatal alert: handshake_failure.
            one.sendall(b"\x15\x03\x03\x00\x02\x02\x28")
            one.close()

    def __enter__(self) -> str:
        self.thread.start()
        return f"https://127.0.0.1:{self.socket.getsockname()[1]}"

    def __exit__(self, *error: object) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.socket.close()


def test_a_client_of_the_wrong_kind_or_closed_is_told(server: Server, library: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"expected an httpx.Client, not AsyncClient"):
        Petshop(api_key="k", base_url=server.url, http_client=library.AsyncClient())
    http = library.Client()
    http.close()
    with pytest.raises(ConfigurationError, match="closed"):
        Petshop(api_key="k", base_url=server.url, http_client=http).pets.retrieve("1")


def test_an_answer_that_a_stand_in_for_the_network_holds_whole_is_read_as_it_comes_too(library: Any) -> None:
    transport = library.MockTransport(lambda request: library.Response(200, json=[PET]))

    async def main() -> bytes:
        async with library.AsyncClient(transport=transport) as http:
            client = AsyncPetshop(api_key="k", base_url="http://x.test", http_client=http)
            async with client.pets.with_streaming_response.retrieve("1") as answer:
                return await answer.read()

    with library.Client(transport=transport) as http:
        client = Petshop(api_key="k", base_url="http://x.test", http_client=http)
        with client.pets.with_streaming_response.list() as answer:
            whole = answer.read()
    assert json.loads(whole) == json.loads(asyncio.run(main())) == [PET]
