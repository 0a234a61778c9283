"""Names each field of which two pages of one age say different things, where one of the pages outweighs the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import overlay
from ..documents import pointer
from ..problems import Problem
from .components import reason
from .operations import Operation, Statement, parameters, responses
from .schemas import brief, canonical, compatible, listed
from .sources import Source, mapping

MAX_COMPARED = 5_000
"""Pairs of schemas that are compared for one operation; schemas that refer to themselves have no end."""
MAX_REFERENCES = 20
"""References that are followed in a row."""


@dataclass(frozen=True)
class _Place:
    """A schema, and where its source has it."""

    source: Source
    keys: tuple[str | int, ...]
    schema: Any

    def at(self, *keys: str | int) -> _Place:
        """What stands inside of it.

        Raises:
            KeyError, TypeError: Nothing does.
        """
        found = self.schema
        for key in keys:
            found = found[key]
        return _Place(self.source, (*self.keys, *keys), found)

    def resolved(self) -> _Place:
        """Where the reference leads, through `null` beside it: `anyOf: [{$ref: …}, {type: 'null'}]`."""
        place = self
        for _ in range(MAX_REFERENCES):
            schema = mapping(place.schema)
            reference = schema.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/"):
                keys = [key.replace("~1", "/").replace("~0", "~") for key in reference[2:].split("/")]
                try:
                    place = _Place(self.source, (), self.source.document).at(*keys)
                except (KeyError, TypeError):
                    return place
                continue
            key = next((key for key in ("anyOf", "oneOf", "allOf") if listed(schema.get(key))), "")
            real = [n for n, one in enumerate(listed(schema.get(key))) if mapping(one).get("type") != "null"]
            if len(real) != 1 or "properties" in schema:
                return place
            place = place.at(key, real[0])
        return place

    def fields(self) -> dict[str, _Place]:
        """The fields of an object, those of its `allOf` included."""
        found: dict[str, _Place] = {}
        todo = [self]
        for _ in range(MAX_REFERENCES):
            if not todo:
                break
            place = todo.pop(0).resolved()
            for name in mapping(mapping(place.schema).get("properties")):
                found.setdefault(name, place.at("properties", name))
            todo += [place.at("allOf", number) for number in range(len(listed(mapping(place.schema).get("allOf"))))]
        return found


def disagreements(operation: Operation) -> Iterator[Problem]:
    """A settled problem for each field that a page outweighed at equal age types differently; it names both places.

    Pages of equal weight are no matter of this: a person decides between those.
    """
    best = operation.best
    for peer in operation.peers:
        if peer.source.weight == best.source.weight:
            continue
        for part, theirs, ours in _parts(peer, best):
            for name, found, held in _contradicted(theirs, ours):
                yield _problem(peer, best, f"{name!r} of {part}" if name else part, found, held)


def _problem(peer: Statement, best: Statement, name: str, found: _Place, held: _Place) -> Problem:
    there = held.source.at(pointer(*held.keys))
    what = f"{peer} has {name} as {_told(found)}, and as {_told(held)} on {there}, a page of the same age."
    fix = f"If this page is right, say so in an overlay action with target: {overlay.query(*held.keys)}."
    return found.source.problem(pointer(*found.keys), what, fix, reason(best.source, peer.source))


def _told(place: _Place) -> str:
    options = listed(mapping(place.schema).get("enum"))
    return brief(place.schema) + (f" ({', '.join(map(str, options[:10]))})" if options else "")


def _parts(peer: Statement, best: Statement) -> Iterator[tuple[str, _Place, _Place]]:
    """The schemas that both statements have, each under its name for a reader."""
    ours = {name: (keys, schema) for name, keys, schema in _schemas(best)}
    for name, keys, schema in _schemas(peer):
        if name in ours:
            yield name, _Place(peer.source, keys, schema), _Place(best.source, *ours[name])


def _schemas(statement: Statement) -> Iterator[tuple[str, tuple[str | int, ...], Any]]:
    top = statement.keys
    for index, parameter in enumerate(parameters(statement.operation)):
        if "schema" in parameter:
            name = f"the {parameter.get('in')} parameter {parameter.get('name')!r}"
            yield name, (*top, "parameters", index, "schema"), parameter["schema"]
    for name, keys, message in _messages(statement):
        for media_type, media in mapping(mapping(message).get("content")).items():
            if "schema" in mapping(media):
                yield f"{name} ({media_type})", (*top, *keys, "content", media_type, "schema"), media["schema"]


def _messages(statement: Statement) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """The request body and the responses; the only success is one thing, also where a page names no status."""
    yield "the request body", ("requestBody",), statement.operation.get("requestBody")
    answers = responses(statement.operation)
    successes = [status for status in answers if status.startswith("2")]
    for status, response in answers.items():
        name = "the answer" if successes == [status] else f"the answer {status}"
        yield name, ("responses", status), response


def _contradicted(found: _Place, held: _Place) -> Iterator[tuple[str, _Place, _Place]]:
    """The fields inside of both schemas, by their dotted names, of which the two say different things."""
    todo = [("", found, held)]
    seen: set[tuple[int, int]] = set()
    while todo and len(seen) < MAX_COMPARED:
        name, stated, kept = todo.pop()
        found, held = stated.resolved(), kept.resolved()
        pair = id(found.schema), id(held.schema)
        if pair in seen or stated.schema == kept.schema:  # one reference twice: the component's own problem tells
            continue
        seen.add(pair)
        if not compatible(found.schema, held.schema) or _other_options(found.schema, held.schema):
            yield name, stated, kept
        else:
            todo.extend(reversed(list(_inside(name, found, held))))


def _inside(name: str, found: _Place, held: _Place) -> Iterator[tuple[str, _Place, _Place]]:
    theirs, ours = found.fields(), held.fields()
    for key in theirs:
        if key in ours:
            yield f"{name}.{key}" if name else key, theirs[key], ours[key]
    if all(isinstance(mapping(place.schema).get("items"), dict) for place in (found, held)):
        yield f"{name}[]", found.at("items"), held.at("items")


def _other_options(one: Any, other: Any) -> bool:
    """Whether both list the values that are allowed, and not the same ones."""
    lists = [listed(mapping(canonical(schema)).get("enum")) for schema in (one, other)]
    mine, theirs = ([value for value in values if value is not None] for values in lists)
    return bool(mine) and bool(theirs) and mine != theirs
