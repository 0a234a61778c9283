"""What a program loads: counted, as time depends on what else a machine does."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import RUNTIME, Answer, Server
from petshop import Drift, _runtime
from petshop._runtime.codec import annotation_spec
from petshop._runtime.drift import Context, DriftReporter
from petshop._runtime.specs import read

PET = {"id": "1", "name": "Rex", "created_at": "2026-01-01T00:00:00Z", "tag": None}
IMPORT = "from petshop import Petshop"
CALL = f"""{IMPORT}
with Petshop(api_key="k", base_url={{url!r}}) as client:
    client.pets.retrieve("1")
"""
NOT_NEEDED = frozenset(
    (
        "around", "body", "concurrency", "download", "dryrun", "hooks", "items", "jsonlines", "links", "live",
        "multipart", "next_page", "oauth", "pagination", "preload", "returns", "sse", "stream", "tracing", "typed",
        "webhooks",
    )
)  # fmt: skip
"""Modules of the runtime that a plain call has no use for."""
RUNTIME_BUDGET = 41
"""How many modules of the runtime a plain call may load."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `petshop` stands as it would be installed."""
    package = tmp_path_factory.mktemp("installed") / "petshop"
    package.mkdir()
    for part in Path(__file__).with_name("petshop").iterdir():
        (package / part.name).symlink_to(part)
    (package / "_runtime").symlink_to(RUNTIME)
    return package.parent


def loaded(folder: Path, code: str) -> set[str]:
    """What a fresh interpreter loads for the program."""
    program = f'{code}\nimport sys\nprint("\\n".join(sys.modules))'
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60, cwd=folder
    )
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def called(folder: Path) -> set[str]:
    server = Server()
    server.answer(Answer(PET))
    try:
        return loaded(folder, CALL.format(url=server.url))
    finally:
        server.close()


def test_importing_the_client_loads_no_network_no_model_and_no_resource(folder: Path) -> None:
    names = loaded(folder, IMPORT)
    assert not names & {"ssl", "asyncio", "httpx", "httpcore", "anyio", "certifi", "email.utils"}
    assert not [name for name in names if name.startswith(("petshop.models", "petshop.resources."))]


def test_a_call_loads_only_the_models_and_the_resource_that_it_uses(called: set[str]) -> None:
    assert {name for name in called if name.startswith("petshop.resources.")} == {"petshop.resources.pets"}
    assert {name for name in called if name.startswith("petshop.models.")} == {"petshop.models.pet"}


def test_a_plain_call_loads_no_event_loop_and_no_client_but_the_connections_it_is_sent_on(called: set[str]) -> None:
    assert not called & {"asyncio", "httpx", "email.utils", "mimetypes", "urllib.request", "http.client"}
    assert "msgspec" not in called
    assert "httpcore" in called


def test_a_plain_call_loads_no_part_of_the_runtime_that_it_has_no_use_for(called: set[str]) -> None:
    runtime = {name.rpartition(".")[2] for name in called if name.startswith("petshop._runtime.")}
    assert not runtime & NOT_NEEDED
    assert len(runtime) <= RUNTIME_BUDGET, sorted(runtime)


def test_a_plain_call_makes_no_class_of_attrs_but_models(called: set[str]) -> None:
    modules = sorted(name.rpartition(".")[2] for name in called if name.startswith("petshop._runtime."))
    assert [name for name in modules if "@attrs." in (RUNTIME / f"{name}.py").read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("annotation", "value"), [("NotThere | None | Unset", None), ("None | NotThere", None), ("list[NotThere]", [])]
)
def test_null_and_an_empty_list_load_no_model_that_could_stand_there(annotation: str, value: object) -> None:
    drifts: list[Drift] = []
    spec = annotation_spec(annotation, "petshop.models")
    assert read(spec.fit(type(value)), spec, value, None, Context(DriftReporter(drifts.append))) == value
    assert drifts == []
    with pytest.raises(AttributeError, match="NotThere"):
        read(spec.fit(list), spec, [{}], None, Context(DriftReporter()))


def test_what_type_checkers_see_of_the_runtime_is_what_is_loaded_on_first_use() -> None:
    seen = {
        (node.module, alias.name)
        for block in ast.parse((RUNTIME / "__init__.py").read_text("utf-8")).body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == {(module, name) for name, module in _runtime._HOMES.items()}
    assert sorted(_runtime._HOMES) == sorted(_runtime.__all__)
    assert all(getattr(_runtime, name) is not None for name in _runtime.__all__)
