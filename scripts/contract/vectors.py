"""Exchanges made from the schemas of an operation that no live recording proves: what must be read, what be refused.

Hypothesis makes them, and where one is read otherwise than the document says, it looks for the smallest that is.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Generic, TypeVar
from zlib import crc32

from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky, NoSuchExample, Unsatisfiable

from ..generate.plan import Answer as Documented
from . import refusals, trial
from .catalog import Catalog, Operation
from .drawing import Enough, Exchanges
from .recordings import Recording, is_json
from .refusals import Refusal
from .replay import RECORDED, Worker, base_of
from .validator import Validator

TOTAL = 2000
"""Exchanges that are tried in one run, shared by the operations."""
MOST, LEAST = 25, 3
"""Exchanges of one kind for one answer."""
_VAIN = 10
"""Exchanges that are drawn for each one to try, as not all that are drawn can be tried."""
_SHRINKS = 300
"""Exchanges that are drawn to make a failing one smaller."""
SHRUNK = 10
"""Failures of one run that are made smaller; where there are more, the package fails as a whole."""
_LONGEST = 1500
"""Characters of an exchange that are told."""

Case = TypeVar("Case")


@dataclass(frozen=True)
class Vectored:
    """How the vectors of one operation fared."""

    operation: Operation
    accepted: int
    """Exchanges tried that the document allows."""
    rejected: int
    """Answers tried that it refuses."""
    failures: tuple[str, ...]
    """What was read otherwise than the document says, each with the smallest exchange of its kind."""
    failed: int
    """How many hunts found a failure."""

    @property
    def count(self) -> int:
        """How many vectors were tried."""
        return self.accepted + self.rejected


def share_of(operations: int) -> int:
    """How many exchanges of one kind are tried, where so many operations share a run."""
    return max(LEAST, min(MOST, TOTAL // (2 * max(operations, 1))))


class Vectors:
    """Tries vectors of one operation: `share` of each kind; so many failures as `shrinks` says are made smaller."""

    def __init__(self, catalog: Catalog, validator: Validator, worker: Worker, share: int, shrinks: int) -> None:
        self.catalog = catalog
        self.validator = validator
        self.worker = worker
        self.exchanges = Exchanges(catalog, validator)
        self.share = share
        self.shrinks = shrinks
        self.base = base_of(catalog)
        self.failed = 0

    def tried(self, operation: Operation) -> Vectored:
        """How the package reads what the document allows for an operation, and what it refuses."""
        successes = [one for one in operation.plan.answers if one.success]
        hunts = [self._accept(operation, one, self.share) for one in successes]
        hunts += [] if successes else [self._accept(operation, None, 1)]
        errors = [one for one in operation.plan.answers if not one.success]
        hunts += [self._accept(operation, one, max(1, self.share // 10)) for one in errors]
        refusable = [one for one in successes if one.schema is not None and is_json(one.media_type) and not one.reads]
        refused = [self._refuse(operation, one) for one in refusable[:1]]
        failures = [failure for hunt in hunts for failure in hunt.failures]
        failures += [failure for hunt in refused for failure in hunt.failures]
        tried, wrong = sum(hunt.tried for hunt in hunts), sum(hunt.tried for hunt in refused)
        return Vectored(operation, tried, wrong, tuple(dict.fromkeys(failures)), self.failed)

    def _accept(self, operation: Operation, answer: Documented | None, most: int) -> _Hunt[Recording]:
        """Tries exchanges that the document allows."""

        def failure(recording: Recording) -> str:
            tried = trial.prepare(self.catalog, self.validator, recording)
            if tried.job and any(one.strict for one in tried.job.answers):  # which read no less than others do
                answers = tuple(one for one in tried.job.answers if one.label != RECORDED)
                tried = replace(tried, job=replace(tried.job, answers=answers))
            rows = self.worker.ask(tried.job) if tried.job else {}
            verdict = trial.judge(tried, self.catalog, self.base, rows)
            found = [f"{check}: {told}" for check in trial.CHECKS[:4] for told in verdict.failures[check]]
            return f"{recording.status}: {found[0]}" if found else ""

        return self._hunted(operation, self.exchanges.allowed(operation, answer), failure, _shown, most)

    def _refuse(self, operation: Operation, answer: Documented) -> _Hunt[Refusal]:
        """Tries answers that the document refuses."""

        def failure(refusal: Refusal) -> str:
            return refusals.failure(refusal, self.worker.ask(refusals.job(operation, refusal)))

        strategy = self.exchanges.refused(operation, answer)
        return self._hunted(operation, strategy, failure, lambda one: json.dumps(one.body), self.share)

    def _hunted(
        self,
        operation: Operation,
        strategy: st.SearchStrategy[Case],
        failure: Callable[[Case], str],
        shown: Callable[[Case], str],
        most: int,
    ) -> _Hunt[Case]:
        hunt = _Hunt(self.exchanges, failure, shown, shrinks=self.failed < self.shrinks)
        hunt.run(strategy, most, seed=crc32(operation.id.encode()))
        self.failed += len(hunt.failures)
        return hunt


class _Hunt(Generic[Case]):
    """One search for a case that fails: how many were tried, and the smallest failure of the first kind there is."""

    def __init__(
        self, exchanges: Exchanges, failure: Callable[[Case], str], shown: Callable[[Case], str], shrinks: bool
    ) -> None:
        self.exchanges = exchanges
        self.failure = failure
        self.shown = shown
        self.shrinks = shrinks
        self.tried = 0
        self.failures: list[str] = []
        self._told = ""
        self._best: Case | None = None

    def run(self, strategy: st.SearchStrategy[Case], most: int, seed: int) -> None:
        """Tries `most` cases."""
        phases = (Phase.generate, Phase.shrink) if self.shrinks else (Phase.generate,)
        chosen = settings(max_examples=most, database=None, deadline=None, phases=phases)
        self.exchanges.left = _VAIN * (most + 1)
        with contextlib.suppress(NoSuchExample, Unsatisfiable, Flaky, Enough):
            find(strategy, self._fails, settings=chosen, random=Random(seed))
        if self._best is not None:
            case = self.shown(self._best)
            short = case if len(case) <= _LONGEST else f"{case[:_LONGEST]}…"
            self.failures.append(f"{self._told}; the smallest such answer: {short}")

    def _fails(self, case: Case) -> bool:
        """Whether a case fails in the way in which the first one did."""
        is_first = self._best is None
        self.tried += is_first
        told = self.failure(case)
        if not told or not (is_first or _kind(told) == _kind(self._told)):
            return False
        self.exchanges.left = _SHRINKS if is_first else self.exchanges.left
        self._told, self._best = told, case
        return True


def _shown(recording: Recording) -> str:
    """The bodies of an exchange."""
    answer = recording.response_text or "no body"
    return f"{answer} to the request {recording.request_text}" if recording.request_text else answer


def _kind(told: str) -> str:
    """What a failure is about, whatever the values."""
    return ":".join(told.split(":")[:2])
