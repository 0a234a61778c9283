"""Every recording against the package of today and those of before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from ..cache import Parts
from ..problems import BadInput
from ..project import Api
from ..scratch import scratch
from ..tree import Tree
from . import older, trial
from .catalog import Catalog
from .drift import Drift
from .recordings import Recording
from .replay import base_of, exported
from .replay import worker as worker_of
from .trial import Verdict

Plain = list[list[Any]] | None
"""The cells of a column as texts and lists."""
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
    """The older packages, oldest first; one whose files and recordings are those of the last run is not made again."""
    if not recordings:
        return []
    by_key = {_key(one, recordings): one for one in older.recipes(tree, api, current)}

    def make(missing: Sequence[bytes]) -> dict[bytes, Plain]:
        with scratch() as nowhere, ThreadPoolExecutor(2) as pool:  # while one is made, others answer in processes
            packages = (by_key[key].made(nowhere) for key in missing)
            return dict(zip(missing, pool.map(lambda one: one and _cells(one, api, recordings), packages), strict=True))

    made = Parts(tree.root, "columns").made(by_key, make)
    return [Column(by_key[key].label, tuple(map(_cell, cells))) for key, cells in made.items() if cells is not None]


def _key(recipe: older.Recipe, recordings: Sequence[Recording]) -> bytes:
    return hashlib.sha256(repr((recipe, recordings)).encode("utf-8", "surrogatepass")).digest()


def _cell(plain: Sequence[Any]) -> Cell:
    word, drifts, failures = plain
    return Cell(word, tuple(Drift(*one) for one in drifts), tuple(failures))


def _cells(package: older.Older, api: Api, recordings: Sequence[Recording]) -> Plain:
    return [
        [one.word, [[drift.place, drift.what, drift.kind] for drift in one.drifts], list(one.failures)]
        for one in _replayed(package, api, recordings)
    ]


def _replayed(package: older.Older, api: Api, recordings: Sequence[Recording]) -> list[Cell]:
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
        return [Cell("breaks", (), told) if one in known else Cell(ABSENT) for one in recordings]
    return [verdicts.get(one.file, Cell(ABSENT)) for one in recordings]
