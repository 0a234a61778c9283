"""The command line: `python -m scripts WORD [--project DIR] [--check]`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from . import fetch, pipeline, project
from .pipeline import Report, Result, Watcher
from .problems import BadInput, Problem, printable
from .step import Step
from .tree import Tree, recover

OK, PROBLEMS, OUT_OF_DATE, INTERRUPTED = 0, 1, 3, 130
"""Exit codes; argparse exits with 2 for a wrong command line."""

_EPILOG = """exit codes: 0 done; 1 problems, nothing was written; 2 wrong command line;
3 --check found something out of date; 130 interrupted, nothing was written"""


def main(arguments: list[str] | None = None) -> int:
    """The exit code of one command."""
    options = _parser().parse_args(arguments)
    root = options.project.resolve()
    out = Console(highlight=False, soft_wrap=True)
    if not (root / project.FILE).is_file():
        problem = Problem(project.FILE, f"{options.project} is no project.", "Name a folder that has this file.")
        return _refuse(out, (problem,))
    try:
        return _fetch(root, out) if options.word == "fetch" else _run(root, options, out)
    except KeyboardInterrupt:
        out.print("Interrupted; the tree is as it was.")
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts", epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    about = {"fetch": "bring spec/pages up to date from the documentation site (the only command that needs a network)"}
    about |= {step.name: f"run the steps up to {step.name}: writes {_writes(step)}" for step in pipeline.STEPS}
    about["regenerate"] = "run all steps, from the committed pages to the wheel"
    for word, text in about.items():
        command = words.add_parser(word, help=text, description=text[0].upper() + text[1:] + ".")
        command.add_argument(
            "--project", type=Path, default=Path("."), metavar="DIR", help="folder of one API (default: this one)"
        )
        if word != "fetch":
            command.add_argument("--check", action="store_true", help="write nothing; exit 3 if anything would change")
    return parser


def _writes(step: Step) -> str:
    return ", ".join(pattern.removesuffix("/*") for pattern in step.writes)


def _run(root: Path, options: argparse.Namespace, out: Console) -> int:
    last = pipeline.STEPS[-1].name if options.word == "regenerate" else options.word
    with out.status("", spinner="dots") as status:
        result = pipeline.run(root, last, not options.check, _Terminal(out, status))
    if result.problems:
        return _refuse(out, result.problems, result.further)
    if options.check and result.changes:
        return _stale(out, options, result)
    _finish(root, out, last)
    return OK


class _Terminal(Watcher):
    """Shows the step at work where there is a terminal, and leaves a line for each step that is done."""

    def __init__(self, out: Console, status: Status) -> None:
        self.out = out
        self.status = status

    def begins(self, step: str) -> None:
        self.status.update(step)

    def ends(self, report: Report) -> None:
        _line(self.out, report)


def _line(out: Console, report: Report) -> None:
    count = len(report.changes)
    changed = "nothing changed" if not count else f"{count} file{'s' if count > 1 else ''} changed"
    out.print(f"[bold]{report.step:<10}[/] {escape(printable(report.summary))}; {changed} ({report.seconds:.1f} s)")


def _finish(root: Path, out: Console, last: str) -> None:
    if last == pipeline.STEPS[-1].name:
        for wheel in sorted((root / "dist").glob("*.whl")):
            out.print(f"The wheel: {escape(str(wheel))}")


def _stale(out: Console, options: argparse.Namespace, result: Result) -> int:
    for change in result.changes:
        out.print(escape(printable(str(change))))
    where = "" if options.project == Path(".") else f" --project {options.project}"
    out.print(f"Out of date. Run: python -m scripts {options.word}{where}")
    return OUT_OF_DATE


def _refuse(out: Console, problems: tuple[Problem, ...], further: tuple[Problem, ...] = ()) -> int:
    for problem in problems:
        out.print(escape(str(problem)))
    if further:
        out.print("Found further on; some of it may follow from the above:")
    for problem in further:
        out.print(escape(str(problem)))
    count = len(problems) + len(further)
    out.print(f"[red]{count} problem{'s' if count > 1 else ''}; nothing was written.[/]")
    return PROBLEMS


def _fetch(root: Path, out: Console) -> int:
    recover(root)
    tree = Tree(root)
    start = time.perf_counter()
    try:
        outcome = fetch.run(tree, project.load(tree))
    except BadInput as error:
        return _refuse(out, error.problems)
    except KeyboardInterrupt:
        out.print("What was fetched so far is kept; run fetch again to go on.")
        raise
    for problem in outcome.problems:
        out.print(escape(str(problem)), style="dim")
    tree.replace(("spec/pages/*", "spec/pages.lock"), outcome.files)
    changes = tuple(tree.commit())
    _line(out, Report("fetch", outcome.summary, time.perf_counter() - start, changes))
    return OK


if __name__ == "__main__":
    sys.exit(main())
