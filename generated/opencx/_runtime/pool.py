# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Connections: the HTTP client that is used, made at first use, and how it sends one request.

The client of one's own choice can be passed in: of `httpx`, or of a library with its interface. It is used as it is
set up, and not closed.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from .errors import APITimeoutError, ConfigurationError, ResponseTooLargeError
from .exchange import Send
from .locks import ProcessLock
from .response import Response, public_headers
from .transport import hide_queries, is_client
from .unset import Unset

if TYPE_CHECKING:
    import httpx

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 600.0
_CONNECTIONS = 1000
_KEPT_ALIVE = 100
_MOST_URLS = 256


class _Pool:
    """What both kinds of pools know: whether the client is the user's own, and whether it can still be used."""

    kind = "Client"

    def __init__(self, own: Any) -> None:
        if own is not None and not is_client(own, self.kind):
            raise ConfigurationError(f"http_client: expected an httpx.{self.kind}, not {type(own).__name__}")
        self._own = own
        self._closed = False
        self._process = os.getpid()
        self._urls: dict[str, httpx.URL] = {}

    def _check(self) -> None:
        if self._closed or (self._own is not None and self._own.is_closed):
            raise ConfigurationError("the client is closed; make a new one")
        if self._own is not None and self._process != os.getpid():
            raise ConfigurationError("the http_client was made before a fork; make a new one in this process")

    def _request(self, http: Any, send: Send, timeout: float | Unset | None, content: Any) -> Any:
        if send.secret_query:
            hide_queries(http)
        headers = send.headers
        length = send.request.body.length
        if send.request.body.streamed and length is not None:
            headers = {**headers, "Content-Length": str(length)}
        if send.method != send.request.method:
            content = None
        limits = self._timeouts(http, timeout, send.deadline)
        if self._own is None:
            return self._bare_request(http, send, headers, content, {"timeout": limits})
        request = http.build_request(
            send.method, send.url, headers=headers, content=content, extensions={"timeout": limits}
        )
        if http.params:
            # The library puts its client's own parameters in the place of the URL's query, not beside it.
            mark = "&" if "?" in send.url else "?"
            request.url = type(request.url)(f"{send.url}{mark}{http.params}")
        return request

    def _bare_request(
        self, http: Any, send: Send, headers: dict[str, str], content: Any, extensions: dict[str, Any]
    ) -> Any:
        """A request without what a client of `httpx` would merge into it; ours has nothing to merge."""
        import httpx

        url = self._urls.get(send.url)
        if url is None:
            if len(self._urls) >= _MOST_URLS:
                self._urls.clear()
            url = self._urls[send.url] = httpx.URL(send.url)
        headers = {"Accept-Encoding": http.headers["accept-encoding"], **headers}
        return httpx.Request(send.method, url, headers=headers, content=content, extensions=extensions)

    def _transport(self, http: Any, request: Any) -> Any:
        """What sends a request to its host, by way of a proxy if the environment says so.

        It is asked without the client around it, whose cookies, redirects and hooks nobody set up.
        """
        return http._transport_for_url(request.url)

    def _timeouts(self, http: Any, timeout: float | Unset | None, deadline: float | None) -> dict[str, float | None]:
        if isinstance(timeout, Unset):
            limits: dict[str, float | None] = http.timeout.as_dict()
        else:
            connect = timeout if timeout is None else min(timeout, CONNECT_TIMEOUT)
            limits = {"connect": connect, "read": timeout, "write": timeout, "pool": timeout}
        if deadline is None:
            return limits
        left = max(deadline - time.monotonic(), 0.001)
        return {phase: left if limit is None else min(limit, left) for phase, limit in limits.items()}


def _settings() -> dict[str, Any]:
    import httpx

    return {
        "timeout": httpx.Timeout(READ_TIMEOUT, connect=CONNECT_TIMEOUT),
        "limits": httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_KEPT_ALIVE),
    }


class _Reader:
    """Collects an answer's body, up to a size and until a deadline."""

    def __init__(self, answer: Any, most: int, deadline: float | None) -> None:
        self._answer = answer
        self._most = most
        self._deadline = deadline
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > self._most:
            error = ResponseTooLargeError(f"{self._answer.status_code}, but the body is over {self._most} bytes")
            error.status = self._answer.status_code
            error.headers = public_headers(self.response())
            raise error
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise APITimeoutError("the answer did not come to its end within total_timeout")

    def response(self) -> Response:
        return Response(self._answer.status_code, _plain(self._answer.headers.raw), b"".join(self._pieces))


def _leads_on(answer: Any) -> bool:
    """Whether the answer announces a body where there can be none, which would be taken for the next answer's head.

    Left unread, its connection is not used again.
    """
    if answer.status_code != 204:
        return False
    return answer.headers.get("content-length", "0").strip() != "0" or "transfer-encoding" in answer.headers


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

    def __init__(self, own: Any) -> None:
        super().__init__(own)
        self._made: dict[int, httpx.Client] = {}

    def http(self) -> Any:
        """The HTTP client. Raises `ConfigurationError` if it is closed or of another process."""
        self._check()
        if self._own is not None:
            return self._own
        made = self._made.get(os.getpid())
        if made is None:
            import httpx

            made = self._made.setdefault(os.getpid(), httpx.Client(**_settings()))
        return made

    def send(self, send: Send, timeout: float | Unset | None, most: int) -> Response:
        """The answer, whole unless it is wanted live. Raises the HTTP client's own errors where there is none."""
        http = self.http()
        request = self._request(http, send, timeout, send.request.body.stream())
        answer = self._transport(http, request).handle_request(request) if self._own is None else http.send(
            request, stream=True, follow_redirects=False
        )  # fmt: skip
        if send.live and 200 <= answer.status_code < 300:
            return _unread(answer)
        try:
            reader = _Reader(answer, most, send.deadline)
            if _leads_on(answer):
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

    def __init__(self, own: Any) -> None:
        super().__init__(own)
        self._made: WeakKeyDictionary[Any, tuple[int, httpx.AsyncClient]] = WeakKeyDictionary()
        self._lock = ProcessLock()

    def http(self) -> Any:
        """The HTTP client of the running loop. Raises `ConfigurationError` if it is closed or of another process."""
        self._check()
        if self._own is not None:
            return self._own
        loop = _loop()
        process, made = self._made.get(loop, (0, None))
        if made is None or process != os.getpid():
            made = self._make(loop)
        return made

    def _make(self, loop: Any) -> httpx.AsyncClient:
        import httpx

        made = httpx.AsyncClient(**_settings())
        with self._lock:
            # A client holds on to its loop, so those of loops that are over do not go by themselves.
            for over in [one for one in self._made if one.is_closed()]:
                del self._made[over]
            self._made[loop] = (os.getpid(), made)
        return made

    async def send(self, send: Send, timeout: float | Unset | None, most: int) -> Response:
        """The answer, whole unless it is wanted live. Raises the HTTP client's own errors where there is none."""
        http = self.http()
        request = self._request(http, send, timeout, send.request.body.astream())
        answer = await (
            self._transport(http, request).handle_async_request(request) if self._own is None else http.send(
                request, stream=True, follow_redirects=False
            )
        )  # fmt: skip
        if send.live and 200 <= answer.status_code < 300:
            return _unread(answer)
        try:
            reader = _Reader(answer, most, send.deadline)
            if _leads_on(answer):
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
