"""The findings as JSON, for programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from ..advice import Advice
from ..drift import Drift
from ..findings import Findings
from ..matrix import Cell

PATH = "build/contract/report.json"


def render(findings: Findings) -> str:
    """The report; the same findings give the same text."""
    return json.dumps(data(findings), indent=1, ensure_ascii=False) + "\n"


def data(findings: Findings) -> dict[str, Any]:
    """The report as plain values."""
    counts = Counter(verdict.word for verdict in findings.verdicts)
    return {
        "package": findings.api.package,
        "version": findings.api.version,
        "counts": {word: counts[word] for word in ("passes", "drifts", "breaks")},
        "packages": [*(column.label for column in findings.columns), "today"],
        "operations": list(_operations(findings)),
        "recordings": [_recording(findings, at) for at in range(len(findings.verdicts))],
        "unreadable": [{"file": one.where, "line": one.line, "why": one.what} for one in findings.unreadable],
    }


def _operations(findings: Findings) -> list[dict[str, Any]]:
    coverage, vectors = findings.coverage, findings.vectors
    return [
        {
            "id": name,
            "operation": operation.key,
            "recordings": {origin: count for (of, origin), count in sorted(coverage.items()) if of == name},
            "vectors": vectors[name].count if name in vectors else 0,
            "allowed": vectors[name].accepted if name in vectors else 0,
            "refused": vectors[name].rejected if name in vectors else 0,
            "failures": list(vectors[name].failures) if name in vectors else [],
        }
        for name, operation in findings.catalog.operations.items()
    ]


def _recording(findings: Findings, at: int) -> dict[str, Any]:
    verdict, advice = findings.verdicts[at], findings.advice[at]
    recording = verdict.recording
    return {
        "file": recording.file,
        "operation": recording.operation,
        "origin": recording.origin,
        "source": recording.source,
        "age": recording.age,
        "date": recording.date,
        "status": recording.status,
        "verdict": verdict.word,
        "older": verdict.older,
        "failures": {check: list(found) for check, found in verdict.failures.items() if found},
        "drifts": list(map(_drift, verdict.drifts)),
        "advice": _advice(advice) if advice else None,
        "packages": [_cell(cell) for cell in (*(column.cells[at] for column in findings.columns), findings.today[at])],
    }


def _drift(drift: Drift) -> dict[str, str]:
    return {"place": drift.place, "what": drift.what, "kind": drift.kind}


def _advice(advice: Advice) -> dict[str, str]:
    return {"wrong": advice.side, "why": advice.why, "overlay": advice.actions}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"word": cell.word, "drifts": len(cell.drifts), "failures": list(cell.failures)}
