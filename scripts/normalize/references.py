"""Brings all files into one document in which only schemas are referred to, and only as components.

    paths:                                          paths:
      /pets:                                          /pets:
        get:                                            get:
          parameters:                                     parameters:
          - $ref: '#/components/parameters/Limit'         - {name: limit, in: query, schema: {type: integer}}
          responses:                            ->        responses:
            '200':                                          '200':
              $ref: responses.yaml#/Pets                      description: Pets
                                                              content:
                                                                application/json:
                                                                  schema: {$ref: '#/components/schemas/Pets'}

What the result may hold is listed here, and for schemas in `components.py`, key by key; everything else stays behind,
`losses.py` tells what matters. What is data and no description, such as examples and defaults, is taken as it is, even
where it looks like a reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..documents import escape, unescape
from ..problems import BadInput, Problem
from .components import Components
from .context import MOST, Context, Json
from .events import held as events_data
from .losses import COMPONENTS, DOCUMENT, OPERATION, PARAMETER, Losses
from .operations import SDK_NAMES
from .sources import NoFile, NoTarget, Place, Sources
from .ties import component_at
from .walk import ITEM_SCHEMA, METHODS, MORE_METHODS, SHARED

_PARAMETER_DATA_TEXT = """
name in description required deprecated style explode allowReserved type format enum default nullable x-nullable
collectionFormat minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern
minItems maxItems uniqueItems
"""
_PARAMETER_DATA = _PARAMETER_DATA_TEXT.split()
_OPERATION_DATA_TEXT = """
tags summary description operationId deprecated x-sunset security servers consumes produces schemes x-source
"""
_OPERATION_DATA = [*_OPERATION_DATA_TEXT.split(), *(key for pair in SDK_NAMES for key in pair)]
_SHARED = re.compile(r"/components/(?:responses|requestBodies)/([^/]+)/content/[^/]+")
_ROOT_DATA = [
    "openapi",
    "swagger",
    "info",
    "servers",
    "tags",
    "security",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
]


def inline_references(source: Json, context: Context, sources: Sources) -> Json:
    """The whole description as one document.

    Raises:
        BadInput: A file that operations stand in cannot be read.
    """
    references = _References(context, sources)
    document = references.document(source)
    if references.lost:
        raise BadInput(_some(references.lost))
    return document


def _some(problems: list[Problem]) -> list[Problem]:
    """The first of many problems of one kind; the last of them says how many more there are."""
    more = len(problems) - MOST
    if more <= 0:
        return problems
    last = problems[MOST - 1]
    return [*problems[: MOST - 1], replace(last, what=f"{last.what} So it is in {more} more places.")]


class _References:
    def __init__(self, context: Context, sources: Sources) -> None:
        self.context = context
        self.sources = sources
        self.losses = Losses()
        self.components = Components(context, sources, self.losses)
        self.open_items: list[Place] = []
        """The path items that are being copied."""
        self.lost: list[Problem] = []
        """References to operations in files that cannot be read."""

    def document(self, source: Json) -> Json:
        entry = self.sources.entry
        self.losses.note_kinds(source, DOCUMENT, self.context.entry, "")
        result: Json = {key: source[key] for key in _ROOT_DATA if key in source}
        components = _mapping(source.get("components"))
        self.losses.note_kinds(components, COMPONENTS, self.context.entry, "/components")
        for pointer, schemas in (
            ("/components/schemas", components.get("schemas")),
            ("/definitions", source.get("definitions")),
        ):
            for name in _mapping(schemas):
                self.components.own(Place(entry, f"{pointer}/{escape(name)}"))
        result["paths"] = self.items(source.get("paths"), entry, "/paths")
        old = self.items(source.get("x-webhooks"), entry, "/x-webhooks")  # before OpenAPI had a word for them
        webhooks = {**old, **self.items(source.get("webhooks"), entry, "/webhooks")}
        if webhooks:
            result["webhooks"] = webhooks
        schemes = components.get("securitySchemes", source.get("securityDefinitions"))
        result["components"] = {
            "schemas": self.components.schemas,
            "securitySchemes": {
                name: found[0]
                for name, value in _mapping(schemes).items()
                if (found := self.follow(value, Place(entry, f"/components/securitySchemes/{escape(name)}")))
                is not None
            },
        }
        self.components.copy()
        self.components.share(result)
        self.losses.tell(self.context)
        self.context.ties.are_known &= self.sources.are_pointers
        return result

    def follow(self, value: Any, place: Place, operations: bool = False) -> tuple[Any, Place] | None:
        """The value that a chain of references ends in, with its place; None where it leads nowhere.

        Where it holds `operations`, a file that cannot be read stops the run: it was forgotten, and they would be lost.
        """
        seen = set()
        overrides: Json = {}
        start = place
        while isinstance(value, dict) and "$ref" in value:
            overrides = {**_siblings(value), **overrides}
            try:
                place = self.sources.find(value["$ref"], place.file)
                value = self.sources.value(place)
                if place in seen:
                    raise NoTarget("it leads back to itself")
            except NoTarget as error:
                what = f"The reference {str(value['$ref'])[:200]!r} cannot be followed: {error}."
                if operations and isinstance(error, NoFile):
                    fix = "Put the file there: the operations in it would be lost."
                    self.lost.append(self.sources.document(start.file).problem(start.pointer, what, fix))
                else:
                    self.components.refuse(start, what, "It is left out.")
                return None
            seen.add(place)
            self.context.ties.are_known &= not component_at(place.pointer)  # a schema in place of something else
        if not isinstance(value, dict):
            if value is not None:
                self.components.refuse(
                    place, f"A mapping is expected here, not {type(value).__name__}.", "It is left out."
                )
            return None
        return {**value, **overrides}, place

    def items(self, paths: Any, file: str, pointer: str) -> Json:
        """Path items by path, template or webhook name."""
        found = self.follow(paths, Place(file, pointer), operations=True) if paths is not None else None
        if found is None:
            return {}
        value, place = found
        result = {}
        for path, item in value.items():
            if not path.startswith("x-"):
                result[path] = self.item(
                    item, Place(place.file, f"{place.pointer}/{escape(path)}"), f"{pointer}/{escape(path)}"
                )
        return result

    def item(self, item: Any, start: Place, into: str) -> Json:
        found = self.follow(item, start, operations=True)
        if item is None:
            self.components.refuse(start, "Nothing describes the operations of this path.", "It has none.")
        if found is None:
            return {}
        if found[1] in self.open_items:
            self.components.refuse(
                start, "The path item is a part of itself, by its callbacks.", "It is left out there."
            )
            return {}
        self.open_items.append(found[1])
        result = self.open_item(*found, into)
        self.open_items.pop()
        return result

    def open_item(self, value: Json, place: Place, into: str) -> Json:
        shared = self.several(value.get("parameters"), place, "parameters", self.parameter)
        result: Json = {}
        for method in METHODS:
            # OpenAPI has no reference in place of an operation, but big descriptions use it
            at = Place(place.file, f"{place.pointer}/{method}")
            operation = self.follow(value.get(method), at, operations=True)
            if operation is None and method in value and value[method] is None:
                self.components.refuse(at, f"Nothing describes the operation {method.upper()}.", "It is left out.")
            if operation is not None:
                result[method] = self.operation(*operation, shared, value, f"{into}/{method}")
        more = {**({"QUERY": value["query"]} if isinstance(value.get("query"), dict) else {})}
        more.update(_mapping(value.get("additionalOperations", value.get(MORE_METHODS))))
        for method, operation in more.items():
            if not isinstance(operation, dict):
                continue
            at = Place(place.file, f"{place.pointer}/additionalOperations/{escape(method)}")
            target = f"{into}/{MORE_METHODS}/{escape(method)}"
            result.setdefault(MORE_METHODS, {})[method] = self.operation(operation, at, shared, value, target)
        return result

    def operation(self, value: Json, place: Place, shared: list[Json], item: Json, into: str) -> Json:
        self.context.origins[into] = (self.sources.document(place.file), place.pointer)
        self.losses.note_kinds(value, OPERATION, *self.context.origins[into])
        result: Json = {key: value[key] for key in _OPERATION_DATA if value.get(key) is not None}
        if "servers" not in result and isinstance(item.get("servers"), list):
            result["servers"] = item["servers"]
        for key in ("summary", "description"):
            if key not in result and isinstance(item.get(key), str):
                result[key] = item[key]
        own = self.several(value.get("parameters"), place, "parameters", self.parameter)
        overridden = {_identity(parameter) for parameter in own}
        result["parameters"] = [p for p in shared if _identity(p) not in overridden] + own
        if value.get("requestBody") is not None:
            body = self.one(value["requestBody"], place, "requestBody", self.body)
            if body is not None:
                result["requestBody"] = body
        result["responses"] = self.named(value.get("responses"), place, "responses", self.response)
        callbacks = self.named(value.get("callbacks"), place, "callbacks", self.callback)
        if callbacks:
            result["callbacks"] = callbacks
        return result

    def one(self, value: Any, place: Place, key: str, copy: Callable[[Json, Place], Json]) -> Json | None:
        found = self.follow(value, Place(place.file, f"{place.pointer}/{escape(key)}"))
        return None if found is None else copy(*found)

    def several(self, values: Any, place: Place, key: str, copy: Callable[[Json, Place], Json]) -> list[Json]:
        below = Place(place.file, f"{place.pointer}/{key}")
        found = (self.one(value, below, str(index), copy) for index, value in enumerate(_list(values)))
        return [value for value in found if value is not None]

    def named(self, values: Any, place: Place, key: str, copy: Callable[[Json, Place], Json]) -> Json:
        if values is None:
            return {}
        found = self.follow(values, Place(place.file, f"{place.pointer}/{key}"))
        result: Json = {}
        for name, value in found[0].items() if found else ():
            if not name.startswith("x-"):
                copied = self.one(value, found[1], name, copy) if found else None
                result[name] = copied if copied is not None else copy({}, found[1] if found else place)
        return result

    def callback(self, value: Json, place: Place) -> Json:
        return {
            expression: self.item(item, Place(place.file, f"{place.pointer}/{escape(expression)}"), place.pointer)
            for expression, item in value.items()
            if not expression.startswith("x-")
        }

    def parameter(self, value: Json, place: Place) -> Json:
        result = {key: value[key] for key in _PARAMETER_DATA if key in value}
        document = self.sources.document(place.file)
        self.losses.note_kinds(value, PARAMETER, document, place.pointer)
        if "schema" not in value and "content" not in value:  # Swagger 2.0: the parameter is the schema
            said = {key: item for key, item in value.items() if key not in PARAMETER}
            self.losses.note(said, document, place.pointer)
        if "items" in value:
            result["items"] = self.components.schema(value["items"], place.file, f"{place.pointer}/items")
        return self.with_schema(value, place, result)

    def with_schema(self, value: Json, place: Place, result: Json) -> Json:
        if "schema" in value:
            result["schema"] = self.components.schema(value["schema"], place.file, f"{place.pointer}/schema")
        if value.get("content") is not None:
            result["content"] = self.typed(self.named(value["content"], place, "content", self.media), place)
        return result

    def typed(self, content: Json, place: Place) -> Json:
        """Content by media type: what is under no name is JSON."""
        if "" not in content:
            return content
        what = "What is sent or answered here has no media type."
        self.context.tell(self.sources.document(place.file), f"{place.pointer}/content/", what, "It is JSON.")
        return {"application/json": content[""], **{name: media for name, media in content.items() if name}}

    def body(self, value: Json, place: Place) -> Json:
        result: Json = {key: value[key] for key in ("description", "required") if key in value}
        return self.with_schema(value, place, result)

    def response(self, value: Json, place: Place) -> Json:
        result = {"description": value.get("description", value.get("summary", ""))}
        headers = self.named(value.get("headers"), place, "headers", self.parameter)
        if headers:
            result["headers"] = headers
        return self.with_schema(value, place, result)

    def media(self, value: Json, place: Place) -> Json:
        result: Json = {}
        self.losses.note_media(value, self.sources.document(place.file), place.pointer)
        if "schema" in value:
            result["schema"] = self.components.schema(value["schema"], place.file, f"{place.pointer}/schema")
            if shared := _SHARED.fullmatch(place.pointer):
                result[SHARED] = unescape(shared[1])
        for key in ("itemSchema", ITEM_SCHEMA):
            if key in value:
                result[ITEM_SCHEMA] = self.item_schema(value[key], Place(place.file, f"{place.pointer}/{key}"))
        encoding = self.named(value.get("encoding"), place, "encoding", self.encoding)
        if encoding:
            result["encoding"] = encoding
        return result

    def item_schema(self, value: Any, place: Place) -> Any:
        """What an item of a stream is; of an event whose data is text of JSON, with what that text holds."""
        is_event = "event-stream" in place.pointer
        self.context.ties.are_known &= not is_event  # whose references are followed
        events = events_data(value, place, self.sources) if is_event else []
        if not events:
            return self.components.schema(value, place.file, place.pointer)
        data = [self.components.schema(schema, at.file, at.pointer) for schema, at in events]
        return {"properties": {"data": data[0] if len(data) == 1 else {"anyOf": data}}}

    def encoding(self, value: Json, place: Place) -> Json:
        result: Json = {key: value[key] for key in ("contentType", "style", "explode", "allowReserved") if key in value}
        headers = self.named(value.get("headers"), place, "headers", self.parameter)
        return {**result, "headers": headers} if headers else result


def _mapping(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _identity(parameter: Json) -> tuple[str, str]:
    return str(parameter.get("name")), str(parameter.get("in"))


def _siblings(value: Json) -> Json:
    return {key: item for key, item in value.items() if key != "$ref"}
