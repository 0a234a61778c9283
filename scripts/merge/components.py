"""Gives every component one definition, whichever pages define it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .. import overlay
from ..documents import escape, pointer
from ..problems import Problem
from .schemas import differences, same, union
from .schemes import scheme_identity
from .sources import Source, best_first, mapping

Key = tuple[str, str]
"""A section of `components` and a name in it."""

_ELLIPSIS_AFTER = 6
"""Differences that a message lists by name; the pages have the rest."""


@dataclass(frozen=True)
class Conflict:
    """A disagreement that no rule settles; an overlay action at its place does."""

    place: str
    """JSON pointer into the merged document."""
    problem: Problem


@dataclass(frozen=True)
class Component:
    """The definition that was chosen for one name."""

    source: Source
    definition: Any
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def line(self, key: Key, *inside: str) -> str:
        """Where its page defines it, as text."""
        return self.source.at(pointer("components", *key, *inside))


def choose(sources: list[Source]) -> dict[Key, Component]:
    """The one definition of each component, by name."""
    found: dict[Key, list[Source]] = {}
    for source in best_first(sources):
        for section, names in mapping(source.document.get("components")).items():
            for name in mapping(names):
                found.setdefault((section, name), []).append(source)
    return {key: _choose(key, found[key]) for key in sorted(found)}


def _choose(key: Key, sources: list[Source]) -> Component:
    """The best source's definition, joined with those of equal weight where that contradicts nothing.

    Before: PhoneAgent of age 4 has 30 fields, PhoneAgent of age 3 has 24
    After:  PhoneAgent has 30 fields, and a settled problem names both pages
    """
    best = sources[0]
    definition = _definition(best, key)
    problems: list[Problem] = []
    conflicts: list[Conflict] = []
    for other in sources[1:]:
        theirs = _definition(other, key)
        if _equal(key, definition, theirs, readable="rendered" in (best.kind, other.kind)):
            continue
        if other.weight < best.weight:
            problems.append(_outweighed(key, best, other))
            continue
        joined = union(definition, theirs) if key[0] == "schemas" else None
        if joined is None:
            conflicts.append(_conflict(key, best, other))
        else:
            definition = joined
            problems.append(_joined(key, best, other))
    return Component(best, definition, tuple(problems), tuple(conflicts))


def _equal(key: Key, one: Any, other: Any, *, readable: bool) -> bool:
    if key[0] == "securitySchemes":
        return scheme_identity(one) == scheme_identity(other)
    return same(one, other, readable=readable)


def _definition(source: Source, key: Key) -> Any:
    return source.document["components"][key[0]][key[1]]


def _told(key: Key, best: Source, other: Source) -> str:
    """What differs, for a message."""
    found = list(map(str, differences(mapping(_definition(other, key)), mapping(_definition(best, key)))))
    return several(found) or "the fields or keywords"


def several(items: list[str]) -> str:
    """The items as text, cut short where there are many."""
    more = len(items) - _ELLIPSIS_AFTER
    return "; ".join(items[:_ELLIPSIS_AFTER]) + (f"; and {more} more" if more > 0 else "")


def _outweighed(key: Key, best: Source, other: Source) -> Problem:
    place = pointer("components", *key)
    what = f"{key[1]!r} is defined differently on {best.at(place)}. Differences: {_told(key, best, other)}."
    rule = reason(best, other)
    return other.problem(place, what, "If the other is right, say so in an overlay action.", rule)


def reason(best: Source, other: Source) -> str:
    """The rule by which one source outweighs the other."""
    if best.gone != other.gone:
        return f"A live page outweighs one that is gone, so {best.page} holds."
    if best.age != other.age:
        return f"The newer page holds, {best.page}."
    if best.kind == other.kind:
        return f"At equal age a page that names the fields outweighs one with a mere sample, so {best.page} holds."
    return f"At equal age a {best.kind} source outweighs a {other.kind} one, so {best.page} holds."


def _joined(key: Key, best: Source, other: Source) -> Problem:
    place = pointer("components", *key)
    what = f"{key[1]!r} has other fields or values on {best.at(place)}, which is of the same age."
    rule = "Both are taken; a field is required only where both pages require it."
    return other.problem(place, what, "If one is right, say so in an overlay action.", rule)


def _conflict(key: Key, best: Source, other: Source) -> Conflict:
    place = pointer("components", *key)
    what = f"{key[1]!r} contradicts {best.at(place)}, a page of the same age and kind."
    return Conflict(place, other.problem(place, what, decide_by_overlay("components", *key)))


def decide_by_overlay(*keys: str | int) -> str:
    """What a person writes to decide between two pages."""
    target = overlay.query(*keys)
    return (
        f"Decide in {overlay.FILE} by an action with target: {target}, a description that says why, and an update "
        f"with what is right ({{}} keeps what the first page by name says)."
    )


def references(value: Any) -> Iterator[Key]:
    """The components that a value refers to directly, through `$ref` and through a discriminator's mapping."""
    todo = [value]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo.extend(node)
        elif isinstance(node, dict):
            todo.extend(node.values())
            mapped = mapping(mapping(node.get("discriminator")).get("mapping")).values()
            for reference in (node.get("$ref"), *mapped):
                parts = reference.split("/") if isinstance(reference, str) else []
                if len(parts) >= 4 and parts[:2] == ["#", "components"]:
                    yield parts[2], parts[3].replace("~1", "/").replace("~0", "~")


def reachable(values: Iterable[Any], components: dict[Key, Component]) -> set[Key]:
    """The components that the values need, directly or through others."""
    found: set[Key] = set()
    todo = [key for value in values for key in references(value)]
    while todo:
        key = todo.pop()
        if key in components and key not in found:
            found.add(key)
            todo.extend(references(components[key].definition))
    return found


def reference(key: Key) -> dict[str, str]:
    """The `$ref` to a component."""
    return {"$ref": f"#/components/{key[0]}/{escape(key[1])}"}
