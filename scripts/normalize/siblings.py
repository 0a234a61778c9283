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
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from .context import PREFIX, Context, Json
from .dialect import NULL
from .nulls import BESIDE_REF
from .walk import every

_SHAPE = ("properties", "required", "allOf", "anyOf", "oneOf", "items", "enum", "additionalProperties", "const")
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
           "pattern", "format")  # fmt: skip
_STAYS = (*BESIDE_REF, "example", "nullable", "x-nullable", NULL)


def separate_siblings(document: Json, context: Context) -> None:
    """Shape beside a reference becomes a part of an `allOf`; with limits, text and numbers are written out there."""
    schemas = document["components"]["schemas"]
    for slot in every(document, _has_siblings):
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


def _has_siblings(schema: Any) -> bool:
    return isinstance(schema, dict) and "$ref" in schema and len(schema) > 1


def _plain(schema: Json, schemas: Json) -> Json | None:
    """The text or number that a reference leads to, if no values of it are listed."""
    for _ in schemas:
        if not isinstance(schema, dict) or "$ref" not in schema:
            break
        schema = schemas.get(schema["$ref"].removeprefix(PREFIX), {})
    is_plain = isinstance(schema, dict) and schema.get("type") in ("string", "integer", "number")
    return deepcopy(schema) if is_plain and "enum" not in schema else None
