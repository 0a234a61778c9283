# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""JSON text to values and back, losing nothing.

`msgspec` is fast and keeps integers of any size. What it refuses (`NaN`, half surrogate pairs, a byte order mark,
numbers beyond a float) is given to the standard library before it counts as an error; so is everything where
`msgspec` has no wheel. The first few texts are read by the standard library, which makes the same of them: a program
that reads no more does not wait for `msgspec` to load.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from . import fast

_SMALL = 500_000
_few = 4
"""So many small texts are still read by the standard library."""


def loads(content: bytes) -> Any:
    """The value of a JSON text.

    Raises `ValueError` if it is none, also where it is nested too deep to be read.
    """
    global _few
    if _few > 0 and len(content) < _SMALL:
        _few -= 1
        with suppress(ValueError, RecursionError):
            return json.loads(content)
    if (parser := fast.load()) is not None:
        try:
            return parser.decode(content)
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
    if (writer := fast.load()) is not None:
        try:
            return writer.encode(value)
        except (UnicodeEncodeError, TypeError):
            pass
    try:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
    except RecursionError:
        raise ValueError("nested too deep") from None
