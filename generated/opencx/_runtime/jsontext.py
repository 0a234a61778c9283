# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""JSON text to values and back, losing nothing.

`msgspec` is fast and keeps integers of any size. What it refuses (`NaN`, half surrogate pairs, a byte order mark,
numbers beyond a float) is given to the standard library before it counts as an error; so is everything where
`msgspec` has no wheel.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

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
    """A value that `encode` gave as compact JSON in UTF-8.

    Raises `ValueError` for what JSON has no form for (NaN, infinities), `TypeError` for unknown types.
    """
    if _fast_encode is not None:
        try:
            return _fast_encode(value)
        except (UnicodeEncodeError, TypeError):
            pass
    try:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
    except RecursionError:
        raise ValueError("nested too deep") from None
