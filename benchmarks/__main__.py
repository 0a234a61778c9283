"""Measures everything, tells each result when it is there, and writes docs/benchmarks.md and docs/benchmarks.svg."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from . import calls, decoding, report, server, start
from .decoding import OURS
from .measure import Result

DOCS = Path(__file__).parents[1] / "docs"


def _results(url: str) -> Iterator[Result]:
    yield from decoding.decode()
    yield from decoding.encode()
    yield from calls.calls(url)
    yield from calls.streams(url)
    yield from start.starts(url)


def main() -> None:
    """Run all benchmarks, one after the other."""
    began = time.monotonic()
    results: list[Result] = []
    with server.running() as url:
        for result in _results(url):
            results.append(result)
            print(f"{time.monotonic() - began:4.0f} s  {result.ratio(OURS):5.2f}  {result.title}", flush=True)
    (DOCS / "benchmarks.md").write_text(report.markdown(results), encoding="utf-8")
    (DOCS / "benchmarks.svg").write_text(report.chart(r for r in results if r.limit), encoding="utf-8")


if __name__ == "__main__":
    main()
