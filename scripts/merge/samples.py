"""Types the fields that a page shows only in a sample by the table of fields that an older page has of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..problems import Problem
from .operations import Operation, Statement, responses
from .schemas import compatible, listed
from .sources import mapping

_Keys = tuple[str, ...]


def completed(operation: Operation) -> tuple[Operation, list[Problem]]:
    """The operation with older pages' field tables where its best page has only samples.

    Before: a sample {id: "<string>"} on the newest page, and a table {id: string, required; note: string} on an older
    After:  {id: string, required; note: string}: a sample often leaves fields out
    """
    best = operation.best
    if "fields" not in best.source.unstated:
        return operation, []
    result = dict(best.operation)
    problems: list[Problem] = []
    for keys, schema in _objects(best):
        found = _table(keys, (*operation.peers, *operation.history))
        if schema.get("x-inferred-from") == "sample" and found:
            other, place, table = found
            result = _put(result, keys, _typed(schema, table))
            what = f"Only a sample shows the fields here; {other.at(*place)} has a table of them."
            fix = "If a field is gone or changed, say so in an overlay action."
            rule = "The older table types the fields that suit the sample, and adds those that the sample leaves out."
            problems.append(best.problem(keys, what, fix, rule))
    return replace(operation, best=replace(best, operation=result)), problems


def _objects(statement: Statement) -> Iterator[tuple[_Keys, dict[str, Any]]]:
    """The objects that an operation takes and answers with success, by where they stand."""
    messages: list[tuple[_Keys, Any]] = [(("requestBody",), statement.operation.get("requestBody"))]
    messages += [(("responses", s), r) for s, r in responses(statement.operation).items() if s.startswith("2")]
    for keys, message in messages:
        for media_type, media in mapping(mapping(message).get("content")).items():
            schema = mapping(mapping(media).get("schema"))
            place = (*keys, "content", media_type, "schema")
            while schema.get("type") == "array" and isinstance(schema.get("items"), dict):
                schema, place = schema["items"], (*place, "items")
            if isinstance(schema.get("properties"), dict):
                yield place, schema


def _table(keys: _Keys, others: tuple[Statement, ...]) -> tuple[Statement, _Keys, dict[str, Any]] | None:
    """The newest table of the fields of a request, or of a successful answer, whatever its status was."""
    for other in others:
        for place, schema in _objects(other):
            if place[0] == keys[0] and "x-inferred-from" not in schema:
                return other, place, schema
    return None


def _typed(sample: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    shown, known = sample["properties"], table["properties"]
    suits = {name: name in known and _suits(known[name], schema) for name, schema in shown.items()}
    fields = {name: known[name] if suits[name] else schema for name, schema in shown.items()}
    required = [name for name in listed(table.get("required")) if suits.get(name)]
    result = sample | {"properties": fields | {name: known[name] for name in known if name not in shown}}
    return result | ({"required": required} if required else {})


def _suits(known: Any, shown: Any) -> bool:
    """Whether a table's field types a sample's; a bare `object` says less than a sample that shows what is in it."""
    return compatible(known, shown) and _is_structured(known) >= _is_structured(shown)


def _is_structured(schema: Any) -> bool:
    schema = mapping(schema)
    options = [option for key in ("anyOf", "oneOf") for option in listed(schema.get(key))]
    return bool({"properties", "items", "$ref"} & schema.keys()) or any(map(_is_structured, options))


def _put(value: Any, keys: _Keys, new: Any) -> Any:
    """The value with another one at the place that the keys lead to."""
    if not keys:
        return new
    return value | {keys[0]: _put(value[keys[0]], keys[1:], new)}
