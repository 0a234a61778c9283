"""Makes a call for an operation, and the answer to it, from what the original document says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..contract.calls import Call
from ..contract.examples import MAX_DEPTH, Maker
from ..contract.original.document import Original, loosened, opened
from ..contract.original.said import Operation, Parameter
from ..contract.recordings import is_json
from ..contract.replay import Answer, Job
from ..contract.styles import carried
from ..generate.media import says_scalars
from ..generate.plan import Operation as Planned

_CHOICES = 4
"""Alternatives of unions and enums that are tried before a value counts as impossible to make."""
_STREAMS = ("text/event-stream", "jsonl", "ndjson", "json-seq", "stream+json", "json-lines")


class Unmade(Exception):
    """No value was found that the document allows."""


@dataclass
class Exchange:
    """One operation, called with values and answered with one."""

    said: Operation
    planned: Planned
    values: list[tuple[Parameter, Any]] = field(default_factory=list)
    """What the parameters are given."""
    filled: list[Parameter] = field(default_factory=list)
    """What the client gives a value by itself."""
    loose: list[str] = field(default_factory=list)
    """Parameters whose form is not looked at: the document says none for such values."""
    media_type: str = ""
    body: Any = None
    """What is sent; meaningful where there is a media type."""
    encoding: Mapping[str, Any] = field(default_factory=dict)
    """How the document says that the fields of a form are written."""
    answers: list[tuple[Answer, Any]] = field(default_factory=list)
    """Each with what the client is to make of it; None where it has no body."""
    problems: list[str] = field(default_factory=list)
    """What is wrong before anything was sent."""
    unmade: list[str] = field(default_factory=list)
    """What no value was found for."""
    call: Call = field(init=False)

    def __post_init__(self) -> None:
        self.call = Call(self.planned.id)

    def job(self, headers: tuple[str, ...], elsewhere: bool) -> Job:
        """The call with its answers, for the worker."""
        said = (*self.filled, *(parameter for parameter, _ in self.values))
        names = (parameter.name.lower() for parameter in said if parameter.place == "header")
        return Job(self.call, tuple(answer for answer, _ in self.answers), (*headers, *names, "cookie"), elsewhere)


class Author:
    """Makes exchanges from the two sides of a document."""

    def __init__(self, request: Original, response: Original) -> None:
        self.request = request
        self.response = response

    def exchange(self, said: Operation, planned: Planned) -> Exchange:
        """The operation's exchange; `said` is its request side."""
        made = Exchange(said, planned)
        self._parameters(made)
        self._body(made)
        self._answers(made)
        return made

    def _parameters(self, made: Exchange) -> None:
        arguments = {_key(one.place, one.wire): one for one in made.planned.arguments}
        known = {_key(one.place, one.name) for one in made.said.parameters}
        asked = made.said.path.partition("?")[2]  # of a path with a query of its own
        known |= {_key("path", one.name) for one in made.said.parameters if f"{{{one.name}}}" in asked}
        undeclared = [one for key, one in arguments.items() if key[0] == "path" and key not in known]
        plain = [Parameter(one.wire, "path", {"type": "string"}, True, "simple", False, "") for one in undeclared]
        for parameter in (*made.said.parameters, *plain):
            argument = arguments.get(_key(parameter.place, parameter.name))
            if argument is None and f"{{{parameter.name}}}" in asked:
                argument = arguments.get(_key("path", parameter.name))
            if parameter.place == "querystring":
                self._query_string(made, parameter)
            elif argument is None:
                if self._is_credential(made.said, parameter):
                    continue
                if _key(parameter.place, parameter.name) == _key("header", made.planned.idempotency_header):
                    made.filled.append(parameter)
                elif parameter.place != "path" or parameter.name in made.said.path:
                    made.problems.append(f"no argument for the {parameter.place} parameter {parameter.name!r}")
            else:
                self._parameter(made, parameter, argument.name)

    def _is_credential(self, said: Operation, parameter: Parameter) -> bool:
        """Whether a security scheme of the operation sends it, so that nobody has to give it."""
        schemes = [self.request.schemes.get(name, {}) for alternative in said.security for name in alternative]
        sent = [_key(str(one.get("in")), str(one.get("name"))) for one in schemes if one.get("type") == "apiKey"]
        return _key(parameter.place, parameter.name) in sent

    def _parameter(self, made: Exchange, parameter: Parameter, argument: str) -> None:
        try:
            value = pick(self.request, parameter.schema, {}, lambda value: self._sendable(parameter, value))
        except Unmade as error:
            if parameter.required:
                self._nested(made, parameter, argument, str(error))
            return
        if value == "string" and not self.request.faults(parameter.schema, parameter.name):
            value = parameter.name  # so that no cursor that is sent comes back as the next one
        elif value == _ANY_OBJECT:
            value = {parameter.name: "value"}  # so that no two parameters share a key
        if not parameter.required and _members(parameter, value) & _sent_beside(parameter, made):
            return  # of two members of one name, nobody can tell whose they are
        made.values.append((parameter, value))
        made.call.arguments[argument] = value

    def _sendable(self, parameter: Parameter, value: Any) -> bool:
        if self.request.swagger and isinstance(value, dict):
            return False  # it has forms for lists alone
        if parameter.place == "header" and isinstance(value, str) and not (value.isascii() and value.isprintable()):
            return False
        return carried(parameter, value) and not (parameter.place == "path" and value in (".", ".."))

    def _nested(self, made: Exchange, parameter: Parameter, argument: str, why: str) -> None:
        """A value that no style says the form of: it is sent, and how is not looked at."""
        made.call.arguments[argument] = "string"
        try:
            value = pick(self.request, parameter.schema, {}, lambda value: isinstance(value, dict | list))
        except Unmade:
            made.unmade.append(f"{parameter.place} {parameter.name}: {why}")
            return
        made.call.arguments[argument] = value
        made.loose.append(parameter.name)

    def _query_string(self, made: Exchange, parameter: Parameter) -> None:
        names = {one.wire: one.name for one in made.planned.arguments if one.place == "query"}
        try:
            value = pick(self.request, parameter.schema, {}, lambda value: isinstance(value, dict))
        except Unmade as error:
            made.unmade.append(f"querystring {parameter.name}: {error}")
            return
        made.problems += [f"no argument for {key!r} of the query string" for key in value if key not in names]
        made.values.append((parameter, value))
        made.call.arguments.update({names[key]: item for key, item in value.items() if key in names})

    def _body(self, made: Exchange) -> None:
        if not made.said.body:
            if made.said.body_required:
                self._undescribed_body(made)
            return
        planned, kinds = made.planned, {kind.lower(): kind for kind in made.said.body}
        kind = kinds.get(planned.body.lower(), kinds.get("*/*", kinds.get("application/*")))
        if kind is None:
            told = f"{planned.body} is sent" if planned.body else "nothing can be sent"
            made.problems.append(f"{told} where the document takes {', '.join(made.said.body)}")
            return
        held = made.said.body[kind] if isinstance(made.said.body[kind], dict) else {}
        schema = held.get("schema", held.get("itemSchema", {}))
        flat = {one.wire: one.name for one in planned.arguments if one.place == "body"}
        form = "urlencoded" in kind or kind.startswith("multipart/")
        if (
            kind.startswith("multipart/")
            and set(flat) == {"file"}
            and self.request.resolve(schema).get("type") != "object"
            and "properties" not in self.request.resolve(schema)
        ):
            schema = {"type": "object", "properties": {"file": schema}, "required": ["file"]}  # forms have names
        if form and schema == {}:
            schema = {"type": "object", "required": ["field"], "properties": {"field": {"type": "string"}}}
        try:
            value = pick(self.request, schema, held, lambda v: isinstance(v, dict) if flat else True)
        except Unmade as error:
            made.unmade.append(f"body: {error}")
            return
        made.media_type, made.body, made.encoding = planned.body, value, held.get("encoding", {})
        if not is_json(planned.body) and not form and not flat:
            made.body, value = _as_text(planned.body, value)
        if not flat:
            whole = [one.name for one in planned.arguments if one.place == "whole"]
            made.call.arguments.update(dict.fromkeys(whole, value))
            if not whole:
                made.problems.append("no argument for the body")
            return
        made.call.arguments.update({flat[key]: item for key, item in value.items() if key in flat})
        made.call.extra_body = {key: item for key, item in value.items() if key not in flat}

    def _undescribed_body(self, made: Exchange) -> None:
        """A body that must be sent, and that the document says nothing about."""
        made.media_type, made.body = made.planned.body, "string"
        made.call.arguments.update({one.name: "string" for one in made.planned.arguments if one.place == "whole"})

    def _answers(self, made: Exchange) -> None:
        said = self.response.operations[made.said.path, made.said.verb.lower()].answers
        status, code = _status(list(said))
        content = said.get(status, {})
        held = _chosen(content, {one.media_type for one in made.planned.answers if one.status == status})
        if not held or code in (204, 205, 304) or made.said.verb == "HEAD":
            made.answers.append((Answer("empty", code, (), "", strict=True), None))
            return
        kind, media = held
        schema = media.get("schema", {})
        if is_stream(kind):
            items = schema.get("items", {}) if isinstance(schema, dict) and schema.get("type") == "array" else schema
            schema = media.get("itemSchema", items)
        media_type = kind if "*" not in kind else _concrete(kind, schema)
        header = (("Content-Type", media_type),)
        try:
            for value, strict in self._instances(schema, media):
                label = "strict" if strict else "example"
                text, wanted = written(media_type, value)
                made.answers.append(
                    (Answer(label, code, header, text, strict), text if made.planned.reads == "file" else wanted)
                )
        except Unmade as error:
            made.unmade.append(f"answer: {error}")
            made.answers.append((Answer("empty", code, (), ""), None))

    def _instances(self, schema: Any, media: dict[str, Any]) -> Iterator[tuple[Any, bool]]:
        """One that the schema alone gives, for a strict client; and a documented one, for one that is not."""
        yield pick(self.response, schema, media, lambda value: True, documented=False), True
        example = next(_examples(media, self.response), None)
        if example is not None and not self.response.faults(schema, example):
            yield example, False


def pick(original: Original, schema: Any, media: dict[str, Any], fits: Any, documented: bool = True) -> Any:
    """The first value that fits and that the document allows: its own example, or one made.

    Raises:
        Unmade: There is none among those tried.
    """
    told = [value for value in _candidates(original, schema, media, documented) if fits(value)]
    made = [value for value in _made(original, schema) if fits(value)]
    last = [value for value in _LAST if fits(value)]
    tried = [*told, *last]
    for values, readings in ((told, (dict, loosened)), (made, (opened,)), (last, (dict, loosened))):
        for reading in readings:
            for value in values:
                if not original.faults(schema, value, reading):
                    return value
    raise Unmade(original.faults(schema, tried[0])[0] if tried else "nothing fits")


class _Maker(Maker):
    """Makes values of a document: an object has what the class needs that its tag names, whichever is referred to."""

    def __init__(self, original: Original, documented: bool = True, choice: int = 0, optional: bool = True) -> None:
        super().__init__(original.resolve, documented, choice, optional)
        self.original = original

    def make(self, schema: Any, depth: int = 0) -> Any:
        value = super().make(schema, depth)
        heir = self.original.heir(schema, value) if isinstance(value, dict) and depth < MAX_DEPTH else None
        if heir is None:
            return value
        flat = self._flat(heir)
        needed = [key for key in flat.get("required", ()) if key not in value]
        return {**value, **{key: self.make(flat.get("properties", {}).get(key, {}), depth + 1) for key in needed}}


def _candidates(original: Original, schema: Any, media: dict[str, Any], documented: bool) -> Iterator[Any]:
    if documented:
        yield from _examples(media, original)
        yield _Maker(original).make(schema)
    yield from _made(original, schema)
    if not documented:
        yield _Maker(original).make(schema)
        yield from _examples(media, original)


def _made(original: Original, schema: Any) -> Iterator[Any]:
    """Values that have nothing but what the schema describes."""
    for optional in (True, False):
        for choice in range(_CHOICES):
            yield _Maker(original, False, choice, optional).make(schema)


def _members(parameter: Parameter, value: Any) -> set[str]:
    """The names that an object has in a query where each of its members is sent as a parameter of its own."""
    spread = parameter.place == "query" and parameter.style == "form" and parameter.explode
    return set(value) if spread and isinstance(value, dict) and not parameter.media_type else set()


def _sent_beside(parameter: Parameter, made: Exchange) -> set[str]:
    """The names in a query that are another parameter's."""
    names = {one.name for one in made.said.parameters if one.place == "query" and one.name != parameter.name}
    return names.union(*(_members(parameter, value) for parameter, value in made.values))


_ANY_OBJECT = {"key": "value"}
_LAST: tuple[Any, ...] = ("string", 1, _ANY_OBJECT, ["string"], True, {})
"""What is tried where nothing else was valid."""


def _examples(media: dict[str, Any], original: Original) -> Iterator[Any]:
    if "example" in media:
        yield media["example"]
    examples = media.get("examples")
    for one in examples.values() if isinstance(examples, dict) else ():
        one = original.resolve(one)
        if isinstance(one, dict) and "value" in one:
            yield one["value"]


def _key(place: str, name: str) -> tuple[str, str]:
    """What tells a parameter from others: headers know no case, templates may hold signs of RFC 6570 or a pattern."""
    if place == "path":
        return place, re.split("[:=]", name.strip("+*?#./;&"))[0]
    return place, name.lower() if place == "header" else name


def _status(documented: list[str]) -> tuple[str, int]:
    """The key of the answer that is given, and its status."""
    worked = sorted(key for key in documented if key[:1] == "2")
    final = [key for key in documented if key[:1] != "1"]
    key = worked[0] if worked else "default" if "default" in final else min(final, default="")
    if key.isdigit():
        return key, int(key)
    return key, int(key[0]) * 100 if key[:1].isdigit() else 200


def _chosen(content: Any, planned: set[str]) -> tuple[str, dict[str, Any]] | None:
    """The media type that is answered in: the one that is asked for, or else JSON if there is any."""
    kinds = [(kind, held if isinstance(held, dict) else {}) for kind, held in content.items()]
    return min(kinds, key=lambda one: (one[0] not in planned, not is_json(one[0])), default=None)


def _concrete(kind: str, schema: Any) -> str:
    """A media type of the range."""
    if kind == "*/*":
        return "application/octet-stream" if schema in ({}, None) or "binary" in str(schema) else "application/json"
    return kind.replace("*", "plain" if kind.startswith("text") else "octet-stream")


def is_stream(media_type: str) -> bool:
    """Whether answers of this type are many values, one after the other."""
    return any(mark in media_type for mark in _STREAMS)


def written(media_type: str, value: Any) -> tuple[str, Any]:
    """The text of a value in a media type, and what a client makes of it."""
    if "event-stream" in media_type:
        whole = isinstance(value, dict) and "data" in value and value.keys() <= {"data", "event", "id", "retry"}
        data = value["data"] if whole else value
        text = data if isinstance(data, str) else json.dumps(data)
        kind = f"event: {value['event']}\n" if whole and "event" in value else ""
        holds_json = whole and isinstance(data, str) and data.startswith("{")  # as its `contentSchema` says
        return f"{kind}data: {text}\n\n", [json.loads(data) if holds_json else data]
    if is_stream(media_type):
        return ("\x1e" if "json-seq" in media_type else "") + json.dumps(value) + "\n", [value]
    if is_json(media_type):
        return json.dumps(value), value
    return _as_text(media_type, value)


def _as_text(media_type: str, value: Any) -> tuple[str, Any]:
    text = value if isinstance(value, str) else json.dumps(value)
    return text, value if says_scalars(media_type) and isinstance(value, bool | int | float) else text
