"""The commands about recordings: captured traffic taken in, and new recordings made from the live API."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from . import project
from .contract import catalog as catalogs
from .contract.intake import Intake, Taker
from .contract.record import session as live
from .contract.record.plan import Planner
from .problems import BadInput, Problem, printable
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


def record(root: Path, out: Console, options: argparse.Namespace) -> int:
    """Makes recordings from the live API through the generated client, or shows what would be sent.

    Raises:
        BadInput: The package cannot be used, the key is missing or refused, or a recording cannot be written.
    """
    recover(root)
    tree = Tree(root)
    api = project.load(tree)
    catalog = catalogs.load(tree)
    given = dict(pair.partition("=")[::2] for pair in options.set)
    unknown = sorted({*options.operations} - catalog.operations.keys())
    if unknown:
        what = f"There is no operation {', '.join(unknown)}."
        raise BadInput(Problem("", what, "Name operations as the client does: phone.list."))
    session = Planner(catalog, options.allow, given).session(options.operations)
    show(out, [f"not called: {name}: {why}" for name, why in session.skipped])
    if options.dry_run:
        show(out, map(_request, live.dry_run(tree, api, catalog, session.steps, options.base_url)))
        out.print(f"{_counted(len(session.steps), 'call')}; nothing was sent.")
        return OK
    servers = (options.base_url,) if options.base_url else ()
    taker = Taker(tree, api, servers, replaces=options.replace)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    for step, found in live.exchanges(tree, api, session.steps, options.base_url, today):
        taker.take([found], step.operation.id)
    return keep(tree, out, taker.intake, write=True)


def _request(row: Mapping[str, Any]) -> str:
    """One request as a person reads it."""
    if "why" in row:
        return f"not sent: {row['why']}"
    headers = [f"  {name}: {value}" for name, value in row["headers"]]
    return "\n".join([f"{row['method']} {row['url']}", *headers, *([f"  {row['body']}"] if row["body"] else [])])


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
    made = f"{_counted(len(changes), 'recording')}{done} written"
    counts = f"{made}, {intake.same} there already, {len(intake.differing)} kept as is."
    out.print(escape(printable(counts)))
    if problems:
        out.print(f"[red]{_counted(len(problems), 'problem')}; all else was taken.[/]")
        return PROBLEMS
    return OUT_OF_DATE if changes and not write else OK


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _kept(file: str) -> Problem:
    what = "What was captured now differs from the recording, as shown above; the recording was kept."
    return Problem(file, what, "Run again with --replace to overwrite it, or keep it.")
