# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What a method is called with against its annotations, before anything is sent.

The annotations are the method's own, as text, read when its operation is first called. What each takes is kept as the
types that need no second look, which is nearly all there is to a call, and as questions to values of other types.
"""

from __future__ import annotations

import ast
import datetime
import importlib
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias, TypeGuard, cast
from uuid import UUID

from .annotations import parsed, positions
from .errors import ArgumentTypeError
from .narrow import is_array, is_iterable, is_mapping, is_tuple
from .operation import Operation
from .unset import Unset

Question: TypeAlias = Callable[[Any], bool]

_KINDS: dict[str, tuple[type[Any], ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "None": (type(None),),
    "bytes": (bytes, str),  # text is taken to be base64 already
    "datetime.datetime": (datetime.datetime,),
    "datetime.date": (datetime.date,),
    "datetime.time": (datetime.time,),
    "datetime.timedelta": (datetime.timedelta,),
    "UUID": (UUID,),
    "Decimal": (Decimal,),
}
_WRITTEN_AS_TEXT = (UUID, Decimal, datetime.date, datetime.time, datetime.timedelta)
"""What stands for text where the document says no more than that it is text."""
_LISTS = (list, tuple, set, frozenset, deque)
_FILES = ("FileInput", "FileContent")
_NO_FILES = (str, int, float, type(None), Unset, Mapping)  # a text may be a path or the content: who knows?
_NO_LISTS = (str, bytes, bytearray, memoryview, Mapping)
_MOST_SHOWN = 160


class Takes:
    """What one annotation takes; `models` is the package that its other names stand in."""

    def __init__(self, annotation: ast.expr, models: str) -> None:
        every = {ast.unparse(member): member for member in _members(annotation)}
        self.optional: bool = every.pop("Unset", None) is not None
        self.names: list[str] = list(every)
        self.is_file: bool = not every.keys().isdisjoint(_FILES)
        self.at_once: set[type[Any]] = set()
        """Values of exactly these types are fine."""
        self.items: set[type[Any]] = set()
        """Lists of values of exactly these types are fine, too."""
        self.anything: bool = "Any" in self.names
        self._questions: list[Question] = [self._asked(member, models) for member in every.values()]

    def __call__(self, value: Any) -> bool:
        if self.anything or type(value) in self.at_once:
            return True
        plain = value.value if isinstance(value, Enum) else value
        return any(question(plain) for question in self._questions)

    def _asked(self, member: ast.expr, models: str) -> Question:
        """The question to values that are not fine at once; `at_once` gets the types of those that are."""
        name = ast.unparse(member)
        if name in _FILES:
            return _is_file
        if name in _KINDS:
            return self._scalar(name)
        match member:
            case ast.Subscript(value=ast.Name(id="list" | "List" | "Sequence"), slice=item):
                return self._list(Takes(item, models))
            case ast.Subscript(value=ast.Name(id="tuple"), slice=items):
                first, more = positions(items)
                return _tuple([Takes(item, models) for item in first], Takes(more, models) if more else None)
            case ast.Subscript(value=ast.Name(id="dict" | "Mapping")):
                self.at_once.add(dict)
                return _is_object
            case ast.Subscript(value=ast.Name(id="Literal"), slice=values):
                listed = values.elts if isinstance(values, ast.Tuple) else [values]
                constants: list[object] = [ast.literal_eval(value) for value in listed]
                kinds = tuple({type(value) for value in constants})
                self.at_once.update(kinds)
                return lambda value: _is(value, kinds)
            case _:
                self.at_once.add(dict)
                return _Named(name, models)

    def _scalar(self, name: str) -> Question:
        kinds = _KINDS[name]
        self.at_once.update(kinds)
        if name == "str" and not any(kind.__name__ in text for kind in _WRITTEN_AS_TEXT for text in self.names):
            kinds = (*kinds, *_WRITTEN_AS_TEXT)
        if name == "int":
            return lambda value: _is(value, kinds) or (isinstance(value, float) and value.is_integer())
        return lambda value: _is(value, kinds)

    def _list(self, item: Takes) -> Question:
        if item.anything:
            self.at_once.update(_LISTS)
        self.items |= item.at_once

        def question(value: Any) -> bool:
            if _is_list(value):
                return item.at_once.issuperset(map(type, value)) or all(map(item, value))
            return is_iterable(value) and not isinstance(value, _NO_LISTS) and not hasattr(value, "__encode__")

        return question


def _tuple(first: list[Takes], more: Takes | None) -> Question:
    def question(value: Any) -> bool:
        if not is_array(value) and not is_tuple(value):
            return False
        takes = [*first, *([more] * (len(value) - len(first)) if more else ())]
        return len(takes) == len(value) and all(one(item) for one, item in zip(takes, value, strict=True))

    return question


class _Named:
    """Asks for a model, or for what an alias stands for."""

    def __init__(self, name: str, models: str) -> None:
        self._name = name
        self._models = models
        self._alias: Takes | None = None

    def __call__(self, value: Any) -> bool:
        if _is_object(value):
            return True
        if self._alias is None:
            target = getattr(importlib.import_module(self._models), self._name, None)
            if not isinstance(target, str):
                return target is None  # a name of nothing that is known here is not judged
            self._alias = Takes(parsed(target), self._models)
        return self._alias(value)


def _is(value: Any, kinds: tuple[type[Any], ...]) -> bool:
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _is_list(value: object) -> TypeGuard[Collection[Any]]:
    return isinstance(value, _LISTS)


def _is_object(value: Any) -> bool:
    return is_mapping(value) or hasattr(value, "__encode__")


def _is_file(value: Any) -> bool:
    return not isinstance(value, _NO_FILES) and not hasattr(value, "__encode__")


def _members(node: ast.expr) -> Iterator[ast.expr]:
    """The members of a union, also of one within a text."""
    match node:
        case ast.BinOp(left=left, right=right):
            yield from _members(left)
            yield from _members(right)
        case ast.Constant(value=str(text)):
            yield from _members(parsed(text))
        case _:
            yield node


class Argument:
    """One argument of a method."""

    def __init__(self, name: str, wire: str, takes: Takes) -> None:
        self.name = name
        self.wire = wire
        self.takes = takes

    def refused(self, operation: Operation[Any], value: Any) -> ArgumentTypeError:
        """The error for a value, which says its type and never the value itself."""
        expected = " | ".join(self.takes.names).replace("List[", "list[")
        shown = expected if len(expected) <= _MOST_SHOWN else f"{expected[:_MOST_SHOWN]}…"
        more = "; leave it out to send none" if value is None and self.takes.optional else ""
        if isinstance(value, str) and self.takes.is_file:
            more = "; write pathlib.Path(...) for a file on disk, or bytes for its content"
        return ArgumentTypeError(f"{operation.id}(): argument {self.name!r}: expected {shown}, got {_got(value)}{more}")


def _got(value: Any) -> str:
    if value is None:
        return "None"
    name = type(value).__name__
    if _is_list(value) and value:
        return f"{name} of {', '.join(sorted({type(item).__name__ for item in value}))}"
    return name


Checked: TypeAlias = tuple[str, frozenset[type[Any]], frozenset[type[Any]], Argument]
"""An argument, and before it what nearly every value is found fine by: its wire name, `at_once` and `items`."""

Arguments: TypeAlias = tuple[tuple[str, tuple[Checked, ...]], ...]
"""The arguments of a method that say what they take, by place."""


def check_arguments(resource: Any, operation: Operation[Any], given: Mapping[str, Any]) -> None:
    """Raise `ArgumentTypeError` for the first argument of another type than its annotation says.

    `given` has the values by place and wire name, as the method of the resource gives them to its call. What is left
    out is of no type; whether it may be, the operation knows.
    """
    known = operation.arguments
    if known is None:
        known = operation.arguments = _arguments(resource, operation, given)
    for place, arguments in known:
        values = cast("Mapping[str, object]", given[place] if place != "whole" else {"": given["body"]})
        for wire, at_once, items, argument in arguments:
            value: object = values[wire]
            kind = type(value)
            if kind in at_once or (items and kind is list and items.issuperset(map(type, cast("list[object]", value)))):
                continue
            if not argument.takes(value):
                raise argument.refused(operation, value)


def _arguments(resource: Any, operation: Operation[Any], given: Mapping[str, Any]) -> Arguments:
    method = getattr(cast(Any, type(resource)), operation.id.rpartition(".")[2], None)
    hints: Mapping[str, Any] = getattr(method, "__annotations__", {})
    models: str = resource._bound_client._api.models
    found: list[tuple[str, tuple[Checked, ...]]] = []
    for given_place, values in given.items():
        place = "whole" if given_place == "body" and "whole" in operation.names else given_place
        called = operation.names.get(place, {})
        wires = called if place == "whole" else values if is_mapping(values) else ()
        named = ((called.get(wire, wire), wire) for wire in wires)
        arguments = tuple(_argument(operation, place, name, wire, hints[name], models) for name, wire in named
                          if isinstance(hints.get(name), str))  # fmt: skip
        kept = tuple(
            (argument.wire, frozenset((*argument.takes.at_once, Unset)), frozenset(argument.takes.items), argument)
            for argument in arguments if not argument.takes.anything
        )  # fmt: skip
        if kept:
            found.append((place, kept))
    return tuple(found)


def _argument(operation: Operation[Any], place: str, name: str, wire: str, hint: str, models: str) -> Argument:
    takes = Takes(parsed(hint), models)
    if takes.optional and (place not in ("body", "whole") or "urlencoded" in (operation.body or "")):
        takes.at_once.add(type(None))  # there, null is no value and is left out
    return Argument(name, wire, takes)
