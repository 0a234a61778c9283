"""Writes every schema with the keywords of JSON Schema 2020-12 alone.

type: string                 type: string
nullable: true               x-null: true           (the next pass gives `null` its place)
example: a             ->    examples: [a]
minimum: 0                   exclusiveMinimum: 0
exclusiveMinimum: true

const: cat             ->    type: string
                             enum: [cat]

true                   ->    {}

type: [string, integer] ->   anyOf: [{type: string}, {type: integer}]

properties: {…}        ->    type: object
                             properties: {…}

contentEncoding: base64 ->   contentEncoding: base64
                             format: byte

prefixItems: [A, B]          prefixItems: [A, B]
items: false           ->    minItems: 2
                             maxItems: 2
"""

from __future__ import annotations

from typing import Any

from .context import Json
from .each import Tell
from .walk import Slot

NULL = "x-null"
"""Within these passes: the schema also takes `null`."""
_TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")
_MEANT = {
    "int": {"type": "integer"}, "long": {"type": "integer"}, "float": {"type": "number"}, "double": {"type": "number"},
    "bool": {"type": "boolean"}, "file": {"type": "string", "format": "binary"}, "text": {"type": "string"},
    "date": {"type": "string", "format": "date"}, "datetime": {"type": "string", "format": "date-time"},
    "date-time": {"type": "string", "format": "date-time"}, "uuid": {"type": "string", "format": "uuid"},
    "str": {"type": "string"}, "list": {"type": "array"}, "dict": {"type": "object"}, "any": {},
}  # fmt: skip
_ONLY: dict[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
    "object": ("properties", "patternProperties", "additionalProperties", "required", "minProperties", "maxProperties",
               "discriminator"),
}  # fmt: skip
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_NUMERIC = frozenset((*_ONLY["number"], *_COUNTS))
_ANNOTATIONS = ("title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples", "x-source")


def modernize(slot: Slot, tell: Tell) -> None:
    """No boolean schemas, no `const`, no lists of types, no keywords of older versions."""
    schema = slot.schema
    if isinstance(schema, bool):
        if not schema and slot.key != "items":
            tell(slot.pointer, "The schema `false` allows no value.")
        slot.put({})
    elif "$ref" in schema:
        _null(schema)
    else:
        _numbers(schema)
        _examples(schema)
        _null(schema)
        _type(schema, slot, tell)
        _containers(schema)
        _enum(schema)
        if schema.get("type") == "string" and str(schema.get("contentEncoding")).lower() == "base64":
            schema.setdefault("format", "byte")


def _numbers(schema: Json) -> None:
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag = schema.get(exclusive)
        if isinstance(flag, bool):
            del schema[exclusive]
            if flag and bound in schema:
                schema[exclusive] = schema.pop(bound)
    for key in _NUMERIC & schema.keys():
        if isinstance(schema[key], bool) or not isinstance(schema[key], int | float):
            del schema[key]
    if not isinstance(schema.get("pattern", ""), str):
        del schema["pattern"]


def _examples(schema: Json) -> None:
    """Only short ones stay: they are for people who read the docstring."""
    found = schema.pop("examples", None)
    examples = list(found.values()) if isinstance(found, dict) else found if isinstance(found, list) else []
    if "example" in schema:
        examples = [schema.pop("example"), *examples]
    short = [value for value in examples if isinstance(value, str | int | float) and len(str(value)) <= 100]
    if short:
        schema["examples"] = short[:3]


def _null(schema: Json) -> None:
    flags = [schema.pop(key, None) for key in ("nullable", "x-nullable")]
    if True in flags:
        schema[NULL] = True
    for arms in (schema.get("anyOf"), schema.get("oneOf")):
        if isinstance(arms, list) and len(arms) > 1:
            arms[:] = [{"type": "null"} if _only_null(arm) else arm for arm in arms]


def _only_null(arm: Any) -> bool:
    """Whether an alternative is `{nullable: true}`: by the letter anything, and meant as null by all who write it."""
    return (
        isinstance(arm, dict) and bool(arm) and not arm.keys() - {"nullable", "x-nullable", NULL} and any(arm.values())
    )


def _type(schema: Json, slot: Slot, tell: Tell) -> None:
    if "type" not in schema:
        return
    given = schema.pop("type")
    types = list(dict.fromkeys(_type_name(item) for item in (given if isinstance(given, list) else [given])))
    if "null" in types:
        types.remove("null")
        schema[NULL] = True
        if not types:
            schema["type"] = "null"
    if "integer" in types and "number" in types:
        types.remove("integer")
    known = [item for item in types if item in _TYPES]
    for item in types:
        if item not in known and item.lower() in _MEANT:
            schema.update(_MEANT[item.lower()])
        elif item not in known:
            tell(slot.pointer, f"There is no type {item[:100]!r}.")
    if len(known) == 1:
        schema["type"] = known[0]
    elif known and not {"anyOf", "oneOf", "allOf"} & schema.keys():
        _split(schema, known)


def _type_name(item: Any) -> str:
    text = "null" if item is None else item if isinstance(item, str) else str(item)[:100]
    return text.lower() if text.lower() in _TYPES else text


def _split(schema: Json, types: list[str]) -> None:
    """One alternative per type, each with the keywords of its type."""
    if "enum" in schema or "const" in schema:
        return
    if set(types) >= {"string", "number", "boolean", "object", "array"}:
        return
    arms = []
    for name in types:
        arm: Json = {"type": name}
        for key in (
            *_ONLY.get("number" if name == "integer" else name, ()),
            *(("format",) if name == "string" else ()),
        ):
            if key in schema:
                arm[key] = schema[key]
        _containers(arm)
        arms.append(arm)
    kept = {key: schema[key] for key in (*_ANNOTATIONS, NULL) if key in schema}
    schema.clear()
    schema.update(kept, anyOf=arms)


def _containers(schema: Json) -> None:
    if "type" not in schema and schema.get("properties"):
        schema["type"] = "object"
    if "type" not in schema and not {"anyOf", "oneOf", "enum", "const"} & schema.keys():
        if {"properties", "patternProperties", "additionalProperties"} & schema.keys():
            schema["type"] = "object"
        elif {"items", "prefixItems"} & schema.keys() and "allOf" not in schema:
            schema["type"] = "array"
    if not schema.get("properties", True):
        del schema["properties"]
    _required(schema)
    _open(schema)
    _tuple(schema)


def _required(schema: Json) -> None:
    required = schema.pop("required", None)
    if isinstance(required, list):
        required = list(dict.fromkeys(name for name in required if isinstance(name, str)))
        if required:
            schema["required"] = required


def _open(schema: Json) -> None:
    """`patternProperties` and a tuple's rest become what `additionalProperties` and `items` can say."""
    patterns = list(schema.pop("patternProperties", {}).values())
    extra = schema.get("additionalProperties")
    if patterns:
        arms = [arm for arm in (*patterns, *([extra] if isinstance(extra, dict) else [])) if arm]
        whole = len(arms) == len(patterns) + isinstance(extra, dict) and extra is not True
        schema["additionalProperties"] = {} if not whole else _either(arms)
    elif extra is True:
        schema["additionalProperties"] = {}


def _tuple(schema: Json) -> None:
    """Positions stay, with `items` for those after them where there may be more; a list has `items` always."""
    first, rest = schema.pop("prefixItems", None), schema.get("items")
    if isinstance(rest, bool):
        del schema["items"]
    if first and rest is False:
        schema.setdefault("maxItems", len(first))
    if first and not may_be_shorter(first, schema):
        schema["prefixItems"] = first[: int(schema.get("maxItems", len(first)))]
        schema.setdefault("minItems", len(schema["prefixItems"]))
        if schema.get("maxItems", len(first) + 1) > len(first):
            schema["items"] = rest if isinstance(rest, dict) else {}
    elif first:
        arms = [*first, *([rest] if isinstance(rest, dict) else [])]
        schema["items"] = _either(arms) if all(arms) and rest is not True else {}
    elif schema.get("type") == "array":
        schema.setdefault("items", {})


def may_be_shorter(first: list[Any], schema: Json) -> bool:
    """Whether a document says that some of the positions may be missing: where it says nothing, all are meant."""
    most, least = schema.get("maxItems", len(first)), schema.get("minItems", len(first))
    said = (most, least) if all(isinstance(one, int | float) for one in (most, least)) else (len(first), len(first))
    return said[0] < 1 or said[1] < min(len(first), said[0])


def _either(arms: list[Any]) -> Json:
    unique: list[Any] = []
    for arm in arms:
        if isinstance(arm, dict) and arm not in unique:
            unique.append(arm)
    if len(unique) == 1:
        found: Json = unique[0]
        return found
    return {"anyOf": unique}


def _enum(schema: Json) -> None:
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]
    if "enum" not in schema:
        return
    values = schema["enum"]
    if not are_literals(values):
        del schema["enum"]
        _type_of(values, schema)
        return
    unique = list({(type(value), value): value for value in values}.values())
    if None in unique:
        unique.remove(None)
        schema[NULL] = True
    if not unique:
        del schema["enum"]
        schema["type"] = "null"
        return
    schema["enum"] = unique
    kinds = {_kind(value) for value in unique}
    if kinds != {schema.get("type")} and not (schema.get("type") == "number" and kinds == {"integer"}):
        schema.pop("type", None)
        if len(kinds) == 1:
            schema["type"] = kinds.pop()


def _type_of(values: Any, schema: Json) -> None:
    """Gives a schema whose values cannot be listed the type that they all have."""
    kinds = {_json_type(value) for value in values} if isinstance(values, list) else set()
    if "null" in kinds and len(kinds) > 1:
        kinds.remove("null")
        schema[NULL] = True
    if kinds == {"integer", "number"}:
        kinds.remove("integer")
    if len(kinds) == 1 and not {"type", "anyOf", "oneOf", "allOf", "$ref"} & schema.keys():
        schema["type"] = kinds.pop()
        _containers(schema)


def _json_type(value: Any) -> str:
    words = {type(None): "null", float: "number", dict: "object", list: "array"}
    return words.get(type(value)) or _kind(value)


def are_literals(values: Any) -> bool:
    """Whether a `Literal` can list the values: text, whole numbers, booleans and null."""
    return isinstance(values, list) and bool(values) and not any(isinstance(one, dict | list | float) for one in values)


def _kind(value: Any) -> str:
    return "boolean" if isinstance(value, bool) else "integer" if isinstance(value, int) else "string"
