"""Gives each required property that nothing describes a place: it may be anything.

    type: object                           type: object
    required: [id, accessed]        ->     required: [id]
    properties:                            properties:
      id: {type: string}                     id: {type: string}
                                             accessed: {}

Many are slips of the pen for a property that is there, so none is required of callers or expected of servers. An object
that allows no others (`additionalProperties: false`) gets none.
"""

from __future__ import annotations

from .context import Context, Json
from .walk import Slot, every


def describe_required(document: Json, context: Context) -> None:
    """Every required property of an object with properties is among them."""
    for slot in every(document, context, _missing):
        _describe(slot, context)


def _missing(schema: Json) -> list[str]:
    """The required properties that nothing describes."""
    properties = schema.get("properties")
    if not properties:
        return []
    return [name for name in schema.get("required", ()) if name not in properties]


def _describe(slot: Slot, context: Context) -> None:
    schema = slot.schema
    missing = _missing(schema)
    closed = schema.get("additionalProperties") is False
    for name in missing:
        more, rule = ", and no other is allowed", "It is not required."
        if not closed:
            schema["properties"][name] = {}
            more, rule = "", "It may be anything, or be left out."
        context.degrade(
            f"{slot.pointer}/required", f"The property {name!r} is required, but nothing describes it{more}.", rule
        )
    if missing:
        schema["required"] = [name for name in schema["required"] if name not in missing]
