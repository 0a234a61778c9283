"""The parts of the contract step: validator, equality, calls, examples, drift between pages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest
from contract_project import BODY, document, har, make
from hypothesis import given
from hypothesis import strategies as st

from scripts.contract import catalog, history, made, recordings, worker
from scripts.contract.calls import call_of, path_values
from scripts.contract.equality import json_differences, request_differences
from scripts.contract.examples import Maker, example
from scripts.contract.original.source import Source
from scripts.contract.validator import Validator
from scripts.generate import plan
from scripts.tree import Tree


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> catalog.Catalog:
    return catalog.load(Tree(make(tmp_path_factory.mktemp("acme"))))


def judge(document: dict[str, Any]) -> Validator:
    return Validator(Source("spec/merged.yaml", document))


def of_response(acme: catalog.Catalog, merged: dict[str, Any], body: Any, status: int = 200) -> list[str]:
    operation = acme.operations["things.retrieve"]
    return list(map(str, judge(merged).response(operation, status, "application/json", body)))


@pytest.mark.parametrize(
    ("change", "drift"),
    [
        ({}, []),
        ({"sizes": [1, "x", None]}, ["response.sizes[]: null → integer", "response.sizes[]: string → integer"]),
        ({"madeAt": "<string>"}, ["response.madeAt: '<string>' → format date-time"]),
        ({"note": "wobbly"}, ["response.note: 'wobbly' is not among fragile"]),
        ({"note": 3}, ["response.note: integer → null | string"]),
        ({"kind": None}, ["response.kind: None is not among cup, plate, bowl", "response.kind: null → string"]),
        ({"extra": 1}, ["response.extra: not documented"]),
    ],
)
def test_the_validator_names_the_place_and_the_difference(
    acme: catalog.Catalog, change: dict[str, Any], drift: list[str]
) -> None:
    assert of_response(acme, document(sourced=False), {**BODY, **change}) == drift


def test_the_validator_reads_openapi_3_0_as_it_was_meant(acme: catalog.Catalog) -> None:
    merged = document(sourced=False)
    merged["openapi"] = "3.0.3"
    properties = merged["components"]["schemas"]["ThingDto"]["properties"]
    properties["note"] = {"type": "string", "nullable": True, "enum": ["fragile"]}
    properties["sizes"] = {"type": "array", "items": {"type": "integer", "minimum": 1, "exclusiveMinimum": True}}
    properties["kind"] = {"$ref": "#/components/schemas/Kind", "nullable": True}
    merged["components"]["schemas"]["Kind"] = {"type": "string"}
    assert of_response(acme, merged, {**BODY, "sizes": [2]}) == []
    assert of_response(acme, merged, {**BODY, "kind": None, "sizes": [2]}) == []
    assert of_response(acme, merged, BODY) == ["response.sizes[]: exclusiveMinimum is not met: 1"]


def test_references_to_responses_are_followed_and_those_to_the_network_allow_anything(acme: catalog.Catalog) -> None:
    merged = document(sourced=False)
    get = merged["paths"]["/things/{thing_id}"]["get"]
    merged["components"]["responses"] = {"Thing": get["responses"]["200"]}
    get["responses"]["200"] = {"$ref": "#/components/responses/Thing"}
    assert of_response(acme, merged, BODY) == []
    merged["components"]["schemas"]["ThingDto"] = {"$ref": "http://127.0.0.1:9/x.json"}
    assert of_response(acme, merged, {"any": "thing"}) == []


def test_a_status_that_is_not_documented_is_checked_against_another_of_its_class(acme: catalog.Catalog) -> None:
    found = of_response(acme, document(sourced=False), {**BODY, "extra": 1}, 201)
    assert found == ["status: 201 → 200", "response.extra: not documented"]
    assert of_response(acme, document(sourced=False), {}, 404) == ["status: 404 → 200"]


def test_places_of_listed_values_are_found_through_unions_and_arrays(acme: catalog.Catalog) -> None:
    merged = document(sourced=False)
    content = merged["paths"]["/things/{thing_id}"]["get"]["responses"]["200"]["content"]["application/json"]
    content["schema"] = {"type": "array", "items": content["schema"]}
    operation = acme.operations["things.retrieve"]
    body = [{**BODY, "note": "fragile"}]
    places = judge(merged).open_places(operation, 200, "application/json", body)
    assert places == [[0, "kind"], [0, "note"]]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (None, False, False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"a": None}, {}, False),
        ([1, 2], [2, 1], False),
        ([1], [1, 1], False),
        ("1", 1, False),
    ],
)
def test_json_values_are_equal_as_json_has_it(left: Any, right: Any, same: bool) -> None:
    assert (list(json_differences(left, right)) == []) is same


def test_a_difference_names_its_place() -> None:
    found = list(json_differences({"a": [{"b": 1}], "c": 1}, {"a": [{"b": "1"}], "d": 1}))
    assert sorted(found) == ["$.a[0].b is '1' in place of 1", "$.c is missing", "$.d is added"]


@given(value=st.text(min_size=1))
def test_a_path_value_is_read_back_whatever_it_holds(acme: catalog.Catalog, value: str) -> None:
    try:
        quoted = quote(value, safe="")
    except UnicodeEncodeError:
        return
    found = path_values(acme.operations["things.retrieve"], f"/v1/things/{quoted}")
    assert found == {"thing_id": value}


def _recording(acme: catalog.Catalog, **changes: Any) -> recordings.Recording:
    return recordings.parse(json.dumps(har(**changes)), "tests/recordings/things.retrieve/x.har", acme)


def test_a_call_has_the_values_in_the_types_of_the_document(acme: catalog.Catalog) -> None:
    call = call_of(acme, acme.operations["things.retrieve"], _recording(acme))
    assert call is not None
    assert call.arguments == {"thing_id": "a/b", "sizes": [1, 2], "trace": "abc"}
    assert call.extra_query == {}


def test_a_query_that_is_part_of_the_path_is_no_argument(acme: catalog.Catalog) -> None:
    operation = acme.operations["things.retrieve"]
    marked = replace(operation, plan=replace(operation.plan, path=f"{operation.plan.path}?beta=true"))
    url = "https://api.acme.example/v1/things/a%2Fb?beta=true&sizes=1&sizes=2"
    call = call_of(acme, marked, _recording(acme, request__url=url))
    assert call is not None
    assert (call.arguments["thing_id"], call.arguments["sizes"], call.extra_query) == ("a/b", [1, 2], {})
    assert call_of(acme, marked, _recording(acme)) is None


@pytest.mark.parametrize(
    ("sent", "difference"),
    [
        ({}, None),
        ({"method": "POST"}, "the verb is POST"),
        ({"target": "/v1/things/a/b?sizes=1&sizes=2"}, "the path is"),
        ({"target": "/v1/things/a%2fb?sizes=2&sizes=1"}, None),
        ({"target": "/v1/things/a%2Fb?sizes=1"}, "the query is"),
        ({"target": "/v1/things/a%2Fb?sizes=1&sizes=2&sizes=2"}, "the query is"),
        ({"headers": {}}, "the header x-trace is None in place of 'abc'"),
        ({"headers": {"x-trace": "abc", "content-type": "application/json"}}, "the content type is application/json"),
        ({"text": "{}"}, "the body differs"),
    ],
)
def test_requests_are_compared_part_by_part(
    acme: catalog.Catalog, sent: dict[str, Any], difference: str | None
) -> None:
    operation = acme.operations["things.retrieve"]
    whole = {"method": "GET", "target": "/v1/things/a%2Fb?sizes=1&sizes=2", "headers": {"x-trace": "abc"}, "text": ""}
    found = request_differences(_recording(acme), operation, frozenset(), "/v1", {**whole, **sent})
    assert len(found) == (difference is not None)
    assert not difference or difference in found[0]


schemas = st.recursive(
    st.sampled_from(
        [
            {"type": "string"},
            {"type": "string", "format": "date-time"},
            {"type": "string", "format": "uuid"},
            {"type": "string", "enum": ["a", "b"]},
            {"type": "string", "minLength": 12, "maxLength": 14},
            {"type": "string", "format": "date-time", "minLength": 25, "maxLength": 25},
            {"type": "string", "format": "date-time", "minLength": 23, "maxLength": 23},
            {"type": "integer", "minimum": 5},
            {"type": "number", "maximum": -2},
            {"type": "boolean"},
            {"type": ["null", "string"]},
            {"const": 4},
            {},
        ]
    ),
    lambda inner: st.one_of(
        st.builds(lambda items, least: {"type": "array", "items": items, "minItems": least}, inner, st.integers(0, 3)),
        st.builds(lambda arm: {"anyOf": [{"type": "null"}, arm]}, inner),
        st.builds(
            lambda properties, needed: {
                "type": "object",
                "properties": properties,
                "required": sorted(properties)[:needed],
            },
            st.dictionaries(st.sampled_from("abc"), inner),
            st.integers(0, 3),
        ),
    ),
    max_leaves=12,
)


@given(schema=schemas)
def test_an_example_is_valid_by_its_schema(schema: dict[str, Any]) -> None:
    value = example(schema, lambda node: node)
    assert jsonschema_rs.is_valid(schema, value, validate_formats=True)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer", "examples": ["1685574000"]}, 1),
        ({"type": "integer", "examples": ["1685574000", 7]}, 7),
        ({"type": "string", "example": 1}, "string"),
        ({"type": "number", "example": True, "default": 2}, 2),
        ({"type": "integer", "example": 3.0}, 3.0),
        ({"type": ["string", "null"], "example": None}, None),
        ({"type": "array", "items": {"type": "string"}, "examples": ["a@example.com"]}, ["string"]),
        ({"type": "array", "items": {"type": "string"}, "examples": [["a", 1], ["b"]]}, ["b"]),
        ({"type": "object", "properties": {"a": {"type": "string"}}, "example": {"a": 1}}, {"a": "string"}),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}], "example": 5}, 5),
        ({"example": [1]}, [1]),
    ],
)
def test_a_documented_example_stands_for_a_schema_if_it_is_of_its_types(schema: dict[str, Any], value: Any) -> None:
    assert example(schema, lambda node: node) == value


@pytest.mark.parametrize(
    ("reads", "media_type", "schema", "text"),
    [
        ("events", "text/event-stream", {"type": "string"}, "data: string\n\n"),
        ("events", "text/event-stream", {"type": "integer"}, "data: 1\n\n"),
        ("lines", "application/x-ndjson", {"type": "string"}, '"string"\n'),
        ("", "application/json", {"type": "string"}, '"string"'),
    ],
)
def test_the_answer_that_is_made_for_a_stream_is_one(
    reads: str, media_type: str, schema: dict[str, Any], text: str
) -> None:
    answers = (plan.Answer("200", media_type, schema, reads=reads),)
    operation: Any = SimpleNamespace(plan=SimpleNamespace(answers=answers))
    known: Any = SimpleNamespace(resolve=lambda node: node)
    assert made.answer(known, operation).text == text


def test_text_that_holds_json_by_a_schema_is_made_by_it() -> None:
    schema = {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "integer"}}
    assert example(schema, lambda node: node) == "1"


@pytest.mark.parametrize("encoding", ["base64", "BASE64"])
def test_text_that_holds_bytes_is_made_as_such(encoding: str) -> None:
    assert example({"type": "string", "contentEncoding": encoding}, lambda node: node) == "AA=="


@pytest.mark.parametrize(("most", "made"), [(None, "0"), (0, "")])
def test_a_text_by_its_pattern_is_empty_only_where_it_must_be(most: int | None, made: str) -> None:
    schema = {"type": "string", "pattern": "^[0-9-]*$", **({} if most is None else {"maxLength": most})}
    assert example(schema, lambda node: node) == made


def test_an_example_of_a_model_that_contains_itself_ends() -> None:
    node: dict[str, Any] = {"type": "object", "required": ["next"], "properties": {}}
    node["properties"]["next"] = {"$ref": "#"}
    value = example(node, lambda schema: node if isinstance(schema, dict) and "$ref" in schema else schema)
    assert isinstance(value, dict)


@pytest.mark.parametrize(("least", "more"), [(None, []), (2, []), (2, [{"type": "integer"}])])
def test_an_example_of_a_tuple_that_contains_itself_ends(least: int | None, more: list[Any]) -> None:
    node: dict[str, Any] = {"type": "array", "prefixItems": [{"type": "string"}, {"anyOf": [{"$ref": "#"}, *more]}]}
    node |= {"minItems": least} if least else {}
    value = example(node, lambda schema: node if isinstance(schema, dict) and "$ref" in schema else schema)
    assert isinstance(value[1], list)


def test_pages_that_say_the_same_have_no_drift(tmp_path: Path) -> None:
    root = make(tmp_path)
    found = history.older_pages(Tree(root), catalog.load(Tree(root)), document(sourced=False))
    assert [page.page for page in found] == ["spec/pages/old.txt"]
    new = root / "spec/fragments/new/post-things.yaml"
    new.write_text(new.read_text().replace("age: 2", "age: 1"))
    found = history.older_pages(Tree(root), catalog.load(Tree(root)), document(sourced=False))
    assert [len(page.drifts) for page in found if page.page.endswith("new.txt")] == [0]


def test_an_object_that_needs_more_fields_has_its_own_before_others() -> None:
    fields = {"a": {"type": "string"}, "b": {"type": "integer"}, "c": False}
    schema = {"minProperties": 2, "properties": fields, "required": ["b"], "type": "object"}
    assert Maker(lambda found: found, optional=False).make(schema).keys() == {"a", "b"}
    assert Maker(lambda found: found, optional=False).make({**schema, "minProperties": 3}).keys() == {"a", "b", "key"}


def test_what_is_base64_by_its_encoding_has_an_example_that_is_base64() -> None:
    assert example({"type": "string", "contentEncoding": "base64"}, lambda found: found) == "AA=="


def test_an_answer_with_a_field_named_as_an_attribute_of_streams_is_no_stream() -> None:
    answer = SimpleNamespace(last_event_id="7")
    assert worker.whole(answer) is answer


def test_the_value_of_a_base_class_does_not_stand_where_its_heir_has_another() -> None:
    known = {
        "#/Base": {"discriminator": {"propertyName": "kind", "mapping": {"a": "#/A"}}},
        "#/Heir": {"allOf": [{"$ref": "#/Base"}], "properties": {"kind": {"enum": ["b"]}}, "required": ["kind"]},
    }
    assert example({"$ref": "#/Heir"}, lambda found: known.get(found.get("$ref"), found)) == {"kind": "b"}


def test_a_value_is_made_for_either_case_of_a_condition() -> None:
    schema = {
        "type": "object",
        "required": ["country"],
        "properties": {"country": {"enum": ["US", "CA"]}},
        "if": {"properties": {"country": {"const": "US"}}},
        "then": {"required": ["zip"], "properties": {"zip": {"type": "string"}}},
        "else": {"required": ["postal"], "properties": {"postal": {"type": "string"}}},
        "dependentSchemas": {"country": {"required": ["city"], "properties": {"city": {"const": "x"}}}},
    }
    made = [Maker(lambda one: one, choice=choice, optional=False).make(schema) for choice in (0, 1)]
    assert made == [
        {"country": "US", "zip": "string", "city": "x"},
        {"country": "CA", "postal": "string", "city": "x"},
    ]
