"""The call of the generated client that makes a recorded request: the request taken apart again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from ..generate import plan as plans
from ..generate.media import is_stream
from ..generate.plan import Argument
from . import forms
from .catalog import Catalog, Operation
from .recordings import Recording, is_json

SEPARATORS = {"": ",", "form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
"""Between the items of a list that is written as one text, by style."""


@dataclass
class Call:
    """Arguments of a method, ready to be written as JSON."""

    operation: str
    arguments: dict[str, Any] = field(default_factory=dict)
    extra_query: dict[str, Any] = field(default_factory=dict)
    """What the method has no argument for, by wire name."""
    extra_body: dict[str, Any] = field(default_factory=dict)
    extra_headers: dict[str, str] = field(default_factory=dict)


def call_of(catalog: Catalog, operation: Operation, recording: Recording) -> Call | None:
    """The call that makes the recorded request; None when its verb or path is not the operation's."""
    parts = urlsplit(recording.url)
    inside = path_values(operation, parts.path)
    if inside is None or recording.method != operation.plan.verb:
        return None
    body = _body(catalog, operation, recording)
    planned = method_of(operation, recording)
    call = Call(planned.id)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_fixed(planned, "query", *pair)]
    headers = {name.lower(): value for name, value in recording.request_headers}
    if isinstance(body, dict):
        body = {key: value for key, value in body.items() if not _is_fixed(planned, "body", key, value)}
    for argument in planned.arguments:
        if argument.place == "path" and argument.wire in inside:
            call.arguments[argument.name] = _simple(catalog, argument, inside[argument.wire])
        elif argument.place == "query":
            query = _take_query(catalog, argument, query, call)
        elif argument.place == "header" and argument.wire.lower() in headers:
            call.arguments[argument.name] = _simple(catalog, argument, headers[argument.wire.lower()])
        elif argument.place == "body" and isinstance(body, dict) and argument.wire in body:
            call.arguments[argument.name] = body.pop(argument.wire)
        elif argument.place == "whole" and recording.request_type:
            call.arguments[argument.name] = body
            body = None
    for key, value in query:
        call.extra_query.setdefault(key, []).append(value)
    if isinstance(body, dict):
        call.extra_body = body
    return call


def method_of(operation: Operation, recording: Recording) -> plans.Operation:
    """The method that makes the recorded request: of two, the one that streams where a stream was answered."""
    return operation.plan.streamed if operation.plan.streamed and is_stream(recording.response_type) else operation.plan


def _is_fixed(planned: plans.Operation, place: str, wire: str, value: Any) -> bool:
    """Whether the method sends this by itself."""
    fixed = [sent for inside, name, sent in planned.fixed if (inside, name) == (place, wire)]
    return any(value is sent or value == json.dumps(sent) for sent in fixed)


def _body(catalog: Catalog, operation: Operation, recording: Recording) -> Any:
    if forms.is_multipart(recording.request_type):
        found = forms.members(forms.parts_of(recording.request_type, recording.request_text) or ())
    elif not is_json(recording.request_type) and "urlencoded" in recording.request_type:
        found = parse_qs(recording.request_text, keep_blank_values=True)
    else:
        return recording.request_body
    schemas = {one.wire: one.schema for one in operation.plan.arguments if one.place == "body"}
    return {name: _of_parts(catalog, schemas.get(name, {}), values) for name, values in found.items()}


def _of_parts(catalog: Catalog, schema: Any, values: list[Any]) -> Any:
    """The value that parts of one name stand for: a list where the document has one, or where there are several."""
    several = len(values) > 1 or "array" in _kinds(catalog, schema)
    item = (catalog.resolve(schema) or {}).get("items", {}) if several else schema
    made = [_typed(catalog, item, value) if isinstance(value, str) else value for value in values]
    return made if several and not (len(made) == 1 and isinstance(made[0], list)) else made[0]


def path_values(operation: Operation, path: str) -> dict[str, str] | None:
    """The path parameters by wire name, with the server's own path removed; None when the path is another's."""
    names, pattern = _template(operation.template)
    found = pattern.fullmatch(path.removeprefix(operation.base))
    return dict(zip(names, map(unquote, found.groups()), strict=True)) if found else None


@cache
def _template(template: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The names of a path's parameters, and the pattern of such paths."""
    names: list[str] = []

    def hole(found: re.Match[str]) -> str:
        names.append(found[1])
        return "([^/]+)"

    pieces = re.split(r"(\{[^{}]+\})", template)
    pattern = "".join(re.sub(r"\{(.+)\}", hole, piece) if piece[:1] == "{" else re.escape(piece) for piece in pieces)
    return tuple(names), re.compile(pattern)


def _take_query(
    catalog: Catalog, argument: Argument, query: list[tuple[str, str]], call: Call
) -> list[tuple[str, str]]:
    """Moves the argument's pairs into the call; returns the others."""
    if argument.style == "deepObject":
        mine = [(key[len(argument.wire) + 1 : -1], value) for key, value in query if _is_deep(argument, key)]
        if mine:
            call.arguments[argument.name] = dict(mine)
        return [pair for pair in query if not _is_deep(argument, pair[0])]
    values = [value for key, value in query if key == argument.wire]
    if not values:
        return query
    schema = catalog.resolve(argument.schema)
    if argument.media_type:
        call.arguments[argument.name] = json.loads(values[0])
    elif "array" in _kinds(catalog, schema):
        if len(values) == 1 and argument.style and not argument.explode:
            values = values[0].split(SEPARATORS.get(argument.style, ","))
        call.arguments[argument.name] = _list(catalog, schema, values)
    else:
        call.arguments[argument.name] = _typed(catalog, schema, values[0])
        return [pair for pair in query if pair[0] != argument.wire] + [(argument.wire, value) for value in values[1:]]
    return [pair for pair in query if pair[0] != argument.wire]


def _simple(catalog: Catalog, argument: Argument, text: str) -> Any:
    """The value that a text in a path or a header stands for: of a list, its items."""
    kinds = _kinds(catalog, argument.schema)
    if argument.style or argument.media_type or "array" not in kinds or "string" in kinds:
        return _typed(catalog, argument.schema, text)
    return _list(catalog, catalog.resolve(argument.schema) or {}, text.split(","))


def _list(catalog: Catalog, schema: Any, values: list[str]) -> list[Any]:
    """The values that texts stand for, each by what the schema says of its position."""
    first = schema.get("prefixItems", [])[: len(values)]
    items = [*first, *([schema.get("items", {})] * (len(values) - len(first)))]
    return [_typed(catalog, item, value) for item, value in zip(items, values, strict=True)]


def _is_deep(argument: Argument, key: str) -> bool:
    return key.startswith(f"{argument.wire}[") and key.endswith("]")


def _kinds(catalog: Catalog, schema: Any) -> set[str]:
    """The JSON types that a schema allows."""
    schema = catalog.resolve(schema) or {}
    kind = schema.get("type", ())
    arms = [arm for key in ("anyOf", "oneOf") for arm in schema.get(key, ())]
    return {kind} if isinstance(kind, str) else {*kind, *(k for arm in arms for k in _kinds(catalog, arm))}


def _typed(catalog: Catalog, schema: Any, text: str) -> Any:
    """The value that a text in a path, query or header stands for."""
    kinds = _kinds(catalog, schema)
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    if kinds & {"integer", "number"} and re.fullmatch(r"-?(0|[1-9]\d{0,300})(\.\d+)?(e[+-]\d{2,3})?", text):
        number = json.loads(text)
        return number if str(number) == text else text
    return text
