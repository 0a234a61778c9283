"""The findings as JUnit XML, for continuous integration: a suite for each operation, a case for each recording.

Times are nought and the host is nobody's, so that the same findings give the same text.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as xml

from ...problems import printable
from ..findings import Findings
from ..trial import CHECKS, Verdict
from ..vectors import Vectored

_NEVER = "1970-01-01T00:00:00"


def render(findings: Findings) -> str:
    """The report."""
    root = xml.Element("testsuites")
    for name in findings.catalog.operations:
        verdicts = [findings.verdicts[at] for at in findings.of(name)]
        vectored = findings.vectors.get(name)
        cases = [*map(_case, verdicts), *([_vectors(vectored)] if vectored else [])]
        _suite(root, findings.api.package, name, cases, "\n".join(_drifts(verdicts)))
    bad = [_unreadable(problem.where, problem.what) for problem in findings.unreadable]
    if bad:
        _suite(root, findings.api.package, "recordings that cannot be read", bad, "")
    xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def _suite(root: xml.Element, package: str, name: str, cases: Iterable[xml.Element], told: str) -> None:
    cases = list(cases)
    kinds = [case[0].tag if len(case) else "" for case in cases]
    suite = xml.SubElement(
        root,
        "testsuite",
        {
            "package": package,
            "id": str(len(root)),
            "name": name,
            "timestamp": _NEVER,
            "hostname": "localhost",
            "tests": str(len(cases)),
            "failures": str(kinds.count("failure")),
            "errors": str(kinds.count("error")),
            "time": "0",
        },
    )
    xml.SubElement(suite, "properties")
    suite.extend(cases)
    xml.SubElement(suite, "system-out").text = _text(told)
    xml.SubElement(suite, "system-err").text = ""


def _case(verdict: Verdict) -> xml.Element:
    recording = verdict.recording
    case = _empty(recording.operation, recording.file.rpartition("/")[2])
    failures = [f"{check}: {told}" for check in CHECKS[:4] for told in verdict.failures[check]]
    if failures:
        _failed(case, "failure", failures[0], "\n".join(failures))
    return case


def _vectors(vectored: Vectored) -> xml.Element:
    case = _empty(vectored.operation.id, f"{vectored.count} vectors")
    if vectored.failures:
        _failed(case, "failure", vectored.failures[0], "\n".join(vectored.failures))
    return case


def _unreadable(file: str, why: str) -> xml.Element:
    case = _empty("recordings", file)
    _failed(case, "error", why, why)
    return case


def _empty(operation: str, name: str) -> xml.Element:
    return xml.Element("testcase", {"classname": _text(f"contract.{operation}"), "name": _text(name), "time": "0"})


def _failed(case: xml.Element, tag: str, message: str, text: str) -> None:
    xml.SubElement(case, tag, {"message": _text(message), "type": "contract"}).text = _text(text)


def _drifts(verdicts: Iterable[Verdict]) -> list[str]:
    return [
        f"{verdict.recording.file.rpartition('/')[2]} drifts at {drift}"
        for verdict in verdicts
        for drift in verdict.drifts
    ]


def _text(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return printable(text)
