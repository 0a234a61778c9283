"""Recordings, vectors and advice on a generated package: is each fault found, and does each proposal settle it?"""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from studio import DOCUMENT, track

from scripts import contract, overlay, project
from scripts.__main__ import main
from scripts.contract import catalog, forms, recordings, refusals, trial, vectors
from scripts.contract.advice import Adviser
from scripts.contract.calls import Call
from scripts.contract.drawing import Exchanges, Unfit
from scripts.contract.drawn import Choices, Draw, contents
from scripts.contract.equality import request_differences
from scripts.contract.findings import Findings
from scripts.contract.messages import variant_places
from scripts.contract.original.source import Source
from scripts.contract.validator import Validator
from scripts.documents import read
from scripts.tree import Tree

LIVE = {
    "method": "GET",
    "path": "/tracks/t1",
    "status": 200,
    "operation": "tracks.retrieve",
    "sent": ("", ""),
    "kind": "application/json",
}


def record(root: Path, body: Any, **changes: Any) -> Path:
    """Puts a live recording into the project."""
    said = {**LIVE, **changes}
    request: dict[str, Any] = {
        "method": said["method"],
        "url": f"https://api.studio.example/v1{said['path']}",
        "headers": [],
    }
    if said["sent"][0]:
        request["postData"] = {"mimeType": said["sent"][0], "text": said["sent"][1]}
    text = body if isinstance(body, str) else json.dumps(body)
    entry = {
        "request": request,
        "response": {"status": said["status"], "headers": [], "content": {"mimeType": said["kind"], "text": text}},
        "_operation": said["operation"],
        "_origin": "live",
    }
    path = root / f"tests/recordings/{said['operation']}/one.har"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": [entry]}}))
    return path


def clean(**changes: Any) -> dict[str, Any]:
    """A track without anything private."""
    made = {"id": "00000000-0000-4000-8000-0000a53f593d", "owner": "user-a5085940@example.com", "title": "Some song"}
    return track(**{**made, "part": {"kind": "drum", "beats": 4}, **changes})


def found(root: Path) -> Findings:
    tree = Tree(root)
    api, known = project.load(tree), catalog.load(tree)
    read_ones, bad = recordings.load(tree, known, {})
    return contract.examined(tree, api, known, read_ones, bad)


def judge(document: dict[str, Any]) -> Validator:
    return Validator(Source("spec/merged.yaml", document))


def failures(findings: Findings) -> list[str]:
    return [told for verdict in findings.verdicts for failed in verdict.failures.values() for told in failed]


def test_vectors_cover_every_operation_that_nobody_recorded_and_none_is_read_wrong(studio: Path) -> None:
    record(studio, clean())
    told = found(studio)
    assert {one.operation.id for one in told.vectored} == set(told.catalog.operations) - {"tracks.retrieve"}
    assert [one.failures for one in told.vectored] == [()] * len(told.vectored)
    counts = {one.operation.id: (one.accepted, one.rejected) for one in told.vectored}
    assert min(accepted for accepted, _ in counts.values()) >= 1
    assert min(counts["tracks.list"]) >= vectors.MOST


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("title: str", "title: int", "decode"),
        ("state: ", "stated: ", "decode"),
    ],
)
def test_a_package_that_reads_a_field_otherwise_fails_its_vectors(
    studio: Path, before: str, after: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "MOST", 10)
    model = studio / "generated/studio/models/track.py"
    text = model.read_text()
    assert before in text
    model.write_text(text.replace(before, after, 1))
    failed = [failure for one in found(studio).vectored for failure in one.failures]
    assert any(told in failure for failure in failed), failed


def test_a_package_that_forgives_in_strict_mode_fails_its_reject_vectors(
    studio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "MOST", 25)
    model = studio / "generated/studio/models/track.py"
    text = model.read_text()
    loosened = "\n".join(
        f"{line.partition(':')[0]}: Any" if line.startswith("    title: ") else line for line in text.splitlines()
    )
    model.write_text(loosened.replace("import attrs", "from typing import Any\n\nimport attrs", 1))
    failed = [failure for one in found(studio).vectored for failure in one.failures]
    assert any("a strict client accepts" in failure and "title" in failure for failure in failed), failed


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('[f"{key}={item}" for item in items]', '[f"{key}={chr(44).join(items)}"]', "'tags', '"),
        ('separator = _SEPARATORS.get(kind, ",")', 'separator = ";"', "'codes', '"),
        ('f"{prefix}[{key}]"', 'f"{prefix}.{key}"', "'by.singer', '"),
        ("return quote(text, safe=safe)", 'return quote(text, safe=safe + "/")', "the path is /v1/tracks/a/b"),
        ("return check_header(name, text)", "return check_header(name, text[:3])", "the header x-mode is '"),
    ],
)
def test_a_package_that_writes_a_parameter_otherwise_fails_its_vectors(
    studio: Path, before: str, after: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "MOST", 25)
    module = studio / "generated/studio/_runtime/parameters.py"
    text = module.read_text()
    assert before in text
    module.write_text(text.replace(before, after))
    failed = [failure for one in found(studio).vectored for failure in one.failures]
    assert any(told in failure for failure in failed), failed


def upload(parts: Sequence[forms.Part]) -> tuple[str, str]:
    return forms.written("multipart/form-data", parts)


PARTS = (
    forms.Part("file", "12 bytes were left out", "file.wav", "audio/wav"),
    forms.Part("label", "raw"),
    forms.Part("gain", "0.5"),
    forms.Part("notes", "loud"),
    forms.Part("notes", "fast"),
    forms.Part("meta", '{"take": 3}', "", "application/json"),
)
PUT = {"method": "PUT", "path": "/tracks/t1/sound", "operation": "tracks.replace_sound"}


def put_name(root: Path) -> str:
    known = catalog.load(Tree(root))
    return next(name for name, one in known.operations.items() if one.key == "PUT /tracks/{track_id}/sound")


def test_a_live_upload_is_sent_again_part_by_part(studio: Path) -> None:
    record(studio, clean(), **{**PUT, "operation": put_name(studio)}, sent=upload(PARTS))
    told = found(studio)
    assert failures(told) == []
    assert told.verdicts[0].word == "passes"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (PARTS, []),
        (PARTS[::-1], []),
        ((*PARTS[:2], forms.Part("gain", "0.25"), *PARTS[3:]), ["the part gain differs"]),
        (PARTS[:-1], ["the part meta differs"]),
        ((forms.Part("file", "other", "file.wav"), *PARTS[1:]), ["the part file differs"]),
        ((forms.Part("file", PARTS[0].text, "other.wav"), *PARTS[1:]), ["the part file differs"]),
        ((*PARTS, PARTS[1]), ["a part is sent another number of times"]),
    ],
)
def test_uploads_are_compared_part_by_part(
    studio_made: Path, sent: Sequence[forms.Part], told: list[str], tmp_path: Path
) -> None:
    known = catalog.load(Tree(studio_made))
    name = put_name(studio_made)
    path = record(tmp_path, clean(), **{**PUT, "operation": name}, sent=upload(PARTS))
    one = recordings.parse(path.read_text(), f"tests/recordings/{name}/one.har", known)
    kind, text = upload(sent)
    said = {"method": "PUT", "target": "/v1/tracks/t1/sound", "headers": {"content-type": kind}, "text": text}
    assert request_differences(one, known.operations[name], frozenset(), "/v1", said) == told


def test_a_download_is_replayed_by_the_note_that_stands_for_its_bytes(studio: Path) -> None:
    known = catalog.load(Tree(studio))
    name = next(name for name, one in known.operations.items() if one.key == "GET /tracks/{track_id}/sound")
    record(studio, "4321 bytes were left out", path="/tracks/t1/sound", operation=name, kind="audio/wav")
    assert failures(found(studio)) == []


def test_a_variant_that_no_document_has_is_tried_where_there_is_a_union(studio: Path) -> None:
    record(studio, clean())
    tree = Tree(studio)
    known = catalog.load(tree)
    (one,), _ = recordings.load(tree, known, {})
    job = trial.prepare(known, judge(DOCUMENT), one).job
    assert job is not None
    answers = {answer.label: json.loads(answer.text) for answer in job.answers}
    assert answers["an unknown variant"]["part"].keys() == {"kind", "a_field_that_no_document_has"}
    schema = (
        one and known.operations["tracks.retrieve"].data["responses"]["200"]["content"]["application/json"]["schema"]
    )
    assert list(variant_places(known, schema, clean())) == [(("part",), "kind")]


CONTRADICTIONS = [
    ("a field missing", clean(title=None) | {}, {}),
    ("a required field left out", {key: value for key, value in clean().items() if key != "state"}, {}),
    (
        "two required fields left out",
        {key: value for key, value in clean().items() if key not in ("state", "owner")},
        {},
    ),
    ("a value that is not listed", clean(state="mastered"), {}),
    ("another type", clean(length="215"), {}),
    ("a number with a fraction", clean(length=2.5), {}),
    ("a field that is not documented", clean(tempo=120, tags=["a"], extra={"deep": [1, "x", None]}), {}),
    ("a format that is not kept", clean(owner="nobody"), {}),
    ("a pattern that is not kept", clean(code="XX"), {}),
    ("a length that is not kept", clean(title="A"), {}),
    ("a variant that is not documented", clean(part={"kind": "bass", "strings": 4}), {}),
    ("a status that is not documented", clean(), {"status": 203}),
    ("an error that is not documented", {"reason": "no"}, {"status": 409}),
    ("all at once", {"id": 7, "state": "mastered", "owner": None, "tempo": 1}, {}),
]


def overlay_of(actions: str) -> str:
    indented = "".join(f"  {line}\n" for line in actions.splitlines())
    return f"overlay: 1.0.0\ninfo: {{title: Corrections, version: '1'}}\nactions:\n{indented}"


@pytest.mark.parametrize(("what", "body", "changes"), CONTRADICTIONS, ids=[what for what, _, _ in CONTRADICTIONS])
def test_the_proposed_overlay_makes_the_contradiction_go_away(
    studio_made: Path, tmp_path: Path, what: str, body: Any, changes: dict[str, Any]
) -> None:
    known = catalog.load(Tree(studio_made))
    path = record(tmp_path, body, **changes)
    one = recordings.parse(path.read_text(), f"tests/recordings/{path.parent.name}/one.har", known)
    tried = trial.prepare(known, judge(DOCUMENT), one)
    assert tried.drifts
    advice = Adviser(judge(DOCUMENT)).advise(trial.judge(tried, known, "", {}))
    assert advice.side == "document"
    applied = overlay.apply(DOCUMENT, read(overlay_of(advice.actions), "overlay"))
    assert applied.problems == ()
    assert trial.prepare(known, judge(applied.data), one).drifts == ()


@pytest.mark.parametrize(("body", "changes"), [CONTRADICTIONS[-1][1:], CONTRADICTIONS[-2][1:]])
def test_a_run_with_the_proposed_overlay_goes_through(
    studio: Path, body: Any, changes: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    record(studio, body, **changes)
    (advice,) = found(studio).advice
    assert advice is not None
    (studio / "spec/overlay.yaml").write_text(overlay_of(advice.actions))
    assert main(["contract", "--project", str(studio)]) == 0, capsys.readouterr().out
    report = json.loads((studio / "build/contract/report.json").read_text())
    assert {one["verdict"] for one in report["recordings"]} == {"passes"}


def test_two_recordings_that_contradict_alike_need_one_proposal(studio: Path) -> None:
    record(studio, clean(state="mastered"))
    record(studio, [clean(state="mastered")], path="/tracks", operation="tracks.list")
    first, second = found(studio).advice
    assert first is not None
    assert second is not None
    assert bool(first.actions) != bool(second.actions)
    assert "What is proposed above settles it." in (second.why if first.actions else first.why)


def test_a_recording_that_contradicts_stops_the_run_and_the_report_is_there(
    studio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(studio, clean(state="mastered"))
    (studio / "tests/recordings/tracks.list").mkdir()
    (studio / "tests/recordings/tracks.list/half.har").write_text('{"log": {')
    assert main(["contract", "--project", str(studio)]) == 1
    told = capsys.readouterr().out
    assert "nothing was written but" in told
    assert not (studio / "spec/contract.md").exists()
    page = (studio / "build/contract/index.html").read_text()
    assert "The document is likely wrong." in page
    assert "half.har" in page


def test_a_secret_in_a_live_recording_stops_the_run_and_is_not_shown(
    studio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(studio, clean(owner="jane.roe@victim.example.net"))
    assert main(["contract", "--project", str(studio)]) == 1
    told = capsys.readouterr().out
    assert "response.owner holds an e-mail address" in told
    assert "jane.roe" not in told


def drawn(make: Callable[..., Any], *of: Any, count: int = 60) -> list[Any]:
    """What is made of so many choices, that come to something, in the order in which they are tried."""
    found = []
    for content in islice(contents(1), 10 * count):
        with contextlib.suppress(Unfit):
            found.append(make(Choices(content), *of))
    return found[:count]


def test_a_hunt_gives_up_where_nothing_that_is_drawn_fits() -> None:
    tries = []

    def give_up(draw: Draw) -> str:
        tries.append(draw(9))
        raise Unfit

    hunt: vectors._Hunt[str] = vectors._Hunt(give_up, lambda *_: None, str)
    hunt.run(5, 0, shrinks=True)
    assert (hunt.tried, hunt.failures) == (0, [])
    assert len(tries) == 60
    assert {*tries} == {*range(9)}


def test_what_fails_is_made_smaller_as_long_as_it_fails_alike() -> None:
    def of(draw: Draw) -> list[int]:
        return [draw(10) for _ in range(6)]

    def failure(case: list[int], like: vectors.Failure | None) -> vectors.Failure | None:
        return vectors.Failure(f"sum: is {'large' if sum(case) > 5 else 'odd'}", "sync") if sum(case) % 2 else None

    hunt = vectors._Hunt(of, failure, str)
    hunt.run(25, 0, shrinks=True)
    (told,) = hunt.failures
    kind, _, case = told.partition("; the smallest such answer: ")
    total = sum(json.loads(case))
    assert (kind, total) in {("sum: is large", 7), ("sum: is odd", 1)}


def test_vectors_are_valid_or_not_as_they_claim(studio_made: Path) -> None:
    known = catalog.load(Tree(studio_made))
    validator = judge(read((studio_made / "spec/source/studio.yaml").read_text(), "x").data)
    exchanges = Exchanges(known, validator)
    kinds = set()
    for operation in known.operations.values():
        for answer in operation.plan.answers:
            for one in drawn(exchanges.allowed, operation, answer, count=20):
                kinds.add((operation.id, one.status))
                assert validator.response(operation, one.status, one.response_type, one.response_body) == ()
                if one.request_type == "application/json":
                    assert validator.request(operation, one.request_type, one.request_body) == ()
            if answer.success and answer.media_type == "application/json" and not answer.reads:
                for refusal in drawn(exchanges.refused, operation, answer, count=20):
                    errors = validator.errors(operation, refusal.status, refusal.media_type, refusal.body)
                    assert {error.kind.name for error in errors} <= {"type", "required", "const", "oneOf"}
                    assert errors
    assert {("tracks.list", 200), ("tracks.list", 404)} <= kinds


def test_drawn_values_show_each_field_variant_and_listed_value_and_come_in_the_same_order(studio_made: Path) -> None:
    known = catalog.load(Tree(studio_made))
    exchanges = Exchanges(known, judge(DOCUMENT))
    operation = known.operations["tracks.retrieve"]
    of = exchanges.allowed, operation, operation.plan.answers[0]
    first, second = ([one.response_body for one in drawn(*of)] for _ in range(2))
    assert first == second
    assert {key for one in first for key in one} == set(DOCUMENT["components"]["schemas"]["Track"]["properties"])
    assert {one["state"] for one in first} == {"draft", "mixed"}
    assert {one["part"]["kind"] for one in first if "part" in one} == {"voice", "drum"}
    assert first[0].keys() == {"id", "title", "state", "owner"}


def test_a_rule_that_the_drawing_does_not_know_is_kept_all_the_same(studio_made: Path) -> None:
    known = catalog.load(Tree(studio_made))
    document = copy.deepcopy(DOCUMENT)
    document["components"]["schemas"]["Track"]["maxProperties"] = 5
    operation = known.operations["tracks.retrieve"]
    exchanges = Exchanges(known, judge(document))
    found = [one.response_body for one in drawn(exchanges.allowed, operation, operation.plan.answers[0], count=20)]
    assert {len(one) for one in found} == {4, 5}


def test_the_failing_vector_that_is_told_is_the_smallest(studio: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "MOST", 25)
    model = studio / "generated/studio/models/track.py"
    text = model.read_text()
    model.write_text(text.replace("length: int", "length: str", 1))
    told = next(one for one in found(studio).vectored if one.operation.id == "tracks.retrieve")
    (allowed,) = [failure for failure in told.failures if failure.startswith("200: ")]
    smallest = json.loads(allowed.partition("the smallest such answer: ")[2])
    assert smallest.keys() == {"id", "title", "state", "owner", "length"}
    assert smallest["length"] == 1
    assert smallest["title"] == "string"


REFUSAL = refusals.Refusal(Call("x"), 200, "application/json", ("items", 0, "odd key"), {"items": [{}]})


@pytest.mark.parametrize(
    ("strict", "lenient", "told"),
    [
        ({"raised": "DriftError"}, {"drifts": ["$.items[*]['odd key']"]}, ""),
        ({"raised": "DriftError"}, {"drifts": ["$.items[*]"]}, ""),
        ({"raised": "DriftError"}, {"drifts": ["$.*[*]['odd key'].deeper"]}, ""),
        ({}, {"drifts": ["$.items"]}, "sync: a strict client accepts it"),
        ({"raised": "DriftError"}, {"raised": "KeyError", "drifts": []}, "sync: a lenient client raises KeyError"),
        ({"raised": "DriftError"}, {"drifts": ["$.other"]}, "sync: drift is told at $.other"),
        ({"raised": "DriftError"}, {"drifts": ["$.items", "$.other"]}, "sync: drift is told at $.other"),
        ({"raised": "DriftError"}, {"drifts": []}, "sync: drift is told at no place"),
        ({"raised": "DriftError"}, {"drifts": ["$.items"], "value": {}}, "sync: a lenient client changes it"),
    ],
)
def test_what_the_document_refuses_must_raise_strictly_and_be_told_at_its_place(
    strict: dict[str, Any], lenient: dict[str, Any], told: str
) -> None:
    rows = {"sync": [{"value": {}, **strict}, {"value": {"items": [{}]}, **lenient}]}
    assert refusals.failure(REFUSAL, rows).partition(": wrong at")[0] == told
