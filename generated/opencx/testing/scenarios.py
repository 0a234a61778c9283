# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""What goes wrong between a client and a server: each scenario makes of the usual answer what comes in its place.

api.on(client.things.create).first(rate_limited(retry_after=2), server_error())
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import attrs

from .._runtime.narrow import is_array, is_object
from .answer import Answer
from .check import Checker, step
from .document import document

Scenario: TypeAlias = Callable[[Answer], Answer]
"""From the answer that a call would get to the one that it gets."""

_PROBLEM = {"Content-Type": "application/json"}


def expect_scenarios(given: Iterable[object]) -> None:
    """Raise `TypeError` for what is none: a name, or a function of this module that has yet to be called."""
    for one in given:
        if getattr(one, "__module__", "") == __name__ and "." not in getattr(one, "__qualname__", "."):
            raise TypeError(f"expected a scenario: {getattr(one, '__name__', '')}() in place of the function itself")
        if not callable(one):
            raise TypeError(f"expected a scenario, such as scenarios.rate_limited(), not {one!r}")


def status(code: int, body: object = None, headers: Mapping[str, str] | None = None) -> Scenario:
    """An answer with this status; with this JSON as its body, or else a message."""
    content = json.dumps({"message": f"This is a {code}."} if body is None else body).encode()
    return lambda usual: Answer(code, {**_PROBLEM, **(headers or {})}, (content,))


def rate_limited(retry_after: float | None = 1) -> Scenario:
    """429, with the seconds after which the client may ask again."""
    headers = {} if retry_after is None else {"Retry-After": f"{retry_after:g}"}
    return status(429, {"message": "Too many requests."}, headers)


def server_error(code: int = 500) -> Scenario:
    """An error of the server, which the client asks again after where that is safe."""
    return status(code, {"message": "Internal server error."})


def slow(seconds: float) -> Scenario:
    """The usual answer, after so many seconds: a timeout if the client waits less. No time really passes."""
    return lambda usual: attrs.evolve(usual, delay=seconds)


def timeout() -> Scenario:
    """No answer within any timeout."""
    return lambda usual: Answer(error="ReadTimeout", before=True)


def connection_refused() -> Scenario:
    """No connection: nothing was sent."""
    return lambda usual: Answer(error="ConnectError", before=True)


def connection_reset() -> Scenario:
    """The connection breaks after the request was sent, and before the answer."""
    return lambda usual: Answer(error="ReadError", before=True)


def cut(after: int | None = None) -> Scenario:
    """The connection breaks within the answer: after so many bytes, or items of a stream; by default half of it."""

    def scenario(usual: Answer) -> Answer:
        pieces = usual.pieces if len(usual.pieces) > 1 else tuple(bytes([byte]) for byte in usual.content)
        kept = pieces[: len(pieces) // 2 if after is None else after]
        again = b"retry: 0\n\n" if usual.media_type == "text/event-stream" else b""
        return attrs.evolve(usual, pieces=tuple(filter(None, (again, *kept))), error="ReadError")

    return scenario


def malformed() -> Scenario:
    """The usual answer with a body that is no JSON, though it says that it is."""
    return lambda usual: attrs.evolve(usual, pieces=(usual.content[: len(usual.content) // 2] + b"<html>",))


def unknown_field(name: str = "a_new_field") -> Scenario:
    """The usual answer with a member in each object that no document has."""

    def widened(value: Any) -> Any:
        if is_array(value):
            return [widened(item) for item in value]
        if is_object(value):
            return {**{key: widened(item) for key, item in value.items()}, name: "new"}
        return value

    return lambda usual: usual.with_json(widened(usual.json))


def unknown_value(text: str = "a_new_value") -> Scenario:
    """The usual answer with a value that is not listed in the place of each text that the document lists values for."""

    def scenario(usual: Answer) -> Answer:
        checker = Checker(document().resolve, "writeOnly")
        probed = _mapped(usual.json, lambda where, value: text if isinstance(value, str) else value)
        listed = {fault.where for fault in checker.faults(usual.schema, probed) if fault.rule == "enum"}
        return usual.with_json(_mapped(usual.json, lambda where, value: text if where in listed else value))

    return scenario


def missing_field(name: str | None = None) -> Scenario:
    """The usual answer, or its first item, without a member: this one, or the first that is documented as required."""

    def scenario(usual: Answer) -> Answer:
        value, schema = usual.json, document().resolve(usual.schema)
        target = value
        if is_array(value) and value:
            target, schema = value[0], document().resolve(schema.get("items"))
        if is_object(target):
            required = schema.get("required", ()) if is_object(schema) else ()
            for one in [name] if name else [*required, *target][:1]:
                target.pop(one, None)
        return usual.with_json(value)

    return scenario


def _mapped(value: Any, change: Callable[[str, Any], Any], where: str = "$") -> Any:
    """A JSON value with each value in it that holds no others changed."""
    if is_array(value):
        return [_mapped(item, change, f"{where}[{index}]") for index, item in enumerate(value)]
    if is_object(value):
        return {key: _mapped(item, change, step(where, key)) for key, item in value.items()}
    return change(where, value)


NAMED: Mapping[str, Callable[[], Scenario]] = {
    "rate-limited": rate_limited,
    "server-error": server_error,
    "timeout": timeout,
    "connection-reset": connection_reset,
    "cut": cut,
    "malformed": malformed,
    "unknown-field": unknown_field,
    "unknown-value": unknown_value,
    "missing-field": missing_field,
}
"""Those that need no arguments, as the local server names them."""
