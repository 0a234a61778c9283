# Made from scripts/contract by `python -m scripts generate`; changes here are lost.
# pyright: basic, reportGeneralTypeIssues=false
"""Values made from a schema: the same schema gives the same value everywhere."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, TypeGuard

from .patterns import bare, matching

MAX_DEPTH = 8
"""Levels to which optional fields of nested objects are made; recursive models end there."""
MAX_ARMS = 200
"""Schemas that are combined into one; those that combine themselves end there."""

BY_FORMAT = {
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
_MOMENTS = ("2023-11-07T05:31:56+00:00", *(f"2023-11-07T05:31:56.{'0' * digits}Z" for digits in range(1, 10)))
"""The same moment as text of other lengths."""
_UNIONS = ("oneOf", "anyOf")
_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "boolean": bool, "integer": int, "number": (int, float), "array": list, "object": dict,
    "null": type(None),
}  # fmt: skip
_TAG = "a discriminator's value"
"""Where a merged schema keeps the value that names it, by property; no keyword is called so."""

Resolve = Callable[[Any], Any]
Schema = dict[str, Any]


def example(schema: Any, resolve: Resolve) -> Any:
    """A value that the schema describes: its own example, else one made by its rules."""
    return Maker(resolve).make(schema)


class Maker:
    """Makes values from schemas; `resolve` follows references.

    Args:
        resolve: The schema that a reference leads to; what is no reference stays as it is.
        documented: Whether a schema's own example or default stands for it.
        choice: Which alternative of unions and enums is taken, counted around.
        optional: Whether fields are made that may be left out.
    """

    def __init__(self, resolve: Resolve, documented: bool = True, choice: int = 0, optional: bool = True) -> None:
        self.resolve = resolve
        self.documented = documented
        self.choice = choice
        self.levels = MAX_DEPTH // 4 if optional else 0

    def make(self, schema: Any, depth: int = 0) -> Any:
        """A value that the schema describes, as far as its rules can be met one by one."""
        if not isinstance(self.resolve(schema), dict):
            return "string"
        flat = self._flat(schema)
        listed = flat.get("enum")
        if "const" in flat and not (isinstance(listed, list) and listed and flat["const"] not in listed):
            return flat["const"]
        if self.documented and _TAG not in flat:
            many = flat.get("examples")
            said = [flat[key] for key in ("example", "default") if key in flat]
            for value in [*said, *(many if isinstance(many, list) else ())]:
                if self._is_of(schema, value):
                    return value
        if isinstance(listed, list) and listed:
            return self._one_of(listed)
        return self._by_type(flat, depth)

    def _is_of(self, schema: Any, value: Any) -> bool:
        """Whether a value is of the types that a schema names; documents show items for lists, texts for numbers."""
        node = self.resolve(schema)
        if not isinstance(node, dict) or not node.keys().isdisjoint(("allOf", *_UNIONS)):
            return True
        kinds = node.get("type") or (_implied(node) if value is None else None) or []
        if kinds and not any(_is_a(kind, value) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
            return False
        if isinstance(value, list):
            return all(self._is_of(node.get("items"), one) for one in value)
        fields = node.get("properties") or {}
        return not isinstance(value, dict) or all(self._is_of(fields.get(key), one) for key, one in value.items())

    def _one_of(self, options: Sequence[Any]) -> Any:
        return options[self.choice % len(options)]

    def _wants(self, depth: int) -> bool:
        """Whether a field is made that may be left out."""
        return depth < self.levels

    def _flat(self, schema: Any) -> Schema:
        """The schema with all it combines, and one alternative of each union, in one place."""
        result: Schema = {}
        todo, seen = [schema], 0
        while todo and seen < MAX_ARMS:
            node = self.resolve(todo.pop(0))
            seen += 1
            if not isinstance(node, dict):
                continue
            unions = [key for key in _UNIONS if node.get(key)]
            arms = [self._arm(node[key]) for key in unions]
            tag = self._tag(node, arms[0] if arms else schema)
            own = {key: value for key, value in node.items() if key not in ("allOf", *_UNIONS)}
            result = _both(result, own | tag)
            todo += [*(node.get("allOf") or ()), *arms, *self._conditions(node)]
        return result

    def _conditions(self, node: Schema) -> list[Any]:
        """What holds under conditions: one of two cases, with what it is the case of, and what members bring along."""
        cases = [[node["if"], node.get("then", {})], [node.get("else", {})]] if "if" in node else [[]]
        brought = node.get("dependentSchemas")
        return [*self._one_of(cases), *(brought.values() if isinstance(brought, dict) else ())]

    def _arm(self, arms: list[Any]) -> Any:
        """One of the alternatives, null only where there is nothing else."""
        some = [arm for arm in arms if (found := self.resolve(arm)) and found is not True and not _is_null(found)]
        return self._one_of(some) if some else arms[0]

    def _kind(self, kinds: list[str]) -> str:
        """One of the types, null only where there is nothing else."""
        kind: str = self._one_of([one for one in kinds if one != "null"] or ["null"])
        return kind

    def _tag(self, node: Schema, arm: Any) -> Schema:
        """The value of the discriminator that tells the alternative, if there is one."""
        said = node.get("discriminator")
        reference = arm.get("$ref") if isinstance(arm, dict) else None
        if not isinstance(said, dict) or not isinstance(reference, str):
            return {}
        mapping = said.get("mapping") if isinstance(said.get("mapping"), dict) else {}
        values = [value for value, target in (mapping or {}).items() if target == reference]
        if mapping and not values and arm is not node and not node.get("oneOf") and not node.get("anyOf"):
            values = list(mapping)[:1]
        implied = reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        return {_TAG: {said.get("propertyName"): (values[0], True) if values else (implied, False)}}

    def _by_type(self, schema: Schema, depth: int) -> Any:
        kind = schema.get("type")
        kind = self._kind(kind) if isinstance(kind, list) else kind or _implied(schema)
        if kind is None:
            return self._anything()
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, depth)
        if kind in ("integer", "number"):
            return self._number(schema, kind)
        if kind == "boolean":
            return self._boolean()
        return None if kind == "null" else self._text(schema)

    def _anything(self) -> Any:
        return "string"

    def _boolean(self) -> bool:
        return True

    def _number(self, schema: Schema, kind: str) -> int | float:
        return _number(schema, kind)

    def _text(self, schema: Schema) -> str:
        holds_json = "json" in str(schema.get("contentMediaType")) and "contentEncoding" not in schema
        if holds_json and "contentSchema" in schema:
            return json.dumps(self.make(schema["contentSchema"]))
        return _text(schema)

    def _array(self, schema: Schema, depth: int) -> list[Any]:
        least = max(schema.get("minItems", 0), schema.get("minContains", 0) if "contains" in schema else 0)
        count = min(self._length(least, depth), schema.get("maxItems", 100), 100)
        first = (schema.get("prefixItems") or [])[: count if depth >= MAX_DEPTH else None]
        if depth > 4 * MAX_DEPTH:  # one that requires itself has no finite value
            return []
        items = [self.make(item, depth + 1) for item in first]
        rest = schema.get("contains", schema.get("items", {}))
        if rest is False or (first and not least):
            return items
        made = [self._other(index).make(rest, depth + 1) for index in range(count - len(items))]
        if schema.get("uniqueItems"):
            made = [_unlike(value, index) for index, value in enumerate(made)]
        return items + made

    def _length(self, least: int, depth: int) -> int:
        """How many items an array has that needs so many."""
        return max(1, least) if depth < MAX_DEPTH else least

    def _other(self, index: int) -> Maker:
        """One that takes the alternatives after, so that the items of an array differ where they can."""
        other = copy(self)
        other.choice += index
        return other

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        said = schema.get("required")
        required: list[str] = said if isinstance(said, list) else []
        if depth > 4 * MAX_DEPTH:  # a model that requires itself has no finite value
            return {}
        properties = schema.get("properties") or {}
        made = {key: self.make(properties[key], depth + 1) for key in self._fields(schema, required, depth)}
        for key, (value, certain) in schema.get(_TAG, {}).items():
            said = self._flat(properties.get(key))
            listed = said.get("enum")
            fits = not isinstance(listed, list) or value in listed
            if fits if certain else not {"const", "enum"} & said.keys():
                made[key] = value
            elif key not in made:  # a discriminator is needed, be it listed as required or not
                made[key] = self.make(properties[key], depth + 1)
        return made | self._additional(schema, required, made, depth)

    def _fields(self, schema: Schema, required: list[str], depth: int) -> list[str]:
        """Those of its own fields that an object has: the required, the wanted, and others where it needs more."""
        possible = [key for key, value in (schema.get("properties") or {}).items() if value is not False]
        chosen = [key for key in possible if key in required or self._wants(depth)]
        lacking = schema.get("minProperties", 0) - len({*chosen, *required})
        return chosen + [key for key in possible if key not in chosen][: max(lacking, 0)]

    def _more(self, depth: int) -> int:
        """How many fields an object has that has none with names of their own."""
        return int(depth < max(self.levels, 1))

    def _additional(self, schema: Schema, required: list[str], made: dict[str, Any], depth: int) -> dict[str, Any]:
        """Fields that have no name of their own in the schema, as many as it needs, one where it describes them."""
        rules = schema.get("additionalProperties", {})
        patterns = schema.get("patternProperties") or {}
        missing = [key for key in required if key not in made]
        names = [name for pattern in patterns if (name := matching(pattern)) is not None and name not in made]
        if rules is not False:
            lacking = schema.get("minProperties", 0) - len(made) - len(missing) - len(names)
            described = isinstance(rules, dict) and bool(rules) and not made
            more = self._more(depth) if described else 0
            names += [f"key{index or ''}" for index in range(min(max(lacking, more), 100))]
        kinds = {
            key: next((patterns[one] for one in patterns if _found(one, key)), rules) for key in [*missing, *names]
        }
        return {key: self.make(kind, depth + 1) for key, kind in kinds.items()}


def _is_a(kind: str, value: Any) -> bool:
    """Whether a value is of a type of JSON Schema; what is no such type is no limit."""
    if isinstance(value, bool) and kind in ("integer", "number"):
        return False
    whole = kind == "integer" and isinstance(value, float) and value.is_integer()
    return whole or isinstance(value, _TYPES.get(kind, object))


def _is_null(schema: Schema) -> bool:
    return schema.get("type") == "null" or schema.get("enum") == [None] or schema.get("const", 0) is None


def _found(pattern: str, text: str) -> bool:
    try:
        return re.search(bare(pattern), text) is not None
    except re.error:
        return False


def _implied(schema: Schema) -> str | None:
    """The type that a schema without one speaks of."""
    if schema.keys() & {"properties", "additionalProperties", "patternProperties", "required", "minProperties", _TAG}:
        return "object"
    if schema.keys() & {"items", "prefixItems", "minItems"}:
        return "array"
    if schema.keys() & {"pattern", "format", "minLength", "maxLength"}:
        return "string"
    return "number" if schema.keys() & {"minimum", "maximum", "multipleOf"} else None


def _both(left: Schema, right: Schema) -> Schema:
    """What holds where both hold."""
    result = {**left, **right}
    for key in left.keys() & right.keys():
        mine, other = left[key], right[key]
        if key in ("properties", "patternProperties") and isinstance(mine, dict) and isinstance(other, dict):
            shared = {name: {"allOf": [mine[name], other[name]]} for name in mine.keys() & other.keys()}
            result[key] = {**mine, **other, **shared}
        elif key == "required" and isinstance(mine, list) and isinstance(other, list):
            result[key] = [*mine, *(name for name in other if name not in mine)]
        elif key == "enum" and isinstance(mine, list) and isinstance(other, list):
            result[key] = [value for value in mine if value in other] or other
        elif key == _TAG:
            result[key] = {**mine, **other}
        elif key == "type":
            result[key] = _common(mine, other)
        elif key in ("minimum", "minLength", "minItems", "minProperties"):
            result[key] = max(mine, other)
        elif key in ("maximum", "maxLength", "maxItems", "example", "default"):
            result[key] = min(mine, other) if isinstance(mine, int) and isinstance(other, int) else mine
    return result


def _common(mine: Any, other: Any) -> Any:
    kinds, others = ([one] if isinstance(one, str) else list(one) for one in (mine, other))
    both = [kind for kind in kinds if kind in others or (kind == "integer" and "number" in others)]
    both += [kind for kind in others if kind == "integer" and "number" in kinds and kind not in both]
    return both or mine


def _unlike(value: Any, index: int) -> Any:
    """The value, changed by its place, so that no two are the same."""
    if isinstance(value, bool) or not index:
        return value
    if isinstance(value, int | float):
        return value + index
    if not isinstance(value, str):
        return value
    return str(int(value) + index) if value.isdecimal() else f"{value}{index}"


def _number(schema: Schema, kind: str) -> int | float:
    """1, or what is nearest to it within the bounds."""
    step = schema.get("multipleOf")
    step = step if _is_number(step) and step > 0 else None
    unit = step or (1 if kind == "integer" else 0.5)
    lows = [schema.get("minimum"), _moved(schema.get("exclusiveMinimum"), unit)]
    highs = [schema.get("maximum"), _moved(schema.get("exclusiveMaximum"), -unit)]
    value: int | float = max([step or 1, *filter(_is_number, lows)])
    value = min([value, *filter(_is_number, highs)])
    if step and value % step:
        value = math.ceil(value / step) * step
    return math.ceil(value) if kind == "integer" else value


def _moved(bound: Any, by: float) -> float | None:
    return bound + by if _is_number(bound) else None


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(schema: Schema) -> str:
    encoded = str(schema.get("contentEncoding")).lower() == "base64"
    text = BY_FORMAT.get("byte" if encoded else schema.get("format", ""), "string")
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    if schema.get("format") == "date-time" and len(text) < low:
        text = next((one for one in _MOMENTS if low <= len(one) <= (high or low + 5)), text)
    text = text.ljust(min(low, 10_000), "x")
    text = text[:high] if isinstance(high, int) else text
    pattern = schema.get("pattern")
    if not isinstance(pattern, str) or _found(pattern, text):
        return text
    most = high if isinstance(high, int) else 10_000
    for least in (max(low, 1), low):  # that an empty text matches as well shows little
        made = matching(pattern, least, most)
        if made is not None:
            return made
    return text
