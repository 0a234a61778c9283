# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""How the answers of a board come to a client of `httpx`: within this process, and without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from urllib.parse import unquote, urlsplit

import httpx

from .._runtime.hooks import Attempt, Hook
from .answer import Answer
from .asked import Asked
from .board import Board

_ATTEMPT: ContextVar[Attempt | None] = ContextVar("_ATTEMPT", default=None)
"""The attempt that is being sent by this thread or task."""


class Announcing(Hook):
    """Says which operation the next request is for, and which attempt of it."""

    def before(self, attempt: Attempt) -> None:
        _ATTEMPT.set(attempt)


class _Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of an answer, which may break off."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.pieces
        _fail(self._answer.error)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


class InProcess(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Lets a board answer."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        __tracebackhide__ = True
        return self._respond(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        __tracebackhide__ = True
        return self._respond(request, await request.aread())

    def _respond(self, request: httpx.Request, content: bytes) -> httpx.Response:
        __tracebackhide__ = True
        headers = {name.lower(): text for name, text in request.headers.items()}
        asked = Asked(request.method, str(request.url), headers, content)
        attempt = _ATTEMPT.get()
        _ATTEMPT.set(None)
        known, number = (attempt.operation, attempt.number) if attempt and _is_of(attempt, asked) else ("", 1)
        _, answer = self._board.answer(asked, known, number)
        limit = request.extensions.get("timeout", {}).get("read")
        if limit is not None and answer.delay > limit:
            raise httpx.ReadTimeout(f"the answer would come after {answer.delay:g} s", request=request)
        if answer.before:
            _fail(answer.error)
        return httpx.Response(answer.status, headers=dict(answer.headers), stream=_Pieces(answer), request=request)


def _is_of(attempt: Attempt, asked: Asked) -> bool:
    """Whether the request is the attempt's: one that was announced may never be sent, as in a dry run."""
    announced, sent = urlsplit(attempt.url).path, urlsplit(asked.url).path
    return (attempt.method, unquote(announced)) == (asked.method, unquote(sent))


def _fail(error: str) -> None:
    if error:
        raise getattr(httpx, error)("this is what the test asked for")
