"""The reports: does a real browser show the page, is hostile text only text, and can other programs read them?"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest
from rich.console import Console

from scripts import contract, project
from scripts.contract import catalog, recordings
from scripts.contract.advice import Advice
from scripts.contract.drift import Drift
from scripts.contract.findings import Findings
from scripts.contract.importer import documented
from scripts.contract.report import console, junit, machine, markdown, page
from scripts.problems import Problem
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOSTILE = "</pre></script><script>document.title='PWNED'</script><img src=x onerror=alert(1)>\"'`]]>&\x1b[31m\u202e"


@pytest.fixture(scope="module")
def findings() -> Findings:
    tree = Tree(ROOT)
    known = catalog.load(tree)
    found, bad = recordings.load(tree, known, documented(tree, known)[0])
    return contract.examined(tree, project.load(tree), known, found, bad)


@pytest.fixture(scope="module")
def hostile(findings: Findings) -> Findings:
    """The same with hostile text wherever a page, a server or a file name can put some."""
    verdicts = []
    for verdict in findings.verdicts:
        recording = replace(
            verdict.recording,
            file=f"tests/recordings/{HOSTILE}.har",
            source=HOSTILE,
            date=HOSTILE,
            url=f"https://x/{HOSTILE}",
            response_headers=((HOSTILE, HOSTILE),),
            response_text=json.dumps({HOSTILE: [HOSTILE]}),
        )
        drifts = (Drift(HOSTILE, HOSTILE, "type"),)
        failures = {**verdict.failures, "decode": (HOSTILE,)}
        verdicts.append(replace(verdict, recording=recording, drifts=drifts, failures=failures))
    advice = [Advice("document", HOSTILE, HOSTILE)] * len(verdicts)
    columns = [replace(column, label=HOSTILE) for column in findings.columns]
    vectored = [replace(one, failures=(HOSTILE,)) for one in findings.vectored]
    bad = (Problem(HOSTILE, HOSTILE, HOSTILE),)
    return replace(
        findings,
        verdicts=tuple(verdicts),
        advice=tuple(advice),
        columns=tuple(columns),
        vectored=tuple(vectored),
        unreadable=bad,
    )


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += attrs


def loaded(text: str, folder: Path) -> str:
    """The page as a browser has it after its scripts, if it had any, ran."""
    if BROWSER is None:
        pytest.skip("no browser is installed")
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command = [BROWSER, *options, "--virtual-time-budget=2000", "--dump-dom", file.as_uri()]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return ended.stdout


def test_a_browser_shows_the_matrix_and_every_recording(findings: Findings, tmp_path: Path) -> None:
    dom = loaded(page.render(findings), tmp_path)
    assert "<h1>Contract of opencx" in dom
    assert dom.count('<details class="recording') == len(findings.verdicts)
    for column in findings.columns:
        assert f">{column.label}</th>" in dom
    for place in range(len(findings.verdicts)):
        assert f'href="#r{place}"' in dom
        assert f'id="r{place}"' in dom


def test_hostile_text_is_text_in_a_browser(hostile: Findings, tmp_path: Path) -> None:
    dom = loaded(page.render(hostile), tmp_path)
    assert "<title>Contract of" in dom
    assert "<script" not in dom
    assert "<img" not in dom
    assert dom.count("&lt;script&gt;document.title='PWNED'") > 20


@pytest.mark.parametrize("which", ["findings", "hostile"])
def test_the_page_has_no_script_and_asks_for_nothing(which: str, request: pytest.FixtureRequest) -> None:
    text = page.render(request.getfixturevalue(which))
    tags = Tags(text)
    assert tags.names.isdisjoint({"script", "img", "link", "iframe", "object", "form", "base"})
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name in ("src", "style", "action")]
    assert {value[:1] for name, value in tags.attributes if name == "href" and value} == {"#"}
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "\x1b" not in text


def test_the_page_works_by_keyboard_and_in_the_dark(findings: Findings) -> None:
    text = page.render(findings)
    assert "color-scheme: light dark" in text
    assert ":focus-visible" in text
    assert text.count('tabindex="0"') >= text.count("<pre tabindex")
    assert '<a class="skip" href="#main">' in text
    assert "<html lang=" in text
    assert text.count("<summary") == text.count("<details")


def test_a_drift_is_marked_on_the_line_where_it_is(findings: Findings) -> None:
    text = page.render(findings)
    assert '<span class="odd">  &quot;language&quot;: &quot;&lt;string&gt;&quot;,</span>' in text


def test_every_report_is_the_same_for_the_same_findings(findings: Findings) -> None:
    for render in (page.render, junit.render, machine.render, markdown.render):
        assert render(findings) == render(findings)
        assert str(ROOT) not in render(findings)


SUITE = ("package", "id", "name", "timestamp", "hostname", "tests", "failures", "errors", "time")
"""What the schema of JUnit's own reports demands of a suite."""


@pytest.mark.parametrize("which", ["findings", "hostile"])
def test_junit_keeps_to_the_schema_that_is_common(which: str, request: pytest.FixtureRequest) -> None:
    findings: Findings = request.getfixturevalue(which)
    root = xml.fromstring(junit.render(findings))
    assert root.tag == "testsuites"
    for number, suite in enumerate(root):
        assert suite.tag == "testsuite"
        assert tuple(suite.attrib) == SUITE
        assert suite.attrib["id"] == str(number)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
        kinds = [child.tag for child in suite]
        cases = suite.findall("testcase")
        assert kinds == ["properties", *["testcase"] * len(cases), "system-out", "system-err"]
        assert suite.attrib["tests"] == str(len(cases))
        for kind in ("failure", "error"):
            assert suite.attrib[f"{kind}s"] == str(len(suite.findall(f"testcase/{kind}")))
        for case in cases:
            assert {"classname", "name", "time"} == case.attrib.keys()
            assert all(child.tag in ("failure", "error") and child.attrib["type"] for child in case)
            assert len(case) <= 1
    whole = sum(int(suite.attrib["tests"]) for suite in root)
    assert whole == len(findings.verdicts) + len(findings.vectored) + len(findings.unreadable)


def test_what_breaks_is_told_before_all_else(findings: Findings, hostile: Findings) -> None:
    assert "What breaks" not in page.render(findings)
    shown = page.render(hostile)
    assert shown.index("What breaks") < shown.index("Coverage")
    broken = shown[shown.index("What breaks") : shown.index("Coverage")]
    assert broken.count('<tr><th scope="row">') == len(hostile.verdicts) + len(hostile.vectored)


def test_the_json_report_has_everything_that_the_page_has(findings: Findings) -> None:
    data = json.loads(machine.render(findings))
    assert data["packages"] == ["age 1", "age 2", "age 3", "today"]
    assert data["counts"] == {"passes": 3, "drifts": 3, "breaks": 0}
    assert [one["vectors"] for one in data["operations"]] == [v.accepted + v.rejected for v in findings.vectored]
    (created,) = [one for one in data["recordings"] if one["file"].endswith("000_6f12e941d42dcf65.201.documented.har")]
    assert created["verdict"] == "drifts"
    assert {"place": "status", "what": "201 → 200", "kind": "status"} in created["drifts"]
    assert created["advice"]["wrong"] == "neither"
    assert [cell["word"] for cell in created["packages"]] == ["drifts"] * 4


def test_the_terminal_shows_what_breaks_first_and_no_control_characters(hostile: Findings) -> None:
    out = StringIO()
    console.show(Console(file=out, width=2000), machine.render(hostile))
    lines = out.getvalue().splitlines()
    assert lines[0].split()[:4] == ["operation", "live", "documented", "vectors"]
    assert len(lines) >= 4
    assert "\x1b" not in out.getvalue()


def test_older_packages_read_what_they_can_and_say_what_drifts(findings: Findings) -> None:
    words = {
        (column.label, verdict.recording.file.split("/")[2]): cell.word
        for column in findings.columns
        for verdict, cell in zip(findings.verdicts, column.cells, strict=True)
    }
    assert words["age 1", "phone.create"] == "drifts"
    assert words["age 2", "phone.list"] == "absent"
    assert words["age 3", "phone.update"] == "passes"
    assert not [cell.failures for column in findings.columns for cell in column.cells if cell.failures]


def test_markdown_of_hostile_text_has_no_markup(hostile: Findings) -> None:
    prose = [line for line in markdown.render(hostile).splitlines() if not line.startswith("    ")]
    outside = [re.sub(r"`[^`\n]*`", "", line) for line in prose]
    assert [line for line in outside if "<script" in line or "<img" in line] == []
