# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The answer behind a result."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from .request import Sent

if TYPE_CHECKING:
    from .download import AsyncDownload, Download

T = TypeVar("T")


@attrs.frozen
class RawResponse(Generic[T]):
    """A result together with the answer that it was read from."""

    result: T
    status: int
    headers: Mapping[str, str]
    """By their names in lower case."""
    content: bytes = attrs.field(repr=False)
    request: Sent
    """What was sent, with credentials blanked out."""
    request_id: str | None
    attempts: int
    elapsed: float
    """Seconds from the call to the answer's end."""


@attrs.define
class Wanted:
    """Where the answer of the next call is put."""

    answer: RawResponse[object] | None = None
    live: bool = False
    """Whether it is wanted before its body is read: the call then ends with `Opened`."""


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
    return wanted is not None and wanted.live
