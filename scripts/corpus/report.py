"""The table of a run: as Markdown, as JSON, and as a page that needs nothing else."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .row import Row

COLUMNS = (
    "document",
    "expect",
    "in",
    "out",
    "importable",
    "typed",
    "called",
    "async",
    "kit",
    "problems",
    "seconds",
    "MB",
    "kB",
    "pyright",
    "bar",
)
DRIVEN = 0.99
"""The share of operations that must be driven without a mismatch."""


def cells(row: Row) -> tuple[str, ...]:
    """The row's cells."""
    numbers = (row.total, row.out, row.importable, row.typed, row.sync, row.asynchronous, row.kit, row.settled)
    misses = row.misses()
    end = "missed" if misses else "refused" if row.refused else "valid" if row.is_valid else "met"
    memory = f"{row.memory / 1e6:.0f}" if row.memory else ""
    pyright = "" if row.pyright is None else str(row.pyright)
    largest = f"{row.largest / 1000:.0f}" if row.largest else ""
    return (row.entry.name, row.entry.expect, *map(str, numbers), f"{row.seconds:.1f}", memory, largest, pyright, end)


def totals(rows: Sequence[Row]) -> dict[str, int]:
    """The counts over all documents that are to give a package, or gave one."""
    counted = [row for row in rows if row.entry.expect == "ok"]
    names = ("total", "out", "importable", "typed", "sync", "asynchronous", "kit", "settled")
    return {name: sum(getattr(row, name) for row in counted) for name in names}


def misses(rows: Sequence[Row]) -> list[str]:
    """Every bar that was missed."""
    found = [f"{row.entry.name}: {told}" for row in rows for told in row.misses()]
    sums = totals(rows)
    total = sums["total"]
    driven = {"sync": sums["sync"], "async": sums["asynchronous"], "kit": sums["kit"]}
    few = (f"driven ({mode}): {count} of {total}" for mode, count in driven.items() if count < DRIVEN * total)
    return [*found, *few]


def markdown(rows: Sequence[Row]) -> str:
    """The report as Markdown."""
    return "\n".join([*_lines(rows), ""])


def _lines(rows: Sequence[Row]) -> Iterable[str]:
    sums = totals(rows)
    yield "# Corpus"
    yield ""
    yield f"{len(rows)} documents; operations of those that are expected to be `ok`: " + _sums(sums) + "."
    yield ""
    yield "| " + " | ".join(COLUMNS) + " |"
    yield "|" + " --- |" * 2 + " ---: |" * (len(COLUMNS) - 3) + " --- |"
    for row in rows:
        yield "| " + " | ".join(cells(row)) + " |"
    yield from _section("Bars that were missed", misses(rows))
    yield from _section("Calls with a mismatch", _calls(rows))
    yield from _section("Calls that the test kit does not take", _kit(rows))
    yield from _section("Calls for which no value could be made", _unmade(rows))
    yield from _section("Refused", [f"{row.entry.name}: {told}" for row in rows for told in row.refused[:3]])


def _sums(sums: dict[str, int]) -> str:
    words = {
        "total": "in",
        "asynchronous": "called (async)",
        "sync": "called (sync)",
        "kit": "called (kit)",
        "settled": "problems settled",
    }
    return ", ".join(f"{count} {words.get(name, name)}" for name, count in sums.items())


def _section(title: str, items: Sequence[str]) -> Iterable[str]:
    yield from ("", f"## {title}", "")
    yield from [f"- {_code(item)}" for item in items] or ["None."]


def _code(text: str) -> str:
    """Text of documents in Markdown, where it can be nothing but text."""
    flat = "".join(char if char.isprintable() else " " for char in text).replace("`", "'")
    return f"`{flat[:400]}`"


def _calls(rows: Sequence[Row]) -> list[str]:
    return [f"{row.entry.name}: {id}: {told[0]}" for row in rows for id, told in row.call_faults.items()]


def _kit(rows: Sequence[Row]) -> list[str]:
    return [f"{row.entry.name}: {id}: {told[0]}" for row in rows for id, told in row.kit_faults.items()]


def _unmade(rows: Sequence[Row]) -> list[str]:
    return [f"{row.entry.name}: {id}: {told[0]}" for row in rows for id, told in row.unmade.items()]


def as_json(rows: Sequence[Row]) -> str:
    """The report as JSON, with everything that was found."""
    found = [{**asdict(row), "misses": row.misses()} for row in rows]
    return json.dumps({"totals": totals(rows), "misses": misses(rows), "documents": found}, indent=1) + "\n"


_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1a1a1a }
table { border-collapse: collapse; width: 100% } td, th { padding: .25rem .6rem; border-bottom: 1px solid #ddd }
th { position: sticky; top: 0; background: #fff; text-align: right } td { text-align: right }
td:first-child, th:first-child, td:nth-child(2), th:nth-child(2) { text-align: left }
.missed td { background: #fde8e6 } .less { color: #b3261e; font-weight: 600 } summary { cursor: pointer }
code { font-size: 13px; overflow-wrap: anywhere } li { margin: .2rem 0 }
@media (prefers-color-scheme: dark) { body, th { background: #161616; color: #ddd } .missed td { background: #4a1f1c } }
"""


def page(rows: Sequence[Row]) -> str:
    """The report as one HTML page."""
    head = "".join(f"<th>{html.escape(name)}</th>" for name in COLUMNS)
    body = "\n".join(_tr(row) for row in rows)
    sections = {
        "Bars that were missed": misses(rows),
        "Calls with a mismatch": _calls(rows),
        "Calls that the test kit does not take": _kit(rows),
        "The same, by kind": [f"{count} × {kind}" for kind, count in _kinds(rows)],
        "Calls for which no value could be made": _unmade(rows),
    }
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Corpus</title>"
        '<meta name=viewport content="width=device-width">'
        f"<style>{_STYLE}</style><h1>Corpus</h1><p>{html.escape(_sums(totals(rows)))}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
        + "".join(_details(title, items) for title, items in sections.items())
        + "</html>\n"
    )


def _tr(row: Row) -> str:
    texts = cells(row)
    shown = [f"<td>{html.escape(texts[0])}</td>", f"<td>{texts[1]}</td>", f"<td>{texts[2]}</td>"]
    less = ("" if text == texts[2] else " class=less" for text in texts[3:9])
    shown += [f"<td{mark}>{text}</td>" for mark, text in zip(less, texts[3:9], strict=True)]
    shown += [f"<td>{html.escape(text)}</td>" for text in texts[9:]]
    return f"<tr{' class=missed' if texts[-1] == 'missed' else ''}>{''.join(shown)}</tr>"


def _kinds(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """Mismatches without their names and values, by how often they occur."""
    return kinds(told[0] for row in rows for told in row.call_faults.values()).most_common(40)


def kinds(told: Iterable[str]) -> Counter[str]:
    """Messages counted by what they say once names, numbers and values are out of them."""
    return Counter(re.sub(r"'[^']*'|\"[^\"]*\"|[\d.]+|\$?\.[\w.\[\]$-]+", "…", one)[:110] for one in told)


def _details(title: str, items: Sequence[str]) -> str:
    inside = "".join(f"<li><code>{html.escape(item[:500])}</code></li>" for item in items)
    return f"<details><summary>{html.escape(title)}: {len(items)}</summary><ul>{inside}</ul></details>"


def write(rows: Sequence[Row], folder: Path) -> list[Path]:
    """Writes the three reports; their paths."""
    made: dict[str, Any] = {"corpus.md": markdown(rows), "corpus.json": as_json(rows), "corpus.html": page(rows)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in made]
