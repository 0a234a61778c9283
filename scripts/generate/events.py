"""What the API sends by itself: its webhooks, and the callbacks of its operations, as events with a payload each.

webhooks:                                            Event("order.created", payloads=(OrderCreated,),
  order.created:                               ->          tags={"type": {"order.created"}})
    post: {requestBody: {… OrderCreated …}}
paths./streams.post.callbacks.onData.{…}.post  ->    Event("streams.create.onData", …)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..documents import pointer
from .media import REF, Schema

VERBS = ("post", "put", "patch", "get", "delete", "options", "head", "trace")
"""What an event may be sent by, the usual first."""
_TAGS = ("type", "event", "event_type", "eventType", "name", "topic", "action", "kind")
"""What the property that names an event is mostly called; others come after these."""
_READ = ("/json", "+json", "*/*", "/x-www-form-urlencoded")
"""The ends of the media types whose bodies have members; those of forms are read once a framework took them apart."""
_DEEPEST = 20


@dataclass(frozen=True)
class Event:
    """One kind of message that the API sends to its user."""

    name: str
    """The webhook's key, or the operation's id and the callback's key."""
    payloads: tuple[Schema, ...]
    """What its body may be; none where the document describes none that has members."""
    text: str = ""
    source: str = ""
    is_callback: bool = False


@dataclass(frozen=True)
class Tag:
    """The property in which every webhook's body says which event it is."""

    wire: str
    events: dict[str, str]
    """The event's name by the property's value."""


def events(document: dict[str, Any], names: Mapping[str, str]) -> Iterator[Event]:
    """Every event, webhooks first; `names` has the operations' ids by their pointers."""
    for name, item in document.get("webhooks", {}).items():
        yield _event(name, [item])
    for path, item in document.get("paths", {}).items():
        for verb in VERBS:
            for name, callback in item.get(verb, {}).get("callbacks", {}).items():
                owner = names.get(pointer("paths", path, verb), path)
                yield _event(f"{owner}.{name}", callback.values(), is_callback=True)


def _event(name: str, items: Iterable[dict[str, Any]], is_callback: bool = False) -> Event:
    said = [item[verb] for item in items for verb in VERBS if verb in item]
    first = said[0] if said else {}
    found: list[Schema] = []
    for operation in said:
        for schema in _payloads(operation):
            if schema not in found:
                found.append(schema)
    text = first.get("summary") or first.get("description") or ""
    return Event(name, tuple(found), text, first.get("x-source", ""), is_callback)


def _payloads(operation: dict[str, Any]) -> Iterator[Schema]:
    for kind, media in operation.get("requestBody", {}).get("content", {}).items():
        if kind.partition(";")[0].strip().lower().endswith(_READ):
            yield media.get("schema", {})


def tag_of(found: Iterable[Event], schemas: Mapping[str, Schema]) -> Tag | None:
    """The property that tells the webhooks apart; None where the document names no such property.

    It has listed values in every payload, and no value in two of them.
    """
    values = {
        event.name: _shared(_listed(payload, schemas) for payload in event.payloads)
        for event in found
        if event.payloads and not event.is_callback
    }
    wires = _shared(values.values()) if values else {}
    for wire in sorted(wires, key=lambda wire: (_TAGS.index(wire) if wire in _TAGS else len(_TAGS), wire)):
        pairs = [(value, name) for name, lists in values.items() for value in sorted(lists[wire])]
        if len(dict(pairs)) == len(pairs):
            return Tag(wire, dict(pairs))
    return None


def _listed(schema: Schema, schemas: Mapping[str, Schema], depth: int = 0) -> dict[str, frozenset[str]]:
    """The properties that always have one of some listed texts, with those."""
    schema = schemas.get(schema.get("$ref", "").removeprefix(REF), schema)
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches and depth < _DEEPEST:
        return _shared(_listed(branch, schemas, depth + 1) for branch in branches)
    needed = schema.get("required", ())
    properties = schema.get("properties", {}).items()
    found = {wire: _texts(part, schemas) for wire, part in properties if wire in needed}
    return {wire: texts for wire, texts in found.items() if texts}


def _texts(schema: Schema, schemas: Mapping[str, Schema]) -> frozenset[str]:
    schema = schemas.get(schema.get("$ref", "").removeprefix(REF), schema)
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return frozenset(values) if all(isinstance(value, str) for value in values) else frozenset()


def _shared(several: Iterable[Mapping[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
    """What all have, with the values of any."""
    merged: dict[str, frozenset[str]] | None = None
    for one in several:
        known = merged if merged is not None else dict(one)
        merged = {wire: texts | one[wire] for wire, texts in known.items() if wire in one}
    return merged or {}
