"""Lets a `$ref` have only annotations beside it.

$ref: '#/components/schemas/Pet'          allOf:
properties:                               - $ref: '#/components/schemas/Pet'
  extra: {type: string}            ->     - properties:
                                              extra: {type: string}

$ref: '#/components/schemas/Pet'          $ref: '#/components/schemas/Pet'
type: object                       ->     description: The owner's pet.
description: The owner's pet.
"""

from __future__ import annotations

from .context import Context, Json
from .dialect import NULL
from .nulls import BESIDE_REF
from .walk import every

_SHAPE = ("properties", "required", "allOf", "anyOf", "oneOf", "items", "enum", "additionalProperties", "const")
_STAYS = (*BESIDE_REF, "example", "nullable", "x-nullable", NULL)


def separate_siblings(document: Json, context: Context) -> None:
    """Shape beside a reference becomes a part of an `allOf`; limits, such as `maxLength`, are left out."""
    for slot in every(document):
        schema = slot.schema
        if not isinstance(schema, dict) or "$ref" not in schema:
            continue
        rest = {key: schema.pop(key) for key in list(schema) if key != "$ref" and key not in _STAYS}
        if any(key in rest for key in _SHAPE):
            ref = schema.pop("$ref")
            schema["allOf"] = [{"$ref": ref}, rest]
