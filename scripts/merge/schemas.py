"""Compares schemas by what they allow, whatever the words and the spelling."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .sources import mapping

ANNOTATIONS = frozenset({"$id", "$schema", "$comment", "title", "description", "example", "examples", "externalDocs"})
"""Keywords that say nothing about which values are valid."""
_SETS = frozenset({"required", "enum"})
"""Keywords whose lists have no order."""
_NAMED = frozenset(
    {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "headers", "content", "encoding"}
)
"""Keywords whose keys are names that the API chose, and no keywords."""
_LITERAL = frozenset({"enum", "const", "default"})
"""Keywords whose values are data, and no schemas."""


def canonical(schema: Any) -> Any:
    """The schema in the one spelling that all equal schemas share.

    Before: {description: …, anyOf: [{type: string}, {type: 'null'}]}, or {type: ['null', string]}, or in
            OpenAPI 3.0 {type: string, nullable: true}
    After:  {type: ['null', string]}
    """
    if isinstance(schema, list):
        return [canonical(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {
        key: _canonical_value(key, value)
        for key, value in schema.items()
        if key not in ANNOTATIONS and not key.startswith("x-") and not (key == "required" and value == [])
    }
    return dict(sorted(_with_null(result).items()))


def _canonical_value(key: str, value: Any) -> Any:
    if key in _SETS and isinstance(value, list):
        return sorted(value, key=_text)
    if key in _LITERAL:
        return value
    if key in _NAMED and isinstance(value, dict):
        return {name: canonical(value[name]) for name in sorted(value)}
    return canonical(value)


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with `null` said in `type`, and there only, wherever that is possible."""
    nullable = schema.pop("nullable", False) is True
    for key in ("anyOf", "oneOf"):
        options = schema.get(key)
        if isinstance(options, list) and any(map(_is_null, options)):
            rest = [option for option in options if not _is_null(option)]
            if len(rest) == 1 and isinstance(rest[0], dict) and "$ref" not in rest[0]:
                schema = {name: value for name, value in schema.items() if name != key} | rest[0]
                nullable = True
            else:
                schema[key] = sorted(options, key=_text)
    types = _types(schema)
    if nullable and types:
        types |= {"null"}
    if types:
        schema["type"] = sorted(types) if len(types) > 1 else next(iter(types))
    if "null" in types and isinstance(schema.get("enum"), list) and None not in schema["enum"]:
        schema["enum"] = sorted([*schema["enum"], None], key=_text)
    return schema


def _is_null(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("type") == "null"


def _types(schema: dict[str, Any]) -> set[str]:
    types = schema.get("type")
    return set(map(str, types)) if isinstance(types, list) else {types} if isinstance(types, str) else set()


def listed(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one: what a page says need not be sound."""
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def same(one: Any, other: Any, *, readable: bool = False) -> bool:
    """Whether both schemas allow the same values.

    `readable`: one of them was read from text made for people, which never says that other fields are forbidden;
    so `additionalProperties: false` on the other does not count.
    """
    if one == other:  # nearly always so: the pages of one site come from one document
        return True
    if readable:
        return fingerprint(one) == fingerprint(other)
    return _text(canonical(one)) == _text(canonical(other))


def fingerprint(schema: Any) -> str:
    """The same text for all schemas that people read as the same."""
    return _text(_opened(canonical(schema)))


def _opened(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_opened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {k: _opened(v) for k, v in schema.items() if not (k == "additionalProperties" and isinstance(v, bool))}


def brief(schema: Any) -> str:
    """The schema in a few characters for a message: `string[] | null`, `enum<string>`, `any`."""
    schema = canonical(schema)
    if not isinstance(schema, dict) or not schema:
        return "any"
    if isinstance(schema.get("$ref"), str):
        return str(schema["$ref"].rpartition("/")[2])
    options = listed(schema.get("anyOf") or schema.get("oneOf"))
    if options and "type" not in schema:
        return " | ".join(map(brief, options))
    return " | ".join(_brief_type(schema, name) for name in sorted(_types(schema), key=lambda n: n == "null")) or "any"


def _brief_type(schema: dict[str, Any], name: str) -> str:
    if name == "array":
        return f"{brief(schema.get('items'))}[]"
    if name == "string" and "enum" in schema:
        return "enum<string>"
    return f"{name}<{schema['format']}>" if name == "string" and "format" in schema else name


def compatible(one: Any, other: Any) -> bool:
    """Whether some value that is not null is valid for both, judged by type alone: a string never is a list."""
    mine, theirs = _kinds(one), _kinds(other)
    return not mine or not theirs or bool(mine & theirs)


def _kinds(schema: Any) -> set[str]:
    """The types other than null that a schema allows at its top; empty when it does not restrict them."""
    schema = canonical(schema)
    if not isinstance(schema, dict) or "$ref" in schema:
        return set()
    kinds = _types(schema) - {"null"}
    for key in ("anyOf", "oneOf"):
        options = [option for option in listed(schema.get(key)) if not _is_null(option)]
        found = [_kinds(option) for option in options]
        if found and all(found) and not kinds:
            kinds = set().union(*found)
    return {"number" if kind == "integer" else kind for kind in kinds}


@dataclass(frozen=True)
class Difference:
    """One field about which two versions of an object disagree."""

    field: str
    what: str
    """What it was and what it became: `string | null became string[]`."""
    contradicts: bool
    """Whether no value suits both versions."""

    def __str__(self) -> str:
        return f"{self.field}: {self.what}"


def differences(older: dict[str, Any], newer: dict[str, Any]) -> Iterator[Difference]:
    """The disagreements on fields that both objects have, in the older one's order."""
    before, after = mapping(older.get("properties")), mapping(newer.get("properties"))
    for name in before:
        if name not in after:
            continue
        required = [name in listed(schema.get("required")) for schema in (older, newer)]
        if required[0] != required[1]:
            words = ["required" if flag else "optional" for flag in required]
            yield Difference(name, f"{words[0]} became {words[1]}", False)
        if not same(before[name], after[name], readable=True):
            old, new = brief(before[name]), brief(after[name])
            what = f"{old} became {new}" if old != new else f"{old} {_detail(before[name], after[name])}"
            yield Difference(name, what, not compatible(before[name], after[name]))


def _detail(older: Any, newer: Any) -> str:
    """How two schemas of the same type differ: by which keywords, and by which values of an enum."""
    old, new = mapping(canonical(older)), mapping(canonical(newer))
    if isinstance(old.get("enum"), list) and isinstance(new.get("enum"), list):
        gained = [str(value) for value in new["enum"] if value not in old["enum"]]
        lost = [str(value) for value in old["enum"] if value not in new["enum"]]
        words = [f"gained {', '.join(gained)}"] * bool(gained) + [f"lost {', '.join(lost)}"] * bool(lost)
        if words:
            return " and ".join(words)
    keys = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    return f"changed its {', '.join(keys)}"


def union(one: Any, other: Any) -> Any | None:
    """The schema that holds what both say, or None if they contradict each other.

    Before: {type: object, properties: {id, name}, required: [id, name]} and {properties: {id, email}, required: [id]}
    After:  {type: object, properties: {id, name, email}, required: [id]}
    """
    if same(one, other):
        return one
    first, second = mapping(one), mapping(other)
    fields, more = mapping(first.get("properties")), mapping(second.get("properties"))
    rest = [{k: v for k, v in s.items() if k not in ("properties", "required", "enum")} for s in (first, second)]
    if not same(*rest):
        return None
    if isinstance(first.get("enum"), list) and isinstance(second.get("enum"), list):
        return first | {"enum": [*first["enum"], *(value for value in second["enum"] if value not in first["enum"])]}
    if not fields or not more or ("enum" in first) != ("enum" in second):
        return None
    merged = {
        name: union(fields[name], more[name]) if name in fields and name in more else schema
        for name, schema in (more | fields).items()
    }
    if any(value is None for value in merged.values()):
        return None
    required = [name for name in listed(first.get("required")) if name in listed(second.get("required"))]
    ordered = {name: merged[name] for name in [*fields, *(name for name in more if name not in fields)]}
    return first | {"properties": ordered, "required": required}
