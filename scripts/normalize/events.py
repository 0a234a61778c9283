"""Finds what the data of server-sent events holds, where a document says it of the text that the data is.

type: object
properties:
  event: {type: string}
  data:
    type: string
    contentMediaType: application/json
    contentSchema: {$ref: '#/components/schemas/Pet'}     # this
"""

from __future__ import annotations

from typing import Any

from .sources import NoTarget, Place, Sources

_MEMBERS = frozenset({"data", "event", "id", "retry"})
_DEEPEST = 20


def held(value: Any, place: Place, sources: Sources, depth: int = 0) -> list[tuple[Any, Place]]:
    """The schemas of the data of each kind of event; none where one kind has data of which no schema is given."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return []
    if "$ref" in value:
        try:
            found = sources.find(value["$ref"], place.file, schema=True)
            return held(sources.value(found), found, sources, depth + 1)
        except NoTarget:
            return []
    for key in ("oneOf", "anyOf"):
        if isinstance(value.get(key), list):
            arms = [
                held(arm, Place(place.file, f"{place.pointer}/{key}/{index}"), sources, depth + 1)
                for index, arm in enumerate(value[key])
            ]
            return [one for arm in arms for one in arm] if all(arms) else []
    return _held_by_one(value, place)


def _held_by_one(value: dict[str, Any], place: Place) -> list[tuple[Any, Place]]:
    properties = value.get("properties")
    data = properties.get("data") if isinstance(properties, dict) and properties.keys() <= _MEMBERS else None
    if not isinstance(data, dict) or not isinstance(data.get("contentSchema"), dict):
        return []
    is_json = str(data.get("contentMediaType")).partition(";")[0].strip().lower().endswith(("/json", "+json"))
    inner = Place(place.file, f"{place.pointer}/properties/data/contentSchema")
    return [(data["contentSchema"], inner)] if is_json else []
