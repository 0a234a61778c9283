"""Lets an object have, as properties that may be left out, what it has under a condition alone.

properties: {kind: {type: string}}          properties:
x-conditional:                                kind: {type: string}
- properties:                        ->       wings: {type: integer}
    kind: {const: bird}
    wings: {type: integer}

`components.py` copies `then`, `else` and `dependentSchemas` under that key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .context import PREFIX, Context, Json
from .walk import CONDITIONAL, every


def open_conditions(document: Json, context: Context) -> None:
    """No schema has conditions; what they say of properties that are described anyway is left out."""
    if not context.has_conditions:
        return
    schemas = document["components"]["schemas"]
    slots = list(every(document, context, _is_conditional))
    for slot in slots:  # inner ones first
        parts = slot.schema.get("allOf", ()) if isinstance(slot.schema, dict) else ()
        found = [one for part in parts if isinstance(part, dict) for one in part.pop(CONDITIONAL, ())]
        if found:
            slot.schema[CONDITIONAL] = [*slot.schema.get(CONDITIONAL, ()), *found]
    for slot in slots:
        if isinstance(slot.schema, dict) and CONDITIONAL in slot.schema:
            _add(slot.schema, slot.schema.pop(CONDITIONAL), schemas)


def _is_conditional(schema: Any) -> bool:
    return isinstance(schema, dict) and CONDITIONAL in schema


def _add(schema: Json, conditional: list[Any], schemas: Json) -> None:
    known = {name for part in _parts(schema, schemas) for name in part.get("properties", ())}
    found: dict[str, list[Any]] = {}
    for part in (part for one in conditional for part in _parts(one, schemas)):
        for name, value in part.get("properties", {}).items():
            if name not in known and value not in found.setdefault(name, []) and value is not False:
                found[name].append(value)
    more = {name: values[0] if len(values) == 1 else {"anyOf": values} for name, values in found.items() if values}
    if more and schema.get("type", "object") in ("object", ["object"], ["object", "null"]):
        schema["properties"] = {**schema.get("properties", {}), **more}


def _parts(schema: Any, schemas: Json) -> Iterator[Json]:
    """The schema and all that it is made of, references followed."""
    todo, seen = [schema], set()
    while todo:
        part = todo.pop(0)
        ref = part.get("$ref") if isinstance(part, dict) else None
        if isinstance(ref, str):
            todo += [schemas.get(ref.removeprefix(PREFIX))] if ref not in seen else []
            seen.add(ref)
        if isinstance(part, dict):
            yield part
            todo += [*part.get("allOf", ()), *part.get(CONDITIONAL, ())]
