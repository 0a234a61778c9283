"""Leaves out what was made of inline schemas and nothing refers to any more, since it was merged into something else.

    Cat:                                              Cat:
      properties:                                       properties:
        owner: {properties: {name: …, paw: …}}            owner: {properties: {name: …, paw: …}}
    CatOwner:                                   ->
      properties:
        paw: {type: boolean}

Its key is free again: what stands at that place now is the `CatOwner`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .context import PREFIX, Context, Json
from .walk import within


def drop_unused(document: Json, context: Context) -> None:
    """Every component that was derived from another one is referred to."""
    schemas: Json = document["components"]["schemas"]
    derived = context.roots.keys() & schemas.keys()
    said = {name for root in context.placed for name in referred(root.schema)}
    used = closure({key: referred(schema) for key, schema in schemas.items()}, said | (schemas.keys() - derived))
    for key in sorted(derived - used):
        del schemas[key]
        context.release(key)


def referred(schema: Any) -> set[str]:
    """The keys of the components that a schema names."""
    return named(within(schema))


def named(parts: Iterable[Json]) -> set[str]:
    """The same of a schema whose parts are known."""
    return {part["$ref"].removeprefix(PREFIX) for part in parts if "$ref" in part}


def closure(edges: Mapping[str, Iterable[str]], start: set[str]) -> set[str]:
    """All that can be reached from a start, which is a part of it."""
    found, todo = set(start), sorted(start)
    while todo:
        for key in edges.get(todo.pop(), ()):
            if key not in found:
                found.add(key)
                todo.append(key)
    return found
