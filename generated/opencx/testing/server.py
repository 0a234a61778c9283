# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""A server on this machine that answers as the API does, for other processes and languages.

What it is asked is checked: a request that differs from the document gets 400, with the place of each fault. A request
can say what it wants to see: `Prefer: code=404` an answer of that status, `Prefer: scenario=cut` a scenario by name.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from .._runtime.auth import ApiKey
from .._runtime.operation import ApiSpec
from .answer import Answer
from .asked import Asked
from .board import Board, UnexpectedRequest
from .calls import Call
from .document import Operation, document
from .scenarios import NAMED, Scenario, status

LONGEST_BODY = 64 * 1024 * 1024
"""Bytes of a request that are read."""
LONGEST_DELAY = 3600.0
_PREFERENCE = re.compile(r"\b(code|scenario)=\"?([\w-]+)")
_KEPT = 100


class LocalServer(ThreadingHTTPServer):
    """Answers on loopback until it is shut down; `scenario` happens to the first request for each operation."""

    daemon_threads = True

    def __init__(self, spec: ApiSpec, host: str, port: int, scenario: str = "", *, check: bool = True) -> None:
        super().__init__((host, port), _Handler)
        keys = [scheme.name for scheme in spec.schemes.values() if isinstance(scheme, ApiKey)]
        self.spec: ApiSpec = spec
        self.board: Board = Board(document(), keys, check=check, most=_KEPT)
        self.stopped: threading.Event = threading.Event()
        if scenario:
            for operation in self.board.document.operations:
                self.board.queue(operation, [NAMED[scenario]()])

    @property
    def url(self) -> str:
        """Where clients find the API: what they take as `base_url`."""
        host, port = self.server_address[:2]
        shown = f"[{host!s}]" if ":" in str(host) else str(host)
        return f"http://{shown}:{port}{urlsplit(self.board.document.server).path.rstrip('/')}"

    def shutdown(self) -> None:
        self.stopped.set()
        super().shutdown()

    def answer(self, asked: Asked) -> tuple[Call | None, Answer]:
        """The answer to a request, and the call if it was one."""
        preferred = dict(_PREFERENCE.findall(asked.headers.get("prefer", "")))
        if preferred.get("scenario", "cut") not in NAMED or not preferred.get("code", "200").isdecimal():
            return None, _problem(400, "Unknown preference", f"there are code=STATUS and scenario={'|'.join(NAMED)}")
        try:
            call, answer = self.board.answer(asked)
        except UnexpectedRequest as error:
            return self._refused(error, asked)
        operation = self.board.document.operations[call.operation]
        if not self._has_credentials(operation, asked):
            return call, _problem(401, "No credential", f"{operation.id} needs {self._needs(operation)}")
        return call, self._preferred(operation, answer, preferred)

    def _preferred(self, operation: Operation, answer: Answer, preferred: Mapping[str, str]) -> Answer:
        if "code" in preferred:
            code = int(preferred["code"])
            made = self.board.answerer.of_status(operation, code)
            return made if made.headers or code < 400 else status(code)(made)
        chosen: Scenario | None = NAMED[preferred["scenario"]]() if "scenario" in preferred else None
        return chosen(answer) if chosen else answer

    def _refused(self, error: UnexpectedRequest, asked: Asked) -> tuple[Call | None, Answer]:
        call = error.call
        if call.operation:
            errors = [{"path": fault.where, "detail": fault.what} for fault in call.faults]
            told = f"{call.operation} is not called as documented"
            return call, _problem(400, "The request is not as documented", told, errors=errors)
        if methods := self.board.document.methods_at(asked.url):
            answer = _problem(405, "No such method", f"there are {', '.join(methods)}")
            return None, answer.with_headers({"Allow": ", ".join(methods)})
        return None, _problem(404, "No such operation", str(error))

    def _has_credentials(self, operation: Operation, asked: Asked) -> bool:
        security = operation.called.security
        return not security or any(all(self._came(name, asked) for name in names) for names in security)

    def _came(self, scheme: str, asked: Asked) -> bool:
        """Whether a credential for a security scheme came; what it is does not matter."""
        known = self.spec.schemes.get(scheme)
        if not isinstance(known, ApiKey):
            return known is None or bool(asked.headers.get("authorization"))
        if known.place == "query":
            return known.name in dict(asked.query)
        if known.place == "cookie":
            return f"{known.name}=" in asked.headers.get("cookie", "")
        return known.name.lower() in asked.headers

    def _needs(self, operation: Operation) -> str:
        return " or ".join(" and ".join(names) for names in operation.called.security)


def _problem(code: int, title: str, detail: str, **more: Any) -> Answer:
    """An answer as RFC 9457 has it."""
    content = json.dumps({"title": title, "status": code, "detail": detail, **more}).encode()
    return Answer(code, {"Content-Type": "application/problem+json"}, (content,))


def _size(line: bytes) -> int:
    """The size of the chunk that this line begins; of what is none more than is read."""
    text = line.partition(b";")[0].strip()
    return int(text or b"0", 16) if re.fullmatch(rb"[0-9A-Fa-f]*", text) else LONGEST_BODY + 1


def _preflight(asked: Mapping[str, str]) -> dict[str, str]:
    """What a browser wants to read before it lets a page ask."""
    methods, headers = asked["access-control-request-method"], asked.get("access-control-request-headers", "")
    return {"Access-Control-Allow-Methods": methods, "Access-Control-Allow-Headers": headers or "*"}


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: LocalServer  # pyright: ignore[reportIncompatibleVariableOverride]

    def version_string(self) -> str:
        return f"{self.server.spec.package}.testing"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._exchange
        raise AttributeError(name)

    def _exchange(self) -> None:
        content = self._content()
        headers: dict[str, str] = {}
        for name, text in self.headers.items():
            headers[name.lower()] = f"{headers[name.lower()]}, {text}" if name.lower() in headers else text
        if content is None:
            self.close_connection = True
            call, answer = None, _problem(413, "Too large", f"at most {LONGEST_BODY} bytes are read")
        elif self.command == "OPTIONS" and "access-control-request-method" in headers:
            call, answer = None, Answer(204, _preflight(headers))
        else:
            call, answer = self.server.answer(Asked(self.command, self.path, headers, content))
        self._tell(call, answer)
        try:
            self._respond(answer)
        except ConnectionError:
            self.close_connection = True

    def _content(self) -> bytes | None:
        """The request's body; None if it is too large."""
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            length = self.headers.get("Content-Length", "0")
            size = int(length) if length.isdecimal() else 0
            return self.rfile.read(size) if size <= LONGEST_BODY else None
        pieces: list[bytes] = []
        room = LONGEST_BODY
        while (size := _size(self.rfile.readline(100))) and size <= room:
            pieces.append(self.rfile.read(size))
            room -= size
            self.rfile.readline(100)
        self.rfile.readline(100)
        return b"".join(pieces) if not size else None

    def _respond(self, answer: Answer) -> None:
        self.server.stopped.wait(min(answer.delay, LONGEST_DELAY))
        if answer.before:
            self._fail(answer.error)
            return
        self.send_response(answer.status)
        if "Origin" in self.headers:  # pages of any address may ask: nothing here is anybody's
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Expose-Headers", "*")
        for name, text in answer.headers.items():
            self.send_header(name, text)
        bodiless = answer.status in (204, 304) or self.command == "HEAD"
        if not bodiless and not answer.error:
            self.send_header("Content-Length", str(len(answer.content)))
        elif not bodiless:
            self.send_header("Content-Length", str(len(answer.content) + 1))
        self.end_headers()
        for piece in () if bodiless else answer.pieces:
            self.wfile.write(piece)
        if answer.error and not bodiless:
            self._fail(answer.error)

    def _fail(self, error: str) -> None:
        """Break the connection, at once or after the client gave up waiting."""
        if "Timeout" in error:
            self.server.stopped.wait(LONGEST_DELAY)
        self.wfile.flush()
        time.sleep(0.05)  # what was written is on its way before the connection is torn down
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def _tell(self, call: Call | None, answer: Answer) -> None:
        """One line for each request, without what stands in its query."""
        path = re.sub(r"[^\x21-\x7e]", "?", self.path.partition("?")[0])[:200]
        operation = f" {call.operation}" if call and call.operation else ""
        outcome = answer.error or str(answer.status)
        sys.stderr.write(f"{self.command[:20]} {path}{operation}: {outcome}\n")  # at once, as other threads write too
        sys.stderr.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are told by `_tell`."""
