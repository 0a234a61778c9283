"""Reads the responses of a page: statuses, media types, tables, and which status a sample belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from . import fields
from .lines import Line
from .samples import Scanner, looks_like_error

ANY_SUCCESS = "2XX"

_STATUS = r"(?:[1-5](?:\d\d|XX)|default)"
_STATUSES = re.compile(rf"(?P<statuses>{_STATUS}+)(?:\s+-\s+(?P<media>\S+))?")
_MEDIA_TYPE = re.compile(r"[a-z]+/[\w.+*-]+(?:;.*)?")


@dataclass
class Block:
    """The part of a response section that is about one status."""

    statuses: list[str]
    """The first has the content; the others are the tabs beside it. Empty when the page names none."""
    line: int
    media_types: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    has_text: bool = False
    """Some of the lines say something."""

    def add(self, line: Line) -> None:
        """Takes one more line."""
        self.lines.append(line)
        self.has_text = self.has_text or (bool(line.text) and not line.noise)

    @property
    def status(self) -> str:
        """The status that the content belongs to; any success where the page names none."""
        return self.statuses[0] if self.statuses else ANY_SUCCESS


@dataclass(frozen=True)
class Sample:
    """An example answer."""

    status: str
    """Empty when the page does not say."""
    value: Any
    line: int


def blocks(lines: list[Line], line: int) -> list[Block]:
    """The blocks of a response section, at least one; `line` is that of its title."""
    result = [Block([], line)]
    index = 0
    while index < len(lines):
        after = fields.label_end(lines, index)
        if after is not None:
            for line_of_label in lines[index:after]:
                result[-1].add(line_of_label)
            index = after
            continue
        found = _STATUSES.fullmatch(lines[index].text)
        if found and not fields.starts_field(lines, index):
            _status(result, found, lines[index].number)
        else:
            _content(result[-1], lines[index])
        index += 1
    return result


def _status(result: list[Block], found: re.Match[str], line: int) -> None:
    block = result[-1]
    has_content = block.media_types or block.has_text
    statuses = re.findall(_STATUS, found["statuses"])
    if has_content and block.statuses != statuses:
        block = Block([], line)
        result.append(block)
    block.line = line
    block.statuses.extend(status for status in statuses if status not in block.statuses)
    if found["media"] and "/" in found["media"]:
        block.media_types.append(found["media"])


def _content(block: Block, line: Line) -> None:
    if not block.has_text and _MEDIA_TYPE.fullmatch(line.text):
        block.media_types.append(line.text)
    else:
        block.add(line)


def media_types(lines: list[Line]) -> tuple[list[str], list[Line]]:
    """The media types at the head of a body section, and the lines after them."""
    block = Block([], 0)
    for line in lines:
        _content(block, line)
    return block.media_types, block.lines


def samples(lines: list[Line], scanner: Scanner) -> tuple[list[Sample], list[str]]:
    """The example answers in these lines, one printed twice counted once, and every status named beside them."""
    found: list[Sample] = []
    named: list[str] = []
    pending: list[str] = []
    end = 0
    for line in lines:
        if line.number <= end or not line.text:
            continue
        label = _STATUSES.fullmatch(line.text)
        if label:
            pending.extend(status for status in re.findall(_STATUS, label["statuses"]) if status not in pending)
            named.extend(status for status in pending if status not in named)
            continue
        if line.text[:1] not in ("{", "[", '"') and line.text != "null":
            continue
        value = scanner.value_at(line.number)
        if value is None:
            continue
        end = value.end
        sample = Sample(pending.pop(0) if pending else "", value.value, line.number)
        if not any((one.status, one.value) == (sample.status, sample.value) for one in found):
            found.append(sample)
    return [one for one in found if one.status or not _repeats(one, found)], named


def _repeats(sample: Sample, found: list[Sample]) -> bool:
    return any(one.value == sample.value and one.status for one in found)


def is_success(status: str) -> bool:
    """Whether a status, or a range of them, is one of success."""
    return status.startswith("2")


def belongs_elsewhere(sample: Sample, block: Block, has_table: bool) -> bool:
    """Whether the sample of a success that has no body is in truth that of an error."""
    return not has_table and not sample.status and looks_like_error(sample.value) and not _is_of_type(block)


def _is_of_type(block: Block) -> bool:
    return any(line.text.startswith("The response is of type") for line in block.lines)
