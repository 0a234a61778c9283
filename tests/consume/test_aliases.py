"""Does a program written for one release check and run with the next, where the API only called things otherwise?"""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_consume import release

from scripts import pipeline
from scripts.contract.replay import bare_environment
from scripts.diff.released import load as last_release
from scripts.tree import Tree

FIRST = """openapi: 3.1.0
info: {title: Petshop, version: '1'}
servers: [{url: https://petshop.example}]
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
  /orders:
    post:
      operationId: order
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties:
                pet: {type: string}
                note: {type: string, description: What the keeper should know.}
              required: [pet]
      responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
        breed: {type: string, description: As the club has it.}
        keeper: {$ref: '#/components/schemas/Owner'}
      required: [name, breed, keeper]
    Owner: {type: object, properties: {city: {type: string}}, required: [city]}
    Order: {type: object, properties: {pet: {type: string}, note: {type: string}}, required: [pet]}
"""
SECOND = (
    FIRST.replace("{id}", "{pet_id}").replace("name: id,", "name: pet_id,").replace("/orders", "/purchases")
    .replace("note: {type: string, d", "remark: {type: string, d").replace("breed", "race").replace("Owner", "Person")
)  # fmt: skip
"""A path parameter, an operation's path, a member of its body, a field of an answer and a model got other names."""
THIRD = SECOND.replace("/purchases", "/deals")

PROGRAM = """import asyncio
import warnings

import httpx
from petshop import AsyncPetshop, Petshop
from petshop.models import Owner, Pet


FIELD = "race" if hasattr(Pet, "race") else "breed"


def answer(request: httpx.Request) -> httpx.Response:
    if request.method == "POST":
        return httpx.Response(200, content=request.content, headers={"Content-Type": "application/json"})
    pet = {"name": request.url.path, FIELD: "Collie", "keeper": {"city": "Rome"}}
    return httpx.Response(200, json=pet)


def use(client: Petshop) -> None:
    pet: Pet = client.pets.retrieve(id="7")
    keeper: Owner = pet.keeper
    print(pet.name, pet.breed, keeper.city, isinstance(keeper, Owner))
    order = client.orders.create(pet="Rex", note="bites")
    print(order.to_dict())


async def use_async(client: AsyncPetshop) -> None:
    pet: Pet = await client.pets.retrieve(id="7")
    order = await client.orders.create(pet="Rex", note="bites")
    print(pet.name, order.to_dict())


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    use(Petshop(http_client=httpx.Client(transport=httpx.MockTransport(answer))))
    asyncio.run(use_async(AsyncPetshop(http_client=httpx.AsyncClient(transport=httpx.MockTransport(answer)))))
for warning in caught:
    assert warning.category is DeprecationWarning
    print(warning.lineno, warning.message)
"""


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The package of three releases in a row, each in a folder of its own."""
    root = tmp_path_factory.mktemp("renamed")
    (root / "spec").mkdir()
    (root / "spec/api.toml").write_text('[package]\nname = "petshop"\n[sources]\ndocuments = ["api.yaml"]\n')
    folders = []
    for day, document in enumerate((FIRST, SECOND, THIRD), 1):
        (root / "spec/api.yaml").write_text(document)
        release(root, datetime.date(2026, 1, day), None)
        folders.append(root / f"release-{day}")
        shutil.copytree(root / "generated", folders[-1])
        shutil.copytree(root / "spec", folders[-1] / "spec")
    return folders


def run(shop: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command in a folder that holds the package and the program."""
    (shop / "program.py").write_text(PROGRAM)
    command = [sys.executable, *arguments]
    environment = {**bare_environment(), "MYPYPATH": str(shop)}
    return subprocess.run(command, cwd=shop, env=environment, capture_output=True, text=True, check=False)


def line_of(text: str) -> int:
    return 1 + next(index for index, line in enumerate(PROGRAM.splitlines()) if text in line)


def test_the_program_runs_with_the_release_that_it_was_written_for(shops: list[Path]) -> None:
    done = run(shops[0], "program.py")
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "/pets/7 Collie Rome True",
        "{'pet': 'Rex', 'note': 'bites'}",
        "/pets/7 {'pet': 'Rex', 'note': 'bites'}",
    ]


@pytest.mark.parametrize(("number", "method"), [(1, "purchases"), (2, "deals")])
def test_it_runs_with_the_next_ones_and_each_line_is_told_what_to_write(
    shops: list[Path], number: int, method: str
) -> None:
    done = run(shops[number], "-W", "default::DeprecationWarning", "program.py")
    output, told = done.stdout.splitlines()[:3], done.stdout.splitlines()[3:]
    assert output == [
        "/pets/7 Collie Rome True",
        "{'pet': 'Rex', 'remark': 'bites'}",
        "/pets/7 {'pet': 'Rex', 'remark': 'bites'}",
    ]
    label, instead = f"(POST /{method})", f"write client.{method}.create()"
    assert told == [
        f"{line_of('= client.pets.retrieve')} the argument id is deprecated: write pet_id",
        f"{line_of('pet.breed')} Pet.breed is deprecated: write race",
        f"{line_of('= client.orders.create')} orders.create {label} is deprecated: {instead}",
        f"{line_of('await client.pets.retrieve')} the argument id is deprecated: write pet_id",
        f"{line_of('await client.orders.create')} orders.create {label} is deprecated: {instead}",
    ]
    warning = f"program.py:{line_of('petshop.models import')}: DeprecationWarning: Owner is deprecated: write Person"
    assert warning in done.stderr


@pytest.mark.parametrize("number", [0, 1, 2])
def test_it_type_checks_with_all_of_them(shops: list[Path], number: int) -> None:
    done = run(shops[number], "-m", "mypy", "--strict", "--no-error-summary", "program.py", "petshop")
    assert done.stdout + done.stderr == ""


def test_a_type_checker_says_what_is_deprecated(shops: list[Path]) -> None:
    done = run(shops[1], "-m", "mypy", "--strict", "--enable-error-code", "deprecated", "program.py")
    found = {int(line.split(":")[1]) for line in done.stdout.splitlines() if "[deprecated]" in line}
    lines = ("= client.pets.ret", "pet.breed", "= client.orders", "await client.pets", "await client.orders")
    assert found == {line_of(text) for text in lines}


def test_the_release_is_a_minor_one_and_says_so(shops: list[Path]) -> None:
    changelog = (shops[1] / "CHANGELOG.md").read_text()
    newest = changelog.split("\n## ")[1]
    assert newest.startswith("[0.2.0]")
    assert "**Breaking:**" not in newest
    for sentence in (
        "`client.orders.create()` is now called `client.purchases.create()`; the old name still works",
        "Argument `id` of `client.pets.retrieve()` is now called `pet_id`; the old name still works",
        "`Pet.breed` is now called `Pet.race`; the old name still works",
        "The model `Owner` is now called `Person`; the old name still works",
    ):
        assert sentence in newest.partition("### Deprecated")[2]
    api = (shops[1] / "api.md").read_text()
    assert "| `client.orders.create()` | `client.purchases.create()` |" in api
    assert "| `Owner` | `Person` |" in api


def test_a_second_run_changes_nothing(shops: list[Path]) -> None:
    root = shops[0].parent
    changed = pipeline.run(root, "diff", write=False).changes
    assert [change.path for change in changed] == ["spec/changes.md"]  # which no one wrote since the release
    last = last_release(Tree(root))
    assert last is not None
    assert last.plan.aliases.operations == {"orders.create": "deals.create", "purchases.create": "deals.create"}
