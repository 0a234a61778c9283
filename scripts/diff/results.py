"""Compares what a method returns and raises."""

from __future__ import annotations

from collections.abc import Iterator

from ..generate.plan import Answer, Operation, Schema
from .decisions import RESPONSE, Decision
from .rules import rule_of
from .schemas import Place, Schemas, quoted
from .shapes import hint


class Results:
    """The answers to an operation before and after."""

    def __init__(self, schemas: Schemas, before: Operation, after: Operation) -> None:
        self.schemas = schemas
        self.before = before
        self.after = after

    def decisions(self) -> Iterator[Decision]:
        """Every change of the answers; changes of types go to the schemas."""
        yield from self._statuses()
        yield from self._media_types()
        if self.before.reads == self.after.reads:
            yield from self._result()
        else:
            yield self._of("reading-changed", self.before.reads or "one value", self.after.reads or "one value")
        yield from self._errors()
        yield from self._headers()

    def _headers(self) -> Iterator[Decision]:
        had, has = (_headers(operation) for operation in (self.before, self.after))
        for kind, names in (("header-added", has - had), ("header-removed", had - has)):
            if names:
                yield self._of(kind, new=", ".join(map(quoted, sorted(names))))

    def _of(self, kind: str, old: str = "", new: str = "") -> Decision:
        facts = (("method", self.after.id), ("old", old), ("new", new))
        return Decision(rule_of(kind, RESPONSE), f"client.{self.after.id}()", facts)

    def _statuses(self) -> Iterator[Decision]:
        had, has = ({answer.status for answer in one.successes} for one in (self.before, self.after))
        if had - has:
            yield self._of("status-changed", _listed(had), _listed(has))
        elif has - had:
            yield self._of("status-added", new=_listed(has - had))

    def _media_types(self) -> Iterator[Decision]:
        had, has = ({a.media_type for a in one.successes if a.media_type} for one in (self.before, self.after))
        if had - has and has:
            yield self._of("media-type-changed", _listed(had), _listed(has))

    def _result(self) -> Iterator[Decision]:
        old, new = _schema(self.before.successes), _schema(self.after.successes)
        if old is None and new is not None:
            yield self._of("result-added", new=hint(self.schemas.new, new))
        elif old is not None and new is None:
            yield self._of("result-removed", old=hint(self.schemas.old, old))
        elif old is not None and new is not None:
            self.schemas.schema(Place(f"client.{self.after.id}()", "result", RESPONSE), old, new)

    def _errors(self) -> Iterator[Decision]:
        had, has = ({answer.status: answer for answer in one.failures} for one in (self.before, self.after))
        for status in sorted(had.keys() | has.keys()):
            if status not in has:
                yield self._of("error-removed", old=status)
            elif status not in had:
                yield self._of("error-added", new=status)
            else:
                self._error(status, had[status].schema, has[status].schema)

    def _error(self, status: str, old: Schema | None, new: Schema | None) -> None:
        if old is not None and new is not None:
            place = Place(f"client.{self.after.id}() error {status}", "error.model", RESPONSE)
            self.schemas.schema(place, old, new)


def _headers(operation: Operation) -> set[str]:
    """The documented headers of a call that worked, in lower case, as HTTP does not tell cases apart."""
    return {name.lower() for answer in operation.successes for name in answer.headers}


def _schema(answers: list[Answer]) -> Schema | None:
    """What the method returns, as one schema; None when it returns nothing."""
    found: list[Schema] = []
    for answer in answers:
        part = {"type": "null"} if answer.schema is None else answer.schema
        if part not in found:
            found.append(part)
    if found in ([], [{"type": "null"}]):
        return None
    return found[0] if len(found) == 1 else {"anyOf": found}


def _listed(words: set[str]) -> str:
    return ", ".join(sorted(words))
