"""import: are captures of every kind read, is what is no call told, and is nothing lost or overwritten silently?"""

from __future__ import annotations

import base64
import gzip
import json
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_scrub import agent, har, har_entry

from scripts import project
from scripts.__main__ import main
from scripts.contract import catalog, recordings
from scripts.contract.capture.exchange import Unusable, unpacked
from scripts.contract.intake import Intake, Taker
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]
LIST, CREATE = "https://api.open.cx/phone", "https://api.open.cx/phone"


def take(folder: Path, content: Any, **settings: Any) -> Intake:
    """What becomes of one capture."""
    file = folder / "traffic.har"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return take_files([file], **settings)


def take_files(files: list[Path], **settings: Any) -> Intake:
    tree = Tree(ROOT)
    taker = Taker(tree, project.load(tree), **settings)
    taker.take_files(files)
    return taker.intake


def entry(**changes: Any) -> dict[str, Any]:
    """An entry for `phone.list`; `request` and `response` are merged into its own."""
    made = har_entry("GET", LIST, 200, [agent()])
    for key, value in changes.items():
        made[key] = {**made[key], **value} if key in ("request", "response") else value
    return made


def body(text: str, **more: Any) -> dict[str, Any]:
    return {"content": {"mimeType": "application/json", "text": text, **more}}


def names(intake: Intake) -> list[str]:
    return [path.removeprefix("tests/recordings/").partition("/")[0] for path in sorted(intake.files)]


def bodies(intake: Intake) -> list[Any]:
    known = catalog.load(Tree(ROOT))
    return [recordings.parse(text, path, known).response_body for path, text in sorted(intake.files.items())]


def days(intake: Intake) -> list[str]:
    return [json.loads(text)["log"]["entries"][0]["startedDateTime"] for text in intake.files.values()]


def test_base64_bodies_are_read_as_the_text_that_they_are(tmp_path: Path) -> None:
    text = json.dumps([agent()])
    coded = entry(response=body(base64.b64encode(text.encode()).decode(), encoding="base64"))
    assert bodies(take(tmp_path, har(coded))) == bodies(take(tmp_path, har(entry(response=body(text)))))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate"])
def test_compressed_bodies_are_unpacked(tmp_path: Path, encoding: str) -> None:
    content = json.dumps([agent()]).encode()
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(content),
        "deflate": zlib.compress(content),
        "raw deflate": raw.compress(content) + raw.flush(),
    }[encoding]
    headers = [
        {"name": "Content-Type", "value": "application/json"},
        {"name": "Content-Encoding", "value": encoding.rpartition(" ")[2]},
    ]
    coded = {**body(base64.b64encode(packed).decode(), encoding="base64"), "headers": headers}
    intake = take(tmp_path, har(entry(response=coded)))
    assert [str(problem) for problem in intake.problems] == []
    assert len(bodies(intake)[0]) == 1


def test_what_is_no_call_of_the_api_is_skipped_and_said(tmp_path: Path) -> None:
    entries = [
        har_entry("OPTIONS", LIST, 204, ""),
        har_entry("GET", "https://cdn.example.net/app.js", 200, ""),
        har_entry("GET", "https://api.open.cx.evil.example/phone", 200, ""),
        har_entry("GET", LIST, 0, ""),
        har_entry("GET", LIST, 304, ""),
        entry(_resourceType="websocket"),
        entry(),
    ]
    intake = take(tmp_path, har(*entries))
    assert names(intake) == ["phone.list"]
    assert intake.problems == []
    reasons = "\n".join(intake.skipped)
    for why in ("(OPTIONS)", "cdn.example.net", "api.open.cx.evil.example", "no answer", "cache (304)", "web socket"):
        assert why in reasons


def test_a_call_that_no_operation_is_documented_for_is_a_problem_that_names_no_value(tmp_path: Path) -> None:
    intake = take(tmp_path, har(har_entry("DELETE", f"{LIST}/jane.roe@victim.example.net", 204, ""), entry()))
    (problem,) = intake.problems
    assert problem.what == "Entry 1: no operation is documented for DELETE /phone/…."
    assert names(intake) == ["phone.list"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"response": {"status": "200"}}, "status is str"),
        ({"request": {"method": 5}}, "method is int"),
        ({"response": {"content": {"mimeType": "application/json", "text": 7}}}, "text is int"),
        ({"response": body("!!", encoding="base64")}, "base64, and is not"),
        ({"response": body('{"a": ')}, "says that it is JSON, and is not"),
        ({"response": body("[NaN]")}, "says that it is JSON, and is not"),
        ({"response": body("x" * 10_000_001)}, "10 MB long, more than 10 MB"),
        ({"response": {"headers": "none"}}, "headers is str"),
        ({"request": {"url": "https://[::1/phone"}}, "its address is no URL"),
        ({"request": {"url": LIST + "/\ud800"}}, "its address is no URL"),
        ({"response": body('[{"name": "a", "name": "b"}]')}, "names a member twice"),
        ({"startedDateTime": 7, "response": {"status": "200"}}, "status is str"),
    ],
)
def test_a_bad_entry_is_named_and_the_others_are_taken(tmp_path: Path, change: dict[str, Any], why: str) -> None:
    intake = take(tmp_path, har(entry(**change), entry()))
    (problem,) = intake.problems
    assert "Entry 1" in problem.what
    assert why in problem.what
    assert names(intake) == ["phone.list"]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_of_zeros_is_not_unpacked(pack: Callable[..., bytes]) -> None:
    packed = pack(bytes(100_000_000), 1)
    encoding = "gzip" if pack is gzip.compress else "deflate"
    tracemalloc.start()
    try:
        with pytest.raises(Unusable, match="more than 10 MB"):
            unpacked(packed, (("Content-Encoding", encoding),))
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_a_moment_that_is_no_text_is_none(tmp_path: Path) -> None:
    intake = take(tmp_path, har(entry(startedDateTime=7)))
    assert (names(intake), intake.problems) == (["phone.list"], [])


def test_what_a_browsers_cache_answered_is_skipped_and_said(tmp_path: Path) -> None:
    intake = take(tmp_path, har(entry(_fromCache="disk"), entry()))
    assert (names(intake), intake.problems) == (["phone.list"], [])
    assert "1 skipped: answered from a browser's cache" in intake.skipped[0]


@pytest.mark.parametrize("content", [{"size": 1234}, {"size": 1234, "text": ""}, {}, {"text": None}])
def test_an_answer_saved_without_its_content_is_no_empty_answer(tmp_path: Path, content: dict[str, Any]) -> None:
    intake = take(tmp_path, har(entry(response={"content": {"mimeType": "application/json", **content}})))
    assert intake.files == {}
    assert "save the traffic with its content" in intake.problems[0].what


def test_a_json_body_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    text = base64.b64encode('[{"name": "Jürgen"}]'.encode("latin-1")).decode()
    (problem,) = take(tmp_path, har(entry(response=body(text, encoding="base64")))).problems
    assert "Entry 1: phone.list: a body says that it is JSON, and is not UTF-8" in problem.what


def test_a_request_whose_body_has_no_media_type_is_not_recorded_without_it(tmp_path: Path) -> None:
    sent = har_entry("POST", CREATE, 201, agent())
    sent["request"] |= {"headers": [], "postData": {"text": '{"name": "Ada"}'}}
    intake = take(tmp_path, har(sent))
    assert intake.files == {}
    assert "no media type says what it is" in intake.problems[0].what


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        (b'{"log": {"entries": [\n{"request": {', "The JSON ends or breaks here", 2),
        (b"[]", "neither a HAR nor a VCR cassette", None),
        (b"just: text\n", "neither a HAR nor a VCR cassette", None),
        (b"interactions:\n- request: {\n", "neither JSON nor YAML", 3),
        (b'{"log":\n "\xff"}', "not UTF-8", 2),
        (b"[" * 100_000, "no JSON that can be read", None),
    ],
)
def test_a_file_that_is_no_capture_is_refused_and_the_others_are_taken(
    tmp_path: Path, content: bytes, what: str, line: int | None
) -> None:
    bad, good = tmp_path / "bad.har", tmp_path / "good.har"
    bad.write_bytes(content)
    good.write_text(json.dumps(har(entry())))
    intake = take_files([bad, tmp_path / "missing.har", good])
    assert names(intake) == ["phone.list"]
    wrong, missing = intake.problems
    assert (wrong.where, missing.where) == (str(bad), str(tmp_path / "missing.har"))
    assert what in wrong.what
    assert wrong.line == line


def test_a_file_of_300_mb_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.har"
    with file.open("wb") as handle:
        handle.truncate(300_000_000)
    (problem,) = take_files([file]).problems
    assert "300 MB long" in problem.what


def cassette(text: Any, **response: Any) -> dict[str, Any]:
    """A cassette as vcrpy writes it."""
    answer = {"status": {"code": 200, "message": "OK"}, "headers": {"Content-Type": ["application/json"]}}
    return {
        "version": 1,
        "interactions": [
            {
                "request": {"body": None, "headers": {"Authorization": ["Bearer x"]}, "method": "GET", "uri": LIST},
                "response": {**answer, "body": {"string": text}, **response},
            }
        ],
    }


def test_cassettes_of_every_shape_say_the_same(tmp_path: Path) -> None:
    text = json.dumps([agent()])
    packed = gzip.compress(text.encode())
    headers = {"Content-Type": ["application/json"], "Content-Encoding": ["gzip"]}
    ruby = {
        "http_interactions": [
            {
                "request": {"method": "get", "uri": LIST, "body": {"encoding": "UTF-8", "string": ""}, "headers": {}},
                "response": {
                    "status": {"code": 200, "message": "OK"},
                    "headers": {"Content-Type": ["application/json"]},
                    "body": {"encoding": "UTF-8", "base64_string": base64.b64encode(text.encode()).decode()},
                },
                "recorded_at": "Fri, 14 Mar 2025 10:00:00 GMT",
            }
        ]
    }
    older = {"status_code": 200, "headers": {"Content-Type": ["application/json"]}, "content": text}
    shapes = [
        yaml.safe_dump(cassette(text)),
        yaml.safe_dump(cassette(text.encode())),
        yaml.safe_dump(cassette(packed, headers=headers)),
        json.dumps(cassette(text)),
        yaml.safe_dump(ruby),
        yaml.safe_dump(ruby).replace("base64_string:", "string: !binary"),
        yaml.safe_dump({"interactions": [{**cassette("")["interactions"][0], "response": older}]}),
    ]
    found = [take(tmp_path, shape.encode(), date="2026-11-20") for shape in shapes]
    assert [[str(problem) for problem in intake.problems] for intake in found] == [[]] * 7
    assert [bodies(intake) for intake in found] == [bodies(found[0])] * 7
    assert days(found[1]) == ["2026-11-20T00:00:00Z"]
    assert days(found[4]) == ["2025-03-14T00:00:00Z"]


def test_a_capture_without_a_day_is_of_the_day_that_the_server_says(tmp_path: Path) -> None:
    headers = {"Content-Type": ["application/json"], "Date": ["Fri, 14 Mar 2025 10:00:00 GMT"]}
    intake = take(tmp_path, json.dumps(cassette("[]", headers=headers)).encode(), date="2026-11-20")
    assert days(intake) == ["2025-03-14T00:00:00Z"]


def test_a_recording_says_when_it_was_made_and_of_which_document(tmp_path: Path) -> None:
    (text,) = take(tmp_path, har(entry())).files.values()
    said = json.loads(text)["log"]["entries"][0]
    assert said["startedDateTime"] == "2026-11-20T00:00:00Z"
    assert (said["_origin"], said["_age"]) == ("live", 4)
    assert said["_document"] in (ROOT / "spec/pages.lock").read_text()


def test_another_server_of_the_api_is_one_that_a_person_names(tmp_path: Path) -> None:
    staged = har(har_entry("GET", "https://staging.open.example:8443/v2/phone", 200, [agent()]))
    assert take(tmp_path, staged).files == {}
    intake = take(tmp_path, staged, servers=("https://staging.open.example:8443/v2",))
    assert names(intake) == ["phone.list"]
    assert "staging" not in "".join(intake.files.values())


def test_nothing_is_overwritten_without_a_diff_and_a_word(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "traffic.har"
    arguments = ["import", str(file), "--project", str(project)]
    file.write_text(json.dumps(har(entry())))
    assert main([*arguments, "--check"]) == 3
    assert main(arguments) == 0
    (made,) = (project / "tests/recordings/phone.list").glob("live*.har")
    first = made.read_text()
    assert main(arguments) == 0
    assert "1 there already" in capsys.readouterr().out

    changed = [agent(use_org_knowledgebase=False)]
    file.write_text(json.dumps(har(har_entry("GET", LIST, 200, changed))))
    assert main(arguments) == 1
    told = capsys.readouterr().out
    assert "(kept)" in told
    assert '+ \\"use_org_knowledgebase\\": false' in told
    assert "--replace" in told
    assert made.read_text() == first

    assert main([*arguments, "--replace"]) == 0
    assert '+ \\"use_org_knowledgebase\\": false' in capsys.readouterr().out
    assert made.read_text() != first


def test_the_exit_code_says_that_something_could_not_be_taken(project: Path, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.har", tmp_path / "good.har"
    bad.write_text("{")
    good.write_text(json.dumps(har(entry())))
    assert main(["import", str(bad), str(good), "--project", str(project)]) == 1
    assert len(list((project / "tests/recordings/phone.list").glob("live*.har"))) == 1


def test_text_of_a_capture_drives_no_terminal(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "traffic.har"
    file.write_text(json.dumps(har(har_entry("GET", "https://evil\x1b[31m.example/[red]x", 200, ""), entry())))
    main(["import", str(file), "--project", str(project)])
    assert "\x1b[31m" not in capsys.readouterr().out
