"""Reads the words that rendered pages use for a type: `string | null`, `enum<string>[]`, `User · object[]`."""

from __future__ import annotations

import re
from typing import Any

Schema = dict[str, Any]

_PRIMITIVE = "string|integer|number|boolean|object|array|null|any|unknown|file"
_FORMATTED = rf"(?:string|integer|number|file)<[\w./+-]+>|enum<(?:{_PRIMITIVE})(?: \| null)?>"
_PLAIN = rf"(?:{_FORMATTED}|{_PRIMITIVE})(?:\[\])*"
_ONE = rf"(?:{_PLAIN}|\({_PLAIN}(?:\s*\|\s*{_PLAIN})*\)(?:\[\])+)"
_GLUED = re.compile(rf"(?:{_ONE}){{2,}}")
_ALTERNATIVES = re.compile(rf"{_ONE}(?:\s*\|\s*{_ONE})*")
_TITLED = re.compile(rf"(?P<title>[^\s·|][^·|\n]{{0,120}}?) · (?P<type>{_ONE}(?:\s*\|\s*{_ONE})*)")
_MEMBER = re.compile(_ONE)
TYPE_PATTERN = rf"{_ONE}(?:\s*\|\s*{_ONE})*"
"""A type without a title, to be found inside of a line."""


def is_type(text: str) -> bool:
    """Whether the whole text is a type."""
    return bool(_ALTERNATIVES.fullmatch(text) or _TITLED.fullmatch(text) or _GLUED.fullmatch(text))


def parse(text: str) -> Schema:
    """The schema that a type stands for; `{}` for anything. The text must be a type."""
    titled = _TITLED.fullmatch(text)
    schema = _union(titled["type"] if titled else text)
    if titled:
        _innermost(schema)["title"] = titled["title"].strip()
    return schema


def _union(text: str) -> Schema:
    members = list(dict.fromkeys(_MEMBER.findall(text)))
    schemas = [_member(member) for member in members]
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _member(text: str) -> Schema:
    if text.endswith("[]"):
        return {"type": "array", "items": _member(text.removesuffix("[]"))}
    if text.startswith("("):
        return _union(text[1:-1])
    word, _, inner = text.rstrip(">").partition("<")
    if word == "enum":
        inner, _, null = inner.partition(" | ")
        member = _member(inner) | {"enum": []}
        return {"anyOf": [member, {"type": "null"}]} if null else member
    if word in ("any", "unknown"):
        return {}
    if word == "file":
        return {"type": "string", "format": "binary"}
    if word == "array":
        return {"type": "array", "items": {}}
    return {"type": word, "format": inner} if inner else {"type": word}


def value_schemas(schema: Schema) -> list[Schema]:
    """The alternatives of a schema, those in arrays included: where constraints can stand."""
    if "anyOf" in schema:
        return [inner for member in schema["anyOf"] for inner in value_schemas(member)]
    if schema.get("type") == "array":
        return [schema, *value_schemas(schema["items"])]
    return [schema]


def of_type(schema: Schema, *names: str) -> Schema | None:
    """The first alternative that has one of these types."""
    return next((inner for inner in value_schemas(schema) if inner.get("type") in names), None)


def nullable(schema: Schema) -> bool:
    """Whether null is one of the alternatives."""
    return {"type": "null"} in schema.get("anyOf", ())


def _innermost(schema: Schema) -> Schema:
    """The alternative that a title names: the first that is no array and not null."""
    inner = [one for one in value_schemas(schema) if one.get("type") not in ("array", "null")]
    return inner[0] if inner else schema
