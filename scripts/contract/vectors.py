"""Exchanges made from the schemas of an operation that no live recording proves: what must be read, what be refused.

Hypothesis makes them, and where one is read otherwise than the document says, it looks for the smallest that is.
"""

from __future__ import annotations

import contextlib
import json
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from random import Random
from typing import Generic, TypeVar
from zlib import crc32

from hypothesis import Phase, find, settings
from hypothesis.errors import Flaky, HypothesisWarning, NoSuchExample

from ..generate.plan import Answer as Documented
from . import refusals, trial
from .catalog import Catalog, Operation
from .drawing import Exchanges, Unfit
from .drawn import Choices, Draw, content_of, contents
from .recordings import Recording, is_json
from .refusals import Refusal
from .replay import MODES, RECORDED, Answer, Worker, base_of
from .validator import Validator

TOTAL = 2000
"""Exchanges that are tried in one run, shared by the operations."""
MOST, LEAST = 25, 2
"""Exchanges of one kind for one answer."""
_VAIN = 10
"""Exchanges that are drawn for each one to try, as not all that are drawn can be tried."""
_SHRINKS = 40
"""Exchanges that are tried to make one that fails smaller: the first of an operation."""
_DRAWS = 3 * _SHRINKS
"""Exchanges that are drawn for that, most of which are the same again."""
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
    works: bool = True
    """Whether a call was made that worked."""

    @property
    def count(self) -> int:
        """How many vectors were tried."""
        return self.accepted + self.rejected


def share_of(operations: int) -> int:
    """How many exchanges of one kind are tried, where so many operations share a run."""
    return max(LEAST, min(MOST, TOTAL // (2 * max(operations, 1))))


@dataclass(frozen=True)
class Plan:
    """What is tried of one operation."""

    share: int
    """Vectors of one kind."""
    first: tuple[str, ...]
    """The statuses of the answers that no other operation tried to read; of others, it is tried that they are read."""
    recorded: tuple[str, ...]
    """The statuses of the errors that recordings show."""


class Vectors:
    """Tries vectors of one operation."""

    def __init__(
        self, catalog: Catalog, validator: Validator, worker: Worker, operation: Operation, plan: Plan
    ) -> None:
        self.catalog = catalog
        self.validator = validator
        self.worker = worker
        self.operation = operation
        self.plan = plan
        self.exchanges = Exchanges(catalog, validator)
        self.base = base_of(catalog)
        self.start = crc32(operation.id.encode())
        """Where in what is drawn, and with which client, this operation begins."""
        self.fails = False

    def tried(self) -> Vectored:
        """How the package reads what the document allows for the operation, and what it refuses."""
        operation, share = self.operation, self.plan.share
        successes = [one for one in operation.plan.answers if one.success]
        hunts = [self._accept(one, share) for one in successes] or [self._accept(None, 1)]
        hunts += [self._accept(one, most) for one in operation.plan.answers if (most := self._errors(one))]
        refusable = [one for one in successes if one.schema is not None and is_json(one.media_type) and not one.reads]
        refused = [self._refuse(one) for one in [one for one in refusable if self._is_first(one)][:1]]
        failures = [failure for hunt in hunts for failure in hunt.failures]
        failures += [failure for hunt in refused for failure in hunt.failures]
        works = any(hunt.tried and not hunt.failures for hunt in hunts[: max(1, len(successes))])
        tried, wrong = sum(hunt.tried for hunt in hunts), sum(hunt.tried for hunt in refused)
        return Vectored(operation, tried, wrong, tuple(dict.fromkeys(failures)), works)

    def _is_first(self, answer: Documented | None) -> bool:
        return answer is not None and answer.status in self.plan.first

    def _errors(self, answer: Documented) -> int:
        """How many exchanges with an error are tried: none where it is read as another, and a recording shows it."""
        if answer.success:
            return 0
        return max(1, self.plan.share // 10) if self._is_first(answer) else answer.status not in self.plan.recorded

    def _accept(self, answer: Documented | None, most: int) -> _Hunt[Recording]:
        """Tries exchanges that the document allows."""
        varied, turns = self._is_first(answer), Counter[str]()
        modes = _in_turns(self.start) if most > 1 else _both

        def failure(recording: Recording, like: Failure | None) -> Failure | None:
            tried = trial.prepare(self.catalog, self.validator, recording, varied)
            answers = _read_by(tried.job.answers, turns, modes, like) if tried.job else ()
            tried = replace(tried, job=tried.job and replace(tried.job, answers=answers))
            rows = self.worker.ask(tried.job) if tried.job else {}
            return _failed(trial.judge(tried, self.catalog, self.base, rows), answers)

        def drawn(draw: Draw) -> Recording:
            return self.exchanges.allowed(draw, self.operation, answer)

        return self._hunted(drawn, failure, _shown, most)

    def _refuse(self, answer: Documented) -> _Hunt[Refusal]:
        """Tries answers that the document refuses."""
        turns, modes = count(), _in_turns(self.start)

        def failure(refusal: Refusal, like: Failure | None) -> Failure | None:
            turn = next(turns)
            strict, lenient = ((like.mode,),) * 2 if like else (modes(turn), modes(turn + 1))
            told = refusals.failure(refusal, self.worker.ask(refusals.job(self.operation, refusal, strict, lenient)))
            return Failure(told, told.partition(":")[0]) if told else None

        def drawn(draw: Draw) -> Refusal:
            return self.exchanges.refused(draw, self.operation, answer)

        return self._hunted(drawn, failure, lambda one: json.dumps(one.body), self.plan.share)

    def _hunted(
        self,
        drawn: Callable[[Draw], Case],
        failure: Callable[[Case, Failure | None], Failure | None],
        shown: Callable[[Case], str],
        most: int,
    ) -> _Hunt[Case]:
        hunt = _Hunt(drawn, failure, shown)
        hunt.run(most, self.start, shrinks=not self.fails)
        self.fails = self.fails or bool(hunt.failures)
        return hunt


@dataclass(frozen=True)
class Failure:
    """What a client made of a vector, where that is wrong."""

    told: str
    mode: str
    """Which client; empty where no call can be made."""
    label: str = ""
    """With which of the answers."""

    @property
    def kind(self) -> str:
        """What it is about, whatever the values."""
        return ":".join(self.told.split(":")[:2])


_Modes = Callable[[int], tuple[str, ...]]
"""The clients that read an answer of one kind, in its turn."""


def _both(turn: int) -> tuple[str, ...]:
    return MODES


def _in_turns(start: int) -> _Modes:
    return lambda turn: (MODES[(start + turn) % len(MODES)],)


def _read_by(answers: Sequence[Answer], turns: Counter[str], modes: _Modes, like: Failure | None) -> tuple[Answer, ...]:
    """The answers with the clients that read them; once there is a failure, only what failed is tried."""
    if like and like.mode:
        return tuple(replace(one, modes=(like.mode,)) for one in answers if one.label == like.label)
    if any(one.strict for one in answers):  # strict clients read no less than others do
        answers = [one for one in answers if one.label != RECORDED]
    turns.update(one.label for one in answers)
    return tuple(replace(one, modes=modes(turns[one.label] - 1)) for one in answers)


def _failed(verdict: trial.Verdict, answers: Sequence[Answer]) -> Failure | None:
    """The first failure of an exchange."""
    status = verdict.recording.status
    for check in trial.CHECKS[:4]:
        for what in verdict.failures[check]:
            mode = next((mode for mode in MODES if f"{check}: {what}" in verdict.failures[mode]), "")
            label = next((one.label for one in reversed(answers) if what.startswith(trial.labelled(one, ""))), "")
            return Failure(f"{status}: {check}: {what}", mode, label)
    return None


class _Hunt(Generic[Case]):
    """One search for a case that fails: how many were tried, and the smallest failure of the first kind there is."""

    def __init__(
        self,
        drawn: Callable[[Draw], Case],
        failure: Callable[[Case, Failure | None], Failure | None],
        shown: Callable[[Case], str],
    ) -> None:
        self.drawn = drawn
        self.failure = failure
        self.shown = shown
        self.tried = 0
        self.failures: list[str] = []

    def run(self, most: int, start: int, shrinks: bool) -> None:
        """Tries `most` cases, of what is drawn from some place on."""
        for content in islice(contents(start), _VAIN * (most + 1)):
            if self.tried == most:
                return
            with contextlib.suppress(Unfit):
                choices = Choices(content)
                case = self.drawn(choices)
                self.tried += 1
                if found := self.failure(case, None):
                    smallest = found, case
                    if shrinks and any(content):
                        smallest = self._smaller(found, case, choices.taken)
                    self._tell(*smallest)
                    return

    def _tell(self, failure: Failure, case: Case) -> None:
        shown = self.shown(case)
        short = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
        self.failures.append(f"{failure.told}; the smallest such answer: {short}")

    def _smaller(self, first: Failure, case: Case, taken: int) -> tuple[Failure, Case]:
        """The smallest case that fails in the way in which the first one did, and how it does.

        Args:
            first: The failure of the first case.
            case: That case.
            taken: How many choices it was made of.
        """
        smallest, left = (first, case), _DRAWS
        tried: dict[str, bool] = {}  # most other bytes are the same choices, and cost nothing

        def fails(content: bytes) -> bool:
            nonlocal smallest, left
            left -= 1
            if left < 0 or len(tried) > _SHRINKS:
                raise _EnoughError
            try:
                case = self.drawn(Choices(content))
            except Unfit:
                return False
            said = repr(case)
            if said not in tried:
                found = self.failure(case, first)
                tried[said] = found is not None and found.kind == first.kind
                smallest = (found, case) if found and tried[said] else smallest
            return tried[said]

        chosen = settings(max_examples=_SHRINKS, database=None, deadline=None, phases=(Phase.generate, Phase.shrink))
        with contextlib.suppress(NoSuchExample, Flaky, _EnoughError), warnings.catch_warnings():
            warnings.simplefilter("ignore", HypothesisWarning)  # which prints what is large where it is rejected
            find(content_of(taken), fails, settings=chosen, random=Random(0))
        return smallest


class _EnoughError(BaseException):
    """So much was drawn that no more is; hypothesis would go on after an `Exception`."""


def _shown(recording: Recording) -> str:
    """The bodies of an exchange."""
    answer = recording.response_text or "no body"
    return f"{answer} to the request {recording.request_text}" if recording.request_text else answer
