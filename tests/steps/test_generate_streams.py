"""Which bodies are read as what, and what an operation with two kinds of answers becomes."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.generate import media
from scripts.generate.plan import Operation
from scripts.generate.read_plan import read_plan

PART = {"type": "object", "properties": {"delta": {"type": "string"}}}
REF = {"$ref": "#/components/schemas/Part"}
FLAG = {"type": ["boolean", "null"], "default": False}


def body(content: dict[str, Any], schemas: dict[str, Any] | None = None) -> media.Body | None:
    return media.plain(content, schemas or {"Part": PART}, sorted(content))


@pytest.mark.parametrize(
    ("kind", "schema", "reads", "read"),
    [
        ("application/json", REF, "", REF),
        ("application/problem+json; charset=utf-8", REF, "", REF),
        ("*/*", REF, "", REF),
        ("text/csv", {}, "", {"type": "string"}),
        ("application/xml", REF, "", {"type": "string"}),
        ("application/json", media.FILE, "file", media.FILE),
        ("application/pdf", {}, "file", media.FILE),
        ("audio/*", {}, "file", media.FILE),
        ("application/pdf", {"type": "string"}, "file", media.FILE),
        ("application/octet-stream", {"type": "string", "description": "A file"}, "file", media.FILE),
        ("application/text", {"type": "string"}, "", {"type": "string"}),
        ("application/vnd.acme.v2", {"type": "string", "description": "A note"}, "", {"type": "string"}),
        ("text/plain", media.FILE, "file", media.FILE),
        ("application/x-ndjson", REF, "lines", REF),
        ("application/jsonl", {"type": "array", "items": REF}, "lines", REF),
        ("application/jsonl", {"type": "string"}, "lines", {}),
        ("application/stream+json", REF, "lines", REF),
        ("text/event-stream; charset=utf-8", REF, "events", REF),
        ("text/event-stream", {"type": "string"}, "events", {"type": "string"}),
        ("text/event-stream", {"properties": {"event": {}, "data": REF}}, "events", REF),
        ("text/event-stream", {"properties": {"event": {}, "data": REF, "more": {}}}, "events", None),
        ("text/event-stream", {"oneOf": [{"properties": {"data": REF}}, {"properties": {"data": FLAG}}]}, "events",
         {"anyOf": [REF, FLAG]}),
        ("text/event-stream", {"properties": {"data": {"type": "string", "contentMediaType": "application/json"}}},
         "events", {}),
        ("text/event-stream", {"properties": {"data": {"contentMediaType": "application/json", "contentSchema": REF}}},
         "events", REF),
    ],
)  # fmt: skip
def test_a_body_is_read_as_its_media_type_says(kind: str, schema: Any, reads: str, read: Any) -> None:
    found = body({kind: {"schema": schema}})
    assert found is not None
    assert (found.reads, found.schema) == (reads, schema if read is None else read)


@pytest.mark.parametrize(
    ("kind", "schema", "sent"),
    [
        ("*/*", REF, "application/json"),
        ("application/*", {"type": "array", "items": REF}, "application/json"),
        ("*/*", {}, "*/*"),
        ("*/*", media.FILE, "*/*"),
        ("text/*", REF, "text/*"),
        ("application/xml", REF, "application/xml"),
    ],
)
def test_a_described_value_is_sent_as_json_where_any_media_type_is_taken(kind: str, schema: Any, sent: str) -> None:
    assert media.within(kind, schema) == sent


def test_the_schema_of_one_item_wins_over_that_of_all() -> None:
    found = body({"application/jsonl": {"schema": {"type": "array"}, "x-itemSchema": REF}})
    assert found is not None
    assert found.schema == REF


def test_a_stream_beside_another_answer_is_not_what_a_plain_call_gets() -> None:
    content = {"application/json": {"schema": FLAG}, "text/event-stream": {"schema": REF}}
    assert body(content) == media.Body("application/json", FLAG)
    assert media.stream(content, {}, content) == media.Body("text/event-stream", REF, "events", "text/event-stream")


def test_the_body_of_an_error_does_not_make_the_answer_a_file() -> None:
    content = {"200": {"content": {"application/json": {"schema": REF}}},
               "default": {"content": {"application/pdf": {"schema": {}}}}}  # fmt: skip
    paths = {"/chat": {"get": {"responses": content}}}
    names = {"/paths/~1chat/get": "chat.list", "/components/schemas/Part": "Part",
             "/components/schemas/Part/properties/delta": "delta"}  # fmt: skip
    document = {"info": {}, "components": {"schemas": {"Part": PART}}, "paths": paths}
    assert read_plan(document, names).operations[0].reads == ""


def operation(flag: dict[str, Any] | None, more: tuple[str, ...] = (), required: bool = False) -> Operation:
    """The operation `chat.create`, with a flag `stream` in its body."""
    properties = {"prompt": {"type": "string"}, **({"stream": flag} if flag else {})}
    ask = {"type": "object", "properties": properties, "required": ["stream"] if required else []}
    content = {"application/json": {"schema": REF}, "text/event-stream": {"schema": REF}}
    document = {
        "info": {},
        "components": {"schemas": {"Part": PART, "Ask": ask}},
        "paths": {"/chat": {"post": {
            "requestBody": {"required": True, "content": {"application/json": {"schema": {
                "$ref": "#/components/schemas/Ask"}}}},
            "responses": {"200": {"content": content}},
        }}},
    }  # fmt: skip
    names = {
        "/paths/~1chat/post": "chat.create",
        "/components/schemas/Part": "Part",
        "/components/schemas/Part/properties/delta": "delta",
        "/components/schemas/Ask": "Ask",
        **{f"/components/schemas/Ask/properties/{name}": name for name in properties},
        **{f"/paths/{number}/get": name for number, name in enumerate(more)},
    }
    return read_plan(document, names).operations[0]


def test_an_operation_that_can_stream_is_two_and_neither_has_the_flag() -> None:
    plain = operation(FLAG)
    assert plain.streamed is not None
    assert (plain.id, plain.reads, plain.fixed) == ("chat.create", "", ())
    assert (plain.streamed.id, plain.streamed.reads) == ("chat.create_stream", "events")
    assert plain.streamed.fixed == (("body", "stream", True),)
    assert [argument.name for argument in (*plain.arguments, *plain.streamed.arguments)] == ["prompt", "prompt"]


@pytest.mark.parametrize(("default", "required"), [(True, False), (False, True)])
def test_a_stream_that_is_the_default_or_must_be_said_is_switched_off(default: bool, required: bool) -> None:
    assert operation({"type": "boolean", "default": default}, required=required).fixed == (("body", "stream", False),)


@pytest.mark.parametrize("flag", [None, {"type": "string"}, {"enum": ["yes"]}])
def test_what_is_no_flag_stays_the_callers(flag: dict[str, Any] | None) -> None:
    found = operation(flag)
    assert found.streamed is not None
    assert found.fixed == found.streamed.fixed == ()
    assert len(found.arguments) == (2 if flag else 1)


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        (("chats.create_stream", "chat.more.create_stream"), "create_stream"),
        (("chat.create_stream",), "stream_create"),
        (("chat.create_stream.list", "chat.stream_create"), "create_as_stream"),
        (("chat.create_stream", "chat.stream_create", "chat.create_as_stream"), "create_as_stream_"),
    ],
)
def test_a_streams_name_collides_with_no_method_or_resource(taken: tuple[str, ...], name: str) -> None:
    streamed = operation(FLAG, taken).streamed
    assert streamed is not None
    assert streamed.id == f"chat.{name}"
