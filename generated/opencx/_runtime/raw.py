# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The answer behind a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeAlias, TypeVar, cast

from .request import Sent
from .response import named, public_headers
from .values import Value

if TYPE_CHECKING:
    from .download import AsyncDownload, Download

T = TypeVar("T")


class ResponseInfo(Value):
    """What is known of an answer beside what it says."""

    status: int
    headers: Mapping[str, str]
    """By their names in lower case, without cookies."""
    request_id: str | None
    """The name that the server gave to the call, for its support to find it."""
    attempts: int
    """How many times the request was sent."""
    elapsed: float
    """Seconds from the call to the answer's end, or to its head where its body comes as it is read."""


class RawResponse(ResponseInfo, Generic[T]):
    """A result together with the answer that it was read from, with all of its headers."""

    __hidden__: ClassVar[tuple[str, ...]] = ("content",)

    result: T
    content: bytes
    request: Sent
    """What was sent, with credentials blanked out."""


Received: TypeAlias = tuple[int, Mapping[str, str], Sequence[str], int, float]
"""What a result keeps of its answer: status, headers, which of them may hold the request id, attempts, seconds."""


def info(received: Received) -> ResponseInfo:
    """The same as users see it, made when it is asked for."""
    status, headers, id_headers, attempts, elapsed = received
    return ResponseInfo(status, public_headers(headers), named(headers, id_headers), attempts, elapsed)


class ResultList(list[T]):
    """The list that a call gives: as any other, but that it leads to its answer. Copies and pickles are plain lists."""

    __slots__ = ("__received__",)
    __received__: Received

    def __reduce_ex__(self, protocol: object) -> tuple[type[list[T]], tuple[list[T]]]:
        return list, (list(self),)


def knowing(result: Any, received: Received) -> Any:
    """The result, from where `response_of` finds its answer, if it is of a kind that has room for that."""
    kind = cast("type[object]", type(result))
    if kind is list:
        result = ResultList(result)
    elif not hasattr(kind, "__received__"):
        return result
    result.__received__ = received
    return result


def response_of(result: object) -> ResponseInfo:
    """Status, headers, request id, attempts and seconds of the answer that the result of a call was read from.

    Models, lists, pages, streams and downloads know it, as a method returned them: neither their copies nor what is in
    them. For other results, such as None, texts, numbers and dicts, call `with_raw_response`. Errors have it all
    themselves. Raises `ValueError` for what does not know.
    """
    received: Received | None = getattr(result, "__received__", None)
    if received is None:
        kind = type(result).__name__
        raise ValueError(f"this {kind} does not know its answer; take the very result of a call, or with_raw_response")
    return info(received)


class Wanted:
    """Where the answer of the next call is put; `live` if before its body is read: the call ends with `Opened`."""

    __slots__ = ("answer", "live", "received", "taken")

    def __init__(self, *, live: bool = False) -> None:
        self.answer: RawResponse[Any] | None = None
        self.received: Received | None = None
        self.live: bool = live
        self.taken: bool = False
        """Whether the call that it is meant for has begun."""


class Opened(BaseException):
    """Ends a call whose answer is wanted before its body is read, whatever the method would do with its result."""

    def __init__(self, download: Download | AsyncDownload) -> None:
        super().__init__()
        self.download = download


WANTED: ContextVar[Wanted | None] = ContextVar("WANTED", default=None)
"""Set while a call is made whose answer is wanted; each thread and task has its own."""


def wanted_live() -> bool:
    """Whether the answer of the call that is made is wanted before its body is read."""
    wanted = WANTED.get()
    return wanted is not None and wanted.live and not wanted.taken


def take() -> Wanted | None:
    """Where the call that begins now puts its answer, which calls that are made on its way, as by a hook, do not."""
    wanted = WANTED.get()
    if wanted is None or wanted.taken:
        return None
    wanted.taken = True
    return wanted
