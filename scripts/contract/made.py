"""An exchange made from the schemas of an operation, for operations that nobody recorded and requests no page shows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from ..generate import plan as plans
from . import streams, styles
from .calls import Call, parameter_of
from .catalog import Catalog, Operation
from .examples import example
from .recordings import is_json
from .replay import Answer, Job


def address(catalog: Catalog, operation: Operation) -> str:
    """The operation's URL with examples for the parameters that it must have."""
    path, query = operation.template, list[styles.Pair]()
    for argument in operation.plan.arguments:
        if argument.place == "path":
            text = styles.to_path(parameter_of(argument), value_of(catalog, argument))
            path = path.replace("{" + argument.wire + "}", text)
        elif argument.place == "query" and argument.required:
            query += styles.to_query(parameter_of(argument), value_of(catalog, argument))
    return operation.server + path + styles.query_text(query)


def value_of(catalog: Catalog, argument: Any) -> Any:
    """An example for the argument; a text without a better one is the argument's own name."""
    value = example(argument.schema, catalog.resolve)
    return argument.wire if value == "string" and argument.place in ("path", "query") else value


def headers(catalog: Catalog, operation: Operation) -> tuple[tuple[str, str], ...]:
    """Examples for the headers that the operation must have."""
    needed = (one for one in operation.plan.arguments if one.place == "header" and one.required)
    return tuple((one.wire, styles.to_header(parameter_of(one), value_of(catalog, one))) for one in needed)


def request_body(catalog: Catalog, operation: Operation, optional: bool = False) -> dict[str, Any] | None:
    """The media type and a body; None when the operation takes no body.

    Without `optional` it has what is required alone.
    """
    arguments = [argument for argument in operation.plan.arguments if argument.place in ("body", "whole")]
    if not arguments:
        return None
    if arguments[0].place == "whole":
        body = example(arguments[0].schema, catalog.resolve)
    else:
        body = {one.wire: example(one.schema, catalog.resolve) for one in arguments if one.required or optional}
        if is_left_out(operation, body):
            return None
    if "urlencoded" in operation.plan.body and isinstance(body, dict):
        body = urlencode([pair for key, value in body.items() for pair in _field(operation, key, value)])
    return {"media_type": operation.plan.body, "body": body}


def is_left_out(operation: Operation, body: Any) -> bool:
    """Whether clients send nothing for the body: it may be left out, and so is each argument that it is made of."""
    return body == {} and operation.plan.body_optional


def _field(operation: Operation, name: str, value: Any) -> Iterator[styles.Pair]:
    """The pairs of one field of a form."""
    said = dict(operation.plan.encoding).get(name, "")
    if is_json(said):
        yield name, value if isinstance(value, str) else json.dumps(value)
    elif isinstance(value, list) and said in styles.BETWEEN:
        yield name, styles.BETWEEN[said].join(map(styles.plain, value))
    else:
        yield from styles.brackets(name, value, numbered=said == "deepObject")


def call(catalog: Catalog, operation: Operation) -> Call:
    """A call with every argument that the operation must have."""
    needed = (argument for argument in operation.plan.arguments if argument.required)
    return Call(operation.id, {argument.name: value_of(catalog, argument) for argument in needed})


def job(catalog: Catalog, operation: Operation) -> Job:
    """A call that is answered as documented, through the clients that most users have."""
    return Job(call(catalog, operation), (answer(catalog, operation),), (), operation.elsewhere)


def filled(
    catalog: Catalog, planned: plans.Operation, call: Call, odd: Collection[str] = ()
) -> tuple[Call, frozenset[str]]:
    """The call with examples for what it must have and lacks, and for the arguments `odd`; the wire names of both.

    Wire names are unique enough here: what is left out of a comparison by mistake is one argument of the same name.
    """
    given = call.arguments
    made = [one for one in planned.arguments if one.wire in odd or (one.required and one.name not in given)]
    return (
        replace(call, arguments={**given, **{one.name: value_of(catalog, one) for one in made}}),
        frozenset(one.wire for one in made),
    )


def answer(catalog: Catalog, operation: Operation) -> Answer:
    """The answer of a call that worked, with an example of the documented body."""
    success = min((one for one in operation.plan.answers if one.success), key=lambda one: one.status, default=None)
    if success is None or success.schema is None:
        return Answer("made", 204, (), "")
    status = int(success.status) if success.status.isdigit() else 200
    body = example(success.schema, catalog.resolve)
    text = "" if status in (204, 304) else _answered(success, body)
    return Answer("made", status, (("Content-Type", success.media_type),), text)


def _answered(answer: plans.Answer, body: Any) -> str:
    """The text of an answer whose one value, or the one item of whose stream, this is."""
    if answer.reads == "events" and isinstance(body, str):
        return "".join(f"data: {line}\n" for line in body.splitlines()) + "\n"
    if answer.reads in ("events", "lines"):
        return streams.written(answer.media_type, body)
    return json.dumps(body) if is_json(answer.media_type) or not isinstance(body, str) else body
