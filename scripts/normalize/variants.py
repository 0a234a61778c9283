"""Splits a component that reads otherwise than it is sent: `readOnly` is not sent, `writeOnly` is not answered.

    User:                                     User:
      properties:                               properties:
        id: {type: string, readOnly: true}        id: {type: string, readOnly: true}
        name: {type: string}            ->        name: {type: string}
        password: {…, writeOnly: true}        UserRequest:
                                                properties:
                                                  name: {type: string}
                                                  password: {…, writeOnly: true}

Only where a component is used both ways and differs, by itself or by what it refers to, it becomes two; one that is
used one way loses the properties that never go that way.
"""

from __future__ import annotations

from typing import Any

from .context import PREFIX, Context, Json
from .unused import closure, named, referred
from .walk import Slot, children, within


def split_variants(document: Json, context: Context) -> None:
    """No request holds a read-only property, no answer a write-only one."""
    schemas: Json = document["components"]["schemas"]
    parts = {key: within(schema) for key, schema in schemas.items()}
    marked = {key for key, found in parts.items() if is_marked(found)}
    if not marked:
        return
    edges = {key: named(found) for key, found in parts.items()}
    differing = _reaching(edges, marked)
    context.ties.differing |= differing
    said = {key: schemas[key] for key in marked}
    sent = _used(context, True, {**edges, **_edges(_each_without(said, "readOnly", "writeOnly"))})
    context.ties.sent |= differing & sent
    read = _used(context, False, {**edges, **_edges(_each_without(said, "writeOnly", "readOnly"))})
    twins = {}
    for key in [key for key in schemas if key in differing and key in sent and key in read]:
        twins[key] = context.fresh_key(f"{key}Request", f"{key}Input")
        context.origins[f"/components/schemas/{twins[key]}"] = context.locate(f"/components/schemas/{key}")
        schemas[twins[key]] = _copy(schemas[key], twins)
    for key in list(twins):
        schemas[twins[key]] = _without(_copy(schemas[key], twins), "readOnly", "writeOnly")
    for key in differing:
        if key in read:
            schemas[key] = _without(schemas[key], "writeOnly", "readOnly")
        elif key in sent:
            schemas[key] = _without(_copy(schemas[key], twins), "readOnly", "writeOnly")
    for key in sent - read - differing:
        schemas[key] = _copy(schemas[key], twins)
    for root in context.placed:
        if root.sent:
            root.put(_copy(root.schema, twins))


def _edges(schemas: Json) -> dict[str, set[str]]:
    """What each component refers to."""
    return {key: referred(schema) for key, schema in schemas.items()}


def _one_way(schema: Json, flag: str, other: str) -> bool:
    return schema.get(flag) is True and schema.get(other) is not True


def is_marked(parts: list[Json]) -> bool:
    said = [value for part in parts if "properties" in part for value in part["properties"].values()]
    flagged = [value for value in said if "readOnly" in value or "writeOnly" in value]
    return any(_one_way(one, "readOnly", "writeOnly") or _one_way(one, "writeOnly", "readOnly") for one in flagged)


def _reaching(edges: dict[str, set[str]], goals: set[str]) -> set[str]:
    """The components from which one of the goals can be reached."""
    back: dict[str, list[str]] = {}
    for key, targets in edges.items():
        for target in targets:
            back.setdefault(target, []).append(key)
    return closure(back, goals)


def _used(context: Context, sent: bool, edges: dict[str, set[str]]) -> set[str]:
    """The components that are sent, or else those that are read."""
    return closure(edges, {key for root in context.placed if root.sent is sent for key in referred(root.schema)})


def _copy(value: Any, twins: dict[str, str]) -> Any:
    """The schema with references to the twins that are sent."""
    if isinstance(value, list):
        return [_copy(item, twins) for item in value]
    if not isinstance(value, dict):
        return value
    result = dict(value)
    if isinstance(value.get("$ref"), str):
        result["$ref"] = _twin(value["$ref"], twins)
    for slot in children(value):
        holder = slot.pointer.split("/")[1]
        if holder in ("items", "additionalProperties"):
            result[holder] = _copy(slot.schema, twins)
    for key in ("anyOf", "prefixItems", "properties"):
        inner = value.get(key)
        if isinstance(inner, list):
            result[key] = [_copy(item, twins) for item in inner]
        elif isinstance(inner, dict):
            result[key] = {name: _copy(item, twins) for name, item in inner.items()}
    mapping = value.get("discriminator", {}).get("mapping") if isinstance(value.get("discriminator"), dict) else None
    if mapping:
        targets = {name: _twin(ref, twins) for name, ref in mapping.items()}
        result["discriminator"] = {**value["discriminator"], "mapping": targets}
    return result


def _twin(ref: str, twins: dict[str, str]) -> str:
    key = ref.removeprefix(PREFIX)
    return PREFIX + twins.get(key, key)


def _each_without(schemas: Json, flag: str, other: str) -> Json:
    return {key: _without(schema, flag, other) for key, schema in schemas.items()}


def _without(schema: Json, flag: str, other: str) -> Json:
    """The schema without the properties that have one flag and not the other."""
    holder: Json = {"root": schema}
    todo = [Slot(holder, "root", "")]
    while todo:
        slot = todo.pop()
        properties = slot.schema.get("properties", {})
        gone = [name for name, value in properties.items() if _one_way(value, flag, other)]
        if gone:
            changed = {**slot.schema, "properties": {k: v for k, v in properties.items() if k not in gone}}
            changed["required"] = [name for name in slot.schema.get("required", ()) if name not in gone]
            slot.put(changed)
        todo.extend(children(slot.schema))
    return holder["root"]  # type: ignore[no-any-return]
