"""Gives every discriminator its mapping, from each value to a component; one that tells nothing apart goes.

anyOf:                                  anyOf:
- $ref: '#/components/schemas/Cat'      - $ref: '#/components/schemas/Cat'
- $ref: '#/components/schemas/Dog'      - $ref: '#/components/schemas/Dog'
discriminator:                   ->     discriminator:
  propertyName: kind                      propertyName: kind
                                          mapping:
                                            cat: '#/components/schemas/Cat'   # by the enum of Cat's kind
                                            Dog: '#/components/schemas/Dog'   # by its key

A class that nothing but such unions refers to says in its tag which one it is, so that type checkers can tell, too.

Dog:                                    Dog:
  properties:                             properties:
    kind: {type: string}         ->         kind: {type: string, enum: [Dog]}
"""

from __future__ import annotations

from collections import Counter

from .context import PREFIX, Context, Json
from .walk import roots, within

Tagged = dict[str, dict[str, list[str]]]
"""The values of each discriminator that stand for a component, by its reference."""


def map_discriminators(document: Json, context: Context) -> None:
    """Only unions have discriminators, and each maps every alternative that it can tell."""
    schemas: Json = document["components"]["schemas"]
    tagged: Tagged = {}
    untagged: set[str] = set()
    for root in roots(document, context):
        arms: set[int] = set()
        for schema in within(root.schema):
            if "$ref" in schema and id(schema) not in arms:
                untagged.add(schema["$ref"])
            given = schema.get("discriminator")
            if given is not None:
                named = isinstance(given, dict) and isinstance(given.get("propertyName"), str)
                mapping = _mapping(schema, given, schemas) if named else {}
                if mapping:
                    schema["discriminator"] = {"propertyName": given["propertyName"], "mapping": mapping}
                    arms.update(map(id, schema["anyOf"]))
                    for value, ref in mapping.items():
                        tagged.setdefault(ref, {}).setdefault(given["propertyName"], []).append(value)
                else:
                    del schema["discriminator"]
    narrowed = sorted(tagged.keys() - untagged)
    context.ties.tagged.update(ref.removeprefix(PREFIX) for ref in tagged)
    context.ties.narrowed.update(ref.removeprefix(PREFIX) for ref in narrowed)
    for ref in narrowed:
        for name, values in tagged[ref].items():
            _narrow(schemas[ref.removeprefix(PREFIX)], name, values)


def _narrow(schema: Json, name: str, values: list[str]) -> None:
    """Lists the values of a tag that is any text, unless other values lead to its class, too."""
    tag = schema.get("properties", {}).get(name, {})
    if tag.get("type") == "string" and not {"enum", "format"} & tag.keys() and "" not in values:
        schema["properties"] = {**schema["properties"], name: {**tag, "enum": list(dict.fromkeys(values))}}


def _mapping(schema: Json, given: Json, schemas: Json) -> dict[str, str]:
    arms = [arm["$ref"] for arm in schema.get("anyOf", ()) if "$ref" in arm]
    mapping = {value: ref for value, ref in given.get("mapping", {}).items() if ref in arms}
    untold = [ref for ref in dict.fromkeys(arms) if ref not in mapping.values()]
    said = {ref: tags(schemas.get(ref.removeprefix(PREFIX), {}), given["propertyName"], schemas) for ref in untold}
    counted = Counter(value for values in said.values() for value in set(values))
    for ref, values in said.items():
        own = [value for value in values if counted[value] == 1]
        if not own and len(values) != 1:  # each lists the values of all
            own = [ref.removeprefix(PREFIX)]
        for value in own or values:
            mapping.setdefault(value, ref)
    return mapping if arms else {}


def tags(schema: Json, name: str, schemas: Json) -> list[str]:
    """What a property can be, where the schema says it, as a mapping writes it."""
    seen = set()
    found = schema.get("properties", {}).get(name, {})
    while "$ref" in found and found["$ref"] not in seen:
        seen.add(found["$ref"])
        found = schemas.get(found["$ref"].removeprefix(PREFIX), {})
    values = [value for value in found.get("enum", ()) if value is not None]
    return [str(value).lower() if isinstance(value, bool) else str(value) for value in values]
