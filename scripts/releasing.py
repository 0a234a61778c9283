"""The commands about releases: what changed between two documents, a release of what changed here, its publication."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from . import pipeline, project
from .pipeline import Report
from .problems import BadInput, Problem
from .terminal import OK, Terminal, refuse, show, tell
from .tree import Tree, recover


def differences(sides: list[Path], out: Console) -> int:
    """Prints every change from one project or document to another, and the counts.

    Raises:
        BadInput: There are not two sides, or one cannot be read.
    """
    from .diff.changes import Changes
    from .diff.compare import compare, lost
    from .diff.sides import load

    if len(sides) != 2:
        raise BadInput(Problem("", "A comparison needs two sides.", "Write: python -m scripts diff OLD NEW"))
    old = load(sides[0])
    new = load(sides[1], old.names.lock)
    changes = Changes(compare(old, new), *lost(old, new))
    show(out, changes.decisions)
    show(out, [f"{changes.counts} for callers of the package"])
    if changes.shrunk:
        show(out, [f"{changes.lost} of {changes.had} operations are gone: is the new document complete?"])
    return OK


def release(root: Path, out: Console, today: datetime.date, wanted: str | None, shrunk: bool) -> int:
    """Makes a release and everything that follows from it; run again after an interruption, it goes on.

    Raises:
        BadInput: The wanted version is too low, or half of the operations are gone.
    """
    from . import version

    with out.status("", spinner="dots") as status:
        watcher = Terminal(out, status)
        recover(root)
        result = pipeline.run(root, "diff", write=False, watcher=watcher)
        if result.tree is None:
            return refuse(out, result.problems, result.further)
        tree, start = result.tree, time.perf_counter()
        outcome = version.run(tree, project.load(tree), today, wanted, shrunk)
        tree.replace(version.WRITES, outcome.files)
        changes = [change for change in tree.commit() if change.path in outcome.files]
        tell(out, Report("version", outcome.summary, time.perf_counter() - start, tuple(changes)))
        result = pipeline.run(root, pipeline.STEPS[-1].name, watcher=watcher)
    return refuse(out, result.problems, result.further) if result.problems else OK


def publish(root: Path, out: Console, to: str, url: str, environment: Mapping[str, str]) -> int:
    """Uploads the last release, once it is sure that this is what the project's files amount to.

    Raises:
        BadInput: The project is not as released, or the index does not take it.
    """
    from . import publish as step
    from .publish.index import INDEXES, local

    with out.status("", spinner="dots") as status:
        result = pipeline.run(root, pipeline.STEPS[-1].name, write=False, watcher=Terminal(out, status))
    if result.problems:
        return refuse(out, result.problems, result.further)
    if result.changes:
        show(out, result.changes)
        raise BadInput(Problem("", "The project is out of date.", "Run: python -m scripts regenerate"))
    tree, start = Tree(root), time.perf_counter()
    index = local(url) if to == "local" and url else INDEXES[to]
    new, old = step.run(tree, project.load(tree), index, environment, lambda line: show(out, [line]))
    tell(out, Report("publish", f"{new} files uploaded, {old} were there", time.perf_counter() - start, ()))
    return OK
