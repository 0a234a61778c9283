"""Our own connections: kept, shared, limited, given free; what goes onto them and comes from them."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
import zlib
from typing import Any

import httpcore
import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import APITimeoutError, connections
from petshop._runtime.answer import Answer as RawAnswer
from petshop._runtime.inflate import DecodingError, inflater
from petshop._runtime.wire import place


def client_of(server: Server, **settings: Any) -> Petshop:
    return Petshop(api_key="k", base_url=server.url, **settings)


def idle(client: Any) -> int:
    return sum(map(len, client._pool.http()._idle.values()))


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost", "http://localhost:8080/", "https://api.example.com/v1/things?limit=3&q=%20", "https://a.b:443/x",
        "http://127.0.0.1:1/a%2Fb;c=1,2?x=(1)&y=*", "http://EXAMPLE.com/Ä b?q=ü \"", "http://[::1]:90/x", "https://bücher.de/",
        "http://a.b/x/../y/./z", "http://a.b/100%?%", "http://a.b/x?", "http://a.b/.well-known/x", "http://a.b?q=1", "http://a.b/'?'",
    ],
)  # fmt: skip
def test_a_url_leads_where_httpx_says_it_leads(url: str) -> None:
    httpx = pytest.importorskip("httpx")
    read = httpx.URL(url)
    ours, host = place(url)
    port = read.port or {"http": 80, "https": 443}[read.scheme]
    assert (ours.scheme, ours.host, ours.port, ours.target) == (read.raw_scheme, read.raw_host, port, read.raw_path)
    assert host == httpx.Request("GET", url).headers["host"].encode()


def test_calls_in_turn_share_a_connection_and_calls_at_a_time_do_not(server: Server) -> None:
    gate = threading.Barrier(4)
    with client_of(server) as client:
        for _ in range(3):
            client.pets.list()
        assert idle(client) == 1
        server.answer(Answer([], before=lambda: gate.wait(10)))
        threads = [threading.Thread(target=client.pets.list) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert idle(client) == 4


def test_a_connection_that_waited_too_long_is_closed_and_another_made(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer(Answer([]))
    with client_of(server) as client:
        client.pets.list()
        (waiting,) = client._pool.http()._idle.values()
        old = waiting[0][1]
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 60)
        client.pets.list()
        assert old.is_closed()
        assert [one is old for _, one in waiting] == [False]


def test_no_more_than_a_hundred_connections_wait(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_MOST_IDLE", 2)
    gate = threading.Barrier(5)
    server.answer(Answer([], before=lambda: gate.wait(10)))
    with client_of(server) as client:
        client.map(lambda _: client.pets.list(), range(5), concurrency=5)
        assert idle(client) == 2


def test_a_call_that_finds_no_room_in_time_is_a_timeout_and_nothing_was_sent(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_MOST", 1)
    release = threading.Event()
    server.answer(Answer([], before=lambda: release.wait(10)))
    with client_of(server, max_retries=0) as client:
        first = threading.Thread(target=client.pets.list)
        first.start()
        while not server.seen:
            time.sleep(0.01)
        with pytest.raises(APITimeoutError) as caught:
            client.pets.list(timeout=0.1)
        release.set()
        first.join(10)
        assert caught.value.delivered is False
        assert len(server.seen) == 1
        assert client.pets.list() == []


def test_tasks_wait_their_turn_and_a_cancelled_one_takes_no_place(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_MOST", 2)
    server.answer(Answer([], before=lambda: time.sleep(0.02)))

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url, max_retries=0) as client:
            tasks = [asyncio.create_task(client.request("GET", "/pets")) for _ in range(12)]
            await asyncio.sleep(0.03)
            for task in tasks[1::3]:
                task.cancel()
            done = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(isinstance(one, asyncio.CancelledError | list) for one in done[1::3])
            assert [one for place, one in enumerate(done) if place % 3 != 1] == [[]] * 8
            ours = client._pool.http()
            assert (ours._room, ours._busy, len(ours._waiting)) == (2, set(), 0)
            with pytest.raises(APITimeoutError):
                await asyncio.gather(*(client.request("GET", "/pets", timeout=0.001) for _ in range(9)))

    asyncio.run(main())


def test_a_place_given_to_a_task_that_is_cancelled_is_handed_on() -> None:
    async def main() -> None:
        ours = connections.AsyncConnections()
        ours._room = 0
        waits = asyncio.create_task(ours._enter(None))
        await asyncio.sleep(0)
        ours._leave()
        waits.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waits
        assert (ours._room, len(ours._waiting)) == (1, 0)

    asyncio.run(main())


def test_closing_the_client_ends_an_answer_that_nobody_read(server: Server) -> None:
    server.answer(Answer(content=b"x" * 2_000_000))
    client = client_of(server)
    with client.pets.with_streaming_response.list():
        (busy,) = client._pool.http()._busy
        client.close()
        assert busy.is_closed()


def test_a_connection_that_leads_elsewhere_is_closed_when_its_time_is_over(
    server: Server, other_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer(Answer([]))
    with client_of(server) as client:
        client.pets.list()
        ours = client._pool.http()
        (waiting,) = ours._idle.values()
        old = waiting[0][1]
        elsewhere = place(f"{other_server.url}/")[0]
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 60)
        connection = ours._take(elsewhere.origin)
        answer = connection.handle_request(httpcore.Request("GET", elsewhere, headers=[("Host", "x")]))
        answer.read()
        answer.close()
        ours._room.acquire()
        ours._give_back(connection, elsewhere.origin)
        assert old.is_closed()


class _Interrupted:
    """An answer whose closing is cancelled."""

    status = 200
    headers: tuple[()] = ()
    extensions: dict[str, Any] = {}  # noqa: RUF012

    async def aclose(self) -> None:
        raise asyncio.CancelledError


def test_an_answer_that_is_closed_twice_gives_its_connection_free_once() -> None:
    given: list[str] = []

    async def agiven() -> None:
        given.append("async")

    async def main() -> None:
        answer = RawAnswer(httpcore.Response(200), agiven)
        await answer.aclose()
        await answer.aclose()

    answer = RawAnswer(httpcore.Response(200), lambda: given.append("sync"))
    answer.close()
    answer.close()
    asyncio.run(main())
    assert given == ["sync", "async"]


def test_a_cancellation_while_an_answer_is_closed_still_gives_the_connection_free() -> None:
    free: list[bool] = []

    async def done() -> None:
        free.append(True)

    answer: Any = _Interrupted()
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(RawAnswer(answer, done).aclose())
    assert free == [True]


@pytest.mark.parametrize("many", [True, False])
def test_headers_of_ones_own_replace_those_of_the_connection(server: Server, many: bool) -> None:
    server.answer(Answer([]))
    own = {"Accept-Encoding": "identity", "Host": "example.com"} if many else {"accept-encoding": "identity"}
    client_of(server).pets.list(extra_headers=own)
    assert server.seen[0].headers["accept-encoding"] == "identity"
    assert server.seen[0].headers["host"] == ("example.com" if many else server.url.partition("//")[2])


def test_a_proxy_of_the_environment_is_used_and_keeps_no_cookie(
    server: Server, other_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", other_server.url)
    monkeypatch.setenv("NO_PROXY", "")
    other_server.answer(Answer([], headers={"Set-Cookie": "a=b"}))
    with client_of(server) as client:
        client.pets.list()
        client.pets.list()

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            await client.request("GET", "/pets")

    asyncio.run(main())
    assert server.seen == []
    assert [seen.path for seen in other_server.seen] == [f"{server.url}/pets"] * 3
    assert all("cookie" not in seen.headers for seen in other_server.seen)


def _raw_deflate(plain: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush()


@pytest.mark.parametrize("size", [0, 1, 5000, 3_000_000, 1 << 20, (1 << 20) + 1])
@pytest.mark.parametrize("step", [1, 1000, 1 << 30])
@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress), ("X-GZip", gzip.compress), ("deflate", zlib.compress), ("deflate", _raw_deflate),
        ("deflate, gzip", lambda plain: gzip.compress(zlib.compress(plain))),
        ("gzip, deflate", lambda plain: zlib.compress(gzip.compress(plain))), ("identity", bytes), ("", bytes),
    ],
)  # fmt: skip
def test_what_was_packed_comes_out_whole_in_pieces_of_bounded_size(name: str, pack: Any, size: int, step: int) -> None:
    plain = bytes(range(250)) * (size // 250) + b"." * (size % 250)
    packed = pack(plain)
    inflate = inflater(name)
    if inflate is None:
        assert packed == plain
        return
    pieces = [out for at in range(0, len(packed), step) for out in inflate(packed[at : at + step])]
    assert b"".join(pieces) == plain
    assert max(map(len, pieces), default=0) <= 1 << 20


@pytest.mark.parametrize("name", ["br", "zstd", "gzip, br"])
def test_a_compression_that_is_not_read_is_told(name: str) -> None:
    with pytest.raises(DecodingError):
        inflater(name)


def test_tls_trusts_what_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, str]] = []
    monkeypatch.setattr(connections.ssl, "create_default_context", lambda **given: asked.append(given))
    connections._trust.cache_clear()
    monkeypatch.setenv("SSL_CERT_FILE", "/a.pem")
    connections._tls(b"https")
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", "/certs")
    connections._tls(b"https")
    monkeypatch.delenv("SSL_CERT_DIR")
    connections._tls(b"https")
    connections._tls(b"https")
    assert connections._tls(b"http") is None
    assert asked[:2] == [{"cafile": "/a.pem"}, {"capath": "/certs"}]
    assert len(asked) == 3
    connections._trust.cache_clear()
