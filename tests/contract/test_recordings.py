"""This project's own package against its recordings: does it replay all of them, and is every known drift named?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scripts import contract, project
from scripts.contract import catalog, examples, report
from scripts.step import Outcome
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    tree = Tree(ROOT)
    return contract.run(tree, project.load(tree))


@pytest.fixture(scope="module")
def text(outcome: Outcome) -> str:
    return str(outcome.files[report.PATH])


def section(text: str, title: str) -> str:
    return text.partition(f"### {title}")[2].partition("\n###")[0]


def test_nothing_breaks_and_every_operation_is_covered(outcome: Outcome, text: str) -> None:
    assert outcome.problems == ()
    assert outcome.summary == "6 recordings: 3 pass, 3 drift, 0 break"
    assert "Every operation has a recording." in text


def test_the_documented_samples_of_three_pages_and_the_error_body_are_recordings(outcome: Outcome) -> None:
    entries = [json.loads(content)["log"]["entries"][0] for path, content in outcome.files.items() if ".har" in path]
    told = {(entry["_operation"], entry["_source"][11:14], entry["response"]["status"]) for entry in entries}
    assert told == {
        ("phone.create", "000", 201),
        ("phone.create", "003", 500),
        ("phone.list", "002", 200),
        ("phone.list", "003", 500),
        ("phone.update", "004", 200),
        ("phone.update", "003", 500),
    }
    requests = {entry["_source"][11:14]: entry["request"].get("postData") for entry in entries}
    assert len(json.loads(requests["000"]["text"])) == 16
    assert len(json.loads(requests["004"]["text"])) == 9
    assert requests["002"] is None


def test_the_oldest_sample_drifts_in_status_types_and_fields(text: str) -> None:
    told = section(text, "`phone.create/000")
    assert "- `status`: 201 → 200" in told
    assert "- `response.language`: string → array" in told
    assert "- `request.language`: string → array" in told
    assert "- `request`: 7 fields not documented: `accent`" in told
    assert "- `response`: 8 fields missing, documented as required: `background_noise_preset`" in told


def test_a_sample_as_new_as_the_documents_lacks_four_fields_and_says_why(text: str) -> None:
    told = section(text, "`phone.list/002")
    assert "4 fields missing, documented as required: `background_noise_preset`, `model`, `stt_model`, `type`" in told
    assert "Documented samples may leave out fields" in told


def test_an_older_answer_of_an_operation_that_is_current_drifts(text: str) -> None:
    told = section(text, "`phone.update/004")
    assert "older than what the documents say now" in told
    assert "- `response.language`: string → array" in told
    assert "- `response`: 6 fields missing" in told


def test_what_changed_since_the_oldest_page_names_the_new_model(text: str) -> None:
    told = section(text, "`phone.create` in `spec/pages/001")
    assert "- `response.model`: 'oppie-vox-livekit' is a new value" in told
    assert "- `response.created_at`: `string → string<date-time>`" in told
    assert "- `response`: 11 fields new" in told


def test_a_complete_answer_passes_strictly_down_to_its_milliseconds(tmp_path: Path) -> None:
    for folder in ("spec", "generated"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    tree = Tree(tmp_path)
    known = catalog.load(tree)
    schema = known.operations["phone.list"].data["responses"]["200"]["content"]["application/json"]["schema"]
    (agent,) = examples.example(schema, known.resolve)
    agent |= {"created_at": "2026-01-02T03:04:05.678Z", "flow": {"any": ["thing", 1.50, None]}, "speed": 1.0}
    content = {"mimeType": "application/json; charset=utf-8", "text": json.dumps([agent, {**agent, "voice_id": None}])}
    entry = {
        "request": {"method": "GET", "url": "https://api.open.cx/phone", "headers": []},
        "response": {"status": 200, "headers": [], "content": content},
        "_operation": "phone.list",
        "_origin": "live",
    }
    file = tmp_path / "tests/recordings/phone.list/complete.har"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"log": {"version": "1.2", "entries": [entry]}}))
    outcome = contract.run(tree, project.load(tree))
    assert outcome.problems == ()
    assert outcome.summary == "7 recordings: 4 pass, 3 drift, 0 break"
