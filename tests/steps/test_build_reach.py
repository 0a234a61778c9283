"""Does what a call is known by name every file of the package that the call loads?"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from test_diff_rules import content, document, ref

from scripts import pipeline, project
from scripts.contract import catalog as catalogs
from scripts.contract import made as exchanges
from scripts.contract import replay, worker
from scripts.contract.reach import Reach
from scripts.tree import Tree

SETTINGS = '[package]\nname = "zoo"\n[sources]\ndocuments = ["zoo.json"]\n'


def zoo() -> dict[str, Any]:
    """Pets in homes, with resources in resources, unions, recursion, an enum of its own, and models nobody uses."""
    doc = document()
    schemas, pet = doc["components"]["schemas"], doc["components"]["schemas"]["Pet"]
    schemas["Food"] = {
        "type": "object",
        "properties": {"kind": ref("Kind"), "made_of": {"type": "array", "items": ref("Food")}},
    }
    schemas["Kind"] = {"type": "string", "enum": ["fish", "meat"]}
    schemas["Keeper"] = {"anyOf": [ref("Person"), ref("Shop")]}
    schemas["Lonely"] = {"type": "object", "properties": {"pet": ref("Pet")}}
    pet["properties"]["keeper"] = ref("Keeper")
    meal = {"200": {"description": "", "content": content({"anyOf": [ref("Food"), {"type": "null"}]})}}
    pet_id = {"name": "pet_id", "in": "path", "required": True, "schema": {"type": "string"}}
    body = {"required": True, "content": content(ref("Food"))}
    doc["paths"]["/pets/{pet_id}/meals"] = {"post": {"parameters": [pet_id], "requestBody": body, "responses": meal}}
    shop = {"200": {"description": "", "content": content(ref("Shop"))}}
    doc["paths"]["/shops"] = {"get": {"responses": shop}}
    return doc


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, project.Api]:
    root = tmp_path_factory.mktemp("zoo")
    (root / "spec").mkdir()
    (root / "spec/api.toml").write_text(SETTINGS)
    (root / "spec/zoo.json").write_text(json.dumps(zoo()))
    assert not pipeline.run(root, "generate").problems
    tree = Tree(root)
    return tree, project.load(tree)


PROGRAM = """
import runpy, sys
runpy.run_path(sys.argv[1])["main"](*sys.argv[2:])
files = [one.__file__ for name, one in sys.modules.items() if name.partition(".")[0] == "zoo"]
print(*files, sep="\\n", file=sys.stderr)
"""


def loaded(root: Path, api: project.Api, catalog: catalogs.Catalog, name: str) -> set[str]:
    """The modules of the package that one call alone loads."""
    job = exchanges.job(catalog, catalog.operations[name])
    work = replay.Worker(catalog, api, root, "", None)._work
    lines = (work, {**asdict(job.call), **asdict(job)})
    command = [sys.executable, "-I", "-B", "-c", PROGRAM, str(worker.__file__), str(root / "generated")]
    said = "".join(json.dumps(line) + "\n" for line in lines)
    ended = subprocess.run(command, input=said, capture_output=True, text=True, check=True)
    assert [mode for mode, (row,) in json.loads(ended.stdout).items() if "raised" not in row] == ["sync", "async"]
    return {Path(file).relative_to(root / "generated/zoo").as_posix() for file in ended.stderr.splitlines()}


def test_no_call_loads_a_file_that_it_is_not_known_by(made: tuple[Tree, project.Api]) -> None:
    tree, api = made
    catalog, reach = catalogs.load(tree), Reach(tree, api)
    assert {"pets.create", "pets.meals.create", "shops.retrieve"} <= catalog.operations.keys()
    for name, operation in catalog.operations.items():
        files = loaded(tree.root, api, catalog, name)
        assert "_client.py" in files
        assert any(file.startswith("models/") and "__init__" not in file for file in files) or name == "pets.delete"
        assert files <= {*reach.common, *reach.files(operation.plan.resource)}


@pytest.mark.parametrize(
    ("file", "again"),
    [
        ("models/pet.py", {"pets"}),
        ("models/food.py", {"pets.meals"}),
        ("models/kind.py", set()),
        ("models/person.py", {"pets"}),
        ("models/shop.py", {"pets", "shops"}),
        ("models/lonely.py", set()),
        ("resources/pets.py", {"pets", "pets.meals"}),
        ("resources/pets_meals.py", {"pets.meals"}),
        ("resources/_responses/pets.py", set()),
        ("testing/api.json", set()),
        ("testing/examples.py", set()),
        ("_provenance.json", set()),
        ("_client.py", {"pets", "pets.meals", "shops"}),
        ("_runtime/codec.py", {"pets", "pets.meals", "shops"}),
        ("models/__init__.py", {"pets", "pets.meals", "shops"}),
        ("../pyproject.toml", {"pets", "pets.meals", "shops"}),
    ],
)
def test_a_changed_file_is_what_those_calls_are_known_by_that_can_load_it(
    made: tuple[Tree, project.Api], file: str, again: set[str]
) -> None:
    tree, api = made
    resources = ("pets", "pets.meals", "shops")
    before = {one: Reach(tree, api).digest(one) for one in resources}
    path = f"generated/zoo/{file}".replace("zoo/../", "")
    changed = Tree(tree.root)
    changed.replace((path,), {path: tree.text(path) + "\n"})
    assert {one for one in resources if Reach(changed, api).digest(one) != before[one]} == again
