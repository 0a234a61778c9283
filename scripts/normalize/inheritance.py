"""Lets a reference to a base class with a discriminator mean any of its descendants.

Pet:                                      PetBase:
  properties: {kind: {type: string}}        properties: {kind: {type: string}}
  discriminator: {propertyName: kind}     Pet:
Cat:                                        anyOf: [{$ref: …/Cat}, {$ref: …/PetBase}]
  allOf:                           ->       discriminator: {propertyName: kind, mapping: {Cat: …/Cat, Pet: …/PetBase}}
  - $ref: '#/components/schemas/Pet'      Cat:
  - properties: {…}                         allOf:
                                            - $ref: '#/components/schemas/PetBase'
                                            - properties: {…}
"""

from __future__ import annotations

from ..name.words import stem
from .context import PREFIX, Context, Json
from .discriminators import tags
from .walk import inside, roots


def open_bases(document: Json, context: Context) -> None:
    """Where a component has a discriminator, and others are made of it, it becomes the union of them all."""
    schemas: Json = document["components"]["schemas"]
    children = _children(schemas)
    renamed = {}
    for key, schema in list(schemas.items()):
        _describe_tag(schema)
        heirs = children.get(PREFIX + key, [])
        if heirs and schema.get("discriminator") and not {"anyOf", "oneOf"} & schema.keys():
            base = context.fresh_key(f"{stem(key)}Base", f"{key}Base")
            context.origins[f"/components/schemas/{base}"] = context.locate(f"/components/schemas/{key}")
            renamed[PREFIX + key] = PREFIX + base
            schemas[base] = schema
            schemas[key] = _union(schema, heirs, key, base, schemas)
    for root in list(roots(document)) if renamed else ():
        for slot in inside(root):
            for part in slot.schema.get("allOf", ()):
                if part.get("$ref") in renamed:
                    part["$ref"] = renamed[part["$ref"]]


def _describe_tag(schema: Json) -> None:
    """A class whose instances a property tells apart has that property, even where only the discriminator says so."""
    name = (schema.get("discriminator") or {}).get("propertyName")
    if isinstance(name, str) and schema.get("properties") and not {"anyOf", "oneOf", "allOf"} & schema.keys():
        schema["properties"].setdefault(name, {"type": "string"})


def _children(schemas: Json) -> dict[str, list[str]]:
    """The components that are made of each one, by its reference."""
    found: dict[str, list[str]] = {}
    for key, schema in schemas.items():
        for part in schema.get("allOf", ()) if isinstance(schema, dict) else ():
            if isinstance(part, dict) and isinstance(part.get("$ref"), str):
                found.setdefault(part["$ref"], []).append(PREFIX + key)
    return found


def _union(schema: Json, heirs: list[str], key: str, base: str, schemas: Json) -> Json:
    discriminator = schema.pop("discriminator")
    own, name = PREFIX + base, discriminator.get("propertyName")
    given = discriminator.get("mapping", {})
    mapping = {value: own if ref == PREFIX + key else ref for value, ref in given.items()}
    for heir in heirs:
        if heir not in mapping.values():
            mapping[heir.removeprefix(PREFIX)] = heir
    if own not in mapping.values() and not tags(schema, name, schemas):
        mapping.setdefault(key, own)
    arms = list(dict.fromkeys([*mapping.values(), *heirs, own]))
    notes = {"description": schema["description"]} if "description" in schema else {}
    return {
        **notes,
        "anyOf": [{"$ref": ref} for ref in arms],
        "discriminator": {"propertyName": name, "mapping": mapping},
    }
