"""One recording on the page: what became of it, why, and the two messages side by side."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from html import escape
from typing import Any

from ...problems import printable
from ..advice import Advice
from ..drift import Drift
from ..findings import Findings
from ..recordings import FOLDER, Recording, is_json
from ..trial import CHECKS, Verdict

_MOST_LINES = 300
_MOST_TEXT = 20_000
_MEANINGS = {
    "status": "The client reads it by the class of the status.",
    "type": "The value stays as it came; a strict client raises.",
    "missing": "The attribute is left out of the object; a strict client raises.",
    "unknown": "It is kept, and sent back as it came.",
    "enum": "It stays the plain value that it is.",
    "other": "The client does not check this rule.",
}
_SIDES = {
    "document": "The document is likely wrong.",
    "recording": "The recording is likely wrong.",
    "neither": "Neither is wrong.",
}


def exchange(findings: Findings, at: int) -> Iterator[str]:
    """The recording as HTML; closed where it passes."""
    verdict, advice = findings.verdicts[at], findings.advice[at]
    recording = verdict.recording
    opened = " open" if verdict.word == "breaks" else ""
    yield f'<details class="recording word-{verdict.word}" id="r{at}"{opened}><summary>'
    yield f'<span class="badge {verdict.word}">{verdict.word}</span>'
    yield f"<code>{_text(recording.file.removeprefix(FOLDER + '/'))}</code>"
    yield f'<span class="quiet">{_text(", ".join(_facts(recording)))}</span></summary><div class="inside">'
    yield from _failures(verdict)
    yield from _advice(advice)
    yield from _drifts(verdict.drifts)
    yield from _messages(recording, verdict.drifts)
    yield "</div></details>"


def _facts(recording: Recording) -> Iterator[str]:
    yield recording.origin
    if recording.source:
        yield recording.source
    if recording.age is not None:
        yield f"age {recording.age}"
    if recording.date:
        yield recording.date


def _failures(verdict: Verdict) -> Iterator[str]:
    checks = [check for check in CHECKS[:4] if check != "schema"]  # what the schema says of it is the table of drifts
    found = [(check, told) for check in checks for told in verdict.failures[check]]
    if found:
        yield "<ul>"
        yield from (f"<li><strong>{check} breaks:</strong> <code>{_text(told)}</code></li>" for check, told in found)
        yield "</ul>"


def _advice(advice: Advice | None) -> Iterator[str]:
    if advice is None:
        return
    yield f'<div class="advice {advice.side}"><p><strong>{_SIDES[advice.side]}</strong> {_text(advice.why)}</p>'
    if advice.actions:
        yield '<details class="overlay"><summary>Proposed for <code>spec/overlay.yaml</code>, below '
        yield f"<code>actions:</code></summary><pre>{_text(advice.actions)}</pre></details>"
    yield "</div>"


def _drifts(drifts: Collection[Drift]) -> Iterator[str]:
    if not drifts:
        return
    yield '<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">place</th>'
    yield '<th scope="col">recorded → documented</th><th scope="col">what the client does</th></tr></thead><tbody>'
    for drift in drifts:
        meaning = _MEANINGS[drift.kind] if drift.place.startswith("response") or drift.kind == "status" else ""
        yield f'<tr><th scope="row"><code>{_text(drift.place)}</code></th><td>{_text(drift.what)}</td>'
        yield f'<td class="quiet">{meaning}</td></tr>'
    yield "</tbody></table></div>"


def _messages(recording: Recording, drifts: Collection[Drift]) -> Iterator[str]:
    odd = {drift.place for drift in drifts}
    request = f"{recording.method} {recording.url}"
    response = f"{recording.status} {recording.response_type}"
    yield '<div class="sides">'
    yield from _message(
        "Request", request, recording.request_headers, recording.request_type, recording.request_text, "request", odd
    )
    yield from _message(
        "Response",
        response,
        recording.response_headers,
        recording.response_type,
        recording.response_text,
        "response",
        odd,
    )
    yield "</div>"


def _message(
    title: str, first: str, headers: Any, media_type: str, text: str, side: str, odd: Collection[str]
) -> Iterator[str]:
    told = [_line("plain quiet", f"{name}: {value}") for name, value in headers]
    lines = list(_body(media_type, text, side))
    told += [_line("odd" if place in odd else "plain", line) for place, line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        told.append(_line("plain quiet", f"… {len(lines) - _MOST_LINES} lines more"))
    if not text:
        told.append(_line("plain quiet", "no body"))
    yield f'<div class="message"><h4>{title}: <code>{_text(first)}</code></h4>'
    yield f'<pre tabindex="0">{"".join(told)}</pre></div>'


def _line(kind: str, text: str) -> str:
    return f'<span class="{kind}">{_text(text)}</span>'


def _body(media_type: str, text: str, side: str) -> Iterator[tuple[str, str]]:
    """The lines of a body, each with the place that a drift there would have."""
    if is_json(media_type) and text:
        yield from _lines(json.loads(text), side, "", "", "")
    else:
        shown = text[:_MOST_TEXT] + ("…" if len(text) > _MOST_TEXT else "")
        yield from (("", line) for line in shown.splitlines())


def _lines(value: Any, place: str, indent: str, before: str, after: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict | list) or not value:
        yield place, f"{indent}{before}{json.dumps(value, ensure_ascii=False)}{after}"
        return
    is_list = isinstance(value, list)
    items = (
        [("[]", "", item) for item in value] if is_list else [(f".{k}", f"{json.dumps(k)}: ", value[k]) for k in value]
    )
    yield place, f"{indent}{before}{'[' if is_list else '{'}"
    for number, (step, name, item) in enumerate(items, 1):
        yield from _lines(item, place + step, f"{indent}  ", name, "," if number < len(items) else "")
    yield "", f"{indent}{']' if is_list else '}'}{after}"


def _text(text: str) -> str:
    return escape(printable(text), quote=True)
