# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Hooks: what a program wants to see of, or add to, each attempt of a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .values import Value


class Attempt(Value):
    """One attempt of a call, before it is sent."""

    operation: str
    """`phone.create`; the path of a call by hand."""
    method: str
    path: str
    url: str
    """With credentials blanked out."""
    number: int
    """From 1."""
    headers: dict[str, str]
    """What will be sent, but for the credentials. What a hook adds here is sent with this attempt."""

    __hidden__: ClassVar[tuple[str, ...]] = ("headers",)


class Reply(Value):
    """What came back for an attempt."""

    status: int
    headers: Mapping[str, str]
    """By their names in lower case, without cookies."""
    elapsed: float
    """Seconds since the attempt was sent."""

    __hidden__: ClassVar[tuple[str, ...]] = ("headers",)


class Hook:
    """Subclass it, override what you need, and pass it as `hooks=[…]`.

    Each runs for every attempt, so several times for a call that is sent again. What a hook raises ends the call.
    """

    def before(self, attempt: Attempt) -> None:
        """Called before an attempt is sent."""

    def after(self, attempt: Attempt, reply: Reply) -> None:
        """Called when an answer came, whatever its status."""

    def failed(self, attempt: Attempt, error: Exception) -> None:
        """Called when no answer came; `error` is the HTTP client's."""


class AsyncHook:
    """The same for an async client, with methods that may wait."""

    async def before(self, attempt: Attempt) -> None:
        """Called before an attempt is sent."""

    async def after(self, attempt: Attempt, reply: Reply) -> None:
        """Called when an answer came, whatever its status."""

    async def failed(self, attempt: Attempt, error: Exception) -> None:
        """Called when no answer came; `error` is the HTTP client's."""
