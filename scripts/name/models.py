"""Names classes and their fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from ..documents import escape
from .engines import class_name, field_name
from .reserved import CLASSES, FIELDS, KEYWORDS, MODULES
from .scope import Scope
from .words import LONGEST, has_twin, parts, pascal, short_hash, snake, spelled, stem, words

_SIGNED = re.compile(r"[+-]\d")
"""What begins a number, of which the sign is a part: `+1` and `-1`."""


def name_models(
    schemas: dict[str, Any],
    pinned: dict[str, str],
    resources: Iterable[str],
    short: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """The class name of every component, by its pointer; `short` has better texts than keys, by the key."""
    pointers = {key: f"/components/schemas/{escape(key)}" for key in schemas}
    if pinned.keys() >= set(pointers.values()):  # nothing new: there is nothing to choose
        return {pointer: pinned[pointer] for pointer in pointers.values()}
    scope = Scope({*CLASSES, *resources, *MODULES}, fold=_module)
    for pointer, name in pinned.items():
        scope.pin(pointer, name)
    keys = list(schemas)
    for key in sorted(keys, key=lambda key: (len(key) > LONGEST, stem(key) != key or key in short)):
        scope.give(pointers[key], class_names(key, short.get(key, key), has_twin(key, schemas)))
    return {pointer: scope.names[pointer] for pointer in pointers.values()}


def _module(name: str) -> str:
    """The name as its module has it, where case and the places of the words do not count."""
    return "".join(words(name))


def class_names(key: str, short: str = "", in_full: bool = False) -> Iterator[str]:
    """Names for a component, the best first: without the endings of the server's code, unless `in_full`, then with."""
    texts = (short or key, key) if in_full else (stem(short or key), short or key, stem(key), key)
    for text in dict.fromkeys(texts):
        name = pascal(parts(text))
        if name and class_name(name).lower() == name.lower():
            yield class_name(name)
    name = pascal(parts(stem(key))) or f"Model{short_hash(key).title()}"
    yield class_name(f"{name}Object" if name.endswith("Model") else f"{name}Model")
    yield class_name(pascal(part.capitalize() for part in spelled(key)) or f"Model{short_hash(key).title()}")


def name_fields(properties: Iterable[str], place: str, pinned: dict[str, str]) -> dict[str, str]:
    """The field name of every property, by its pointer."""
    wires = list(properties)
    pointers = {wire: f"{place}/{escape(wire)}" for wire in wires}
    if pinned.keys() >= set(pointers.values()):  # nothing new, as nearly always: there is nothing to choose
        return {pointer: pinned[pointer] for pointer in pointers.values()}
    scope = Scope({*FIELDS, *KEYWORDS})
    for pointer, name in pinned.items():
        scope.pin(pointer, name)
    for wire in sorted(wires, key=_is_respelled):
        scope.give(pointers[wire], field_names(wire))
    return {pointer: scope.names[pointer] for pointer in pointers.values()}


@lru_cache(65536)
def _is_respelled(wire: str) -> bool:
    """Whether the field has another name than on the wire; those that have the same choose first."""
    return snake(words(wire)) != wire


def field_names(wire: str) -> Iterator[str]:
    """Names for a property, the best first."""
    yield from map(field_name, wire_names(wire))


def wire_names(wire: str) -> Iterator[str]:
    """Names for what is called so on the wire: its words, then with its symbols spelled out, then marked."""
    plain = _begin(snake(words(wire)))
    joints = re.sub(r"(?<=[^\W_])[_ ]+(?=[^\W_])", "\0", wire)  # between words they say nothing
    said = _begin(snake(spelled(joints)))
    if _SIGNED.match(wire):
        yield said
    if plain:
        yield plain
        yield f"{plain}_"
    if said:
        yield said
    if plain:
        yield f"{plain}_{short_hash(wire)}"
    yield f"field_{short_hash(wire)}" if wire else "empty"


def _begin(name: str) -> str:
    return f"field_{name}" if name[:1].isdecimal() else name
