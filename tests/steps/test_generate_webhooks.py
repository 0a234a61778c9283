"""Which events does a document amount to, and which property tells them apart?"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import pipeline
from scripts.generate.events import Event, Tag, events, tag_of

PROJECT = '[package]\nname = "hooked"\nclient = "Hooked"\n[sources]\ndocuments = ["source/openapi.yaml"]\n'


def body(schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    return {"requestBody": {"content": {media_type: {"schema": schema}}}}


def tagged(*values: str, wire: str = "type", required: bool = True) -> dict[str, Any]:
    return {"properties": {wire: {"enum": list(values)}}, "required": [wire] if required else []}


def of(**payloads: dict[str, Any]) -> Tag | None:
    return tag_of([Event(name, (schema,)) for name, schema in payloads.items()], {})


def test_the_property_with_a_value_of_its_own_in_every_payload_is_the_tag() -> None:
    assert of(a=tagged("a.made"), b=tagged("b.made", "b.again")) == Tag(
        "type", {"a.made": "a", "b.made": "b", "b.again": "b"}
    )


@pytest.mark.parametrize(
    "other",
    [tagged("a.made"), tagged("b", wire="kind"), tagged("b", required=False), {}, {"type": "array"},
     {"properties": {"type": {"enum": [1]}}, "required": ["type"]}, {"anyOf": [tagged("b"), {}]}],
)  # fmt: skip
def test_there_is_no_tag_where_one_payload_does_not_name_its_event(other: dict[str, Any]) -> None:
    assert of(a=tagged("a.made"), b=other) is None


def test_a_payload_that_is_a_choice_has_the_values_of_all_its_branches() -> None:
    assert of(a={"oneOf": [tagged("x"), tagged("y")]}) == Tag("type", {"x": "a", "y": "a"})


def test_a_payload_within_itself_has_no_tag() -> None:
    loop = {"anyOf": [{"$ref": "#/components/schemas/Loop"}]}
    assert tag_of([Event("a", (loop,))], {"Loop": loop}) is None


def test_callbacks_are_named_by_their_operation_and_do_not_count_for_the_tag() -> None:
    item = {"post": {"callbacks": {"done": {"{$url}": {"post": body({"type": "string"})}}}}}
    document = {"webhooks": {"made": {"post": body(tagged("made"))}}, "paths": {"/jobs": item}}
    found = list(events(document, {"/paths/~1jobs/post": "jobs.create"}))
    assert [(event.name, event.is_callback) for event in found] == [("made", False), ("jobs.create.done", True)]
    assert tag_of(found, {}) == Tag("type", {"made": "made"})


def test_an_event_with_two_bodies_may_be_either() -> None:
    item = {"post": body({"type": "string"}), "put": body({"type": "integer"}), "get": {}}
    (event,) = events({"webhooks": {"made": item}}, {})
    assert event.payloads == ({"type": "string"}, {"type": "integer"})


def made(tmp_path: Path, document: dict[str, Any]) -> Path:
    """The package of a document."""
    (tmp_path / "spec/source").mkdir(parents=True)
    (tmp_path / "spec/api.toml").write_text(PROJECT)
    whole = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, **document}
    (tmp_path / "spec/source/openapi.yaml").write_text(yaml.safe_dump(whole))
    result = pipeline.run(tmp_path, "generate")
    assert not result.problems
    return tmp_path / "generated/hooked"


def test_no_text_of_an_event_becomes_code(tmp_path: Path) -> None:
    evil = '"""\nimport os; os.mkdir("PWNED")\r\x0c\u2028#{{ 7 * 7 }}\\'
    hook = {"summary": evil, "description": evil, **body(tagged(evil, wire=evil))}
    home = made(tmp_path, {"webhooks": {evil: {"post": hook}, "x": {"post": body(tagged("x", wire=evil))}}})
    module = ast.parse((home / "webhooks.py").read_text())
    kinds = {ast.Expr, ast.ImportFrom, ast.If, ast.Assign, ast.AnnAssign, ast.FunctionDef}
    assert {type(node) for node in module.body} == kinds
    table = next(node for node in module.body if isinstance(node, ast.Assign) and ast.unparse(node).startswith("_WEB"))
    assert isinstance(table.value, ast.Call)
    assert list(ast.literal_eval(table.value.args[1])) == [evil, "x"]
    assert "49" not in (home.parent / "api.md").read_text()


def test_a_document_without_events_has_no_module_for_them(tmp_path: Path) -> None:
    home = made(tmp_path, {"webhooks": {"empty": {"post": {"responses": {}}}}})
    assert not (home / "webhooks.py").exists()
    assert "webhooks" not in (home / "__init__.py").read_text()
