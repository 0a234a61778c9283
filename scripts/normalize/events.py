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


def held(value: Any, place: Place, sources: Sources) -> list[tuple[Any, Place]]:
    """The schemas of the data of each kind of event that has any; none unless every kind is an event."""
    found = _kinds(value, place, sources)
    return [one for one in found if one is not None] if found else []


def _kinds(value: Any, place: Place, sources: Sources, depth: int = 0) -> list[tuple[Any, Place] | None]:
    """For each kind of event the schema of its data, None where it has none; empty unless every kind is an event."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return []
    if "$ref" in value:
        try:
            found = sources.find(value["$ref"], place.file, schema=True)
            return _kinds(sources.value(found), found, sources, depth + 1)
        except NoTarget:
            return []
    for key in ("oneOf", "anyOf"):
        if isinstance(value.get(key), list):
            arms = [
                _kinds(arm, Place(place.file, f"{place.pointer}/{key}/{index}"), sources, depth + 1)
                for index, arm in enumerate(value[key])
            ]
            return [one for arm in arms for one in arm] if all(arms) else []
    return _held_by_one(value, place)


def _held_by_one(value: dict[str, Any], place: Place) -> list[tuple[Any, Place] | None]:
    properties = value.get("properties")
    if not isinstance(properties, dict) or not properties or not properties.keys() <= _MEMBERS:
        return []
    data, inner = properties.get("data"), f"{place.pointer}/properties/data"
    if not isinstance(data, dict):
        return [None]
    is_json = str(data.get("contentMediaType")).partition(";")[0].strip().lower().endswith(("/json", "+json"))
    if is_json and isinstance(data.get("contentSchema"), dict):
        return [(data["contentSchema"], Place(place.file, f"{inner}/contentSchema"))]
    return [(data, Place(place.file, inner))]
