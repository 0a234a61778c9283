"""Makes the schema of a message out of its field table and its example."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .. import documents
from . import fields, types
from .fields import Field, Table
from .fragment import Notes
from .lines import Line
from .samples import INFERRED, Inference, Scanner
from .types import Schema

NOTHING = object()
"""Stands for a sample that the page does not have; null is a sample."""

_OF_TYPE = re.compile(r"The (?:response|body|request body) is of type `?(.+?)`?\.?")
_OPTION = re.compile(r"(?:[-*] )?(Option \d+)(?: · (.+))?")
_ABOUT_FIELD = ("description", "deprecated", "default", "examples", "readOnly", "writeOnly")
"""What a field's row says of the field, whichever of its alternatives is meant."""
_OVERLAY = "State it in spec/overlay.yaml if that is wrong."


@dataclass(kw_only=True)
class Reader:
    """Reads the messages of one page."""

    scanner: Scanner
    notes: Notes
    subject: str
    """What the operation is about, in a word: names what has no name."""
    inference: Inference = field(default_factory=Inference)
    lines: dict[str, int] = field(default_factory=dict)

    def table(self, lines: list[Line]) -> Table:
        """The fields in these lines; what cannot be read is noted."""
        table = fields.parse(lines, self.scanner)
        for one in table.fields:
            for line, doubt in one.doubts:
                self.notes.settle(line, doubt, "Left out.", _OVERLAY)
        return table

    def message(self, lines: list[Line], sample: Any, place: str) -> Message:
        """What the lines of a body or response, and its sample, say; `place` is the pointer of its schema."""
        options = _options(lines)
        if len(options) < 2:
            first = next((index for index in range(len(lines)) if fields.starts_field(lines, index)), len(lines))
            head = [line for line in lines[:first] if not _OPTION.fullmatch(line.text)]
            lines = [*head, *lines[first:]]
            return self._single(self.table(lines), sample, place)
        members = []
        for number, (title, stated, part) in enumerate(options):
            message = self._single(self.table(part), NOTHING, place + documents.pointer("anyOf", number))
            schema = message.schema or (types.parse(stated) if stated and types.is_type(stated) else {})
            if not schema:
                line = part[0].number if part else lines[0].number
                self.notes.settle(line, f"{title} is named but not shown.", "Anything is allowed there.", _OVERLAY)
            members.append({"title": title} | schema)
        intro = [line for line in lines[: _first_option(lines)] if line.text]
        return Message({"anyOf": members}, intro, stated=True)

    def _single(self, table: Table, sample: Any, place: str) -> Message:
        stated = next((found[1] for line in table.intro if (found := _OF_TYPE.fullmatch(line.text))), "")
        intro = [line for line in table.intro if not _OF_TYPE.fullmatch(line.text)]
        type_schema = types.parse(stated) if types.is_type(stated) else None
        if table.fields:
            is_list = isinstance(sample, list) or (type_schema or {}).get("type") == "array"
            inner = self.object(table.fields, sample, place + ("/items" if is_list else ""))
            return Message({"type": "array", "items": inner} if is_list else inner, intro, stated=True)
        is_opaque = type_schema is not None and _object_in(type_schema)[1] is not None
        if type_schema is not None and (sample is NOTHING or not is_opaque):
            return Message(type_schema, intro, stated=not is_opaque)
        if sample is not NOTHING:
            return Message(self.inference.schema(sample, self.subject), intro, stated=False)
        return Message(None, intro, stated=True)

    def object(self, rows: list[Field], sample: Any, place: str) -> Schema:
        """The object that a table describes; the sample fills in children that the table does not show."""
        return self._properties({"type": "object"}, _nested(rows, sample), sample, place)

    def _properties(self, schema: Schema, nodes: list[Node], sample: Any, place: str) -> Schema:
        properties: Schema = {}
        required: list[str] = []
        for node in nodes:
            if re.fullmatch(r"\{.*\}|<.*>|\[key: .*\]", node.name):
                schema["additionalProperties"] = self._value(node, NOTHING, f"{place}/additionalProperties")
                continue
            inner = f"{place}{documents.pointer('properties', node.name)}"
            value = _member(sample, node.name)
            made = self._value(node, value, inner)
            if node.name in properties:
                if made != properties[node.name]:
                    what = f"The field {node.name!r} stands twice with different meanings."
                    self.notes.settle(node.row.line, what, "The first one counts.", _OVERLAY)
                continue
            properties[node.name] = made
            self.lines[inner] = node.row.line
            if node.row.required:
                required.append(node.name)
        if properties:
            schema["properties"] = properties
        return schema | ({"required": required} if required else {})

    def _value(self, node: Node, sample: Any, place: str) -> Schema:
        """The schema of a field with what is inside of it.

        Before: the tabs `Card` and `Bank transfer`, and the children of the first
        After:  {anyOf: [{title: Card, type: object, properties: …}, {title: Bank transfer}]}
        """
        if not node.row.variants:
            return self._shown(node, sample, place)
        schema = self._shown(node, sample, place + documents.pointer("anyOf", 0))
        first, *others = node.row.variants
        hidden = " and ".join(map(repr, others))
        what = f"{node.row.name!r} is one of several things, and the page names but does not show {hidden}."
        self.notes.settle(node.row.line, what, "Anything is allowed there.", _OVERLAY)
        about = {key: schema.pop(key) for key in _ABOUT_FIELD if key in schema}
        members = schema.get("anyOf", [schema])
        null = [member for member in members if member == {"type": "null"}]
        real = [member for member in members if member not in null]
        shown = real[0] if len(real) == 1 else {"anyOf": real}
        return {"anyOf": [shown | {"title": first}, *({"title": other} for other in others), *null]} | about

    def _shown(self, node: Node, sample: Any, place: str) -> Schema:
        schema = node.row.described()
        keys, target = _object_in(schema)
        if target is None:
            if node.row.collapsed or node.children:
                what = f"{node.row.name!r} has children and is no object."
                self.notes.settle(node.row.line, what, "The children are left out.", _OVERLAY)
            return schema
        if node.children:
            inner = self._properties(dict(target), node.children, sample, place + documents.pointer(*keys))
            target.update(inner)
        elif isinstance(value := _unwrapped(sample), dict) and value:
            inferred = self.inference.schema(value, node.name)
            target.update(inferred if "$ref" not in inferred else {"allOf": [{"$ref": inferred["$ref"]}], **INFERRED})
        return schema


@dataclass
class Message:
    """What a page says about one body or response."""

    schema: Schema | None
    """None when it says nothing."""
    intro: list[Line]
    """Prose before the table."""
    stated: bool
    """The schema does not come from a sample."""

    def description(self) -> str:
        """The prose as one text."""
        return "\n".join(line.text for line in self.intro)


@dataclass
class Node:
    """A field and the fields inside of it."""

    name: str
    row: Field
    children: list[Node] = field(default_factory=list)


def _nested(rows: list[Field], sample: Any) -> list[Node]:
    """The rows as a tree: pages write `flow.position.x`, or the bare names after "Show child attributes"."""
    roots: list[Node] = []
    known: dict[str, Node] = {}
    open_path = ""
    for row in rows:
        path = _parent(row.name, known)
        name = row.name[len(path) :].lstrip("[].") if path else row.name
        if not path and open_path and _belongs(sample, open_path, name):
            path = open_path
        node = Node(name or row.name, row)
        (known[path].children if path else roots).append(node)
        full = f"{path}.{node.name}" if path else node.name
        known.setdefault(full, node)
        if row.collapsed:
            open_path = full
    return roots


def _parent(name: str, known: dict[str, Node]) -> str:
    """The longest known field that this dotted name lies in."""
    position = len(name)
    while (position := name.rfind(".", 0, position)) > 0:
        prefix = name[:position].removesuffix("[]")
        if prefix in known:
            return prefix
    return ""


def _belongs(sample: Any, path: str, name: str) -> bool:
    """Whether the sample has the name inside of the path and not outside: only then is a bare name a child."""
    value = _unwrapped(sample)
    if not isinstance(value, dict) or name in value:
        return False
    for part in path.split("."):
        value = _unwrapped(_member(value, part))
    return isinstance(value, dict) and name in value


def _member(sample: Any, name: str) -> Any:
    value = _unwrapped(sample)
    return value.get(name, NOTHING) if isinstance(value, dict) else NOTHING


def _unwrapped(sample: Any) -> Any:
    while isinstance(sample, list) and sample:
        sample = sample[0]
    return sample


def _object_in(schema: Schema) -> tuple[list[str | int], Schema | None]:
    """Where in a field's schema the object stands that has the children, and that object."""
    if schema.get("type") == "object":
        return [], schema
    if schema.get("type") == "array":
        keys, target = _object_in(schema["items"])
        return ["items", *keys], target
    for number, member in enumerate(schema.get("anyOf", ())):
        keys, target = _object_in(member)
        if target is not None:
            return ["anyOf", number, *keys], target
    return [], None


def _first_option(lines: list[Line]) -> int | None:
    return next((index for index, line in enumerate(lines) if _OPTION.fullmatch(line.text)), None)


def _options(lines: list[Line]) -> list[tuple[str, str, list[Line]]]:
    """The alternatives of a message: title, type and lines of each; none when the tabs belong to a field."""
    first = _first_option(lines)
    if first is None or any(fields.starts_field(lines, index) for index in range(first)):
        return []
    options: dict[str, tuple[str, list[Line]]] = {}
    part: list[Line] = []
    for line in lines[first:]:
        found = _OPTION.fullmatch(line.text)
        if found:
            part = options.setdefault(found[1], (found[2] or "", []))[1]
        else:
            part.append(line)
    shown = [title for title, (_, part) in options.items() if any(line.text for line in part)]
    if len(shown) == 1 and shown[0] == list(options)[-1]:  # tabs in a row, then the first one's fields
        names = list(options)
        options[names[0]], options[names[-1]] = (options[names[0]][0], part), (options[names[-1]][0], [])
    return [(title, stated, part) for title, (stated, part) in options.items()]
