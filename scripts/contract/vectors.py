"""Exchanges made from the schemas of an operation that no live recording proves: what must be read, what be refused.

A vector is judged by the document as its authors wrote it before it is used: `accept` ones are valid, `reject` ones
differ from a valid one in one place and are not.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import jsonschema_rs

from ..generate.media import is_stream
from . import made, trial
from .catalog import Catalog, Operation
from .equality import json_differences
from .examples import Maker
from .importer import status_of, text_of
from .recordings import Recording, is_json
from .replay import Answer, Job
from .trial import Trial, Verdict
from .validator import Validator

MOST = 4
"""Vectors of one kind for one answer."""
_CHOICES = 4
_TRIED = 40
"""Places of one value that are changed in turn."""
_ODD: tuple[Any, ...] = ({"odd": 1}, [["odd"]], "odd", 0.5, True)
"""Values of each type, to stand where the document wants another."""


@dataclass(frozen=True)
class Rejects:
    """Answers that the document refuses, to one call: each to a strict client, then to a lenient one."""

    operation: Operation
    bodies: tuple[tuple[str, Any], ...]
    """Where each is wrong, and the whole body."""
    job: Job


@dataclass(frozen=True)
class Vectored:
    """How the vectors of one operation fared."""

    operation: Operation
    accepted: tuple[Verdict, ...]
    rejected: int
    failures: tuple[str, ...]
    """Each vector that was read otherwise than the document says, and how."""

    @property
    def count(self) -> int:
        """How many vectors there are."""
        return len(self.accepted) + self.rejected


class Author:
    """Makes vectors."""

    def __init__(self, catalog: Catalog, validator: Validator) -> None:
        self.catalog = catalog
        self.validator = validator

    def accepts(self, operation: Operation) -> list[Trial]:
        """Trials of answers that the document allows: several of a call that worked, one of each documented error."""
        found = []
        for number, recording in enumerate(self._recordings(operation), 1):
            tried = trial.prepare(self.catalog, self.validator, replace(recording, file=f"{operation.id} {number}"))
            if tried.job is not None:
                found.append(tried)
        return found

    def rejects(self, operation: Operation) -> Rejects | None:
        """Answers with one place missing or of a wrong type; None where the document refuses none."""
        for one in operation.plan.answers:
            if one.success and one.schema is not None and is_json(one.media_type) and not one.reads:
                status = status_of(operation, one.status)
                valid = next(self._bodies(operation, status, one.media_type, one.schema), None)
                if valid is None:
                    return None
                wrong = list(self._wrong(operation, status, one.media_type, valid))
                if not wrong:
                    return None
                headers = (("Content-Type", one.media_type),)
                answers = [
                    Answer(place, status, headers, json.dumps(body), strict)
                    for place, body in wrong
                    for strict in (True, False)
                ]
                call = made.call(self.catalog, operation)
                return Rejects(operation, tuple(wrong), Job(call, tuple(answers), (), operation.elsewhere))
        return None

    def _recordings(self, operation: Operation) -> Iterator[Recording]:
        plan = operation.plan
        successes = [one for one in plan.answers if one.success]
        if not successes:
            yield self._recording(operation, False, 204, "", "")
        for one in plan.answers:
            status = status_of(operation, one.status)
            if one.schema is None or status in (204, 205, 304) or plan.verb == "HEAD":
                yield self._recording(operation, False, status, "", "")
                continue
            bodies = self._bodies(operation, status, one.media_type, one.schema)
            for number, body in zip(range(MOST if one.success else 1), bodies, strict=False):
                text = text_of(one.media_type, body)
                yield self._recording(operation, number == 1, status, one.media_type, text)

    def _bodies(self, operation: Operation, status: int, media_type: str, schema: Any) -> Iterator[Any]:
        """Distinct bodies that the document allows."""
        seen: list[Any] = []
        for optional in (True, False):
            for choice in range(_CHOICES):
                body = Maker(self.catalog.resolve, False, choice, optional).make(schema)
                if body in seen or self.validator.errors(operation, status, media_type, body):
                    continue
                seen.append(body)
                yield body if is_json(media_type) or is_stream(media_type) or isinstance(body, str) else "text"

    def _recording(self, operation: Operation, optional: bool, status: int, media_type: str, text: str) -> Recording:
        request = made.request_body(self.catalog, operation, optional)
        kind = request["media_type"] if request else ""
        return Recording(
            file="",
            operation=operation.id,
            origin="mock",
            source="",
            age=None,
            document="",
            method=operation.plan.verb,
            url=made.address(self.catalog, operation),
            request_headers=made.headers(self.catalog, operation),
            request_type=kind,
            request_text=text_of(kind, request["body"]) if request else "",
            status=status,
            response_headers=(("Content-Type", media_type),) if media_type else (),
            response_type=media_type,
            response_text=text,
        )

    def _wrong(self, operation: Operation, status: int, media_type: str, valid: Any) -> Iterator[tuple[str, Any]]:
        for mutants in (_lacking(valid), _mistyped(valid)):
            refused = (
                (place, body)
                for place, body in mutants
                if _is_refusal(self.validator.errors(operation, status, media_type, body))
            )
            yield from islice(refused, MOST)


def _is_refusal(errors: Sequence[jsonschema_rs.ValidationError]) -> bool:
    """Whether a body is wrong in what clients look at, and in nothing else: members and types."""
    return bool(errors) and all(error.kind.name in ("type", "required") for error in errors)


def _lacking(valid: Any) -> Iterator[tuple[str, Any]]:
    """The value with one field missing; those near the top first."""
    for place in islice(_places(valid), _TRIED):
        if place and isinstance(place[-1], str):
            yield f"without {_shown(place)}", _changed(valid, place, None, drop=True)


def _mistyped(valid: Any) -> Iterator[tuple[str, Any]]:
    """The value with one place of another type; those near the top first."""
    for place in islice(_places(valid), _TRIED):
        odd = next(one for one in _ODD if type(one) is not type(_at(valid, place)))
        yield f"{_shown(place)} as {type(odd).__name__}", _changed(valid, place, odd)


def _places(value: Any) -> Iterator[tuple[str | int, ...]]:
    todo: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while todo:
        place, node = todo.pop(0)
        yield place
        items: Iterable[tuple[str | int, Any]] = ()
        if isinstance(node, dict):
            items = node.items()
        elif isinstance(node, list):
            items = enumerate(node[:1])
        todo += [((*place, key), child) for key, child in items]


def _at(value: Any, place: Sequence[str | int]) -> Any:
    for key in place:
        value = value[key]
    return value


def _changed(value: Any, place: Sequence[str | int], new: Any, drop: bool = False) -> Any:
    if not place:
        return new
    changed = copy.deepcopy(value)
    holder = _at(changed, place[:-1])
    if drop:
        del holder[place[-1]]
    else:
        holder[place[-1]] = new
    return changed


def _shown(place: Sequence[str | int]) -> str:
    return "response" + "".join("[]" if isinstance(key, int) else f".{key}" for key in place)


def judge(rejects: Rejects, results: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """What the package made of answers that the document refuses, where that is wrong."""
    failures = []
    for mode, rows in results.items():
        for (place, body), strict, lenient in zip(rejects.bodies, rows[::2], rows[1::2], strict=True):
            if "raised" not in strict:
                failures.append(f"{mode}: a strict client accepts {place}")
            if "raised" in lenient:
                failures.append(f"{mode}: {place} raises {lenient['raised']} in a lenient client")
            elif next(json_differences(body, lenient["value"]), None):
                failures.append(f"{mode}: {place} is changed by a lenient client")
    return failures


def told(operation: Operation, accepted: Sequence[Verdict], rejects: Rejects | None, wrong: Sequence[str]) -> Vectored:
    """How an operation's vectors fared, of both kinds."""
    failures = [
        f"{verdict.trial.recording.status}: {check}: {failure}"
        for verdict in accepted
        for check in trial.CHECKS[:4]
        for failure in verdict.failures[check]
    ]
    rejected = len(rejects.bodies) if rejects else 0
    return Vectored(operation, tuple(accepted), rejected, tuple(dict.fromkeys((*failures, *wrong))))
