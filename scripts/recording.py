"""The commands about recordings: captured traffic taken in, and new recordings made from the live API."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from . import project
from .contract.intake import Intake, Taker
from .problems import Problem, printable
from .terminal import OK, OUT_OF_DATE, PROBLEMS, show
from .tree import Tree, recover


def import_captures(
    root: Path, out: Console, files: Sequence[Path], servers: Sequence[str], date: str, replaces: bool, write: bool
) -> int:
    """Makes recordings of captured traffic and tells what became of it.

    Raises:
        BadInput: The project has no canonical document yet, or a recording cannot be written.
    """
    recover(root)
    tree = Tree(root)
    taker = Taker(tree, project.load(tree), tuple(servers), date=date, replaces=replaces)
    taker.take_files(files)
    return keep(tree, out, taker.intake, write)


def keep(tree: Tree, out: Console, intake: Intake, write: bool) -> int:
    """Writes what was taken in, if that is wanted, and tells all; the exit code.

    Raises:
        BadInput: A recording cannot be written.
    """
    for told in (intake.replaced, intake.differing):
        show(out, told.values())
    show(out, intake.skipped)
    if intake.left_out:
        names = ", ".join(f"{name} ({count})" for name, count in sorted(intake.left_out.items()))
        show(out, [f"Left out, as not on the list of what may be kept: {names}"])
    tree.replace(tuple(intake.files), intake.files)
    changes = tree.commit() if write else tree.changes()
    show(out, changes)
    problems = [*intake.problems, *map(_kept, intake.differing)]
    show(out, problems)
    done = "" if write else " would be"
    counts = f"{len(changes)} recordings{done} written, {intake.same} there already, {len(intake.differing)} kept as is"
    out.print(escape(printable(counts)))
    if problems:
        out.print(f"[red]{len(problems)} problem{'s' if len(problems) > 1 else ''}; the others were taken.[/]")
        return PROBLEMS
    return OUT_OF_DATE if changes and not write else OK


def _kept(file: str) -> Problem:
    what = "What was captured now differs from the recording, as shown above; the recording was kept."
    return Problem(file, what, "Run again with --replace to overwrite it, or keep it.")
