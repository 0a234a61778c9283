"""The document as openapi-python-client reads it: operations with final names, and every model opaque.

No schema, however odd, can then make it drop an operation. The path of an operation in the view is its name in the view
and its path parameters, as two paths of the document may differ in parameter names only; which resource it belongs to
is not the engine's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..name.reserved import BUILTINS
from .plan import REF, VERBS, Argument, Operation, Plan, Schema, references

_PRIMITIVES = {"string", "integer", "number", "boolean"}
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
"""Digits become letters, as the engine puts underscores beside digits."""


def operation_view(operation: Operation, plan: Plan) -> dict[str, Any]:
    """What the engine is to know of an operation: its `verb`, its `path`, and what it `says`."""
    return {"verb": _verb(operation), "path": _holes(operation), "says": _says(operation, plan)}


def endpoint_view(operations: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The document with these operations, by the name each has in the view: a word that the engine does not change."""
    paths = {
        f"/{name}{one['path']}": {one["verb"]: {"operationId": name, **one["says"]}} for name, one in operations.items()
    }
    models = sorted({key for one in operations.values() for key in _models(one["says"])})
    return {
        "openapi": "3.1.0",
        "info": {"title": "endpoints", "version": "0"},
        "paths": paths,
        "components": {"schemas": {key: {"type": "object"} for key in models}},
    }


def _models(says: dict[str, Any]) -> Iterator[str]:
    yield from references([says["parameters"], list(says["responses"].values()), says.get("requestBody")])


def parameter_name(argument: Argument) -> str:
    """The argument's name in the view; the engine keeps two names and builtins, and knows ASCII alone in a path."""
    if not argument.name.isascii():
        return argument.name.encode().hex().translate(_LETTERS)
    is_kept = argument.name in BUILTINS or argument.name in ("client", "url")
    return f"{argument.name}_{argument.place}" if is_kept else argument.name


def _verb(operation: Operation) -> str:
    """A method that the engine knows: the view's need not be the operation's own."""
    return verb if (verb := operation.verb.lower()) in VERBS else "post"


def _holes(operation: Operation) -> str:
    return "".join(f"/{{{parameter_name(argument)}}}" for argument in operation.arguments if argument.place == "path")


def _says(operation: Operation, plan: Plan) -> dict[str, Any]:
    said: dict[str, Any] = {
        "tags": ["all"],
        "parameters": [_parameter(a, plan) for a in operation.arguments if a.place not in ("body", "whole")],
        "responses": {answer.status: _response(answer.schema, plan) for answer in operation.answers},
    }
    whole = [a for a in operation.arguments if a.place == "whole"]
    if operation.body:
        schema = _opaque(whole[0].schema, plan) if whole else {"type": "object"}
        said["requestBody"] = {"content": {"application/json": {"schema": schema}}}
    return said


def _parameter(argument: Argument, plan: Plan) -> dict[str, Any]:
    schema = {"type": "string"} if argument.place == "header" else _opaque(argument.schema, plan)
    return {"name": parameter_name(argument), "in": argument.place, "required": argument.required, "schema": schema}


def _response(schema: Schema | None, plan: Plan) -> dict[str, Any]:
    content = {} if schema is None else {"content": {"application/json": {"schema": _opaque(schema, plan)}}}
    return {"description": "", **content}


def _opaque(schema: Schema, plan: Plan) -> Schema:
    """A reference to an opaque component, a primitive, a list of one of them, or anything."""
    model = plan.model(schema)
    if model is not None:
        return {"$ref": REF + model.name}
    if schema.get("type") == "array":
        return {"type": "array", "items": _opaque(schema.get("items", {}), plan)}
    kind = schema.get("type")
    return {"type": kind} if isinstance(kind, str) and kind in _PRIMITIVES and "enum" not in schema else {}
