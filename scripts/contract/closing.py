"""A document whose objects have no members but those it names, so that a validator tells which others were there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .original.document import segment

_OPEN = frozenset(
    {"additionalProperties", "unevaluatedProperties", "patternProperties", "allOf", "anyOf", "oneOf", "if", "$ref"}
)
"""Keywords beside which an object's own list of members is not the whole of it, or is said to be."""
_COMBINED = ("allOf", "anyOf", "oneOf")


def closed(files: Mapping[str, Any], combined: frozenset[str] = frozenset()) -> Mapping[str, Any]:
    """The files with `additionalProperties: false` in each object that names its members and says no more.

    Parts of a combination stay open: each names a part of the members. `combined` are addresses of more of them.
    """
    parts = combined | frozenset(_parts(files))
    return {uri: _closed(data, f"{uri}#", parts) for uri, data in files.items()}


def _parts(files: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of schemas that are combined with others."""
    todo = [(data, f"{uri}#") for uri, data in files.items()]
    while todo:
        node, place = todo.pop()
        if isinstance(node, list):
            todo += [(child, f"{place}/{index}") for index, child in enumerate(node)]
        elif isinstance(node, Mapping):
            todo += [(child, f"{place}/{segment(key)}") for key, child in node.items()]
            for word in _COMBINED:
                arms = node.get(word)
                if isinstance(arms, list) and (word == "allOf" or "properties" in node or "allOf" in node):
                    for index, arm in enumerate(arms):
                        yield f"{place}/{word}/{index}"
                        reference = arm.get("$ref") if isinstance(arm, Mapping) else None
                        if isinstance(reference, str):
                            yield reference


def _closed(node: Any, place: str, parts: frozenset[str]) -> Any:
    if isinstance(node, list):
        return [_closed(child, f"{place}/{index}", parts) for index, child in enumerate(node)]
    if not isinstance(node, Mapping):
        return node
    result = {key: _closed(child, f"{place}/{segment(key)}", parts) for key, child in node.items()}
    named = node.get("properties")
    if isinstance(named, Mapping) and named and not _OPEN & node.keys() and place not in parts and _is_object(node):
        result["additionalProperties"] = False
    return result


def _is_object(node: Mapping[str, Any]) -> bool:
    """Whether it is a schema of objects, and no list of members that has one called `properties`."""
    kind = node.get("type")
    return kind == "object" or (isinstance(kind, list) and "object" in kind)
