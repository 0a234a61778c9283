"""Reads YAML and JSON, with line numbers for messages, and writes YAML."""

from __future__ import annotations

import json
import marshal
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from . import json_text, yaml_text
from .beside import shared
from .problems import BadInput, Problem
from .yaml_text import BOOL, is_number

if TYPE_CHECKING:
    from .cache import Parts

_HALVES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}(\\u[dD][c-fC-F][0-9a-fA-F]{2})?|\\u[dD][c-fC-F]")
"""A character that JSON writes as two halves, or one of the halves alone."""
_COMMENTS = ("//", "/*")


@dataclass(frozen=True)
class Document:
    """A parsed file that can still say on which line a value stands."""

    where: str
    """The file, relative to the project."""
    data: Any
    """What the file says, as dicts, lists, text, numbers, booleans and None."""
    text: str = field(repr=False)
    first_line: int = 1
    """The line of the file on which `text` begins: more than 1 for a block inside a page."""
    is_json: bool = False
    """Whether the text was read as JSON, and not as YAML."""

    def line(self, pointer: str) -> int | None:
        """The line of the value at a JSON pointer, or of its nearest ancestor that the file has."""
        if self._json:
            return self._json.line(map(unescape, pointer.split("/")[1:])) + self.first_line
        while True:
            if pointer in self._lines:
                return self._lines[pointer] + self.first_line
            if not pointer:
                return None
            pointer = pointer.rpartition("/")[0]

    @cached_property
    def _lines(self) -> dict[str, int]:
        return dict(_walk_lines(self.text))

    @cached_property
    def _json(self) -> json_text.Lines | None:
        """The lines of JSON; None if the text is YAML."""
        return json_text.Lines(self.text) if self.is_json else None

    def problem(self, pointer: str, what: str, fix: str, settled: str | None = None) -> Problem:
        """A problem with the value at a JSON pointer of this file."""
        return Problem(self.where, what, fix, self.line(pointer), settled)


def escape(key: str) -> str:
    """The key as one segment of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1") if "/" in key or "~" in key else key


def unescape(segment: str) -> str:
    """The key that a segment of a JSON pointer stands for."""
    return segment.replace("~1", "/").replace("~0", "~")


def pointer(*keys: str | int) -> str:
    """The JSON pointer that leads through these keys."""
    return "".join(f"/{escape(str(key))}" for key in keys)


def read(text: str, where: str, first_line: int = 1, tells_bytes: bool = False) -> Document:
    """The parsed text, JSON or YAML by its look; with `tells_bytes`, what YAML marks as bytes is `Base64`.

    Raises:
        BadInput: The text is neither, is nested too deep, repeats a key or is an alias bomb; says on which line.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        halves = [half for half in _HALVES.finditer(text.replace(r"\\", "  ")) if not half[1]]
        try:
            data = json_text.parse(text)
            if halves:
                json.dumps(data, ensure_ascii=False).encode()  # half a character alone could never be written
            return Document(where, data, text, first_line, is_json=True)
        except json.JSONDecodeError as error:
            if text.startswith(_COMMENTS, error.pos):
                what, fix = "The JSON has a comment here, which JSON does not allow.", "Remove all comments."
                raise BadInput(Problem(where, what, fix, error.lineno + first_line - 1)) from None
        except UnicodeEncodeError:
            what, fix = (
                f"The text has half of a character here, {halves[0][0][:6]!r}.",
                "Remove it, or write its other half.",
            )
            raise BadInput(Problem(where, what, fix, text.count("\n", 0, halves[0].start()) + first_line)) from None
        except (ValueError, RecursionError):
            pass  # YAML's flow style looks the same, and YAML's errors have a line
    return Document(where, yaml_text.parse(text, where, first_line, tells_bytes), text, first_line)


def read_json(text: str, where: str) -> Document:
    """The parsed JSON text, in one quick pass, halves of characters and all; YAML is refused.

    Raises:
        BadInput: The text is no JSON, is nested too deep or repeats a key; says on which line where that is known.
    """
    try:
        return Document(where, json_text.parse(text.removeprefix("\ufeff")), text, is_json=True)
    except json.JSONDecodeError as error:
        what, fix = f"The JSON ends or breaks here: {error.msg}.", "Write or export the whole file again."
        raise BadInput(Problem(where, what, fix, error.lineno)) from None
    except (ValueError, RecursionError) as error:
        what = f"This is no JSON that can be read: {error}."
        raise BadInput(Problem(where, what, "Write or export the file again.")) from None


def write(data: Any) -> str:
    """The data as YAML: block style, in its own order, the same text for the same data everywhere."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False)


Pieces = list[tuple[tuple[str, ...], bytes]]
"""An API description taken apart: the keys that each piece stands below, and the piece with its depth, marshalled."""
_LEVELS = {"paths": 1, "webhooks": 1, "components": 2}
"""How deep the pieces stand below these keys."""


def write_pieces(data: dict[str, Any], parts: Parts) -> tuple[str, Pieces]:
    """An API description as YAML, as `write` gives it, and its pieces; the paths and components that `parts` knows cost
    nothing."""
    found = [(heading, above, marshal.dumps((len(above), one), 2)) for heading, above, one in _pieces(data)]
    said = (piece for _, _, piece in found)
    laid = parts.made(said, lambda missing: shared(missing, _all_laid_out))
    return "".join(heading + laid[piece] for heading, _, piece in found), [(above, piece) for _, above, piece in found]


def joined(pieces: Pieces) -> dict[str, Any]:
    """The description that was taken apart."""
    data: dict[str, Any] = {}
    for above, piece in pieces:
        holder = data
        for key in above:
            holder = holder.setdefault(key, {})
        holder.update(marshal.loads(piece)[1])
    return data


def _pieces(
    data: dict[str, Any], heading: str = "", above: tuple[str, ...] = (), deepest: int = 0
) -> Iterator[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Of each piece: the lines that open what it stands in, the keys that it stands below, and its value by its key."""
    for key, value in data.items():
        level = deepest if above else _LEVELS.get(key, 0)
        if len(above) < level and value:
            yield from _pieces(value, f"{heading}{'  ' * len(above)}{key}:\n", (*above, key), level)
        else:
            yield heading, above, {key: value}
        heading = ""


def _all_laid_out(pieces: list[bytes]) -> dict[bytes, str]:
    return {piece: _laid_out(piece) for piece in pieces}


def _laid_out(said: bytes) -> str:
    """A piece at its depth, with another one behind it, as the end of a document is written in a way of its own."""
    depth: int
    piece: dict[str, Any]
    depth, piece = marshal.loads(said)
    after = "a" if "a" not in piece else "b"
    whole: dict[str, Any] = {**piece, after: None}
    for _ in range(depth):
        whole = {"a": whole}
    below: str = write(whole).split("\n", depth)[depth]
    return below.rpartition(f"{'  ' * depth}{after}: null\n")[0]


class _Dumper(yaml.CSafeDumper):
    """Multi-line text as literal blocks; no anchors, as our own reader caps them and people dislike them."""

    def represent_data(self, data: Any) -> yaml.Node:
        """The node of a value; the library's search for values that stand twice takes longer than all the rest."""
        if isinstance(data, str):
            return yaml.ScalarNode(_TEXT, data, style=_style(data))
        if type(data) is dict:
            pairs = [(self.represent_data(key), self.represent_data(value)) for key, value in data.items()]
            return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
        if type(data) is list:
            items = [self.represent_data(item) for item in data]
            return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=False)
        return super().represent_data(data)

    def ignore_aliases(self, data: Any) -> bool:
        return True


_TEXT = "tag:yaml.org,2002:str"


@lru_cache(10_000)
def _style(text: str) -> str | None:
    if is_number(text):
        return "'"  # text for YAML 1.1 that YAML 1.2 would read as a number, such as 0o17 or 1e5
    return "'" if text in BOOL else "|" if "\n" in text else None


def _walk_lines(text: str) -> Iterator[tuple[str, int]]:
    """Each value's JSON pointer and its line, counted from 0; a mapping value has its key's line."""
    stack: list[tuple[str, bool, list[Any]]] = []  # pointer, is mapping, [key, its line] or [index]
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        place, line = "", event.start_mark.line if event.start_mark else 0
        if stack:
            parent, is_mapping, state = stack[-1]
            if is_mapping and not state:
                state[:] = [getattr(event, "value", ""), line]
                continue
            place = f"{parent}/{escape(str(state[0]))}"
            if is_mapping:
                line = state[1]
                state.clear()
            else:
                state[0] += 1
        yield place, line
        if isinstance(event, yaml.CollectionStartEvent):
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            stack.append((place, is_mapping, [] if is_mapping else [0]))
