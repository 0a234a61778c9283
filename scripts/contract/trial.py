"""What a recording is put through, and the verdict."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..generate import plan as plans
from ..generate.media import is_stream
from . import streams
from .calls import call_of, method_of
from .catalog import Catalog, Operation
from .drift import Drift, distinct, status_key
from .equality import MOST, documented_headers, json_differences, request_differences
from .made import filled
from .messages import response_of, schema_in, variant_places
from .recordings import Recording, body_of, is_json
from .replay import MODES, RECORDED, STRICT, Answer, Job, Rows, answer_of
from .validator import PROBE, Validator

CHECKS = ("request", "schema", "decode", "encode", "sync", "async")
_UNKNOWN_FIELD = "a_field_that_no_document_has"
_UNKNOWN_VALUE: dict[str, Any] = {"nested": [1, None, "text"]}


@dataclass(frozen=True)
class Trial:
    """A recording, ready to be replayed."""

    recording: Recording
    operation: Operation
    older: bool
    """Whether what the documents say is newer than the recording."""
    drifts: tuple[Drift, ...]
    """How it differs from what the documents say now."""
    job: Job | None
    """None when the request is not one that the operation can make."""
    made: frozenset[str] = frozenset()
    """The wire names of what is sent and not compared; "" is the body as a whole."""


@dataclass(frozen=True)
class Verdict:
    """How a recording fared."""

    recording: Recording
    operation: Operation
    older: bool
    """As of the trial."""
    drifts: tuple[Drift, ...]
    """As of the trial."""
    called: bool
    """Whether the operation can make such a request, so that it was replayed."""
    failures: Mapping[str, tuple[str, ...]]
    """What went wrong, by check."""

    @property
    def word(self) -> str:
        """`passes`, `drifts` or `breaks`."""
        return "breaks" if any(self.failures.values()) else "drifts" if self.drifts else "passes"


def prepare(
    catalog: Catalog, validator: Validator, recording: Recording, varied: bool = True, modes: tuple[str, ...] = MODES
) -> Trial:
    """The trial of a recording by clients of these kinds.

    Where it is `varied`, its answer is also read with what no document has.
    """
    operation = catalog.operations[recording.operation]
    older = recording.age is not None and operation.age is not None and recording.age < operation.age
    body = recording.response_body
    on_request = validator.request(operation, recording.request_type, recording.request_body)
    on_response = validator.response(operation, recording.status, recording.response_type, body)
    call = call_of(catalog, operation, recording)
    if call is None:
        return Trial(recording, operation, older, distinct((*on_response, *on_request)), None)
    unknown = [Drift(f"request.{key}", "not documented", "unknown") for key in call.extra_body]
    planned = method_of(operation, recording)
    made = _unsaid(planned, recording)
    if not recording.live:
        odd = [one.wire for one in planned.arguments if any(_is_at(one, drift) for drift in on_request)]
        call, replaced = filled(catalog, planned, call, odd)
        unknown += _told(recording, replaced - set(odd))
        made |= replaced
    answers = _answers(recording, not on_response)
    answers += _variants(catalog, validator, operation, recording) if varied else ()
    answers = [replace(answer, modes=modes) for answer in answers]
    job = Job(call, tuple(answers), tuple(documented_headers(operation)), operation.elsewhere)
    return Trial(recording, operation, older, distinct((*on_response, *on_request, *unknown)), job, made)


def _unsaid(planned: plans.Operation, recording: Recording) -> frozenset[str]:
    """What the method always sends and the recorded request leaves to the server's default."""
    query = {key for key, _ in parse_qsl(urlsplit(recording.url).query, keep_blank_values=True)}
    body = recording.request_body
    said = {"query": query, "body": set(body) if isinstance(body, dict) else set()}
    return frozenset(wire for place, wire, _ in planned.fixed if wire not in said.get(place, ()))


def _is_at(argument: plans.Argument, drift: Drift) -> bool:
    """Whether a sample words the argument otherwise than the document, or leaves a part of it out."""
    if argument.place not in ("body", "whole") or drift.kind == "unknown":
        return False
    return not argument.wire or f"{drift.place}.".startswith((f"request.{argument.wire}.", f"request.{argument.wire}["))


def _told(recording: Recording, lacking: Iterable[str]) -> Iterator[Drift]:
    """What a document's sample leaves out of its request."""
    if recording.request_type.startswith("multipart/"):
        yield Drift("request", "the parts of a multipart body are not compared")
        return
    for wire in filter(None, lacking):
        yield Drift(f"request.{wire}", "missing, documented as required", "missing")


def _answers(recording: Recording, valid: bool) -> list[Answer]:
    """The recorded answer, to each client that must read it."""
    as_recorded = answer_of(recording)
    return [as_recorded, replace(as_recorded, label=STRICT, strict=True)][: 1 + (valid and recording.status < 400)]


def _variants(catalog: Catalog, validator: Validator, operation: Operation, recording: Recording) -> Iterator[Answer]:
    """The answer with what no document has."""
    if is_json(recording.response_type) and recording.response_text:
        body = recording.response_body
        places = validator.open_places(operation, recording.status, recording.response_type, body)
        variants = {
            "an unknown field": _with_unknown_field(body),
            "an unknown value": _with_unknown_values(body, places),
            "an unknown variant": _with_unknown_variants(catalog, operation, recording, body),
        }
        as_recorded = answer_of(recording)
        for label, variant in variants.items():
            if variant != body:
                yield replace(as_recorded, label=label, text=json.dumps(variant))


def _with_unknown_field(body: Any) -> Any:
    """The body with one more field in every object."""
    if isinstance(body, list):
        return [_with_unknown_field(item) for item in body]
    if isinstance(body, dict):
        return {**{key: _with_unknown_field(value) for key, value in body.items()}, _UNKNOWN_FIELD: _UNKNOWN_VALUE}
    return body


def _with_unknown_values(body: Any, places: list[list[str | int]]) -> Any:
    """The body with a value that no document lists at each of the places."""
    if [] in places:
        return PROBE
    changed = copy.deepcopy(body)
    for place in places:
        node = changed
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = PROBE
    return changed


def _with_unknown_variants(catalog: Catalog, operation: Operation, recording: Recording, body: Any) -> Any:
    """The body with an object that no document has in the place of each that is one of several kinds."""
    said = response_of(operation.data.get("responses"), recording.status)
    schema = schema_in(said.get("content"), recording.response_type) if isinstance(said, dict) else {}
    changed = copy.deepcopy(body)
    for place, tag in sorted(variant_places(catalog, schema, body), key=lambda one: -len(one[0])):
        odd = {**({tag: PROBE} if tag else {}), _UNKNOWN_FIELD: _UNKNOWN_VALUE}
        if not place:
            return odd
        node = changed
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = odd
    return changed


def judge(trial: Trial, catalog: Catalog, base: str, results: Rows) -> Verdict:
    """The verdict from what the package did in each mode, one result per answer."""
    failures: dict[str, list[str]] = {check: [] for check in CHECKS}
    if trial.job is None:
        path = urlsplit(trial.recording.url).path.removeprefix(trial.operation.base)
        told = f"{trial.operation.key} cannot make the request {trial.recording.method} {path}"
        failures["request"].append(told)
        return _verdict(trial, failures)
    if trial.recording.live and not trial.older:
        failures["schema"] += map(str, trial.drifts)
    secret = catalog.secrets("query")
    for mode, answers in results.items():
        for answer, result in zip(trial.job.answers, answers, strict=True):
            found = list(_failures(trial, secret, base, answer, result)) if result else []
            if answer.label == RECORDED or not failures[mode]:  # what fails as recorded fails in each variant
                for check, what in found:
                    failures[check].append(labelled(answer, what))
                    failures[mode].append(f"{check}: {labelled(answer, what)}")
    return _verdict(trial, failures)


def labelled(answer: Answer, what: str) -> str:
    """What went wrong, and with which answer."""
    return what if answer.label == RECORDED else f"with {answer.label}: {what}"


def _verdict(trial: Trial, failures: Mapping[str, Iterable[str]]) -> Verdict:
    told = {check: tuple(dict.fromkeys(found)) for check, found in failures.items()}
    return Verdict(trial.recording, trial.operation, trial.older, trial.drifts, trial.job is not None, told)


def _failures(
    trial: Trial, secret: frozenset[str], base: str, answer: Answer, result: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    if result["sent"] is None:
        yield "request", f"no request was sent: {result.get('raised', '')} {result.get('message', '')}".rstrip()
        return
    for difference in request_differences(trial.recording, trial.operation, secret, base, result["sent"], trial.made):
        yield "request", difference
    if answer.status >= 400:
        yield from _error_failures(trial, answer, result)
    elif answer.status >= 300:
        return  # whether a redirect is followed or refused is the client's own rule
    elif "raised" in result:
        yield "decode", f"{result['raised']}: {result['message']}"
    else:
        yield from _encode_failures(trial, answer, result)


def _error_failures(trial: Trial, answer: Answer, result: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "raised" not in result:
        yield "decode", f"status {answer.status} raised nothing"
    elif result["status"] != answer.status:
        yield "decode", f"status {answer.status} raised {result['raised']}: {result['message']}"
    else:
        model = trial.operation.error_models.get(status_key(answer.status, trial.operation.error_models) or "")
        is_object = isinstance(body_of(trial.recording.response_type, answer.text), dict)
        if model and is_object and model not in result["bases"]:
            yield "decode", f"the error's model is {result['model']} in place of {model}"
        yield from _encode_failures(trial, answer, result)


def _encode_failures(trial: Trial, answer: Answer, result: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind, value = trial.recording.response_type, result["value"]
    if not answer.text or answer.status == 204 or trial.recording.method == "HEAD":
        differences = iter(() if value in (None, "", []) else ("the empty answer became a value",))
    elif is_stream(kind) and isinstance(value, list):
        differences = json_differences(streams.recorded(kind, answer.text, value), value)
    else:
        differences = json_differences(body_of(kind, answer.text), value)
    for difference in islice(differences, MOST):
        yield "encode", difference
