"""Calls every operation of an installed package once, sync and async, as proof that the wheel is complete.

A call that worked is not made again while it, its answer and all files that it can load are what they were. One is made
in any case, as the wheel is a new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ..cache import Parts
from ..contract import catalog as catalogs
from ..contract import made, recordings, replay
from ..contract.calls import call_of
from ..contract.reach import Reach
from ..contract.recordings import Recording
from ..name.client import client_of
from ..problems import Problem
from ..project import Api
from ..tree import Tree


class Calls:
    """A call of every operation of a package."""

    def __init__(self, tree: Tree, api: Api) -> None:
        self.api = api
        self.catalog = catalogs.load(tree)
        recorded = _recorded(tree, self.catalog)
        operations = self.catalog.operations.items()
        self.jobs = {name: _job(self.catalog, operation, recorded.get(name)) for name, operation in operations}
        reach = Reach(tree, api)
        loaded = {resource: reach.digest(resource) for resource in {one.plan.resource for _, one in operations}}
        named = client_of(self.catalog.names, api)
        client = json.dumps([named, replay.base_of(self.catalog), self.catalog.credentials], sort_keys=True)
        self.known_by = {
            f"{client} {loaded[operation.plan.resource]} {self.jobs[name]!r}": name for name, operation in operations
        }
        """The operations by all that the outcome of their calls hangs on."""

    def made(self, python: str, root: Path) -> list[Problem]:
        """What failed of the calls of the package that `python` has installed.

        Raises:
            BadInput: The package cannot be imported there: it lacks a file, or does not declare what it needs.
        """
        keys = list(self.known_by)
        known = Parts(root, "calls")
        with replay.worker(self.catalog, self.api, python) as worker:

            def call(asked: list[str]) -> dict[str, list[str]]:
                names = {key: self.known_by[key] for key in asked}
                return {key: list(self._failed(name, worker.ask(self.jobs[name]))) for key, name in names.items()}

            told = call(keys[:1]) | known.made(keys[1:], call)
        failed = {key: whats for key, whats in told.items() if whats}
        if failed:  # whatever the reason, these are tried again
            known.keep({key: [] for key in told.keys() - failed.keys()})
        return [self._problem(key, what) for key, whats in failed.items() for what in whats]

    def _failed(self, name: str, row: replay.Rows) -> Iterator[str]:
        failed = [(mode, result) for mode, (result,) in row.items() if "raised" in result]
        if failed:
            modes = " and ".join(mode for mode, _ in failed)
            told = f"{failed[0][1]['raised']}: {failed[0][1]['message']}"
            yield f"{name} fails when it is called from the installed wheel ({modes}): {told}."

    def _problem(self, key: str, what: str) -> Problem:
        operation = self.catalog.operations[self.known_by[key]]
        return Problem("generated", what, f"Look at what generate makes of {operation.key}.")


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
