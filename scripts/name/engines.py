"""The engines' own naming, so that no name we give is changed by them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from .. import engines
from ..cache import Memo

if TYPE_CHECKING:
    from datamodel_code_generator.reference import FieldNameResolver

PREFIX = "field_"
"""What openapi-python-client puts in front of what cannot begin a name."""
MEMO = Memo()
"""What the engines said, as loading both takes longer than all of naming."""


_MANY = 300
"""New names from which on loading an engine here takes less time than asking another process for each."""


@MEMO
def class_name(name: str) -> str:
    """The nearest name that both engines leave as it is."""

    def once(name: str) -> str:
        return _said(engines.MODELS, valid_class, _said(engines.ENDPOINTS, capital, name))

    return _settled(name, once)


@MEMO
def field_name(name: str) -> str:
    """The nearest name that datamodel-code-generator leaves as it is."""
    return _settled(name, lambda name: _said(engines.MODELS, valid_field, name))


@MEMO
def argument_name(name: str) -> str:
    """The nearest name that openapi-python-client leaves as it is."""
    return _settled(name, lambda name: _said(engines.ENDPOINTS, identifier, name))


def _said(engine: str, function: Callable[[str], str], name: str) -> str:
    few = engines.beside(engine) and MEMO.fresh < _MANY
    return str(engines.ask(engine, function, name)) if few else function(name)


def _settled(name: str, once: Callable[[str], str]) -> str:
    for _ in range(5):
        before, name = name, once(name)
        if name == before:
            break
    return name


def capital(name: str) -> str:
    """What openapi-python-client makes of a class's name."""
    from openapi_python_client.strings import ClassName

    return str(ClassName(name, "Model")).rstrip("_")


def identifier(name: str) -> str:
    """What openapi-python-client makes of an argument's name."""
    from openapi_python_client.strings import PythonIdentifier

    return str(PythonIdentifier(name, PREFIX))


def valid_class(name: str) -> str:
    """What datamodel-code-generator makes of a class's name."""
    return _names(snake=False).get_valid_name(name, ignore_snake_case_field=True, upper_camel=True)


def valid_field(name: str) -> str:
    """What datamodel-code-generator makes of a field's name."""
    return _names(snake=True).get_valid_name(name)


@cache
def _names(snake: bool) -> FieldNameResolver:
    from datamodel_code_generator.reference import FieldNameResolver

    return FieldNameResolver(snake_case_field=snake)
