"""Recordings as files: is everything that is wrong with one told, and do the others still run?"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from contract_project import API, har, make, record
from hypothesis import given
from hypothesis import strategies as st

from scripts import contract
from scripts.contract import catalog, recordings
from scripts.contract.recordings import Recording
from scripts.problems import BadInput, Problem
from scripts.tree import Tree


def problems_of(root: Path, content: dict[str, Any] | str) -> list[Problem]:
    """The problems of one bad recording; the good one beside it must be read all the same."""
    record(root, "good", har())
    path = record(root, "bad", content)
    found, problems = recordings.load(Tree(root), catalog.load(Tree(root)), {})
    assert [recording.file for recording in found] == ["tests/recordings/things.retrieve/good.har"]
    assert {problem.where for problem in problems} == {path}
    assert all(problem.settled is None for problem in problems)
    return problems


def test_the_others_still_run_when_a_recording_is_bad(tmp_path: Path) -> None:
    root = make(tmp_path)
    record(root, "good", har())
    path = record(root, "bad", '{"log": {"entries": [')
    outcome = contract.run(Tree(root), API)
    assert [problem.where for problem in outcome.problems] == [path]
    assert outcome.problems[0].settled is None
    assert outcome.summary == "3 recordings: 2 pass, 1 drift, 0 break"


def test_half_written_json_is_named_with_its_line(tmp_path: Path) -> None:
    whole = json.dumps(har(), indent=1)
    (problem,) = problems_of(make(tmp_path), whole[: len(whole) // 2])
    assert problem.line is not None
    assert problem.line > 10


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("[]", "This is no HAR"),
        ("{}", "This is no HAR"),
        ("just text", "This is no HAR"),
        ('{"log": {"entries": 3}}', "This is no HAR"),
        ('{"log": {"entries": []}}', "holds 0 entries"),
        ('{"log": {"entries": ["x"]}}', "request is missing"),
        (har(_operation="things.destroy"), "no operation of this API"),
        (har(_operation="things.create"), "in the folder of another operation"),
        (har(_origin="dream"), "The origin 'dream' is not known"),
        (har(_age="new"), "_age is str"),
        (har(request__url="ftp://x/y"), "no http(s) URL"),
        (har(request__url="https://me:secret@api.acme.example/v1/things/1"), "no http(s) URL"),
        (har(request__headers=[{"name": "X"}]), "no name or no value"),
        (har(request__headers=[{"name": "AUTHORIZATION", "value": "Bearer x"}]), "can be a secret"),
        (har(response__headers=[{"name": "Set-Cookie", "value": "a=b"}]), "can be a secret"),
        (har(response__headers=[{"name": "X", "value": "a\r\nY: b"}]), "characters that HTTP forbids"),
        (har(response__status=True), "response/status is bool"),
        (har(response__status=100), "ends no exchange"),
        (har(response__content__encoding="base64"), "a binary body"),
        (har(response__content__text='{"a": '), "no application/json text"),
        (har(response__content__text='{"a": "\0"}'), "binary"),
        (har(response__content__text="[" * 100_000), "no application/json text"),
        (har(response__content__text='"\ud800"'), "half of a character"),
    ],
)
def test_a_bad_recording_is_refused_with_the_reason(tmp_path: Path, content: dict[str, Any] | str, what: str) -> None:
    found = problems_of(make(tmp_path), content)
    assert any(what in problem.what for problem in found), found
    assert not any("Bearer x" in str(problem) for problem in found)


def test_a_recording_of_100_mb_is_refused(tmp_path: Path) -> None:
    found = problems_of(make(tmp_path), har(response__content__text=json.dumps("x" * 100_000_000)))
    assert "100 MB long" in found[0].what


def test_bytes_that_are_no_text_are_refused_with_the_line(tmp_path: Path) -> None:
    root = make(tmp_path)
    path = record(root, "bad", "")
    (root / path).write_bytes(b"{\n\xff\xfe}")
    (problem,) = contract.run(Tree(root), API).problems
    assert (problem.where, problem.line) == (path, 2)


def test_what_is_no_recording_by_its_name_is_named_and_the_others_run(tmp_path: Path) -> None:
    root = make(tmp_path)
    record(root, "good", har())
    folder = root / "tests/recordings/things.retrieve"
    for name in (".hidden", "README.md", "cassette.yaml", "UPPER.HAR", "two\nlines.har", os.fsdecode(b"\xff.har")):
        (folder / name).write_text("interactions: []")
    (root / "tests/recordings/things.create").symlink_to(folder)
    outcome = contract.run(Tree(root), API)
    told = {problem.where.rpartition("/")[2]: problem for problem in outcome.problems}
    assert sorted(told) == ["UPPER.HAR", "\\udcff.har", "cassette.yaml", "things.create", "two\\nlines.har"]
    assert "scripts import tests/recordings/things.retrieve/cassette.yaml" in told["cassette.yaml"].fix
    assert outcome.summary.startswith("3 recordings")
    for content in outcome.files.values():
        assert isinstance(content, bytes) or content.encode()


def test_a_recording_that_cannot_be_opened_is_named_and_the_others_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make(tmp_path)
    record(root, "good", har())
    path = record(root, "bad", har())
    whole = Tree._content

    def refused(tree: Tree, path: str, file: str) -> bytes:  # root, who runs many tests, may open anything
        if file.endswith("bad.har"):
            raise PermissionError(13, "Permission denied")
        return whole(tree, path, file)

    monkeypatch.setattr(Tree, "_content", refused)
    outcome = contract.run(Tree(root), API)
    assert [(one.where, one.what) for one in outcome.problems] == [
        (path, "The file cannot be read: Permission denied.")
    ]
    assert outcome.summary.startswith("3 recordings")
    assert Tree(root).digest(path) == Tree(root).digest("no/such/file")


def test_a_key_in_the_address_is_refused(tmp_path: Path) -> None:
    root = make(tmp_path)
    for name in ("openapi", "merged"):
        file = root / f"spec/{name}.yaml"
        text = (
            file.read_text()
            .replace("scheme: bearer", "in: query\n      name: Key")
            .replace("type: http", "type: apiKey")
        )
        file.write_text(text)
    path = record(root, "bad", har(request__url="https://api.acme.example/v1/things/1?key=abc"))
    loaded = catalog.load(Tree(root))
    with pytest.raises(BadInput, match="The address holds key, which is a secret"):
        recordings.parse((root / path).read_text(), path, loaded)


def test_a_file_of_a_person_under_a_made_name_is_not_overwritten(tmp_path: Path) -> None:
    root = make(tmp_path)
    path = record(root, "old.201.documented", har(), "things.create")
    outcome = contract.run(Tree(root), API)
    assert path in {problem.where for problem in outcome.problems}


def test_an_imported_recording_whose_sample_is_gone_is_no_output(tmp_path: Path) -> None:
    root = make(tmp_path)
    first = contract.run(Tree(root), API)
    for path in (root / "spec/fragments/old").iterdir():
        path.unlink()
    second = contract.run(Tree(root), API)
    assert first.files.keys() - second.files.keys() == {"tests/recordings/things.create/old.201.documented.har"}


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("aé\u2028<|`"),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("ab/~"), inner),
)


@given(body=json_values, status=st.integers(200, 599), query=st.text("abc=&%20", max_size=9))
def test_what_is_written_reads_back_the_same(body: Any, status: int, query: str) -> None:
    recording = Recording(
        file="tests/recordings/things.retrieve/x.har",
        operation="things.retrieve",
        origin="mock",
        source="",
        age=None,
        document="",
        method="GET",
        url=f"https://api.acme.example/v1/things/1?{query}",
        request_headers=(("X-Trace", "abc"),),
        request_type="",
        request_text="",
        status=status,
        response_headers=(),
        response_type="application/json",
        response_text=json.dumps(body),
    )
    known = catalog.Catalog({}, {"things.retrieve": None}, {}, {}, {})  # type: ignore[dict-item]
    assert recordings.parse(recordings.write(recording), recording.file, known) == recording
    assert recording.response_body == body
