"""Reads and writes YAML and JSON, with limits against hostile input and with line numbers for messages.

YAML is read by the rules of YAML 1.2, as OpenAPI asks: `yes`, `no`, `on`, `off` and dates are text, and keys are
text. The tree is built from the parser's events without recursion, because the composers of the YAML libraries
overflow the stack on deep nesting and expand alias bombs.
"""

from __future__ import annotations

import json
import marshal
import re
from collections import ChainMap
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from .problems import BadInput, Problem

if TYPE_CHECKING:
    from .cache import Parts

MAX_DEPTH = 250
"""Levels of nesting; the deepest published description we know has 61."""
MAX_ALIASED = 1_000_000
"""Nodes that aliases may add to a document; an alias bomb makes billions."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]{1,4000}")
_BASED_INT = re.compile(r"0o[0-7]{1,1000}|0x[0-9a-fA-F]{1,1000}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NUMBER_STARTS = frozenset("+-.0123456789")
_TAB = re.compile(r" *\t")
_HALVES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}(\\u[dD][c-fC-F][0-9a-fA-F]{2})?|\\u[dD][c-fC-F]")
"""A character that JSON writes as two halves, or one of the halves alone."""
_ESCAPED = re.compile(r"\\.")
_MEMBER = re.compile(r'"[ \t\n\r]*:')
_COMMENTS = ("//", "/*")
_SPACE = re.compile(r"[ \t\n\r,:]*")


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
            return self._json.line(pointer) + self.first_line
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
    def _json(self) -> _JsonLines | None:
        """The lines of JSON; None if the text is YAML."""
        return _JsonLines(self.text) if self.is_json else None

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
        try:
            data = _read_json(text)
            if any(not half[1] for half in _HALVES.finditer(text.replace(r"\\", "  "))):
                json.dumps(data, ensure_ascii=False).encode()  # half a character alone could never be written
            return Document(where, data, text, first_line, is_json=True)
        except json.JSONDecodeError as error:
            if text.startswith(_COMMENTS, error.pos):
                what, fix = "The JSON has a comment here, which JSON does not allow.", "Remove all comments."
                raise BadInput(Problem(where, what, fix, error.lineno + first_line - 1)) from None
        except (ValueError, RecursionError):
            pass  # YAML's flow style looks the same, and YAML's errors have a line
    return Document(where, _YamlBuilder(where, first_line, tells_bytes).build(text), text, first_line)


def read_json(text: str, where: str) -> Document:
    """The parsed JSON text, in one quick pass, halves of characters and all; YAML is refused.

    Raises:
        BadInput: The text is no JSON, is nested too deep or repeats a key; says on which line where that is known.
    """
    try:
        return Document(where, _read_json(text.removeprefix("\ufeff")), text, is_json=True)
    except json.JSONDecodeError as error:
        what, fix = f"The JSON ends or breaks here: {error.msg}.", "Write or export the whole file again."
        raise BadInput(Problem(where, what, fix, error.lineno)) from None
    except (ValueError, RecursionError) as error:
        what = f"This is no JSON that can be read: {error}."
        raise BadInput(Problem(where, what, "Write or export the file again.")) from None


def write(data: Any) -> str:
    """The data as YAML: block style, in its own order, the same text for the same data everywhere."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False)


def write_pieces(data: dict[str, Any], parts: Parts) -> str:
    """An API description as YAML, as `write` gives it; the paths and components that `parts` knows cost nothing."""
    pieces = [(heading, marshal.dumps((depth, one), 2)) for heading, depth, one in _pieces(data)]
    laid = parts.made((piece for _, piece in pieces), lambda missing: {piece: _laid_out(piece) for piece in missing})
    return "".join(heading + laid[piece] for heading, piece in pieces)


Piece = tuple[str, int, dict[str, Any]]
"""The lines above it that open what it stands in, its depth, and the value with its key."""
_LEVELS = {"paths": 1, "webhooks": 1, "components": 2}
"""How deep the pieces stand below these keys."""


def _pieces(data: dict[str, Any], heading: str = "", depth: int = 0, deepest: int = 0) -> Iterator[Piece]:
    for key, value in data.items():
        level = deepest if depth else _LEVELS.get(key, 0)
        if depth < level and value:
            yield from _pieces(value, f"{heading}{'  ' * depth}{key}:\n", depth + 1, level)
        else:
            yield heading, depth, {key: value}
        heading = ""


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
    if text[:1] in _NUMBER_STARTS and (_INT.fullmatch(text) or _BASED_INT.fullmatch(text) or _FLOAT.fullmatch(text)):
        return "'"  # text for YAML 1.1 that YAML 1.2 would read as a number, such as 0o17 or 1e5
    return "'" if text in _BOOL else "|" if "\n" in text else None


def _read_json(text: str) -> Any:
    data = json.loads(text, parse_constant=_refuse_constant, parse_float=_float)
    depth, members = _extent(data)
    if depth > MAX_DEPTH:
        raise ValueError("too deep")
    if members != len(_MEMBER.findall(_ESCAPED.sub("", text))):  # some stand twice, or a text begins with a colon
        json.loads(text, object_pairs_hook=_unique)
    return data


def _extent(data: Any) -> tuple[int, int]:
    """How deep containers stand in one another, and how many members all objects have together."""
    level, depth, members = [data], 0, 0
    while level := [node for node in level if type(node) is dict or type(node) is list]:
        below: list[Any] = []
        for node in level:
            if type(node) is dict:
                members += len(node)
                below += node.values()
            else:
                below += node
        level, depth = below, depth + 1
    return depth, members


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


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
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    if _BASED_INT.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and any(char in text for char in ".eE"):
        return _float(text)
    return text


def _float(text: str) -> float | str:
    """The number; the text itself where no float is so large."""
    number = float(text)
    return number if abs(number) != float("inf") else text


class _YamlBuilder:
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
                self.refuse(event, f"Nested deeper than {MAX_DEPTH} levels.", "Flatten it with $ref.")
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


class _JsonLines:
    """Where values stand in JSON text; a container is looked through as far as what is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[int, dict[str, tuple[int, int]]] = {}
        self._rest: dict[int, Iterator[tuple[str, tuple[int, int]]]] = {}
        """What was found of the container that begins there, and the search for the rest of it."""

    def line(self, pointer: str) -> int:
        """The line of the value or its nearest ancestor, counted from 0; a member of an object has its key's line."""
        if "\n" not in self.text:  # as programs write it
            return 0
        said = place = _after(self.text, 0)
        for key in pointer.split("/")[1:]:
            member = self._member(place, key)
            if member is None:
                break
            said, place = member
        return self.text.count("\n", 0, said)

    def _member(self, start: int, wanted: str) -> tuple[int, int] | None:
        found = self._found.setdefault(start, {})
        rest = self._rest.setdefault(start, self._walk(start))
        if wanted not in found:
            for key, places in rest:
                found[key] = places
                if key == wanted:
                    break
        return found.get(wanted)

    def _walk(self, start: int) -> Iterator[tuple[str, tuple[int, int]]]:
        """The key of each member of the container that begins there, and where it and its value begin."""
        kind, number = self.text[start], 0
        place = _after(self.text, start + 1)
        while kind in "{[" and self.text[place] not in "}]":
            key, value = str(number), place
            if kind == "{":
                name, after = _DECODER.raw_decode(self.text, place)
                key, value = escape(str(name)), _after(self.text, after)
            yield key, (place, value)
            place = _after(self.text, _DECODER.raw_decode(self.text, value)[1])
            number += 1


_DECODER = json.JSONDecoder()


def _after(text: str, place: int) -> int:
    """Where the next thing begins: white space and the signs between things are passed over."""
    found = _SPACE.match(text, place)
    return found.end() if found else place


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
