# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The answer behind a result."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Generic, TypeVar

import attrs

from .request import Sent

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


WANTED: ContextVar[Wanted | None] = ContextVar("WANTED", default=None)
"""Set while a call is made whose answer is wanted; each thread and task has its own."""
