"""What a value of unknown type is, in a form that type checkers follow."""

from __future__ import annotations

from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether it is a JSON object."""
    return type(value) is dict


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether it is a JSON array."""
    return type(value) is list


def is_nested(value: object) -> TypeGuard[dict[str, Any] | list[Any]]:
    """Whether it is a JSON object or array."""
    return type(value) is dict or type(value) is list
