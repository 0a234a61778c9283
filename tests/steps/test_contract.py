"""The contract step on a small project: does it replay what was recorded, and see what goes wrong?"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from contract_project import API, BODY, har, make, record

from scripts import contract
from scripts.contract import replay, report, vectors
from scripts.documents import read, write
from scripts.problems import BadInput
from scripts.step import Outcome
from scripts.tree import Tree

COUNTED = """
with open({0!r}, "a") as counted:
    print("process", file=counted)


def _count(event, arguments):
    if event == "socket.connect":
        with open({0!r}, "a") as counted:
            print("connection", file=counted)


import sys
sys.addaudithook(_count)
"""
"""What the package tells of itself: that it was loaded, and each connection it opens."""

OLD = "tests/recordings/things.create/old.201.documented.har"
FAILED = "tests/recordings/things.create/new.500.documented.har"


@pytest.fixture(scope="module", autouse=True)
def few_vectors() -> Iterator[None]:
    """Fewer vectors than a run tries: these tests are about recordings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "MOST", 3)
        yield


def run(root: Path) -> Outcome:
    return contract.run(Tree(root), API)


def text(outcome: Outcome) -> str:
    return str(outcome.files[report.PATH])


def row(outcome: Outcome, name: str) -> list[str]:
    """The cells of a recording in the matrix: age, verdict, request, schema, decode, encode, sync, async."""
    line = next(line for line in text(outcome).splitlines() if line.startswith("|") and name in line)
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The outcome of a project that has no recordings but those that its documents amount to."""
    return run(make(tmp_path_factory.mktemp("documented")))


def broken(tmp_path: Path, fault: str, name: str = "ok", **changes: Any) -> tuple[list[str], Outcome]:
    root = make(tmp_path, fault)
    record(root, "ok", har(**changes))
    outcome = run(root)
    return row(outcome, name)[1:], outcome


def test_a_live_recording_of_today_passes_every_check(tmp_path: Path) -> None:
    root = make(tmp_path)
    record(root, "ok", har())
    outcome = run(root)
    assert row(outcome, "ok.har") == ["", "passes", "✓", "✓", "✓", "✓", "✓", "✓"]
    assert outcome.problems == ()
    assert outcome.summary == "3 recordings: 2 pass, 1 drift, 0 break"


def test_samples_of_pages_become_recordings_that_say_where_they_are_from(documented: Outcome) -> None:
    entry = json.loads(documented.files[OLD])["log"]["entries"][0]
    assert entry["_operation"] == "things.create"
    assert entry["_origin"] == "documented sample"
    assert entry["_source"] == "spec/pages/old.txt"
    assert entry["_age"] == 1
    assert len(entry["_document"]) == 64
    assert entry["response"]["status"] == 201
    assert json.loads(entry["request"]["postData"]["text"])["kind"] == "jug"


def test_a_documented_error_without_a_sample_gets_a_body_made_from_its_schema(documented: Outcome) -> None:
    entry = json.loads(documented.files[FAILED])["log"]["entries"][0]
    assert entry["_origin"] == "mock"
    assert json.loads(entry["response"]["content"]["text"]) == {"statusCode": 500, "message": "It broke"}
    assert row(documented, "new.500")[1] == "passes"


def test_an_older_recording_drifts_and_each_drift_is_named(documented: Outcome) -> None:
    assert row(documented, "old.201") == ["1", "drifts", "✓", "8 drifts", "✓", "✓", "✓", "✓"]
    for drift in (
        "- `status`: 201 → 200",
        "- `response.sizes`: string → array",
        "- `response.kind`: 'jug' is not among cup, plate, bowl",
        "- `response`: 1 field missing, documented as required: `note`",
        "- `response`: 1 field not documented: `colour`",
        "- `request`: 1 field not documented: `colour`",
    ):
        assert drift in text(documented)
    assert documented.problems == ()


def test_what_changed_since_an_older_page_is_named_even_where_no_sample_shows_it(documented: Outcome) -> None:
    told = text(documented).partition("## What changed since older pages")[2]
    assert "- `response.kind`: 'bowl' is a new value" in told
    assert "- `response`: 1 field new: `note`" in told
    assert "- `request`: 1 field gone: `colour`" in told


def test_a_live_recording_of_today_that_contradicts_the_document_is_a_problem(tmp_path: Path) -> None:
    cells, outcome = broken(tmp_path, "", response__content__text=json.dumps({**BODY, "kind": "mug"}))
    assert cells == ["breaks", "✓", "✗", "✓", "✓", "✓", "✓"]
    (problem,) = outcome.problems
    assert problem.settled is None
    assert problem.where == "tests/recordings/things.retrieve/ok.har"
    assert "'mug' is not among" in problem.what
    assert "spec/overlay.yaml" in problem.fix


def test_the_same_recording_with_an_older_age_is_information(tmp_path: Path) -> None:
    cells, outcome = broken(tmp_path, "", response__content__text=json.dumps({**BODY, "kind": "mug"}), _age=1)
    assert cells == ["drifts", "✓", "1 drift", "✓", "✓", "✓", "✓"]
    assert outcome.problems == ()


@pytest.mark.parametrize(
    ("fault", "name", "cells"),
    [
        ("path", "ok.har", ["breaks", "✗", "✓", "✓", "✓", "✗", "✗"]),
        ("drops", "ok.har", ["breaks", "✓", "✓", "✓", "✗", "✗", "✗"]),
        ("async", "ok.har", ["breaks", "✗", "✓", "✓", "✓", "✓", "✗"]),
        ("strict-enum", "ok.har", ["breaks", "✓", "✓", "✗", "✓", "✗", "✗"]),
        ("swallows", "new.500", ["breaks", "✓", "✓", "✗", "✓", "✗", "✗"]),
        ("untyped", "new.500", ["breaks", "✓", "✓", "✗", "✓", "✗", "✗"]),
    ],
)
def test_a_package_that_gets_something_wrong_breaks(tmp_path: Path, fault: str, name: str, cells: list[str]) -> None:
    found, outcome = broken(tmp_path, fault, name)
    assert found == cells
    (of_recording,) = (problem for problem in outcome.problems if name in problem.where)
    assert (of_recording.settled is None) == (name == "ok.har"), "what nobody vouches for does not stop the run"


def test_an_operation_that_raises_though_it_is_answered_as_documented_stops_the_run(tmp_path: Path) -> None:
    root = make(tmp_path, "async")
    (problem,) = (problem for problem in run(root).problems if problem.settled is None)
    assert problem.what == "things.retrieve fails when it is called (async): RuntimeError: async only."
    assert problem.fix == "Look at what generate makes of GET /things/{thing_id}."


def test_an_operation_that_could_not_be_called_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(replay, "failure", lambda rows: "(sync): TimeoutError: the machine is busy")
        patch.setattr(vectors.Vectors, "tried", lambda self: vectors.Vectored(self.operation, 0, 0, (), works=False))
        assert {problem.where for problem in run(root).problems} == {"generated"}
    assert run(root).problems == ()


def test_a_package_is_proved_with_what_it_declares_and_nothing_else(tmp_path: Path) -> None:
    root = make(tmp_path)
    project = root / "generated/pyproject.toml"
    project.write_text(project.read_text().replace('dependencies = ["httpx>=0.28,<1"]', "dependencies = []"))
    with pytest.raises(BadInput, match="No module named 'httpx'"):
        run(root)


def test_a_package_that_cannot_be_imported_is_one_problem(tmp_path: Path) -> None:
    root = make(tmp_path)
    (root / "generated/acme/__init__.py").write_text("import nothing_like_this\n")
    with pytest.raises(BadInput, match="No module named 'nothing_like_this'"):
        run(root)


def test_a_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    root = make(tmp_path)
    record(root, "ok", har())
    first = run(root)
    for path, content in first.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(str(content), encoding="utf-8")
    assert run(root).files == first.files


def test_operations_without_a_recording_are_named(documented: Outcome) -> None:
    assert "Without any recording: `things.retrieve`." in text(documented)
    assert documented.summary.endswith("; 1 operation without any")


def test_an_argument_that_the_method_lacks_is_sent_all_the_same(tmp_path: Path) -> None:
    url = "https://api.acme.example/v1/things/t1?sizes=1&page=2&page=3"
    root = make(tmp_path)
    record(root, "ok", har(request__url=url))
    assert row(run(root), "ok.har")[2] == "✓"


def test_a_recorded_request_of_another_operation_breaks(tmp_path: Path) -> None:
    cells, outcome = broken(tmp_path, "", request__url="https://api.acme.example/v1/elsewhere")
    assert cells == ["breaks", "✗", "", "", "", "", ""]
    assert "cannot make the request" in outcome.problems[0].what


def elsewhere(tmp_path: Path, fault: str) -> Path:
    """A project in which `things.retrieve` is on a server of its own."""
    root = make(tmp_path, fault)
    for name in ("openapi", "merged"):
        data = read((root / f"spec/{name}.yaml").read_text(), name).data
        data["paths"]["/things/{thing_id}"]["get"]["servers"] = [{"url": "https://files.acme.example/v2"}]
        (root / f"spec/{name}.yaml").write_text(write(data))
    return root


def test_an_operation_on_a_server_of_its_own_is_replayed_on_loopback_too(tmp_path: Path) -> None:
    root = elsewhere(tmp_path, "elsewhere")
    record(root, "ok", har(request__url="https://files.acme.example/v2/things/1?sizes=1&sizes=2"))
    assert row(run(root), "ok.har")[1:] == ["passes", "✓", "✓", "✓", "✓", "✓", "✓"]


def test_a_package_that_calls_another_host_is_stopped(tmp_path: Path) -> None:
    root = make(tmp_path, "elsewhere")
    record(root, "ok", har())
    outcome = run(root)
    assert row(outcome, "ok.har")[1] == "breaks"
    assert "is not on this machine" in text(outcome)


def test_the_key_is_in_no_file(tmp_path: Path) -> None:
    root = make(tmp_path)
    record(root, "ok", har())
    outcome = run(root)
    for content in outcome.files.values():
        assert "not-a-key" not in str(content)
        assert "uthorization" not in str(content)


def test_a_hundred_recordings_take_few_processes_and_connections(tmp_path: Path) -> None:
    root = make(tmp_path)
    package = root / "generated/acme/__init__.py"
    package.write_text(f"{package.read_text()}{COUNTED.format(str(tmp_path / 'started'))}")
    for number in range(100):
        record(root, f"r{number}", har())
    assert run(root).summary.startswith("102 recordings: 101 pass")
    started = Counter((tmp_path / "started").read_text().splitlines())
    assert 1 <= started["process"] <= 2 * (os.cpu_count() or 1)
    assert started["connection"] <= 4 * started["process"]
