"""Calls operations of an installed package, sync and async, as proof that the wheel is complete.

The step `contract` called every operation, with the same files and the same libraries; what the wheel adds is told by a
few.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..contract import made, replay
from ..contract.catalog import Catalog
from ..problems import Problem
from ..project import Api

MOST = 25
"""Operations that are called."""


def chosen(catalog: Catalog) -> list[str]:
    """All operations of a small package, and of a large one some of all parts of it."""
    names = list(catalog.operations)
    return names[:: -(-len(names) // MOST)] if names else []


def failed(catalog: Catalog, api: Api, names: Sequence[str], python: str) -> list[Problem]:
    """What failed of the calls of the package that `python` has installed.

    Raises:
        BadInput: The package cannot be imported there: it lacks a file, or does not declare what it needs.
    """
    with replay.worker(catalog, api, python) as worker:
        told = {name: replay.failure(worker.ask(made.job(catalog, catalog.operations[name]))) for name in names}
    return [_problem(catalog, name, what) for name, what in told.items() if what]


def _problem(catalog: Catalog, name: str, what: str) -> Problem:
    told = f"{name} fails when it is called from the installed wheel {what}."
    return Problem("generated", told, f"Look at what generate makes of {catalog.operations[name].key}.")
