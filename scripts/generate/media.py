"""How the body of an answer is read: as JSON, as text, as a file, or as a stream of events or values.

content:                                                      plain: Body("application/json", Chat)
  application/json: {schema: Chat}                      ->
  text/event-stream: {schema: {properties: {data: Chunk}}}    stream: Body("text/event-stream", Chunk, "events")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]

REF = "#/components/schemas/"
FILE: Schema = {"type": "string", "format": "binary"}
_TEXT: Schema = {"type": "string"}
_EVENTS = "text/event-stream"
_LINES = frozenset(
    f"application/{name}"
    for name in ("x-ndjson", "ndjson", "jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "json-lines", "stream+json",
                 "x-json-stream", "json-seq", "geo+json-seq")
)  # fmt: skip
_BINARY = ("image/", "audio/", "video/", "font/", "application/octet-stream", "application/pdf", "application/zip")
"""Media types whose bodies are no text, even where the schema forgets to say `format: binary`."""
_AS_TEXT = ("integer", "number", "boolean")
"""What JSON and plain text write alike."""
_LISTS = ("form", "spaceDelimited", "pipeDelimited", "tabDelimited", "deepObject")
_DEEPEST = 10
"""Levels of a part that are looked through for a file."""
_EVENT_MEMBERS = frozenset({"data", "event", "id", "retry"})


@dataclass(frozen=True)
class Body:
    """The body of an answer, as it is read."""

    media_type: str
    schema: Schema
    """Of a stream, that of one item."""
    reads: str = ""
    """`events`, `lines` or `file`; empty where the whole body is one value."""
    accept: str = ""
    """What is asked for, where it is not JSON."""


def plain(content: Mapping[str, Any], schemas: Mapping[str, Any], preferred: Iterable[str]) -> Body | None:
    """The body that a call gets: a stream only where nothing else is documented."""
    preferred = list(preferred)
    found = [kind for kind in preferred if not is_stream(kind)]
    if not found:
        return stream(content, schemas, preferred)
    schema = read_as(found[0], content[found[0]].get("schema", {}))
    reads = "file" if schema == FILE else ""
    others = ", ".join(kind for kind in found if not _is_json(kind))
    return Body(found[0], schema, reads, "" if _is_json(found[0]) and not reads else others or found[0])


def stream(content: Mapping[str, Any], schemas: Mapping[str, Any], preferred: Iterable[str]) -> Body | None:
    """The stream that is documented; events rather than lines."""
    found = sorted(filter(is_stream, preferred), key=lambda kind: _kind(kind) != _EVENTS)
    if not found:
        return None
    media, events = content[found[0]], _kind(found[0]) == _EVENTS
    schema = media.get("x-itemSchema")
    if schema is None:
        schema = media.get("schema", {})
        schema = schema.get("items", {}) if schema.get("type") == "array" else schema
        schema = {} if not events and schema.get("type") == "string" else schema  # the text as a whole
    accept = ", ".join(found)
    if events:
        return Body(found[0], _data(schema, schemas), "events", accept)
    return Body(found[0], schema, "lines", accept)


def read_as(media_type: str, schema: Schema) -> Schema:
    """What a body of this media type is: text or a file unless it is JSON, whatever its schema says."""
    kind = _kind(media_type)
    if schema.get("format") == "binary" and schema.get("type") == "string":
        return FILE
    if _is_json(kind) or (says_scalars(kind) and schema.get("type") in _AS_TEXT):
        return schema
    text = kind.startswith("text/") or any(word in kind for word in ("xml", "yaml", "json", "text"))
    return _TEXT if text or (_is_text(schema) and not kind.startswith(_BINARY)) else FILE


def part(schema: Schema) -> Schema:
    """A part of a multipart body: a file where it says so in the words of JSON Schema, in a list or an alternative."""
    if "items" in schema:
        return {**schema, "items": part(schema["items"])}
    if "anyOf" in schema:
        return {**schema, "anyOf": [part(one) for one in schema["anyOf"]]}
    is_text = schema.get("type") in ("string", ["string", "null"])
    is_file = is_text and "contentMediaType" in schema and "contentEncoding" not in schema
    return {**schema, "format": "binary"} if is_file else schema


def encoding(media_type: str, content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields of a form that are written in another way than usual, with their media type or the style of a list."""
    for wire, said in content.get("encoding", {}).items():
        style = said.get("x-style") or said.get("style", "form")
        if isinstance(said.get("contentType"), str):
            yield wire, said["contentType"]
        elif "urlencoded" in media_type and style in _LISTS and (style != "form" or said.get("explode") is False):
            yield wire, style


def _is_text(schema: Schema) -> bool:
    return schema.get("type") == "string" and "format" not in schema and "contentEncoding" not in schema


def is_base64(schema: Schema) -> bool:
    """Whether it is bytes as text, or a list of such."""
    schema = schema.get("items", {}) if schema.get("type") == "array" else schema
    return schema.get("format") == "byte"


def has_files(schema: Schema, schemas: Mapping[str, Any]) -> bool:
    """Whether a member of a multipart body is a file, or may be one."""
    target = schemas.get(schema.get("$ref", "").removeprefix(REF), schema)
    return any(_may_be_file(member, schemas, _DEEPEST) for member in target.get("properties", {}).values())


def _may_be_file(schema: Schema, schemas: Mapping[str, Any], depth: int) -> bool:
    schema = schemas.get(schema.get("$ref", "").removeprefix(REF), schema)
    inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ()), *([schema["items"]] if "items" in schema else [])]
    if part(schema).get("format") == "binary":
        return True
    return depth > 0 and any(_may_be_file(one, schemas, depth - 1) for one in inner if isinstance(one, dict))


def sent_as(content: dict[str, Any], schemas: dict[str, Schema]) -> str:
    """The media type that is sent: parts where one is a file, as JSON can only name those that are elsewhere."""
    with_files = [
        kind
        for kind, said in content.items()
        if kind.lower().startswith("multipart/") and has_files(said.get("schema", {}), schemas)
    ]
    return min(with_files or content, key=preference)


def within(media_type: str, schema: Schema) -> str:
    """The media type that a body is sent as: JSON where any is taken, and more than bytes or text is described."""
    anything = _kind(media_type) in ("*/*", "application/*")
    return "application/json" if anything and read_as("*/*", schema) not in ({}, FILE, _TEXT) else media_type


def preference(media_type: str) -> tuple[int, str]:
    """JSON first, then forms, then whatever else there is, in the order of their names."""
    kind = _kind(media_type)
    ranks = ("application/json", "+json", "multipart/form-data", "application/x-www-form-urlencoded")
    rank = next((number for number, mark in enumerate(ranks) if kind.endswith(mark)), len(ranks))
    return rank, media_type


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def is_stream(media_type: str) -> bool:
    """Whether bodies of this media type are one item after another."""
    return _kind(media_type) == _EVENTS or _kind(media_type) in _LINES


def says_scalars(media_type: str) -> bool:
    """Whether bodies of this media type may be numbers and truths, and not text alone."""
    return _kind(media_type) == "text/plain"


def _is_json(media_type: str) -> bool:
    return _kind(media_type).endswith(("/json", "+json")) or "*/*" in media_type


def _data(schema: Schema, schemas: Mapping[str, Any]) -> Schema:
    """What the data of an event is: documents describe either that, or the event with its data as a member."""
    target = schemas.get(schema.get("$ref", "").removeprefix(REF), schema)
    branches = target.get("anyOf") or target.get("oneOf") or [target]
    members = [schemas.get(one.get("$ref", "").removeprefix(REF), one).get("properties", {}) for one in branches]
    if not all("data" in names and names.keys() <= _EVENT_MEMBERS for names in members):
        return schema
    found = [_decoded(names["data"]) for names in members]
    return found[0] if all(one == found[0] for one in found) else {"anyOf": found}


def _decoded(schema: Schema) -> Schema:
    """Data that is text of another type is what that text holds."""
    if _is_json(schema.get("contentMediaType", "")):
        inner = schema.get("contentSchema", {})
        return inner if isinstance(inner, dict) else {}
    return schema
