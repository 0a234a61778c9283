"""What is about reading alone is tried once for all answers that are read alike, and by both clients."""

from __future__ import annotations

import copy
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from studio import DOCUMENT

from scripts import contract, project
from scripts.contract import catalog, importer, proof, recordings, replay
from scripts.contract.drawn import Choices
from scripts.tree import Tree


def first(root: Path, document: Any) -> dict[str, tuple[str, ...]]:
    """The statuses of each operation whose answers are the first that are read so."""
    tasks = proof.tasks(catalog.load(Tree(root)), [], document)
    return {task.operation.id: task.vectors.first for task in tasks if task.vectors}


def test_of_the_answers_that_are_read_alike_one_is_the_first(studio_made: Path) -> None:
    found = first(studio_made, DOCUMENT)
    assert sum("404" in statuses for statuses in found.values()) == 1
    one_track = [name for name in found if name.startswith("tracks.") and {"200", "201"} & {*found[name]}]
    assert len(one_track) == 3, found  # a list, one of them by whichever method, and a file


def test_an_answer_that_the_original_words_otherwise_is_read_otherwise(studio_made: Path) -> None:
    before = first(studio_made, DOCUMENT)
    document = copy.deepcopy(DOCUMENT)
    answer = document["paths"]["/tracks/{track_id}"]["get"]["responses"]["200"]
    answer["content"]["application/json"]["schema"] = {"allOf": [{"$ref": "#/components/schemas/Track"}]}
    after = first(studio_made, document)
    assert sum(map(len, after.values())) == sum(map(len, before.values())) + 1


def test_an_answer_that_stands_elsewhere_is_read_like_no_other(studio_made: Path) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["paths"] = {path: {"$ref": "other.yaml"} for path in document["paths"]}
    tasks = proof.tasks(catalog.load(Tree(studio_made)), [], document)
    assert all(
        {one.status for one in task.operation.plan.answers} == {*task.vectors.first} for task in tasks if task.vectors
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[tuple[str, str, str]]]:
    """What the clients are asked to read, by operation: status, label and mode; all in this process."""
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    ask = replay.Worker.ask

    def noting(self: replay.Worker, job: replay.Job) -> replay.Rows:
        read = {(str(one.status), one.label, mode) for one in job.answers for mode in one.modes}
        found[job.call.operation] |= read
        return ask(self, job)

    monkeypatch.setattr(replay.Worker, "ask", noting)
    monkeypatch.setattr(proof, "spread", lambda opened, pieces: _one_by_one(opened, pieces))
    return found


def _one_by_one(opened: Any, pieces: Any) -> list[Any]:
    with opened() as work:
        return list(map(work, pieces))


def test_both_clients_read_each_kind_of_answer(studio: Path, asked: dict[str, set[tuple[str, str, str]]]) -> None:
    tree = Tree(studio)
    api, known = project.load(tree), catalog.load(tree)
    contract.examined(tree, api, known, [], [])
    modes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for read in asked.values():
        for status, label, mode in read:
            modes[status, label] |= {mode}
    assert {label for _, label in modes} >= {"strict", "lenient", "an unknown field", "an unknown value"}
    assert {label for _, label in modes} >= {"an unknown variant", replay.RECORDED}
    both = {kind for kind, found in modes.items() if found == {*replay.MODES}}
    assert modes.keys() - both <= {("201", "an unknown variant")}, "which is drawn once"
    assert asked.keys() >= known.operations.keys()
    assert all({mode for _, _, mode in read} == {*replay.MODES} for read in asked.values())


def test_a_made_recording_with_the_answer_of_another_is_replayed_as_it_is(
    studio: Path, asked: dict[str, set[tuple[str, str, str]]]
) -> None:
    tree = Tree(studio)
    api, known = project.load(tree), catalog.load(tree)
    files, _ = importer.documented(tree, known)
    found, _ = recordings.load(tree, known, files)
    assert {one.status for one in found} == {404}
    tasks = proof.tasks(known, found, DOCUMENT)
    assert len([file for task in tasks for file in task.varied]) == 1
    findings = contract.examined(tree, api, known, found, [])
    assert {one.word for one in findings.verdicts} == {"passes"}
    read = [
        {mode for status, label, mode in asked[one.operation] if (status, label) == ("404", replay.RECORDED)}
        for one in found
    ]
    assert sorted(map(len, read), reverse=True) == [2] + [1] * (len(found) - 1)
    assert {mode for modes in read[1:] for mode in modes} == {*replay.MODES}
    assert sum(("404", "an unknown field", "sync") in read for read in asked.values()) == 1


def test_smaller_bytes_are_simpler_choices_in_each_turn() -> None:
    assert [Choices(bytes(4))(13) for _ in range(9)] == [0] * 9
    assert [Choices(bytes([one]))(4) for one in (0, 63, 64, 128, 255)] == [0, 0, 1, 2, 3]
    choose = Choices(bytes([0, 77]))
    taken = [choose(13) for _ in range(40)]
    assert set(taken[::2]) == {0}
    assert len(set(taken[1::2])) > 5
    assert json.dumps(taken) == json.dumps([*map(Choices(bytes([0, 77])), [13] * 40)])
