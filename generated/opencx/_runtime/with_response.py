# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""`with_raw_response` and `with_streaming_response`: methods that give the answer behind their result.

Each decorator takes a method of a resource and makes of it one with the same arguments. What it decorates lends its
place, and is never run. Nothing here is loaded before it is used.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar, cast

from .raw import WANTED, Opened, RawResponse, Wanted

if TYPE_CHECKING:
    from .download import AsyncDownload, Download

T = TypeVar("T")
P = ParamSpec("P")

Method: TypeAlias = Callable[Concatenate[Any, P], T]
Later: TypeAlias = Coroutine[Any, Any, T]
Place: TypeAlias = Callable[[Any], None]


class WithResponse:
    """The methods of a resource, or of a client, with the answer behind their results."""

    def __init__(self, bound: object) -> None:
        self._bound = bound

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._bound!r}>"


def raw_response(method: Method[P, T]) -> Callable[[Place], Method[P, RawResponse[T]]]:
    """The method with a `RawResponse` as its result."""

    @wraps(method)
    def call(self: WithResponse, /, *args: P.args, **arguments: P.kwargs) -> RawResponse[T]:
        wanted = Wanted()
        token = WANTED.set(wanted)
        try:
            method(bound(self), *args, **arguments)
        finally:
            WANTED.reset(token)
        return cast("RawResponse[T]", wanted.answer)

    return lambda _: call


def async_raw_response(method: Method[P, Awaitable[T]]) -> Callable[[Place], Method[P, Later[RawResponse[T]]]]:
    """The same for a method of an async client."""

    @wraps(method)
    async def call(self: WithResponse, /, *args: P.args, **arguments: P.kwargs) -> RawResponse[T]:
        wanted = Wanted()
        token = WANTED.set(wanted)
        try:
            await method(bound(self), *args, **arguments)
        finally:
            WANTED.reset(token)
        return cast("RawResponse[T]", wanted.answer)

    return lambda _: call


def streaming_response(method: Method[P, object]) -> Callable[[Place], Method[P, AbstractContextManager[Download]]]:
    """The method as a context manager that gives the answer, to be read as it comes."""

    def opened(self: WithResponse, /, *args: P.args, **arguments: P.kwargs) -> Download:
        token = WANTED.set(Wanted(live=True))
        try:
            method(bound(self), *args, **arguments)
        except Opened as instead:
            return cast("Download", instead.download)
        finally:
            WANTED.reset(token)
        raise AssertionError("a method of a resource makes a call")

    @wraps(method)
    @contextmanager
    def call(self: WithResponse, /, *args: P.args, **arguments: P.kwargs) -> Generator[Download, None, None]:
        with opened(self, *args, **arguments) as download:
            yield download

    return lambda _: call


def async_streaming_response(
    method: Method[P, Awaitable[object]],
) -> Callable[[Place], Method[P, AbstractAsyncContextManager[AsyncDownload]]]:
    """The same for a method of an async client."""

    async def opened(self: WithResponse, /, *args: P.args, **arguments: P.kwargs) -> AsyncDownload:
        token = WANTED.set(Wanted(live=True))
        try:
            await method(bound(self), *args, **arguments)
        except Opened as instead:
            return cast("AsyncDownload", instead.download)
        finally:
            WANTED.reset(token)
        raise AssertionError("a method of a resource makes a call")

    @wraps(method)
    @asynccontextmanager
    async def call(self: WithResponse, /, *args: P.args, **arguments: P.kwargs) -> AsyncGenerator[AsyncDownload, None]:
        async with await opened(self, *args, **arguments) as download:
            yield download

    return lambda _: call


def bound(methods: WithResponse) -> object:
    """The resource or client whose methods they are."""
    return methods._bound  # pyright: ignore[reportPrivateUsage]
