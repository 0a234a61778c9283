# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What a value of unknown type is, in a form that type checkers follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether it is a JSON object."""
    return type(value) is dict


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether it is a JSON array, be it the result of a call."""
    return isinstance(value, list)


def is_nested(value: object) -> TypeGuard[dict[str, Any] | list[Any]]:
    """Whether it is a JSON object or array."""
    return type(value) is dict or isinstance(value, list)


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether it has members, of whatever class it is."""
    return isinstance(value, Mapping)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether it is a tuple."""
    return isinstance(value, tuple)


def is_iterable(value: object) -> TypeGuard[Iterable[Any]]:
    """Whether it has items."""
    return isinstance(value, Iterable)
