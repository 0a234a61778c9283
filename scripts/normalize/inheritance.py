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

from typing import Any

from ..name.words import stem
from .context import PREFIX, Context, Json
from .discriminators import tags
from .walk import inside, roots

OWN_VALUE = ("x-ms-discriminator-value", "x-discriminator-value")
"""What a class writes to say what the discriminator of its base class holds for it."""


def open_bases(document: Json, context: Context) -> None:
    """Where a component has a discriminator, and others are made of it, it becomes the union of them all."""
    schemas: Json = document["components"]["schemas"]
    children = _children(schemas)
    values = {PREFIX + key: value for key, schema in schemas.items() if (value := _own_value(schema))}
    renamed = {}
    for key, schema in list(schemas.items()):
        _describe_tag(schema)
        heirs = _descendants(PREFIX + key, children)
        if heirs and schema.get("discriminator") and not {"anyOf", "oneOf"} & schema.keys():
            base = context.fresh_key(f"{stem(key)}Base", f"{key}Base")
            context.origins[f"/components/schemas/{base}"] = context.locate(f"/components/schemas/{key}")
            renamed[PREFIX + key] = PREFIX + base
            schemas[base] = schema
            schemas[key] = _union(schema, heirs, key, base, schemas, values)
    for root in list(roots(document, context)) if renamed else ():
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


def _descendants(ref: str, children: dict[str, list[str]]) -> list[str]:
    """The components that are made of one, and those that are made of these."""
    found = list(children.get(ref, ()))
    for heir in found:
        found += [one for one in children.get(heir, ()) if one not in found and one != ref]
    return found


def _own_value(schema: Any) -> str | None:
    """What the discriminator of its base class holds for a class that says it: many write it so for Swagger 2.0."""
    said = (schema.pop(key, None) for key in OWN_VALUE) if isinstance(schema, dict) else ()
    return next((value for value in said if isinstance(value, str)), None)


def _union(schema: Json, heirs: list[str], key: str, base: str, schemas: Json, values: dict[str, str]) -> Json:
    discriminator = schema.pop("discriminator")
    own, name = PREFIX + base, discriminator.get("propertyName")
    given = discriminator.get("mapping", {})
    mapping = {value: own if ref == PREFIX + key else ref for value, ref in given.items()}
    for heir in heirs:
        if heir not in mapping.values():
            mapping[values.get(heir, heir.removeprefix(PREFIX))] = heir
    if own not in mapping.values() and not tags(schema, name, schemas):
        mapping.setdefault(values.get(PREFIX + key, key), own)
    arms = list(dict.fromkeys([*mapping.values(), *heirs, own]))
    notes = {"description": schema["description"]} if "description" in schema else {}
    return {
        **notes,
        "anyOf": [{"$ref": ref} for ref in arms],
        "discriminator": {"propertyName": name, "mapping": mapping},
    }
