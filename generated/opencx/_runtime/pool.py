# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Connections: which are used, made at first use, and how one request is sent.

By default they are our own. The client of one's own choice can be passed in: of `httpx`, or of a library with its
interface. It is used as it is set up, and not closed. Where the environment names a proxy, a client of `httpx` is made,
which knows of proxies; so it is where a tool has changed `httpx`, which would not see connections of our own.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from .errors import APITimeoutError, ConfigurationError, ResponseTooLargeError
from .exchange import Send
from .locks import ProcessLock
from .response import Response, public_headers
from .transport import hide_queries, is_client
from .unset import Unset

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 600.0
_USUAL: Mapping[str, float | None] = {
    "connect": CONNECT_TIMEOUT, "read": READ_TIMEOUT, "write": READ_TIMEOUT, "pool": READ_TIMEOUT,
}  # fmt: skip
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")

Limits: TypeAlias = Mapping[str, float | None]


class _Pool:
    """What both kinds of pools know: whether the client is the user's own, and whether it can still be used."""

    kind = "Client"
    _trace: Callable[[str, Mapping[str, Any]], object]
    """What a client of `httpx` that we made tells of its connections."""

    def __init__(self, own: Any) -> None:
        if own is not None and not is_client(own, self.kind):
            raise ConfigurationError(f"http_client: expected an httpx.{self.kind}, not {type(own).__name__}")
        self._own = own
        self._closed = False
        self._process = os.getpid()

    def _check(self) -> None:
        if self._closed or (self._own is not None and self._own.is_closed):
            raise ConfigurationError("the client is closed; make a new one")
        if self._own is not None and self._process != os.getpid():
            raise ConfigurationError("the http_client was made before a fork; make a new one in this process")

    def _request(self, http: Any, send: Send, timeout: float | Unset | None, content: Any) -> Any:
        """The request as a client of `httpx` makes it, with what that is set up to add."""
        if send.secret_query:
            hide_queries(http)
        headers = send.headers
        length = send.request.body.length
        if send.request.body.streamed and length is not None:
            headers = {**headers, "Content-Length": str(length)}
        if send.method != send.request.method:
            content = None
        limits = _limits(_USUAL if self._own is None else http.timeout.as_dict(), timeout, send.deadline)
        more = {"timeout": limits} if self._own is not None else {"timeout": limits, "trace": self._trace}
        request = http.build_request(send.method, send.url, headers=headers, content=content, extensions=more)
        if http.params:
            # The library puts its client's own parameters in the place of the URL's query, not beside it.
            mark = "&" if "?" in send.url else "?"
            request.url = type(request.url)(f"{send.url}{mark}{http.params}")
        return request


def _limits(usual: Limits, timeout: float | Unset | None, deadline: float | None) -> Limits:
    """Seconds for each phase of a request."""
    if isinstance(timeout, Unset):
        limits = usual
    else:
        connect = timeout if timeout is None else min(timeout, CONNECT_TIMEOUT)
        limits = {"connect": connect, "read": timeout, "write": timeout, "pool": timeout}
    if deadline is None:
        return limits
    left = max(deadline - time.monotonic(), 0.001)
    return {phase: left if limit is None else min(limit, left) for phase, limit in limits.items()}


def _has_proxy() -> bool:
    """Whether the environment, or the system where it has such settings, names a proxy."""
    if sys.platform in ("win32", "darwin"):
        from urllib.request import getproxies

        return bool(getproxies().keys() - {"no"})
    return any(os.environ.get(name) or os.environ.get(name.upper()) for name in _PROXIES)


def _is_for_httpx() -> bool:
    """Whether calls go by way of `httpx`."""
    if _has_proxy():
        return True
    if sys.modules.keys().isdisjoint(("httpx", "httpcore")):
        return False
    from .patched import httpx_is_patched

    return httpx_is_patched()


def _client_of_httpx(kind: str) -> Any:
    """A client of `httpx` that takes no cookies, and goes by way of the environment's proxy if there is one."""
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    import httpx

    limits = httpx.Limits(max_connections=1000, max_keepalive_connections=100)
    return getattr(httpx, kind)(cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])), limits=limits)


def _keep_alive(event: str, info: Mapping[str, Any]) -> None:
    """Set up a socket as those of our own connections are: no setting of `httpx` does so on the way to a proxy."""
    if event == "connection.connect_tcp.complete":
        from .connections import KEPT_ALIVE

        for option in KEPT_ALIVE:
            info["return_value"].get_extra_info("socket").setsockopt(*option)


async def _async_keep_alive(event: str, info: Mapping[str, Any]) -> None:
    _keep_alive(event, info)


class _Reader:
    """Collects an answer's body, up to a size and until a deadline."""

    def __init__(self, answer: Any, most: int, deadline: float | None) -> None:
        self._status: int = answer.status_code
        self.headers = _plain(answer.headers.raw)
        self._most = most
        self._deadline = deadline
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > self._most:
            error = ResponseTooLargeError(f"{self._status}, but the body is over {self._most} bytes")
            error.status = self._status
            error.headers = public_headers(self.response().headers)
            raise error
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise APITimeoutError("the answer did not come to its end within total_timeout")

    def response(self) -> Response:
        return Response(self._status, self.headers, b"".join(self._pieces))

    @property
    def leads_on(self) -> bool:
        """Whether the answer announces a body where there can be none, which would be taken for the next one's head.

        Left unread, its connection is not used again.
        """
        if self._status != 204:
            return False
        return self.headers.get("content-length", "0").strip() != "0" or "transfer-encoding" in self.headers


def _unread(answer: Any) -> Response:
    return Response(answer.status_code, _plain(answer.headers.raw), b"", answer)


def _plain(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by their names in lower case; those that came more than once joined."""
    headers: dict[str, str] = {}
    for key, value in raw:
        name, text = key.decode("latin-1").lower(), value.decode("latin-1")
        headers[name] = f"{headers[name]}, {text}" if name in headers else text
    return headers


class Pool(_Pool):
    """The connections of a sync client; one per process, so that a fork gets its own."""

    _trace = staticmethod(_keep_alive)

    def __init__(self, own: Any) -> None:
        super().__init__(own)
        self._made: dict[int, Any] = {}

    def http(self) -> Any:
        """The HTTP client, or our own connections. Raises `ConfigurationError` if closed, or of another process."""
        self._check()
        if self._own is not None:
            return self._own
        made = self._made.get(os.getpid())
        return self._made.setdefault(os.getpid(), self._make()) if made is None else made

    def _make(self) -> Any:
        if _is_for_httpx():
            return _client_of_httpx(self.kind)
        from .connections import Connections

        return Connections()

    def _begin(self, send: Send, timeout: float | Unset | None) -> Any:
        """The answer, whose body is still to be read."""
        http = self.http()
        content = send.request.body.stream()
        if getattr(http, "build_request", None) is None:
            return http.send(send, content, _limits(_USUAL, timeout, send.deadline))
        return http.send(self._request(http, send, timeout, content), stream=True, follow_redirects=False)

    def send(self, send: Send, timeout: float | Unset | None, most: int) -> Response:
        """The answer, whole unless it is wanted live. Raises the HTTP client's own errors where there is none."""
        answer = self._begin(send, timeout)
        if send.live and 200 <= answer.status_code < 300:
            return _unread(answer)
        try:
            reader = _Reader(answer, most, send.deadline)
            if reader.leads_on:
                return reader.response()
            pieces: Iterator[bytes] = answer.iter_bytes()
            for piece in pieces:
                reader.add(piece)
            return reader.response()
        finally:
            answer.close()

    def close(self) -> None:
        self._closed = True
        made = self._made.pop(os.getpid(), None)
        if made is not None:
            made.close()


class AsyncPool(_Pool):
    """The connections of an async client; one set per event loop, which a connection cannot leave."""

    kind = "AsyncClient"
    _trace = staticmethod(_async_keep_alive)

    def __init__(self, own: Any) -> None:
        super().__init__(own)
        self._made: WeakKeyDictionary[Any, tuple[int, Any]] = WeakKeyDictionary()
        self._lock = ProcessLock()

    def http(self) -> Any:
        """The HTTP client, or our own connections of the running loop. Raises what that of a sync client does."""
        self._check()
        if self._own is not None:
            return self._own
        loop = _loop()
        process, made = self._made.get(loop, (0, None))
        if made is None or process != os.getpid():
            made = self._make()
            self._keep(loop, made)
        return made

    def _make(self) -> Any:
        if _is_for_httpx():
            return _client_of_httpx(self.kind)
        from .connections import AsyncConnections

        return AsyncConnections()

    def _keep(self, loop: Any, made: Any) -> None:
        with self._lock:
            # Connections hold on to their loop, so those of loops that are over do not go by themselves.
            for over in [one for one in self._made if one.is_closed()]:
                del self._made[over]
            self._made[loop] = (os.getpid(), made)

    async def _begin(self, send: Send, timeout: float | Unset | None) -> Any:
        """The answer, whose body is still to be read."""
        http = self.http()
        content = send.request.body.astream()
        if getattr(http, "build_request", None) is None:
            return await http.send(send, content, _limits(_USUAL, timeout, send.deadline))
        return await http.send(self._request(http, send, timeout, content), stream=True, follow_redirects=False)

    async def send(self, send: Send, timeout: float | Unset | None, most: int) -> Response:
        """The answer, whole unless it is wanted live. Raises the HTTP client's own errors where there is none."""
        answer = await self._begin(send, timeout)
        if send.live and 200 <= answer.status_code < 300:
            return _unread(answer)
        try:
            reader = _Reader(answer, most, send.deadline)
            if reader.leads_on:
                return reader.response()
            pieces: AsyncIterator[bytes] = answer.aiter_bytes()
            async for piece in pieces:
                reader.add(piece)
            return reader.response()
        finally:
            await answer.aclose()

    async def close(self) -> None:
        self._closed = True
        with self._lock:
            process, made = self._made.pop(_loop(), (0, None))
        if made is not None and process == os.getpid():
            await made.aclose()


class _NoLoop:
    """Stands for the loop where there is none of asyncio's (trio has one at a time)."""

    def is_closed(self) -> bool:
        return False


_NO_LOOP = _NoLoop()


def _loop() -> Any:
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return _NO_LOOP
