# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What a value may be: one small object per form of annotation.

A spec answers for each JSON type whether a value of that type is fine as it came (`True`), can never be meant
(`False`), or has to be looked at, and then by which function. So whatever can be decided once per type is decided once,
and reading an answer touches only what needs it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, cast

from .drift import Context, Path, json_kind, json_type
from .narrow import is_array, is_object

Convert: TypeAlias = Callable[[Any, Path, Context], Any]
Fit: TypeAlias = Convert | bool

_MOST_NAMED = 8


class Spec(ABC):
    """What one annotation accepts. `textual` ones make values whose JSON text has to be remembered."""

    textual: bool = False

    @property
    @abstractmethod
    def name(self) -> str:
        """What is expected, in JSON's words, for drifts."""

    @abstractmethod
    def fit(self, kind: type[Any]) -> Fit:
        """Whether, or by which function, values of this JSON type are read."""

    def sole(self, kind: type[Any]) -> Spec:
        """The spec that reads values of this JSON type, where that is one part of this one; else this one itself."""
        return self

    def accepts(self, value: object) -> bool:
        """Whether this very value is what was meant; asked only where a union has to choose."""
        return self.fit(type(value)) is not False


class Plain(Spec):
    """A JSON type that needs no reading."""

    def __init__(self, name: str, kinds: tuple[type[Any], ...]) -> None:
        self._name = name
        self._kinds = kinds

    @property
    def name(self) -> str:
        return self._name

    def fit(self, kind: type[Any]) -> Fit:
        if kind is float and self._kinds == (int,):
            return _whole
        return kind in self._kinds

    def accepts(self, value: object) -> bool:
        return type(value) in self._kinds or (self._kinds == (int,) and type(value) is float and value.is_integer())


def _whole(value: float, path: Path, context: Context) -> float | int:
    """`3.0` is an integer in JSON."""
    if value.is_integer():
        return int(value)
    context.report(path, "integer", "number")
    return value


class Anything(Spec):
    """Any value at all."""

    @property
    def name(self) -> str:
        return "anything"

    def fit(self, kind: type[Any]) -> Fit:
        return True


ANYTHING = Anything()


class Parsed(Spec):
    """A string in a form that Python has a type for; any other string stays as it is."""

    textual = True

    def __init__(self, name: str, parse: Callable[[str], Any]) -> None:
        self._name = name
        self.parse = parse

    @property
    def name(self) -> str:
        return self._name

    def fit(self, kind: type[Any]) -> Fit:
        return self._read if kind is str else False

    def _read(self, value: str, path: Path, context: Context) -> Any:
        try:
            return self.parse(value)
        except (ValueError, ArithmeticError):
            context.report(path, self._name, "string")
            return value

    def accepts(self, value: object) -> bool:
        try:
            return type(value) is str and self.parse(value) is not None
        except (ValueError, ArithmeticError):
            return False


class Listed(frozenset[Any]):
    """The values of one JSON type that a literal lists; called, it reports one that is not among them."""

    expected: str

    def __call__(self, value: object, path: Path, context: Context) -> Any:
        if value not in self:
            context.report(path, self.expected, f"another {json_type(value)}")
        return value


class Literals(Spec):
    """One of some values; any other value of their types stays as it is, and is a drift."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = tuple(values)
        self._by_kind = {
            kind: Listed(v for v in values if type(v) is kind) for kind in dict.fromkeys(map(type, values))
        }
        for listed in self._by_kind.values():
            listed.expected = self.name

    @property
    def name(self) -> str:
        some = ", ".join(map(repr, self.values[:_MOST_NAMED]))
        return f"one of {some}{', …' if len(self.values) > _MOST_NAMED else ''}"

    def fit(self, kind: type[Any]) -> Fit:
        return self._by_kind.get(kind, False)

    def accepts(self, value: object) -> bool:
        return value in self._by_kind.get(type(value), ())


class ListOf(Spec):
    """An array whose items are all of one spec; an item that is not stays as it is."""

    def __init__(self, item: Spec) -> None:
        self.item = item
        self.textual = item.textual
        self._fits: dict[type[Any], Fit] = {}

    @property
    def name(self) -> str:
        return f"array of {self.item.name}"

    def fit(self, kind: type[Any]) -> Fit:
        if kind is not list:
            return False
        if self.item is ANYTHING:
            return True
        return self._read_strings if isinstance(self.item, Plain) and self._fit(str) is True else self._read

    def _read_strings(self, values: list[Any], path: Path, context: Context) -> list[Any]:
        for value in values:
            if type(value) is not str:
                return self._read(values, path, context)
        return values

    def _read(self, values: list[Any], path: Path, context: Context) -> list[Any]:
        kinds: set[type[Any]] = set(map(type, values))
        if len(kinds) == 1:
            fit = self._fit(kinds.pop())
            if fit is True:
                return values
            if fit is not False:
                step = (path, "[*]")
                return [fit(value, step, context) for value in values]
        step = (path, "[*]")
        return [read(self._fit(json_kind(value)), self.item, value, step, context) for value in values]

    def _fit(self, kind: type[Any]) -> Fit:
        fit = self._fits.get(kind)
        if fit is None:
            fit = self._fits[kind] = self.item.fit(kind)
        return fit

    def accepts(self, value: object) -> bool:
        return is_array(value) and all(map(self.item.accepts, value))


class TupleOf(Spec):
    """An array with a spec for each position, and one for more items if there may be some; it is read as a tuple.

    One of another length stays a list.
    """

    def __init__(self, items: Sequence[Spec], more: Spec | None) -> None:
        self.items = tuple(items)
        self.more = more
        self.textual = any(spec.textual for spec in (*items, *([more] if more else [])))

    @property
    def name(self) -> str:
        more = f", then {self.more.name}s" if self.more else ""
        return f"array of {', '.join(item.name for item in self.items)}{more}"

    def fit(self, kind: type[Any]) -> Fit:
        return self._read if kind is list else False

    def _specs(self, count: int) -> tuple[Spec, ...] | None:
        """The spec of each of so many items; None if there cannot be so many."""
        rest = count - len(self.items)
        if self.more is None or rest < 0:
            return self.items if not rest else None
        return (*self.items, *([self.more] * rest))

    def _read(self, values: list[Any], path: Path, context: Context) -> Any:
        specs = self._specs(len(values))
        if specs is None:
            context.report(path, self.name, f"array of {len(values)}")
            return values
        return tuple(
            read(spec.fit(json_kind(value)), spec, value, (path, f"[{index}]"), context)
            for index, (spec, value) in enumerate(zip(specs, values, strict=True))
        )

    def accepts(self, value: object) -> bool:
        specs = self._specs(len(value)) if is_array(value) else None
        return specs is not None and all(
            spec.accepts(one) for spec, one in zip(specs, cast("list[object]", value), strict=True)
        )


class MapOf(Spec):
    """An object with any names, whose values are all of one spec."""

    def __init__(self, item: Spec) -> None:
        self.item = item
        self.textual = item.textual

    @property
    def name(self) -> str:
        return f"object of {self.item.name}"

    def fit(self, kind: type[Any]) -> Fit:
        if kind is not dict:
            return False
        return True if self.item is ANYTHING else self._read

    def _read(self, values: dict[str, Any], path: Path, context: Context) -> dict[str, Any]:
        step = (path, ".*")
        fits = {kind: self.item.fit(kind) for kind in set(map(type, values.values()))}
        return {key: read(fits[type(value)], self.item, value, step, context) for key, value in values.items()}

    def accepts(self, value: object) -> bool:
        return is_object(value) and all(map(self.item.accepts, value.values()))


def read(fit: Fit, spec: Spec, value: object, path: Path, context: Context) -> Any:
    """A value read as `fit` says; as it came, and a drift, where it does not fit."""
    if fit is True:
        return value
    if fit is False:
        context.report(path, spec.name, json_type(value))
        return value
    return fit(value, path, context)
