"""The findings as one HTML page that needs nothing else: no script, no address, and no style but its own.

All text comes from documents and servers, so all of it is escaped, and a policy in the page forbids what is not ours.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from ...problems import printable
from ..findings import Findings
from ..matrix import Cell
from ..recordings import FOLDER, ORIGINS
from ..trial import CHECKS
from .exchange_view import exchange

_STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
_SHORT = 160
"""Characters of a reason in a table."""
_SIGNS = {"passes": "✓", "drifts": "~", "breaks": "✗", "absent": "–"}


def render(findings: Findings) -> str:
    """The page."""
    title = f"Contract of {findings.api.package} {findings.api.version}"
    parts = [
        _head(title),
        f"<header><h1>{_text(title)}</h1>",
        '<p class="quiet">Each recording is replayed through the package, sync and async, over HTTP. It passes, it '
        "drifts when only the documents differ from it, or it breaks.</p>",
        *_tiles(findings),
        '</header><main id="main">',
        *_problems(findings),
        *_broken(findings),
        *_coverage(findings),
        *_matrix(findings),
        *_details(findings),
        "</main><footer>Made by <code>python -m scripts contract</code>. "
        "Recordings hold pseudonyms in place of what was private.</footer></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _head(title: str) -> str:
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head>"
        '<body><a class="skip" href="#main">To the content</a>'
    )


def _tiles(findings: Findings) -> Iterator[str]:
    counts = Counter(verdict.word for verdict in findings.verdicts)
    proved = {operation for operation, origin in findings.coverage if origin == "live"}
    known = {operation for operation, _ in findings.coverage}
    total = len(findings.catalog.operations)
    yield '<ul class="tiles">'
    for word in ("passes", "drifts", "breaks"):
        yield f'<li class="{word}"><strong>{counts[word]}</strong> {_plural(counts[word])} {_verb(word, counts[word])}'
        yield "</li>"
    yield f"<li><strong>{len(proved)} / {total}</strong> operations with a live recording</li>"
    yield f"<li><strong>{len(known)} / {total}</strong> operations with any recording</li>"
    allowed, refused = (sum(getattr(one, kind) for one in findings.vectored) for kind in ("accepted", "rejected"))
    wrong = sum(bool(one.failures) for one in findings.vectored)
    told = f"{wrong} operation{'' if wrong == 1 else 's'} read wrong" if wrong else "all read right"
    yield f"<li><strong>{allowed} + {refused}</strong> vectors, allowed and refused; {told}</li></ul>"


def _broken(findings: Findings) -> Iterator[str]:
    """What needs a look first: recordings that break and operations whose vectors do, with the first reason."""
    rows = [_broken_row(findings, at) for at, one in enumerate(findings.verdicts) if one.word == "breaks"]
    for one in findings.vectored:
        if one.failures:
            linked = f'<a href="#{_anchor(one.operation.id)}">{_code(one.operation.id)}</a>'
            told = f"<td>{_code(one.failures[0][:_SHORT])}</td><td>package</td>"
            rows.append(f'<tr><th scope="row">{linked}, a vector</th>{told}</tr>')
    if rows:
        yield "<h2>What breaks</h2>"
        yield from _table([("recording", ""), ("why", ""), ("likely wrong", "")], rows)


def _broken_row(findings: Findings, at: int) -> str:
    verdict, advice = findings.verdicts[at], findings.advice[at]
    name = verdict.recording.file.removeprefix(f"{FOLDER}/")
    reasons = [told for check in CHECKS[:4] for told in verdict.failures[check]]
    more = f" and {len(reasons) - 1} more" if len(reasons) > 1 else ""
    side = advice.side if advice else "package"
    told = f"<td>{_code(reasons[0][:_SHORT])}{more}</td><td>{_text(side)}</td>"
    return f'<tr><th scope="row"><a href="#r{at}">{_code(name)}</a></th>{told}</tr>'


def _plural(count: int) -> str:
    return "recording" if count == 1 else "recordings"


def _verb(word: str, count: int) -> str:
    return word if count == 1 else {"passes": "pass", "drifts": "drift", "breaks": "break"}[word]


def _problems(findings: Findings) -> Iterator[str]:
    if findings.unreadable:
        yield "<h2>Recordings that cannot be read</h2><ul>"
        yield from (f"<li>{_text(str(problem))}</li>" for problem in findings.unreadable)
        yield "</ul>"


def _coverage(findings: Findings) -> Iterator[str]:
    yield "<h2>Coverage</h2>"
    heads = [("operation", ""), ("", ""), *((origin, "number") for origin in ORIGINS), ("vectors", "number")]
    yield from _table(heads, _coverage_rows(findings))


def _coverage_rows(findings: Findings) -> Iterator[str]:
    coverage, vectors = findings.coverage, findings.vectors
    for name, operation in findings.catalog.operations.items():
        linked = f'<a href="#{_anchor(name)}">{_code(name)}</a>' if findings.of(name) else _code(name)
        counts = "".join(f'<td class="number">{coverage[name, origin] or ""}</td>' for origin in ORIGINS)
        one = vectors.get(name)
        made = f"{one.accepted} + {one.rejected}" if one else ""
        made += _badge("breaks", f"{len(one.failures)} wrong") if one and one.failures else ""
        told = f'<td>{_code(operation.key)}</td>{counts}<td class="number">{made}</td>'
        yield f'<tr><th scope="row">{linked}</th>{told}</tr>'


def _table(heads: Iterable[tuple[str, str]], rows: Iterable[str]) -> Iterator[str]:
    yield '<div class="scroll" tabindex="0"><table><thead><tr>'
    for title, kind in heads:
        yield f'<th scope="col" class="{kind}">{_text(title)}</th>'
    yield "</tr></thead><tbody>"
    yield from rows
    yield "</tbody></table></div>"


def _matrix(findings: Findings) -> Iterator[str]:
    if not findings.verdicts:
        return
    yield "<h2>Compatibility</h2><p>Every recording against the package as it was with older documents, and today's."
    yield "</p><fieldset><legend>Show</legend>"
    for number, (word, told) in enumerate((("all", "all"), ("drifts", "what drifts or breaks"), ("breaks", "breaks"))):
        checked = "" if number else " checked"
        yield f'<label><input type="radio" name="show" id="show-{word}"{checked}> {told}</label>'
    yield "</fieldset>"
    heads = ["recording", "origin", "age or date", *(column.label for column in findings.columns), "today"]
    yield from _table([(title, "") for title in heads], _matrix_rows(findings))


def _matrix_rows(findings: Findings) -> Iterator[str]:
    for at, verdict in enumerate(findings.verdicts):
        recording = verdict.recording
        cells = (*(column.cells[at] for column in findings.columns), findings.today[at])
        name = recording.file.removeprefix(f"{FOLDER}/")
        age = recording.date or ("" if recording.age is None else f"age {recording.age}")
        told = "".join(f"<td>{_cell(cell)}</td>" for cell in cells)
        yield f'<tr class="word-{verdict.word}"><th scope="row"><a href="#r{at}">{_code(name)}</a></th>'
        yield f"<td>{_text(recording.origin)}</td><td>{_text(age)}</td>{told}</tr>"


def _cell(cell: Cell) -> str:
    count = f" {len(cell.drifts)}" if cell.word == "drifts" else ""
    return _badge(cell.word, "not there" if cell.word == "absent" else cell.word + count, "; ".join(cell.failures[:3]))


def _details(findings: Findings) -> Iterator[str]:
    if findings.verdicts:
        yield "<h2>Recordings</h2>"
    for name, operation in findings.catalog.operations.items():
        places = findings.of(name)
        one = findings.vectors.get(name)
        if places or (one and one.failures):
            yield f'<section><h3 id="{_anchor(name)}">{_code(name)} '
            yield f'<span class="quiet">{_text(operation.key)}</span></h3>'
            for at in places:
                yield from exchange(findings, at)
            if one and one.failures:
                yield "<p>Vectors that are read otherwise than the document says:</p><ul>"
                yield from (f"<li>{_code(failure)}</li>" for failure in one.failures)
                yield "</ul>"
            yield "</section>"


def _badge(word: str, told: str, title: str = "") -> str:
    hint = f' title="{_text(title)}"' if title else ""
    return f'<span class="badge {word}"{hint}><span aria-hidden="true">{_SIGNS[word]}</span> {_text(told)}</span>'


def _anchor(name: str) -> str:
    return "o-" + "".join(char if char.isalnum() and char.isascii() else "-" for char in name)


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>"


def _text(text: str) -> str:
    return escape(printable(text), quote=True)
