# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Connections of one's own: kept apart by where they lead, taken for one request each, and kept for the next.

An idle connection is found by a look at the newest, whatever number there is; the oldest go when their time is over.
What HTTP is on a connection is the work of `httpcore`, which `httpx` stands on as well.
"""

from __future__ import annotations

import os
import socket
import ssl
import time
from collections import deque
from contextlib import suppress
from functools import lru_cache, partial
from threading import Semaphore
from typing import Any, TypeAlias, TypeVar

import anyio
import httpcore

from .answer import Answer
from .exchange import Send
from .wire import Content, Limits, request_of

C = TypeVar("C", httpcore.HTTPConnection, httpcore.AsyncHTTPConnection)
Place: TypeAlias = tuple[bytes, bytes, int]
_MOST = 1000
_MOST_IDLE = 100
_IDLE_SECONDS = 5.0
_PROBES = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 60, "TCP_KEEPCNT": 5}
KEPT_ALIVE = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)] + [
    (socket.IPPROTO_TCP, getattr(socket, name), value) for name, value in _PROBES.items() if hasattr(socket, name)
]
"""Has the system ask now and then whether the other side is still there, so that a long wait is not one for nobody."""
_NO_ROOM = f"all {_MOST} connections are in use"


@lru_cache(maxsize=4)
def _trust(file: str, folder: str) -> ssl.SSLContext:
    """Whom TLS connections trust: a file or folder of certificates, or else those that `certifi` knows."""
    if file:
        return ssl.create_default_context(cafile=file)
    if folder:
        return ssl.create_default_context(capath=folder)
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


def _tls(scheme: bytes) -> ssl.SSLContext | None:
    if scheme != b"https":
        return None
    return _trust(os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", ""))


class _Idle(dict[Place, "deque[tuple[float, C]]"]):
    """Connections that wait for a request, and since when, by where they lead; threads may share them."""

    def newest(self, place: Place) -> C | None:
        """One that can be used now, or has to be closed as its time is over."""
        try:
            return self[place].pop()[1]
        except (KeyError, IndexError):
            return None

    def keep(self, place: Place, connection: C) -> None:
        self.setdefault(place, deque()).append((time.monotonic(), connection))

    def too_old(self) -> C | None:
        """One that waited too long, or is one too many, wherever it leads."""
        for waiting in list(self.values()):
            try:
                since, connection = waiting.popleft()
            except IndexError:
                continue
            if len(waiting) >= _MOST_IDLE or time.monotonic() - since > _IDLE_SECONDS:
                return connection
            waiting.appendleft((since, connection))
        return None


def _can_be_kept(connection: Any) -> bool:
    """Whether it is free and nothing came after the answer: that would be taken for the next one's head."""
    state = getattr(getattr(connection, "_connection", None), "_h11_state", None)
    return connection.is_available() and not (state is not None and state.trailing_data[0])


class Connections:
    """Those of one process, for all of its threads."""

    def __init__(self) -> None:
        self._idle: _Idle[httpcore.HTTPConnection] = _Idle()
        self._busy: set[httpcore.HTTPConnection] = set()
        self._room = Semaphore(_MOST)
        self._closed = False

    def send(self, send: Send, content: Content, limits: Limits) -> Answer:
        """The answer, whose body is still to be read; `limits` are seconds for each phase."""
        request = request_of(send, content, limits)
        if not self._room.acquire(timeout=limits["pool"]):
            raise httpcore.PoolTimeout(_NO_ROOM)
        try:
            connection = self._take(request.url.origin)
        except BaseException:
            self._room.release()
            raise
        try:
            response = connection.handle_request(request)
        except BaseException:
            self._give_back(connection, request.url.origin)
            raise
        return Answer(response, partial(self._give_back, connection, request.url.origin))

    def _take(self, origin: httpcore.Origin) -> httpcore.HTTPConnection:
        place = (origin.scheme, origin.host, origin.port)
        while (connection := self._idle.newest(place)) is not None and connection.has_expired():
            connection.close()
        if connection is None:
            connection = httpcore.HTTPConnection(origin, _tls(origin.scheme), _IDLE_SECONDS, socket_options=KEPT_ALIVE)
        self._busy.add(connection)
        return connection

    def _give_back(self, connection: httpcore.HTTPConnection, origin: httpcore.Origin) -> None:
        """Keep the connection for the next request, if its answer was read to the end."""
        self._busy.remove(connection)
        self._room.release()
        if self._closed or not _can_be_kept(connection):
            connection.close()
            return
        self._idle.keep((origin.scheme, origin.host, origin.port), connection)
        while (old := self._idle.too_old()) is not None:
            old.close()

    def close(self) -> None:
        self._closed = True
        for place in list(self._idle):
            while (connection := self._idle.newest(place)) is not None:
                connection.close()
        for connection in list(self._busy):
            connection.close()

    def __del__(self) -> None:
        """Close what a client left open that was never closed: without this, it would be when memory is cleaned up."""
        with suppress(Exception):
            self.close()


class AsyncConnections:
    """Those of one event loop."""

    def __init__(self) -> None:
        self._idle: _Idle[httpcore.AsyncHTTPConnection] = _Idle()
        self._busy: set[httpcore.AsyncHTTPConnection] = set()
        self._room = _MOST
        self._waiting: deque[anyio.Event] = deque()
        self._closed = False

    async def send(self, send: Send, content: Content, limits: Limits) -> Answer:
        """The answer, whose body is still to be read; `limits` are seconds for each phase."""
        request = request_of(send, content, limits)
        await self._enter(limits["pool"])
        try:
            connection = await self._take(request.url.origin)
        except BaseException:
            self._leave()
            raise
        try:
            response = await connection.handle_async_request(request)
        except BaseException:
            await self._give_back(connection, request.url.origin)
            raise
        return Answer(response, partial(self._give_back, connection, request.url.origin))

    async def _enter(self, wait: float | None) -> None:
        if self._room:
            self._room -= 1
            return
        turn = anyio.Event()
        self._waiting.append(turn)
        try:
            with anyio.move_on_after(wait):
                await turn.wait()
            if not turn.is_set():
                raise httpcore.PoolTimeout(_NO_ROOM)
        except BaseException:
            if turn.is_set():
                self._leave()
            else:
                self._waiting.remove(turn)
            raise

    def _leave(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._room += 1

    async def _take(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        place = (origin.scheme, origin.host, origin.port)
        while (connection := self._idle.newest(place)) is not None and connection.has_expired():
            await connection.aclose()
        if connection is None:
            connection = httpcore.AsyncHTTPConnection(
                origin, _tls(origin.scheme), _IDLE_SECONDS, socket_options=KEPT_ALIVE
            )
        self._busy.add(connection)
        return connection

    async def _give_back(self, connection: httpcore.AsyncHTTPConnection, origin: httpcore.Origin) -> None:
        """Keep the connection for the next request, if its answer was read to the end."""
        self._busy.remove(connection)
        self._leave()
        if self._closed or not _can_be_kept(connection):
            with anyio.CancelScope(shield=True):
                await connection.aclose()
            return
        self._idle.keep((origin.scheme, origin.host, origin.port), connection)
        while (old := self._idle.too_old()) is not None:
            with anyio.CancelScope(shield=True):
                await old.aclose()

    async def aclose(self) -> None:
        self._closed = True
        for place in list(self._idle):
            while (connection := self._idle.newest(place)) is not None:
                await connection.aclose()
        for connection in list(self._busy):
            await connection.aclose()
