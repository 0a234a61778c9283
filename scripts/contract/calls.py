"""The call of the generated client that makes a recorded request: the request taken apart again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, unquote_plus, urlsplit

from ..generate import plan as plans
from ..generate.media import is_stream, says_scalars
from ..generate.plan import Argument
from . import forms, styles
from .catalog import Catalog, Operation
from .original.said import Parameter
from .recordings import Recording, is_json


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
    own = [one for one in operation.template.partition("?")[2].split("&") if one]  # as of `/chats?beta=true`
    pairs = [one for one in parts.query.split("&") if one and one not in own]
    is_whole = own and {*own} <= {*parts.query.split("&")}
    inside = path_texts(operation, f"{parts.path}?{'&'.join(own)}" if is_whole else parts.path)
    if inside is None or recording.method != operation.plan.verb:
        return None
    body = _body(catalog, operation, recording)
    planned = method_of(operation, recording)
    call = Call(planned.id)
    raw = [(key, value) for key, _, value in (one.partition("=") for one in pairs)]
    query = [pair for pair in raw if not _is_fixed(planned, "query", *map(unquote_plus, pair))]
    headers = {name.lower(): value for name, value in recording.request_headers}
    if isinstance(body, dict):
        body = {key: value for key, value in body.items() if not _is_fixed(planned, "body", key, value)}
    for argument in planned.arguments:
        if argument.place == "path" and argument.wire in inside:
            text = inside[argument.wire]
            call.arguments[argument.name] = _of_text(catalog, argument, text, styles.in_path, unquote)
        elif argument.place == "query":
            _take_query(catalog, argument, query, call)
        elif argument.place == "header" and argument.wire.lower() in headers:
            text = headers[argument.wire.lower()]
            call.arguments[argument.name] = _of_text(catalog, argument, text, styles.in_header, str)
        elif argument.place == "body" and isinstance(body, dict) and argument.wire in body:
            call.arguments[argument.name] = body.pop(argument.wire)
        elif argument.place == "whole" and recording.request_type:
            call.arguments[argument.name] = body
            body = None
    for key, value in query:
        call.extra_query.setdefault(unquote_plus(key), []).append(unquote_plus(value))
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
    schemas = {one.wire: one.schema for one in operation.plan.arguments if one.place == "body"}
    whole = next((one.schema for one in operation.plan.arguments if one.place == "whole"), None)
    if forms.is_multipart(recording.request_type):
        found = forms.members(forms.parts_of(recording.request_type, recording.request_text) or ())
        return {name: _of_parts(catalog, schemas.get(name, {}), values) for name, values in found.items()}
    if not is_json(recording.request_type) and "urlencoded" in recording.request_type:
        pairs = parse_qsl(recording.request_text, keep_blank_values=True)
        known = schemas if whole is None else _members(catalog, whole)
        return {name: _of_form(catalog, operation, name, known.get(name, {}), pairs) for name in _fields(known, pairs)}
    if says_scalars(recording.request_type) and whole is not None:
        return _of_texts(catalog, whole, recording.request_text)
    return recording.request_body


def _fields(known: Collection[str], pairs: Iterable[tuple[str, str]]) -> dict[str, None]:
    """The names of a form's fields in their order, without the brackets that lead into their values."""
    return {key if key in known or not key.endswith("]") else key.partition("[")[0]: None for key, _ in pairs}


def _of_form(catalog: Catalog, operation: Operation, name: str, schema: Any, pairs: list[tuple[str, str]]) -> Any:
    """The value of one field of a form."""
    said = dict(operation.plan.encoding).get(name, "")
    found = styles.out_of_brackets(name, pairs)
    if isinstance(found, str) and is_json(said):
        return _json(found)
    if isinstance(found, str) and said in styles.BETWEEN and "array" in _kinds(catalog, schema):
        found = found.split(styles.BETWEEN[said])
    return _of_texts(catalog, schema, found)


def _members(catalog: Catalog, schema: Any) -> dict[str, Any]:
    """What the schema and all it combines say of their members."""
    return {key: said for arm in catalog.arms(schema) for key, said in (arm.get("properties") or {}).items()}


def _of_texts(catalog: Catalog, schema: Any, found: Any) -> Any:
    """The value that the texts of a style stand for."""
    kinds = _kinds(catalog, schema)
    if isinstance(found, str) and found[:1] in ("{", "[") and "string" not in kinds and kinds & {"array", "object"}:
        found = _json(found)  # what no style says the form of
    if isinstance(found, dict) and "array" in kinds and all(not key or key.isdigit() for key in found):
        inner = [found[key] for key in sorted(found, key=lambda key: int(key or 0))]
        found = inner[0] if [*found] == [""] and isinstance(inner[0], list) else inner
    elif isinstance(found, str) and "array" in kinds:
        found = [found]
    if isinstance(found, list):
        return [_of_texts(catalog, said, item) for said, item in zip(_items(catalog, schema), found, strict=False)]
    if isinstance(found, dict):
        members, others = _members(catalog, schema), _others(catalog, schema)
        return {key: _of_texts(catalog, members.get(key, others), item) for key, item in found.items()}
    return _typed(catalog, schema, found)


def _items(catalog: Catalog, schema: Any) -> Iterator[Any]:
    """What the schema says of each position of a list, without end."""
    arms = catalog.arms(schema)
    yield from next((arm["prefixItems"] for arm in arms if "prefixItems" in arm), ())
    yield from repeat(next((arm["items"] for arm in arms if "items" in arm), {}))


def _others(catalog: Catalog, schema: Any) -> Any:
    """What the schema says of members that it does not name."""
    found = (arm["additionalProperties"] for arm in catalog.arms(schema) if "additionalProperties" in arm)
    return next((said for said in found if isinstance(said, dict)), {})


def _of_parts(catalog: Catalog, schema: Any, values: list[Any]) -> Any:
    """The value that parts of one name stand for: a list where the document has one, or where there are several."""
    several = len(values) > 1 or "array" in _kinds(catalog, schema)
    items = _items(catalog, schema) if several else repeat(schema)
    made = [
        _typed(catalog, item, one) if isinstance(one, str) else one for item, one in zip(items, values, strict=False)
    ]
    return made if several and not (len(made) == 1 and isinstance(made[0], list)) else made[0]


def path_values(operation: Operation, path: str) -> dict[str, str] | None:
    """The path parameters by wire name, with the server's own path removed; None when the path is another's."""
    found = path_texts(operation, path)
    return None if found is None else {name: unquote(text) for name, text in found.items()}


def path_texts(operation: Operation, path: str) -> dict[str, str] | None:
    """The same, percent-encoded as they came."""
    names, pattern = _template(operation.template)
    found = pattern.fullmatch(path.removeprefix(operation.base))
    return dict(zip(names, found.groups(), strict=True)) if found else None


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


def _take_query(catalog: Catalog, argument: Argument, query: list[tuple[str, str]], call: Call) -> None:
    """Moves the argument's pairs into the call."""
    parameter, kinds = parameter_of(argument), _kinds(catalog, argument.schema)
    if argument.media_type:
        raw = next((value for key, value in query if unquote_plus(key) == argument.wire), None)
        query[:] = [pair for pair in query if unquote_plus(pair[0]) != argument.wire]
        if raw is not None:
            call.arguments[argument.name] = _json(unquote_plus(raw))
        return
    like: Any = [] if "array" in kinds else _members(catalog, argument.schema) if "object" in kinds else ""
    if like == [] and not argument.explode:
        query[:] = [(key, _separated(text) if unquote_plus(key) == argument.wire else text) for key, text in query]
    before = len(query)
    found = styles.in_query(parameter, query, like)
    if isinstance(found, list) and like == "":  # only one of them is the argument's
        found, more = found[0], found[1:]
        query += [(quote(argument.wire), quote(text)) for text in more]
    if len(query) < before:
        call.arguments[argument.name] = _of_texts(catalog, argument.schema, found)


def _separated(text: str) -> str:
    """The items of a list as some senders write them, with their commas percent-encoded, in the usual form."""
    return text if "," in text else re.sub("%2C", ",", text, flags=re.IGNORECASE)


Read = Callable[[Parameter, str, Any], Any]


def _of_text(catalog: Catalog, argument: Argument, raw: str, read: Read, decoded: Callable[[str], str]) -> Any:
    """The value that a text in a path or a header stands for."""
    if argument.media_type:
        return _json(decoded(raw))
    kinds = _kinds(catalog, argument.schema)
    like: Any = [] if "array" in kinds and "string" not in kinds else {} if kinds == {"object"} else ""
    return _of_texts(catalog, argument.schema, read(parameter_of(argument), raw, like))


def parameter_of(argument: Argument) -> Parameter:
    """The parameter that the argument is sent as."""
    one = argument
    style = one.style or plans.DEFAULT_STYLES.get(one.place, "form")
    return Parameter(one.wire, one.place, one.schema, one.required, style, one.explode, one.media_type)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


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
