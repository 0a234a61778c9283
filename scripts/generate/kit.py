"""What the test kit in the package knows of the API: each operation with its schemas, as small as it can be said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .plan import REF, Answer, Argument, Operation, Plan

_PLAIN = frozenset({
    "type", "format", "pattern", "required", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "enum", "const",
    "readOnly", "writeOnly",
})  # fmt: skip
"""Keywords whose values hold no schema."""
_ONE = frozenset({"items", "additionalProperties", "contains"})
_LISTED = frozenset({"anyOf", "oneOf", "allOf", "prefixItems"})
_NAMED = frozenset({"properties", "patternProperties"})


def kit(plan: Plan, document: Mapping[str, Any]) -> str:
    """The text of the kit's `api.json`: operations, schemas by their keys, and the keys of models by class."""
    every = [one for planned in plan.operations for one in (planned, planned.streamed) if one]
    content = {
        "servers": plan.servers,
        "operations": {one.id: _operation(one, _at(document, one.pointer)) for one in every},
        "schemas": {model.key: trimmed(model.schema) for model in plan.models},
        "models": {model.name: model.key for model in plan.models if model.fields is not None},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def trimmed(schema: Any) -> Any:
    """What a schema asks of a value; a reference is the key of what it leads to."""
    if not isinstance(schema, Mapping):
        return schema
    result = {}
    for key, value in schema.items():
        if key == "$ref":
            result[key] = value.removeprefix(REF)
        elif key in _PLAIN:
            result[key] = value
        elif key in _ONE:
            result[key] = trimmed(value)
        elif key in _LISTED:
            result[key] = [trimmed(one) for one in value]
        elif key in _NAMED:
            result[key] = {name: trimmed(one) for name, one in value.items()}
        elif key == "discriminator":
            result[key] = _discriminator(value)
    return result


def _discriminator(said: Mapping[str, Any]) -> dict[str, Any]:
    mapping = {value: target.removeprefix(REF) for value, target in said.get("mapping", {}).items()}
    return {"propertyName": said.get("propertyName", ""), "mapping": mapping}


def _at(document: Mapping[str, Any], place: str) -> Any:
    node: Any = document
    for key in place.split("/")[1:]:
        node = node[key.replace("~1", "/").replace("~0", "~")]
    return node


def _operation(operation: Operation, said: Mapping[str, Any]) -> dict[str, Any]:
    """The operation; what is usual is left out."""
    body = said.get("requestBody") or {}
    content = {kind: trimmed(media.get("schema", {})) for kind, media in (body.get("content") or {}).items()}
    facts: dict[str, Any] = {
        "method": operation.verb,
        "path": operation.path,
        "server": operation.server,
        "parameters": [_parameter(one) for one in operation.arguments if one.place not in ("body", "whole")],
        "body": {"required": bool(body.get("required")), "content": content} if content else None,
        "answers": {answer.status: _answer(answer) for answer in operation.answers},
        "fixed": operation.fixed,
    }
    return {key: value for key, value in facts.items() if value}


def _parameter(argument: Argument) -> dict[str, Any]:
    facts = {
        "in": argument.place,
        "name": argument.wire,
        "required": argument.required,
        "style": argument.style,
        "explode": argument.explode if argument.style else None,
        "media_type": argument.media_type,
        "schema": trimmed(argument.schema),
    }
    return {key: value for key, value in facts.items() if key == "name" or value not in ("", None)}


def _answer(answer: Answer) -> dict[str, Any]:
    """The body of an answer; nothing where there is none."""
    if answer.schema is None:
        return {}
    facts = {"media_type": answer.media_type, "reads": answer.reads, "schema": trimmed(answer.schema)}
    return {key: value for key, value in facts.items() if value != ""}
