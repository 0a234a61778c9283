"""Names the arguments of methods, and of the client's constructor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import escape
from .engines import argument_name, field_name
from .models import wire_names
from .reserved import ARGUMENTS, CREDENTIALS, KEYWORDS
from .scope import Scope
from .words import snake, words

_PREFIX = "#/components/schemas/"


def name_arguments(
    operation: str, value: dict[str, Any], document: dict[str, Any], fields: dict[str, str], pinned: dict[str, str]
) -> dict[str, str]:
    """The argument of every parameter, and of every flattened body property that is not called as in its model."""
    scope = Scope({*ARGUMENTS, *KEYWORDS})
    for pointer, name in pinned.items():
        scope.pin(pointer, name)
    given = set(pinned)
    for parameter in value.get("parameters", ()):
        pointer = f"{operation}/parameters/{parameter['in']}.{escape(parameter['name'])}"
        scope.give(pointer, parameter_names(parameter["name"], parameter["in"]))
        given.add(pointer)
    names = {pointer: scope.names[pointer] for pointer in given if pointer in scope.names}
    for wire, field in _body_fields(value, document, fields):
        pointer = f"{operation}/requestBody/properties/{escape(wire)}"
        scope.give(pointer, (field, f"{field.rstrip('_')}_", f"body_{field.rstrip('_')}"))
        if scope.names[pointer] != field:
            names[pointer] = scope.names[pointer]
    return names


def parameter_names(wire: str, place: str) -> Iterator[str]:
    """Names for a parameter, the best first; one that both engines leave as it is.

    None is `body`, which a body that is no object has as its one argument.
    """
    for name in wire_names(wire):
        if name != "body":
            yield _both(name)
        yield _both(f"{place}_{name.strip('_')}")


def _both(name: str) -> str:
    for _ in range(5):
        before = name
        name = argument_name(field_name(name))
        if name == before:
            break
    return name


def _body_fields(value: dict[str, Any], document: dict[str, Any], fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Wire and field name of every property of the first media type whose body is a model."""
    schemas = document["components"]["schemas"]
    seen = set()
    for media in value.get("requestBody", {}).get("content", {}).values():
        key = media.get("schema", {}).get("$ref", "").removeprefix(_PREFIX)
        for wire in schemas.get(key, {}).get("properties", ()):
            if wire not in seen:
                seen.add(wire)
                yield wire, fields[f"/components/schemas/{escape(key)}/properties/{escape(wire)}"]


def name_credentials(schemes: dict[str, Any], pinned: dict[str, str]) -> dict[str, str]:
    """The constructor's argument for every security scheme: `api_key` where there is one only."""
    scope = Scope({*CREDENTIALS, *KEYWORDS})
    for pointer, name in pinned.items():
        scope.pin(pointer, name)
    names = {}
    for key, scheme in schemes.items():
        pointer = f"/components/securitySchemes/{escape(key)}"
        scope.give(pointer, _credentials(key, scheme, len(schemes)))
        names[pointer] = scope.names[pointer]
    return names


def _credentials(key: str, scheme: dict[str, Any], count: int) -> Iterator[str]:
    basic = scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "basic"
    if count == 1 and not basic:
        yield "api_key" if scheme.get("type") in ("http", "apiKey") else "access_token"
    name = snake(words(key))
    yield argument_name(name) if name else "credentials"
