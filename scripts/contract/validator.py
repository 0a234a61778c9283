"""Checks messages against the original document, by a JSON Schema implementation that the package does not share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import jsonschema_rs

from .catalog import Operation
from .closing import closed
from .drift import Drift, distinct, shown, status_key
from .messages import media_of
from .original.document import Judge, Original, Reading
from .original.source import Source
from .recordings import is_json

Content = Mapping[str, Any]
"""What is documented of a message, by media type."""
PROBE = "a value that no document lists"


class Validator:
    """The original document as a judge of messages."""

    def __init__(self, source: Source) -> None:
        self.source = source
        combined = frozenset(source.request.address(place) for place in source.combined or ())
        self._closed = partial(closed, combined=combined)

    def request(self, operation: Operation, media_type: str, body: Any) -> tuple[Drift, ...]:
        """What is off about a request's body."""
        said = self.source.request.operations.get(operation.place)
        if said and not said.body_required and not media_type:
            return ()
        return distinct(self._drifts(self.source.request, self._content(operation, None), media_type, body))

    def response(self, operation: Operation, status: int, media_type: str, body: Any) -> tuple[Drift, ...]:
        """What is off about a response."""
        answers = self._answers(operation)
        key, drifts = _key(answers, status), []
        if key is None or key.upper() == "DEFAULT" or status_key(status, [key]) is None:
            known = ", ".join(sorted(answers))
            if key is None or key.upper() != "DEFAULT":
                drifts.append(Drift("status", f"{status} → {key or known or 'none documented'}", "status"))
        if key is not None:
            drifts += self._drifts(self.source.response, answers[key], media_type, body)
            unknown = self.unknown(operation, status, media_type, body)
            drifts += [drift for error in unknown for drift in _drifts(error, "response")]
        return distinct(drifts)

    def unknown(
        self, operation: Operation, status: int | None, media_type: str, body: Any
    ) -> list[jsonschema_rs.ValidationError]:
        """The members of a body's objects that the document neither names nor forbids; `status` as in `errors`."""
        errors = self.errors(operation, status, media_type, body, self._closed)
        return [error for error in errors if error.kind.name == "additionalProperties"]

    def errors(
        self, operation: Operation, status: int | None, media_type: str, body: Any, reading: Reading = dict
    ) -> list[jsonschema_rs.ValidationError]:
        """What is wrong with a JSON body, each error with where it is and which rule it breaks.

        `status` is None for a request. There is none where the document does not describe such a body.
        """
        judge = self._judge(operation, status, media_type, reading) if is_json(media_type) else None
        return [] if judge is None else list(_leaves(judge.iter_errors(body)))

    def open_places(self, operation: Operation, status: int, media_type: str, body: Any) -> list[list[str | int]]:
        """The paths of the response's values that the document lists the allowed values of."""
        judge = self._judge(operation, status, media_type, dict)
        if judge is None:
            return []
        errors = _leaves(judge.iter_errors(_probed(body)))
        places = {tuple(error.instance_path) for error in errors if error.kind.name in ("enum", "const")}
        return [list(place) for place in sorted(places, key=str)]

    def schema(self, operation: Operation, status: int | None, media_type: str) -> Any:
        """The original's schema of a body; None where it describes none. `status` is as in `errors`."""
        media = media_of(self._content(operation, status), media_type)
        return media.get("schema") if media else None

    def _judge(self, operation: Operation, status: int | None, media_type: str, reading: Reading) -> Judge | None:
        side = self.source.request if status is None else self.source.response
        schema = self.schema(operation, status, media_type)
        judge = None if schema is None else side.judge(schema, reading)
        return None if isinstance(judge, str) else judge

    def _content(self, operation: Operation, status: int | None) -> Content:
        """The media types of a message; of a response, those of its own status or of another of its class."""
        if status is None:
            said = self.source.request.operations.get(operation.place)
            return said.body if said else {}
        answers = self._answers(operation)
        return answers.get(_key(answers, status) or "", {})

    def _answers(self, operation: Operation) -> Mapping[str, Content]:
        said = self.source.response.operations.get(operation.place)
        return said.answers if said else {}

    def _drifts(self, side: Original, content: Content, media_type: str, body: Any) -> Iterator[Drift]:
        if not content or not media_type:
            sent = bool(media_type) and body not in ("", None)
            if bool(content) != sent:
                told = f"{'a body' if sent else 'no body'} → {'a body' if content else 'no body'}"
                yield Drift(side.side, told, "missing" if content else "unknown")
            return
        media = media_of(content, media_type)
        if media is None:
            yield Drift(side.side, f"{media_type} → {', '.join(sorted(content))}")
        if not media or "schema" not in media or not is_json(media_type):
            return
        judge = side.judge(media["schema"])
        if isinstance(judge, str):
            yield Drift(side.side, f"the schema cannot be checked: {judge}")
        else:
            yield from (drift for error in _leaves(judge.iter_errors(body)) for drift in _drifts(error, side.side))


def _key(answers: Mapping[str, Content], status: int) -> str | None:
    """Under which key a response is documented: its own, else that of another status of its class."""
    key = status_key(status, list(answers))
    if key is None or key.upper() == "DEFAULT":
        key = min((other for other in answers if other[:1] == str(status)[:1]), default=key)
    return key


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
