"""Does the kit's checker of values judge as an independent validator of JSON Schema does?"""

from __future__ import annotations

import time
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencx.testing.check import Checker, matches
from opencx.testing.examples import Maker

_SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "a", "ab", "2020-01-01", 1.5, 2.0])
_NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3), max_leaves=8
)
_KIND = st.sampled_from(["string", "integer", "number", "boolean", "null", "array", "object"])


def _schema(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keywords: dict[str, st.SearchStrategy[Any]] = {
        "type": _KIND | st.lists(_KIND, min_size=1, max_size=2, unique=True),
        "enum": st.lists(_SCALARS, min_size=1, max_size=3, unique_by=lambda value: (str(type(value)), value)),
        "minimum": st.integers(-3, 3),
        "exclusiveMaximum": st.integers(-3, 3),
        "multipleOf": st.sampled_from([2, 0.5]),
        "minLength": st.integers(0, 2),
        "maxLength": st.integers(0, 2),
        "pattern": st.sampled_from(["^a", "b$", "[0-9]"]),
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(0, 2),
        "items": inner,
        "properties": st.dictionaries(_NAMES, inner, max_size=2),
        "required": st.lists(_NAMES, max_size=2, unique=True),
        "additionalProperties": st.booleans() | inner,
        "minProperties": st.integers(0, 2),
        "anyOf": st.lists(inner, min_size=1, max_size=2),
        "allOf": st.lists(inner, min_size=1, max_size=2),
    }
    return st.fixed_dictionaries({}, optional=keywords)


SCHEMAS = st.recursive(st.fixed_dictionaries({}, optional={"type": _KIND}), _schema, max_leaves=4)


@given(SCHEMAS, VALUES)
def test_what_is_valid_and_what_is_not_is_the_same(schema: dict[str, Any], value: Any) -> None:
    faults = Checker(lambda one: one).faults(schema, value)
    assert (not faults) == jsonschema_rs.is_valid(schema, value), [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("schema", "value", "told"),
    [
        ({"properties": {"a b": {"type": "string"}}}, {"a b": 1}, "$['a b']: expected string, not 1"),
        ({"items": {"format": "date-time"}}, ["x"], '$[0]: expected a date-time, not "x"'),
        ({"pattern": "^a"}, "b", '$: expected a match of ^a, not "b"'),
        ({"format": "uuid"}, "1", '$: expected a uuid, not "1"'),
        ({"const": 1}, True, "$: expected 1, not true"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 1, "$: 1 is none of the 2 things that are documented"),
        ({"oneOf": [{"required": ["a"], "properties": {"a": {"type": "string"}}}, {"type": "null"}]}, {"a": 1},
         "$.a: expected string, not 1"),
        ({"additionalProperties": False, "properties": {"a": {}}}, {"b": 1},
         '$.b: no such member is documented; there are "a"'),
    ],
)  # fmt: skip
def test_a_fault_says_where_and_what(schema: Any, value: Any, told: str) -> None:
    assert [str(fault) for fault in Checker(lambda one: one).faults(schema, value)] == [told]


def test_what_only_comes_back_need_not_be_sent() -> None:
    schema = {"required": ["id", "key"], "properties": {"id": {"readOnly": True}, "key": {"writeOnly": True}}}
    assert [fault.where for fault in Checker(lambda one: one).faults(schema, {})] == ["$.key"]
    assert [fault.where for fault in Checker(lambda one: one, "writeOnly").faults(schema, {})] == ["$.id"]


def test_a_tag_names_the_schema_that_a_value_is_held_against() -> None:
    kinds = {"Cat": {"properties": {"age": {"type": "integer"}}}, "Dog": {"properties": {"age": {"type": "string"}}}}
    union = {
        "oneOf": [{"$ref": "Cat"}, {"$ref": "Dog"}],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Dog"}},
    }
    checker = Checker(lambda one: kinds.get(one["$ref"]) if isinstance(one, dict) and "$ref" in one else one)
    assert [str(fault) for fault in checker.faults(union, {"kind": "cat", "age": "old"})] == [
        '$.age: expected integer, not "old"'
    ]


def test_a_tag_may_be_a_number_or_a_truth() -> None:
    kinds = {"One": {"properties": {"a": {"type": "integer"}}}, "Two": {"properties": {"a": {"type": "string"}}}}
    union = {
        "oneOf": [{"$ref": "One"}, {"$ref": "Two"}],
        "discriminator": {"propertyName": "kind", "mapping": {"1": "One", "True": "Two"}},
    }
    checker = Checker(lambda one: kinds.get(one["$ref"]) if isinstance(one, dict) and "$ref" in one else one)
    told = [str(fault) for kind in (1, True) for fault in checker.faults(union, {"kind": kind, "a": None})]
    assert told == ["$.a: expected integer, not null", "$.a: expected string, not null"]


@pytest.mark.parametrize("pattern", ["a*a*a*a*b$", "^.*.*.*.*.*=$"])
def test_a_pattern_of_many_repetitions_is_asked_of_short_texts_alone(pattern: str) -> None:
    started = time.perf_counter()
    assert matches(pattern, "a" * 5000)
    assert time.perf_counter() - started < 1
    assert not matches(pattern, "aaa")


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("/^[a-z]+$/", "abc", True),
        ("/^[a-z]+$/", "ABC", False),
        ("/^[a-z]+$/i", "ABC", True),
        ("/^[a-z]+$/gu", "abc", True),
        ("/v1/", "/v1/pets", True),
        ("/v1/", "v1", False),
    ],
)
def test_the_slashes_of_a_pattern_are_part_of_it_unless_no_text_could_match(
    pattern: str, text: str, fits: bool
) -> None:
    assert matches(pattern, text) is fits
    assert matches(pattern, str(Maker(lambda schema: schema).make({"pattern": pattern})))


def test_a_text_must_match_its_pattern() -> None:
    assert matches("^sha256:[a-f0-9]{4}$", "sha256:00ff")
    assert not matches("^sha256:[a-f0-9]{4}$", "sha256:00fg")


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){20}", r"(\w+\s?)*$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_a_pattern_that_could_take_for_ever_is_not_asked(pattern: str) -> None:
    start = time.monotonic()
    assert matches(pattern, "a" * 60 + "!")
    assert time.monotonic() - start < 1


def test_a_schema_that_leads_to_itself_ends() -> None:
    loop: dict[str, Any] = {"anyOf": [{"$ref": "x"}], "properties": {"a": {"$ref": "x"}}}
    checker = Checker(lambda one: loop if isinstance(one, dict) and "$ref" in one else one)
    assert not checker.faults(loop, {"a": {"a": 1}})
