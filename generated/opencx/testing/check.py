# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""Whether a value is what a JSON Schema describes, and if not, where and why."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID

import attrs

from .._runtime.narrow import is_array, is_object
from .patterns import bare

_MOST_DEEP = 60
_MOST_SHOWN = 60
_MOST_STEPS = 10_000_000
_KINDS: dict[str, tuple[type[Any], ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
_FORMATS: dict[str, Callable[[str], object]] = {
    "date-time": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "uuid": UUID,
}


@attrs.frozen
class Fault:
    """One thing that is not as documented: where, as a JSON path or `query.limit`, and what."""

    where: str
    what: str
    rule: str = ""
    """`enum` where a value is not among those that are listed."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@attrs.frozen
class Checker:
    """Checks values against schemas.

    `resolve` follows references; `skipped` is the keyword of properties that need not be there: `readOnly` in what is
    sent, `writeOnly` in what comes back.
    """

    resolve: Callable[[Any], Any]
    skipped: str = "readOnly"

    def faults(self, schema: Any, value: object, where: str = "$") -> list[Fault]:
        """All that is wrong with a value; nothing if it is as documented."""
        return list(self._faults(schema, value, where, 0))

    def _faults(self, schema: Any, value: object, where: str, depth: int) -> Iterator[Fault]:
        schema = self.resolve(schema)
        if schema is False:
            yield Fault(where, "nothing is documented here")
        if not is_object(schema) or depth > _MOST_DEEP:
            return
        if (kinds := _kinds(schema)) and not any(_is(value, kind) for kind in kinds):
            yield Fault(where, f"expected {' or '.join(kinds)}, not {shown(value)}")
            return
        allowed = [schema["const"]] if "const" in schema else schema.get("enum")
        if is_array(allowed) and not any(_same(value, one) for one in allowed):
            yield Fault(where, f"expected {listed(allowed)}, not {shown(value)}", "enum")
        yield from self._by_kind(schema, value, where, depth)
        for arm in schema.get("allOf", ()):
            yield from self._faults(arm, value, where, depth + 1)
        for union in ("anyOf", "oneOf"):
            if schema.get(union):
                yield from self._union(schema, schema[union], value, where, depth)

    def _by_kind(self, schema: Mapping[str, Any], value: object, where: str, depth: int) -> Iterator[Fault]:
        if isinstance(value, str):
            yield from (Fault(where, what) for what in _text_faults(schema, value))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield from (Fault(where, what) for what in _number_faults(schema, value))
        elif is_array(value):
            yield from self._array(schema, value, where, depth)
        elif is_object(value):
            yield from self._object(schema, value, where, depth)

    def _union(
        self, schema: Mapping[str, Any], arms: list[Any], value: object, where: str, depth: int
    ) -> Iterator[Fault]:
        """Nothing if one arm takes the value; else what is wrong with the one that its tag names, or that is nearest.

        That only one may take it is not asked for: documents say `oneOf` and mean `anyOf`.
        """
        tagged = _tagged(schema, value)
        if tagged is not None and any(is_object(arm) and arm.get("$ref") == tagged for arm in arms):
            yield from self._faults({"$ref": tagged}, value, where, depth + 1)
            return
        found = [list(self._faults(arm, value, where, depth + 1)) for arm in arms]
        if all(found):
            inside = [faults for faults in found if all(fault.where != where for fault in faults)]
            if inside or len(found) == 1:
                yield from min(inside or found, key=len)
            else:
                yield Fault(where, f"{shown(value)} is none of the {len(arms)} things that are documented")

    def _array(self, schema: Mapping[str, Any], value: list[Any], where: str, depth: int) -> Iterator[Fault]:
        least, most = schema.get("minItems", 0), schema.get("maxItems")
        if len(value) < least:
            yield Fault(where, f"expected at least {least} items, not {len(value)}")
        if most is not None and len(value) > most:
            yield Fault(where, f"expected at most {most} items, not {len(value)}")
        if schema.get("uniqueItems") and len({json.dumps(item, sort_keys=True) for item in value}) < len(value):
            yield Fault(where, "expected no item twice")
        first = schema.get("prefixItems", [])
        for index, item in enumerate(value):
            inner = first[index] if index < len(first) else schema.get("items", True)
            yield from self._faults(inner, item, f"{where}[{index}]", depth + 1)

    def _object(self, schema: Mapping[str, Any], value: dict[str, Any], where: str, depth: int) -> Iterator[Fault]:
        properties = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value and not self._is_skipped(properties.get(name)):
                yield Fault(step(where, name), "missing, and documented as required")
        least, most = schema.get("minProperties", 0), schema.get("maxProperties")
        if len(value) < least:
            yield Fault(where, f"expected at least {least} members, not {len(value)}")
        if most is not None and len(value) > most:
            yield Fault(where, f"expected at most {most} members, not {len(value)}")
        for name, item in value.items():
            if name in properties:
                yield from self._faults(properties[name], item, step(where, name), depth + 1)
                continue
            inner = _pattern_schema(schema, name)
            if inner is False:
                known = f"; there are {listed(list(properties))}" if properties else ""
                yield Fault(step(where, name), f"no such member is documented{known}")
            else:
                yield from self._faults(inner, item, step(where, name), depth + 1)

    def _is_skipped(self, schema: Any) -> bool:
        found = self.resolve(schema)
        return is_object(found) and found.get(self.skipped) is True


def step(where: str, name: str) -> str:
    """The path to a member."""
    return f"{where}.{name}" if name.isidentifier() else f"{where}[{name[:80]!r}]"


def shown(value: object) -> str:
    """A value as JSON, cut where it is long."""
    text = json.dumps(value, ensure_ascii=True, default=repr)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def listed(values: list[Any]) -> str:
    """Some values, the first eight of them."""
    more = ", …" if len(values) > 8 else ""
    return ("one of " if len(values) > 1 else "") + ", ".join(map(shown, values[:8])) + more


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    kind = schema.get("type")
    return [kind] if isinstance(kind, str) else [*kind] if is_array(kind) else []


def _is(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _KINDS.get(kind, (object,)))


def kind_of(value: object) -> str:
    """The JSON type of a value; of a whole number `integer`."""
    return next((kind for kind in _KINDS if _is(value, kind)), "object")


def _same(value: object, other: object) -> bool:
    """Equality as in JSON, where `true` is not 1."""
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _tagged(schema: Mapping[str, Any], value: object) -> str | None:
    """The schema that a value says it is of."""
    said = schema.get("discriminator")
    if not said or not is_object(value):
        return None
    mapping: Mapping[str, str] = said["mapping"]
    tag = value.get(said["propertyName"])
    if isinstance(tag, str):
        return mapping.get(tag, tag)
    written = (str(tag), str(tag).lower()) if isinstance(tag, int) else ()
    return next((mapping[text] for text in written if text in mapping), None)


def _pattern_schema(schema: Mapping[str, Any], name: str) -> Any:
    """The schema of a member that has none of its own."""
    for pattern, inner in schema.get("patternProperties", {}).items():
        if matches(pattern, name):
            return inner
    return schema.get("additionalProperties", True)


def _text_faults(schema: Mapping[str, Any], value: str) -> Iterator[str]:
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if len(value) < least:
        yield f"expected at least {least} characters, not {len(value)}"
    if most is not None and len(value) > most:
        yield f"expected at most {most} characters, not {len(value)}"
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and not matches(pattern, value):
        yield f"expected a match of {pattern[:200]}, not {shown(value)}"
    parse = _FORMATS.get(schema.get("format", ""))
    if parse is not None:
        try:
            parse(value)
        except ValueError:
            yield f"expected a {schema['format']}, not {shown(value)}"


def _number_faults(schema: Mapping[str, Any], value: float) -> Iterator[str]:
    bounds: tuple[tuple[str, str, Callable[[Any], bool]], ...] = (
        ("minimum", "at least", lambda bound: value < bound),
        ("exclusiveMinimum", "more than", lambda bound: value <= bound),
        ("maximum", "at most", lambda bound: value > bound),
        ("exclusiveMaximum", "less than", lambda bound: value >= bound),
    )
    for keyword, words, is_over in bounds:
        bound = schema.get(keyword)
        if isinstance(bound, int | float) and not isinstance(bound, bool) and is_over(bound):
            yield f"expected {words} {bound}, not {value}"
    unit = schema.get("multipleOf")
    if isinstance(unit, int | float) and unit > 0 and abs(value / unit - round(value / unit)) > 1e-9:
        yield f"expected a multiple of {unit}, not {value}"


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text; a pattern that could take for ever, or that Python lacks, is not asked."""
    pattern = bare(pattern)
    compiled = _compiled(pattern)
    if compiled is None or len(text) ** _degree(pattern) > _MOST_STEPS:
        return True
    return compiled.search(text) is not None


@cache
def _degree(pattern: str) -> int:
    """The power of a text's length that a search may take steps: one for each repetition, one for where it starts."""
    return len(re.findall(r"[*+}]", pattern)) + (not pattern.startswith("^"))


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        parsed = import_module("re._parser").parse(pattern)
        return re.compile(pattern) if not _may_hang(parsed, 0) else None
    except (re.error, RecursionError, OverflowError):
        return None


def _may_hang(nodes: Any, repeated: int) -> bool:
    """Whether something is repeated without end within what is repeated, as in `(a+)+`."""
    for code, value in nodes:
        name = str(code)
        inner = repeated
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            inner = repeated + (1 if value[1] is not value[0] and int(value[1]) > 10 else 0)
            if inner > 1 or _may_hang(value[2], inner):
                return True
        elif name == "BRANCH":
            if repeated or any(_may_hang(arm, repeated) for arm in value[1]):
                return True
        elif name in ("SUBPATTERN", "ATOMIC_GROUP", "ASSERT", "ASSERT_NOT"):
            inside = value if name == "ATOMIC_GROUP" else value[-1]
            if _may_hang(inside, repeated):
                return True
        elif name in ("GROUPREF", "GROUPREF_EXISTS") and repeated:
            return True
    return False
