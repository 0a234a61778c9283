"""What OpenAPI 2.0 to 3.2 say in words of their own, said in those of JSON Schema 2020-12 and of OpenAPI 3."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from ..patterns import bare
from .said import Parameter

if TYPE_CHECKING:
    from .document import Original

Json = dict[str, Any]

DATA = frozenset({"example", "examples", "default", "const", "enum", "x-example"})
"""Keywords whose values are no schemas: a `$ref` there is text."""
NAMED = frozenset({"properties", "patternProperties", "schemas", "definitions", "$defs", "parameters", "responses"})
"""Keywords whose values have names of the document's own for keys."""
_DROPPED = frozenset({"$id", "$schema", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef"})
_TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object", "null"})
_COLLECTIONS = {"csv": ",", "ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}
_NOT_SCHEMA = frozenset({"name", "in", "required", "description", "collectionFormat", "allowEmptyValue"})


class Reader:
    """Reads one file of a document for one side of its exchanges."""

    def __init__(self, original: Original, file: str) -> None:
        self.original = original
        self.file = file
        self.hidden = "readOnly" if original.side == "request" else "writeOnly"
        self.base = ""
        """Where the schema with a `$id` of its own stands that is being read: its references begin there."""

    def document(self) -> Any:
        """The file with absolute references, in the words of JSON Schema."""
        return self._node(self.original.raw(self.file))

    def _node(self, node: Any, named: bool = False) -> Any:
        if isinstance(node, list):
            return [self._node(item) for item in node]
        if not isinstance(node, dict):
            return node
        if named:
            return {str(key): self._node(value) for key, value in node.items()}
        outer = self.base
        if isinstance(node.get("$id"), str):
            self.base = self.original.anchors(self.file).get(node["$id"], outer)
        try:
            return self._object(node)
        finally:
            self.base = outer

    def _object(self, node: Json) -> Json:
        if "$ref" in node and (bound := _bound(node.get("$defs"))):
            generic = self.original.written(str(node["$ref"]), self.file)
            if isinstance(generic, dict) and generic.get("$defs") != node["$defs"]:
                return self._object(_with(generic, bound))
        result = {
            str(key): value if key in DATA and key != "examples" else self._node(value, key in NAMED)
            for key, value in node.items()
            if not (key in _DROPPED and isinstance(value, str)) and key != "examples"
        }
        if "examples" in node:
            result["examples"] = (
                node["examples"] if isinstance(node["examples"], list) else self._node(node["examples"])
            )
        return self._schema(self._referred(result, node))

    def _referred(self, result: Json, node: Json) -> Json:
        reference = node.get("$ref", self.original.dynamic(self.file).get(str(node.get("$dynamicRef"))))
        if isinstance(reference, str):
            own = f"#{self.base}{reference[1:]}" if self.base and reference.startswith("#/") else reference
            target = self.original.target(own, self.file) or self.original.target(reference, self.file)
            if target is None and "/" not in reference and "#" not in reference:
                target = self._by_name(reference)
            result = {key: value for key, value in result.items() if key != "$ref"}
            if target is not None:
                result["$ref"] = target
        said = node.get("discriminator")
        if isinstance(said, str):  # Swagger 2.0
            result["discriminator"] = {"propertyName": said}
        if isinstance(said, dict) and isinstance(said.get("mapping"), dict):
            mapping = {str(value): self._mapped(str(target)) for value, target in said["mapping"].items()}
            result["discriminator"] = {**said, "mapping": mapping}
        return result

    def _mapped(self, target: str) -> str:
        """The absolute form of a discriminator's target, which may be a name alone."""
        return self._by_name(target) or self.original.target(target, self.file) or target

    def _by_name(self, name: str) -> str | None:
        if "/" in name:
            return None
        places = (f"#/components/schemas/{name}", f"#/definitions/{name}")
        return next((found for place in places if (found := self.original.target(place, self.file))), None)

    def _schema(self, schema: Json) -> Json:
        for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and bound in schema:
                schema[exclusive] = schema.pop(bound)
        if "$ref" in schema and self.original.ignores_siblings:
            schema.pop("type", None)
        if isinstance(schema.get("type"), str) and schema["type"] not in _TYPES and "in" not in schema:
            schema = {key: value for key, value in schema.items() if key != "type"} | _foreign(schema["type"])
        if isinstance(schema.get("items"), list):  # a tuple, as JSON Schema wrote it before 2020
            schema["prefixItems"] = schema.pop("items")
            if "additionalItems" in schema:
                schema["items"] = schema.pop("additionalItems")
        if isinstance(schema.get("pattern"), str):
            schema["pattern"] = bare(schema["pattern"])
            if not _compiles(schema["pattern"]):
                del schema["pattern"]
        for key in ("allOf", "anyOf", "oneOf"):
            if key in schema and not isinstance(schema[key], list):
                del schema[key]
            elif key in schema and key != "oneOf":  # the same part twice takes twice the time, at each of its levels
                schema[key] = [arm for index, arm in enumerate(schema[key]) if arm not in schema[key][:index]]
        self._hide(schema)
        _settle(schema)
        nullable = schema.pop("nullable", None) or schema.get("x-nullable")
        plain = isinstance(schema.get("type"), str) and not schema.keys() & {"$ref", "allOf", "oneOf", "anyOf", "enum"}
        if nullable is True and plain:  # in place, so that pointers into it hold
            return {**schema, "type": [schema["type"], "null"]}
        if nullable is True and schema.keys() & {"type", "$ref", "allOf", "oneOf", "anyOf", "enum", "properties"}:
            return {"anyOf": [schema, {"type": "null"}]}
        return schema

    def _hide(self, schema: Json) -> None:
        """Takes out what this side neither sends nor needs."""
        properties = schema.get("properties")
        if not isinstance(properties, dict):
            return
        hidden = {key for key, value in properties.items() if self._is_hidden(value)}
        if hidden:
            schema["properties"] = {key: value for key, value in properties.items() if key not in hidden}
            schema["required"] = [key for key in schema.get("required") or () if key not in hidden]

    def _is_hidden(self, schema: Any) -> bool:
        if not isinstance(schema, dict):
            return False
        for arm in (schema, *(schema.get("anyOf") or ())):
            if isinstance(arm, dict) and arm.get(self.hidden) is True:
                return True
        return False


def _foreign(kind: str) -> Json:
    """What a type means that JSON Schema does not have: a file is text, and others are not known."""
    return {"type": "string", "format": "binary"} if kind == "file" else {}


def _settle(schema: Json) -> None:
    """Takes out what would leave no value that the schema allows: the rest of it tells what is meant."""
    listed, properties, required = schema.get("enum"), schema.get("properties"), schema.get("required")
    if isinstance(listed, list) and listed and not any(_is_of(schema.get("type"), value) for value in listed):
        del schema["type"]
    if schema.get("type") == "null" and schema.keys() & {"oneOf", "anyOf"}:
        del schema["type"]
        schema["nullable"] = True
    closed = schema.get("additionalProperties") is False and "patternProperties" not in schema
    if closed and isinstance(properties, dict) and isinstance(required, list):
        schema["required"] = [name for name in required if name in properties]


def _is_of(kind: Any, value: Any) -> bool:
    try:
        return kind is None or jsonschema_rs.is_valid({"type": kind}, value)
    except ValueError:  # it is no type
        return True


def loosened(node: Any) -> Any:
    """The schema with `anyOf` for `oneOf`: what a discriminator tells apart may well be valid as several."""
    if isinstance(node, list):
        return [loosened(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: value if key in DATA else loosened(value) for key, value in node.items()}
    arms = result.pop("oneOf", None) if isinstance(result.get("oneOf"), list) else None
    if arms is None:
        return result
    return {**result, "anyOf": arms} if "anyOf" not in result else {"allOf": [{"anyOf": arms}, result]}


def opened(node: Any) -> Any:
    """The schema without `additionalProperties` beside properties: in an `allOf`, they forbid those of other parts."""
    if isinstance(node, list):
        return [opened(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: value if key in DATA else opened(value) for key, value in node.items()}
    if result.get("additionalProperties") is False or not result.keys().isdisjoint(("properties", "allOf")):
        result.pop("additionalProperties", None)
    return result


@cache
def _compiles(pattern: str) -> bool:
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except ValueError:
        return False
    return True


def parameter(original: Original, said: Json) -> Parameter:
    """A parameter in the words of OpenAPI 3."""
    place = said["in"]
    if original.swagger:
        schema: Any = {key: value for key, value in said.items() if key not in _NOT_SCHEMA}
        collection = said.get("collectionFormat", "csv")
        style = _COLLECTIONS.get(collection, "form").replace(",", "form" if place == "query" else "simple")
        explode, media_type = collection == "multi", ""
    else:
        content = said.get("content") if isinstance(said.get("content"), dict) else {}
        media_type = next(iter(content or {}), "")
        held = original.resolve((content or {}).get(media_type, said))
        held = held if isinstance(held, dict) else {}
        schema = held.get("schema", {"type": "array", "items": held["itemSchema"]} if "itemSchema" in held else {})
        style = said.get("style") or ("form" if place in ("query", "cookie") else "simple")
        explode = said.get("explode", style in ("form", "cookie"))
    required = bool(said.get("required")) or place == "path"
    return Parameter(said["name"], place, schema, required, style, bool(explode), media_type)


def body(original: Original, said: Json, parameters: list[Json]) -> tuple[Mapping[str, Any], bool]:
    """The media types of an operation's body, and whether it must be sent."""
    if not original.swagger:
        whole = original.resolve(said.get("requestBody"))
        content = whole.get("content") if isinstance(whole, dict) else None
        if not isinstance(whole, dict) or not isinstance(content, dict):
            return {}, False
        return _media(original, content), bool(whole.get("required"))
    kinds = said.get("consumes", original.data.get("consumes")) or ["application/json"]
    for one in parameters:
        if one.get("in") == "body":
            return {key: {"schema": one.get("schema", {})} for key in kinds}, bool(one.get("required"))
    fields = [one for one in parameters if one.get("in") == "formData"]
    if not fields:
        return {}, False
    files = any(one.get("type") == "file" for one in fields)
    forms = [kind for kind in kinds if "form" in kind]
    schema = {
        "type": "object",
        "properties": {one["name"]: _without(one) for one in fields},
        "required": [one["name"] for one in fields if one.get("required")],
    }
    kinds = ["multipart/form-data"] if files else forms or ["application/x-www-form-urlencoded"]
    lists = {one["name"]: _LISTS.get(one.get("collectionFormat", "csv"), {}) for one in fields if "items" in one}
    return {key: {"schema": schema, "encoding": lists} for key in kinds}, bool(schema["required"])


def _media(original: Original, content: Json) -> Json:
    """What is said of each media type; of none, it is said of JSON."""
    return {kind or "application/json": original.resolve(held) for kind, held in content.items()}


_LISTS = {
    "csv": {"style": "form", "explode": False},
    "ssv": {"style": "spaceDelimited", "explode": False},
    "pipes": {"style": "pipeDelimited", "explode": False},
}


def _without(field: Json) -> Json:
    kept = {key: value for key, value in field.items() if key not in _NOT_SCHEMA}
    return {**kept, "type": "string"} if kept.get("type") == "file" else kept


def answer(original: Original, said: Json, response: Any) -> Mapping[str, Any]:
    """The media types of a response."""
    response = original.resolve(response)
    if not isinstance(response, dict):
        return {}
    if not original.swagger:
        content = response.get("content")
        return _media(original, content) if isinstance(content, dict) else {}
    if "schema" not in response:
        return {}
    kinds = said.get("produces", original.data.get("produces")) or ["application/json"]
    said_examples = response.get("examples")
    examples: Json = said_examples if isinstance(said_examples, dict) else {}
    return {
        kind: {"schema": response["schema"], **({"example": examples[kind]} if kind in examples else {})}
        for kind in kinds
    }


def _bound(definitions: Any) -> Json:
    """What a schema binds names to, by the `$dynamicRef` that means it."""
    found = definitions.values() if isinstance(definitions, dict) else ()
    named = [one for one in found if isinstance(one, dict) and isinstance(one.get("$dynamicAnchor"), str)]
    return {f"#{one['$dynamicAnchor']}": {k: v for k, v in one.items() if k != "$dynamicAnchor"} for one in named}


def _with(node: Any, bound: Json) -> Any:
    """A schema with what names are bound to in their place; those that it binds itself are bound already."""
    if isinstance(node, list):
        return [_with(item, bound) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$dynamicRef"), str) and node["$dynamicRef"] in bound:
        return bound[node["$dynamicRef"]]
    return {key: _with(value, bound) for key, value in node.items() if key != "$defs"}
