"""The corpus run on documents of our own: does it see what is right, and what is wrong?"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from scripts.contract.original.said import Parameter
from scripts.contract.original.source import Source
from scripts.contract.styles import in_path, in_query, same, texts
from scripts.corpus import __main__ as command
from scripts.corpus import report, structure
from scripts.corpus.entries import Entry, load
from scripts.corpus.exchanges import Author, Exchange, pick
from scripts.corpus.row import Row
from scripts.corpus.verdict import Judge
from scripts.documents import read
from scripts.generate.plan import Argument
from scripts.generate.plan import Operation as Planned
from scripts.problems import BadInput

PETS = """\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example/v1'}]
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Pet:
      type: object
      required: [id, petName]
      properties:
        id: {type: integer, readOnly: true}
        petName: {type: string, minLength: 3}
        born: {type: string, format: date, nullable: true}
security: [{key: []}]
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: array, items: {type: integer}}}]
    put:
      parameters:
      - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {a b: {type: string}}}}
      - {name: Idempotency-Key, in: header, required: true, schema: {type: string, format: uuid}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: Pet, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
"""
OLD = """\
swagger: '2.0'
info: {title: Old, version: '1'}
basePath: /old
consumes: [application/x-www-form-urlencoded]
paths:
  /things:
    post:
      parameters:
      - {name: size, in: formData, type: integer, required: true}
      - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: pipes}
      responses: {'204': {description: Done}}
"""
PLANNED = Planned(
    id="pets.replace", pointer="", verb="PUT", path="/pets/{id}", summary="", description="", source="", arguments=(),
    body="", body_optional=False, members="", answers=(), security=(), server="", deprecated=False,
    idempotency_header="idempotency-KEY",
)  # fmt: skip
NONE = "openapi: 3.0.3\ninfo: {title: [\n"


def corpus(folder: Path, **documents: tuple[str, str, int]) -> Path:
    """A corpus of documents: their text, what is expected of them, and how many operations they have."""
    rows = []
    for name, (text, expect, count) in documents.items():
        (folder / "own").mkdir(exist_ok=True)
        (folder / "own" / f"{name}.yaml").write_text(text, encoding="utf-8")
        rows.append({"name": name, "entry": f"own/{name}.yaml", "expect": expect, "operations": count})
    (folder / "index.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, dict[str, Any]], Path]:
    """Exit code, documents by name, and the folder of reports."""
    folder = corpus(
        tmp_path_factory.mktemp("corpus"), pets=(PETS, "ok", 1), old=(OLD, "ok", 1), none=(NONE, "reject", 0)
    )
    code = command.main([str(folder), "--out", str(folder / "out"), "--jobs", "1"])
    found = json.loads((folder / "out/corpus.json").read_text(encoding="utf-8"))
    return code, {one["entry"]["name"]: one for one in found["documents"]}, folder / "out"


def test_sound_documents_meet_every_bar(proved: tuple[int, dict[str, dict[str, Any]], Path]) -> None:
    code, documents, _ = proved
    columns = ("total", "out", "importable", "typed", "sync", "asynchronous", "kit")
    for name in ("pets", "old"):
        assert [documents[name][column] for column in columns] == [1] * 7, documents[name]
    assert (code, documents["pets"]["misses"]) == (0, [])


def test_a_document_to_refuse_is_refused_with_file_and_line(
    proved: tuple[int, dict[str, dict[str, Any]], Path],
) -> None:
    told = proved[1]["none"]["refused"]
    assert len(told) == 1
    assert told[0].startswith("spec/none.yaml:")


def test_three_reports_are_written_and_the_page_needs_nothing_else(
    proved: tuple[int, dict[str, dict[str, Any]], Path],
) -> None:
    assert sorted(file.name for file in proved[2].iterdir()) == ["corpus.html", "corpus.json", "corpus.md"]
    page = (proved[2] / "corpus.html").read_text(encoding="utf-8")
    assert "<td>pets</td>" in page
    assert "src=" not in page
    assert "| pets | ok | 1 | 1 | 1 | 1 | 1 | 1 | 1 |" in (proved[2] / "corpus.md").read_text(encoding="utf-8")


def test_a_document_to_refuse_that_a_validator_finds_valid_must_give_a_complete_package() -> None:
    row = Row(Entry("a", "b/a.yaml", "reject", 1), total=1, out=1, importable=1, typed=1)
    assert row.misses() == ["it was not refused"]
    row.is_valid = True
    assert row.misses() == []
    row.typed = 0
    assert row.misses() == ["typed: 0 of 1"]


def test_a_document_to_refuse_is_shown_to_an_independent_validator(tmp_path: Path) -> None:
    valid = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n"
    folder = corpus(tmp_path, good=(valid, "reject", 0), bad=(f"{valid}tags: 5\n", "reject", 0))
    command.main([str(folder), "--out", str(folder / "out")])
    good, bad = json.loads((folder / "out/corpus.json").read_text(encoding="utf-8"))["documents"]
    assert (good["misses"], bad["misses"]) == ([], ["it was not refused"])


def test_a_document_that_should_be_complete_and_is_refused_misses_its_bar(tmp_path: Path) -> None:
    assert command.main([str(corpus(tmp_path, none=(NONE, "ok", 1))), "--out", str(tmp_path / "out")]) == 1


def test_a_proof_that_ends_early_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    folder = corpus(tmp_path, gone=(NONE, "ok", 1), none=(NONE, "reject", 0))
    (folder / "own/gone.yaml").unlink()
    command.main([str(folder), "--out", str(folder / "out")])
    gone, none = json.loads((folder / "out/corpus.json").read_text(encoding="utf-8"))["documents"]
    assert "FileNotFoundError" in gone["misses"][0]
    assert none["misses"] == []


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, []),
        ({"out": 2}, ["out: 2 of 3"]),
        ({"typed": 2, "type_faults": ["x.py:1: no"]}, ["typed: 2 of 3 (x.py:1: no)"]),
        ({"type_faults": ["models/x.py:1: no"]}, ["typed: 3 of 3 (models/x.py:1: no)"]),
        ({"crash": "ended with -11"}, ["crash: ended with -11"]),
        ({"strays": ["x"]}, ["stray file x"]),
        ({"largest": 210_000}, ["a module of models of 210 kB"]),
        ({"cycle": ["a", "b", "a"]}, ["an import cycle: a -> b -> a"]),
        ({"pyright": 2, "pyright_faults": ["x.py:1: no"]}, ["pyright: 2 of 3 (x.py:1: no)"]),
    ],
)
def test_each_bar_that_is_missed_is_told(change: dict[str, Any], missed: list[str]) -> None:
    row = Row(Entry("a", "b/a.yaml", "ok", 3), **{"total": 3, "out": 3, "importable": 3, "typed": 3, **change})
    assert row.misses() == missed


@pytest.mark.parametrize(
    ("modules", "found"),
    [
        ({"a": "from .b import x", "b": "x = 1"}, []),
        ({"a": "from .b import x", "b": "import p.a\nx = 1"}, ["p.a", "p.b", "p.a"]),
        (
            {"a": "try:\n    from . import b\nexcept ImportError:\n    pass", "b": "from .a import y"},
            ["p.a", "p.b", "p.a"],
        ),
        ({"a": "from .b import x", "b": "if TYPE_CHECKING:\n    from .a import y\nx = 1"}, []),
        ({"a": "from .b import x", "b": "def f():\n    from .a import y\nx = 1"}, []),
        ({"__init__": "from .a import y", "a": "from . import z"}, ["p", "p.a", "p"]),
        ({"__init__": "from .a import y", "a": "from . import b", "b": ""}, []),
    ],
)
def test_modules_that_import_each_other_as_they_are_loaded_are_a_cycle(
    tmp_path: Path, modules: dict[str, str], found: list[str]
) -> None:
    (tmp_path / "p").mkdir()
    for name, text in {"__init__": "", **modules}.items():
        (tmp_path / "p" / f"{name}.py").write_text(text)
    seen = structure.cycle(tmp_path / "p")
    assert {*seen} == {*found}
    assert len(seen) == len(found)
    assert structure.largest(tmp_path / "p") == max(len(text) for text in modules.values())


def test_a_hundredth_may_fail_when_called_and_no_more() -> None:
    entry = Entry("a", "b/a.yaml", "ok", 100)
    row = Row(entry, 100, 100, 100, 100, 99, 98, 97)
    assert report.misses([row]) == ["driven (async): 98 of 100", "driven (kit): 97 of 100"]


def test_an_index_that_leads_out_of_the_corpus_is_refused(tmp_path: Path) -> None:
    rows = [{"name": "../x", "entry": "a/../../b.yaml", "expect": "ok", "operations": 1}]
    (tmp_path / "index.json").write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(BadInput, match="outside of the corpus"):
        load(tmp_path)


def test_the_two_sides_of_a_document_differ_in_what_is_read_only() -> None:
    source = Source("pets.yaml", read(PETS, "pets.yaml").data)
    for original, faults in ((source.request, 0), (source.response, 1)):
        schema = original.data["components"]["schemas"]["Pet"]
        assert len(original.faults(schema, {"petName": "Ada"})) == faults
        assert original.faults(schema, {"id": 1, "petName": "A"}) == ['$.petName: "A" is shorter than 3 characters']


@pytest.mark.parametrize(
    ("style", "explode", "value", "raw"),
    [
        ("form", True, [1, 2], "x=1&x=2"),
        ("form", False, [1, "a,b"], "x=1,a%2Cb"),
        ("pipeDelimited", False, ["a", "b"], "x=a%7Cb"),
        ("spaceDelimited", False, ["a", "b"], "x=a%20b"),
        ("deepObject", True, {"a b": True}, "x%5Ba%20b%5D=true"),
        ("form", True, {"a": 1}, "a=1"),
        ("form", False, {"a": 1.0}, "x=a,1"),
    ],
)
def test_a_query_is_taken_apart_by_its_style(style: str, explode: bool, value: Any, raw: str) -> None:
    pairs = [(key, text) for key, _, text in (part.partition("=") for part in raw.split("&"))]
    found = in_query(Parameter("x", "query", {}, False, style, explode, ""), pairs, value)
    assert same(texts(value), found)
    assert pairs == []


@pytest.mark.parametrize(
    ("style", "explode", "value", "raw"),
    [
        ("simple", False, ["a", "b"], "a,b"),
        ("simple", True, {"a": 1}, "a=1"),
        ("label", True, ["a", "b"], ".a.b"),
        ("matrix", True, ["a", "b"], ";x=a;x=b"),
        ("matrix", False, "a/b", ";x=a%2Fb"),
    ],
)
def test_a_path_is_taken_apart_by_its_style(style: str, explode: bool, value: Any, raw: str) -> None:
    assert same(texts(value), in_path(Parameter("x", "path", {}, True, style, explode, ""), raw, value))


@pytest.mark.parametrize(
    ("headers", "told"),
    [({}, "was not sent"), ({"idempotency-key": "k"}, "is 'k'"), ({"idempotency-key": f"{UUID(int=1)}"}, "")],
)
def test_a_header_that_the_client_fills_must_be_sent_as_the_document_wants_it(
    headers: dict[str, str], told: str
) -> None:
    original = Source("pets.yaml", read(PETS, "pets.yaml").data).request
    said = original.operations["/pets/{id}", "put"]
    made = Author(original, original).exchange(said, PLANNED)
    sent = {"method": "PUT", "target": "/v1/pets/1", "headers": headers, "text": ""}
    faults = [
        *made.problems,
        *Judge(original, "/v1").faults(made, [{"sent": sent, "value": None} for _ in made.answers]),
    ]
    keyed = [fault for fault in faults if "Idempotency" in fault]
    assert [told in fault for fault in keyed] == [True] * bool(told)


@pytest.mark.parametrize(("raw", "right"), [("q=a&tags=b&tags=c", True), ("q=a&tags=b", False), ("q=a", False)])
def test_a_whole_query_is_the_form_that_was_given(raw: str, right: bool) -> None:
    original = Source("pets.yaml", read(PETS, "pets.yaml").data).request
    whole = Parameter("all", "querystring", {}, True, "form", True, "application/x-www-form-urlencoded")
    made = Exchange(original.operations["/pets/{id}", "put"], PLANNED)
    made.values.append((whole, {"q": "a", "tags": ["b", "c"]}))
    assert (list(Judge(original, "/v1")._query(made, raw)) == []) is right


def test_a_schema_that_binds_a_name_is_judged_with_what_it_is_bound_to() -> None:
    page = {
        "$dynamicAnchor": "T",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": {"$dynamicRef": "#T"}}},
    }
    numbers = {"$ref": "#/components/schemas/Page", "$defs": {"T": {"$dynamicAnchor": "T", "type": "integer"}}}
    data = {"openapi": "3.1.0", "info": {}, "components": {"schemas": {"Page": page, "Numbers": numbers}}}
    original = Source("pages.json", data).response
    schema = original.data["components"]["schemas"]["Numbers"]
    assert pick(original, schema, {}, bool, documented=False) == {"items": [1]}
    assert len(original.faults(schema, {"items": ["a"]})) == 1


def test_a_discriminator_of_swagger_names_the_class_that_is_answered() -> None:
    pet = {"type": "object", "discriminator": "kind", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    answer = {"responses": {"200": {"description": "Pet", "schema": {"$ref": "#/definitions/Pet"}}}}
    old = {"swagger": "2.0", "info": {}, "definitions": {"Pet": pet}, "paths": {"/pet": {"get": answer}}}
    original = Source("old.json", old).response
    assert pick(original, original.data["paths"]["/pet"]["get"]["responses"]["200"]["schema"], {}, bool) == {
        "kind": "Pet"
    }


def test_null_beside_a_union_is_one_of_its_values_and_content_without_a_media_type_is_json() -> None:
    union = {"type": "null", "oneOf": [{"type": "string"}, {"type": "number"}]}
    held = {"content": {"": {"schema": union}}}
    post = {"requestBody": held, "responses": {"200": {"description": "ok", **held}}}
    said = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"post": post}}}
    operation = (original := Source("a.yaml", said).request).operations["/a", "post"]
    for media in (operation.body, operation.answers["200"]):
        assert list(media) == ["application/json"]
        assert [original.faults(media["application/json"]["schema"], value) for value in ("a", 1, None)] == [[]] * 3
        assert original.faults(media["application/json"]["schema"], [])


B = {"properties": {"b": {"type": "integer"}}, "required": ["b"]}
CLOSED = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": False}
KINDS: dict[str, Any] = {
    "Closed": CLOSED,
    "Base": {
        "type": "object",
        "discriminator": {"propertyName": "kind"},
        "properties": {"kind": {"type": "string", "enum": ["first", "second"]}},
    },
    "Heir": {
        "allOf": [{"$ref": "#/components/schemas/Base"}],
        "x-ms-discriminator-value": "first",
        "properties": {"name": {"type": "string"}, "size": {"type": "integer"}},
        "required": ["name"],
    },
}
OF_CLOSED = [{"$ref": "#/components/schemas/Closed"}]
OF_BASE = {"$ref": "#/components/schemas/Base"}
CONTRADICTIONS: list[tuple[Any, Any]] = [
    ({"type": "string", "enum": [True, False]}, True),
    ({"type": "integer", "enum": ["1", "2"]}, "1"),
    ({**CLOSED, "required": ["a", "b"]}, {"a": 1}),
    ({"$ref": "#/components/schemas/Closed", "type": "string"}, {"a": 1}),
    ({"$ref": "#/components/schemas/Closed", "allOf": {"0": {}}}, {"a": 1}),
    ({"type": "string", "pattern": "/^[a-f]+$/"}, "a"),
    ({"allOf": [*OF_CLOSED, B]}, {"a": 1, "b": 1}),
    ({**B, "allOf": OF_CLOSED, "additionalProperties": {"type": "object"}}, {"a": 1, "b": 1}),
    (OF_BASE, {"kind": "first", "name": "string"}),
    ({"allOf": [OF_BASE]}, {"kind": "first", "name": "string"}),
]


@pytest.mark.parametrize(("schema", "value"), CONTRADICTIONS)
def test_a_value_is_found_where_the_letter_allows_none_and_the_meaning_is_plain(schema: Any, value: Any) -> None:
    answers = {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}}
    said = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": answers}}},
    }
    original = Source("a.yaml", {**said, "components": {"schemas": KINDS}}).response
    held = original.operations["/a", "get"].answers["200"]["application/json"]
    assert pick(original, held["schema"], held, lambda value: True, documented=False) == value


def test_a_parameter_that_may_be_left_out_has_no_member_that_another_one_sends() -> None:
    range_ = {"type": "object", "properties": {"from": {"type": "integer"}}}
    parameters = [{"in": "query", "name": name, "schema": range_} for name in ("size", "age")]
    get = {"parameters": parameters, "responses": {"204": {"description": "ok"}}}
    said = {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": get}}}
    original = Source("a.yaml", said).request
    arguments = tuple(Argument(name, name, range_, required=False, place="query") for name in ("size", "age"))
    made = Author(original, original).exchange(original.operations["/a", "get"], replace(PLANNED, arguments=arguments))
    assert made.call.arguments == {"size": {"from": 1}}
