"""record: does it send what is safe alone, with the user's key, and does nothing of either get into a file?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from studio import KEY, OWNER, serving

from scripts.__main__ import main
from scripts.contract import catalog
from scripts.contract.record.caller import value_in
from scripts.contract.record.plan import Planner
from scripts.tree import Tree


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_KEY", KEY)
    monkeypatch.setenv("STUDIO_API_KEY", KEY)


def planned(root: Path, *allowed: str, **given: str) -> list[str]:
    session = Planner(catalog.load(Tree(root)), allowed, given).session()
    return [step.operation.key for step in session.steps]


def test_a_plan_holds_safe_calls_alone_and_each_after_what_gives_its_ids(studio_made: Path) -> None:
    assert planned(studio_made) == [
        "GET /notes",
        "GET /tracks",
        "GET /tracks/{track_id}",
        "GET /tracks/{track_id}/sound",
    ]


def test_what_is_not_called_says_why(studio_made: Path) -> None:
    skipped = dict(Planner(catalog.load(Tree(studio_made))).session().skipped)
    told = "\n".join(skipped.values())
    assert "POST changes something; allow it with --allow POST" in told
    assert "it needs a value for q; give it with --set q=VALUE" in told
    assert "--set" not in "\n".join(
        dict(Planner(catalog.load(Tree(studio_made)), (), {"q": "x"}).session().skipped).values()
    )


def test_what_changes_something_by_id_gets_ids_of_what_the_session_made(studio_made: Path) -> None:
    known = catalog.load(Tree(studio_made))
    assert "DELETE /tracks/{track_id}" not in planned(studio_made, "DELETE")
    session = Planner(known, ("POST", "DELETE")).session()
    assert session.steps[0].operation.key == "POST /tracks"
    assert session.steps[-1].operation.key == "DELETE /tracks/{track_id}"
    (need,) = session.steps[-1].needs.values()
    assert [known.operations[source].key for source in need.sources] == ["POST /tracks"]


def test_a_dry_run_shows_the_requests_without_the_key_and_sends_nothing(
    studio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving() as (url, asked):
        assert main(["record", "--dry-run", "--project", str(studio), "--base-url", url]) == 0
    told = capsys.readouterr().out
    assert asked == []
    assert f"GET {url}/tracks" in told
    assert "X-Studio-Key: REDACTED" in told
    assert KEY not in told
    assert "nothing was sent" in told


def test_a_session_records_what_the_server_says_and_no_secret(studio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as (url, asked):
        code = main(["record", "--project", str(studio), "--base-url", url, "--set", "q=jane"])
    told = capsys.readouterr().out
    assert code == 1  # one answer was 429
    assert "the server answers 429; try again later" in told
    assert {method for method, _, _ in asked} == {"GET"}
    assert {headers["X-Studio-Key"] for _, _, headers in asked} == {KEY}
    files = {path.parent.name: path.read_text() for path in studio.glob("tests/recordings/*/live*.har")}
    assert {"tracks.list", "tracks.retrieve"} <= files.keys()
    everything = told + "".join(path.read_text(errors="replace") for path in studio.rglob("*") if path.is_file())
    for secret in (KEY, OWNER, "QkJ7hfK2mN8pRtVwXyZ1", "9b2d7f4e", "127.0.0.1:"):
        assert secret not in "".join(files.values())
    assert KEY not in everything
    listed = json.loads(json.loads(files["tracks.list"])["log"]["entries"][0]["response"]["content"]["text"])
    asked_for = json.loads(files["tracks.retrieve"])["log"]["entries"][0]["request"]["url"]
    assert asked_for == f"https://api.studio.example/v1/tracks/{listed[0]['id']}"


def test_what_was_recorded_passes_the_contract(studio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as (url, _):
        main(["record", "--project", str(studio), "--base-url", url, "tracks.retrieve"])
    capsys.readouterr()
    assert main(["contract", "--project", str(studio)]) == 0, capsys.readouterr().out


def test_writing_is_allowed_by_a_word_and_cleans_up_after_itself(studio: Path) -> None:
    with serving() as (url, asked):
        main(["record", "--project", str(studio), "--base-url", url, "--allow", "POST", "--allow", "DELETE"])
    changes = [(method, path) for method, path, _ in asked if method != "GET"]
    assert changes == [("POST", "/v1/tracks"), ("DELETE", "/v1/tracks/9b2d7f4e-1c3a-4f5b-8d6e-000000000002")]


def test_a_key_that_is_refused_ends_the_session(
    studio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("STUDIO_KEY", "STUDIO_API_KEY"):
        monkeypatch.setenv(name, "wrong-key-1234567890")
    with serving() as (url, _):
        assert main(["record", "--project", str(studio), "--base-url", url]) == 1
    told = capsys.readouterr().out
    assert "refuses the key" in told
    assert "wrong-key" not in told
    assert list(studio.glob("tests/recordings/*/live*")) == []


def test_no_key_is_a_problem_that_names_the_variable(
    studio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("STUDIO_KEY", "STUDIO_API_KEY"):
        monkeypatch.delenv(name)
    with serving() as (url, asked):
        assert main(["record", "--project", str(studio), "--base-url", url]) == 1
    assert asked == []
    assert "STUDIO_" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "wire", "value"),
    [
        ([{"id": 7, "name": "x"}], "agent_id", 7),
        ({"data": [{"uuid": "u"}], "id": "page"}, "agentUuid", "u"),
        ({"agentId": "a", "id": "b"}, "agent_id", "a"),
        ({"agent": {"id": "n"}}, "agent_id", "n"),
        ([], "id", None),
        ("text", "id", None),
        ([{"id": None}, {"id": 3}], "id", None),
    ],
)
def test_an_id_is_found_where_answers_have_them(answer: Any, wire: str, value: Any) -> None:
    assert value_in(answer, wire) == value
