"""The commands about releases: what changed between two documents, a release of what changed, its publication."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from . import pipeline, project
from .pipeline import Report
from .problems import BadInput, Problem
from .terminal import OK, OUT_OF_DATE, Spinner, Terminal, refuse, show, tell
from .tree import Tree, recover

if TYPE_CHECKING:
    from .generate.plan import Plan


def differences(sides: list[Path], out: Console) -> int:
    """Prints every change from one project, document or page to the next, and the counts.

    Raises:
        BadInput: There are not two sides, or one cannot be read.
    """
    from .diff.sides import load

    if len(sides) < 2:
        raise BadInput(Problem("", "A comparison needs two sides.", "Write: python -m scripts diff OLD NEW"))
    old = load(sides[0])
    for number, side in enumerate(sides[1:], 1):
        new = load(side, old.names.lock, sides[:number])
        if len(sides) > 2:
            show(out, [f"{sides[number - 1].name} -> {side.name}"])
        _show_difference(old, new, out)
        old = new
    return OK


def _show_difference(old: Plan, new: Plan, out: Console) -> None:
    from .alias.renames import aliases
    from .diff.changes import Changes
    from .diff.compare import compare, lost
    from .diff.together import told_together

    new = replace(new, aliases=aliases(old, new))
    changes = Changes(told_together(compare(old, new)), *lost(old, new))
    show(out, changes.decisions)
    show(out, [f"{changes.counts} for callers of the package"])
    if changes.shrunk:
        show(out, [f"{changes.lost} of {changes.had} operations are gone: is the new document complete?"])


@dataclass(frozen=True)
class Wish:
    """What a person says about a release."""

    today: datetime.date
    version: str | None = None
    shrunk: bool = False
    """Whether it is right that half of the operations are gone."""


def release(root: Path, out: Console, wish: Wish) -> int:
    """Makes a release and everything that follows from it, or nothing.

    Raises:
        BadInput: The wanted version is too low, or half of the operations are gone.
    """
    recover(root)
    return _released(Tree(root), out, wish)


def update(root: Path, out: Console, wish: Wish, folder: Path | None, check: bool) -> int:
    """Brings pages or documents, shows what they change, and makes a release of it, or nothing.

    Args:
        root: The project.
        out: Where to.
        wish: What a person says.
        folder: Where pages and documents are; without, they are fetched from the site.
        check: Only show, and give `OUT_OF_DATE` if something is new.

    Raises:
        BadInput: What was brought is not sound, the wanted version is too low, or half of the operations are gone.
    """
    from . import fetch

    recover(root)
    tree = Tree(root)
    api, start = project.load(tree), time.perf_counter()
    brought = fetch.take(tree, api, folder, wish.today.isoformat()) if folder else fetch.run(tree, api)
    tree.replace((*fetch.WRITES, *brought.files) if not folder else tuple(brought.files), brought.files)
    moved = tree.changes()
    tell(out, Report("fetch", brought.summary, time.perf_counter() - start, tuple(moved)))
    return _compared(tree, out, bool(moved)) if check else _released(tree, out, wish)


def _compared(tree: Tree, out: Console, moved: bool) -> int:
    """Shows what is not released yet, and says whether something is new."""
    with out.status("", spinner="dots") as status:
        result = pipeline.run(tree.root, "diff", write=False, watcher=Spinner(status), tree=tree)
    if result.problems:
        return refuse(out, result.problems, result.further)
    _show_changes(tree, out)
    return OUT_OF_DATE if moved else OK


def _show_changes(tree: Tree, out: Console) -> None:
    from .diff import released, since_release

    last = released.load(tree)
    if last is None:
        show(out, ["Nothing was released yet."])
        return
    changes = since_release(tree, project.load(tree), last)
    show(out, changes.decisions)
    show(out, [f"{changes.counts} for callers of the package since {last.version}"])


def _released(tree: Tree, out: Console, wish: Wish) -> int:
    """One transaction: what the tree has, and the release that follows from it."""
    from . import version

    with out.status("", spinner="dots") as status:
        result = pipeline.run(tree.root, "diff", write=False, watcher=Spinner(status), tree=tree)
        if result.problems:
            return refuse(out, result.problems, result.further)
        _show_changes(tree, out)
        start = time.perf_counter()
        outcome = version.run(tree, project.load(tree), wish.today, wish.version, wish.shrunk)
        tree.replace(version.WRITES, outcome.files)
        changes = [change for change in tree.changes() if change.path in outcome.files]
        tell(out, Report("version", outcome.summary, time.perf_counter() - start, tuple(changes)))
        result = pipeline.run(tree.root, pipeline.STEPS[-1].name, watcher=Terminal(out, status), tree=tree)
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
