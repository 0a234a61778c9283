"""A server on loopback that costs next to nothing: every answer is ready before the first question."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import data, large


def _answers() -> dict[str, bytes]:
    drifting = [{**event, "role": "assistant"} for event in data.events()]
    pages = {f"/labels?cursor={n}": _json(data.text(data.label_page(n))) for n in range(1, data.PAGES)}
    return {
        "/phone/1": _json(data.text(data.agent())),
        "/phone": _json(data.text(data.agent())),
        "/labels": _json(data.text(data.label_page(0))),
        "/issues": _json(data.text(data.issues())),
        "/repos/acme/anvil/issues": _json(data.text(large.repository_issues())),
        "/repos/acme/anvil/labels": _json(data.text(large.repository_labels())),
        "/models": _json(data.text(large.language_models())),
        "/events": _stream(data.events()),
        "/drifting": _stream(drifting),
        **pages,
    }


def _stream(events: list[dict[str, Any]]) -> bytes:
    body = b"".join(b"event: delta\ndata: " + data.text(event) + b"\n\n" for event in events)
    return _answer(b"text/event-stream", body)


def _json(body: bytes) -> bytes:
    return _answer(b"application/json", body)


def _answer(kind: bytes, body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n%b" % (kind, len(body), body)


_ANSWERS: dict[str, bytes] = {}
_UNKNOWN = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class _Connection(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._came = b""

    def data_received(self, data: bytes) -> None:
        self._came += data
        while b"\r\n\r\n" in self._came:
            head, _, rest = self._came.partition(b"\r\n\r\n")
            length = _length(head)
            if len(rest) < length:
                return
            self._came = rest[length:]
            path = head.split(b" ", 2)[1].decode()
            self._transport.write(_ANSWERS.get(path, _UNKNOWN))


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def _serve() -> None:
    _ANSWERS.update(_answers())
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


@contextmanager
def running() -> Iterator[str]:
    """The URL of the server, which runs in a process of its own until the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.stdin.close()
        process.wait(10)


if __name__ == "__main__":
    asyncio.run(_serve())
