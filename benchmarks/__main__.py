"""Measures everything and writes docs/benchmarks.md and docs/benchmarks.svg."""

from __future__ import annotations

from pathlib import Path

from . import calls, decoding, report, server, start

DOCS = Path(__file__).parents[1] / "docs"

results = [*decoding.decode(), *decoding.encode()]
with server.running() as url:
    results += [*calls.calls(url), *calls.streams(url), *start.starts(url)]
(DOCS / "benchmarks.md").write_text(report.markdown(results), encoding="utf-8")
(DOCS / "benchmarks.svg").write_text(report.chart(r for r in results if r.limit), encoding="utf-8")
print(report.markdown(results))
