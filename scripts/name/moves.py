"""Carries published names over to what only moved: the same call under another path parameter's name, the same
parameter in another place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..documents import escape
from .operations import calls
from .pins import Pins

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
