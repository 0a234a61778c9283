"""Compares the arguments of one method: what callers write, and how it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..generate.plan import Argument, Operation
from .decisions import REQUEST, Decision
from .rules import rule_of
from .schemas import Place, Schemas, quoted
from .shapes import hint
from .twins import twins


class Arguments:
    """The arguments of an operation before and after."""

    def __init__(self, schemas: Schemas, before: Operation, after: Operation) -> None:
        self.schemas = schemas
        self.before = before
        self.after = after

    def decisions(self) -> Iterator[Decision]:
        """Every change of the arguments; changes of their types go to the schemas."""
        if self.before.body and self.after.body and self.before.body != self.after.body:
            had, has = quoted(self.before.body)[1:-1], quoted(self.after.body)[1:-1]
            facts = (("method", self.after.id), ("old", had), ("new", has))
            yield Decision(rule_of("media-type-changed", REQUEST), f"client.{self.after.id}()", facts)
        if self.before.members and self.after.members:
            self.schemas.arguments(self.before.members, self.after.members)
        for old, new in self._pairs():
            if old is None and new is not None:
                kind = "argument-added-required" if new.required else "argument-added"
                yield self._of(kind, new, new=self._hint(new))
            elif old is not None and new is None:
                yield self._of("argument-removed", old)
            elif old is not None and new is not None:
                yield from self._changed(old, new)
                self.schemas.schema(Place(self._subject(new), new.name, REQUEST), old.schema, new.schema)

    def _pairs(self) -> Iterator[tuple[Argument | None, Argument | None]]:
        """By place and wire name, in the path by position; else by Python name, or as the same under another name."""
        unmatched = {_key(argument, self.before): argument for argument in self.before.arguments}
        later = []
        for argument in self.after.arguments:
            known = unmatched.pop(_key(argument, self.after), None)
            if known:
                yield known, argument
            else:
                later.append(argument)
        gone = {argument.name: argument for argument in unmatched.values()}
        new = {argument.name: argument for argument in later}
        yield from ((gone[name], new[name]) for name in new if name in gone)
        apart = [[one for name, one in side.items() if name not in gone.keys() & new.keys()] for side in (gone, new)]
        same = twins(*apart)
        yield from same
        yield from ((None, argument) for argument in apart[1] if all(argument is not twin for _, twin in same))
        yield from ((argument, None) for argument in apart[0] if all(argument is not twin for twin, _ in same))

    def _changed(self, old: Argument, new: Argument) -> Iterator[Decision]:
        if old.name != new.name:
            yield self._of("argument-renamed", new, old=old.name, former=self.before.id)
        if old.wire != new.wire and new.place not in ("path", "whole"):
            yield self._of("argument-wire", new, old=quoted(old.wire)[1:-1], new=quoted(new.wire)[1:-1])
        if old.required != new.required:
            yield self._of("argument-required" if new.required else "argument-optional", new)
        if old.place != new.place:
            kind = "argument-keyword" if "path" in (old.place, new.place) else "argument-moved"
            yield self._of(kind, new, old=old.place, new=new.place)
        elif (old.style, old.explode, old.media_type) != (new.style, new.explode, new.media_type):
            yield self._of("argument-style", new, new=quoted(new.media_type or new.style or "default"))
        had, has = _default(old), _default(new)
        if None not in (had, has) and had != has and not new.required:
            yield self._of("default-changed", new, old=str(had), new=str(has))
        if new.schema.get("deprecated") and not old.schema.get("deprecated"):
            yield self._of("argument-deprecated", new)

    def _of(self, kind: str, argument: Argument, **facts: str) -> Decision:
        known = {"method": self.after.id, "name": argument.name, **facts}
        return Decision(rule_of(kind, REQUEST), self._subject(argument), tuple(known.items()))

    def _subject(self, argument: Argument) -> str:
        return f"client.{self.after.id}({argument.name})"

    def _hint(self, argument: Argument) -> str:
        return hint(self.schemas.new, argument.schema)


def _key(argument: Argument, operation: Operation) -> tuple[str, Any]:
    if argument.place != "path":
        return argument.place, argument.wire
    at = operation.path.find(f"{{{argument.wire}}}")
    return "path", operation.path[: max(at, 0)].count("{")


def _default(argument: Argument) -> str | None:
    """The default that the document states; one that appears or vanishes is a matter of documentation."""
    return quoted(repr(argument.schema["default"]))[1:-1] if "default" in argument.schema else None
