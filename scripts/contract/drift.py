"""One difference between what was recorded and what the documents say now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Drift:
    """A difference, told as `place: what`."""

    place: str
    """`status`, or a path like `response.flow.children[].id`."""
    what: str
    """`string → array`, with what was recorded before what is documented."""
    kind: str = "other"
    """`status`, `type`, `missing`, `unknown`, `enum` or `other`."""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def shown(value: Any) -> str:
    """A JSON value in a few characters: objects and arrays by their type."""
    text = repr(value) if isinstance(value, str | int | float | bool | None) else type(value).__name__
    return text if len(text) <= 60 else f"{text[:57]}…"


def distinct(drifts: Iterable[Drift]) -> tuple[Drift, ...]:
    """The drifts, each once, in the order of their places."""
    return tuple(sorted(set(drifts), key=lambda drift: (drift.place != "status", drift)))


def status_key(status: int, responses: Iterable[str]) -> str | None:
    """The key of `responses` that stands for the status: the status itself, its range, or the default."""
    keys = {str(key).upper(): str(key) for key in responses}
    return keys.get(str(status)) or keys.get(f"{status // 100}XX") or keys.get("DEFAULT")
