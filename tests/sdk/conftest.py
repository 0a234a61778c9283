"""A small package by hand as the generator writes it (`petshop`), on the runtime where it stands; and servers."""

from __future__ import annotations

import importlib.util
import json
import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import attrs
import pytest

RUNTIME = Path(__file__).parents[2] / "templates" / "runtime"


def _mount_runtime() -> None:
    """`petshop._runtime` is `templates/runtime`, as a copy would be in a generated package."""
    spec = importlib.util.spec_from_file_location(
        "petshop._runtime", RUNTIME / "__init__.py", submodule_search_locations=[str(RUNTIME)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["petshop._runtime"] = module
    spec.loader.exec_module(module)


_mount_runtime()


@attrs.frozen
class Seen:
    """One request as the server got it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@attrs.define
class Answer:
    """What the server says: JSON unless `content` is given; `raw` is written to the socket as it is."""

    json: Any = None
    status: int = 200
    headers: dict[str, str] = attrs.field(factory=dict)
    content: bytes | None = None
    raw: bytes | None = None
    before: Callable[[], object] | None = None


class _Listener(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up in these tests; that is no news."""


class Server:
    """A real server on loopback that gives the answers it is handed, in their order; the last one for ever."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.answers: list[Answer] = [Answer({})]
        self._lock = threading.Lock()
        self._http = _Listener(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, *answers: Answer) -> None:
        self.answers = list(answers)

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _next(self, seen: Seen) -> Answer:
        with self._lock:
            self.seen.append(seen)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, format: str, *args: object) -> None:
                pass

            def _body(self) -> bytes:
                if self.headers.get("Transfer-Encoding", "") != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length") or 0))
                pieces: list[bytes] = []
                while size := int(self.rfile.readline().strip() or b"0", 16):
                    pieces.append(self.rfile.read(size))
                    self.rfile.readline()
                self.rfile.readline()
                return b"".join(pieces)

            def _do(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = server._next(Seen(self.command, self.path, headers, self._body()))
                if answer.before is not None:
                    answer.before()
                if answer.raw is not None:
                    self.wfile.write(answer.raw)
                    self.close_connection = True
                    return
                content = json.dumps(answer.json).encode() if answer.content is None else answer.content
                self.send_response(answer.status)
                given = {"Content-Type": "application/json", "Content-Length": str(len(content)), **answer.headers}
                for name, value in given.items():
                    if value:
                        self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _do

        return Handler


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def other_server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def dead_url() -> str:
    """An address at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PETSHOP_API_KEY", "PETSHOP_API_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that clients would have waited; nobody does."""
    import anyio

    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr(anyio, "sleep", sleep)
    return slept


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """The log that a test switched on is off for the next: a handler's stream is a lock that a fork may copy held."""
    logger = logging.getLogger("petshop")
    handlers, level = list(logger.handlers), logger.level
    yield
    logger.handlers[:] = handlers
    logger.setLevel(level)
