# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""A request as it came in, taken apart as the document describes it, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs

from .._runtime.narrow import is_object
from .check import Checker, Fault, kind_of, listed
from .document import Document, Operation, Parameter, Schema

_SEPARATORS = {"": ",", "form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
_UNREAD = object()
"""Stands for an object that is spread over text: that it came is all that is looked at."""
_LEADS = {"label": ".", "matrix": ";"}


@attrs.frozen(slots=False)
class Asked:
    """A request."""

    method: str
    url: str
    headers: Mapping[str, str]
    """By their names in lower case."""
    content: bytes

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """The names and values of the query, in their order."""
        return parse_qsl(urlsplit(self.url).query, keep_blank_values=True)

    @property
    def media_type(self) -> str:
        """What the body is, without parameters and in lower case."""
        return essence(self.headers.get("content-type", ""))

    @cached_property
    def json(self) -> Any:
        """The body's JSON; None if it is none."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """The fields of a form; of one in parts, those that are no files are text, and files are empty."""
        if self.media_type == "application/x-www-form-urlencoded":
            pairs = parse_qsl(self.content.decode("utf-8", "replace"), keep_blank_values=True)
        else:
            pairs = list(_parts(self.content))
        found: dict[str, list[str]] = {}
        for name, value in pairs:
            found.setdefault(name, []).append(value)
        return found


def essence(media_type: str) -> str:
    """A media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether bodies of this media type are one JSON value."""
    return essence(media_type).endswith(("/json", "+json"))


def _parts(content: bytes) -> Iterator[tuple[str, str]]:
    """The name and text of each part of a multipart body; the name alone of files."""
    boundary = content.partition(b"\r\n")[0]
    for part in content.split(boundary)[1:-1] if boundary else ():
        head, _, body = part.partition(b"\r\n\r\n")
        name = re.search(rb'\bname="([^"]*)"', head)
        if name:
            text = "" if b"filename" in head else body.removesuffix(b"\r\n").decode("utf-8", "replace")
            yield name[1].decode("utf-8", "replace"), text


@attrs.frozen
class RequestChecker:
    """Says what is wrong with requests."""

    document: Document

    def chosen(self, asked: Asked) -> tuple[Operation | None, list[Fault]]:
        """The operation that a request is for, and what is wrong with it; None if it is for none.

        Where several operations stand at one address, it is the one that the request fits best.
        """
        found = self.document.at(asked.method, asked.url)
        literal = [pair for pair in found if pair[0].path.partition("?")[0].count("{") == found[0][0].path.count("{")]
        rated = [(self._misfit(one, asked), self.faults(one, values, asked), one) for one, values in literal]
        if not rated:
            return None, []
        best = min(rated, key=lambda row: (row[0], len(row[1])))
        return best[2], best[1]

    def _misfit(self, operation: Operation, asked: Asked) -> int:
        """How little the answer is what is asked for, and the body what is sent by itself."""
        sent = asked.json if is_object(asked.json) else {}
        query = dict(asked.query)
        wrong = sum(1 for place, name, value in operation.fixed if _sent(place, name, query, sent) != value)
        accepted = asked.headers.get("accept", "")
        streams = operation.answer(operation.success).reads in ("events", "lines")
        return wrong + (streams != any(kind in accepted for kind in ("event-stream", "ndjson", "jsonl", "json-seq")))

    def faults(self, operation: Operation, inside: Mapping[str, str], asked: Asked) -> list[Fault]:
        """All that is wrong with a request for an operation."""
        found = [fault for one in operation.parameters for fault in self._parameter(one, inside, asked)]
        return found + list(self._body(operation, asked))

    def _parameter(self, parameter: Parameter, inside: Mapping[str, str], asked: Asked) -> Iterator[Fault]:
        where = f"{parameter.place}.{parameter.name}"
        came, value = self._value(parameter, inside, asked)
        if not came:
            if (
                parameter.required
                and parameter.place != "path"
                and parameter.name.lower() not in ("authorization", "content-type", "accept")
            ):
                yield Fault(where, "missing, and documented as required")
        elif value is not _UNREAD:
            yield from Checker(self.document.resolve).faults(parameter.schema, value, where)

    def _value(self, parameter: Parameter, inside: Mapping[str, str], asked: Asked) -> tuple[bool, Any]:
        """Whether a parameter came, and what its text stands for."""
        if parameter.place == "query":
            return self._in_query(parameter, asked.query)
        if parameter.place == "path":
            text = inside.get(parameter.name)
        elif parameter.place == "header":
            text = asked.headers.get(parameter.name.lower())
        else:
            text = _cookies(asked.headers.get("cookie", "")).get(parameter.name)
        if text is None:
            return False, None
        text = text.removeprefix(_LEADS.get(parameter.style, ""))
        if parameter.style == "matrix":
            text = text.removeprefix(f"{parameter.name}=")
        return True, self._read(parameter, [text])

    def _in_query(self, parameter: Parameter, query: Sequence[tuple[str, str]]) -> tuple[bool, Any]:
        values = [value for name, value in query if name == parameter.name]
        if values:
            return True, self._read(parameter, values)
        if "object" not in self._kinds(parameter.schema):
            return False, None
        if parameter.style == "deepObject":
            return any(name.startswith(f"{parameter.name}[") for name, _ in query), _UNREAD
        schema = self.document.resolve(parameter.schema)
        known = schema.get("properties", {})
        return not known or any(name in known for name, _ in query), _UNREAD

    def _read(self, parameter: Parameter, values: list[str]) -> Any:
        if parameter.media_type:
            try:
                return json.loads(values[0])
            except ValueError:
                return values[0]
        kinds = self._kinds(parameter.schema)
        if "array" in kinds and (len(values) > 1 or not kinds - {"array", "null"}):
            exploded = parameter.explode if parameter.explode is not None else parameter.place == "query"
            if not exploded or parameter.style in ("spaceDelimited", "pipeDelimited", "tabDelimited"):
                separator = _SEPARATORS.get(parameter.style, ",")
                values = [part for value in values for part in value.split(separator)]
            items = self._items(parameter.schema, len(values))
            return [self.typed(item, value) for item, value in zip(items, values, strict=True)]
        if "object" in kinds and not kinds & {"string", "array"}:
            return _UNREAD
        return self.typed(parameter.schema, values[0])

    def typed(self, schema: Schema, text: str) -> Any:
        """The value that a text stands for: another than text where its schema asks for one, and does not take text."""
        kinds = self._kinds(schema)
        if kinds <= {"string"} or ("string" in kinds and not self._wrong(schema, text)):
            return text
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return text
        return text if isinstance(value, str) or ("string" in kinds and self._wrong(schema, value)) else value

    def _wrong(self, schema: Schema, value: object) -> bool:
        return bool(Checker(self.document.resolve).faults(schema, value))

    def _kinds(self, schema: Schema, depth: int = 0) -> set[str]:
        """The JSON types that a schema allows."""
        schema = self.document.resolve(schema)
        if not is_object(schema) or depth > 8:
            return set()
        kind = schema.get("type", ())
        values = [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])]
        arms = [arm for key in ("anyOf", "oneOf", "allOf") for arm in schema.get(key, ())]
        own = {kind} if isinstance(kind, str) else {*kind} or {kind_of(value) for value in values}
        return own.union(*(self._kinds(arm, depth + 1) for arm in arms))

    def _items(self, schema: Schema, count: int) -> list[Schema]:
        """The schema of each of so many items of an array."""
        schema = self.document.resolve(schema)
        arms = [schema, *(self.document.resolve(arm) for key in ("anyOf", "oneOf") for arm in schema.get(key, ()))]
        arrays = [arm for arm in arms if is_object(arm) and not {"items", "prefixItems"}.isdisjoint(arm)]
        found: Schema = arrays[0] if arrays else {}
        first: list[Schema] = found.get("prefixItems", [])[:count]
        return [*first, *([found.get("items", {})] * (count - len(first)))]

    def _body(self, operation: Operation, asked: Asked) -> Iterator[Fault]:
        if not asked.content and not asked.media_type:
            if operation.needs_body:
                yield Fault("$", "the request has no body, and one is documented as required")
            return
        if not operation.needs_body and asked.json == {}:
            return  # the client has arguments for the members, and sends what was given of them, even if that is none
        if not operation.bodies:
            if asked.content:
                yield Fault("$", "the request has a body, and none is documented")
            return
        schema = _of_type(operation.bodies, asked.media_type)
        if schema is None:
            said = f"expected {listed(list(operation.bodies))}, not {asked.media_type or 'no media type'}"
            yield Fault("header.content-type", said)
            return
        checker = Checker(self.document.resolve)
        if is_json(asked.media_type):
            if asked.json is None and asked.content.strip() != b"null":
                yield Fault("$", "the body is no JSON")
                return
            yield from checker.faults(schema, asked.json)
        elif asked.media_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
            yield from self._form(schema, asked)

    def _form(self, schema: Schema, asked: Asked) -> Iterator[Fault]:
        """What lacks in a form; its values are text, and are not looked into."""
        schema = self.document.resolve(schema)
        if is_object(schema):
            for name in schema.get("required", ()):
                is_there = any(field == name or field.startswith(f"{name}[") for field in asked.fields)
                if not is_there and not self._may_be_nothing(schema, name, asked):
                    yield Fault(f"$.{name}", "missing, and documented as required")

    def _may_be_nothing(self, schema: Schema, name: str, asked: Asked) -> bool:
        """Whether a member of a form may be a list or an object without members, which sends nothing."""
        member = self.document.resolve(schema.get("properties", {}).get(name))
        return is_object(member) and member.get("type") in ("array", "object") and "multipart" not in asked.media_type


def _sent(place: str, name: str, query: Mapping[str, str], body: Mapping[str, Any]) -> object:
    return query.get(name) == "true" if place == "query" else body.get(name, False)


def _of_type(bodies: Mapping[str, Schema], media_type: str) -> Schema:
    """The schema of bodies of a media type; None if that is not documented."""
    for known, schema in bodies.items():
        kind = essence(known)
        if kind in (media_type, "*/*") or (kind.endswith("/*") and media_type.startswith(kind[:-1])):
            return schema
    return None


def _cookies(header: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in header.split(";"))
    return {name.strip(): unquote(value) for name, mark, value in pairs if mark}
