"""YAML as API documents are written in it: read by the rules of YAML 1.2, with limits against hostile input.

`yes`, `no`, `on`, `off` and dates are text, and so are keys. The tree is built from the parser's events without
recursion, because the composers of the YAML libraries overflow the stack on deep nesting and expand alias bombs.
"""

from __future__ import annotations

import re
from collections import ChainMap
from typing import Any, NoReturn

import yaml

from .json_text import MAX_DEPTH, number
from .problems import BadInput, Problem

MAX_ALIASED = 1_000_000
"""Nodes that aliases may add to a document; an alias bomb makes billions."""

BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_INT = re.compile(r"[-+]?[0-9]{1,4000}")
_BASED_INT = re.compile(r"0o[0-7]{1,1000}|0x[0-9a-fA-F]{1,1000}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NUMBER_STARTS = frozenset("+-.0123456789")
_TAB = re.compile(r" *\t")
_TOO_DEEP, _FLATTEN = f"Nested deeper than {MAX_DEPTH} levels.", "Flatten it with $ref."


def is_number(text: str) -> bool:
    """Whether it is a number where it has no quotes."""
    if text[:1] not in _NUMBER_STARTS:
        return False
    return bool(_INT.fullmatch(text) or _BASED_INT.fullmatch(text) or _FLOAT.fullmatch(text))


def parse(text: str, where: str, first_line: int = 1, tells_bytes: bool = False) -> Any:
    """What the text says; with `tells_bytes`, what it marks as bytes is `Base64`.

    Raises:
        BadInput: It is no YAML, is nested too deep, repeats a key or is an alias bomb; says on which line of `where`.
    """
    return _Builder(where, first_line, tells_bytes).build(text)


class Base64(str):
    """A text that YAML marks as the base64 of bytes: `!!binary`, and `!binary` as Ruby writes it."""


_BYTES = ("tag:yaml.org,2002:binary", "!binary")


def _scalar(event: yaml.ScalarEvent) -> Any:
    text = event.value
    if event.tag in _BYTES:
        return text
    if event.style or not event.implicit[0] or (event.tag and event.tag.endswith(":str")):
        return text
    if text in _NULL:
        return None
    if text in BOOL:
        return BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    if _BASED_INT.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and any(char in text for char in ".eE"):
        return number(text)
    return text


class _Builder:
    """Builds the tree from parser events, keeping its own stack."""

    def __init__(self, where: str, first_line: int, tells_bytes: bool) -> None:
        self.where = where
        self.tells_bytes = tells_bytes
        self.first_line = first_line
        self.stack: list[tuple[Any, list[Any]]] = []  # container, [pending key] for mappings
        self.anchors: dict[str, Any] = {}
        self.aliased = 0
        self.root: Any = None

    def refuse(self, event: Any, what: str, fix: str) -> NoReturn:
        line = event.start_mark.line + self.first_line
        raise BadInput(Problem(self.where, what, fix, line))

    def build(self, text: str) -> Any:
        documents = 0
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                documents += isinstance(event, yaml.DocumentStartEvent)
                if documents > 1:
                    self.refuse(event, "The file holds more than one YAML document.", "Keep one and remove '---'.")
                self.take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + self.first_line if mark else None
            told = error.problem or error.context
            if told and "nesting depth" in told:  # the library stops before an event tells of it
                raise BadInput(Problem(self.where, _TOO_DEEP, _FLATTEN, line)) from None
            if mark and text.splitlines()[mark.line : mark.line + 1] and _TAB.match(text.splitlines()[mark.line]):
                told = "a tab indents this line, and YAML allows spaces alone"
            what = f"This is neither JSON nor YAML: {told}."
            raise BadInput(
                Problem(self.where, what, "Correct the text there, or fetch the file again.", line)
            ) from None
        except yaml.reader.ReaderError as error:
            what = f"The text holds a character that YAML forbids, {chr(error.character)!r}."
            line = text.count("\n", 0, error.position) + self.first_line
            raise BadInput(Problem(self.where, what, "Remove it, or fetch the file again.", line)) from None
        return self.root

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            marked = self.tells_bytes and event.tag in _BYTES
            self.place(event, Base64(event.value) if marked else _scalar(event))
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(self.stack) >= MAX_DEPTH:
                self.refuse(event, _TOO_DEEP, _FLATTEN)
            container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.place(event, container)
            self.stack.append((container, []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            container, _ = self.stack.pop()
            if isinstance(container, dict) and "<<" in container:
                _merge(container)
        elif isinstance(event, yaml.AliasEvent):
            self.place(event, self.alias(event))

    def alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            self.refuse(event, f"The alias *{event.anchor} has no anchor.", "Define it above, or use $ref.")
        value = self.anchors[event.anchor]
        if any(value is container for container, _ in self.stack):
            self.refuse(event, f"The alias *{event.anchor} contains itself.", "Use $ref for recursion.")
        self.aliased += _size(value, MAX_ALIASED)
        if self.aliased > MAX_ALIASED:
            self.refuse(event, "The aliases expand to millions of values.", "Use $ref instead of aliases.")
        return value

    def place(self, event: Any, value: Any) -> None:
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            self.anchors[event.anchor] = value
        if not self.stack:
            self.root = value
            return
        container, pending = self.stack[-1]
        if isinstance(container, list):
            container.append(value)
        elif not pending:
            pending.append(self.key(event, value, container))
        else:
            container[pending.pop()] = value

    def key(self, event: Any, value: Any, container: dict[str, Any]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse(event, "A mapping or list is used as a key.", "Use text as the key.")
        if event.value in container:
            self.refuse(event, f"The key {event.value!r} stands twice.", "Keep one of the two.")
        return _MergeKey("<<") if event.value == "<<" and event.implicit[0] else str(event.value)


class _MergeKey(str):
    """A `<<` without quotes, which asks for the members of other mappings."""


def _merge(container: dict[str, Any]) -> None:
    """The mapping has the members of those that `<<` names, where neither it nor one before has the same."""
    key = next(key for key in container if key == "<<")
    sources = container[key] if isinstance(container[key], list) else [container[key]]
    if isinstance(key, _MergeKey) and all(isinstance(source, dict) for source in sources):
        del container[key]
        members = ChainMap(container, *sources)
        merged = {name: members[name] for source in (*sources, container) for name in source}
        container.clear()
        container.update(merged)


def _size(value: Any, limit: int) -> int:
    size, todo = 0, [value]
    while todo and size <= limit:
        node = todo.pop()
        size += 1
        if isinstance(node, dict):
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)
    return size
