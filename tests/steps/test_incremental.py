"""Is the canonical document of what changed since the last run the one that a run without a memory makes?"""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scripts import normalize
from scripts.documents import Document
from scripts.normalize.context import Context
from scripts.problems import Problem
from scripts.project import Api
from scripts.tree import Tree

Json = dict[str, Any]
API = Api("zoo", "Zoo", "0.1.0", documents=("api.json",))
TEXT: Json = {"type": "string"}


def to(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def of(**properties: Any) -> Json:
    return {"type": "object", "properties": properties}


def content(schema: Json, media_type: str = "application/json") -> Json:
    return {"content": {media_type: {"schema": schema}}}


def answer(schema: Json) -> Json:
    return {"responses": {"200": {"description": "It", **content(schema)}}}


ZOO: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Zoo", "version": "1"},
    "paths": {
        "/pets": {
            "get": answer({"type": "array", "items": to("Pet")}),
            "post": {"requestBody": content(to("Pet")), **answer(to("Cage"))},
            "put": {"requestBody": content({"anyOf": [to("Visit"), {"type": "null"}]}), **answer(to("Visit"))},
        },
        "/owners": {
            "get": answer(to("Owner")),
            "post": {"requestBody": content(to("Account")), **answer(to("Account"))},
            "put": {"requestBody": content(to("Photo"), "multipart/form-data"), **answer(to("Tag"))},
        },
        "/shapes": {"get": answer(to("Shape")), "post": {"requestBody": content(to("Arrow")), **answer(to("Sign"))}},
        "/nodes": {"get": answer(to("Node"))},
        "/found": {"get": answer({"anyOf": [to("Found"), to("Lost")]})},
        "/keepers": {"get": answer(of(keeper=of(name=TEXT), tags={"type": "array", "items": to("Tag")}))},
        "/base": {"get": answer(to("Animal"))},
        "/receipts": {"get": answer(to("Receipt"))},
    },
    "components": {
        "schemas": {
            "Pet": {**of(name=TEXT, owner=to("Owner"), cage=of(bars={"type": "integer"})), "required": ["name"]},
            "Owner": of(name=TEXT, tag=to("Tag"), address=of(street=TEXT, place=of(x=TEXT))),
            "Cage": of(pets={"type": "array", "items": to("Pet")}, door={"anyOf": [of(a=TEXT), of(b=TEXT)]}),
            "Cat": {"allOf": [to("Pet"), of(meow=TEXT)]},
            "Kitten": {"allOf": [to("Cat"), of(age={"type": "integer"})]},
            "Tag": of(text=TEXT, kind=to("Kind")),
            "Kind": {"type": "string", "enum": ["a", "b"]},
            "Photo": of(file={"type": "string", "format": "binary"}, tag=to("Tag")),
            "Visit": {**of(day=TEXT, owner=to("Owner")), "required": ["gone"]},
            "Account": of(id={**TEXT, "readOnly": True}, name=TEXT, owner=to("Owner"), owned=to("Owned")),
            "Owned": of(since=TEXT, tag=to("Tag")),
            "Shape": {"oneOf": [to("Circle"), to("Square")], "discriminator": {"propertyName": "shape"}},
            "Circle": of(shape=TEXT, radius={"type": "number"}),
            "Square": of(shape={"type": "string", "enum": ["square"]}, kind=to("Kind"), side=to("Side")),
            "Side": of(length={"type": "number"}),
            "Sign": {"oneOf": [to("Arrow"), to("Cross")], "discriminator": {"propertyName": "shape"}},
            "Arrow": of(shape=TEXT, side=to("Side")),
            "Cross": of(shape=TEXT),
            "Node": of(next=to("Node"), value=to("Maybe")),
            "Maybe": {**of(value=TEXT), "type": ["object", "null"]},
            "Found": of(where=TEXT),
            "Lost": of(where=TEXT, found=to("Found")),
            "Alias": to("Side"),
            "Visitor": of(pet=to("Pet")),
            "Receipt": of(number={**TEXT, "readOnly": True}, tag=to("Tag")),
            "Kennel": of(lock=of(key=TEXT)),
            "kennel_lock": of(key=TEXT),
            "Animal": {**of(sort=TEXT), "discriminator": {"propertyName": "sort"}},
            "Dog": {"allOf": [to("Animal"), of(bone=of(size=TEXT))]},
            "Crate": {"allOf": [of(lid=to("Lid")), of(lid=to("Found"))]},
            "Lid": of(width={"type": "number"}),
            "Odd": of(none=False, shape={"type": "shape"}, inner={**of(a=TEXT), "not": {"required": ["a"]}}),
        }
    },
}
CLASSES = sorted(name for name, schema in ZOO["components"]["schemas"].items() if "properties" in schema)
VALUES: dict[str, Json] = {
    "text": TEXT,
    "one of two": {"type": "string", "enum": ["square", "circle"]},
    "a list": {"type": "array", "items": {"type": "integer"}},
    "null": {"type": ["string", "null"]},
    "for answers alone": {**TEXT, "readOnly": True},
    "for requests alone": {**TEXT, "writeOnly": True},
    "a class": to("Side"),
    "a class that differs": to("Account"),
    "a class of a union": to("Circle"),
    "a nullable class": to("Maybe"),
    "a list of a class": {"type": "array", "items": to("Tag")},
    "a union": {"oneOf": [to("Side"), to("Found")]},
    "a union told by a tag": {"oneOf": [to("Circle"), to("Side")], "discriminator": {"propertyName": "shape"}},
    "a class and more": {"allOf": [to("Side"), of(more=TEXT)]},
    "a base and more": {"allOf": [to("Animal"), of(more=TEXT)]},
    "an object": of(inner=TEXT),
    "a titled object": {**of(inner=TEXT), "title": "Named"},
    "a list of objects": {"type": "array", "items": of(inner=TEXT)},
    "what cannot be expressed": {"type": "shape"},
    "what is lost": {**of(a=TEXT), "not": {"required": ["b"]}},
    "what leads nowhere": to("Nothing"),
    "what is in another one": {"$ref": "#/components/schemas/Pet/properties/cage"},
    "what is by another name": {"$ref": "Side"},
}
Edit = Callable[[Json], object]


def with_value(name: str, key: str, value: Any) -> Edit:
    return lambda schemas: schemas[name]["properties"].update({key: copy.deepcopy(value)})


def without(name: str, key: str) -> Edit:
    return lambda schemas: schemas[name]["properties"].pop(key, None)


def said(name: str, **words: Any) -> Edit:
    return lambda schemas: schemas[name].update(copy.deepcopy(words))


def replaced(name: str, schema: Any) -> Edit:
    return lambda schemas: schemas.update({name: copy.deepcopy(schema)})


KEYS = ("more", "name", "shape", "owner", "side", "address", "cage", "kind")
WORDS: tuple[Json, ...] = (
    {"description": "Other words."},
    {"title": "Another Title"},
    {"required": ["name", "where", "more"]},
    {"required": []},
    {"additionalProperties": False},
    {"additionalProperties": to("Tag")},
    {"nullable": True},
    {"type": ["object", "null"]},
    {"discriminator": {"propertyName": "shape"}},
    {"x-more": 1},
    {"x-discriminator-value": "it"},
    {"minProperties": 1},
    {"anyOf": [{"required": ["name"]}, {"required": ["more"]}]},
    {"$id": "https://example.com/it"},
)
OTHERS: tuple[Any, ...] = (
    TEXT,
    to("Side"),
    {"type": "string", "enum": ["x"]},
    {"oneOf": [to("Side"), to("Found")]},
    {"allOf": [to("Side"), of(more=TEXT)]},
    of(only=TEXT),
    of(pet=to("Pet"), shape=TEXT),
)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(with_value, st.sampled_from(CLASSES), st.sampled_from(KEYS), st.sampled_from([*VALUES.values()])),
    st.builds(without, st.sampled_from(CLASSES), st.sampled_from(KEYS)),
    st.builds(lambda name, words: said(name, **words), st.sampled_from(CLASSES), st.sampled_from(WORDS)),
    st.builds(replaced, st.sampled_from([*ZOO["components"]["schemas"]]), st.sampled_from(OTHERS)),
    st.builds(replaced, st.sampled_from(["PetMore", "OwnerMore", "New"]), st.sampled_from(OTHERS)),
)


def made(root: Path, document: Json) -> tuple[dict[str, str | bytes], str, tuple[Problem, ...]]:
    (root / "spec").mkdir(exist_ok=True)
    (root / "spec/api.json").write_text(json.dumps(document, indent=1))
    outcome = normalize.run(Tree(root), API)
    return dict(outcome.files), outcome.summary, outcome.problems


def edited(*edits: Edit) -> Json:
    document = copy.deepcopy(ZOO)
    for edit in edits:
        edit(document["components"]["schemas"])
    return document


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The components of each document that the passes were run on."""
    found: list[list[str]] = []
    make = normalize._canonical

    def spied(tree: Tree, entry: Document, context: Context, remembers: bool) -> Any:
        found.append(sorted(entry.data["components"]["schemas"]))
        return make(tree, entry, context, remembers)

    monkeypatch.setattr(normalize, "_canonical", spied)
    return found


@pytest.fixture(scope="module")
def warm() -> Iterator[Path]:
    """A project that has seen every document of this module's tests."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@example(edits=[with_value("Side", "more", TEXT), with_value("Side", "more", of(inner=TEXT))])
@example(edits=[with_value("Found", "more", to("Circle")), without("Found", "more")])
@settings(max_examples=150)
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
def test_edits_in_a_row_give_what_a_run_without_a_memory_gives(warm: Path, edits: list[Edit]) -> None:
    made(warm, ZOO)
    for count in range(1, len(edits) + 1):
        try:
            document = edited(*edits[:count])
        except (KeyError, AttributeError):  # an earlier one left no class to change
            return
        with tempfile.TemporaryDirectory() as cold:
            assert made(warm, document) == made(Path(cold), document)


HIDDEN: dict[str, tuple[Edit, set[str]]] = {
    "a member": (with_value("Tag", "more", TEXT), {"Tag", "Kind"}),
    "a member less": (without("Owner", "tag"), {"Owner", "Tag", "Kind"}),
    "a text": (said("Tag", description="Its words."), {"Tag", "Kind"}),
    "a reference to itself": (with_value("Node", "more", to("Node")), {"Node", "Maybe"}),
    "what a nullable class holds": (with_value("Maybe", "more", TEXT), {"Maybe"}),
    "a base": (with_value("Pet", "more", TEXT), {"Pet", "Cat", "Kitten", "Owner", "Tag", "Kind"}),
    "what an operation chooses from": (with_value("Lost", "more", TEXT), {"Lost", "Found"}),
    "what is answered alone": (with_value("Receipt", "more", TEXT), {"Receipt", "Tag", "Kind"}),
    "a class of a union": (with_value("Circle", "more", TEXT), {"Circle", "Square", "Shape", "Kind", "Side"}),
}


@pytest.mark.parametrize(("edit", "part"), HIDDEN.values(), ids=HIDDEN)
def test_what_others_cannot_see_is_made_with_what_hangs_on_it_alone(
    tmp_path: Path, asked: list[list[str]], edit: Edit, part: set[str]
) -> None:
    made(tmp_path, ZOO)
    asked.clear()
    made(tmp_path, edited(edit))
    assert asked == [sorted(part), sorted(part)]  # as they were, and as they are


SEEN: dict[str, Edit] = {
    "a new class": with_value("Tag", "more", of(inner=TEXT)),
    "what is never answered": with_value("Receipt", "more", {**TEXT, "writeOnly": True}),
    "what may be left out of a body": said("Visit", required=["day"]),
    "what merges with another class": with_value("Lid", "more", TEXT),
    "a name that another class wanted": with_value("Kennel", "more", TEXT),
    "another way to be null": said("Tag", nullable=True),
    "a value for answers alone": with_value("Tag", "more", {**TEXT, "readOnly": True}),
    "a class that is sent otherwise": with_value("Tag", "more", to("Account")),
    "a problem": with_value("Tag", "more", {"type": "shape"}),
    "a way to a class that a tag tells": with_value("Tag", "more", to("Circle")),
    "a look at a base class": with_value("Tag", "more", {"allOf": [to("Animal"), of(more=TEXT)]}),
    "a look into a class": with_value("Tag", "more", {"$ref": "#/components/schemas/Pet/properties/cage"}),
    "no class any more": replaced("Tag", TEXT),
    "one schema more": replaced("New", of(a=TEXT)),
}


@pytest.mark.parametrize("edit", SEEN.values(), ids=SEEN)
def test_what_others_may_see_has_the_whole_made_again(tmp_path: Path, asked: list[list[str]], edit: Edit) -> None:
    made(tmp_path, ZOO)
    document = edited(edit)
    made(tmp_path, document)
    assert asked[-1] == sorted(document["components"]["schemas"])


def test_a_change_that_is_undone_costs_nothing(tmp_path: Path, asked: list[list[str]]) -> None:
    before = made(tmp_path, ZOO)
    made(tmp_path, edited(with_value("Tag", "more", TEXT)))
    asked.clear()
    assert made(tmp_path, ZOO) == before
    assert not asked


def test_what_was_told_before_is_told_on_the_lines_where_it_stands_now(tmp_path: Path, asked: list[list[str]]) -> None:
    before = made(tmp_path, ZOO)[2]
    after = made(tmp_path, edited(with_value("Pet", "more", TEXT)))[2]
    assert len(asked) == 3
    assert [(one.what, one.settled) for one in after] == [(one.what, one.settled) for one in before]
    assert {now.line - was.line for was, now in zip(before, after, strict=True) if now.line and was.line} == {3}


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_class_with_one_more_member_gives_what_a_run_without_a_memory_gives(
    tmp_path: Path, warm: Path, name: str, value: Json
) -> None:
    made(warm, ZOO)
    document = edited(with_value(name, "more", value))
    assert made(warm, document) == made(tmp_path, document)
