# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""`msgspec`, which reads and writes several times as fast as the standard library, and takes some milliseconds to load.

Where it has no wheel there is none, and everything works without.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Fast(NamedTuple):
    """What is used of it."""

    decode: Callable[[bytes], Any]
    encode: Callable[[Any], bytes]
    to_text: Callable[[Any], Any]
    """The text of an instant or of a UUID."""
    from_text: Callable[[str, type[Any]], Any]


_found: list[Fast | None] = []


def load() -> Fast | None:
    """It, loaded if it is not yet."""
    if not _found:
        _found.append(_loaded())
    return _found[0]


def at_hand() -> Fast | None:
    """It, if it is loaded already."""
    return _found[0] if _found else None


def _loaded() -> Fast | None:
    try:
        import msgspec
    except ImportError:
        return None
    return Fast(msgspec.json.Decoder().decode, msgspec.json.Encoder().encode, msgspec.to_builtins, msgspec.convert)
