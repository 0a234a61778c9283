"""The report of a contract run, as Markdown that is the same for the same recordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ...problems import printable
from ..drift import Drift
from ..equality import MOST
from ..findings import Findings
from ..history import OlderPage
from ..matrix import ABSENT, Cell
from ..recordings import FOLDER, ORIGINS
from ..trial import CHECKS, Verdict

PATH = "spec/contract.md"
_SAMPLES = "Documented samples may leave out fields and hold placeholders, so what they lack is no fault of the client."


def render(findings: Findings) -> str:
    """The report that is committed."""
    verdicts = findings.verdicts
    parts = [
        "# Contract",
        "",
        "<!-- Made from spec/ and tests/recordings/ by `python -m scripts contract`. -->",
        "",
        "Each recording is replayed through the package, sync and async, over HTTP on loopback. "
        "A recording *passes* when the package sends the recorded request, the response is what the documents say, "
        "and it decodes and encodes back to the same JSON, also with a field and with values that no document has; "
        "it *drifts* when only the documents differ from it; else it *breaks*.",
        "",
        f"**{summary(verdicts)}**",
        "",
        *_coverage(findings),
        *_matrix(verdicts),
        *_older(findings),
        *_details(findings),
        *_pages(findings.pages),
    ]
    return "\n".join(parts).rstrip() + "\n"


def summary(verdicts: Iterable[Verdict]) -> str:
    """`7 recordings: 1 passes, 6 drift, 0 break`."""
    counts = Counter(verdict.word for verdict in verdicts)
    total = sum(counts.values())
    told = f"{counts['passes']} pass, {counts['drifts']} drift, {counts['breaks']} break"
    return f"{total} recording{'' if total == 1 else 's'}: {told}"


def uncovered(findings: Findings) -> list[str]:
    """The operations that no recording is of."""
    covered = {verdict.operation.id for verdict in findings.verdicts}
    return [name for name in findings.catalog.operations if name not in covered]


def _coverage(findings: Findings) -> Iterator[str]:
    yield "## Coverage"
    yield ""
    yield "Vectors are exchanges that hypothesis draws from the schemas of operations that no live recording of success"
    yield "proves: those that the document allows, and answers that it refuses at one place. Other reports count them."
    yield ""
    yield from _row("operation", "", *ORIGINS, "vectors")
    yield from _row(*["---"] * (len(ORIGINS) + 3))
    counts, vectors = findings.coverage, findings.vectors
    for name, operation in findings.catalog.operations.items():
        told = (str(counts[name, origin]) if counts[name, origin] else "" for origin in ORIGINS)
        made = ("✗" if vectors[name].failures else "✓") if name in vectors else ""
        yield from _row(f"`{name}`", _code(operation.key.replace("|", "\\|")), *told, made)
    missing = uncovered(findings)
    yield ""
    if missing:
        yield f"Without any recording: {', '.join(f'`{name}`' for name in missing)}."
    else:
        yield "Every operation has a recording."
    yield ""
    for one in findings.vectored:
        for failure in one.failures[:MOST]:
            yield f"- `{one.operation.id}`, a vector: {_code(failure)}"
    if any(one.failures for one in findings.vectored):
        yield ""


def _older(findings: Findings) -> Iterator[str]:
    """The recordings against older packages."""
    if not findings.columns:
        return
    yield "## Older packages"
    yield ""
    yield "How each recording fares with the package as it was when the documents were of an age, and with today's."
    yield ""
    yield from _row("recording", *(_code(column.label) for column in findings.columns), "today")
    yield from _row(*["---"] * (len(findings.columns) + 2))
    for at, verdict in enumerate(findings.verdicts):
        cells = (*(column.cells[at] for column in findings.columns), findings.today[at])
        yield from _row(_name(verdict), *(_told(cell) for cell in cells))
    yield ""


def _told(cell: Cell) -> str:
    return "" if cell.word == ABSENT else f"drifts ({len(cell.drifts)})" if cell.word == "drifts" else cell.word


def _matrix(verdicts: Sequence[Verdict]) -> Iterator[str]:
    if not verdicts:
        return
    yield "## Recordings"
    yield ""
    yield from _row("recording", "age", "verdict", *CHECKS)
    yield from _row(*["---"] * (len(CHECKS) + 3))
    for verdict in verdicts:
        recording = verdict.recording
        age = "" if recording.age is None else str(recording.age)
        yield from _row(_name(verdict), age, verdict.word, *(_cell(verdict, check) for check in CHECKS))
    yield ""


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def _cell(verdict: Verdict, check: str) -> str:
    if verdict.failures[check]:
        return "✗"
    if not verdict.called:
        return ""
    count = len(verdict.drifts)
    return f"{count} drift{'' if count == 1 else 's'}" if check == "schema" and count else "✓"


def _name(verdict: Verdict) -> str:
    return _code(verdict.recording.file.removeprefix(f"{FOLDER}/").replace("|", "\\|"))


def _code(text: str) -> str:
    """The text as code: text of documents cannot become markup."""
    return f"`{' '.join(printable(text).split()).replace('`', chr(39))}`"


def _details(findings: Findings) -> Iterator[str]:
    both = zip(findings.verdicts, findings.advice, strict=True)
    told = [(verdict, advice) for verdict, advice in both if verdict.word != "passes"]
    if told:
        yield "## What differs"
        yield ""
        yield "What was recorded stands before the arrow, what is documented now after it."
        yield ""
    for verdict, advice in told:
        recording = verdict.recording
        yield f"### {_name(verdict)}"
        yield ""
        age = "older than what the documents say now" if verdict.older else "as new as the documents"
        source = f" of {_code(recording.source)}" if recording.source else ""
        yield f"{recording.origin.capitalize()}{source}, {age}."
        if recording.documented and any(drift.kind == "missing" for drift in verdict.drifts):
            yield _SAMPLES
        if advice and advice.side == "document":
            yield f"The document is likely wrong. {_text(advice.why)}"
        yield ""
        for check in CHECKS[:4]:
            for failure in verdict.failures[check]:
                if check != "schema":
                    yield f"- **{check} breaks**: {_code(failure)}"
        yield from _drifts(verdict.drifts)
        yield ""
        if advice and advice.actions and advice.side == "document":
            yield "Proposed for `spec/overlay.yaml`:"
            yield ""
            yield from (f"    {printable(line)}" for line in advice.actions.splitlines())
            yield ""


def _drifts(drifts: Sequence[Drift]) -> Iterator[str]:
    """One line per drift; fields of one place that are missing, or not documented, share a line."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for drift in drifts:
        parent, _, field = drift.place.rpartition(".")
        if drift.kind in ("missing", "unknown") and parent:
            grouped.setdefault((parent, drift.what), []).append(field)
        else:
            yield f"- {_code(drift.place)}: {_text(drift.what)}"
    for (parent, what), fields in grouped.items():
        noun = f"{len(fields)} field{'' if len(fields) == 1 else 's'}"
        yield f"- {_code(parent)}: {noun} {what}: {', '.join(map(_code, fields))}"


def _text(text: str) -> str:
    text = " ".join(printable(text).split())
    return _code(text) if set(text) & set("`|<>*_[]\\&") else text


def _pages(pages: Sequence[OlderPage]) -> Iterator[str]:
    told = [page for page in pages if page.drifts]
    if told:
        yield "## What changed since older pages"
        yield ""
    for page in told:
        yield f"### `{page.operation}` in {_code(page.page)} (age {page.age})"
        yield ""
        yield from _drifts(page.drifts)
        yield ""
