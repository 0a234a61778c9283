"""What was proved is kept: does a run that keeps come to what a fresh one does, whatever is edited between?"""

from __future__ import annotations

import copy
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from studio import DOCUMENT, track

from scripts import contract, pipeline, project
from scripts.beside import spread
from scripts.contract import catalog, proof
from scripts.contract.basis import Basis
from scripts.contract.original import source
from scripts.documents import read, write
from scripts.step import Outcome
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]


def proved(root: Path) -> Outcome:
    tree = Tree(root)
    return contract.run(tree, project.load(tree))


def afresh(root: Path, elsewhere: Path) -> Outcome:
    """What a run comes to that nothing was kept for."""
    shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.copytree(root, elsewhere, ignore=shutil.ignore_patterns(".cache"))
    return proved(elsewhere)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The operations that are proved in the block."""
    asked: list[str] = []
    made = proof._made

    def counting(*values: Any) -> Any:
        asked.extend(task.operation.id for task in values[-1])
        return made(*values)

    with monkeypatch.context() as patch:
        patch.setattr(proof, "_made", counting)
        yield asked


def document_of(root: Path) -> tuple[Path, dict[str, Any]]:
    path = root / "spec/source/studio.yaml"
    return path, read(path.read_text(), "studio").data


def add_field(root: Path, chance: Random) -> None:
    path, document = document_of(root)
    name = chance.choice(["Track", "Voice", "Fault"])
    document["components"]["schemas"][name]["properties"][f"more_{chance.randrange(9)}"] = {"type": "integer"}
    path.write_text(write(document))
    assert not pipeline.run(root, "generate").problems


def require(root: Path, chance: Random) -> None:
    path, document = document_of(root)
    schema = document["components"]["schemas"]["Track"]
    schema["required"] = sorted({"id", "title", chance.choice(["state", "length", "owner"])})
    path.write_text(write(document))
    assert not pipeline.run(root, "generate").problems


def combine(root: Path, chance: Random) -> None:
    """Another schema combines one, which leaves it open."""
    path, document = document_of(root)
    combined = [{"$ref": f"#/components/schemas/{chance.choice(['Track', 'Voice'])}"}]
    document["components"]["schemas"]["Wider"] = {"allOf": combined, "properties": {"width": {"type": "integer"}}}
    answers = document["paths"]["/notes"]["get"]["responses"]
    answers["200"]["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/Wider"}
    path.write_text(write(document))
    assert not pipeline.run(root, "generate").problems


def break_model(root: Path, chance: Random) -> None:
    model = root / "generated/studio/models" / chance.choice(["track.py", "voice.py", "fault.py"])
    model.write_text(model.read_text().replace(": str", ": int", 1))


def break_runtime(root: Path, chance: Random) -> None:
    module = root / "generated/studio/_runtime/parameters.py"
    module.write_text(module.read_text().replace("return quote(text, safe=safe)", 'return quote(text, safe="/")'))


def record(root: Path, chance: Random) -> None:
    body = track(chance.randrange(3), title="Some song", owner="user-a5085940@example.com", extra=chance.random())
    operation = chance.choice([("tracks.retrieve", "/tracks/t1", body), ("tracks.list", "/tracks", [body])])
    entry = {
        "request": {"method": "GET", "url": f"https://api.studio.example/v1{operation[1]}", "headers": []},
        "response": {
            "status": 200,
            "headers": [],
            "content": {"mimeType": "application/json", "text": json.dumps(operation[2])},
        },
        "_operation": operation[0],
        "_origin": "live",
    }
    path = root / f"tests/recordings/{operation[0]}/{chance.randrange(2)}.har"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": [entry]}}))


def damage(root: Path, chance: Random) -> None:
    file = chance.choice(sorted((root / ".cache").glob("*.parts")))
    content = file.read_bytes()
    file.write_bytes(content[: chance.randrange(len(content))])


EDITS: list[Callable[[Path, Random], None]] = [
    add_field,
    require,
    combine,
    break_model,
    break_runtime,
    record,
    record,
    damage,
]


@pytest.mark.parametrize("seed", range(3))
def test_a_run_that_keeps_what_was_proved_comes_to_what_a_fresh_one_does(
    studio: Path, tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    proved(studio)
    for edit in chance.sample(EDITS, 4):
        edit(studio, chance)
        told, fresh = proved(studio), afresh(studio, tmp_path / "fresh")
        assert told.problems == fresh.problems, edit
        assert told.files == fresh.files, edit


def test_an_unchanged_project_is_not_proved_again(studio: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = proved(studio)
    with counted(monkeypatch) as asked:
        assert proved(studio) == before
    assert asked == []


def test_only_what_hangs_on_an_edit_is_proved_again(studio: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proved(studio)
    path, document = document_of(studio)
    answers = document["paths"]["/notes"]["get"]["responses"]
    answers["200"]["content"]["application/json"]["schema"]["properties"]["more"] = {"type": "string"}
    path.write_text(write(document))
    assert not pipeline.run(studio, "generate").problems
    with counted(monkeypatch) as asked:
        proved(studio)
    assert asked == ["notes.retrieve"] or asked == ["notes.list"]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("models/track.py", "title: str", "title: int"),
        ("_runtime/parameters.py", "return quote(text, safe=safe)", 'return "x"'),
        ("resources/tracks.py", '"Track"', '"Fault"'),
    ],
)
def test_an_edit_by_which_an_operation_breaks_is_seen(studio: Path, file: str, before: str, after: str) -> None:
    assert "✗" not in str(proved(studio).files["spec/contract.md"])
    path = studio / "generated/studio" / file
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))
    assert "✗" in str(proved(studio).files["spec/contract.md"])


def keys(root: Path) -> dict[str, bytes]:
    tree = Tree(root)
    api, known = project.load(tree), catalog.load(tree)
    basis = Basis(tree, api, known, source.load(tree, api))
    return {task.operation.id: basis.key(task) for task in proof.tasks(known, [], document_of(root)[1])}


def test_lines_that_move_change_nothing(studio: Path) -> None:
    before = keys(studio)
    path, _ = document_of(studio)
    path.write_text(f"# a comment\n\n{path.read_text()}")
    assert not pipeline.run(studio, "generate").problems
    assert keys(studio) == before


def test_a_schema_that_another_one_combines_is_judged_anew_as_it_is_open_then(studio: Path) -> None:
    before = keys(studio)
    path, document = document_of(studio)
    document["components"]["schemas"]["Wide"] = {"allOf": [{"$ref": "#/components/schemas/Voice"}]}
    path.write_text(write(document))
    after = keys(studio)
    assert before["tracks.retrieve"] != after["tracks.retrieve"]
    notes = next(name for name in before if name.startswith("notes."))
    assert before[notes] == after[notes]


def test_a_document_whose_references_are_no_pointers_is_one_piece(studio: Path) -> None:
    path, document = document_of(studio)
    document["components"]["schemas"]["Voice"]["$anchor"] = "voice"
    path.write_text(write(document))
    before = keys(studio)
    document["components"]["schemas"]["Fault"]["description"] = "Went wrong"
    path.write_text(write(document))
    after = keys(studio)
    assert not set(before.items()) & set(after.items())


def test_a_part_of_a_document_is_read_as_the_whole_is(studio: Path) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["components"]["schemas"]["Wide"] = {"allOf": [{"$ref": "#/components/schemas/Voice"}]}
    document["paths"]["/wide"] = {"get": {"responses": document["paths"]["/notes"]["get"]["responses"]}}
    (studio / "spec/source/studio.yaml").write_text(write(document))
    assert not pipeline.run(studio, "generate").problems
    tree = Tree(studio)
    api, known = project.load(tree), catalog.load(tree)
    basis = Basis(tree, api, known, source.load(tree, api))
    (task,) = (one for one in proof.tasks(known, [], document_of(studio)[1]) if one.operation.id == "tracks.retrieve")
    part = basis.part([task])
    assert part.data["paths"].keys() == {"/tracks/{track_id}"}
    assert part.data["components"]["schemas"].keys() == {"Track", "Voice", "Drum", "Fault"}
    assert part.combined is None or part.combined >= {"/components/schemas/Voice"}


def test_pieces_are_worked_on_by_copies_and_come_in_their_order() -> None:
    @contextmanager
    def opened() -> Iterator[Callable[[int], tuple[int, int]]]:
        yield lambda piece: (piece * 2, os.getpid())

    made = spread(opened, range(40))
    assert [double for double, _ in made] == list(range(0, 80, 2))


def test_what_a_copy_raises_is_raised_and_ends_the_others() -> None:
    @contextmanager
    def opened() -> Iterator[Callable[[int], int]]:
        def work(piece: int) -> int:
            if piece == 3:
                raise ValueError("three")
            return piece

        yield work

    with pytest.raises(ValueError, match="three"):
        spread(opened, range(40))


def test_the_pieces_of_a_copy_that_was_killed_are_worked_on_all_the_same() -> None:
    here = os.getpid()

    @contextmanager
    def opened() -> Iterator[Callable[[int], int]]:
        def work(piece: int) -> int:
            if piece % 10 == 3 and os.getpid() != here:
                os.kill(os.getpid(), signal.SIGKILL)
            return piece

        yield work

    assert spread(opened, range(40)) == list(range(40))


def children(of: int) -> set[int]:
    """The processes below one."""
    told = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    above = dict(map(int, line.split()) for line in told.splitlines())
    found = {of}
    while more := {pid for pid, parent in above.items() if parent in found} - found:
        found |= more
    return found - {of}


def is_worker(process: int) -> bool:
    """Whether a process calls the package; one that has ended meanwhile does not."""
    try:
        return b"worker.py" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def test_an_interrupt_leaves_no_process(studio: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "scripts", "contract", "--project", str(studio)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )
    started: set[int] = set()
    deadline = time.monotonic() + 60
    while len(started) < 2 and time.monotonic() < deadline and run.poll() is None:
        started = set(filter(is_worker, children(run.pid)))
        started |= children(run.pid) if started else set()
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    assert run.wait(30) != 0
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert started
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []
