"""Does merge take whole documents, and anything at all, without harm?"""

from __future__ import annotations

import contextlib
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from merge_project import API, Json, about, answer, body, fragment, merged, project, ref, table

from scripts import documents, merge
from scripts.merge.sources import rebased
from scripts.problems import BadInput
from scripts.tree import Tree

ANY_ROOT = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

WHOLE = """\
openapi: 3.0.3
info: {title: Whole, version: '2'}
paths:
  /a:
    get:
      responses:
        '200': {description: OK, content: {application/json: {schema: {$ref: 'parts/a.yaml#/A'}}}}
components:
  schemas:
    B: {type: object}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: a, version: b}
actions:
  - {target: $.info, description: why, update: {title: Corrected}}
"""


def with_document(root: Path, name: str = "vendor/whole.yaml", text: str = WHOLE, **more: str) -> Tree:
    tree = project(root)
    for path, content in {f"spec/{name}": text, **more}.items():
        tree.replace([path], {path: content})
    return tree


def api(*names: str) -> Any:
    return replace(API, documents=names)


def test_an_only_document_passes_as_it_is(tmp_path: Path) -> None:
    tree = with_document(tmp_path)
    outcome = merge.run(tree, api("vendor/whole.yaml"))
    assert (outcome.files, outcome.problems) == ({}, ())
    assert merge.entry(tree, api("vendor/whole.yaml")) == "spec/vendor/whole.yaml"


def test_an_only_document_with_corrections_is_written_with_its_sources(tmp_path: Path) -> None:
    tree = with_document(tmp_path, **{"spec/overlay.yaml": OVERLAY})
    document = merged(merge.run(tree, api("vendor/whole.yaml")))
    assert merge.entry(tree, api("vendor/whole.yaml")) == merge.MERGED
    assert document["info"]["title"] == "Corrected"
    assert document["openapi"] == "3.0.3"
    assert document["paths"]["/a"]["get"]["x-source"] == "spec/vendor/whole.yaml:5"
    assert document["components"]["schemas"]["B"]["x-source"] == "spec/vendor/whole.yaml:10"


def test_references_in_a_corrected_document_stay_and_it_names_the_file_they_start_from(tmp_path: Path) -> None:
    tree = with_document(tmp_path, **{"spec/overlay.yaml": OVERLAY})
    document = merged(merge.run(tree, api("vendor/whole.yaml")))
    assert document["x-base"] == "spec/vendor/whole.yaml"
    assert "'parts/a.yaml#/A'" in str(document)


def test_references_of_a_document_beside_pages_are_written_from_where_the_merged_document_stands(
    tmp_path: Path,
) -> None:
    tree = project(tmp_path, fragment("p", "GET /b", {}))
    tree.replace(["spec/vendor/*"], {"spec/vendor/whole.yaml": WHOLE})
    assert "'vendor/parts/a.yaml#/A'" in str(merged(merge.run(tree, api("vendor/whole.yaml"))))


@pytest.mark.parametrize(
    ("reference", "becomes"),
    [
        ("#/components/schemas/A", "#/components/schemas/A"),
        ("a.yaml", "v/w/a.yaml"),
        ("../a.yaml#/A", "v/a.yaml#/A"),
        ("../../../a.yaml", "../a.yaml"),
        ("https://x.y/a.yaml#/A", "https://x.y/a.yaml#/A"),
        ("/a.yaml", "/a.yaml"),
    ],
)
def test_a_reference_leads_to_the_same_file_after_the_move(reference: str, becomes: str) -> None:
    assert rebased({"x": [{"$ref": reference}]}, "spec/v/w") == {"x": [{"$ref": becomes}]}


def test_a_field_called_ref_is_no_reference() -> None:
    data = {"properties": {"$ref": {"type": "string"}}}
    assert rebased(data, "spec/v") == data


def test_a_document_beside_pages_is_one_more_source_and_outweighs_those_of_its_age(tmp_path: Path) -> None:
    document = documents.read(WHOLE.replace("parts/a.yaml#/A", "#/components/schemas/B"), "x").data
    tree = project(tmp_path, fragment("p", "GET /a", {"summary": "page"}), fragment("p", "GET /b", {}))
    tree.replace(["spec/whole.yaml"], {"spec/whole.yaml": documents.write(document)})
    outcome = merge.run(tree, api("whole.yaml"))
    assert list(merged(outcome)["paths"]) == ["/a", "/b"]
    assert merged(outcome)["info"]["title"] == "Whole"
    assert merged(outcome)["openapi"] == "3.1.0"
    assert about(outcome.problems, "a document source outweighs a markdown one")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("swagger: '2.0'\npaths: {/b: {get: {}}}\n", "Swagger 2.0"),
        ("openapi: 3.1.0\npaths: {/b: {$ref: b.yaml}}\n", "stands elsewhere"),
        ("just: text\n", "no OpenAPI document"),
        ("openapi: [\n", "neither JSON nor YAML"),
    ],
)
def test_a_document_that_cannot_be_merged_is_a_problem(tmp_path: Path, text: str, words: str) -> None:
    tree = project(tmp_path, fragment("p", "GET /a", {}))
    tree.replace(["spec/whole.yaml"], {"spec/whole.yaml": text})
    with pytest.raises(BadInput, match=words) as caught:
        merge.run(tree, api("whole.yaml"))
    assert caught.value.problems[0].where == "spec/whole.yaml"


def test_a_missing_document_is_a_problem(tmp_path: Path) -> None:
    for text in ("", OVERLAY):
        tree = project(tmp_path, overlay=text)
        with pytest.raises(BadInput, match=r"spec/none\.yaml: The API's document is missing"):
            merge.run(tree, api("none.yaml"))


def test_a_project_without_sources_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing to merge"):
        merge.run(project(tmp_path), API)


def test_every_unsound_fragment_is_told_at_once(tmp_path: Path) -> None:
    tree = project(tmp_path, {"page": 1}, fragment("p", "GET /a", {}) | {"kind": "guess"})
    tree.replace(["spec/fragments/z.yaml"], {"spec/fragments/z.yaml": "a: [\n"})
    with pytest.raises(BadInput) as caught:
        merge.run(tree, API)
    assert {problem.where.rpartition("fragments/")[2] for problem in caught.value.problems} == {
        "p000/op.yaml",
        "p001/op.yaml",
        "z.yaml",
    }


# Whatever the pages say

_ages = st.integers(1, 3)
_kinds = st.sampled_from(["rendered", "markdown"])
_types: st.SearchStrategy[Any] = st.sampled_from(
    [{"type": "string"}, {"type": "array"}, {"type": ["string", "null"]}, {}]
)
_schema = st.dictionaries(st.sampled_from("abcdefgh"), _types, max_size=8).map(lambda fields: table(**fields))
_status = st.sampled_from(["200", "201", "2XX", "500"])


@st.composite
def _pages(draw: Any) -> Json:
    call = draw(st.sampled_from(["GET /x", "GET /x/{id}", "GET /x/{x_id}", "POST /x"]))
    schemas = draw(st.dictionaries(st.sampled_from(["One", "Two"]), _schema, max_size=2))
    shown = st.one_of(_schema, st.sampled_from([ref("One"), ref("Two")]))
    operation: Json = {"responses": {status: answer(draw(shown)) for status in draw(st.sets(_status, max_size=3))}}
    if draw(st.booleans()):
        operation["requestBody"] = body(draw(shown))
    if draw(st.booleans()):
        operation["security"] = draw(st.sampled_from([[], [{"key": []}]]))
    url = draw(st.sampled_from(["https://a.com", "https://b.com", "http://localhost"]))
    return fragment(
        f"p{draw(st.integers(0, 10_000))}",
        call,
        operation,
        kind=draw(_kinds),
        age=draw(_ages),
        unstated=draw(st.sampled_from([(), ("status", "errors")])),
        schemas=schemas,
        servers=[{"url": url}],
    )


@ANY_ROOT
@given(st.lists(_pages(), min_size=1, max_size=6, unique_by=lambda page: page["page"]), st.randoms())
def test_merging_does_not_depend_on_the_order_of_fragments(
    tmp_path: Path, pages: list[Json], chance: random.Random
) -> None:
    one = merge.run(project(tmp_path, *pages), API)
    chance.shuffle(pages)
    other = merge.run(project(tmp_path, *pages), API)
    assert one.files == other.files
    assert one.problems == other.problems


@ANY_ROOT
@given(st.lists(_pages(), min_size=1, max_size=5, unique_by=lambda page: page["page"]))
def test_no_operation_is_lost_and_none_appears(tmp_path: Path, pages: list[Json]) -> None:
    document = merged(merge.run(project(tmp_path, *pages), API))
    calls = {page["operation"].replace("x_id", "id") for page in pages}
    found = {f"{m.upper()} {path.replace('x_id', 'id')}" for path, item in document["paths"].items() for m in item}
    assert found == calls


_KEYWORDS = re.findall(
    r"\S+",
    "parameters responses requestBody content schema properties items anyOf enum type required $ref security servers "
    "url tags name in discriminator mapping 200 2XX default nullable x-y x-inferred-from description application/json",
)
_junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(_KEYWORDS),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=25,
)


@ANY_ROOT
@given(st.lists(st.tuples(_junk, _junk, _junk), min_size=1, max_size=3), _kinds)
def test_no_content_of_a_page_breaks_the_run(tmp_path: Path, contents: list[Any], kind: str) -> None:
    pages = []
    for number, (operation, components, head) in enumerate(contents):
        page = fragment(f"p{number}", "GET /a", {}, kind=kind, age=number % 2, unstated=("status", "errors", "fields"))
        page["document"]["paths"]["/a"]["get"] = operation if isinstance(operation, dict) else {}
        schemas = {"A": components, "B": {"type": "object", "properties": {"a": components}, "required": head}}
        put = {"requestBody": body(schemas["B"]), "responses": {"200": answer(ref("B"))}}
        page["document"]["paths"]["/b"] = {"put": put}
        page["document"]["components"] = {"schemas": schemas, "securitySchemes": components}
        page["document"] |= head if isinstance(head, dict) else {"info": head, "openapi": head}
        pages.append(page)
    with contextlib.suppress(BadInput):
        merge.run(project(tmp_path, *pages), API)
