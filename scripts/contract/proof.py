"""What is proved of one operation: a verdict on each of its recordings, and how its vectors fare."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ..beside import spread
from ..cache import Parts
from ..project import Api
from ..scratch import scratch
from ..tree import Tree
from . import environment, made, replay, trial
from .advice import Advice, advice, contradicts
from .catalog import Catalog, Operation
from .drift import Drift, status_key
from .readings import Readings
from .recordings import Recording
from .replay import MODES
from .trial import Verdict
from .validator import Validator
from .vectors import Plan, Vectored, Vectors, share_of

if TYPE_CHECKING:
    from .basis import Basis

Plain = dict[str, Any]
"""A proof as numbers, texts, lists and dicts."""

_PROJECT = "generated/pyproject.toml"
_TOGETHER = 8
"""Operations that are proved one after the other: those of one resource need the same models."""


@dataclass(frozen=True)
class Task:
    """An operation to prove."""

    operation: Operation
    recordings: tuple[Recording, ...]
    varied: tuple[str, ...]
    """The files of those recordings whose answers are also read with what no document has."""
    vectors: Plan | None
    """None where a live recording shows a success."""


@dataclass(frozen=True)
class Proof:
    """What was found about one operation."""

    verdicts: tuple[Verdict, ...]
    """One for each recording."""
    advice: tuple[Advice | None, ...]
    """On each verdict; not yet where a server contradicts the document, as that is advised on in turn."""
    vectored: Vectored | None
    failure: str
    """Which clients raise where the operation is just called and answered as documented, and what; "" if none do."""


def tasks(catalog: Catalog, found: Sequence[Recording], written: Any) -> list[Task]:
    """The operations with their recordings, in the order of their names; `written` is the original document."""
    own: dict[str, list[Recording]] = {name: [] for name in catalog.operations}
    for recording in found:
        own[recording.operation].append(recording)
    proved = {one.operation for one in found if one.live and one.status < 300}
    share = share_of(len(own) - len(proved))
    readings = Readings(written)
    return [
        _task(readings, catalog.operations[name], recordings, 0 if name in proved else share)
        for name, recordings in own.items()
    ]


def _task(readings: Readings, operation: Operation, recordings: Sequence[Recording], share: int) -> Task:
    varied = [one.file for one in recordings if one.live or readings.is_first_recorded(one, operation)]
    plan = None
    if share:
        answers = operation.plan.answers
        first = tuple(one.status for one in answers if readings.is_first(operation, one.status, one.media_type))
        keys = [one.status for one in answers]
        plan = Plan(share, first, tuple(sorted({status_key(one.status, keys) or "" for one in recordings})))
    return Task(operation, tuple(recordings), tuple(varied), plan)


def proofs(tree: Tree, api: Api, catalog: Catalog, basis: Basis, todo: Sequence[Task]) -> list[Proof]:
    """The proof of each operation; one that stands on the same as in the last run is not made again.

    Raises:
        BadInput: The package cannot be used.
    """

    by_key = {basis.key(task): task for task in todo}

    def made_of(missing: list[bytes]) -> dict[bytes, Plain]:
        return dict(zip(missing, _made(tree, api, catalog, basis, [by_key[key] for key in missing]), strict=True))

    parts = Parts(tree.root, "proofs")
    found = parts.made(by_key, made_of)
    works = {key: plain for key, plain in found.items() if not plain["failure"]}
    if len(works) < len(found):  # whatever the reason, these are tried again
        parts.keep(works)
    return [_read(task, found[key]) for key, task in by_key.items()]


def _made(tree: Tree, api: Api, catalog: Catalog, basis: Basis, todo: Sequence[Task]) -> list[Plain]:
    """The proof of each operation, made on all cores."""
    if not todo:
        return []
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(tree.root / ".cache/hypothesis"))
    together = 1 if len(todo) < 4 * _TOGETHER else _TOGETHER
    batches = [todo[at : at + together] for at in range(0, len(todo), together)]
    validator = Validator(basis.part(todo))
    with replay.exported(tree, basis.files(todo)) as package, scratch() as nowhere:
        python = environment.make(nowhere, environment.declared_by(tree.text(_PROJECT)))

        @contextmanager
        def opened() -> Iterator[Callable[[Sequence[Task]], list[Plain]]]:
            with replay.worker(catalog, api, python, package) as worker:
                prover = _Prover(catalog, basis, validator, worker)
                yield lambda batch: list(map(prover.proved, batch))

        return [plain for batch in spread(opened, batches) for plain in batch]


@dataclass(frozen=True)
class _Prover:
    """Proves one operation after the other."""

    catalog: Catalog
    basis: Basis
    validator: Validator
    worker: replay.Worker

    def proved(self, task: Task) -> Plain:
        """The proof as plain values."""
        alike = [one.file for one in task.recordings if one.origin == "mock" and one.file not in task.varied]
        first = crc32(task.operation.id.encode())
        turns = {file: (MODES[at % len(MODES)],) for at, file in enumerate(alike, first)}
        verdicts = [self._verdict(one, one.file in task.varied, turns.get(one.file, MODES)) for one in task.recordings]
        tried = None
        if task.vectors:
            tried = Vectors(self.catalog, self.validator, self.worker, task.operation, task.vectors).tried()
        works = any(one.word != "breaks" and one.recording.status < 300 for one in verdicts) or (tried and tried.works)
        return {
            "verdicts": [_plain(one, self._advice(task, one)) for one in verdicts],
            "vectors": tried and [tried.accepted, tried.rejected, list(tried.failures)],
            "failure": "" if works else replay.failure(self.worker.ask(made.job(self.catalog, task.operation))),
        }

    def _advice(self, task: Task, verdict: Verdict) -> Advice | None:
        return None if contradicts(verdict) else advice(lambda: Validator(self.basis.part([task])), verdict)

    def _verdict(self, recording: Recording, varied: bool, modes: tuple[str, ...]) -> Verdict:
        tried = trial.prepare(self.catalog, self.validator, recording, varied, modes)
        rows = self.worker.ask(tried.job) if tried.job else {}
        return trial.judge(tried, self.catalog, replay.base_of(self.catalog), rows)


def _plain(verdict: Verdict, advised: Advice | None) -> Plain:
    return {
        "older": verdict.older,
        "drifts": [[one.place, one.what, one.kind] for one in verdict.drifts],
        "called": verdict.called,
        "failures": {check: list(told) for check, told in verdict.failures.items()},
        "advice": advised and [advised.side, advised.why, advised.actions],
    }


def _read(task: Task, plain: Plain) -> Proof:
    """The proof that the plain values stand for."""
    verdicts = [
        Verdict(
            recording,
            task.operation,
            said["older"],
            tuple(Drift(*one) for one in said["drifts"]),
            said["called"],
            {check: tuple(told) for check, told in said["failures"].items()},
        )
        for recording, said in zip(task.recordings, plain["verdicts"], strict=True)
    ]
    advised = [said["advice"] and Advice(*said["advice"]) for said in plain["verdicts"]]
    vectored = None
    if plain["vectors"]:
        accepted, rejected, failures = plain["vectors"]
        vectored = Vectored(task.operation, accepted, rejected, tuple(failures))
    return Proof(tuple(verdicts), tuple(advised), vectored, plain["failure"])
