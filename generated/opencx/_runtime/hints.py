# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The annotations of models as types: their texts name models of other modules, which are loaded for that."""

from __future__ import annotations

import datetime
import sys
import typing
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import UUID

from .unset import UNSET, Unset

_KNOWN: dict[str, Any] = {
    "Any": Any,
    "ClassVar": typing.ClassVar,
    "Decimal": Decimal,
    "Literal": typing.Literal,
    "UNSET": UNSET,
    "UUID": UUID,
    "Unset": Unset,
    "datetime": datetime,
}


def type_hints(cls: type) -> dict[str, Any]:
    """The types of a model's fields by name; from now on its module has a name for each that its annotations use."""
    module = sys.modules[cls.__module__]
    names = _Names(cls.__module__.rpartition(".")[0])
    for text in cls.__annotations__.values():
        names.use(text)
    for name, value in names.found.items():
        vars(module).setdefault(name, value)
    hints = typing.get_type_hints(cls)
    return {name: hints[name] for name in cls.__annotations__ if not name.startswith("__")}


class _Names:
    """What the names in annotations stand for; an alias stands for the type that its text says."""

    def __init__(self, package: str) -> None:
        self._models = import_module(package)
        self.found: dict[str, Any] = {}

    def use(self, text: str) -> None:
        for name in compile(text, "<annotation>", "eval").co_names:
            if name not in self.found and (name in _KNOWN or hasattr(self._models, name)):
                self.found[name] = self._value(name)

    def _value(self, name: str) -> Any:
        value = _KNOWN[name] if name in _KNOWN else getattr(self._models, name)
        if not isinstance(value, str):
            return value
        self.found[name] = typing.ForwardRef(name)  # what an alias within itself stands for there
        self.use(value)
        return eval(value, {**self.found})
