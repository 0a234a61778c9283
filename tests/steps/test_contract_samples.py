"""Samples of pages and answers that are no JSON: is a sample that says less than its page drift, and no refusal?"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from contract_project import har, record

from scripts import contract, pipeline, project
from scripts.contract import recordings, report, streams
from scripts.problems import Problem
from scripts.step import Outcome
from scripts.tree import Tree

HEAD = """POST
/
{name}
Make one
curl --request POST \\
  --url https://api.acme.example/{name} \\
  --header 'Authorization: Bearer <token>' \\
  --header 'Content-Type: {kind}' \\
  {data}
{{
  "id": "<string>"
}}

Authorizations

Authorization
string
header
required

Bearer authentication header of the form Bearer <token>, where <token> is your auth token.

Body

{kind}

"""
TAIL = "\n\nResponse\n\n200 - application/json\n\nid\nstring\nrequired\n"
NEEDED = "to\nstring\nrequired\nkind\nenum<string>\nrequired\nAvailable options:\ninbound,\noutbound"
PAGES = {
    "calls": ("application/json", "--data '{\n  \"to\": \"<string>\"\n}'", NEEDED),
    "uploads": ("multipart/form-data", "--form purpose=backup \\\n  --form file='@example-file'",
                "file\nfile\nrequired\npurpose\nstring\nrequired"),
    "searches": ("application/x-www-form-urlencoded", "--data 'query=<string>' \\\n  --data limit=10",
                 "query\nstring\nrequired\nlimit\ninteger"),
    "filters": ("application/x-www-form-urlencoded", "--data limit=10", "query\nstring\nrequired\nlimit\ninteger"),
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of four pages, whose contract step has run."""
    root = tmp_path_factory.mktemp("pages")
    (root / "spec/pages").mkdir(parents=True)
    (root / "spec/api.toml").write_text('[package]\nname = "acme"\n')
    lock = ""
    for name, (kind, data, fields) in PAGES.items():
        text = HEAD.format(name=name, kind=kind, data=data) + fields + TAIL
        (root / f"spec/pages/{name}.txt").write_text(text)
        sha = hashlib.sha256(text.encode()).hexdigest()
        lock += f'[[page]]\nfile = "spec/pages/{name}.txt"\norigin = "crawl"\nsha256 = "{sha}"\nage = 1\n\n'
    (root / "spec/pages.lock").write_text(lock)
    result = pipeline.run(root, "contract")
    assert [str(problem) for problem in result.problems] == []
    return root


def told(root: Path, name: str) -> str:
    """What the report says of the page's recording; empty where it passes."""
    text = (root / report.PATH).read_text()
    return text.partition(f"### `{name}.create/")[2].partition("\n###")[0]


def request(root: Path, name: str) -> dict[str, Any]:
    (path,) = (root / "tests/recordings").glob(f"{name}.*/*.har")
    post = json.loads(path.read_text())["log"]["entries"][0]["request"]["postData"]
    assert isinstance(post, dict)
    return post


def test_a_sample_that_leaves_out_a_required_field_drifts_and_names_it(pages: Path) -> None:
    assert "- `request`: 1 field missing, documented as required: `kind`" in told(pages, "calls")
    assert json.loads(request(pages, "calls")["text"]) == {"to": "<string>"}


def test_a_sample_of_an_upload_is_replayed_for_its_answer_and_says_so(pages: Path) -> None:
    assert "- `request`: the parts of a multipart body are not compared" in told(pages, "uploads")
    assert request(pages, "uploads") == {"mimeType": "multipart/form-data", "text": ""}


def test_a_sample_of_a_form_is_compared_by_its_decoded_pairs(pages: Path) -> None:
    assert request(pages, "searches")["text"] == "query=<string>&limit=10"
    assert told(pages, "searches") == ""


def test_a_form_that_leaves_out_a_required_field_drifts_and_names_it(pages: Path) -> None:
    assert "- `request`: 1 field missing, documented as required: `query`" in told(pages, "filters")


def posted(origin: str, body: dict[str, Any]) -> dict[str, Any]:
    """A recording of `calls.create`."""
    request = {"method": "POST", "url": "https://api.acme.example/calls", "headers": []}
    request |= {"postData": {"mimeType": "application/json", "text": json.dumps(body)}}
    changes = {"request": request, "_operation": "calls.create", "_origin": origin}
    return har(**changes, response__content__text='{"id": "1"}')


def outcome_with(root: Path, recording: dict[str, Any], operation: str) -> Outcome:
    """What the contract step makes of the project with one more recording."""
    path = root / record(root, "extra", recording, operation)
    tree = Tree(root)
    try:
        return contract.run(tree, project.load(tree))
    finally:
        path.unlink()


@pytest.mark.parametrize("body", [{"to": "x"}, {"to": 3, "kind": "inbound"}, {"to": "x", "kind": "sideways"}])
@pytest.mark.parametrize("origin", recordings.ORIGINS)
def test_only_a_live_recording_proves_what_a_server_accepts(pages: Path, origin: str, body: dict[str, Any]) -> None:
    outcome = outcome_with(pages, posted(origin, body), "calls.create")
    assert [problem.where for problem in outcome.problems] == (
        ["tests/recordings/calls.create/extra.har"] if origin == "live" else []
    )
    assert all("spec/overlay.yaml" in problem.fix for problem in outcome.problems)


def test_a_request_to_another_path_is_told_with_both_paths(pages: Path) -> None:
    recording = posted("live", {"to": "x", "kind": "inbound"})
    recording["log"]["entries"][0]["request"]["url"] = "https://api.acme.example/call/7"
    (problem,) = outcome_with(pages, recording, "calls.create").problems
    assert "POST /calls cannot make the request POST /call/7" in problem.what


def test_a_sample_that_the_package_gets_wrong_still_breaks_and_names_what_to_change(pages: Path) -> None:
    (file,) = (pages / "generated/acme").rglob("resources/calls.py")
    code = file.read_text()
    file.write_text(code.replace('"/calls"', '"/cells"'))
    tree = Tree(pages)
    problems: tuple[Problem, ...] = contract.run(tree, project.load(tree)).problems
    file.write_text(code)
    (problem,) = problems
    assert "the path is /cells in place of /calls" in problem.what
    assert "by an action in spec/overlay.yaml, or the sample in spec/pages/calls.txt" in problem.fix


TEXT: dict[str, Any] = {"schema": {"type": "string"}}
CHUNK: dict[str, Any] = {"schema": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}}
FLAGGED: dict[str, Any] = {
    "type": "object",
    "properties": {"q": {"type": "string"}, "stream": {"type": "boolean", "default": True}},
    "required": ["q", "stream"],
}


def _document() -> dict[str, Any]:
    answers: dict[str, dict[str, Any]] = {
        "/events": {"text/event-stream": CHUNK},
        "/texts": {"text/event-stream": TEXT},
        "/lines": {"application/x-ndjson": CHUNK},
        "/values": {"application/stream+json": CHUNK},
        "/files": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        "/notes": {"text/csv": TEXT},
    }
    paths: dict[str, Any] = {
        path: {"get": {"operationId": f"get{path[1:]}", "responses": {"200": {"description": "", "content": content}}}}
        for path, content in answers.items()
    }
    both = {"application/json": CHUNK, "text/event-stream": CHUNK}
    body = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Asked"}}}}
    paths["/chats"] = {"post": {"requestBody": body, "responses": {"200": {"description": "", "content": both}}}}
    info = {"title": "Acme", "version": "1"}
    servers = [{"url": "https://api.acme.example"}]
    components = {"schemas": {"Asked": FLAGGED}}
    return {"openapi": "3.1.0", "info": info, "servers": servers, "paths": paths, "components": components}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one document, with answers of many kinds."""
    root = tmp_path_factory.mktemp("answers")
    (root / "spec/source").mkdir(parents=True)
    (root / "spec/api.toml").write_text('[package]\nname = "acme"\n[sources]\ndocuments = ["source/openapi.json"]\n')
    (root / "spec/source/openapi.json").write_text(json.dumps(_document()))
    result = pipeline.run(root, "generate")
    assert [str(problem) for problem in result.problems] == []
    return root


def operation_at(root: Path, path: str, verb: str) -> str:
    names = json.loads((root / "spec/names.lock").read_text())
    return str(names[f"/paths/~1{path[1:]}/{verb}"])


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        (
            "/events",
            "text/event-stream",
            'event: a\ndata: {"n": 1}\nid: 3\n\n: still here\n\ndata: {"n":\ndata: 2}\n\n',
        ),
        ("/events", "text/event-stream; charset=utf-8", 'data: {"n": 1}\r\n\r\ndata: [DONE]\r\n\r\n'),
        ("/events", "text/event-stream", ""),
        ("/texts", "text/event-stream", "data: plain\n\ndata: 12\n\n"),
        ("/lines", "application/x-ndjson", '{"n": 1}\n\n{"n": 2}'),
        ("/values", "application/stream+json", '{"n": 1}\n{"n": 2}\n'),
        ("/files", "application/pdf", "%PDF-1.7 é"),
        ("/notes", "text/csv", "a,b\n1,2\n"),
    ],
)
def test_an_answer_that_is_no_single_json_value_is_compared_as_what_it_is(
    answers: Path, path: str, kind: str, text: str
) -> None:
    operation = operation_at(answers, path, "get")
    changes = {"request__url": f"https://api.acme.example{path}", "_operation": operation, "request__headers": []}
    recording = har(**changes, response__content__mimeType=kind, response__content__text=text)
    outcome = outcome_with(answers, recording, operation)
    assert [str(problem) for problem in outcome.problems] == []
    assert outcome.summary.startswith("1 recording: 1 pass")


@pytest.mark.parametrize(
    ("flag", "kind", "text"),
    [(False, "application/json", '{"n": 1}'), (None, "application/json", '{"n": 1}'),
     (True, "text/event-stream", 'data: {"n": 1}\n\n')],
)  # fmt: skip
def test_a_flag_that_the_method_sends_by_itself_is_no_drift(
    answers: Path, flag: bool | None, kind: str, text: str
) -> None:
    operation = operation_at(answers, "/chats", "post")
    body = {"q": "x"} if flag is None else {"q": "x", "stream": flag}
    request = {"method": "POST", "url": "https://api.acme.example/chats", "headers": []}
    request |= {"postData": {"mimeType": "application/json", "text": json.dumps(body)}}
    changes = {"request": request, "_operation": operation, "_origin": "live" if flag is not None else "mock"}
    recording = har(**changes, response__content__mimeType=kind, response__content__text=text)
    outcome = outcome_with(answers, recording, operation)
    assert [str(problem) for problem in outcome.problems] == []
    drifts = int(flag is None)  # the sample lacks what the document requires; that the method sends it is no break
    assert outcome.summary.startswith(f"1 recording: {1 - drifts} pass, {drifts} drift, 0 break")


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/event-stream", {"n": 1}, 'data: {"n": 1}\n\n'),
        ("text/event-stream", "data: x\n\n", "data: x\n\n"),
        ("application/x-ndjson", {"n": 1}, '{"n": 1}\n'),
        ("application/x-ndjson", '{"n": 1}\n{"n": 2}', '{"n": 1}\n{"n": 2}'),
        ("application/x-ndjson", "<string>", '"<string>"\n'),
    ],
)
def test_a_stream_that_a_page_shows_as_one_value_becomes_a_stream(kind: str, body: Any, text: str) -> None:
    assert streams.written(kind, body) == text
