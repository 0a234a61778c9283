"""The findings in a few lines at a terminal, from the JSON report."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ...problems import printable

_STYLES = {"passes": "green", "drifts": "yellow", "breaks": "red", "absent": "dim"}
_SHORT = {"passes": "pass", "drifts": "drift", "breaks": "BREAK"}
_MOST = 30
"""Operations that are shown; those that need a look come first."""


def show(out: Console, text: str) -> None:
    """Prints, for each operation, how many recordings of each origin it has and how they fare with each package."""
    report = json.loads(text)
    rows = sorted(report["operations"], key=lambda one: (-_weight(report, one["id"]), one["id"]))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("operation", "live", "documented", "vectors", *report["packages"]):
        table.add_column(escape(printable(title)), no_wrap=title == "operation", min_width=len(title))
    for one in rows[:_MOST]:
        counts = one["recordings"]
        documented = sum(count for origin, count in counts.items() if origin != "live")
        cells = [_cell(report, one["id"], at) for at in range(len(report["packages"]))]
        told = (str(counts.get("live", "-")), str(documented or "-"), _vectors(one))
        table.add_row(escape(printable(one["id"])), *told, *cells)
    out.print(table)
    if len(rows) > _MOST:
        out.print(f"… and {len(rows) - _MOST} more operations")


def _weight(report: dict[str, Any], operation: str) -> int:
    """What needs a look first: what breaks, then what drifts."""
    weights = {"breaks": 1000, "drifts": 1}
    return sum(weights.get(one["verdict"], 0) for one in report["recordings"] if one["operation"] == operation)


def _vectors(operation: dict[str, Any]) -> str:
    failed = f" [red]({len(operation['failures'])} wrong)[/]" if operation["failures"] else ""
    tried = f"{operation['allowed']} + {operation['refused']}" if operation["vectors"] else "-"
    return f"{tried}{failed}"


def _cell(report: dict[str, Any], operation: str, at: int) -> str:
    words = [one["packages"][at]["word"] for one in report["recordings"] if one["operation"] == operation]
    counted = [(words.count(word), word) for word in _STYLES if word in words and word != "absent"]
    return ", ".join(f"[{_STYLES[word]}]{count} {_SHORT[word]}[/]" for count, word in counted) or "[dim]-[/]"
