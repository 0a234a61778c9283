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

What the result may hold is listed here, key by key; everything else stays behind, `losses.py` tells what matters. What
is data and no description, such as examples and defaults, is taken as it is, even where it looks like a reference.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from ..documents import escape, unescape
from .context import PREFIX, Context, Json, derived
from .losses import COMPONENTS, DOCUMENT, OPERATION, PARAMETER, Losses
from .sources import NoTarget, Place, Sources
from .titles import title_of
from .walk import ITEM_SCHEMA, METHODS, MORE_METHODS

_SCHEMA_DATA_TEXT = """
title description type format enum const default required discriminator nullable x-nullable readOnly writeOnly
deprecated minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern minItems
maxItems uniqueItems minProperties maxProperties contentEncoding contentMediaType example examples x-source
"""
_SCHEMA_DATA = {key: place for place, key in enumerate(_SCHEMA_DATA_TEXT.split())}
"""In the order in which they are written."""
_SCHEMAS = ("items", "additionalProperties")
_SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SCHEMA_MAPS = ("properties", "patternProperties")
_HOLDERS = frozenset((*_SCHEMAS, *_SCHEMA_LISTS, *_SCHEMA_MAPS, "discriminator"))
_PARAMETER_DATA_TEXT = """
name in description required deprecated style explode allowReserved type format enum default nullable x-nullable
collectionFormat minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern
minItems maxItems uniqueItems
"""
_PARAMETER_DATA = _PARAMETER_DATA_TEXT.split()
_OPERATION_DATA_TEXT = """
tags summary description operationId deprecated x-sunset security servers consumes produces schemes x-source
"""
_OPERATION_DATA = _OPERATION_DATA_TEXT.split()
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
    """The whole description as one document."""
    return _References(context, sources).document(source)


class _References:
    def __init__(self, context: Context, sources: Sources) -> None:
        self.context = context
        self.sources = sources
        self.keys: dict[Place, str] = {}
        self.todo: list[Place] = []
        self.schemas: Json = {}
        self.losses = Losses()
        self.open_items: list[Place] = []
        """The path items that are being copied."""

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
                self.key(Place(entry, f"{pointer}/{escape(name)}"))
        result["paths"] = self.items(source.get("paths"), entry, "/paths")
        old = self.items(source.get("x-webhooks"), entry, "/x-webhooks")  # before OpenAPI had a word for them
        webhooks = {**old, **self.items(source.get("webhooks"), entry, "/webhooks")}
        if webhooks:
            result["webhooks"] = webhooks
        schemes = components.get("securitySchemes", source.get("securityDefinitions"))
        result["components"] = {
            "schemas": self.schemas,
            "securitySchemes": {
                name: found[0]
                for name, value in _mapping(schemes).items()
                if (found := self.follow(value, Place(entry, f"/components/securitySchemes/{escape(name)}")))
                is not None
            },
        }
        self.components()
        self.losses.tell(self.context)
        return result

    def key(self, place: Place) -> str:
        """The component key for the schema at a place, which will be copied there."""
        if place not in self.keys:
            key = self.new_key(place)
            self.keys[place] = key
            self.schemas[key] = None
            self.todo.append(place)
            self.context.origins[f"/components/schemas/{key}"] = (self.sources.document(place.file), place.pointer)
        return self.keys[place]

    def new_key(self, place: Place) -> str:
        """A key for the schema at a place: its own name, or what the way to it says."""
        steps = [unescape(step) for step in place.pointer.split("/")[1:]]
        file = place.file.rpartition("/")[2].partition(".")[0]
        if not steps or steps[:-1] in (["components", "schemas"], ["definitions"], []):
            return self.context.source_key(steps[-1] if steps else file)
        title = title_of(steps, self.sources.document(place.file).data) or derived(file)
        return self.context.fresh_key(title, f"{title}Part")

    def components(self) -> None:
        done = 0
        while done < len(self.todo):
            place = self.todo[done]
            done += 1
            key = self.keys[place]
            self.schemas[key] = self.schema(self.sources.value(place), place.file, place.pointer)

    def refuse(self, place: Place, what: str, rule: str) -> None:
        self.context.tell(self.sources.document(place.file), place.pointer, what, rule, "update: {$ref: …}")

    def follow(self, value: Any, place: Place) -> tuple[Any, Place] | None:
        """The value that a chain of references ends in, with its place; None where it leads nowhere."""
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
                self.refuse(
                    start, f"The reference {str(value['$ref'])[:200]!r} cannot be followed: {error}.", "It is left out."
                )
                return None
            seen.add(place)
        if not isinstance(value, dict):
            if value is not None:
                self.refuse(place, f"A mapping is expected here, not {type(value).__name__}.", "It is left out.")
            return None
        return {**value, **overrides}, place

    def items(self, paths: Any, file: str, pointer: str) -> Json:
        """Path items by path, template or webhook name."""
        found = self.follow(paths, Place(file, pointer)) if paths is not None else None
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
        found = self.follow(item, start)
        if item is None:
            self.refuse(start, "Nothing describes the operations of this path.", "It has none.")
        if found is None:
            return {}
        if found[1] in self.open_items:
            self.refuse(start, "The path item is a part of itself, by its callbacks.", "It is left out there.")
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
            operation = self.follow(value.get(method), at)
            if operation is None and method in value and value[method] is None:
                self.refuse(at, f"Nothing describes the operation {method.upper()}.", "It is left out.")
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
            result["items"] = self.schema(value["items"], place.file, f"{place.pointer}/items")
        return self.with_schema(value, place, result)

    def with_schema(self, value: Json, place: Place, result: Json) -> Json:
        if "schema" in value:
            result["schema"] = self.schema(value["schema"], place.file, f"{place.pointer}/schema")
        if value.get("content") is not None:
            result["content"] = self.named(value["content"], place, "content", self.media)
        return result

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
            result["schema"] = self.schema(value["schema"], place.file, f"{place.pointer}/schema")
        for key in ("itemSchema", ITEM_SCHEMA):
            if key in value:
                result[ITEM_SCHEMA] = self.schema(value[key], place.file, f"{place.pointer}/{key}")
        encoding = self.named(value.get("encoding"), place, "encoding", self.encoding)
        if encoding:
            result["encoding"] = encoding
        return result

    def encoding(self, value: Json, place: Place) -> Json:
        result: Json = {key: value[key] for key in ("contentType", "style", "explode", "allowReserved") if key in value}
        headers = self.named(value.get("headers"), place, "headers", self.parameter)
        return {**result, "headers": headers} if headers else result

    def schema(self, value: Any, file: str, pointer: str) -> Any:
        if isinstance(value, bool):
            return value
        if not isinstance(value, dict):
            self.losses.note_schema(value, self.sources.document(file), pointer)
            return {}
        self.losses.note(value, self.sources.document(file), pointer)
        result: Json = {}
        if "$ref" in value or "$dynamicRef" in value or "$recursiveRef" in value:
            key = self.target(value, Place(file, pointer))
            if key is None:
                return {}
            result["$ref"] = PREFIX + key
        for key in sorted(_SCHEMA_DATA.keys() & value.keys(), key=_SCHEMA_DATA.__getitem__):
            result[key] = value[key]
        if _HOLDERS.isdisjoint(value):  # most hold no other
            return result
        for key in _SCHEMAS:
            if isinstance(value.get(key), dict | bool):
                result[key] = self.schema(value[key], file, f"{pointer}/{key}")
        if isinstance(value.get("items"), list):
            result["prefixItems"] = self.schemas_of(value["items"], file, f"{pointer}/items")
            if isinstance(value.get("additionalItems"), dict | bool):  # what newer versions say by `items`
                result["items"] = self.schema(value["additionalItems"], file, f"{pointer}/additionalItems")
        for key in _SCHEMA_LISTS:
            if isinstance(value.get(key), list):
                result[key] = self.schemas_of(value[key], file, f"{pointer}/{key}")
        for key in _SCHEMA_MAPS:
            if isinstance(value.get(key), dict):
                below = f"{pointer}/{key}/"
                result[key] = {name: self.schema(v, file, below + escape(name)) for name, v in value[key].items()}
        if isinstance(result.get("discriminator"), str):  # Swagger 2.0
            result["discriminator"] = {"propertyName": result["discriminator"]}
        elif "discriminator" in result:
            result["discriminator"] = self.discriminator(result["discriminator"], file, pointer)
        return result

    def schemas_of(self, values: list[Any], file: str, pointer: str) -> list[Any]:
        return [self.schema(value, file, f"{pointer}/{index}") for index, value in enumerate(values)]

    def target(self, value: Json, place: Place) -> str | None:
        if "$ref" not in value and self.sources.is_ambiguous(value.get("$dynamicRef"), place.file):
            told = str(value["$dynamicRef"])[:200]
            self.refuse(
                place,
                f"Where the dynamic reference {told!r} leads hangs on the schema that uses it.",
                "It is read as anything.",
            )
            return None
        ref = value.get("$ref", value.get("$dynamicRef", _recursive(value, place)))
        try:
            found = self.nearby(ref, place) or self.sources.find(ref, place.file, schema=True)
            if not found.pointer and found.file == self.sources.entry:
                raise NoTarget("a whole API description is no schema")
            steps = found.pointer.split("/")
            target = self.sources.value(found)
            if len(steps) == 4 and steps[1] == "components" and steps[2] != "schemas":
                raise NoTarget(f"it leads to one of the {steps[2]}, not to a schema")
            if not isinstance(target, dict | bool):
                raise NoTarget(f"it leads to {type(target).__name__}, not to a schema")
        except NoTarget as error:
            self.refuse(
                place, f"The reference {str(ref)[:200]!r} cannot be followed: {error}.", "It is read as anything."
            )
            return None
        return self.key(found)

    def nearby(self, ref: Any, place: Place) -> Place | None:
        """What `#/$defs/…` leads to from within a schema that has an `$id`, or was pasted in as it is."""
        if not isinstance(ref, str) or not ref.startswith(("#/$defs/", "#/definitions/")):
            return None
        above = place.pointer
        while above:
            found = Place(place.file, above + unquote(ref[1:]))
            try:
                self.sources.value(found)
            except NoTarget:
                above = above.rpartition("/")[0]
                continue
            return found
        return None

    def discriminator(self, value: Any, file: str, pointer: str) -> Json:
        value = _mapping(value)
        result: Json = {"propertyName": value.get("propertyName")}
        mapping = dict(_mapping(value.get("mapping")))
        if isinstance(value.get("defaultMapping"), str):
            mapping[""] = value["defaultMapping"]
        targets = {}
        for name, ref in mapping.items():
            if isinstance(ref, str) and "/" not in ref and "#" not in ref:
                named = f"#/components/schemas/{escape(ref)}"
                ref = named if self.known(named, file) else ref
            key = self.target({"$ref": ref}, Place(file, f"{pointer}/discriminator"))
            if key is not None:
                targets[name] = PREFIX + key
        return {**result, "mapping": targets} if targets else result

    def known(self, ref: str, file: str) -> bool:
        try:
            self.sources.find(ref, file)
        except NoTarget:
            return False
        return True


def _recursive(value: Json, place: Place) -> Any:
    """The `$recursiveRef` of a schema: `#` means the component that it stands in, as no one means the API by it."""
    home = place.pointer.split("/")[: 3 if place.pointer.startswith("/definitions/") else 4]
    component = home[1:3] == ["components", "schemas"] or home[1:2] == ["definitions"]
    return "#" + "/".join(home) if value.get("$recursiveRef") == "#" and component else value.get("$recursiveRef")


def _mapping(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _identity(parameter: Json) -> tuple[str, str]:
    return str(parameter.get("name")), str(parameter.get("in"))


def _siblings(value: Json) -> Json:
    return {key: item for key, item in value.items() if key != "$ref"}
