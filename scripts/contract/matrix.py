"""Every recording against the package of today and those of before."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from ..problems import BadInput
from ..project import Api
from ..tree import Tree
from . import older, trial
from .catalog import Catalog
from .drift import Drift
from .recordings import Recording
from .replay import base_of, exported
from .replay import worker as worker_of
from .trial import Verdict

ABSENT = "absent"
"""What stands where a package has no such operation."""


@dataclass(frozen=True)
class Cell:
    """How one recording fares with one package."""

    word: str
    """`passes`, `drifts`, `breaks`, or `absent`."""
    drifts: tuple[Drift, ...] = ()
    failures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One package with its cells, one for each recording."""

    label: str
    cells: tuple[Cell, ...]


def cell_of(verdict: Verdict) -> Cell:
    """The cell that a verdict comes to."""
    failures = [f"{check}: {told}" for check in trial.CHECKS[:4] for told in verdict.failures[check]]
    return Cell(verdict.word, verdict.drifts, tuple(failures))


def columns(tree: Tree, api: Api, current: Catalog, recordings: Sequence[Recording]) -> list[Column]:
    """The older packages, oldest first."""
    if not recordings:
        return []
    packages = older.older_packages(tree, api, current)
    with ThreadPoolExecutor(2) as pool:  # while one is made, others answer in processes of their own
        return list(pool.map(lambda one: _column(one, api, recordings), packages))


def _column(package: older.Older, api: Api, recordings: Sequence[Recording]) -> Column:
    """The recordings against one package; what its documents did not know is drift, whatever is newer."""
    catalog = package.catalog
    known = [one for one in recordings if one.operation in catalog.operations]
    trials = [replace(trial.prepare(catalog, package.validator, one), older=True) for one in known]
    base = base_of(catalog)
    try:
        with exported(package.tree) as folder, worker_of(catalog, api, package=folder) as worker:
            verdicts = {
                one.recording.file: cell_of(trial.judge(one, catalog, base, worker.ask(one.job) if one.job else {}))
                for one in trials
            }
    except BadInput as bad:
        told = tuple(problem.what for problem in bad.problems)
        cells = [Cell("breaks", (), told) if one in known else Cell(ABSENT) for one in recordings]
        return Column(package.label, tuple(cells))
    return Column(package.label, tuple(verdicts.get(one.file, Cell(ABSENT)) for one in recordings))
