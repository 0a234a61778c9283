"""Gives every discriminator its mapping, from each value to a component; one that tells nothing apart goes.

anyOf:                                  anyOf:
- $ref: '#/components/schemas/Cat'      - $ref: '#/components/schemas/Cat'
- $ref: '#/components/schemas/Dog'      - $ref: '#/components/schemas/Dog'
discriminator:                   ->     discriminator:
  propertyName: kind                      propertyName: kind
                                          mapping:
                                            cat: '#/components/schemas/Cat'   # by the enum of Cat's kind
                                            Dog: '#/components/schemas/Dog'   # by its key
"""

from __future__ import annotations

from .context import PREFIX, Context, Json
from .walk import roots, within


def map_discriminators(document: Json, context: Context) -> None:
    """Only unions have discriminators, and each maps every alternative that it can tell."""
    schemas: Json = document["components"]["schemas"]
    for root in roots(document):
        for schema in within(root.schema):
            given = schema.get("discriminator")
            if given is not None:
                named = isinstance(given, dict) and isinstance(given.get("propertyName"), str)
                mapping = _mapping(schema, given, schemas) if named else {}
                if mapping:
                    schema["discriminator"] = {"propertyName": given["propertyName"], "mapping": mapping}
                else:
                    del schema["discriminator"]


def _mapping(schema: Json, given: Json, schemas: Json) -> dict[str, str]:
    arms = [arm["$ref"] for arm in schema.get("anyOf", ()) if "$ref" in arm]
    mapping = {value: ref for value, ref in given.get("mapping", {}).items() if ref in arms}
    for ref in arms:
        if ref not in mapping.values():
            key = ref.removeprefix(PREFIX)
            values = tags(schemas.get(key, {}), given["propertyName"], schemas) or [key]
            for value in values:
                mapping.setdefault(value, ref)
    return mapping if arms else {}


def tags(schema: Json, name: str, schemas: Json) -> list[str]:
    """The texts that a property can be, where the schema says it."""
    seen = set()
    found = schema.get("properties", {}).get(name, {})
    while "$ref" in found and found["$ref"] not in seen:
        seen.add(found["$ref"])
        found = schemas.get(found["$ref"].removeprefix(PREFIX), {})
    return [value for value in found.get("enum", ()) if isinstance(value, str)]
