"""JSON as API documents are written in it: read with limits against hostile input, and the lines of its values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

MAX_DEPTH = 250
"""Levels of nesting; the deepest published description we know has 61."""
_ESCAPED = re.compile(r"\\.")
_MEMBER = re.compile(r'"[ \t\n\r]*:')
_SPACE = re.compile(r"[ \t\n\r,:]*")
_DECODER = json.JSONDecoder()


def parse(text: str) -> Any:
    """What the text says.

    Raises:
        ValueError: It is no JSON (then a `JSONDecodeError`), is nested too deep or repeats a key.
    """
    data = json.loads(text, parse_constant=_refuse_constant, parse_float=number)
    depth, members = _extent(data)
    if depth > MAX_DEPTH:
        raise ValueError("too deep")
    if members != len(_MEMBER.findall(_ESCAPED.sub("", text))):  # some stand twice, or a text begins with a colon
        json.loads(text, object_pairs_hook=_unique)
    return data


def _extent(data: Any) -> tuple[int, int]:
    """How deep containers stand in one another, and how many members all objects have together."""
    level, depth, members = [data], 0, 0
    while level := [node for node in level if type(node) is dict or type(node) is list]:
        below: list[Any] = []
        for node in level:
            if type(node) is dict:
                members += len(node)
                below += node.values()
            else:
                below += node
        level, depth = below, depth + 1
    return depth, members


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def number(text: str) -> float | str:
    """The number; the text itself where no float is so large."""
    found = float(text)
    return found if abs(found) != float("inf") else text


class Lines:
    """Where values stand in JSON text; a container is looked through as far as what is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[int, dict[str, tuple[int, int]]] = {}
        self._rest: dict[int, Iterator[tuple[str, tuple[int, int]]]] = {}
        """What was found of the container that begins there, and the search for the rest of it."""

    def line(self, keys: Iterable[str]) -> int:
        """The line of the value that these keys lead to, or of its nearest ancestor, counted from 0.

        A member of an object has its key's line.
        """
        if "\n" not in self.text:  # as programs write it
            return 0
        said = place = _after(self.text, 0)
        for key in keys:
            member = self._member(place, key)
            if member is None:
                break
            said, place = member
        return self.text.count("\n", 0, said)

    def _member(self, start: int, wanted: str) -> tuple[int, int] | None:
        found = self._found.setdefault(start, {})
        rest = self._rest.setdefault(start, self._walk(start))
        if wanted not in found:
            for key, places in rest:
                found[key] = places
                if key == wanted:
                    break
        return found.get(wanted)

    def _walk(self, start: int) -> Iterator[tuple[str, tuple[int, int]]]:
        """The key of each member of the container that begins there, and where it and its value begin."""
        kind, number = self.text[start], 0
        place = _after(self.text, start + 1)
        while kind in "{[" and self.text[place] not in "}]":
            key, value = str(number), place
            if kind == "{":
                name, after = _DECODER.raw_decode(self.text, place)
                key, value = str(name), _after(self.text, after)
            yield key, (place, value)
            place = _after(self.text, _DECODER.raw_decode(self.text, value)[1])
            number += 1


def _after(text: str, place: int) -> int:
    """Where the next thing begins: white space and the signs between things are passed over."""
    found = _SPACE.match(text, place)
    return found.end() if found else place
