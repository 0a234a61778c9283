"""The document as openapi-python-client reads it: operations with final names, and every model opaque.

No schema, however odd, can then make it drop an operation. The path of an operation in the view is its number, its name
and its path parameters, as two paths of the document may differ in parameter names only; which resource it belongs to
is not the engine's to say.
"""

from __future__ import annotations

from typing import Any

from .plan import REF, VERBS, Argument, Operation, Plan, Schema

_PRIMITIVES = {"string", "integer", "number", "boolean"}


def endpoint_view(plan: Plan) -> dict[str, Any]:
    """The view of all operations."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "endpoints", "version": "0"},
        "paths": {_path(operation): {_verb(operation): _operation(operation, plan)} for operation in plan.operations},
        "components": {"schemas": {model.name: {"type": "object"} for model in plan.models}},
    }


def engine_id(operation: Operation) -> str:
    """The operation's name in the view: one flat word that the engine has no reason to change."""
    return f"operation_{operation.number}"


def parameter_name(argument: Argument) -> str:
    """The argument's name in the view; the engine keeps two names to itself."""
    return f"{argument.name}_{argument.place}" if argument.name in ("client", "url") else argument.name


def _verb(operation: Operation) -> str:
    """A method that the engine knows: the view's need not be the operation's own."""
    return verb if (verb := operation.verb.lower()) in VERBS else "post"


def _path(operation: Operation) -> str:
    holes = "".join(f"/{{{parameter_name(argument)}}}" for argument in operation.arguments if argument.place == "path")
    return f"/{operation.number}/{operation.id}{holes}"


def _operation(operation: Operation, plan: Plan) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": engine_id(operation),
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
