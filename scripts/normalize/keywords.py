"""Leaves the keywords that later steps know, with values of the right kind, in one order.

description: 7                     type: string
type: string                ->     minLength: 1
minLength: 1.0
x-hint: Cat
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .context import Context, Json
from .each import Tell
from .walk import Slot, operations

_ORDER = (
    "$ref", "title", "description", "type", "format", "enum", "default", "properties", "required",
    "additionalProperties", "prefixItems", "items", "anyOf", "discriminator", "deprecated", "readOnly", "writeOnly",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
    "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "contentEncoding", "contentMediaType",
    "examples", "x-source",
)  # fmt: skip
_PLACE = {key: place for place, key in enumerate(_ORDER)}
_TEXT = ("title", "description", "format", "contentEncoding", "contentMediaType", "x-source")
_KINDS: dict[str, Any] = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict,
                          "array": list, "null": type(None)}  # fmt: skip
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FLAGS = ("deprecated", "readOnly", "writeOnly", "uniqueItems")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_PARTS_TEXT = """
name in url summary description required deprecated style x-style explode allowReserved contentType schema x-itemSchema
encoding headers content variables
"""
_PARTS = _PARTS_TEXT.split()
_OPERATION_TEXT = """
tags summary description operationId x-sdk-name deprecated x-sunset security servers parameters requestBody responses
callbacks x-source
"""
_OPERATION = _OPERATION_TEXT.split()
_DOCUMENT = ("openapi", "info", "servers", "tags", "paths", "webhooks", "components")


def allow_keywords(document: Json, context: Context) -> None:
    """What is written around schemas is on a list; nothing else reaches the engines."""
    for operation in operations(document):
        _order(operation.value, _OPERATION)
        for part in _parts(operation.value):
            if part.get("required") is False:
                del part["required"]
            _order(part, _PARTS)
    document["info"] = _info(document.get("info"))
    document["openapi"] = "3.1.0"
    tags = document.pop("tags", None)
    tags = [_tag(tag) for tag in tags if _is_tag(tag)] if isinstance(tags, list) else []
    if tags:
        document["tags"] = tags
    kept = {key: document[key] for key in _DOCUMENT if key in document}
    document.clear()
    document.update(kept)


def _parts(operation: Json) -> Iterator[Json]:
    """Parameters, bodies, responses, headers and media types."""
    todo = [*operation.get("parameters", ()), *operation.get("responses", {}).values()]
    todo += [operation["requestBody"]] if "requestBody" in operation else []
    while todo:
        part = todo.pop()
        yield part
        for key in ("headers", "content", "encoding"):
            todo.extend(part.get(key, {}).values())


def _order(holder: Json, order: Sequence[str]) -> None:
    kept = {key: holder[key] for key in order if key in holder}
    holder.clear()
    holder.update(kept)


def clean(slot: Slot, tell: Tell) -> None:
    """What a schema says is on a list, in the list's order."""
    schema = slot.schema
    known = sorted(_PLACE.keys() & schema.keys(), key=_PLACE.__getitem__)
    kept = {key: schema[key] for key in known if _fits(key, schema[key])}
    if "properties" in kept and not kept["properties"]:
        del kept["properties"]
    if "required" in kept and not kept["required"]:
        del kept["required"]
    if "default" in kept and not _allowed(kept, kept["default"]):
        del kept["default"]
    schema.clear()
    schema.update(kept)


def _allowed(schema: Json, value: Any) -> bool:
    """Whether the schema's own type and enum allow the value."""
    if "enum" in schema and value not in schema["enum"]:
        return False
    kinds = schema.get("type")
    if schema.get("format") == "uuid" and isinstance(value, str) and not _UUID.fullmatch(value):
        return False
    return kinds is None or any(_is(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _is(value: Any, kind: str) -> bool:
    if kind in ("integer", "number") and isinstance(value, bool):
        return False
    return isinstance(value, _KINDS[kind])


def compiles(pattern: str) -> bool:
    """Whether Python reads the text as a regular expression."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _fits(key: str, value: Any) -> bool:
    if key == "pattern":
        return isinstance(value, str) and compiles(value)
    if key in _TEXT:
        return isinstance(value, str)
    if key in _FLAGS:
        return value is True
    if key in _COUNTS:
        return bool(value >= 0 and value == int(value))
    return not (key == "multipleOf" and value <= 0)


def _is_tag(tag: Any) -> bool:
    return isinstance(tag, dict) and isinstance(tag.get("name"), str)


def _tag(tag: Json) -> Json:
    return {key: tag[key] for key in ("name", "description") if isinstance(tag.get(key), str)}


def _info(info: Any) -> Json:
    info = info if isinstance(info, dict) else {}
    result: Json = {"title": _text(info.get("title")), "version": _text(info.get("version"))}
    for key in ("summary", "description", "termsOfService"):
        if isinstance(info.get(key), str):
            result[key] = info[key]
    for key, names in (("contact", ("name", "url", "email")), ("license", ("name", "url"))):
        said = info.get(key) if isinstance(info.get(key), dict) else {}
        kept = {name: said[name] for name in names if isinstance(said.get(name), str)}
        if kept and (key == "contact" or "name" in kept):
            result[key] = kept
    return result


def _text(value: Any) -> str:
    return "" if value is None else str(value)
