"""Which side is likely wrong where a recording and the document contradict each other, and what to write about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from .. import overlay
from ..documents import Document, write
from .catalog import Operation
from .recordings import Recording
from .trial import Verdict
from .validator import Validator, json_type

_ROUNDS = 5
"""What one correction uncovers is corrected in the next round."""
_MOST_ACTIONS = 40

Action = dict[str, Any]


@dataclass(frozen=True)
class Advice:
    """What to make of a contradiction."""

    side: str
    """`document`, `recording`, or `neither`."""
    why: str
    actions: str = ""
    """Overlay actions in YAML, to paste below `actions:`; empty where no correction of the document settles it."""


class Adviser:
    """Advises on one contradiction after the other; what it proposed for one counts as done for the next."""

    def __init__(self, validator: Validator) -> None:
        self.corrected = validator

    def advise(self, verdict: Verdict) -> Advice:
        """What to make of how a recording contradicts the document."""
        why = _by_server(verdict.recording)
        found = _proposed(self.corrected, verdict)
        if found is None:
            return Advice("document", why)
        actions, self.corrected = found
        return Advice("document", why if actions else f"{why} What is proposed above settles it.", _text(actions))


def contradicts(verdict: Verdict) -> bool:
    """Whether a server said otherwise than the document of its time."""
    return verdict.recording.live and not verdict.older and bool(verdict.drifts)


def _by_server(recording: Recording) -> str:
    return f"A server said so{f' on {recording.date}' if recording.date else ''}, and that is what clients get."


def _text(actions: list[Action]) -> str:
    return write(actions) if actions else ""


def advice(judge: Callable[[], Validator], verdict: Verdict) -> Advice | None:
    """What to make of how a recording that does not contradict the document differs from it; None where it does not."""
    recording = verdict.recording
    if not verdict.drifts:
        return None
    if verdict.older:
        return Advice("neither", "The recording is older than the document: the API changed since.")
    if recording.origin == "mock":
        return Advice("recording", "The recording was made up, so the document knows better.")
    if recording.documented:
        missing = all(drift.kind in ("missing", "format") or "<" in drift.what for drift in verdict.drifts)
        lacks = "leaves out fields or holds placeholders" if missing else "shows something else than the schema"
        why = f"The document's own sample {lacks}; samples are written by hand, schemas are mostly generated."
        found = _proposed(judge(), verdict)
        return Advice(
            "recording", f"{why} If a server does answer so, correct the document.", _text(found[0] if found else [])
        )
    return None


def _proposed(validator: Validator, verdict: Verdict) -> tuple[list[Action], Validator] | None:
    """The actions after which the document and the recording agree, and its judge then; None where none were found."""
    actions: list[Action] = []
    source, now = validator.source, validator
    for _ in range(_ROUNDS):
        if not _contradictions(now, verdict):
            return actions, now
        new = [one for one in _actions(now, verdict) if one not in actions]
        actions += new
        file = {"overlay": "1.0.0", "info": {"title": "Proposal", "version": "1"}, "actions": actions}
        applied = overlay.apply(source.data, Document(overlay.FILE, file, "")) if new else None
        if applied is None or applied.problems or len(actions) > _MOST_ACTIONS:
            return None
        now = Validator(source.corrected(applied.data))
    return None


def _contradictions(validator: Validator, verdict: Verdict) -> bool:
    recording, operation = verdict.recording, verdict.operation
    answer = validator.response(operation, recording.status, recording.response_type, recording.response_body)
    if answer or not recording.live:
        return bool(answer)
    kind, body = recording.request_type, recording.request_body
    return bool(validator.request(operation, kind, body) or validator.unknown(operation, None, kind, body))


def _actions(validator: Validator, verdict: Verdict) -> Iterator[Action]:
    recording, operation, data = verdict.recording, verdict.operation, validator.source.data
    source = f"in {recording.file}" if recording.file else "in a recording"
    yield from _undocumented(data, operation, recording, source)
    kind, body = recording.response_type, recording.response_body
    errors = validator.errors(operation, recording.status, kind, body)
    errors += validator.unknown(operation, recording.status, kind, body)
    if recording.live:
        kind, body = recording.request_type, recording.request_body
        errors += validator.errors(operation, None, kind, body) + validator.unknown(operation, None, kind, body)
    yield from _optional(data, errors, source)
    seen: list[Action] = []
    for error in errors:
        for action in _corrected(data, error, source):
            if action not in seen:
                seen.append(action)
                yield action


def _optional(data: Any, errors: Sequence[jsonschema_rs.ValidationError], source: str) -> Iterator[Action]:
    """One action for each list of required members that lacks some."""
    missing: dict[tuple[str | int, ...], list[str]] = {}
    for error in errors:
        kind: Any = error.kind
        place = _place(data, list(error.schema_path)) if kind.name == "required" else None
        if place is not None and kind.property not in missing.setdefault(place, []):
            missing[place].append(kind.property)
    for place, names in missing.items():
        rule = " || ".join(f"@ == {overlay.literal(name)}" for name in names)
        why = f"{', '.join(names)} can be missing, {source}."
        yield {"target": f"{overlay.query(*place)}[?{rule}]", "description": why, "remove": True}


def _undocumented(data: Any, operation: Operation, recording: Recording, source: str) -> Iterator[Action]:
    """Actions for a status or a media type that is not documented."""
    place = tuple(_unescaped(key) for key in operation.pointer.split("/")[1:])
    said = _at(data, place)
    responses = said.get("responses") if isinstance(said, Mapping) else None
    if not isinstance(responses, Mapping):
        return
    status = str(recording.status)
    keys = [str(key) for key in responses]
    if status not in keys and f"{status[0]}XX" not in map(str.upper, keys) and "default" not in keys:
        same = next((responses[key] for key in responses if str(key)[:1] == status[0]), None)
        response = same if isinstance(same, Mapping) else {"description": "", **_described(data, recording)}
        why = f"A server answers with the status {status}, {source}."
        yield {"target": overlay.query(*place, "responses"), "description": why, "update": {status: response}}
        return
    key = next((key for key in responses if str(key).upper() in (status, f"{status[0]}XX")), None)
    content = _at(data, (*place, "responses", key, "content")) if key is not None else None
    if (
        recording.response_type
        and "openapi" in data
        and isinstance(responses.get(key), Mapping)
        and "$ref" not in responses[key]
    ):
        known = [str(one).partition(";")[0].strip().lower() for one in content or ()]
        essence = recording.response_type.partition(";")[0].strip().lower()
        if not any(one in (essence, "*/*", f"{essence.partition('/')[0]}/*") for one in known):
            why = f"A server answers in {essence}, {source}."
            target = overlay.query(*place, "responses", str(key))
            yield {"target": target, "description": why, "update": _described(data, recording)}


def _described(data: Mapping[str, Any], recording: Recording) -> dict[str, Any]:
    """The recorded body, as a document of this version describes one."""
    if not recording.response_type:
        return {}
    held = {"schema": inferred(recording.response_body)}
    return {"content": {recording.response_type.partition(";")[0].strip(): held}} if "openapi" in data else held


def inferred(value: Any) -> dict[str, Any]:
    """A schema that the value is valid by, no narrower than its types."""
    kind = json_type(value)
    if kind == "object":
        return {"type": "object", "properties": {key: inferred(item) for key, item in value.items()}}
    if kind == "array":
        items = [
            schema
            for index, schema in enumerate(map(inferred, value))
            if schema not in list(map(inferred, value[:index]))
        ]
        return {"type": "array", "items": items[0] if len(items) == 1 else {"anyOf": items} if items else {}}
    return {} if value is None else {"type": kind}


def _corrected(data: Any, error: jsonschema_rs.ValidationError, source: str) -> Iterator[Action]:
    """Actions after which the document allows what the error is about."""
    place = _place(data, list(error.schema_path))
    if place is None:
        return
    kind: Any = error.kind
    schema, keyword = place[:-1], place[-1]
    where = (
        "".join("[]" if isinstance(key, int) else f".{key}" for key in error.instance_path).lstrip(".") or "the body"
    )
    if kind.name == "required":
        return
    if kind.name in ("additionalProperties", "unevaluatedProperties"):
        members: Any = error.instance
        new = {name: inferred(members.get(name)) for name in kind.unexpected}
        why = f"There is more in {where}: {', '.join(kind.unexpected)}, {source}."
        yield {"target": overlay.query(*schema), "description": why, "update": {"properties": new}}
    elif kind.name == "enum":
        why = f"{where} has another value, {source}."
        yield {"target": overlay.query(*place), "description": why, "update": error.instance}
    elif kind.name == "type":
        yield from _widened(data, schema, error.instance, f"{where} is {json_type(error.instance)}, {source}.")
    elif kind.name in ("anyOf", "oneOf"):
        why = f"{where} is none of these, {source}."
        yield {"target": overlay.query(*place), "description": why, "update": inferred(error.instance)}
    elif keyword in _at_mapping(data, schema):
        why = f"{where} does not keep to this rule, {source}."
        yield {"target": overlay.query(*place), "description": why, "remove": True}


def _widened(data: Any, schema: Sequence[str | int], value: Any, why: str) -> Iterator[Action]:
    node = _at_mapping(data, schema)
    kind = json_type(value)
    old = "openapi" not in data or str(data["openapi"]).startswith("3.0")
    if old and kind == "null":
        update: dict[str, Any] = {"nullable" if "openapi" in data else "x-nullable": True}
    elif kind == "integer" and node.get("type") == "number":
        return
    elif isinstance(node.get("type"), list):
        update = {"type": [kind]}
    else:
        update = {"type": [node.get("type"), kind]}
    if old and "type" in update:
        return  # before OpenAPI 3.1 there is one type alone
    yield {"target": overlay.query(*schema), "description": why, "update": update}


def _place(data: Any, path: list[str | int]) -> tuple[str | int, ...] | None:
    """The place in the document as it is; the validator reads `nullable` as a union that is not there."""
    place: list[str | int] = []
    node = data
    todo = list(path)
    while todo:
        key = todo.pop(0)
        if _has(node, key):
            node = node[key]
        elif key == "anyOf" and len(todo) > 1:
            todo.pop(0)
            continue
        elif todo:
            return None
        place.append(key)  # a last one that is not there is a keyword that the validator added
    return tuple(place)


def _has(node: Any, key: str | int) -> bool:
    return key in node if isinstance(node, Mapping) else isinstance(node, list) and key in range(len(node))


def _at(data: Any, place: Sequence[str | int | None]) -> Any:
    for key in place:
        data = data[key] if key is not None and _has(data, key) else None
    return data


def _at_mapping(data: Any, place: Sequence[str | int]) -> Mapping[str, Any]:
    found = _at(data, place)
    return found if isinstance(found, Mapping) else {}


def _unescaped(key: str) -> str:
    return key.replace("~1", "/").replace("~0", "~")
