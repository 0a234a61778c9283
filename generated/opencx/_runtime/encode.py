# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Python values as the JSON values that go on the wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, cast

from .narrow import is_iterable, is_mapping
from .scalars import WRITERS, writer_for
from .unset import UNSET

ATOMS: frozenset[type[Any]] = frozenset((str, int, bool, type(None)))
"""The types that are JSON as they are; floats are so only if they are finite."""
_TEXT = frozenset((str,))


class NoNumber(float):
    """A float that JSON has no form for. It is of a class of its own so that no encoder takes it for null."""


def _number(value: float) -> float:
    return value if value - value == 0 else NoNumber(value)


def encode(value: Any) -> Any:
    """A value as JSON values: models in wire form, instants and the like as text, `UNSET` members left out.

    Raises `TypeError` for what has no form in JSON, saying what it was.
    """
    kind = cast(Any, type(value))
    return value if kind in ATOMS else BY_KIND[kind](value)


def _items(values: list[Any]) -> list[Any]:
    if ATOMS.issuperset(map(type, values)):
        return values.copy()
    kinds = set(map(type, values))
    return list(map(BY_KIND[kinds.pop()] if len(kinds) == 1 else encode, values))


def _members(value: Mapping[Any, Any]) -> dict[str, Any]:
    if not _TEXT.issuperset(map(type, value)):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"a JSON object has names of type str, not {type(key).__name__}")
    return {key: item if type(item) in ATOMS else encode(item) for key, item in value.items() if item is not UNSET}


def _rare(value: Any) -> Any:
    write_model = getattr(cast(Any, type(value)), "__encode__", None)
    if write_model is not None:
        return write_model(value)
    if isinstance(value, Enum):
        return encode(value.value)
    plain = next((kind for kind in (int, float, str) if isinstance(value, kind)), None)
    if plain is not None:
        return plain(value)
    write = writer_for(value)
    if write is not None:
        return write(value)
    if is_mapping(value):
        return _members(value)
    if is_iterable(value) and value.__class__.__name__ not in ("bytearray", "memoryview"):
        return [encode(item) for item in value]
    raise TypeError(f"a value of type {type(value).__name__} has no form in JSON")


class _Writers(dict[type[Any], Callable[[Any], Any]]):
    """What writes the values of exactly a class; models' codecs add theirs."""

    def __missing__(self, kind: type[Any]) -> Callable[[Any], Any]:
        return _rare


_KNOWN: dict[type[Any], Callable[[Any], Any]] = {
    float: _number, NoNumber: NoNumber, list: _items, tuple: lambda values: _items(list(values)), dict: _members,
}  # fmt: skip
BY_KIND = _Writers({**WRITERS, **_KNOWN})
