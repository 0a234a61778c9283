"""Moves `null` from a component that is a class to the places that refer to it.

Owner: {$ref: …/Person}              Owner: {anyOf: [{$ref: …/Person}, {type: 'null'}]}
Person:                        ->    Person:
  anyOf:                               type: object
  - type: object                       properties: {…}
    properties: {…}
  - type: 'null'
"""

from __future__ import annotations

from .context import PREFIX, Context, Json
from .nulls import tidy
from .walk import inside, roots, within


def move_nulls(document: Json, context: Context) -> None:
    """A component with properties or parts is never `null` itself."""
    schemas: Json = document["components"]["schemas"]
    nullable = set()
    for key, schema in schemas.items():
        arms = schema.get("anyOf", ())
        if len(arms) == 2 and arms[1] == {"type": "null"} and {"properties", "allOf"} & arms[0].keys():
            notes = {name: value for name, value in schema.items() if name != "anyOf"}
            schemas[key] = {**arms[0], **notes}
            nullable.add(PREFIX + key)
    if not nullable:
        return
    for root in list(roots(document, context)):
        refers = not nullable.isdisjoint(schema["$ref"] for schema in within(root.schema) if "$ref" in schema)
        changed = root.place == "component" and PREFIX + root.detail in nullable
        for slot in list(inside(root)) if refers else ():
            if slot.schema.get("$ref") in nullable and "/allOf/" not in slot.pointer[-12:]:
                ref = slot.schema.pop("$ref")
                slot.put({"anyOf": [{"$ref": ref}, {"type": "null"}], **slot.schema})
                changed = True
        for slot in inside(root) if changed else ():
            tidy(slot.schema)
