"""A server that writes to each connection what a script says, byte for byte, and closes it or holds it open."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

HELD = object()
"""In a script: hold the connection open until the client or the test ends it."""
RESET = object()
"""In a script: break the connection off."""


def head(kind: str = "text/event-stream", *more: str) -> bytes:
    """The head of an answer whose body lasts until the connection closes."""
    return "\r\n".join(("HTTP/1.1 200 OK", f"Content-Type: {kind}", *more, "", "")).encode()


def chunked(*pieces: bytes, kind: str = "text/event-stream", end: bool = True) -> bytes:
    """An answer in chunks; without its `end` it is cut off."""
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return head(kind, "Transfer-Encoding: chunked") + body + (b"0\r\n\r\n" if end else b"")


class Scripted:
    """Takes one script a connection, the last one for ever; keeps the heads of what was asked."""

    def __init__(self, *scripts: tuple[object, ...]) -> None:
        self.asked: list[bytes] = []
        self.closed = threading.Event()
        """Set when the client closed a connection that was held open."""
        self._scripts = list(scripts)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread, which else could accept on a number used anew
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        for connection in self._connections():
            script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
            threading.Thread(target=self._play, args=(connection, script), daemon=True).start()

    def _connections(self) -> Iterator[socket.socket]:
        while True:
            try:
                yield self._listener.accept()[0]
            except OSError:
                return

    def _play(self, connection: socket.socket, script: tuple[object, ...]) -> None:
        with connection, suppress(OSError):  # clients hang up in these tests
            asked = b""
            while b"\r\n\r\n" not in asked:
                if not (piece := connection.recv(65536)):
                    return
                asked += piece
            self.asked.append(asked)
            for step in script:
                if isinstance(step, bytes):
                    connection.sendall(step)
                elif step is RESET:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                elif step is HELD:
                    connection.settimeout(10)
                    try:
                        while connection.recv(65536):
                            pass
                    finally:
                        self.closed.set()
