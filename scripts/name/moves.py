"""Carries published names over to what only moved: the same call under another path parameter's name, the same
parameter in another place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Any

from ..documents import escape, unescape
from .calls import calls
from .pins import Pins
from .scope import scope_of
from .words import snake, stem, words

_PARAMETER = re.compile(r"\{[^/}]*\}")
_PATHS = "/paths/"


def carried(document: dict[str, Any], pinned: Pins) -> Pins:
    """The pins with the names of `/pets/{id}` also for `/pets/{pet_id}`, where only that one is left.

    A parameter that moved keeps its name, from the query to a header, say. The names of path parameters that are
    called otherwise are not carried: they are what changed.
    """
    shipped = {**dict(_operations(document, pinned.shipped)), **pinned.shipped}
    return replace(pinned, shipped={**dict(_parameters(document, shipped)), **shipped})


def _operations(document: dict[str, Any], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    there = {pointer for pointer, _, _, _ in calls(document)}
    published = [pointer for pointer, name in names.items() if pointer.startswith(_PATHS) and "." in name]
    known = {_shape(pointer): pointer for pointer in sorted(published) if pointer not in there}
    for pointer in sorted(there - names.keys()):
        if before := known.get(_shape(pointer)):
            yield pointer, names[before]
            for part, name in names.items():
                if part.startswith(f"{before}/") and not part.startswith(f"{before}/parameters/path."):
                    yield pointer + part.removeprefix(before), name


def _shape(pointer: str) -> str:
    return _PARAMETER.sub("{}", pointer)


def _parameters(document: dict[str, Any], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for pointer, _, _, value in calls(document):
        places = {f"{p['in']}.{escape(p['name'])}": escape(p["name"]) for p in value.get("parameters", ())}
        for place, wire in places.items():
            for inside in ("path", "query", "header", "cookie"):
                before, after = (f"{pointer}/parameters/{one}" for one in (f"{inside}.{wire}", place))
                if after not in names and before in names and f"{inside}.{wire}" not in places:
                    yield after, names[before]


def can_succeed(gone: Set[str], new: Set[str]) -> bool:
    """Whether something new may inherit the name of what is gone; finding out takes two more rounds of naming.

    Which properties of a body have names of their own hangs on what else has one, so where an operation's argument is
    gone, that is to be found out.
    """
    if any(place.startswith(_PATHS) and scope_of(place) != "operations" for place in gone):
        return bool(new)
    alike = set(map(_likeness, gone))
    return any(_likeness(place) in alike for place in new)


def succeeded(pinned: Pins, gone: Set[str], fresh: dict[str, str]) -> Pins:
    """The pins with the name of what is gone for what the rules call the same: `/v1/pets` became `/v2/pets`.

    Its old pointer has no name any more; should it come back, it is something new.

    Args:
        pinned: What was published.
        gone: The pointers of it that the document lacks.
        fresh: What everything in the document would be called if these had never been there.
    """
    free = {(pinned.shipped[place], *_likeness(place)): place for place in sorted(gone)}
    heirs = {}
    for place, name in fresh.items():
        if place not in pinned.shipped and (before := free.pop((name, *_likeness(place)), None)):
            heirs[place] = before
    kept = {place: name for place, name in pinned.shipped.items() if place not in heirs.values()}
    return replace(pinned, shipped={**kept, **{place: pinned.shipped[before] for place, before in heirs.items()}})


def _likeness(pointer: str) -> tuple[str, str]:
    """What two pointers share that may mean the same: scope and words; of an operation, verb and last fixed segment."""
    scope, last = scope_of(pointer), unescape(pointer.rpartition("/")[2])
    if scope == "operations":
        path = unescape(pointer.split("/")[2])
        return scope, " ".join((last, *[part for part in path.split("/") if "{" not in part][-1:]))
    if scope == "credentials":
        return scope, ""
    return scope, snake(words(stem(last) if scope == "models" else last))
