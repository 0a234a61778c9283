"""What a person at a terminal sees of a run."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from .pipeline import Report, Watcher
from .problems import Problem, printable

OK, PROBLEMS, OUT_OF_DATE, INTERRUPTED = 0, 1, 3, 130
"""Exit codes; argparse exits with 2 for a wrong command line."""


class Spinner(Watcher):
    """Shows the step at work where there is a terminal."""

    def __init__(self, status: Status) -> None:
        self.status = status

    def begins(self, step: str) -> None:
        self.status.update(step)


class Terminal(Spinner):
    """Leaves a line for each step that is done, too."""

    def __init__(self, out: Console, status: Status) -> None:
        super().__init__(status)
        self.out = out

    def ends(self, report: Report) -> None:
        tell(self.out, report)


def tell(out: Console, report: Report) -> None:
    """Prints what one step did, on one line."""
    count = len(report.changes)
    changed = "nothing changed" if not count else f"{count} file{'s' if count > 1 else ''} changed"
    time = "same input as before" if report.kept else f"{report.seconds:.1f} s"
    out.print(f"[bold]{report.step:<10}[/] {escape(printable(report.summary))}; {changed} ({time})")


def show(out: Console, lines: Iterable[object]) -> None:
    """Prints lines that may hold text of documents."""
    for line in lines:
        out.print(escape(printable(str(line))))


def refuse(out: Console, problems: tuple[Problem, ...], further: tuple[Problem, ...] = (), but: str = "") -> int:
    """Prints what stopped a command, and gives its exit code; `but` names what was written all the same."""
    for problem in problems:
        out.print(escape(str(problem)))
    if further:
        out.print("Found further on; some of it may follow from the above:")
    for problem in further:
        out.print(escape(str(problem)))
    count = len(problems) + len(further)
    out.print(f"[red]{count} problem{'s' if count > 1 else ''}; nothing was written{escape(but)}.[/]")
    return PROBLEMS
