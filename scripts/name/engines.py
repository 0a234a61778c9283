"""The engines' own naming, so that no name we give is changed by them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from ..cache import Memo

if TYPE_CHECKING:
    from datamodel_code_generator.reference import FieldNameResolver

PREFIX = "field_"
"""What openapi-python-client puts in front of what cannot begin a name."""
MEMO = Memo()
"""What the engines said, as loading both takes longer than all of naming."""


@MEMO
def class_name(name: str) -> str:
    """The nearest name that both engines leave as it is."""
    from openapi_python_client.strings import ClassName

    def once(name: str) -> str:
        name = str(ClassName(name, "Model")).rstrip("_")
        return _names(snake=False).get_valid_name(name, ignore_snake_case_field=True, upper_camel=True)

    return _settled(name, once)


@MEMO
def field_name(name: str) -> str:
    """The nearest name that datamodel-code-generator leaves as it is."""
    return _settled(name, _names(snake=True).get_valid_name)


@MEMO
def argument_name(name: str) -> str:
    """The nearest name that openapi-python-client leaves as it is."""
    from openapi_python_client.strings import PythonIdentifier

    return _settled(name, lambda name: str(PythonIdentifier(name, PREFIX)))


def _settled(name: str, once: Callable[[str], str]) -> str:
    for _ in range(5):
        before, name = name, once(name)
        if name == before:
            break
    return name


@cache
def _names(snake: bool) -> FieldNameResolver:
    from datamodel_code_generator.reference import FieldNameResolver

    return FieldNameResolver(snake_case_field=snake)
