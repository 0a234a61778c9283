"""Finds the example messages of a page, and tells the schema that an example lets one see."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, NoReturn

from .types import Schema

MAX_DEPTH = 100
_MAX_FAILURES = 50
"""Places that look like an example and are none, before a page counts as junk; bounds the time on hostile ones."""

INFERRED = {"x-inferred-from": "sample"}

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ANYTHING = ("<any>", "<unknown>")
_ERROR_KEYS = frozenset(
    [
        "statuscode", "status", "error", "errors", "message", "code", "detail", "details", "title", "type", "path",
        "timestamp", "reason", "success", "requestid", "request_id", "error_code", "errorcode", "name",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A JSON value that stands in a page by itself."""

    value: Any
    line: int
    end: int
    """Its last line."""


class Scanner:
    """Finds JSON values that begin and end with a line."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._text = "\n".join(lines)
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self._failures = 0
        self._decoder = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)

    def value_at(self, line: int) -> Found | None:
        """The value that begins on a line, if there is one."""
        if self._failures >= _MAX_FAILURES:
            return None
        start = self._starts[line - 1]
        start += len(self._lines[line - 1]) - len(self._lines[line - 1].lstrip())
        try:
            value, end = self._decoder.raw_decode(self._text, start)
        except (ValueError, RecursionError):
            self._failures += 1
            return None
        last = bisect_right(self._starts, end - 1)
        rest = self._text[end : self._starts[last] - 1].strip(" \t,;\u00a0")
        return Found(value, line, last) if not rest and depth(value) <= MAX_DEPTH else None


def decode(text: str) -> Any:
    """The JSON value of a text.

    Raises:
        ValueError: It is none, or is nested too deep.
    """
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("too deep") from None
    if depth(value) > MAX_DEPTH:
        raise ValueError("too deep")
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is too large")
    return number


def depth(value: Any) -> int:
    """How many containers lie in each other, stopping at `MAX_DEPTH` and one."""
    level, count = [value], 0
    while level and count <= MAX_DEPTH:
        count += 1
        level = [child for node in level for child in _children(node)]
    return count


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from node.values()
    elif isinstance(node, list):
        yield from node


def looks_like_error(value: Any) -> bool:
    """Whether an example is an error message rather than an answer."""
    if not isinstance(value, dict) or not value:
        return False
    keys = {str(key).lower() for key in value}
    return bool(keys & {"error", "errors", "message", "detail"}) and keys <= _ERROR_KEYS


@dataclass
class Inference:
    """What an example lets one see of its schema: types and nesting, nothing about what may be left out."""

    components: dict[str, Schema] = field(default_factory=dict)
    """The recursive schemas that were found, by name."""
    _named_values: dict[str, Any] = field(default_factory=dict)

    def schema(self, value: Any, key: str) -> Schema:
        """The schema of an example, marked as inferred."""
        return self._schema(value, [], key) | INFERRED

    def _schema(self, value: Any, ancestors: list[_Ancestor], key: str) -> Schema:
        if isinstance(value, dict):
            return self._object(value, ancestors, key)
        if isinstance(value, list):
            return {"type": "array", "items": self._items(value, ancestors, key)}
        return _scalar(value)

    def _object(self, value: dict[str, Any], ancestors: list[_Ancestor], key: str) -> Schema:
        keys = frozenset(value)
        for ancestor in ancestors:
            if len(keys) > 1 and ancestor.keys == keys:
                ancestor.name = ancestor.name or self._name(ancestor.key, ancestor.value)
                return {"$ref": f"#/components/schemas/{ancestor.name}"}
        me = _Ancestor(keys, key, value)
        ancestors.append(me)
        properties: Schema = {}
        extra: Schema = {}
        for name, child in value.items():
            target = extra if re.fullmatch(r"<.*>|\{.*\}", name) else properties
            target[name] = self._schema(child, ancestors, name)
        ancestors.pop()
        schema: Schema = {"type": "object"}
        if properties:
            schema["properties"] = properties
        if extra:
            schema["additionalProperties"] = next(iter(extra.values()))
        return self._named(me, schema)

    def _named(self, me: _Ancestor, schema: Schema) -> Schema:
        if not me.name:
            return schema
        self.components[me.name] = schema | INFERRED
        return {"$ref": f"#/components/schemas/{me.name}"}

    def _name(self, key: str, value: Any) -> str:
        """A component name from the key under which the recursion begins, free or used for the same example."""
        words = re.findall(r"[A-Za-z0-9]+", key)
        name = "".join(word[:1].upper() + word[1:] for word in words)[:80] or "Value"
        number = 1
        unique = name
        while self._named_values.setdefault(unique, value) != value:
            number += 1
            unique = f"{name}{number}"
        return unique

    def _items(self, values: list[Any], ancestors: list[_Ancestor], key: str) -> Schema:
        schemas: list[Schema] = []
        for value in values:
            schema = self._schema(value, ancestors, key)
            if schema not in schemas:
                schemas.append(schema)
        objects = [schema for schema in schemas if schema.get("type") == "object"]
        if len(schemas) > 1 and len(objects) == len(schemas):
            return _joined(objects)
        if len(schemas) > 1 and {"type": "integer"} in schemas and {"type": "number"} in schemas:
            schemas.remove({"type": "integer"})
        return schemas[0] if len(schemas) == 1 else {"anyOf": schemas} if schemas else {}


@dataclass
class _Ancestor:
    keys: frozenset[str]
    key: str
    value: Any
    name: str = ""


def _joined(objects: list[Schema]) -> Schema:
    properties: Schema = {}
    for schema in objects:
        for name, inner in schema.get("properties", {}).items():
            known = properties.setdefault(name, inner)
            if known != inner:
                properties[name] = {"anyOf": [*known.get("anyOf", [known]), inner]}
    return {"type": "object", "properties": properties}


def _scalar(value: Any) -> Schema:
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"type": "boolean"}
    if isinstance(value, int | float):
        return {"type": "number"}  # the placeholder 123 stands for integers and for numbers
    if value in _ANYTHING:
        return {}
    for pattern, word in ((_DATE_TIME, "date-time"), (_DATE, "date"), (_UUID, "uuid")):
        if pattern.fullmatch(value):
            return {"type": "string", "format": word}
    return {"type": "string"}
