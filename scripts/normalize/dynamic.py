"""Finds what a `$dynamicRef` means: a name that a schema binds holds in all that the schema refers to.

Page:                                          Page: …               # whose items are anything
  properties:                                  CatPage:
    items:                                       properties:
      type: array                                  items:
      items: {$dynamicRef: '#T'}         ->          type: array
  $defs: {T: {$dynamicAnchor: T}}                    items: {$ref: '#/components/schemas/Cat'}
CatPage:
  $ref: '#/components/schemas/Page'
  $defs: {T: {$dynamicAnchor: T, $ref: '#/components/schemas/Cat'}}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..documents import escape
from .context import Json
from .sources import NoTarget, Place, Sources

Scope = dict[str, Place]
"""The schemas that names are bound to; the outermost that binds one counts."""
_SAYS_NOTHING = frozenset(("$dynamicAnchor", "$anchor", "$id", "$schema", "$comment", "$defs", "title", "description"))


def bindings(value: Json, file: str, pointer: str) -> Scope:
    """The names that a schema binds: its own, and those of its `$defs`."""
    if "$defs" not in value and "$dynamicAnchor" not in value:  # most bind none
        return {}
    found: Scope = {}
    if isinstance(value.get("$defs"), dict):
        for key, inner in value["$defs"].items():
            if isinstance(inner, dict) and isinstance(inner.get("$dynamicAnchor"), str):
                found[inner["$dynamicAnchor"]] = Place(file, f"{pointer}/$defs/{escape(key)}")
    if isinstance(value.get("$dynamicAnchor"), str):
        found[value["$dynamicAnchor"]] = Place(file, pointer)
    return found


def name_of(value: Json) -> str:
    """The name that a schema refers to dynamically, or empty."""
    ref = value.get("$dynamicRef")
    return ref.rpartition("#")[2] if isinstance(ref, str) and "$ref" not in value else ""


def is_generic(value: Json) -> bool:
    """Whether a schema is another one, but for the names that it binds."""
    return "$ref" in value and not value.keys() - {"$ref", *_SAYS_NOTHING}


def is_open(value: Any) -> bool:
    """Whether what a name is bound to is nothing but a place for something else."""
    return isinstance(value, dict) and "$dynamicAnchor" in value and not value.keys() - _SAYS_NOTHING


def names_within(start: Place, sources: Sources, find: Callable[[Any, Place], Place]) -> frozenset[str]:
    """The names to which a schema, and all that it refers to, refer dynamically."""
    names: set[str] = set()
    todo, seen = [start], {start}
    while todo:
        place = todo.pop()
        for at, value in _mappings(sources.value(place), place):
            names.add(name_of(value))
            if isinstance(value.get("$ref"), str):
                try:
                    target = find(value["$ref"], at)
                except NoTarget:
                    continue
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
    return frozenset(names - {""})


def _mappings(value: Any, place: Place) -> Iterator[tuple[Place, Json]]:
    """All mappings in a schema, where they stand."""
    todo = [(place.pointer, value)]
    while todo:
        pointer, node = todo.pop()
        if isinstance(node, dict):
            yield Place(place.file, pointer), node
            todo.extend((f"{pointer}/{escape(str(key))}", inner) for key, inner in node.items())
        elif isinstance(node, list):
            todo.extend((f"{pointer}/{index}", inner) for index, inner in enumerate(node))
