"""Which operations answer in pages, and how the next page is asked for: inferred, or as `spec/api.toml` says.

An operation is taken for a page only if its answer has one array of items and a mark of a known kind, and the request
has the argument that the next call needs. A list without marks is a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from .annotations import literal
from .code import call
from .page_marks import (
    CONTAINERS,
    CURRENT,
    CURSORS,
    ENDS,
    FIRST_ITEM,
    ITEMS,
    LINKS,
    NUMBERS,
    OFFSETS,
    PAGE_WORDS,
    SIZES,
    cursor_fits,
    is_url,
    normal,
)
from .plan import Answer, Argument, Model, Operation, Plan, Schema

Path: TypeAlias = tuple[str, ...]
Found = dict[str, str | int] | None
"""What a rule found, as arguments of the runtime's class; None if it does not hold."""
CLASSES = {
    "cursor": "NextCursor",
    "item": "NextItem",
    "number": "NextNumber",
    "offset": "NextOffset",
    "link": "NextLink",
}
"""The runtime's class for each kind of pages."""
_DEPTH = 3
_MOST_REFERENCES = 20
_MOST_BESIDE = 5
"""Members, the array among them, that a page has beside what speaks of pages; the most we know is 4."""


@dataclass(frozen=True)
class Paging:
    """How the pages of one operation follow each other."""

    kind: str
    """One of `CLASSES`."""
    values: Mapping[str, str | int]
    """The arguments of the class: wire names, dotted where a member stands in another."""
    schema: Schema
    """The answer."""
    items: Path
    """The keys that lead to the array; none if the answer is the array."""

    @property
    def name(self) -> str:
        """The runtime's class."""
        return CLASSES[self.kind]

    @property
    def code(self) -> str:
        """`NextCursor(items="items", next="next", send="cursor")`"""
        return call(self.name, (f"{name}={literal(value)}" for name, value in self.values.items()))


def inferred(plan: Plan) -> dict[str, Paging]:
    """The operations that are pages by what the document says, by their ids."""
    found = ((operation.id, infer(plan, operation)) for operation in plan.operations)
    return {name: paging for name, paging in found if paging}


def infer(plan: Plan, operation: Operation) -> Paging | None:
    """How the operation pages; None if it does not, or that is not certain."""
    answer = page_answer(operation)
    if operation.verb != "GET" or answer is None or answer.schema is None:
        return None
    shape = Shape(plan, answer.schema)
    items = shape.items()
    if items is None:
        return None
    page = _Page(operation, answer, shape, items)
    for rule in RULES:
        values = rule(page)
        if values is not None:
            start = {"items": ".".join(items)} if items or rule is not _link_header else {}
            return Paging(_KINDS[rule], {**start, **values}, answer.schema, items)
    return None


def page_answer(operation: Operation) -> Answer | None:
    """The one answer of a success that has a body, if it is JSON."""
    found = [answer for answer in operation.answers if answer.success and answer.schema is not None]
    found = [answer for answer in found if not answer.reads]
    return found[0] if len(found) == 1 and "json" in found[0].media_type and not found[0].reads else None


class Shape:
    """The members of an answer, as far as marks are looked for."""

    def __init__(self, plan: Plan, schema: Schema) -> None:
        self.plan = plan
        self.root = self.target(schema)
        self.members: dict[Path, Schema] = dict(self._members(self.root, ()))

    def target(self, schema: Schema) -> Schema:
        """The schema behind references and `or null`."""
        model = self.model(schema)
        return _not_null(schema) if model is None else _not_null(model.schema)

    def model(self, schema: Schema) -> Model | None:
        """The last model behind references and `or null`."""
        found: Model | None = None
        for _ in range(_MOST_REFERENCES):
            model = self.plan.model(_not_null(schema))
            if model is None:
                break
            found, schema = model, model.schema
        return found

    def _members(self, schema: Schema, path: Path) -> Iterator[tuple[Path, Schema]]:
        for wire, part in schema.get("properties", {}).items():
            target = self.target(part)
            text = part.get("description") or target.get("description", "")
            yield (*path, wire), {**target, "description": text}
            if len(path) + 1 < _DEPTH and not is_type(target, "array"):
                yield from self._members(target, (*path, wire))

    def items(self) -> Path | None:
        """The way to the only array, or the only one with a usual name; none where that is not clear."""
        if is_type(self.root, "array"):
            return ()
        arrays: list[Path] = [path for path, schema in self.members.items() if is_type(schema, "array")]
        outer = [path for path in arrays if path[1:] == ()] or [path for path in arrays if len(path) < _DEPTH]
        clear = outer if len(outer) == 1 else [path for path in outer if normal(path[-1]) in ITEMS]
        return clear[0] if len(clear) == 1 and not self._is_thing() else None

    def _is_thing(self) -> bool:
        """Whether the answer is one thing with a list in it: it has an id, or says much that is not about a page."""
        said = [wire for wire in self.root.get("properties", {}) if not PAGE_WORDS & set(normal(wire).split("_"))]
        return "id" in said or len(said) > _MOST_BESIDE

    def marks(self, items: Path, kind: str) -> Iterator[tuple[Path, Schema]]:
        """Members of a type where marks of pages stand: beside the items, above them, or in an object named for it."""
        for path, schema in self.members.items():
            home = path[:-1]
            named = all(CONTAINERS & set(normal(key).split("_")) for key in home if key not in items[:-1])
            if named and is_type(schema, kind):
                yield path, schema


@dataclass(frozen=True)
class _Page:
    """An operation that may be a page, as the rules look at it."""

    operation: Operation
    answer: Answer
    shape: Shape
    items: Path

    def mark(self, kind: str, names: frozenset[str]) -> str:
        """The first member of a type that has one of the names, dotted; empty if there is none."""
        return next((".".join(p) for p, _ in self.shape.marks(self.items, kind) if normal(p[-1]) in names), "")

    def arguments(self, kind: str, names: frozenset[str] | None = None) -> Iterator[Argument]:
        """The query arguments of a type, and of these names."""
        for argument in self.operation.arguments:
            right = argument.place == "query" and (names is None or normal(argument.wire) in names)
            schema = self.shape.target(argument.schema)
            if right and is_type(schema, kind) and schema.get("format") not in ("date", "date-time"):
                yield argument

    def ends(self, *names: str) -> dict[str, str]:
        """What tells the end: the best of the marks that there are."""
        found = ((name, self.mark(*ENDS[name])) for name in names)
        return next(({name: mark} for name, mark in found if mark), {})


def _not_null(schema: Schema) -> Schema:
    """The one thing that a value is if it is not null, or the schema as it is."""
    parts = schema.get("anyOf") or schema.get("oneOf") or []
    choices: list[Schema] = [part for part in parts if part.get("type") != "null"]
    return choices[0] if len(choices) == 1 else schema


def is_type(schema: Schema, kind: str) -> bool:
    """Whether values are of a JSON type; an integer is a number, and what may be text or null is text."""
    types = schema.get("type")
    named: list[Any] = [types] if isinstance(types, str) else [*(types or ())]
    named += [part.get("type") for part in schema.get("anyOf", ())]
    return kind in named or (kind == "number" and "integer" in named)


def _cursor(page: _Page) -> Found:
    fits = [
        (rank, argument.wire, ".".join(path))
        for sent, came in (("string", "string"), ("number", "number"), ("string", "number"))
        for argument in page.arguments(sent)
        for path, schema in page.shape.marks(page.items, came)
        if (rank := cursor_fits(normal(argument.wire), path)) and not is_url(path, schema)
    ]
    if not fits or {2, 3} <= {rank for rank, *_ in fits}:  # which one is next, and which an echo?
        return None
    _, send, mark = min(fits, key=lambda fit: fit[0])
    return None if _counts_too(page, send) else {"next": mark, "send": send, **page.ends("more")}


def _counts_too(page: _Page, send: str) -> bool:
    """Whether it answers by offsets as well, and says where it is: then cursors only come if they are asked for."""
    offset = _offset(page) or {}
    return "total" in offset and "current" in offset and offset["send"] != send


def _item(page: _Page) -> Found:
    more = page.ends("more")
    element = page.shape.target(_element(page))
    argument = next(page.arguments("string", FIRST_ITEM), None)
    return {"id": "id", "send": argument.wire, **more} if more and argument and _has_id(element) else None


def _element(page: _Page) -> Schema:
    array = page.shape.members[page.items] if page.items else page.shape.root
    element: Schema = array.get("items", {})
    return element


def _has_id(element: Schema) -> bool:
    return any(is_type(element.get("properties", {}).get("id", {}), kind) for kind in ("string", "number"))


def _link(page: _Page) -> Found:
    links = [p for p, s in page.shape.marks(page.items, "string") if normal(p[-1]) in LINKS and is_url(p, s)]
    links += [p for p, _ in page.shape.marks(page.items, "string") if [normal(k) for k in p[-2:]] == ["next", "href"]]
    return {"next": ".".join(links[0])} if links else None


def _link_header(page: _Page) -> Found:
    documented = any(name.lower() == "link" for name in page.answer.headers)
    asks = any(a.place == "query" and normal(a.wire) in SIZES | NUMBERS | CURSORS for a in page.operation.arguments)
    return {} if documented and asks else None


def _number(page: _Page) -> Found:
    return _counted(page, NUMBERS, ("more", "last", "total"), 1)


def _offset(page: _Page) -> Found:
    return _counted(page, OFFSETS, ("more", "total"), 0)


def _counted(page: _Page, names: frozenset[str], ends: tuple[str, ...], usual: int) -> Found:
    end = page.ends(*ends)
    texts = page.arguments("string", names) if end else ()  # some documents call everything in a query text
    for argument in (*page.arguments("number", names), *texts):
        echo = page.mark("number", frozenset({normal(argument.wire)}) | (CURRENT if names is NUMBERS else frozenset()))
        if echo or end:
            first = _first(page.shape.target(argument.schema), argument.schema, usual)
            current = {"current": echo} if echo else {}
            return {"send": argument.wire, **current, **end, **({"first": first} if first != usual else {})}
    return None


def _first(target: Schema, schema: Schema, usual: int) -> int:
    """The number that stands for the first page: the default, or the least, if it is 0 or 1."""
    said = (part.get(key) for key in ("default", "minimum") for part in (schema, target))
    return next((int(value) for value in said if value in (0, 1) and not isinstance(value, bool)), usual)


Rule = Callable[[_Page], Found]
_KINDS: dict[Rule, str] = {
    _cursor: "cursor",
    _link: "link",
    _link_header: "link",
    _item: "item",
    _offset: "offset",
    _number: "number",
}
RULES = tuple(_KINDS)
"""In the order in which they are tried; the first that finds all it needs is taken."""
