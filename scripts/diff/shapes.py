"""What a schema means to callers: the Python types it allows, without what is only said in prose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..generate.annotations import literal
from ..generate.plan import Plan, Schema

_FORMATS = {
    "date-time": "datetime.datetime",
    "date": "datetime.date",
    "time": "datetime.time",
    "duration": "datetime.timedelta",
    "byte": "bytes",
    "binary": "bytes",
    "uuid": "UUID",
}
_PLAIN = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}
ANY = "Any"


@dataclass(frozen=True)
class Shape:
    """The types that a schema allows."""

    plain: frozenset[str] = frozenset()
    """`str`, `datetime.datetime`, `list`, `dict`, `model`, `Any` …"""
    null: bool = False
    values: tuple[Any, ...] = ()
    """The listed values of its text or numbers, of types that take no others."""
    free: frozenset[str] = frozenset()
    """The types of its text and numbers that take any value."""
    models: tuple[str, ...] = ()
    """Component keys."""
    items: tuple[Schema, ...] = ()
    """What a list holds, or a tuple at each of its positions."""
    entries: tuple[Schema, ...] = ()
    """What a mapping holds."""

    def __or__(self, other: Shape) -> Shape:
        free = self.free | other.free
        values = (*self.values, *(value for value in other.values if value not in self.values))
        return Shape(
            self.plain | other.plain,
            self.null or other.null,
            tuple(value for value in values if _NAMES.get(type(value)) not in free),
            free,
            tuple(dict.fromkeys((*self.models, *other.models))),
            (*self.items, *other.items),
            (*self.entries, *other.entries),
        )


_NAMES = {bool: "bool", int: "int", float: "float", str: "str"}


def shape(plan: Plan, schema: Schema, seen: tuple[str, ...] = ()) -> Shape:
    """The types that a schema allows; an alias is what it stands for."""
    while "$ref" in schema:
        model = plan.model(schema)
        if model is None or model.key in seen:
            return Shape(frozenset({ANY}))
        if model.fields is not None:
            return Shape(frozenset({"model"}), models=(model.key,))
        schema, seen = model.schema, (*seen, model.key)
    branches = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if branches:
        return _union(shape(plan, branch, seen) for branch in branches)
    if "enum" in schema or "const" in schema:
        return _listed(schema)
    kinds = schema.get("type", ())
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return _union(_typed(schema, kind) for kind in kinds) if kinds else Shape(frozenset({ANY}))


def _union(shapes: Iterable[Shape]) -> Shape:
    found = list(shapes)
    result = found[0]
    for other in found[1:]:
        result |= other
    return result


def _listed(schema: Schema) -> Shape:
    values = schema["enum"] if "enum" in schema else [schema["const"]]
    kept = tuple(value for value in values if value is not None)
    return Shape(frozenset(_NAMES.get(type(value), ANY) for value in kept), None in values, kept)


def _typed(schema: Schema, kind: str) -> Shape:
    if kind == "null":
        return Shape(null=True)
    if kind == "array" and "prefixItems" in schema:
        return Shape(
            frozenset({"tuple"}), items=(*schema["prefixItems"], *([schema["items"]] if "items" in schema else []))
        )
    if kind == "array":
        items = schema.get("items")
        return Shape(frozenset({"list"}), items=(items,) if isinstance(items, dict) else ({},))
    if kind == "object":
        entries = schema.get("additionalProperties")
        return Shape(frozenset({"dict"}), entries=(entries,) if isinstance(entries, dict) else ({},))
    name = _FORMATS.get(schema.get("format", ""), "str") if kind == "string" else _PLAIN.get(kind, ANY)
    return Shape(frozenset({name}), free=frozenset({name}) & {*_NAMES.values()})


def hint(plan: Plan, schema: Schema, depth: int = 0) -> str:
    """The type as callers read it: `list[str] | None`."""
    found = shape(plan, schema)
    if depth > 4 or ANY in found.plain:
        return ANY
    parts = [plan.by_key[key].name for key in found.models]
    for name in sorted(found.plain - {"model"}):
        if name == "list":
            parts += [f"list[{hint(plan, item, depth + 1)}]" for item in found.items]
        elif name == "tuple":
            parts.append(f"tuple[{', '.join(hint(plan, item, depth + 1) for item in found.items)}]")
        elif name == "dict":
            parts += [f"dict[str, {hint(plan, entry, depth + 1)}]" for entry in found.entries]
        elif name in found.free or name not in _NAMES.values():
            parts.append(name)
    if found.values:
        parts.append(f"Literal[{', '.join(map(literal, found.values))}]")
    return " | ".join(dict.fromkeys([*parts, *(["None"] if found.null else [])]))
