"""Names the arguments of methods, and of the client's constructor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import escape
from .engines import argument_name, field_name
from .models import wire_names
from .reserved import ARGUMENTS, BUILTINS, CREDENTIALS, FIELDS, KEYWORDS
from .scope import Scope
from .words import snake, words

_PREFIX = "#/components/schemas/"


def name_arguments(
    operation: str, value: dict[str, Any], document: dict[str, Any], fields: dict[str, str], pinned: dict[str, str]
) -> dict[str, str]:
    """The argument of every parameter, and of every flattened body property that is not called as in its model."""
    parameters = {f"{operation}/parameters/{p['in']}.{escape(p['name'])}": p for p in value.get("parameters", ())}
    if "requestBody" not in value and pinned.keys() >= parameters.keys():  # nothing new: there is nothing to choose
        return pinned
    scope = Scope({*ARGUMENTS, *KEYWORDS})
    for pointer, name in pinned.items():
        scope.pin(pointer, name)
    for pointer, parameter in parameters.items():
        scope.give(pointer, parameter_names(parameter["name"], parameter["in"]))
    names = dict(scope.names)
    for wire, field in _body_fields(value, document, fields):
        pointer = f"{operation}/requestBody/properties/{escape(wire)}"
        scope.give(pointer, (field, f"{field.rstrip('_')}_", f"body_{field.rstrip('_')}"))
        if scope.names[pointer] != field:
            names[pointer] = scope.names[pointer]
    return names


def parameter_names(wire: str, place: str) -> Iterator[str]:
    """Names for a parameter, the best first.

    None is `body`, which a body that is no object has as its one argument.
    """
    for name in wire_names(wire):
        if name != "body":
            yield _both(name)
        yield _both(f"{place}_{name.strip('_')}")


def _both(name: str) -> str:
    """The nearest name that both engines leave as it is, or that of a builtin which no annotation needs."""
    if name in BUILTINS - FIELDS - KEYWORDS:
        return name
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
    """The constructor's argument for every security scheme: `api_key` where one is that and no more."""
    scope = Scope({*CREDENTIALS, *KEYWORDS})
    for pointer, name in pinned.items():
        scope.pin(pointer, name)
    names = {}
    plain = [key for key, scheme in schemes.items() if _is_api_key(key, scheme)]
    for key, scheme in schemes.items():
        pointer = f"/components/securitySchemes/{escape(key)}"
        scope.give(pointer, _credentials(key, scheme, plain == [key] or len(schemes) == 1))
        names[pointer] = scope.names[pointer]
    return names


def _is_api_key(key: str, scheme: dict[str, Any]) -> bool:
    """Whether a scheme is called no more than an API key: `ApiKeyAuth`, `api_key`, `apikey`."""
    called = snake(words(key)).replace("_", "").removesuffix("auth")
    return called == "apikey" and scheme.get("type") in ("http", "apiKey") and not _is_basic(scheme)


def _is_basic(scheme: dict[str, Any]) -> bool:
    return scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "basic"


def _credentials(key: str, scheme: dict[str, Any], plain: bool) -> Iterator[str]:
    """Candidates for the name of a scheme; `plain` if it is the only one of its kind."""
    if plain and not _is_basic(scheme):
        yield "api_key" if scheme.get("type") in ("http", "apiKey") else "access_token"
    name = snake(words(key))
    yield argument_name(name) if name else "credentials"
