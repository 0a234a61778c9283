"""How what an older page says of an operation differs from what the documents say now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..documents import read
from ..tree import Tree
from .catalog import Catalog, Operation
from .drift import Drift, distinct
from .importer import FRAGMENTS

MAX_PLACES = 5000
"""Places of one message that are compared."""


@dataclass(frozen=True)
class Shape:
    """What a schema says of one place."""

    types: frozenset[str]
    """None where any type goes."""
    values: tuple[str, ...]
    """The listed values; none where any value goes."""

    def __str__(self) -> str:
        return " | ".join(sorted(self.types - {"null"}) + ["null"] * ("null" in self.types)) or "anything"


@dataclass(frozen=True)
class OlderPage:
    """An older page and what changed since."""

    page: str
    age: int
    operation: str
    drifts: tuple[Drift, ...]


def older_pages(tree: Tree, catalog: Catalog, merged: Mapping[str, Any]) -> list[OlderPage]:
    """The pages that are older than what is said of their operation now, oldest first."""
    by_key = {operation.key: operation for operation in catalog.operations.values()}
    found = []
    for path in tree.glob(FRAGMENTS):
        fragment = read(tree.text(path), path).data
        operation = by_key.get(fragment["operation"])
        if operation and operation.age is not None and fragment["age"] < operation.age:
            drifts = distinct(_drifts(operation, fragment["document"], merged))
            found.append(OlderPage(fragment["page"], fragment["age"], operation.id, drifts))
    return sorted(found, key=lambda page: (page.operation, page.age, page.page))


def _drifts(operation: Operation, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Drift]:
    places = ("paths", operation.plan.path, operation.plan.verb.lower())
    old, new = _at(before, places), _at(now, places)
    statuses = [[str(key) for key in side.get("responses", {}) if str(key)[:1] == "2"] for side in (old, new)]
    if statuses[0] and statuses[1] and statuses[0] != statuses[1] and "2XX" not in (statuses[0][0], statuses[1][0]):
        yield Drift("status", f"{', '.join(statuses[0])} → {', '.join(statuses[1])}", "status")
    for side, message in (("request", "requestBody"), ("response", "responses")):
        schemas = [_schema(document, _message(said, message)) for document, said in ((before, old), (now, new))]
        inferred = isinstance(schemas[0], dict) and "x-inferred-from" in schemas[0]
        yield from _compare(side, _shapes(before, schemas[0]), _shapes(now, schemas[1]), inferred)


def _at(document: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    node: Any = document
    for key in keys:
        node = node.get(key, {}) if isinstance(node, dict) else {}
    return node


def _message(operation: Mapping[str, Any], key: str) -> Any:
    """The request's body, or the first response that is a success."""
    if key == "requestBody":
        return operation.get(key)
    responses = operation.get(key, {})
    return next((responses[status] for status in responses if str(status)[:1] == "2"), None)


def _resolve(document: Mapping[str, Any], node: Any) -> Any:
    for _ in range(100):
        if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
            return node
        keys = node["$ref"].removeprefix("#").split("/")[1:]
        node = _at(document, tuple(key.replace("~1", "/").replace("~0", "~") for key in keys))
    return {}


def _schema(document: Mapping[str, Any], message: Any) -> Any:
    """The schema of a message's JSON body."""
    content = (_resolve(document, message) or {}).get("content", {})
    return next((content[key].get("schema") for key in content if "json" in key), None)


def _shapes(document: Mapping[str, Any], schema: Any) -> dict[str, Shape]:
    """The shapes of a body by place; a model that contains itself is followed once."""
    shapes: dict[str, Shape] = {}
    todo: list[tuple[str, Any, frozenset[str]]] = [] if schema is None else [("", schema, frozenset())]
    while todo and len(shapes) < MAX_PLACES:
        place, node, above = todo.pop()
        passed: set[str] = set()
        arms = list(_arms(document, node, above, passed))
        shapes[place] = _shape(arms)
        above |= passed
        for arm in arms:
            if isinstance(arm.get("items"), dict):
                todo.append((f"{place}[]", arm["items"], above))
            todo += [(f"{place}.{key}", value, above) for key, value in (arm.get("properties") or {}).items()]
    return shapes


def _arms(document: Mapping[str, Any], node: Any, above: frozenset[str], passed: set[str]) -> Iterator[dict[str, Any]]:
    """The schema, or the schemas that it combines; references are added to `passed`, and not followed twice."""
    todo = [node]
    while todo:
        node = todo.pop()
        reference = node.get("$ref") if isinstance(node, dict) else None
        if isinstance(reference, str):
            if reference not in above and reference not in passed:
                passed.add(reference)
                todo.append(_resolve(document, node))
        elif isinstance(node, dict):
            yield node
            todo += node.get("allOf") or ()
            for key in ("anyOf", "oneOf"):
                todo += [arm or {"anything": True} for arm in node.get(key) or ()]


def _shape(arms: list[dict[str, Any]]) -> Shape:
    types: set[str] = set()
    values: list[str] = []
    for arm in arms:
        kinds = arm.get("type", ())
        named = [kinds] if isinstance(kinds, str) else list(kinds)
        types |= {f"{kind}<{arm['format']}>" if "format" in arm and kind == "string" else kind for kind in named}
        types |= {"null"} if arm.get("nullable") is True else set()
        values += [str(value) for value in arm.get("enum") or () if value is not None]
    if any(arm.get("anything") for arm in arms):
        return Shape(frozenset(), ())
    return Shape(frozenset(types), tuple(dict.fromkeys(values)))


def _compare(side: str, before: Mapping[str, Shape], now: Mapping[str, Shape], inferred: bool) -> Iterator[Drift]:
    if not before or not now:
        if bool(before) != bool(now):
            told = ("a body", "no body") if before else ("no body", "a body")
            yield Drift(side, f"{told[0]} → {told[1]}")
        return
    for place in before.keys() - now.keys():
        if _parent(place) in now and now[_parent(place)].types and not place.endswith("[]"):
            yield Drift(side + place, "gone", "unknown")
    for place in now.keys() - before.keys():
        if _parent(place) in before and before[_parent(place)].types and not place.endswith("[]"):
            yield Drift(side + place, "new", "missing")
    for place in before.keys() & now.keys():
        wider = bool(now[place].types) and before[place].types <= now[place].types
        if not (inferred and wider):  # a sample does not show what else a value may be
            yield from _changes(side + place, before[place], now[place])


def _parent(place: str) -> str:
    return place[:-2] if place.endswith("[]") else place.rpartition(".")[0]


def _changes(place: str, before: Shape, now: Shape) -> Iterator[Drift]:
    if before.types != now.types:
        yield Drift(place, f"{before} → {now}", "type")
    if before.values and now.values:
        for value in now.values:
            if value not in before.values:
                yield Drift(place, f"{value!r} is a new value", "enum")
        for value in before.values:
            if value not in now.values:
                yield Drift(place, f"{value!r} is no value any more", "enum")
