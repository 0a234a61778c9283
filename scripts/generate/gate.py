"""Compares what both engines made with what was asked for; any difference fails the build."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem
from .endpoint_view import parameter_name
from .endpoints import Endpoints
from .model_view import ModelView, answer_field, event_field
from .plan import Operation, Plan
from .types import Types

FIX = "This is a defect of the pipeline, not of the document; please report it with the document."


def gate(plan: Plan, view: ModelView, types: Types, endpoints: Endpoints) -> list[Problem]:
    """A problem for everything that an engine dropped or renamed; one for a renamed model comes from its engine."""
    engine = (*_models(plan, types), *_forms(view, types), *_calls(plan, view, types), *_events(plan, view, types))
    differences = [*engine, *_endpoints(plan, endpoints)]
    return [Problem("spec/openapi.yaml", what, FIX) for what in differences]


def _models(plan: Plan, types: Types) -> Iterator[str]:
    for model in plan.models:
        asked = {field.name for field in model.fields or ()} if model.fields is not None else {""}
        if odd := asked ^ types.get(model.name, {}).keys():
            what = f"the fields of {model.name}: {', '.join(sorted(odd))}" if any(odd) else f"the type {model.name}"
            yield f"datamodel-code-generator changed {what}."


def _forms(view: ModelView, types: Types) -> Iterator[str]:
    for key in (*view.dicts.values(), *view.additional.values()):
        if not types.get(key):
            yield f"datamodel-code-generator dropped {key}."


def _calls(plan: Plan, view: ModelView, types: Types) -> Iterator[str]:
    for operation in plan.operations:
        made = types.get(view.calls[operation.id], {})
        for argument in operation.arguments:
            if argument.name not in made:
                yield f"datamodel-code-generator dropped the argument {argument.name} of {operation.id}."
        for answer in operation.answers:
            if answer.schema is not None and answer_field(answer.status) not in made:
                yield f"datamodel-code-generator dropped the answer {answer.status} of {operation.id}."


def _events(plan: Plan, view: ModelView, types: Types) -> Iterator[str]:
    made = types.get(view.events, {})
    for number, event in enumerate(plan.events):
        if any(event_field(number, index) not in made for index in range(len(event.payloads))):
            yield f"datamodel-code-generator dropped the body of the event {event.name}."


def _endpoints(plan: Plan, endpoints: Endpoints) -> Iterator[str]:
    for operation in plan.operations:
        names = endpoints.get(operation.id)
        if names is None:
            yield f"openapi-python-client dropped the operation {operation.id}."
        elif sorted(names) != sorted(_parameters(operation)):
            yield f"openapi-python-client changed the parameters of {operation.id}: {', '.join(names)}."


def _parameters(operation: Operation) -> list[str]:
    return [parameter_name(argument) for argument in operation.arguments if argument.place not in ("body", "whole")]
