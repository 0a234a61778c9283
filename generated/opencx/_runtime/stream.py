# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Answers that come as one item after another: server-sent events, and JSON values one a line."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import aclosing, suppress
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from .errors import APIConnectionError, APIError
from .items import Events, Values
from .live import Live
from .raw import Received
from .response import public_headers
from .retry import LONGEST_WAIT, backoff

T = TypeVar("T")


class _Base(Generic[T]):
    """What sync and async streams have in common: what is known, and whether a broken stream is resumed."""

    def __init__(self, live: Live, items: Events | Values, resumable: bool) -> None:
        self._live = live
        self._items = items
        self._events = items if resumable and isinstance(items, Events) else None
        self._closed = False
        self._resumes = 0
        self._resumed_after: str | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._live.call.request.label}>"

    @property
    def status(self) -> int:
        """The answer's status."""
        return self._live.response.status

    @property
    def headers(self) -> dict[str, str]:
        """The answer's headers by their names in lower case, without cookies."""
        return public_headers(self._live.response.headers)

    @property
    def __received__(self) -> Received:
        return self._live.received

    @property
    def last_event_id(self) -> str | None:
        """The id that the last events were given, with which to go on some other time; None if they have none."""
        return self._items.parser.last_id if isinstance(self._items, Events) else None

    def _after(self, error: APIConnectionError) -> tuple[str, float]:
        """The id to resume after, and the seconds to wait. Raises the error if the stream cannot be resumed.

        It is resumed at most `max_retries` times after the same event.
        """
        call = self._live.call
        after = self._events.resume_after() if self._events else None
        if self._events is None or after is None or not call.request.body.replayable:
            raise call.blame(error)
        self._resumes = self._resumes + 1 if after == self._resumed_after else 1
        self._resumed_after = after
        asked = self._events.parser.retry
        wait = backoff(self._resumes) if asked is None else asked
        repeats = not after and not call.request.retryable
        if repeats or self._resumes > call.max_retries or wait > LONGEST_WAIT or not call.in_time(wait):
            raise call.blame(error)
        self._events.resumed(after)
        return after, wait


class Stream(_Base[T]):
    """The items of an answer, as they come: iterate over it once.

    Use it as a context manager, or call `close`, where you may stop before the end: the connection is then given free.
    """

    def __init__(
        self, live: Live, items: Events | Values, resumable: bool, reopen: Callable[[Live, str], Live]
    ) -> None:
        super().__init__(live, items, resumable)
        self._reopen = reopen
        self._iterator: Generator[T, None, None] = self._read()

    def __iter__(self) -> Iterator[T]:
        return self._iterator

    def __next__(self) -> T:
        return next(self._iterator)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection free, at the end or before. May be done twice."""
        self._closed = True
        self._live.close()
        with suppress(ValueError):  # another thread is reading; it finds the answer closed
            self._iterator.close()

    def _read(self) -> Generator[Any, None, None]:
        items = self._items
        while not items.done and not self._closed:
            try:
                for piece in self._live.pieces():
                    yield from items.feed(piece)
                    if items.done:
                        break
                else:
                    yield from items.end()
                self._live.close()
                return
            except APIError as error:
                self._live.close()
                if self._closed:
                    return
                if not isinstance(error, APIConnectionError):
                    raise self._live.call.blame(error)  # noqa: B904
                after, wait = self._after(error)
            time.sleep(wait)
            self._live = self._reopen(self._live, after)


class AsyncStream(_Base[T]):
    """The items of an answer, as they come: iterate over it once, with `async for`.

    Use it as an async context manager, or await `close`, where you may stop before the end: the connection is then
    given free.
    """

    def __init__(
        self, live: Live, items: Events | Values, resumable: bool, reopen: Callable[[Live, str], Awaitable[Live]]
    ) -> None:
        super().__init__(live, items, resumable)
        self._reopen = reopen
        self._iterator: AsyncGenerator[T, None] = self._read()

    def __aiter__(self) -> AsyncIterator[T]:
        return self._iterator

    async def __anext__(self) -> T:
        return await self._iterator.__anext__()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Give the connection free, at the end or before. May be done twice."""
        self._closed = True
        await self._live.aclose()
        with suppress(RuntimeError):  # another task is reading; it finds the answer closed
            await self._iterator.aclose()

    async def _read(self) -> AsyncGenerator[Any, None]:
        items = self._items
        while not items.done and not self._closed:
            try:
                async with aclosing(self._live.apieces()) as pieces:
                    async for piece in pieces:
                        for item in items.feed(piece):
                            yield item
                        if items.done:
                            break
                    else:
                        for item in items.end():
                            yield item
                await self._live.aclose()
                return
            except APIError as error:
                await self._live.aclose()
                if self._closed:
                    return
                if not isinstance(error, APIConnectionError):
                    raise self._live.call.blame(error)  # noqa: B904
                after, wait = self._after(error)
            await _pause(wait)
            self._live = await self._reopen(self._live, after)


async def _pause(seconds: float) -> None:
    from anyio import sleep

    await sleep(seconds)
