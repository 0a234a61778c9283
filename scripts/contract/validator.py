"""Checks messages against the merged document by a JSON Schema implementation that shares no code with the package.

It reads the document before it is normalized, so that a mistake of normalize shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NoReturn
from urllib.parse import quote

import jsonschema_rs

from ..documents import pointer
from .catalog import Operation
from .closing import closed
from .drift import Drift, distinct, shown, status_key
from .recordings import is_json

_DOCUMENT = "urn:document"
_NO_SCHEMAS = frozenset({"example", "examples", "default", "const", "enum"})
_NAMED = frozenset({"properties", "patternProperties", "schemas", "responses", "parameters", "headers", "content"})
PROBE = "a value that no document lists"


class Validator:
    """The merged document as a judge of messages."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._data = self._prepared(document)
        self._compiled: dict[str, jsonschema_rs.Draft202012Validator | str] = {}

    @cached_property
    def _registry(self) -> jsonschema_rs.Registry:
        resources = [(_DOCUMENT, self._data)]
        return jsonschema_rs.Registry(resources, draft=jsonschema_rs.Draft202012, retriever=_refuse)

    def request(self, operation: Operation, media_type: str, body: Any) -> tuple[Drift, ...]:
        """What is off about a request's body."""
        place = self._follow(f"{operation.pointer}/requestBody")
        return self._check(f"{place}/content", media_type, body, "request")

    def response(self, operation: Operation, status: int, media_type: str, body: Any) -> tuple[Drift, ...]:
        """What is off about a response."""
        place, key = self._response(operation, status)
        drifts = []
        if key is None or key.upper() == "DEFAULT" or status_key(status, [key]) is None:
            known = ", ".join(sorted(self._at(f"{operation.pointer}/responses") or {}))
            if key is None or key.upper() != "DEFAULT":
                drifts.append(Drift("status", f"{status} → {key or known or 'none documented'}", "status"))
        if key is not None:
            drifts += self._check(f"{place}/content", media_type, body, "response")
            unknown = self.unknown(operation, status, media_type, body)
            drifts += [drift for error in unknown for drift in _drifts(error, "response")]
        return distinct(drifts)

    def unknown(
        self, operation: Operation, status: int | None, media_type: str, body: Any
    ) -> list[jsonschema_rs.ValidationError]:
        """The members of a body's objects that the document neither names nor forbids; `status` as in `errors`."""
        errors = self._strict.errors(operation, status, media_type, body)
        return [error for error in errors if error.kind.name == "additionalProperties"]

    @cached_property
    def _strict(self) -> Validator:
        return Validator(closed(self._data))

    def errors(
        self, operation: Operation, status: int | None, media_type: str, body: Any
    ) -> list[jsonschema_rs.ValidationError]:
        """What is wrong with a JSON body, each error with where it is and which rule it breaks.

        `status` is None for a request. There is none where the document does not describe such a body.
        """
        if status is None:
            content: str | None = self._follow(f"{operation.pointer}/requestBody")
        else:
            place, key = self._response(operation, status)
            content = place if key else None
        schema = self._schema(f"{content}/content", media_type) if content and is_json(media_type) else None
        judge = self._judge(schema) if schema else None
        return [] if judge is None or isinstance(judge, str) else list(_leaves(judge.iter_errors(body)))

    def open_places(self, operation: Operation, status: int, media_type: str, body: Any) -> list[list[str | int]]:
        """The paths of the response's values that the document lists the allowed values of."""
        place, key = self._response(operation, status)
        schema = self._schema(f"{place}/content", media_type) if key else None
        judge = self._judge(schema) if schema else None
        if judge is None or isinstance(judge, str):
            return []
        errors = _leaves(judge.iter_errors(_probed(body)))
        places = {tuple(error.instance_path) for error in errors if error.kind.name in ("enum", "const")}
        return [list(place) for place in sorted(places, key=str)]

    def _response(self, operation: Operation, status: int) -> tuple[str, str | None]:
        """Where the response is documented, and under which key: its own, else that of another status of its class."""
        place = f"{operation.pointer}/responses"
        keys = [str(key) for key in self._at(place) or {}]
        key = status_key(status, keys)
        if key is None or key.upper() == "DEFAULT":
            key = min((other for other in keys if other[:1] == str(status)[:1]), default=key)
        return self._follow(f"{place}/{key}"), key

    def _check(self, content: str, media_type: str, body: Any, side: str) -> tuple[Drift, ...]:
        documented = self._at(content) or {}
        if not documented or not media_type:
            sent = bool(media_type) and body not in ("", None)
            both = bool(documented) == sent
            told = f"{'a body' if sent else 'no body'} → {'a body' if documented else 'no body'}"
            return () if both else (Drift(side, told, "missing" if documented else "unknown"),)
        schema = self._schema(content, media_type)
        if schema is None:
            return (Drift(side, f"{media_type} → {', '.join(sorted(documented))}"),)
        if not is_json(media_type):
            return ()
        judge = self._judge(schema)
        if isinstance(judge, str):
            return (Drift(side, f"the schema cannot be checked: {judge}"),)
        return distinct(drift for error in _leaves(judge.iter_errors(body)) for drift in _drifts(error, side))

    def _schema(self, content: str, media_type: str) -> str | None:
        """The place of the media type's schema."""
        essence = media_type.partition(";")[0].strip().lower()
        documented = self._at(content) or {}
        for key in documented:
            pattern = key.partition(";")[0].strip().lower()
            if pattern in (essence, "*/*", f"{essence.partition('/')[0]}/*"):
                return f"{content}{pointer(key, 'schema')}" if "schema" in documented[key] else None
        return None

    def _judge(self, place: str) -> jsonschema_rs.Draft202012Validator | str:
        """The compiled schema, or why there is none."""
        if place not in self._compiled:
            try:
                self._compiled[place] = jsonschema_rs.Draft202012Validator(
                    {"$ref": f"{_DOCUMENT}#{quote(place, safe='/~')}"},
                    registry=self._registry,
                    retriever=_refuse,
                    validate_formats=True,
                )
            except (ValueError, jsonschema_rs.ReferencingError) as error:
                self._compiled[place] = str(error).partition("\n")[0]
        return self._compiled[place]

    def _at(self, place: str) -> Any:
        node: Any = self._data
        for key in place.split("/")[1:]:
            key = key.replace("~1", "/").replace("~0", "~")
            node = node.get(key) if isinstance(node, dict) else None
        return node

    def _follow(self, place: str) -> str:
        """The place that the reference there leads to, if there is one."""
        for _ in range(100):
            node = self._at(place)
            reference = node.get("$ref") if isinstance(node, dict) else None
            if not isinstance(reference, str) or not reference.startswith("#"):
                return place
            place = reference[1:]
        return place

    def _prepared(self, node: Any, named: bool = False) -> Any:
        """The document as plain JSON Schema 2020-12: keys are text, and no schema changes its own base or dialect.

        Documents in circulation write `$id: '#/components/…'`, which makes every reference below it dangle.
        """
        if isinstance(node, list):
            return [self._prepared(item) for item in node]
        if not isinstance(node, Mapping):
            return node
        result = {}
        for key, value in node.items():
            if key in ("$id", "$schema", "$anchor", "$dynamicAnchor") and isinstance(value, str) and not named:
                continue
            kept = key in _NO_SCHEMAS and not named
            result[str(key)] = value if kept else self._prepared(value, key in _NAMED and not named)
        return result if named else _without_openapi_3_0(result)


def _without_openapi_3_0(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema in JSON Schema's words; documents that say 3.1 still write those of 3.0, and mean them."""
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and bound in schema:
            schema[exclusive] = schema.pop(bound)
    if schema.pop("nullable", False) is True and ("type" in schema or "$ref" in schema or "allOf" in schema):
        return {"anyOf": [schema, {"type": "null"}]}
    return schema


def checkable(document: Mapping[str, Any]) -> bool:
    """Whether a validator can read the document as it is: not Swagger 2.0, and not spread over files."""
    if "openapi" not in document:
        return False
    todo: list[Any] = [document]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and not reference.startswith("#"):
                return False
            todo += [value for key, value in node.items() if key not in _NO_SCHEMAS]
        elif isinstance(node, list):
            todo += node
    return True


def _refuse(uri: str) -> NoReturn:
    raise ValueError(f"{uri} is not part of the document")


def _leaves(errors: Iterable[jsonschema_rs.ValidationError]) -> Iterator[jsonschema_rs.ValidationError]:
    """The errors, and in place of a union's error those of the variant that fits best."""
    for error in errors:
        arms = getattr(error.kind, "context", None)
        if not arms:
            yield error
            continue
        depth = len(error.instance_path)
        inside = [list(arm) for arm in arms if arm and not any(_at_root(leaf, depth) for leaf in arm)]
        if inside:
            best = min(inside, key=len)
            yield from _leaves(best)
        else:
            yield error


def _at_root(error: jsonschema_rs.ValidationError, depth: int) -> bool:
    return error.kind.name == "type" and len(error.instance_path) <= depth


def _drifts(error: jsonschema_rs.ValidationError, side: str) -> Iterator[Drift]:
    place = side + "".join("[]" if isinstance(key, int) else f".{key}" for key in error.instance_path)
    kind: Any = error.kind
    if kind.name == "required":
        yield Drift(f"{place}.{kind.property}", "missing, documented as required", "missing")
    elif kind.name in ("additionalProperties", "unevaluatedProperties"):
        for key in kind.unexpected:
            yield Drift(f"{place}.{key}", "not documented", "unknown")
    elif kind.name == "enum":
        allowed = ", ".join(str(option) for option in kind.options)
        yield Drift(place, f"{shown(error.instance)} is not among {allowed}", "enum")
    elif kind.name in ("type", "anyOf", "oneOf"):
        wanted = sorted(set(_types(error)))
        yield Drift(place, f"{json_type(error.instance)} → {' | '.join(wanted) or 'another value'}", "type")
    elif kind.name in ("format", "pattern"):
        yield Drift(place, f"{shown(error.instance)} → {kind.name} {str(kind.value)[:80]}")
    else:
        yield Drift(place, f"{kind.name} is not met: {str(kind.value)[:80]}")


def _types(error: jsonschema_rs.ValidationError) -> Iterator[str]:
    kind: Any = error.kind
    if kind.name == "type":
        yield from kind.types
    for arm in getattr(kind, "context", None) or ():
        for leaf in arm:
            yield from _types(leaf)


def json_type(value: Any) -> str:
    """The name of the value's type in JSON Schema."""
    names = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
    return names.get(type(value), "null")


def _probed(value: Any) -> Any:
    """The value with each text replaced by one that no document lists."""
    if isinstance(value, dict):
        return {key: _probed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_probed(item) for item in value]
    return PROBE if isinstance(value, str) else value
