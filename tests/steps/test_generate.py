"""Does the step make the whole package or nothing, the same each time, and nothing outside of its folder?"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import pipeline, project
from scripts.generate import endpoint_view, endpoints, model_engine, step
from scripts.generate.endpoint_engine import EndpointEngine
from scripts.problems import BadInput
from scripts.tree import Tree

SETTINGS = '[package]\nname = "zoo"\n[sources]\ndocuments = ["source/openapi.yaml"]\n'
DOCUMENT = """
openapi: 3.1.0
info: {title: Zoo, version: '1'}
servers: [{url: https://zoo.example.com}]
paths:
  /animals:
    post:
      parameters: [{name: dryRun, in: query, schema: {type: boolean}}]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name, cage]
              properties: {name: {type: string}, cage: {$ref: '#/components/schemas/Cage'}}
      responses:
        '200': {description: It, content: {application/json: {schema: {$ref: '#/components/schemas/Animal'}}}}
    get:
      responses:
        '200':
          description: All
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Animal'}}}}
components:
  schemas:
    Animal:
      type: object
      required: [name]
      properties: {name: {type: string}, cage: {$ref: '#/components/schemas/Cage'}}
    Cage: {type: object, required: [bars], properties: {bars: {type: integer}}, additionalProperties: {type: string}}
    Kind: {anyOf: [{type: string}, {type: integer}]}
"""


@pytest.fixture
def zoo(tmp_path: Path) -> Path:
    """A project that is named and not yet generated."""
    root = tmp_path / "project"
    (root / "spec/source").mkdir(parents=True)
    (root / "spec/api.toml").write_text(SETTINGS)
    (root / "spec/source/openapi.yaml").write_text(DOCUMENT)
    assert not pipeline.run(root, "name").problems
    return root


def generate(root: Path) -> dict[str, str | bytes]:
    tree = Tree(root)
    return dict(step.run(tree, project.load(tree)).files)


def problems(root: Path) -> list[str]:
    with pytest.raises(BadInput) as raised:
        generate(root)
    assert all(problem.where == "spec/openapi.yaml" and problem.fix for problem in raised.value.problems)
    return [problem.what for problem in raised.value.problems]


def without(mapping: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in mapping.items() if name != key}


def call(mapping: dict[str, dict[str, str]]) -> str:
    """The component with the arguments of `animals.create`."""
    return next(key for key, fields in mapping.items() if "dry_run" in fields)


MODEL_ENGINE: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "datamodel-code-generator changed the type Kind.": lambda made: without(made, "Kind"),
    "datamodel-code-generator changed the fields of Animal: cage.": lambda made: {
        **made,
        "Animal": without(made["Animal"], "cage"),
    },
    "datamodel-code-generator changed the fields of Animal: name, name_.": lambda made: {
        **made,
        "Animal": {"name_": "str", "cage": "Cage"},
    },
    "datamodel-code-generator changed the fields of Cage: more.": lambda made: {
        **made,
        "Cage": {**made["Cage"], "more": "str"},
    },
    "datamodel-code-generator dropped CageDict.": lambda made: without(made, "CageDict"),
    "datamodel-code-generator dropped CageAdditional.": lambda made: without(made, "CageAdditional"),
    "datamodel-code-generator dropped the argument cage of animals.create.": lambda made: {
        **made,
        call(made): without(made[call(made)], "cage"),
    },
    "datamodel-code-generator dropped the answer 200 of animals.create.": lambda made: {
        **made,
        call(made): without(made[call(made)], "answer_200"),
    },
}


@pytest.mark.parametrize("what", MODEL_ENGINE)
def test_what_the_model_engine_drops_adds_or_renames_is_a_problem(
    zoo: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    engine = step.typed
    monkeypatch.setattr(step, "typed", lambda *arguments: MODEL_ENGINE[what](engine(*arguments)))
    assert problems(zoo) == [what]


def renamed_class(made: dict[str, Any]) -> dict[str, Any]:
    return {**made, "Cage": SimpleNamespace(class_name="Cage1", fields=[])}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda made: without(made, "Cage"), "datamodel-code-generator dropped the model Cage."),
        (renamed_class, "datamodel-code-generator renamed the model Cage to Cage1."),
    ],
)
def test_a_model_that_its_engine_drops_or_renames_is_a_problem(
    zoo: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Any]], dict[str, Any]], what: str
) -> None:
    engine = model_engine._parse
    monkeypatch.setattr(model_engine, "_parse", lambda schemas: change(engine(schemas)))
    assert problems(zoo) == [what]


def test_a_type_that_the_model_engine_drops_is_a_problem(zoo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = model_engine._parse

    def silent(schemas: Any) -> Any:
        return {key: model for key, model in engine(schemas).items() if not key.startswith("Types")}

    monkeypatch.setattr(model_engine, "_parse", silent)
    found = problems(zoo)
    assert "datamodel-code-generator changed the fields of Animal: cage, name." in found
    assert "datamodel-code-generator dropped the argument dry_run of animals.create." in found


FIRST = "animals.list"
ENDPOINT_ENGINE: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], list[str]]] = {
    "dropped": (
        lambda made: without(made, next(iter(made))),
        [f"openapi-python-client dropped the operation {FIRST}."],
    ),
    "renamed": (
        lambda made: {name if index else "operation_9": one for index, (name, one) in enumerate(made.items())},
        [f"openapi-python-client dropped the operation {FIRST}."],
    ),
    "changed": (
        lambda made: {name: ["dry_run_1" for _ in one] for name, one in made.items()},
        ["openapi-python-client changed the parameters of animals.create: dry_run_1."],
    ),
}


@pytest.mark.parametrize("change", ENDPOINT_ENGINE)
def test_what_the_endpoint_engine_drops_or_renames_is_a_problem(
    zoo: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    alter, expected = ENDPOINT_ENGINE[change]
    engine = EndpointEngine.parameters
    monkeypatch.setattr(EndpointEngine, "parameters", lambda self, view: alter(engine(self, view)))
    assert problems(zoo) == expected


def test_what_the_endpoint_engine_complains_of_is_a_problem(zoo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = endpoint_view.endpoint_view
    monkeypatch.setattr(endpoints, "endpoint_view", lambda asked: {**view(asked), "components": {}})
    (first, *_) = problems(zoo)
    assert first.startswith("openapi-python-client: WARNING parsing GET /operation_0")


def test_a_run_that_a_gate_stops_writes_nothing(zoo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = model_engine._parse
    monkeypatch.setattr(model_engine, "_parse", lambda schemas: without(engine(schemas), "Cage"))
    result = pipeline.run(zoo, "generate")
    assert [problem.what for problem in result.problems] == ["datamodel-code-generator dropped the model Cage."]
    assert not (zoo / "generated").exists()


def test_a_second_run_gives_the_same_bytes(zoo: Path) -> None:
    assert generate(zoo) == generate(zoo)


def test_a_second_run_of_the_pipeline_changes_nothing(zoo: Path) -> None:
    assert pipeline.run(zoo, "generate").changes
    assert not pipeline.run(zoo, "generate").changes


def test_everything_made_stands_below_generated(zoo: Path) -> None:
    before = sorted(path for path in zoo.parent.rglob("*") if ".cache" not in path.parts)
    files = generate(zoo)
    assert sorted(path for path in zoo.parent.rglob("*") if ".cache" not in path.parts) == before
    assert all(path.startswith("generated/") and ".." not in path.split("/") for path in files)


def test_no_file_names_a_path_or_a_time_of_this_machine(zoo: Path) -> None:
    text = "\n".join(str(content) for content in generate(zoo).values())
    assert str(zoo) not in text
    assert str(Path.home()) not in text


@pytest.mark.parametrize(
    "place", ["/components/schemas/Cage", "/components/schemas/Cage/properties/bars", "/paths/~1animals/post"]
)
def test_a_name_that_is_missing_is_a_problem_that_says_what_to_run(zoo: Path, place: str) -> None:
    lock = zoo / "spec/names.lock"
    lock.write_text(json.dumps(without(json.loads(lock.read_text()), place)))
    with pytest.raises(BadInput) as raised:
        generate(zoo)
    (problem,) = raised.value.problems
    assert problem.where == "spec/names.lock"
    assert place in problem.what
    assert "python -m scripts name" in problem.fix


def test_every_missing_name_is_told_at_once(zoo: Path) -> None:
    (zoo / "spec/names.lock").write_text("{}")
    with pytest.raises(BadInput) as raised:
        generate(zoo)
    assert len(raised.value.problems) == len({problem.what for problem in raised.value.problems}) > 8


def test_the_letters_of_a_media_type_may_be_large(tmp_path: Path) -> None:
    member = {"type": "object", "required": ["photo"], "properties": {"photo": {"type": "string", "format": "binary"}}}
    answers = {"204": {"description": "done"}}
    paths = {
        f"/{name}": {
            "post": {
                "requestBody": {"required": True, "content": {kind: {"schema": member}}},
                "responses": answers,
            }
        }
        for name, kind in {"pets": "application/json", "cats": "Application/JSON"}.items()
    }
    document = {"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"}, "paths": paths}
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/api.json").write_text(json.dumps(document))
    (tmp_path / project.FILE).write_text('[package]\nname = "pets"\n[sources]\ndocuments = ["api.json"]\n')
    assert pipeline.run(tmp_path, "generate").problems == ()
    for name in ("pets", "cats"):
        assert "photo: bytes," in (tmp_path / f"generated/pets/resources/{name}.py").read_text()


def test_a_path_and_its_parameter_may_have_any_letters(tmp_path: Path) -> None:
    keys = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in ("ключ", "ключ2")]
    get = {"parameters": keys, "responses": {"204": {"description": "done"}}}
    paths = {"/\0/{ключ}/日本/{ключ2}": {"get": get}}
    (tmp_path / "spec").mkdir()
    info = {"title": "Pets", "version": "1"}
    (tmp_path / "spec/api.json").write_text(json.dumps({"openapi": "3.0.3", "info": info, "paths": paths}))
    (tmp_path / project.FILE).write_text('[package]\nname = "pets"\n[sources]\ndocuments = ["api.json"]\n')
    assert pipeline.run(tmp_path, "generate").problems == ()
    [module] = [file for file in (tmp_path / "generated/pets/resources").glob("*.py") if file.stem != "__init__"]
    text = module.read_text()
    assert "ключ: str, ключ2: str" in text
    ast.parse(text)


def test_the_summary_may_have_any_character(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    info = {"title": "Pets", "version": "1", "description": 'Pets \U0001f600, \\ "and" \x7f <more>.'}
    (tmp_path / "spec/api.json").write_text(json.dumps({"openapi": "3.0.3", "info": info, "paths": {}}))
    (tmp_path / project.FILE).write_text('[package]\nname = "pets"\n[sources]\ndocuments = ["api.json"]\n')
    assert pipeline.run(tmp_path, "generate").problems == ()
    told = tomllib.loads((tmp_path / "generated/pyproject.toml").read_text())["project"]["description"]
    assert told == 'Pets \U0001f600, \\ "and" <more>.'


@pytest.mark.parametrize("path", ["/a|b", "/a\\nb", "/a`b", "/a` | `b\\n## c"])
def test_a_path_of_any_text_stays_in_its_cell_of_the_list_of_methods(zoo: Path, path: str) -> None:
    (zoo / "spec/source/openapi.yaml").write_text(DOCUMENT.replace("  /animals:", f'  "{path}":'))
    assert not pipeline.run(zoo, "name").problems
    listed = str(generate(zoo)["generated/api.md"])
    rows = [line for line in listed.split("## `zoo.testing`")[0].splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert {len(re.split(r"(?<!\\)\|", row)) for row in rows} == {5}
    assert all(row.count("`") % 2 == 0 for row in rows)
    assert "\n## c" not in listed
