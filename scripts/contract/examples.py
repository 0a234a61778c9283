"""Values made from a schema: the same schema gives the same value everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MAX_DEPTH = 8
"""Levels to which optional fields of nested objects are made; recursive models end there."""
MAX_ARMS = 200
"""Schemas that are combined into one; those that combine themselves end there."""

_BY_FORMAT = {
    "date-time": "2023-11-07T05:31:56Z",
    "date": "2023-11-07",
    "time": "05:31:56Z",
    "duration": "PT1M",
    "uuid": "3c90c3cc-0d44-4b50-8888-8dd25736052a",
    "email": "user@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "AA==",
    "decimal": "1.0",
}

Resolve = Callable[[Any], Any]


def example(schema: Any, resolve: Resolve, depth: int = 0) -> Any:
    """A value that the schema describes: its own example, else one made by its rules."""
    schema = resolve(schema)
    if not isinstance(schema, dict):
        return "string"
    for key in ("const", "example", "default"):
        if key in schema:
            return schema[key]
    for key in ("examples", "enum"):
        if isinstance(schema.get(key), list) and schema[key]:
            return schema[key][0]
    for key in ("oneOf", "anyOf"):
        if schema.get(key):
            return example(_first(schema[key], resolve), resolve, depth)
    if schema.get("allOf"):
        return _merged(schema, resolve, depth)
    return _by_type(schema, resolve, depth)


def _first(arms: list[Any], resolve: Resolve) -> Any:
    """The first arm that is not null."""
    return next((arm for arm in arms if (resolve(arm) or {}).get("type") != "null"), arms[0])


def _merged(schema: dict[str, Any], resolve: Resolve, depth: int) -> Any:
    properties: dict[str, Any] = {}
    required: list[str] = []
    todo, seen = [schema], 0
    while todo and seen < MAX_ARMS:
        arm = resolve(todo.pop()) or {}
        seen += 1
        properties |= arm.get("properties") or {}
        required += arm.get("required") or ()
        todo += arm.get("allOf") or ()
    if properties:
        return _object({"properties": properties, "required": required}, resolve, depth)
    return example(schema["allOf"][0], resolve, depth + 1) if depth < 4 * MAX_DEPTH else None


def _by_type(schema: dict[str, Any], resolve: Resolve, depth: int) -> Any:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((arm for arm in kind if arm != "null"), "null")
    if kind == "object" or (kind is None and "properties" in schema):
        return _object(schema, resolve, depth)
    if kind == "array":
        count = max(1, schema.get("minItems", 0)) if depth < MAX_DEPTH else schema.get("minItems", 0)
        return [example(schema.get("items", {}), resolve, depth + 1) for _ in range(min(count, 100))]
    if kind in ("integer", "number"):
        return _number(schema)
    if kind == "boolean":
        return True
    return None if kind == "null" else _text(schema)


def _object(schema: dict[str, Any], resolve: Resolve, depth: int) -> dict[str, Any]:
    required = schema.get("required", ())
    if depth > 4 * MAX_DEPTH:  # a model that requires itself has no finite value
        return {}
    return {
        key: example(value, resolve, depth + 1)
        for key, value in schema.get("properties", {}).items()
        if depth < MAX_DEPTH // 4 or key in required
    }


def _number(schema: dict[str, Any]) -> int | float:
    low, high = schema.get("minimum"), schema.get("maximum")
    value: int | float = 1
    if isinstance(low, int | float) and value < low:
        value = low
    if isinstance(high, int | float) and value > high:
        value = high
    return value


def _text(schema: dict[str, Any]) -> str:
    text = _BY_FORMAT.get(schema.get("format", ""), "string")
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    text = text.ljust(min(low, 10_000), "x")
    return text[:high] if isinstance(high, int) else text
