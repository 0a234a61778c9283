"""JSON text to values and back, losing nothing.

`msgspec` is fast and keeps integers of any size. What it refuses (`NaN`, half surrogate pairs, a byte order mark,
numbers beyond a float) is given to the standard library before it counts as an error; so is everything where
`msgspec` has no wheel.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .narrow import is_array, is_object

try:
    import msgspec
except ImportError:
    _fast_decode: Callable[[bytes], Any] | None = None
    _fast_encode: Callable[[Any], bytes] | None = None
else:
    _fast_decode = msgspec.json.Decoder().decode
    _fast_encode = msgspec.json.Encoder().encode


def loads(content: bytes) -> Any:
    """The value of a JSON text.

    Raises `ValueError` if it is none, also where it is nested too deep to be read.
    """
    if _fast_decode is not None:
        try:
            return _fast_decode(content)
        except (ValueError, RecursionError):
            pass
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("nested too deep") from None


def dumps(value: Any) -> bytes:
    """A value as compact JSON in UTF-8.

    Raises `ValueError` for what JSON has no form for (NaN, infinities), `TypeError` for unknown types.
    """
    if _fast_encode is not None:
        try:
            text = _fast_encode(value)
        except UnicodeEncodeError:
            pass
        else:
            if b"null" not in text or not _has_no_form(value):
                return text
    try:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
    except RecursionError:
        raise ValueError("nested too deep") from None


def _has_no_form(value: object) -> bool:
    """Whether a float in it is NaN or infinite, which `msgspec` would send as null."""
    if isinstance(value, float):
        return value - value != 0
    items = value.values() if is_object(value) else value if is_array(value) else ()
    for item in items:
        kind = type(item)
        if kind is float:
            if item - item != 0:
                return True
        elif (kind is dict or kind is list) and _has_no_form(item):
            return True
    return False
