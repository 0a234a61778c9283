"""Are requests written and read in each documented style, and does a package of such a document pass its own proof?"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import contract, project
from scripts.__main__ import main
from scripts.contract import catalog, importer, recordings, styles
from scripts.contract.original.said import Parameter
from scripts.documents import write
from scripts.tree import Tree

LIST, OBJECT = ["blue", "black"], {"R": 100, "G": 200}


def parameter(place: str, style: str, explode: bool, media_type: str = "") -> Parameter:
    return Parameter("color", place, {}, True, style, explode, media_type)


@pytest.mark.parametrize(
    ("style", "explode", "value", "text"),
    [
        ("simple", False, "a/b", "a%2Fb"),
        ("simple", False, LIST, "blue,black"),
        ("simple", False, OBJECT, "R,100,G,200"),
        ("simple", True, OBJECT, "R=100,G=200"),
        ("label", False, "blue", ".blue"),
        ("label", False, LIST, ".blue,black"),
        ("label", True, LIST, ".blue.black"),
        ("label", True, OBJECT, ".R=100.G=200"),
        ("matrix", False, "blue", ";color=blue"),
        ("matrix", False, LIST, ";color=blue,black"),
        ("matrix", True, LIST, ";color=blue;color=black"),
        ("matrix", False, OBJECT, ";color=R,100,G,200"),
        ("matrix", True, OBJECT, ";R=100;G=200"),
    ],
)
def test_a_path_has_the_form_of_its_style_and_is_read_back(style: str, explode: bool, value: Any, text: str) -> None:
    said = parameter("path", style, explode)
    assert styles.to_path(said, value) == text
    assert styles.in_path(said, text, value) == styles.texts(value)


@pytest.mark.parametrize(
    ("style", "explode", "value", "query"),
    [
        ("form", True, "a&b", "?color=a%26b"),
        ("form", True, LIST, "?color=blue&color=black"),
        ("form", False, LIST, "?color=blue,black"),
        ("form", True, OBJECT, "?R=100&G=200"),
        ("form", False, OBJECT, "?color=R,100,G,200"),
        ("spaceDelimited", False, LIST, "?color=blue%20black"),
        ("pipeDelimited", False, LIST, "?color=blue%7Cblack"),
        ("deepObject", True, OBJECT, "?color%5BR%5D=100&color%5BG%5D=200"),
    ],
)
def test_a_query_has_the_form_of_its_style_and_is_read_back(style: str, explode: bool, value: Any, query: str) -> None:
    said = parameter("query", style, explode)
    assert styles.query_text(styles.to_query(said, value)) == query
    assert styles.in_query(said, styles.to_query(said, value), value) == styles.texts(value)


def test_what_is_described_by_a_media_type_is_json_wherever_it_stands() -> None:
    said = parameter("query", "form", True, "application/json")
    assert styles.query_text(styles.to_query(said, {"a": [1]})) == "?color=%7B%22a%22%3A%20%5B1%5D%7D"
    assert styles.to_path(said, ["a"]) == "%5B%22a%22%5D"
    assert styles.to_header(said, {"a": 1}) == '{"a": 1}'


@given(
    texts=st.lists(st.text(max_size=3), min_size=2, max_size=3),
    style=st.sampled_from(sorted(styles.BETWEEN)),
)
def test_a_list_whose_items_hold_their_own_separator_counts_as_not_carried(texts: list[str], style: str) -> None:
    said = parameter("query", style, False)
    try:
        carried = styles.reads_back_in_query(said, texts)
    except UnicodeEncodeError:
        return
    if carried:
        assert styles.in_query(said, styles.to_query(said, texts), texts) == texts


Leaf = st.text("abc/&=[] é", min_size=1, max_size=4)
Deep = st.recursive(
    Leaf, lambda inner: st.dictionaries(st.text("abcd", min_size=1, max_size=3), inner, min_size=1, max_size=3)
)


@given(value=Deep)
def test_what_stands_in_brackets_is_read_back_as_deep_as_it_goes(value: Any) -> None:
    pairs = parse_qsl(urlencode([*styles.brackets("card", value, numbered=True), ("other", "1"), ("cards[x]", "2")]))
    assert styles.out_of_brackets("card", pairs) == value


ADDRESS = {
    "type": "object",
    "required": ["line", "geo"],
    "properties": {
        "line": {"type": "string"},
        "geo": {"type": "object", "required": ["lat"], "properties": {"lat": {"type": "number"}}},
    },
}
FORM = {
    "type": "object",
    "required": ["scope", "items", "tags", "codes", "meta", "note"],
    "properties": {
        "scope": {"anyOf": [ADDRESS, {"type": "string", "enum": [""]}]},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["price", "sizes"],
                "properties": {"price": {"type": "integer"}, "sizes": {"type": "array", "items": {"type": "integer"}}},
            },
        },
        "tags": {"type": "array", "items": {"type": "string"}},
        "codes": {"type": "array", "items": {"type": "integer"}},
        "meta": {"type": "object", "additionalProperties": {"type": "string"}},
        "note": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
    },
}
ENCODING = {
    "scope": {"style": "deepObject", "explode": True},
    "items": {"style": "deepObject", "explode": True},
    "codes": {"style": "form", "explode": False},
    "note": {"contentType": "application/json"},
}
FAULT = {"500": {"description": "No", "content": {"application/json": {"schema": {"type": "object"}}}}}


def _in(place: str, name: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "required": True, "schema": schema, **more}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://api.shop.example"}],
    "paths": {
        "/orders": {
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {"application/x-www-form-urlencoded": {"schema": FORM, "encoding": ENCODING}},
                },
                "responses": FAULT,
            },
            "get": {
                "parameters": [
                    _in("query", "near", ADDRESS["properties"]["geo"], style="deepObject"),
                    _in("query", "page", {"type": "object", "properties": {"size": {"type": "integer"}}}),
                    _in("query", "ids", {"type": "array", "items": {"type": "integer"}}, explode=False),
                    _in("query", "kinds", {"type": "array", "items": {"type": "string"}}, style="pipeDelimited"),
                    _in("header", "X-Marks", {"type": "array", "items": {"type": "string"}}),
                ],
                "responses": FAULT,
            },
        },
        "/orders/{id}/parts{of}": {
            "parameters": [_in("path", "id", {"type": "array", "items": {"type": "integer"}}, style="label")],
            "delete": {
                "parameters": [_in("path", "of", {"type": "string"}, style="matrix")],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"type": "object", "properties": {"why": {"type": "string"}}}}
                    }
                },
                "responses": FAULT,
            },
        },
    },
}
SETTINGS = '[package]\nname = "shop"\n\n[sources]\ndocuments = ["source/shop.yaml"]\n'


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose document has a bit of every style, through the flow up to its contract."""
    root = tmp_path_factory.mktemp("shop")
    (root / "spec/source").mkdir(parents=True)
    (root / "spec/api.toml").write_text(SETTINGS)
    (root / "spec/source/shop.yaml").write_text(write(DOCUMENT))
    assert main(["contract", "--project", str(root)]) == 0
    return root


def test_the_package_passes_what_is_made_of_a_document_with_every_style(shop: Path) -> None:
    tree = Tree(shop)
    known = catalog.load(tree)
    found, unreadable = recordings.load(tree, known, importer.documented(tree, known)[0])
    findings = contract.examined(tree, project.load(tree), known, found, unreadable)
    assert [verdict.failures for verdict in findings.verdicts if verdict.word != "passes"] == []
    assert {verdict.operation.id for verdict in findings.verdicts} == set(known.operations)
    assert [failure for one in findings.vectored for failure in one.failures] == []


def test_the_form_of_such_a_recording_has_brackets_numbers_and_json_where_its_encoding_says_so(shop: Path) -> None:
    tree = Tree(shop)
    known = catalog.load(tree)
    found, _ = recordings.load(tree, known, importer.documented(tree, known)[0])
    form = next(one for one in found if one.request_type.endswith("urlencoded"))
    assert parse_qsl(form.request_text) == [
        ("scope[line]", "string"),
        ("scope[geo][lat]", "1"),
        ("items[0][price]", "1"),
        ("items[0][sizes][0]", "1"),
        ("tags", "string"),
        ("codes", "1"),
        ("meta[key]", "string"),
        ("note", '{"text": "string"}'),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [("text/plain", '"as" is', '"as" is'), ("application/jsonl", ["a"], '["a"]'), ("application/json", "a", '"a"')],
)
def test_a_parameter_of_another_media_type_than_json_is_text_where_its_value_is(
    kind: str, value: Any, written: str
) -> None:
    parameter = Parameter("q", "query", {}, False, "form", True, kind)
    pairs = styles.to_query(parameter, value)
    assert [unquote(text) for _, text in pairs] == [written]
    assert styles.in_query(parameter, pairs, value) == styles.texts(value)
