"""What `spec/api.toml` says about pages, over what was inferred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..problems import BadInput, Problem
from ..project import FILE
from .pagination import Paging, Path, Shape, inferred, page_answer
from .plan import Operation, Plan, Schema

_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "cursor": (("next", "send"), ("items", "more")),
    "item": (("id", "send"), ("items", "more")),
    "number": (("send",), ("items", "current", "more", "last", "total", "first")),
    "offset": (("send",), ("items", "current", "more", "total", "first")),
    "link": ((), ("items", "next")),
}
"""The keys that each kind needs, and those that it may have."""
_ORDER = ("items", "id", "next", "send", "current", "more", "last", "total", "first")
_MEMBERS = ("items", "next", "current", "more", "last", "total")


def pagination(plan: Plan, settings: Mapping[str, Any], text: str) -> dict[str, Paging]:
    """The operations that are pages, by their ids; `settings` is the table `[pagination]`, `text` the whole file.

    Raises:
        BadInput: An entry names what is not there, lacks a key, or says what is inferred anyway.
    """
    found = inferred(plan)
    problems: list[Problem] = []
    operations = {operation.id: operation for operation in plan.operations}
    result = dict(found)
    for name, entry in settings.items():
        reader = _Entry(plan, operations.get(name), name, entry, text)
        problems += reader.problems(found.get(name))
        if entry is False:
            result.pop(name, None)
        elif not problems:
            result[name] = reader.paging()
    if problems:
        raise BadInput(problems)
    return result


class _Entry:
    """One entry of the table."""

    def __init__(self, plan: Plan, operation: Operation | None, name: str, entry: Any, text: str) -> None:
        self.plan = plan
        self.operation = operation
        self.name = name
        self.entry = entry
        self.text = text

    def paging(self) -> Paging:
        """How the operation pages."""
        values = {key: self.entry[key] for key in _ORDER if self.entry.get(key, "") != ""}
        if self.entry["kind"] != "link":
            values = {"items": "", **values}
        items = self._path(self.entry.get("items", "")) or ()
        return Paging(self.entry["kind"], values, self._schema(), items)

    def problems(self, found: Paging | None) -> list[Problem]:
        """What is wrong with it; `found` is what was inferred."""
        if self.operation is None:
            fix = 'Name a method as generated/api.md does, in quotes: [pagination."things.list"].'
            return [self._problem(f"[pagination] names {self.name!r}, which is no operation.", fix)]
        if self.entry is False:
            what = f"[pagination] says that {self.name!r} is no page, which is so anyway."
            return [] if found else [self._problem(what, "Remove it.")]
        wrong = list(self._shape()) or list(self._missing())
        if not wrong and found and self.paging() == found:
            what = f"[pagination] says of {self.name!r} what is inferred anyway."
            wrong = [self._problem(what, "Remove it.")]
        return wrong

    def _shape(self) -> Iterator[Problem]:
        """The kind and the keys."""
        kind = self.entry.get("kind") if isinstance(self.entry, dict) else None
        if not isinstance(kind, str) or kind not in _KEYS:
            fix = f"Write a table with kind = one of {', '.join(map(repr, _KEYS))}, or false."
            yield self._problem(f"The entry {self.name!r} of [pagination] has no kind.", fix)
            return
        needed, optional = _KEYS[kind]
        for key in needed:
            if not self.entry.get(key):
                fix = f"Write {key} = …; pages of the kind {kind!r} need {', '.join(needed)}."
                yield self._problem(f"The entry {self.name!r} of [pagination] lacks {key!r}.", fix)
        for key, value in self.entry.items():
            if key not in ("kind", *needed, *optional):
                fix = f"Pages of the kind {kind!r} have {', '.join((*needed, *optional))}."
                yield self._problem(f"Nothing reads {key!r} in the entry {self.name!r} of [pagination].", fix, key)
            elif type(value) is not (int if key == "first" else str):
                what = f"{key!r} in the entry {self.name!r} of [pagination] is no {'int' if key == 'first' else 'str'}."
                yield self._problem(what, "Write a wire name in quotes, or a whole number for first.", key)

    def _missing(self) -> Iterator[Problem]:
        """What is named and not there."""
        assert self.operation is not None
        if page_answer(self.operation) is None:
            fix = "Remove the entry, or correct the document by spec/overlay.yaml."
            yield self._problem(f"{self.name!r} has no one JSON answer that could be a page.", fix)
            return
        for key in _MEMBERS:
            if self._path(self.entry.get(key, "")) is None:
                fix = f"It has {_listed(self._members())}."
                yield self._problem(f"The answer of {self.name!r} has no member {self.entry[key]!r}.", fix, key)
        names = [a.wire for a in self.operation.arguments if a.place in ("query", "body")]
        names += [w for a in self.operation.arguments if a.place == "whole" for w in self._properties(a.schema)]
        if self.entry.get("send", "") not in (*names, ""):
            what = f"{self.name!r} sends no argument {self.entry['send']!r} in its query or body."
            yield self._problem(what, f"It sends {_listed(names)}.", "send")

    def _schema(self) -> Schema:
        answer = page_answer(self.operation) if self.operation else None
        return (answer.schema if answer else None) or {}

    def _members(self) -> list[str]:
        return [".".join(path) for path in Shape(self.plan, self._schema()).members]

    def _properties(self, schema: Schema) -> list[str]:
        return list(Shape(self.plan, schema).target(schema).get("properties", {}))

    def _path(self, text: str) -> Path | None:
        """The keys that a dotted name stands for; None if they lead nowhere, and the answer is no open object."""
        shape = Shape(self.plan, self._schema())
        known = {".".join(path): path for path in shape.members}
        if not text or text in known:
            return known.get(text, ())
        return None if shape.members else tuple(text.split("."))

    def _problem(self, what: str, fix: str, key: str = "") -> Problem:
        return Problem(FILE, what, fix, _line(self.text, self.name, key))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:12]) or "none"


def _line(text: str, name: str, key: str) -> int | None:
    """The line of an entry, or of a key in it."""
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if re.search(rf"""["']{re.escape(name)}["']""", line)), None)
    if start is None:
        return next((i for i, line in enumerate(lines, 1) if line.strip().startswith("[pagination")), None)
    for index, line in enumerate(lines[start:], start):
        if key and re.search(rf"(^|[{{,])\s*{re.escape(key)}\s*=", line):
            return index + 1
        if index > start and line.lstrip().startswith("["):
            break
    return start + 1
