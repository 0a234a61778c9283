"""Which calls a recording session makes: safe ones, unless more is allowed, with ids that earlier answers gave."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...generate.plan import Argument
from .. import made
from ..catalog import Catalog, Operation

SAFE = frozenset({"GET", "HEAD"})
"""Verbs that change nothing."""
_ORDER = ("POST", "GET", "HEAD", "PUT", "PATCH", "DELETE")
"""What makes things comes first, and what removes them last, so that a session finds and cleans up its own."""
_SAID = ("example", "examples", "default", "enum", "const")


@dataclass(frozen=True)
class Need:
    """A value of an argument that an earlier answer gives."""

    wire: str
    sources: tuple[str, ...]
    """The operations whose answers may have it."""


@dataclass(frozen=True)
class Step:
    """One call."""

    operation: Operation
    arguments: Mapping[str, Any]
    needs: Mapping[str, Need] = field(default_factory=dict)
    """By argument."""


@dataclass(frozen=True)
class Session:
    """The calls in their order, and the operations that are not called, each with the reason."""

    steps: tuple[Step, ...]
    skipped: tuple[tuple[str, str], ...]


class Planner:
    """Plans sessions.

    Args:
        catalog: The operations.
        allowed: Verbs that may be sent besides the safe ones. What they change by id is only what the session made.
        given: Values of parameters by wire name, from a person.
    """

    def __init__(self, catalog: Catalog, allowed: Collection[str] = (), given: Mapping[str, str] | None = None) -> None:
        self.catalog = catalog
        self.allowed = SAFE | {verb.upper() for verb in allowed}
        self.given = dict(given or {})

    def session(self, wanted: Collection[str] = ()) -> Session:
        """The session that calls the wanted operations, all of them by default, and those that give them their ids."""
        skipped: dict[str, str] = {}
        open_steps: dict[str, Step] = {}
        for name, operation in self.catalog.operations.items():
            found = self._step(operation)
            if isinstance(found, Step):
                open_steps[name] = found
            else:
                skipped[name] = found
        steps = self._ordered(open_steps, skipped)
        if wanted:
            needed = self._with_sources(steps, set(wanted))
            steps = [step for step in steps if step.operation.id in needed]
            skipped = {name: why for name, why in skipped.items() if name in wanted}
        return Session(tuple(steps), tuple(sorted(skipped.items())))

    def _step(self, operation: Operation) -> Step | str:
        """The call of an operation, or why there is none."""
        plan = operation.plan
        if plan.verb not in self.allowed:
            return f"{plan.verb} changes something; allow it with --allow {plan.verb}"
        if plan.reads in ("events", "lines"):
            return "its answer is a stream that may never end"
        if plan.body.startswith("multipart/"):
            return "it sends files"
        arguments: dict[str, Any] = {}
        needs: dict[str, Need] = {}
        for one in plan.arguments:
            if one.place == "path" and one.wire not in self.given:
                needs[one.name] = Need(one.wire, self._sources(operation, one))
            elif one.wire in self.given:
                arguments[one.name] = self.given[one.wire]
            elif one.required:
                if one.place in ("query", "header", "cookie") and not self._is_said(one):
                    return f"it needs a value for {one.wire}; give it with --set {one.wire}=VALUE"
                arguments[one.name] = made.value_of(self.catalog, one)
        return Step(operation, arguments, needs)

    def _is_said(self, argument: Argument) -> bool:
        """Whether the document shows a value that servers may know, or the type has few."""
        schema = self.catalog.resolve(argument.schema) or {}
        return any(key in schema for key in _SAID) or schema.get("type") in ("integer", "number", "boolean")

    def _sources(self, operation: Operation, argument: Argument) -> tuple[str, ...]:
        """The operations on the collection that the argument is an id in; for a change, those that make its members."""
        path = operation.template.partition("/{" + argument.wire + "}")[0]
        verb = "GET" if operation.plan.verb in SAFE else "POST"
        others = self.catalog.operations.values()
        return tuple(one.id for one in others if one.template == path and one.plan.verb == verb)

    def _ordered(self, left: dict[str, Step], skipped: dict[str, str]) -> list[Step]:
        """The steps so that each comes after one of the sources of each of its needs."""
        ordered: list[Step] = []
        while ready := [one for one in left.values() if self._is_ready(one, ordered)]:
            first = min(
                ready, key=lambda one: (_ORDER.index(one.operation.plan.verb), len(one.needs), one.operation.id)
            )
            ordered.append(left.pop(first.operation.id))
        for name, step in left.items():
            lacking = [need.wire for need in step.needs.values()]
            skipped[name] = f"no earlier answer gives {', '.join(lacking)}; give it with --set {lacking[0]}=VALUE"
        return ordered

    def _is_ready(self, step: Step, ordered: Sequence[Step]) -> bool:
        if step.operation.plan.verb not in _ORDER:
            return False
        done = {one.operation.id for one in ordered}
        return all(done & set(need.sources) for need in step.needs.values())

    def _with_sources(self, steps: Sequence[Step], wanted: set[str]) -> set[str]:
        for step in reversed(steps):
            if step.operation.id in wanted:
                wanted |= {source for need in step.needs.values() for source in need.sources}
        return wanted
