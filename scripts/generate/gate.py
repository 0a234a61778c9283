"""Compares what both engines made with what was asked for; any difference fails the build."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem
from .endpoint_view import engine_id, parameter_name
from .endpoints import Endpoints
from .model_view import ModelView, answer_field, event_field
from .plan import Operation, Plan
from .types import TypedModels

_FIX = "This is a defect of the pipeline, not of the document; please report it with the document."


def gate(plan: Plan, view: ModelView, models: TypedModels, endpoints: Endpoints) -> list[Problem]:
    """A problem for everything that an engine dropped, added or renamed."""
    engine = (*_models(plan, models), *_forms(view, models), *_calls(plan, view, models), *_events(plan, view, models))
    differences = [*engine, *_endpoints(plan, endpoints)]
    return [Problem("spec/openapi.yaml", what, _FIX) for what in differences]


def _models(plan: Plan, models: TypedModels) -> Iterator[str]:
    for model in plan.models:
        made = models.models.get(model.name)
        if made is None:
            yield f"datamodel-code-generator dropped the model {model.name}."
            continue
        if made.class_name != model.name:
            yield f"datamodel-code-generator renamed the model {model.name} to {made.class_name}."
        asked = {field.name for field in model.fields or ()}
        if model.fields is not None and asked != set(models.types[model.name]):
            odd = ", ".join(sorted(asked ^ set(models.types[model.name])))
            yield f"datamodel-code-generator changed the fields of {model.name}: {odd}."


def _forms(view: ModelView, models: TypedModels) -> Iterator[str]:
    for key in (*view.dicts.values(), *view.additional.values()):
        if key not in models.types:
            yield f"datamodel-code-generator dropped {key}."


def _calls(plan: Plan, view: ModelView, models: TypedModels) -> Iterator[str]:
    for operation in plan.operations:
        made = models.types.get(view.calls[operation.id], {})
        for argument in operation.arguments:
            if argument.name not in made:
                yield f"datamodel-code-generator dropped the argument {argument.name} of {operation.id}."
        for answer in operation.answers:
            if answer.schema is not None and answer_field(answer.status) not in made:
                yield f"datamodel-code-generator dropped the answer {answer.status} of {operation.id}."


def _events(plan: Plan, view: ModelView, models: TypedModels) -> Iterator[str]:
    made = models.types.get(view.events, {})
    for number, event in enumerate(plan.events):
        if any(event_field(number, index) not in made for index in range(len(event.payloads))):
            yield f"datamodel-code-generator dropped the body of the event {event.name}."


def _endpoints(plan: Plan, endpoints: Endpoints) -> Iterator[str]:
    yield from (f"openapi-python-client: {complaint}" for complaint in endpoints.complaints)
    made = dict(endpoints.by_id)
    for operation in plan.operations:
        endpoint = made.pop(engine_id(operation), None)
        if endpoint is None:
            yield f"openapi-python-client dropped the operation {operation.id}."
            continue
        names = [str(parameter.python_name) for _, parameter in endpoint.iter_all_parameters()]
        if sorted(names) != sorted(_parameters(operation)):
            yield f"openapi-python-client changed the parameters of {operation.id}: {', '.join(names)}."
    yield from (f"openapi-python-client added the operation {name}." for name in made)


def _parameters(operation: Operation) -> list[str]:
    return [parameter_name(argument) for argument in operation.arguments if argument.place not in ("body", "whole")]
