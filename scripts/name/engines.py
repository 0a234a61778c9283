"""The engines' own naming, so that no name we give is changed by them."""

from __future__ import annotations

from datamodel_code_generator.reference import FieldNameResolver
from openapi_python_client.strings import ClassName, PythonIdentifier

PREFIX = "field_"
"""What openapi-python-client puts in front of what cannot begin a name."""
_FIELDS = FieldNameResolver(snake_case_field=True)
_CLASSES = FieldNameResolver()


def class_name(name: str) -> str:
    """The nearest name that both engines leave as it is."""
    for _ in range(5):
        before = name
        name = str(ClassName(name, "Model")).rstrip("_")
        name = _CLASSES.get_valid_name(name, ignore_snake_case_field=True, upper_camel=True)
        if name == before:
            break
    return name


def field_name(name: str) -> str:
    """The nearest name that datamodel-code-generator leaves as it is."""
    for _ in range(5):
        before = name
        name = _FIELDS.get_valid_name(name)
        if name == before:
            break
    return name


def argument_name(name: str) -> str:
    """The nearest name that openapi-python-client leaves as it is."""
    for _ in range(5):
        before = name
        name = str(PythonIdentifier(name, PREFIX))
        if name == before:
            break
    return name
