"""Gives everything in the canonical document its Python name: by the rules, unless it was shipped or a person said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .. import canonical
from ..documents import escape
from ..problems import BadInput, Problem
from ..project import Api
from ..step import Outcome
from ..tree import Tree
from . import engines, pins
from .arguments import name_arguments, name_credentials
from .calls import calls
from .client import client_class
from .models import name_fields, name_models
from .moves import can_succeed, carried, succeeded
from .operations import name_operations, resource_classes
from .pins import Pins
from .scope import CLIENT, SCHEMAS, scope_of
from .shorter import shorter


def run(tree: Tree, api: Api) -> Outcome:
    """`spec/names.lock`: the names of all that is there, and of all that ever was."""
    with engines.MEMO.kept(tree.root, "names"):
        return _named(tree, api)


def _named(tree: Tree, api: Api) -> Outcome:
    document = canonical.load(tree)
    pinned, names = named(document, pins.load(tree))
    problems = [*pinned.problems, *unneeded(document, pinned, tree)]
    if problems:
        raise BadInput(problems)
    names[CLIENT] = client_class(document, api, pinned.shipped)
    lock = {**pinned.shipped, **names}
    summary = f"{len(names)} name{'s' * (len(names) != 1)}, {len(lock.keys() - pinned.shipped.keys())} of them new"
    return Outcome({pins.LOCK: pins.written(tree, lock)}, summary)


def known_names(document: dict[str, Any], pinned: Pins) -> Pins:
    """The pins as far as they hold for this document: what only moved or is spelled otherwise keeps its name."""
    return named(document, pinned)[0]


def named(document: dict[str, Any], pinned: Pins) -> tuple[Pins, dict[str, str]]:
    """Those pins, and the names that everything has by them."""
    pinned = carried(document, pinned)
    there = give_names(document, pinned)
    gone, new = pinned.shipped.keys() - there.keys(), there.keys() - pinned.shipped.keys()
    if not can_succeed(gone, new):
        return pinned, there
    left = replace(pinned, shipped={place: name for place, name in pinned.shipped.items() if place not in gone})
    pinned = succeeded(pinned, gone, give_names(document, left))
    return pinned, give_names(document, pinned)


def give_names(document: dict[str, Any], pinned: Pins) -> dict[str, str]:
    """The name of everything in the document, by pointer."""
    groups = _grouped(pinned.names)
    components = document["components"]
    operations = name_operations(document, groups["operations"])
    models = name_models(components["schemas"], groups["models"], resource_classes(operations), shorter(document))
    names = {**operations, **models}
    for key, schema in components["schemas"].items():
        place = f"{SCHEMAS}{escape(key)}/properties"
        names.update(name_fields(schema.get("properties", ()), place, groups[place]))
    for pointer, _, _, value in calls(document):
        names.update(_present(name_arguments(pointer, value, document, names, groups[pointer]), pointer, value))
    names.update(name_credentials(components.get("securitySchemes", {}), groups["credentials"]))
    return names


def _present(found: dict[str, str], operation: str, value: dict[str, Any]) -> dict[str, str]:
    """Without the arguments that only an earlier version of the operation had."""
    there = {f"{operation}/parameters/{p['in']}.{escape(p['name'])}" for p in value.get("parameters", ())}
    return {pointer: name for pointer, name in found.items() if pointer in there or "/requestBody/" in pointer}


def _grouped(names: dict[str, str]) -> defaultdict[str, dict[str, str]]:
    """The names by the scope in which each must be unique."""
    groups: defaultdict[str, dict[str, str]] = defaultdict(dict)
    scopes: dict[str, str] = {}
    for pointer, name in names.items():
        above = pointer.rpartition("/")[0]
        scope = scopes.get(above)
        if scope is None:
            scope = scopes[above] = scope_of(pointer)
        groups[scope][pointer] = name
    return groups


def unneeded(document: dict[str, Any], pinned: Pins, tree: Tree) -> Iterator[Problem]:
    """A problem for every exception that changes nothing, or gives a name that something else has."""
    if not pinned.exceptions:
        return
    without = give_names(document, pinned.without_exceptions())
    groups = _grouped(pinned.without_exceptions().shipped)
    for pointer, name in pinned.exceptions.items():
        line = pins.line_of(tree, pointer)
        if pointer not in without:
            what = f"Nothing in {canonical.PATH} stands at {pointer!r}."
            yield Problem(pins.EXCEPTIONS, what, "Correct the pointer, or remove the line.", line)
        elif without[pointer] == name:
            what = f"The rules name {pointer!r} {name!r} anyway."
            yield Problem(pins.EXCEPTIONS, what, "Remove the line.", line)
        elif name in groups[scope_of(pointer)].values():
            what = f"Another thing was published as {name!r}."
            yield Problem(pins.EXCEPTIONS, what, "Choose another name.", line)
