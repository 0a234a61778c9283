"""Asks the model engine for each distinct type once: a large API says `string` ten thousand times."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from itertools import islice
from typing import Any

Schema = dict[str, Any]

_BATCH = 200
"""Types in one component: more make the engine slower, fewer make more components."""


@dataclass(frozen=True)
class Shapes:
    """A view whose properties have no types, and components that hold each distinct type once.

    A: {properties: {x: {type: string}, y: {type: string}}}
    ->
    A: {properties: {x: {}, y: {}}}
    Types0: {properties: {t0: {type: string}}}
    """

    document: dict[str, Any]
    places: dict[str, dict[str, tuple[str, str]]]
    """Where the type of each property stands, component and property, by component and property."""


def shared_shapes(document: dict[str, Any], only_types: Container[str]) -> Shapes:
    """The same view, with each distinct type said once; of the components in `only_types` just the types are wanted."""
    schemas: dict[str, Schema] = document["components"]["schemas"]
    texts = {key: _texts(schema) for key, schema in schemas.items() if "properties" in schema}
    distinct = list(dict.fromkeys(text for properties in texts.values() for text in properties.values()))
    home = _free_prefix(schemas)
    where = {text: (f"{home}{number // _BATCH}", f"t{number}") for number, text in enumerate(distinct)}
    slim = {key: _slim(schema) if key in texts else schema for key, schema in schemas.items() if key not in only_types}
    types = iter(where.items())
    while batch := dict(islice(types, _BATCH)):
        (component, _), *_ = batch.values()
        properties = {name: json.loads(text) for text, (_, name) in batch.items()}
        slim[component] = {"type": "object", "properties": properties, "required": list(properties)}
    places = {key: {name: where[text] for name, text in properties.items()} for key, properties in texts.items()}
    return Shapes({**document, "components": {"schemas": slim}}, places)


def _texts(schema: Schema) -> dict[str, str]:
    return {name: json.dumps(part, sort_keys=True) for name, part in schema["properties"].items()}


def _slim(schema: Schema) -> Schema:
    return {**schema, "properties": {name: {} for name in schema["properties"]}}


def _free_prefix(schemas: dict[str, Schema]) -> str:
    prefix = "Types"
    while any(key.startswith(prefix) for key in schemas):
        prefix += "X"
    return prefix
