"""Calls every operation of an installed package once, sync and async, as proof that the wheel is complete."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract import catalog as catalogs
from ..contract import made, recordings, replay
from ..contract.calls import call_of
from ..contract.recordings import Recording
from ..problems import Problem
from ..project import Api
from ..tree import Tree


def run(tree: Tree, api: Api, python: str) -> tuple[int, list[Problem]]:
    """How many operations the package that `python` has installed was called for, and what failed.

    Raises:
        BadInput: The package cannot be imported there: it lacks a file, or does not declare what it needs.
    """
    catalog = catalogs.load(tree)
    recorded = _recorded(tree, catalog)
    jobs = [_job(catalog, operation, recorded.get(name)) for name, operation in catalog.operations.items()]
    with replay.workers(catalog, api, python) as workers:
        rows = zip(catalog.operations.values(), map(workers.ask, jobs), strict=True)
        failed = [problem for operation, row in rows for problem in _failures(operation, row)]
    return len(jobs), failed


def _recorded(tree: Tree, catalog: catalogs.Catalog) -> dict[str, Recording]:
    """The newest recording of a call that worked, by operation; unreadable ones are the contract step's matter."""
    made_now = {path: tree.text(path) for path in tree.glob(recordings.IMPORTED)}
    found, _ = recordings.load(tree, catalog, made_now)
    worked = [recording for recording in found if recording.status < 300]
    worked.sort(key=lambda one: (one.age is None, one.age or 0))
    return {recording.operation: recording for recording in worked}


def _job(catalog: catalogs.Catalog, operation: catalogs.Operation, recording: Recording | None) -> replay.Job:
    """The recorded answer to a call; only what was sent to a server is sent again: samples may be old."""
    call = call_of(catalog, operation, recording) if recording and recording.live else None
    answer = replay.answer_of(recording) if recording else made.answer(catalog, operation)
    return replay.Job(call or made.call(catalog, operation), (answer,), (), operation.elsewhere)


def _failures(operation: catalogs.Operation, row: replay.Rows) -> Iterator[Problem]:
    failed = [(mode, result) for mode, (result,) in row.items() if "raised" in result]
    if failed:
        modes = " and ".join(mode for mode, _ in failed)
        told = f"{failed[0][1]['raised']}: {failed[0][1]['message']}"
        what = f"{operation.id} fails when it is called from the installed wheel ({modes}): {told}."
        yield Problem("generated", what, f"Look at what generate makes of {operation.key}.")
