"""Does a run that remembers earlier ones make the same bytes as one that remembers nothing?"""

from __future__ import annotations

import contextlib
import copy
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scripts import cache, documents, engines, pipeline
from scripts import name as naming
from scripts.beside import Loaded, beside, shared
from scripts.cache import Parts
from scripts.generate import model_engine
from scripts.name.moves import can_succeed
from scripts.name.pins import Pins
from scripts.problems import BadInput, Problem

ROOT = Path(__file__).parents[2]
ENGINES = ("datamodel_code_generator", "openapi_python_client")
Document = dict[str, Any]
SETTINGS = '[package]\nname = "zoo"\n[sources]\ndocuments = ["zoo.json"]\n'
OVERLAY = """overlay: 1.0.0
info: {title: Corrections, version: "1"}
actions:
- {target: $.info, description: Its title., update: {title: The Zoo}}
"""
ANIMAL = {"$ref": "#/components/schemas/Animal"}


def answer(schema: Any) -> Document:
    return {"200": {"description": "It", "content": {"application/json": {"schema": schema}}}}


ZOO: Document = {
    "openapi": "3.1.0",
    "info": {"title": "Zoo", "version": "1"},
    "paths": {
        "/animals": {
            "get": {"responses": answer({"type": "array", "items": ANIMAL})},
            "post": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": ANIMAL}}},
                "responses": answer(ANIMAL),
            },
        },
        "/animals/{id}": {
            "get": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": answer({"anyOf": [ANIMAL, {"$ref": "#/components/schemas/Cage"}]}),
            }
        },
    },
    "components": {
        "schemas": {
            "Animal": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": {"type": "string"}, "cage": {"$ref": "#/components/schemas/Cage"}},
            },
            "Cage": {"type": "object", "properties": {"bars": {"type": "integer"}, "kind": {"enum": ["a", "b"]}}},
        }
    },
}


def schema(document: Document, name: str) -> Document:
    found: Document = document["components"]["schemas"][name]
    return found


CHANGES: dict[str, Callable[[Document], object]] = {
    "a type": lambda d: schema(d, "Cage").update(properties={"bars": {"type": "number"}}),
    "a text": lambda d: schema(d, "Cage").update(description="Where they live."),
    "a field's text": lambda d: schema(d, "Animal")["properties"]["name"].update(description="Its name."),
    "a class to a choice": lambda d: d["components"]["schemas"].update(Cage={"type": ["string", "integer"]}),
    "a class to a list": lambda d: d["components"]["schemas"].update(Cage={"type": "array", "items": ANIMAL}),
    "a class to an enum": lambda d: d["components"]["schemas"].update(Cage={"type": "string", "enum": ["x", "y"]}),
    "a name": lambda d: schema(d, "Animal")["properties"].update(Name={"type": "string"}),
    "what is required": lambda d: schema(d, "Animal").update(required=["name", "cage"]),
    "read-only": lambda d: schema(d, "Animal")["properties"]["name"].update(readOnly=True),
    "a recursion": lambda d: (
        schema(d, "Cage").setdefault("properties", {}).update(inside={"$ref": "#/components/schemas/Cage"})
    ),
    "a new model": lambda d: d["components"]["schemas"].update(Types={"properties": {"t0": ANIMAL}}),
    "an operation less": lambda d: d["paths"]["/animals"].pop("get", None),
    "an argument": lambda d: d["paths"]["/animals/{id}"]["get"]["parameters"].append(
        {"name": "client", "in": "query", "schema": {"$ref": "#/components/schemas/Cage"}}
    ),
    "a schema less": lambda d: d["components"]["schemas"].pop("Cage", None),
    "a schema under another name": lambda d: d.update(json.loads(json.dumps(d).replace("Animal", "Beast"))),
    "another operation": lambda d: d["paths"].update({"/keepers": {"get": {"responses": answer(ANIMAL)}}}),
    "an operation's text": lambda d: d["paths"]["/animals"]["post"].update(summary="Adds one."),
    "a cycle of two": lambda d: (
        schema(d, "Animal")["properties"].update(in_cage={"$ref": "#/components/schemas/Cage"}),
        schema(d, "Cage").setdefault("properties", {}).update(animals={"type": "array", "items": ANIMAL}),
    ),
    "made of another": lambda d: d["components"]["schemas"].update(
        Tame={
            "allOf": [ANIMAL, {"type": "object", "properties": {"owner": {"properties": {"name": {"type": "string"}}}}}]
        }
    ),
    "null": lambda d: d["components"]["schemas"].update(
        Lost={"oneOf": [{"type": "object", "properties": {"since": {"type": "string"}}}, {"type": "null"}]}
    ),
    "what cannot be expressed": lambda d: (
        schema(d, "Cage")
        .setdefault("properties", {})
        .update(odd={"type": "shape"}, none=False, twice={"type": ["string", "integer", "null"], "nullable": True})
    ),
    "the same schema twice": lambda d: d["paths"]["/animals"].update(
        parameters=[{"name": "odd", "in": "query", "schema": {"type": ["shape", "null"]}}]
    ),
    "a limit beside a reference": lambda d: d["components"]["schemas"].update(
        Name={"type": "string"}, Short={"properties": {"n": {"$ref": "#/components/schemas/Name", "maxLength": 3}}}
    ),
    "an answer": lambda d: d["paths"]["/animals/{id}"]["get"].update(responses=answer({"type": "string"})),
}


def made(root: Path, document: Document, settings: str = SETTINGS, overlay: str = "") -> dict[str, bytes]:
    (root / "spec").mkdir(parents=True, exist_ok=True)
    (root / "spec/api.toml").write_text(settings)
    (root / "spec/zoo.json").write_text(json.dumps(document))
    (root / "spec/overlay.yaml").write_text(overlay) if overlay else (root / "spec/overlay.yaml").unlink(
        missing_ok=True
    )
    (root / "spec/names.lock").unlink(missing_ok=True)  # names that were published stay, so it is an input of its own
    result = pipeline.run(root, "generate")
    assert not result.problems
    files = (file for folder in ("spec", "generated") for file in (root / folder).rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def warm() -> Iterator[Path]:
    """A project that has seen every document of this module's tests."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


SAID = {
    "settings": st.sampled_from([SETTINGS, SETTINGS.replace("\n[sources]", '\nversion = "0.2.0"\n[sources]')]),
    "overlay": st.sampled_from(["", OVERLAY]),
}


@example(changes=["a class to a choice"], settings=SETTINGS, overlay="")
@example(changes=["a new model", "a class to a list"], settings=SETTINGS, overlay=OVERLAY)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=4), **SAID)
def test_changed_input_gives_the_same_bytes_as_without_a_memory(
    warm: Path, changes: list[str], settings: str, overlay: str
) -> None:
    document = copy.deepcopy(ZOO)
    for change in changes:
        with contextlib.suppress(KeyError):  # what an earlier change took away
            CHANGES[change](document)
    with tempfile.TemporaryDirectory() as cold:
        assert made(warm, document, settings, overlay) == made(Path(cold), document, settings, overlay)


def test_only_what_changed_is_asked_of_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, ZOO)
    engine = model_engine._parse

    def parse(schemas: Mapping[str, Document]) -> Any:
        with (tmp_path / "asked").open("a") as asked:  # a file, as it is asked in a process of its own
            print(*sorted(schemas), file=asked)
        return engine(schemas)

    monkeypatch.setattr(model_engine, "_parse", parse)
    document = copy.deepcopy(ZOO)
    CHANGES["a text"](document)
    made(tmp_path, document)
    assert (tmp_path / "asked").read_text() == "Cage\n"


SCHEMAS = st.recursive(
    st.sampled_from(
        [
            {"type": "string"},
            {"type": "integer"},
            {"type": "string", "format": "date-time"},
            {"enum": ["a", "b"]},
            {"enum": [1, "a"]},
            {"type": "null"},
            {},
            ANIMAL,
            {"$ref": "#/components/schemas/Types0"},
            {"$ref": "#/components/schemas/Str"},
        ]
    ),
    lambda inner: (
        st.builds(lambda items: {"type": "array", "items": items}, inner)
        | st.builds(lambda extra: {"type": "object", "additionalProperties": extra}, inner)
        | st.builds(lambda parts: {"anyOf": parts}, st.lists(inner, min_size=1, max_size=3))
    ),
    max_leaves=5,
)


@settings(max_examples=25)
@given(st.lists(SCHEMAS.map(lambda one: json.dumps(one, sort_keys=True)), unique=True, min_size=1, max_size=5))
def test_what_the_engine_says_of_a_type_hangs_on_no_other(texts: list[str]) -> None:
    together = model_engine.hints(texts)
    assert together == {text: model_engine.hints([text])[text] for text in texts}


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda kept: b"",
    "cut in the middle": lambda kept: kept[: len(kept) // 2],
    "cut at the end": lambda kept: kept[:-1],
    "longer": lambda kept: kept + b"x",
    "one letter is another": lambda kept: kept.replace(b"A", b"B"),
    "its seal is another": lambda kept: bytes([kept[0] ^ 1]) + kept[1:],
    "something else": lambda kept: b'{"a": "B"}',
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_memory_that_is_damaged_counts_as_none(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    parts = Parts(tmp_path, "words")
    parts.made(["a"], lambda texts: {one: one.upper() for one in texts})
    parts.file.write_bytes(damage(parts.file.read_bytes()))
    assert parts.made(["a"], lambda texts: {one: one * 2 for one in texts}) == {"a": "aa"}


def test_every_file_of_the_memory_may_be_damaged_or_gone(tmp_path: Path) -> None:
    fresh = made(tmp_path / "fresh", ZOO)
    root = tmp_path / "kept"
    made(root, ZOO)
    changed = copy.deepcopy(ZOO)
    CHANGES["a text"](changed)
    kept = sorted((root / cache.FOLDER).iterdir())
    assert {file.suffix for file in kept} >= {".outcome", ".parts", ".run"}
    for number, file in enumerate(kept):
        damage = list(DAMAGES.values())[number % len(DAMAGES)]
        file.write_bytes(damage(file.read_bytes()))
    assert made(root, ZOO) == fresh
    shutil.rmtree(root / cache.FOLDER)
    assert made(root, changed) != fresh
    assert made(root, ZOO) == fresh


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    made(tmp_path, ZOO)
    result = pipeline.run(tmp_path, "generate")
    assert result.changes == ()
    assert [report.step for report in result.reports if report.kept] == [step.name for step in pipeline.STEPS[:6]]


@pytest.mark.parametrize(
    "path", ["spec/zoo.json", "spec/openapi.yaml", "generated/zoo/_client.py", "generated/stray.py"]
)
def test_a_file_that_is_not_as_the_last_run_left_it_is_made_again(tmp_path: Path, path: str) -> None:
    before = made(tmp_path, ZOO)
    (tmp_path / path).write_text(json.dumps(ZOO, indent=1))
    result = pipeline.run(tmp_path, "generate")
    assert not all(report.kept for report in result.reports)
    del before["spec/zoo.json"], before["generated/zoo/_provenance.json"], before["generated/sbom/zoo.cdx.json"]
    assert all((tmp_path / one).read_bytes() == content for one, content in before.items())
    assert not (tmp_path / "generated/stray.py").exists()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The project's files whose content was read."""
    found: list[str] = []
    content = pipeline.Tree._content
    monkeypatch.setattr(
        pipeline.Tree, "_content", lambda tree, path, file: (found.append(path), content(tree, path, file))[1]
    )
    return found


def settled(root: Path) -> None:
    """A project that has not changed for a moment, and was run since."""
    made(root, ZOO)
    time.sleep(0.1)
    assert all(report.kept for report in pipeline.run(root, "generate").reports)


def test_files_that_the_file_system_says_are_as_they_were_are_not_read(tmp_path: Path, read: list[str]) -> None:
    settled(tmp_path)
    read.clear()
    assert all(report.kept for report in pipeline.run(tmp_path, "generate").reports)
    assert read == []
    (tmp_path / "spec/zoo.json").touch()
    for again in (["spec/zoo.json"], []):
        time.sleep(0.1)
        assert all(report.kept for report in pipeline.run(tmp_path, "generate").reports)
        assert read == again
        read.clear()


def test_other_content_of_the_same_size_and_date_is_found(tmp_path: Path) -> None:
    settled(tmp_path)
    file = tmp_path / "generated/zoo/_client.py"
    content, before = file.read_bytes(), file.stat()
    file.write_bytes(content.swapcase())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    pipeline.run(tmp_path, "generate")
    assert file.read_bytes() == content


def test_a_file_that_had_just_changed_is_read_whatever_the_file_system_says(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(tmp_path)
    file = tmp_path / "spec/zoo.json"
    file.write_bytes(file.read_bytes().replace(b"animals", b"insects"))
    monkeypatch.setattr(pipeline.Tree, "stamp_now", lambda tree, path: kept.get(path, (b"", None))[1])
    kept, _ = cache._read(tmp_path / ".cache/generate.run")
    read.clear()
    assert all(report.kept for report in pipeline.run(tmp_path, "generate").reports)  # so much is believed
    monkeypatch.setattr(cache, "_MOMENT", 3_600 * 10**9)
    assert not all(report.kept for report in pipeline.run(tmp_path, "generate").reports)


def test_a_file_that_somebody_changed_is_made_again_beside_what_is_new(tmp_path: Path) -> None:
    made(tmp_path, ZOO)
    client, cage = (tmp_path / "generated/zoo" / path for path in ("_client.py", "models/cage.py"))
    before = client.read_bytes()
    client.write_bytes(before.replace(b"class", b"clasp"))
    document = copy.deepcopy(ZOO)
    CHANGES["a text"](document)
    made(tmp_path, document)
    assert client.read_bytes() == before
    assert "Where they live." in cage.read_text()


def test_what_an_earlier_run_made_is_not_read_again_to_be_compared_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, ZOO)
    time.sleep(0.1)  # times of files are exact to some milliseconds
    assert pipeline.run(tmp_path, "generate").changes == ()
    read: list[str] = []
    content = pipeline.Tree._content
    monkeypatch.setattr(
        pipeline.Tree, "_content", lambda tree, path, file: (read.append(path), content(tree, path, file))[1]
    )
    document = copy.deepcopy(ZOO)
    CHANGES["a text"](document)
    (tmp_path / "spec/zoo.json").write_text(json.dumps(document))
    changed = {change.path for change in pipeline.run(tmp_path, "generate").changes}
    assert "generated/zoo/models/cage.py" in changed
    assert {path for path in read if path.startswith("generated/")} <= changed


def test_what_a_run_reads_is_what_the_next_one_compares_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that is saved while a run is at work: the run tells of the old one, so the next one must begin again."""
    made(tmp_path, ZOO)
    changed = copy.deepcopy(ZOO)
    CHANGES["a text"](changed)
    (tmp_path / "spec/zoo.json").write_text(json.dumps(changed))
    after = json.dumps(ZOO, indent=2)
    commit = pipeline.Tree.commit
    monkeypatch.setattr(
        pipeline.Tree, "commit", lambda tree: ((tmp_path / "spec/zoo.json").write_text(after), commit(tree))[1]
    )
    pipeline.run(tmp_path, "generate")
    assert "Where they live." in (tmp_path / "generated/zoo/models/cage.py").read_text()
    monkeypatch.undo()
    pipeline.run(tmp_path, "generate")
    assert "Where they live." not in (tmp_path / "generated/zoo/models/cage.py").read_text()


def test_the_memory_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_KEPT", 8)
    for number in range(5):
        document = copy.deepcopy(ZOO)
        schema(document, "Cage")["description"] = f"{number} "
        made(tmp_path, document)
        assert len(list((tmp_path / cache.FOLDER).glob("*.outcome"))) <= 8


def test_what_killed_runs_left_goes_and_the_files_of_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / cache.FOLDER
    folder.mkdir()
    for name in (f"{'ab' * 16}.outcome.77.draft", "lock", "tool.json", "abcdef"):
        (folder / name).write_text("x")
    made(tmp_path, ZOO)
    kept = {file.name for file in folder.iterdir() if file.suffix not in (".outcome", ".parts", ".run")}
    assert kept == {"lock", "tool.json", "abcdef"}


@pytest.mark.parametrize("path", ["generated/zoo/py.typed", "generated/zoo/_client.py"])
def test_a_step_whose_files_are_gone_makes_them_again(tmp_path: Path, path: str) -> None:
    before = made(tmp_path, ZOO)
    (tmp_path / path).unlink()
    result = pipeline.run(tmp_path, "generate")
    kept = {report.step: report.kept for report in result.reports}
    assert kept["normalize"]
    assert not kept["generate"]
    assert (tmp_path / path).read_bytes() == before[path]


def test_a_step_whose_input_and_files_come_back_has_nothing_to_do(tmp_path: Path) -> None:
    """As where a branch is left for another one and taken up again."""
    made(tmp_path / "zoo", ZOO)
    shutil.copytree(tmp_path / "zoo", tmp_path / "kept", ignore=shutil.ignore_patterns(cache.FOLDER))
    changed = copy.deepcopy(ZOO)
    CHANGES["a text"](changed)
    made(tmp_path / "zoo", changed)
    for folder in ("spec", "generated"):
        shutil.rmtree(tmp_path / "zoo" / folder)
        shutil.copytree(tmp_path / "kept" / folder, tmp_path / "zoo" / folder)
    result = pipeline.run(tmp_path / "zoo", "generate")
    assert not result.changes
    assert all(report.kept for report in result.reports if report.step != "name")  # it reads what it wrote


def test_what_other_code_made_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = Parts(tmp_path, "words")
    parts.made(["a"], lambda texts: dict.fromkeys(texts, "old"))
    monkeypatch.setattr(cache, "code", lambda: "another version")
    assert parts.made(["a"], lambda texts: dict.fromkeys(texts, "new")) == {"a": "new"}


def test_what_a_run_has_no_more_is_forgotten(tmp_path: Path) -> None:
    parts = Parts(tmp_path, "words")
    parts.made(["a", "b"], lambda texts: dict.fromkeys(texts, 1))
    parts.made(["b"], lambda texts: {})
    assert parts.made(["a", "b"], lambda texts: dict.fromkeys(texts, 2)) == {"a": 2, "b": 1}


def test_work_that_fails_leaves_the_memory_as_it_was(tmp_path: Path) -> None:
    parts = Parts(tmp_path, "words")
    parts.made(["a"], lambda texts: dict.fromkeys(texts, 1))
    with pytest.raises(ZeroDivisionError):
        parts.made(["a", "b"], lambda texts: {"b": 1 // 0})
    assert parts.made(["a"], lambda texts: dict.fromkeys(texts, 2)) == {"a": 1}


@pytest.mark.parametrize("step", ["contract", "generate"])
def test_a_step_that_reads_the_plan_loads_no_engine(step: str) -> None:
    program = f"import sys, scripts.{step}; print([one for one in sys.modules if one in {ENGINES}])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_template_of_a_resource_prints_only_what_its_module_is_known_by() -> None:
    texts = [file.read_text() for file in (ROOT / "templates/endpoints").glob("*")]
    assert texts
    assert not any("operation" in text.replace("Operation", "") for text in texts)


def test_a_problem_of_a_schema_is_told_again_where_the_schema_did_not_change(tmp_path: Path) -> None:
    document = copy.deepcopy(ZOO)
    CHANGES["what cannot be expressed"](document)
    CHANGES["the same schema twice"](document)
    first = made(tmp_path, document)["spec/problems.md"]
    CHANGES["an operation's text"](document)
    assert made(tmp_path, document)["spec/problems.md"] == first
    assert b"'shape'" in first
    assert b"`false` allows no value" in first


def test_work_beside_gives_its_result_or_raises_what_it_raised() -> None:
    def fails() -> None:
        raise BadInput(Problem("a.yaml", "It is wrong.", "Correct it.", 3))

    with beside(lambda: {"a": [1, None]}) as work:
        assert work() == {"a": [1, None]}
    with beside(fails) as work, pytest.raises(BadInput, match=r"a\.yaml:3: It is wrong\."):
        work()


@pytest.mark.parametrize("many", [3, 101, 400])
def test_inputs_that_two_processes_share_are_all_worked_on_once(many: int) -> None:
    made = shared(list(range(many)), lambda some: {one: (one * 2, os.getpid()) for one in some})
    assert {one: twice for one, (twice, _) in made.items()} == {one: one * 2 for one in range(many)}
    assert len({worker for _, worker in made.values()}) == (1 if many < 100 else 2)


def test_work_beside_that_was_killed_is_done_again() -> None:
    here = os.getpid()
    with beside(lambda: os.getpid() if os.getpid() == here else os.kill(os.getpid(), signal.SIGKILL)) as work:
        assert work() == here


def test_work_beside_ends_with_its_block_and_so_does_what_it_began() -> None:
    reader, writer = os.pipe()
    begun = ["sh", "-c", "printf x; exec sleep 60"]
    with beside(lambda: subprocess.run(begun, stdout=writer, check=False)):
        assert os.read(reader, 1) == b"x"
    os.close(writer)
    start = time.monotonic()
    assert os.read(reader, 1) == b""  # nobody holds the other end
    assert time.monotonic() - start < 30
    os.close(reader)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # none is left


def test_functions_of_a_module_that_is_loaded_beside_give_their_result_or_raise_what_they_raised() -> None:
    loaded = Loaded("json")
    try:
        assert loaded("dumps", {"a": [1]}) == '{"a": [1]}'
        with pytest.raises(TypeError, match="not JSON serializable"):
            loaded("dumps", 1j)
        assert loaded(os.getpid) != os.getpid()
    finally:
        loaded.end()


def test_what_a_killed_process_was_asked_is_answered_here() -> None:
    loaded = Loaded("json")
    try:
        os.kill(loaded(os.getpid), signal.SIGKILL)
        assert loaded("dumps", [1]) == "[1]"
        assert loaded(os.getpid) == os.getpid()
    finally:
        loaded.end()


def test_engines_in_processes_of_their_own_make_what_they_make_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(engines, "load", lambda: None)
        here = made(tmp_path / "here", ZOO)
    asked = Counter[str]()
    ask = Loaded.__call__

    def counted(self: Loaded, function: Any, *values: Any) -> Any:
        asked[str(getattr(function, "__name__", function))] += 1
        return ask(self, function, *values)

    monkeypatch.setattr(Loaded, "__call__", counted)
    for engine in (engines.MODELS, engines.ENDPOINTS):
        monkeypatch.delitem(sys.modules, engine, raising=False)
    assert made(tmp_path / "beside", ZOO) == here
    assert {"hints", "rendered", "valid_field", "identifier"} <= asked.keys()  # the rest is asked by a copy
    assert not {engines.MODELS, engines.ENDPOINTS} & sys.modules.keys()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # none is left


def test_no_step_changes_the_canonical_document_or_the_names_that_all_of_them_read(tmp_path: Path) -> None:
    made(tmp_path, ZOO)
    shutil.rmtree(tmp_path / ".cache")
    tree = pipeline.run(tmp_path, "diff").tree
    assert tree is not None
    for path in ("spec/openapi.yaml", "spec/names.lock"):
        assert tree.parsed[tree.digest(path)] == documents.read(tree.text(path), "").data


def test_names_are_as_if_each_that_is_gone_had_been_offered_to_all_that_is_new() -> None:
    changed = copy.deepcopy(ZOO)
    animal = schema(changed, "Animal")["properties"]
    animal["Name"] = animal.pop("name")
    changed["paths"]["/v2/animals"] = changed["paths"].pop("/animals")
    changed["components"]["schemas"]["CageDto"] = changed["components"]["schemas"].pop("Cage")
    one, other = (
        list(_named_in_turn((ZOO, changed, ZOO, changed), asked)) for asked in (can_succeed, lambda gone, new: True)
    )
    assert one == other
    assert one[1]["/components/schemas/CageDto"] == "Cage"


def _named_in_turn(documents: Iterable[Document], asked: Callable[..., bool]) -> Iterator[dict[str, str]]:
    pinned = Pins()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(naming, "can_succeed", asked)
        for document in documents:
            known, names = naming.named(document, pinned)
            pinned = Pins({**known.shipped, **names})
            yield names


def test_a_method_follows_what_its_references_lead_to(tmp_path: Path) -> None:
    document = copy.deepcopy(ZOO)
    items = {"type": "array", "items": {"type": "string"}}
    page = {"type": "object", "properties": {"items": items, "next_cursor": {"type": "string"}}}
    document["components"]["schemas"] |= {"Kind": {"enum": ["cat"]}, "Page": page}
    document["paths"]["/animals"]["get"] = {
        "parameters": [
            {"name": "kind", "in": "query", "schema": {"$ref": "#/components/schemas/Kind"}},
            {"name": "cursor", "in": "query", "schema": {"type": "string"}},
        ],
        "responses": answer({"$ref": "#/components/schemas/Page"}),
    }
    assert b"SyncPage[str," in made(tmp_path, document)["generated/zoo/resources/animals.py"]
    document["components"]["schemas"]["Kind"]["enum"].append("dog")
    items["items"] = {"type": "integer"}
    module = made(tmp_path, document)["generated/zoo/resources/animals.py"]
    assert b"SyncPage[int," in module
    assert b'"dog"' in module


def test_an_interrupt_while_a_process_is_copied_is_not_lost() -> None:
    program = (
        "import os, signal\n"
        "from scripts.beside import beside\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "try:\n"
        "    with beside(lambda: 1) as work:\n"
        "        work()\n"
        "except KeyboardInterrupt:\n"
        "    print('heard')\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.stdout == "heard\n"


def test_an_interrupt_as_a_copy_begins_ends_the_copy_alone() -> None:
    program = (
        "import os, signal\n"
        "from scripts.beside import beside\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "try:\n"
        "    with beside(lambda: 1) as work:\n"
        "        print(work())\n"
        "finally:\n"
        "    print('the end')\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (ran.stdout, ran.stderr) == ("1\nthe end\n", "")
