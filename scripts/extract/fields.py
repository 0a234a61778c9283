"""Reads a table of fields: each is its name, its type, what holds for it, and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import types
from .constraints import Constraint, coerce
from .lines import Line, labels
from .samples import Scanner
from .types import TYPE_PATTERN, Schema

_PLACES = ("header", "query", "path", "cookie", "body")
_FLAGS = ("required", "optional", "deprecated", "read-only", "readonly", "write-only", "writeonly", "nullable")
_ATTRIBUTES = re.compile(rf"(?:(?:{'|'.join((*_PLACES, *_FLAGS))})[\s,]*)+(?=default:|$)|(?=default:)")
_WORD = re.compile("|".join((*_PLACES, *_FLAGS)))
_LABEL = re.compile(rf"({labels()})\s*(.*)")
_NAME = re.compile(r"\S{1,200}")
_GLUED = re.compile(
    rf"(?P<name>[\w$@.\[\]{{}}-]{{1,200}}?)\s*(?P<type>{TYPE_PATTERN})"
    rf"(?P<rest>(?:\s*(?:{'|'.join((*_PLACES, *_FLAGS))}))*(?:\s*default:.*)?)"
)
_TAB = re.compile(r"(?:[-*] )(?P<title>[A-Z][^.:;,]{0,59})|(?P<option>Option \d+)(?: · .+)?")
_CHILDREN = re.compile(r"(?:Show|Hide)\s?(?:child )?attributes")


@dataclass
class Field:
    """One row of a table."""

    name: str
    line: int
    schema: Schema
    place: str = ""
    """Where a credential goes: `header`, `query` or `cookie`."""
    required: bool = False
    collapsed: bool = False
    """It has children, which may or may not follow."""
    prose: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    """The titles of its alternatives, of which the page shows the first; empty when there are none."""
    doubts: list[tuple[int, str]] = field(default_factory=list)
    """Line and sentence of what could not be read."""

    def described(self) -> Schema:
        """The schema with the prose as its description."""
        text = "\n".join(self.prose).strip()
        return self.schema | ({"description": text} if text else {})


@dataclass
class Table:
    """A section's fields, and the lines before the first."""

    intro: list[Line]
    fields: list[Field]


def parse(lines: list[Line], scanner: Scanner) -> Table:
    """The fields that stand in these lines; none where names and types are missing."""
    lines = list(_without_noise(lines))
    starts = list(_starts(lines))
    if not starts:
        lines = _unglue(lines)
        starts = list(_starts(lines))
    ends = [*(start for start, _ in starts[1:]), len(lines)][: len(starts)]
    intro = lines[: starts[0][0]] if starts else lines
    fields = [_field(lines, start, type_at, end, scanner) for (start, type_at), end in zip(starts, ends, strict=True)]
    return Table([line for line in intro if line.text], fields)


def starts_field(lines: list[Line], index: int) -> bool:
    """Whether a field begins at this line."""
    return _type_after(lines, index) is not None


def label_end(lines: list[Line], index: int) -> int | None:
    """The line after the value of a label such as `Available options:`; None when no label stands here."""
    return _after_value(lines, index) if _LABEL.fullmatch(lines[index].text) else None


def _without_noise(lines: list[Line]) -> Iterator[Line]:
    """The lines without buttons; an option or a field may have the name of one."""
    kept = 0
    for index, line in enumerate(lines):
        if line.text.startswith("```"):
            continue
        kept = max(kept, label_end(lines, index) or 0)
        if index < kept or not line.noise or starts_field(lines, index):
            yield line


def _starts(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Where each field's name and type stand."""
    index = 0
    while index < len(lines):
        type_at = _type_after(lines, index)
        if type_at is not None:
            yield index, type_at
            index = type_at + 1
        elif _LABEL.fullmatch(lines[index].text):
            index = _after_value(lines, index)
        else:
            index += 1


def _type_after(lines: list[Line], index: int) -> int | None:
    """Where the type of the field stands whose name this line is; None when it is no name."""
    text = lines[index].text
    if not _NAME.fullmatch(text) or text.endswith(",") or ("default:" in text and _ATTRIBUTES.match(text)):
        return None
    following = _next(lines, index)
    if text.endswith(".") and following is not None and _NAME.fullmatch(lines[following].text):
        following = _next(lines, following)
    if following is None or not types.is_type(lines[following].text):
        return None
    if _ATTRIBUTES.fullmatch(text):
        run = (
            next((at for at in range(following, len(lines)) if not types.is_type(lines[at].text)), len(lines))
            - following
        )
        if run % 2 == 0:
            return None  # "required", "object", "enum<string>": a word about the field before, then a name and its type
    return following


def _next(lines: list[Line], index: int) -> int | None:
    """The next line that is not blank, if it is near: a name and its type stand together."""
    for following in range(index + 1, min(index + 4, len(lines))):
        if lines[following].text:
            return following
    return None


def _after_value(lines: list[Line], index: int) -> int:
    """The line after a label's value, which may be a list with one option a line."""
    found = _LABEL.fullmatch(lines[index].text)
    assert found
    text = found[2]
    following = _next(lines, index)
    while not text or text.startswith("```") or (found[1] == "Available options:" and _goes_on(lines, text, following)):
        if following is None:
            return len(lines)
        index, text = following, lines[following].text
        following = _next(lines, index)
    return index + 1


def _goes_on(lines: list[Line], text: str, following: int | None) -> bool:
    """Whether one more option follows: the comma ends this line, or begins the next one."""
    return text.endswith(",") or (following is not None and lines[following].text.startswith(","))


def _unglue(lines: list[Line]) -> list[Line]:
    """The lines with `limitintegerrequired` taken apart."""
    result: list[Line] = []
    for line in lines:
        found = _GLUED.fullmatch(line.text)
        parts = [found["name"], found["type"], found["rest"].strip()] if found else [line.text]
        result.extend(Line(part, line.number, line.heading) for part in parts if part or not line.text)
    return result


def _field(lines: list[Line], start: int, type_at: int, end: int, scanner: Scanner) -> Field:
    name = "".join(line.text for line in lines[start:type_at])
    result = Field(name, lines[start].number, types.parse(lines[type_at].text))
    index = type_at + 1
    while index < end and (not lines[index].text or _ATTRIBUTES.match(lines[index].text)):
        _attributes(result, lines[index])
        index += 1
    _details(result, lines, index, end, scanner)
    _variants(result)
    for schema in types.value_schemas(result.schema):
        if schema.get("enum") == []:
            del schema["enum"]
            result.doubts.append((result.line, f"The options of {result.name!r} are not listed."))
    return result


def _variants(result: Field) -> None:
    """Takes the tabs at the end of the prose, `- Card` and `- Bank transfer`: alternatives, of which one is shown.

    A list of other words is prose: tabs stand where the children of an object begin, or are called Option 1, Option 2.
    """
    titles: list[str] = []
    rest = [text for text in result.prose if text]
    while rest and (found := _TAB.fullmatch(rest[-1])):
        titles.insert(0, found["title"] or found["option"])
        rest.pop()
    titles = list(dict.fromkeys(titles))
    shown = next((one["title"] for one in types.value_schemas(result.schema) if "title" in one), "")
    is_object = types.of_type(result.schema, "object") is not None
    certain = shown in titles or all(re.match(r"Option \d", title) for title in titles)
    if len(titles) < 2 or not (certain or (is_object and result.collapsed and not "".join(rest[-1:]).endswith(":"))):
        return
    result.variants = sorted(titles, key=lambda title: title != shown)
    result.prose = rest


def _attributes(result: Field, line: Line) -> None:
    words, found, default = line.text.partition("default:")
    for word in _WORD.findall(words):
        if word in _PLACES:
            result.place = word
        elif word == "required":
            result.required = True
        elif word == "deprecated":
            result.schema["deprecated"] = True
        elif word.startswith("read"):
            result.schema["readOnly"] = True
        elif word.startswith("write"):
            result.schema["writeOnly"] = True
        elif word == "nullable" and not types.nullable(result.schema) and result.schema:
            result.schema = {"anyOf": [result.schema, {"type": "null"}]}
    if found:
        try:
            result.schema["default"] = coerce(default.strip(), result.schema)
        except ValueError:
            result.doubts.append((line.number, f"The default of {result.name!r} is no value of its type."))


def _details(result: Field, lines: list[Line], index: int, end: int, scanner: Scanner) -> None:
    """Takes prose and labelled constraints up to the next field."""
    while index < end:
        line = lines[index]
        label = _LABEL.fullmatch(line.text)
        if _CHILDREN.fullmatch(line.text):
            result.collapsed = True
            index += 1
        elif label:
            after = min(_after_value(lines, index), end)
            values = [label[2], *(one.text for one in lines[index + 1 : after])]
            after = max(after, _multi_line(lines, index, end, label[1], values, scanner))
            doubt = Constraint(label[1], [value for value in values if value], bool(label[2])).apply(result.schema)
            if doubt:
                result.doubts.append((line.number, f"{doubt} for {result.name!r}."))
            index = after
        else:
            if line.text or result.prose:
                result.prose.append(line.text)
            index += 1


def _multi_line(lines: list[Line], index: int, end: int, label: str, values: list[Any], scanner: Scanner) -> int:
    """Takes an example that is JSON over several lines, or further examples; the line after them."""
    if not label.startswith("Example"):
        return 0
    at = index if values[0] else _next(lines, index)
    if at is None or at >= end or values[0]:
        at = _next(lines, index) if label == "Examples:" and values[0] else None
    last = 0
    while at is not None and at < end:
        found = scanner.value_at(lines[at].number) if lines[at].text[:1] in tuple('{["') else None
        if found is None:
            break
        if last == 0 or not isinstance(values[0], list):
            values[:] = [[]]
        values[0].append(found.value)
        last = next((n for n in range(at, end) if lines[n].number > found.end), end)
        at = last if label == "Examples:" and last < end else None
    return last
