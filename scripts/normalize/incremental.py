"""Makes again what hangs on the classes that changed since the last whole run, and takes the rest from that run.

Where components changed by no more than what is in a class, these and all that look into them are made again by the
passes themselves, from a document of nothing but them and what they refer to: once as they were, once as they are.
A whole run would come to the same, because

1. nothing else can see the change. A class is still a class, and a reference that says no more than that a property or
   an answer is one leads no pass into it. Every other one is among `Ties.looks`, and what looks into something is made
   again with it; where an operation does, the whole is.
2. the small document stands for the large one: of the classes as they were, everything comes out as it did then.
3. of the classes as they are, nothing else comes out that others can see (`_Made.outside`): the same keys are asked for
   in turn, the same is told, all other components are the same, and so are references to those whose users matter.

Otherwise, or where a run met a way to look into a component that is not among these (`Ties.are_known`), the whole is
made. What is compared with is always a whole run, however many of this kind came since.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable
from typing import Any, NamedTuple

from ..cache import Parts, frozen
from ..documents import Document
from ..tree import Tree
from .context import Context, Json
from .unused import closure, referred
from .variants import is_marked
from .walk import within

Make = Callable[[Document, Context], Json]
"""Gives the canonical document of a description, all of it made anew."""
_MANY = 20
"""So many changed components are worth a whole run."""
_CLASS_TEXT = """
title description properties required additionalProperties example examples deprecated externalDocs minProperties
maxProperties
"""
_IN_CLASS = frozenset(_CLASS_TEXT.split())
"""What may change of a class."""
_OF_CLASS = ("type", "nullable", "x-nullable")
"""What others see of a class, so that it must not change."""
_WRITTEN = b"writeOnly"
_MORE = ("x-ms-discriminator-value", "x-discriminator-value")
"""Extensions that have a meaning."""


class _Whole(NamedTuple):
    """A whole run."""

    schemas: dict[str, bytes]
    """The components of the source."""
    said: list[tuple[str, str, str, str]]
    looks: list[tuple[str, str]]
    tagged: list[str]
    narrowed: list[str]
    differing: list[str]
    sent: list[str]
    document: bytes

    def lookers(self) -> dict[str, list[str]]:
        """What looks into each component."""
        found: dict[str, list[str]] = {}
        for looker, key in self.looks:
            found.setdefault(key, []).append(looker)
        return found


class Incremental:
    """A source, beside the one that the last whole run read."""

    def __init__(self, tree: Tree, entry: Document) -> None:
        self.entry = entry
        self.parts = Parts(tree.root, "whole")
        self.schemas: dict[str, bytes] = {}
        self.rest = b""
        """What stands for all but the contents of the components; empty where the whole must always be made."""
        components = entry.data.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        if isinstance(schemas, dict) and not {"swagger", "definitions"} & entry.data.keys():
            rest = {**entry.data, "components": {**components, "schemas": list(schemas)}}
            self.rest = hashlib.sha256(frozen((entry.where, rest))).digest()
            self.schemas = {key: frozen(schema) for key, schema in schemas.items()}

    def keep(self, context: Context, document: Json) -> None:
        """Remembers a whole run and what it made, if later ones can go on from it."""
        ties = context.ties
        are_named = self.schemas.keys() <= document["components"]["schemas"].keys()
        if self.rest and are_named and ties.are_known and len(context.said) == len(context.problems):
            seen = [*ties.looks], [*ties.tagged], [*ties.narrowed], [*ties.differing], [*ties.sent]
            whole = _Whole(self.schemas, context.said, *seen, marshal.dumps(document))
            self.parts.keep({self.rest: tuple(whole)})

    def made(self, make: Make) -> tuple[Json, Context] | None:
        """The canonical document and what was told of it; None where the whole must be made."""
        kept = self.parts.found(self.rest) if self.rest else None
        if kept is None:
            return None
        whole = _Whole(*kept)
        changed = {key for key, schema in self.schemas.items() if schema != whole.schemas[key]}
        pair = self._pair(changed, whole, make) if changed else None
        if changed and pair is None:
            return None
        document: Json = marshal.loads(whole.document)
        if pair is not None:
            known = document["components"]["schemas"]
            if not pair.was.is_part_of(known):
                return None
            known.update((key, pair.now.schemas[key]) for key in pair.own)
        context = Context(self.entry)
        for said in whole.said:
            context.tell(self.entry, *said)
        return document, context

    def _pair(self, changed: set[str], whole: _Whole, make: Make) -> _Pair | None:
        """What comes of the changed components and those that look into them; None where others can see the change."""
        if len(changed) > _MANY or not all(_is_class_still(whole.schemas[key], self.schemas[key]) for key in changed):
            return None
        touched = closure(whole.lookers(), changed)
        if "" in touched:
            return None
        needed = _reached(whole.schemas, touched) | _reached(self.schemas, touched)
        part = [key for key in self.schemas if key in needed]
        was, now = (
            _Made(self.entry, {key: schemas[key] for key in part}, make) for schemas in (whole.schemas, self.schemas)
        )
        pair = _Pair(was, now, was.own(touched))
        return pair if pair.is_hidden(whole) else None


class _Made:
    """What comes of some of the components alone."""

    def __init__(self, entry: Document, schemas: dict[str, bytes], make: Make) -> None:
        components = {"schemas": {key: marshal.loads(schema) for key, schema in schemas.items()}}
        document = Document(entry.where, {"openapi": entry.data["openapi"], "components": components}, "")
        self.context = Context(document)
        self.schemas: Json = make(document, self.context)["components"]["schemas"]

    def own(self, keys: set[str]) -> set[str]:
        """These components and those that were derived from them."""
        return keys | {key for key, root in self.context.roots.items() if root in keys and key in self.schemas}

    def is_part_of(self, schemas: Json) -> bool:
        """Whether everything is as it is among these components."""
        return all(key in schemas and frozen(schema) == frozen(schemas[key]) for key, schema in self.schemas.items())

    def outside(self, own: set[str], watched: set[str]) -> object:
        """All that others can see where these components are its own; who refers to the `watched` matters to others."""
        ties = self.context.ties
        seen = [(key, _seen(schema, watched) if key in own else frozen(schema)) for key, schema in self.schemas.items()]
        return self.context.said, self.context.roots, ties.asked, ties.looks, ties.narrowed, ties.are_known, seen


class _Pair(NamedTuple):
    """What came of components as they were, and as they are."""

    was: _Made
    now: _Made
    own: set[str]
    """The components that may differ."""

    def is_hidden(self, whole: _Whole) -> bool:
        """Whether only the components themselves show the change."""
        if self.own & {*whole.sent} or self.own & ({*whole.narrowed} ^ self.was.context.ties.narrowed):
            return False
        if any(_WRITTEN in frozen(self.now.schemas[key]) for key in self.own & {*whole.differing}):
            return False  # what is not answered goes where nothing is sent
        watched = {*whole.tagged, *whole.differing, *self.was.context.roots}
        return self.was.outside(self.own, watched) == self.now.outside(self.own, watched)


def _reached(schemas: dict[str, bytes], start: set[str]) -> set[str]:
    """These components, and all that they refer to: whatever the last step of something like a reference names."""
    found, todo = set(start), [*start]
    while todo:
        new = {ref.rpartition("/")[2] for ref in _references(marshal.loads(schemas[todo.pop()]))} & schemas.keys()
        todo += new - found
        found |= new
    return found


def _references(schema: Any) -> list[str]:
    found: list[Any] = []
    todo = [schema]
    for node in todo:  # which grows meanwhile
        if isinstance(node, dict):
            todo += node.values()
            mapping = node.get("mapping")
            found += [node.get("$ref"), node.get("defaultMapping")]
            found += mapping.values() if isinstance(mapping, dict) else ()
        elif isinstance(node, list):
            todo += node
    return [ref for ref in found if isinstance(ref, str)]


def _seen(schema: Json, watched: set[str]) -> object:
    """What others can see of a component."""
    parts = within(schema)
    shape = [(key, schema.get(key)) for key in ("$ref", "type", "enum", "anyOf")]
    tags = [part["discriminator"] for part in parts if "discriminator" in part]
    return frozen((shape, "properties" in schema, tags)), is_marked(parts), referred(schema) & watched


def _is_class_still(before: bytes, after: bytes) -> bool:
    """Whether two schemas are classes and differ by no more than what is in them."""
    was, now = marshal.loads(before), marshal.loads(after)
    return (
        _is_class(was) and _is_class(now) and [was.get(key) for key in _OF_CLASS] == [now.get(key) for key in _OF_CLASS]
    )


def _is_class(schema: Any) -> bool:
    """Whether a schema is an object with properties, and nothing more."""
    if not isinstance(schema, dict) or schema.get("type", "object") not in ("object", ["object", "null"]):
        return False
    is_known = all(key in _IN_CLASS or key in _OF_CLASS or _says_nothing(key) for key in schema)
    return is_known and isinstance(schema.get("properties"), dict) and bool(schema["properties"])


def _says_nothing(key: str) -> bool:
    return key.startswith("x-") and key not in _MORE
