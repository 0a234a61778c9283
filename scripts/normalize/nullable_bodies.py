"""Has an object alone where a body may be `null` as well and needs none of the object's members.

requestBody:                              requestBody:
  content:                                  content:
    application/json:                         application/json:
      schema:                                   schema:
        anyOf:                        ->          type: object
        - type: object                            properties: {title: {type: string}}
          properties: {title: {type: string}}
        - type: 'null'

So its members are the method's arguments; who gives none of them sends an object without members.
"""

from __future__ import annotations

from .context import PREFIX, Context, Json

_NULL = {"type": "null"}


def take_objects(document: Json, context: Context) -> None:
    """No body is `null` that can be an object without members."""
    schemas: Json = document["components"]["schemas"]
    bodies = (root for root in context.placed if root.place == "body" and root.sent)
    for root in bodies:
        arms = root.schema.get("anyOf", ())
        context.ties.looks |= {("", arm["$ref"].removeprefix(PREFIX)) for arm in arms if "$ref" in arm}
        if len(arms) == 2 and arms[1] == _NULL and _may_be_empty(arms[0], schemas):
            notes = {key: value for key, value in root.schema.items() if key != "anyOf"}
            context.degrade(root.pointer, "The body may be null.", "An object without members is sent in its place.")
            root.put({**notes, **arms[0]})


def _may_be_empty(schema: Json, schemas: Json) -> bool:
    schema = schemas.get(schema.get("$ref", "").removeprefix(PREFIX), schema)
    return bool(schema.get("properties")) and not {"required", "minProperties"} & schema.keys()
