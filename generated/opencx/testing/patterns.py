# Made from scripts/contract by `python -m scripts generate`; changes here are lost.
# pyright: basic, reportGeneralTypeIssues=false
"""Texts that match a pattern, made without chance: the same pattern gives the same text everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

_LONGEST = 10_000
_CHARACTERS = "a0A-_.x1z9 /:@b"
_CLASSES = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_WORD": "a",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_NOT_WORD": "-",
    "CATEGORY_NOT_SPACE": "a",
}


def bare(pattern: str) -> str:
    """The pattern without the slashes and flags that it has in programs, as in `/^[a-z]+$/i`, which no text matches."""
    found = re.fullmatch(r"/(\^.*|.*\$)/([a-z]*)", pattern, re.DOTALL)
    if found is None:
        return pattern
    flags = "".join(sorted({*found[2]} & {*"ims"}))
    return f"(?{flags}){found[1]}" if flags else found[1]


@cache
def matching(pattern: str, low: int = 0, high: int = _LONGEST) -> str | None:
    """A text that the pattern is found in, of a length from `low` to `high`; None where none was found."""
    pattern = bare(pattern)
    try:
        parsed = import_module("re._parser").parse(pattern)
        compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None
    for times in (0, 1, 2, 3, *(low // share for share in (5, 4, 3, 2, 1))):
        text = _sequence(parsed, times, [])
        for padded in (text, text.ljust(low, "a")):
            if low <= len(padded) <= high and compiled.search(padded):
                return padded
    return None


def _sequence(nodes: Sequence[tuple[Any, Any]], times: int, groups: list[str]) -> str:
    return "".join(_node(str(code), value, times, groups) for code, value in nodes)[: 2 * _LONGEST]


def _node(code: str, value: Any, times: int, groups: list[str]) -> str:
    if code == "LITERAL":
        return chr(value)
    if code in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = value
        count: int = min(max(least, min(times, most)), _LONGEST)
        return _sequence(inner, times, groups) * count
    if code == "SUBPATTERN":
        groups.append(_sequence(value[-1], times, groups))
        return groups[-1]
    if code == "BRANCH":
        return _sequence(value[1][0], times, groups)
    if code == "IN":
        return _member(value)
    if code == "NOT_LITERAL":
        return next(char for char in _CHARACTERS if ord(char) != value)
    if code == "GROUPREF":
        return groups[value - 1] if value <= len(groups) else ""
    return "a" if code == "ANY" else ""  # what else there is, anchors and looks ahead, takes no character


def _member(options: Sequence[tuple[Any, Any]]) -> str:
    code, value = str(options[0][0]), options[0][1]
    if code == "NEGATE":
        source = "".join(_written(option) for option in options[1:])
        return next((char for char in _CHARACTERS if not re.match(f"[{source}]", char)), "a")
    return chr(value) if code == "LITERAL" else chr(value[0]) if code == "RANGE" else _CLASSES.get(str(value), "a")


def _written(option: tuple[Any, Any]) -> str:
    code, value = str(option[0]), option[1]
    if code == "LITERAL":
        return re.escape(chr(value))
    if code == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    letter = str(value).removeprefix("CATEGORY_").removeprefix("NOT_")[0].lower()
    return f"\\{letter.upper() if 'NOT_' in str(value) else letter}"
