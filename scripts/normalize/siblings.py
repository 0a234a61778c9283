"""Lets a `$ref` have only annotations beside it.

$ref: '#/components/schemas/Pet'          allOf:
properties:                               - $ref: '#/components/schemas/Pet'
  extra: {type: string}            ->     - properties:
                                              extra: {type: string}

$ref: '#/components/schemas/Name'         type: string
maxLength: 3                       ->     maxLength: 3

$ref: '#/components/schemas/Pet'          $ref: '#/components/schemas/Pet'
type: object                       ->     description: The owner's pet.
description: The owner's pet.

allOf:                                    $ref: '#/components/schemas/Pet'
- $ref: '#/components/schemas/Pet' ->     description: The owner's pet.
description: The owner's pet.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from .context import PREFIX, Context, Json
from .dialect import NULL
from .nulls import BESIDE_REF
from .walk import Root, Slot, every

_SHAPE = ("properties", "required", "allOf", "anyOf", "oneOf", "items", "enum", "additionalProperties", "const")
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
           "pattern", "format")  # fmt: skip
_STAYS = (*BESIDE_REF, "example", "nullable", "x-nullable", NULL)


def separate_siblings(document: Json, context: Context) -> None:
    """Shape beside a reference becomes a part of an `allOf`; with limits, text and numbers are written out there.

    An `allOf` of nothing but a reference and annotations, as OpenAPI 3.0 needs it to say something beside one, is that
    reference. A component keeps it: it may be how a class says which one it is made of.
    """
    schemas = document["components"]["schemas"]
    for slot in every(document, context, _is_odd):
        if not _is_component(slot) and (said := _unwrapped(slot.schema, schemas)):
            slot.put(said)
        schema = slot.schema
        if not _has_siblings(schema):
            continue
        rest = {key: schema.pop(key) for key in list(schema) if key != "$ref" and key not in _STAYS}
        if any(key in rest for key in _SHAPE):
            ref = schema.pop("$ref")
            schema["allOf"] = [{"$ref": ref}, rest]
        elif any(key in rest for key in _LIMITS) and (plain := _plain(schema, schemas)):
            del schema["$ref"]
            slot.put({**plain, **schema, **rest})


def _is_odd(schema: Any) -> bool:
    return isinstance(schema, dict) and ("allOf" in schema or _has_siblings(schema))


def _is_component(slot: Slot) -> bool:
    return isinstance(slot, Root) and slot.place == "component"


def _unwrapped(schema: Any, schemas: Json) -> Json | None:
    """The reference that is all that an `allOf` consists of, with the annotations of all its parts."""
    if not isinstance(schema, dict) or not schema.get("allOf"):
        return None
    unions = [key for key in ("anyOf", "oneOf") if isinstance(schema.get(key), list) and len(schema[key]) == 1]
    parts = [part for key in (*unions, "allOf") for part in schema[key]]
    if not all(isinstance(part, dict) for part in parts):
        return None
    own = {key: value for key, value in schema.items() if key not in ("allOf", *unions)}
    found = [part for part in parts if part.keys() - set(_STAYS)]
    refs = {part.get("$ref") for part in found}
    if len(refs) != 1 or None in refs or not all(part.keys() <= {"$ref", *_STAYS} for part in found):
        return None
    if "type" in own and own.pop("type") != _type(found[0], schemas):
        return None
    if own.keys() - set(_STAYS):
        return None
    result: Json = {}
    for said in (*parts, own):
        result.update(said)
    return result


def _type(schema: Json, schemas: Json) -> Any:
    """The type of what a reference leads to; an object's, where it has properties or is made of parts."""
    target = _target(schema, schemas)
    is_object = isinstance(target, dict) and ("properties" in target or "allOf" in target)
    return target.get("type", "object" if is_object else None) if isinstance(target, dict) else None


def _has_siblings(schema: Any) -> bool:
    return isinstance(schema, dict) and "$ref" in schema and len(schema) > 1


def _plain(schema: Json, schemas: Json) -> Json | None:
    """The text or number that a reference leads to, if no values of it are listed."""
    schema = _target(schema, schemas)
    is_plain = isinstance(schema, dict) and schema.get("type") in ("string", "integer", "number")
    return deepcopy(schema) if is_plain and "enum" not in schema else None


def _target(schema: Any, schemas: Json) -> Any:
    """What a chain of references leads to."""
    for _ in schemas:
        if not isinstance(schema, dict) or "$ref" not in schema:
            break
        schema = schemas.get(schema["$ref"].removeprefix(PREFIX), {})
    return schema
