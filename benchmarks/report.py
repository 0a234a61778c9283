"""The results as a Markdown page and a chart."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from html import escape
from importlib.metadata import version

from .decoding import OURS
from .measure import Result

_PEERS = ("attrs", "httpx", "msgspec", "pydantic", "cattrs", "openai", "anthropic", "githubkit")
_UNITS = {"µs": 1e6, "ms": 1e3, "MB": 1 / 1e6}
_HEAD = """# Benchmarks

Made by `nox -s bench`: everything on this page was measured in one run on one machine, in interleaved rounds. A ratio
is the median of the rounds' own ratios. What stands before it is the processor's time of the client's process, or its
resident memory; the server is another process, on loopback and without TLS. Below 1 is better than the bare library.
All contestants speak to one document (`benchmarks/document.yaml`), whose data is made up.

This project reads with everything on: unknown members kept, unknown values passed, every drift reported, original texts
remembered. The msgspec structs, pydantic and cattrs are strict and drop what they do not know; they show what a parser
alone can do.

![ratios to the bare library](benchmarks.svg)
"""


def markdown(results: Sequence[Result]) -> str:
    """The page with one table per result."""
    versions = ", ".join(f"{name} {version(name)}" for name in _PEERS)
    foot = f"Python {platform.python_version()}; {versions}; openapi-python-client 0.29.1.\n"
    return "\n".join([_HEAD, *map(_table, results), foot])


def _table(result: Result) -> str:
    goal = f" Ours is to stay at or below {result.limit}." if result.limit else ""
    rows = [
        f"| {f'**{name}**' if name == OURS else name} | {result.seconds[name] * _UNITS[result.unit]:.1f} "
        f"| {result.ratio(name):.2f} |"
        for name in result.seconds
    ]
    about = f" {result.about}" if result.about else ""
    head = f"## {result.title}\n\nRatios to {result.base}.{goal}{about}\n"
    return "\n".join([head, f"| | {result.unit} | ratio |", "| --- | ---: | ---: |", *rows, ""])


def chart(results: Iterable[Result]) -> str:
    """An SVG of our ratios as bars; the line is the bare library, the mark on each bar what it is to stay below."""
    width, row, left, unit = 960, 26, 530, 280
    shown = list(results)
    height = row * len(shown) + 40
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12" role="img" aria-label="ratios to the bare library">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for index, result in enumerate(shown):
        ratio, top = result.ratio(OURS), 10 + index * row
        long = min(ratio, 1.4) * unit
        limit = result.limit or 1.0
        color, goal = "#2a7" if ratio <= limit else "#c83", left + limit * unit
        lines += [
            f'<text x="{left - 8}" y="{top + 14}" text-anchor="end" fill="#222">{escape(result.title)}</text>',
            f'<rect x="{left}" y="{top}" width="{long:.0f}" height="{row - 8}" fill="{color}"/>',
            f'<path d="M{goal:.0f} {top - 1}v{row - 6}" stroke="#b22" stroke-width="2"/>',
            f'<text x="{left + 8}" y="{top + 14}" fill="#fff">{ratio:.2f}</text>',
        ]
    lines += [
        f'<line x1="{left + unit}" y1="4" x2="{left + unit}" y2="{height - 26}" stroke="#444" stroke-dasharray="4 3"/>',
        f'<text x="{left + unit}" y="{height - 10}" text-anchor="middle" fill="#444">'
        "the bare library = 1, red: the goal</text>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
