"""Which recordings go into the package for its test kit, and do earlier steps leave them there?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from contract_project import API, BODY, har, make, record

from scripts import contract
from scripts.contract import kit
from scripts.tree import Tree

FILE = "generated/acme/testing/recordings.json"


def kept(root: Path) -> dict[str, list[list[Any]]]:
    outcome = contract.run(Tree(root), API)
    found: dict[str, list[list[Any]]] = json.loads(outcome.files[FILE])
    return found


def test_a_recording_that_passes_is_kept_without_its_headers(tmp_path: Path) -> None:
    root = make(tmp_path)
    record(root, "ok", har(response__headers=[{"name": "X-Request-Id", "value": "r-1"}]))
    [[status, kind, text]] = kept(root)["things.retrieve"]
    assert (status, kind, json.loads(text)) == (200, "application/json", BODY)


def test_of_two_recordings_the_live_one_is_kept(tmp_path: Path) -> None:
    root = make(tmp_path)
    record(root, "a", har(_origin="mock"))
    record(root, "b", har(response__content__text=json.dumps({**BODY, "id": "live"})))
    assert [json.loads(text)["id"] for _, _, text in kept(root)["things.retrieve"]] == ["live"]


def test_a_recording_that_drifts_is_not_kept(tmp_path: Path) -> None:
    assert [status for status, _, _ in kept(make(tmp_path))["things.create"]] == [500]


@pytest.mark.parametrize("bound", ["MAX_BODY", "MAX_TOTAL"])
def test_what_is_kept_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    root = make(tmp_path)
    record(root, "ok", har())
    assert set(kept(root)) == {"things.create", "things.retrieve"}
    monkeypatch.setattr(kit, bound, len(json.dumps(BODY)) - 1)
    assert set(kept(root)) == {"things.create"}


def test_what_a_later_step_owns_is_left_as_it_is(tmp_path: Path) -> None:
    for path in ("generated/a/testing/recordings.json", "generated/a/old.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("{}")
    tree = Tree(tmp_path)
    tree.replace(("generated/*",), {"generated/a/new.py": ""}, ("generated/*/testing/recordings.json",))
    assert tree.glob("generated/*") == ["generated/a/new.py", "generated/a/testing/recordings.json"]
