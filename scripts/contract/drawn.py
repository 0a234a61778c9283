"""Values of a schema that hypothesis chooses: the simplest first, and a failing one made ever simpler.

Each choice is one of a few, so that the same version of hypothesis chooses the same wherever it runs. It draws them as
bytes, all at once: to draw each by itself takes it ten times as long as everything that is done with a value. And it
draws them once for all operations, as the same bytes are other choices for another schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain, cycle, islice
from random import Random
from typing import Any, TypeGuard

from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from .examples import MAX_DEPTH, Maker, Resolve, Schema
from .patterns import matching

Draw = Callable[[int], int]
"""Which of so many; the first is the simplest."""

_CHOICES = 64
"""Bytes that are drawn for one exchange; where more is chosen, they are gone through again."""
_DRAWN = 131
"""So many times the bytes of an exchange are drawn; operations begin at different ones of them."""
_MOST_OPTIONS = 50
"""Of an enum or a union; beyond it, the first ones are chosen from."""
_MOST_OPTIONAL = 150
"""Fields of one value that are there though they need not be."""
_ITEMS = 3
"""Items that an array has beyond those that it needs."""

_TEXTS = ("", "a", "text", "two words", "ä", "日本", "😀", '"\\', "\n", "0", "null", "a/b?c=d&e#f%", "x" * 300)
_WHOLE = (0, 1, -1, 2, 10, 255, 2**31 - 1, -(2**31), 2**53 + 1, 2**63 - 1)
_BROKEN = (0.5, -2.25, 1e-7, 1e21)
_STEPS = (1, 2, 3, 10, 1000, -1, 0)
_ANY: tuple[Any, ...] = ("text", 1, None, True, 0.5, [], {}, [1, "a", None], {"key": {"nested": [False]}})
_BY_FORMAT = {
    "date-time": ("2023-11-07T05:31:56.5Z", "2024-02-29T23:59:59.123456+05:30", "1970-01-01T00:00:00-00:00"),
    "date": ("2024-02-29", "0001-01-01", "9999-12-31"),
    "time": ("23:59:59.25+02:00",),
    "duration": ("P3Y6M4DT12H30M5S", "P1W", "PT0S"),
    "uuid": ("00000000-0000-0000-0000-000000000000", "3C90C3CC-0D44-4B50-8888-8DD25736052A"),
    "email": ("a+b.c@xn--bcher-kva.example",),
    "uri": ("https://user@example.com:8443/a%20b?c=%2F#d", "urn:isbn:0451450523"),
    "byte": ("", "+/8=", "QUJD"),
}


class Choices:
    """The choices that bytes stand for: a smaller byte is a simpler choice, and zero the simplest."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.taken = 0

    def __call__(self, count: int) -> int:
        """One of so many."""
        turn, at = divmod(self.taken, len(self.content))
        self.taken += 1
        return (self.content[at] * (2 * turn + 1) % 256) * count >> 8  # in each turn others, but for zeros


def content_of(choices: int) -> st.SearchStrategy[bytes]:
    """The bytes of an exchange with so many choices."""
    size = max(1, min(choices, _CHOICES))
    return st.binary(min_size=size, max_size=size)


@cache
def _drawn() -> tuple[bytes, ...]:
    """Bytes of exchanges, none of which is the simplest."""
    found: dict[bytes, None] = {}

    def is_last(content: bytes) -> bool:
        found[content] = None
        return len(found) > _DRAWN

    chosen = settings(max_examples=2 * _DRAWN, database=None, deadline=None, phases=(Phase.generate,))
    with suppress(NoSuchExample):
        find(content_of(_CHOICES), is_last, settings=chosen, random=Random(0))
    return tuple(islice(filter(any, found), _DRAWN))


def contents(start: int) -> Iterator[bytes]:
    """The bytes of one exchange after the other, without end: the simplest one, and then those from some place on."""
    drawn = _drawn()
    return chain([bytes(_CHOICES)], islice(cycle(drawn), start % len(drawn), None))


def one_of(draw: Draw, options: Sequence[Any]) -> Any:
    """One of the options, drawn; the first is the simplest."""
    return options[0] if len(options) == 1 else options[draw(min(len(options), _MOST_OPTIONS))]


class Drawn(Maker):
    """Makes values as hypothesis chooses."""

    def __init__(self, resolve: Resolve, draw: Draw) -> None:
        super().__init__(resolve, documented=False)
        self.draw = draw
        self.optional = 0

    def _one_of(self, options: Sequence[Any]) -> Any:
        return one_of(self.draw, options)

    def _wants(self, depth: int) -> bool:
        if depth >= MAX_DEPTH or self.optional >= _MOST_OPTIONAL:
            return False
        wanted: bool = self._one_of((False,) * max(1, depth - 1) + (True,))
        self.optional += wanted
        return wanted

    def _arm(self, arms: list[Any]) -> Any:
        return self._one_of(arms)

    def _kind(self, kinds: list[str]) -> str:
        return str(self._one_of(sorted(kinds, key=lambda kind: kind == "null")))

    def _anything(self) -> Any:
        return self._one_of(_ANY)

    def _boolean(self) -> bool:
        return bool(self._one_of((True, False)))

    def _length(self, least: int, depth: int) -> int:
        most = least if depth >= MAX_DEPTH or self.optional >= _MOST_OPTIONAL else least + _ITEMS
        return int(self._one_of(range(least, most + 1)))

    def _other(self, index: int) -> Maker:
        return self

    def _more(self, depth: int) -> int:
        return int(self._one_of((0, 1, 2))) if depth < MAX_DEPTH else 0

    def _number(self, schema: Schema, kind: str) -> int | float:
        simple = super()._number(schema, kind)
        step = schema.get("multipleOf")
        if isinstance(step, int | float) and not isinstance(step, bool):
            options: Sequence[int | float] = [simple, *(step * times for times in _STEPS)]
        else:
            bounds = (schema.get("minimum"), schema.get("maximum"))
            options = [
                simple,
                *_WHOLE,
                *(_BROKEN if kind == "number" else ()),
                *(one for one in bounds if _is_whole(one)),
            ]
        found: int | float = self._one_of([one for one in options if _within(schema, one)] or [simple])
        return found

    def _text(self, schema: Schema) -> str:
        simple = super()._text(schema)
        low, high = schema.get("minLength", 0), schema.get("maxLength")
        pattern, form = schema.get("pattern"), schema.get("format")
        if isinstance(pattern, str):
            longer = matching(pattern, low + 1, high if isinstance(high, int) else 10_000)
            options = [simple, *([longer] if longer else ())]
        elif form in _BY_FORMAT:
            options = [simple, *_BY_FORMAT[form]]
        elif isinstance(form, str):
            options = [simple]
        else:
            options = [simple, *(_sized(text, low, high) for text in _TEXTS)]
        return str(self._one_of(options))


def _is_whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _within(schema: Schema, value: int | float) -> bool:
    """Whether a number is in the range that a schema and its format allow."""
    low, high = schema.get("minimum"), schema.get("maximum")
    if schema.get("format") == "int32" and not -(2**31) <= value < 2**31:
        return False
    return (low is None or value >= low) and (high is None or value <= high)


def _sized(text: str, low: Any, high: Any) -> str:
    """The text, as long as it must be."""
    text = text.ljust(low, "x") if isinstance(low, int) else text
    return text[:high] if isinstance(high, int) else text
