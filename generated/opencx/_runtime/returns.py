# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The annotation that a type of Python stands for, where a call by hand names its result by a type."""

from __future__ import annotations

import datetime
from decimal import Decimal
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

from .errors import InvalidRequestError
from .model import Model

_PLAIN: dict[Any, str] = {
    Any: "Any",
    object: "Any",
    None: "",
    NoneType: "",
    list: "list[Any]",
    dict: "dict[str, Any]",
    datetime.datetime: "datetime.datetime",
    datetime.date: "datetime.date",
    datetime.time: "datetime.time",
    datetime.timedelta: "datetime.timedelta",
    Decimal: "Decimal",
    UUID: "UUID",
    **{plain: plain.__name__ for plain in (str, int, float, bool, bytes)},
}


def annotation(kind: Any, models: str) -> str:
    """The annotation for a type: a model of the module `models`, a plain type, or a list, dict or union of those.

    Raises `InvalidRequestError` for any other.
    """
    if isinstance(kind, str):
        return kind
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is list and len(arguments) == 1:
        return f"list[{annotation(arguments[0], models)}]"
    if origin is dict and len(arguments) == 2 and arguments[0] is str:
        return f"dict[str, {annotation(arguments[1], models)}]"
    if origin in (Union, UnionType):
        return " | ".join("None" if part is NoneType else annotation(part, models) for part in arguments)
    if origin is None and isinstance(kind, type) and issubclass(kind, Model):
        name: str = kind.__name__
        if getattr(import_module(models), name, None) is kind:
            return name
        raise InvalidRequestError(f"returns: {name} is no model of {models}")
    try:
        return _PLAIN[kind]
    except (KeyError, TypeError):
        raise InvalidRequestError(f"returns: a result cannot be read as {kind!r}") from None
