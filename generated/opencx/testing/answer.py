# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""What a request is answered with: as it was recorded, or made from the documented schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

import attrs

from .._runtime.encode import encode
from .._runtime.sse import ServerSentEvent
from .asked import essence, is_json
from .check import Checker
from .document import Document, Documented, Operation, Schema
from .examples import Maker

_BODILESS = (204, 205, 304)
_SEQUENCES = ("application/json-seq", "application/geo+json-seq")
_STREAMED = 2
"""The number of items in a stream that is made."""


@attrs.frozen
class Answer:
    """One answer to a request.

    `error` is raised by the HTTP client in the place of the answer, after the pieces of the body that came before it;
    `before` tells that it comes before any answer. `delay` is how long the answer takes, in seconds.
    """

    status: int = 200
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    pieces: tuple[bytes, ...] = ()
    error: str = ""
    """The name of the HTTP client's exception."""
    before: bool = False
    delay: float = 0.0
    schema: Schema = None
    """What is documented of the body, or of one item of a stream."""

    @property
    def content(self) -> bytes:
        return b"".join(self.pieces)

    @property
    def media_type(self) -> str:
        return essence(next((text for name, text in self.headers.items() if name.lower() == "content-type"), ""))

    @property
    def json(self) -> Any:
        """The body's JSON. Raises `ValueError` if it is none."""
        return json.loads(self.content)

    def with_json(self, value: object) -> Answer:
        """The same answer with another body."""
        return attrs.evolve(self, pieces=(_text(value),))

    def with_headers(self, headers: Mapping[str, str]) -> Answer:
        """The same answer with some more headers."""
        names = {name.lower() for name in headers}
        kept = {name: text for name, text in self.headers.items() if name.lower() not in names}
        return attrs.evolve(self, headers={**kept, **headers})


@attrs.frozen
class Answerer:
    """Answers requests as the document and the recordings have it."""

    document: Document
    _made: dict[tuple[str, int], Answer] = attrs.field(factory=dict[tuple[str, int], Answer], init=False, eq=False)

    def usual(self, operation: Operation) -> Answer:
        """The answer to a call that works: a recorded one, else one that is made."""
        worked = [one.status for one in self.document.recorded(operation.id) if 200 <= one.status < 300]
        return self.of_status(operation, worked[0] if worked else operation.success)

    def of_status(self, operation: Operation, status: int) -> Answer:
        """An answer of some status: a recorded one, else one that is made."""
        documented = operation.answer(status)
        for one in self.document.recorded(operation.id):
            if one.status == status and not documented.reads:
                headers = {"Content-Type": one.media_type} if one.media_type else {}
                return Answer(one.status, headers, (one.body.encode(),), schema=documented.schema)
        return self.made(operation, status)

    def made(self, operation: Operation, status: int) -> Answer:
        """An answer of some status, with a body made from its schema, once; without one where none is documented."""
        found = self._made.get((operation.id, status))
        if found is None:
            found = self._made[operation.id, status] = self._new(operation, status)
        return found

    def _new(self, operation: Operation, status: int) -> Answer:
        documented = operation.answer(status)
        if not documented.media_type or status in _BODILESS:
            return Answer(status)
        if documented.reads in ("events", "lines"):
            return self.stream(operation, status, [self.example(documented.schema)] * _STREAMED)
        if documented.reads == "file":
            return self.given(operation, status, b"the content of a file")
        return self.given(operation, status, self.example(documented.schema))

    def given(self, operation: Operation, status: int, value: object) -> Answer:
        """An answer with this value as its body: bytes and documented text as they are, anything else as JSON."""
        documented = operation.answer(status)
        media_type = _concrete(documented.media_type, value)
        if isinstance(value, bytes):
            content = value
        elif isinstance(value, str) and not is_json(media_type):
            content = value.encode()
        else:
            content = _text(value)
        headers = {} if status in _BODILESS else {"Content-Type": media_type}
        return Answer(status, headers, (content,), schema=documented.schema)

    def stream(self, operation: Operation, status: int, items: Iterable[object]) -> Answer:
        """An answer with these items: events, their data, or the values of lines."""
        documented = operation.answer(status)
        media_type = essence(documented.media_type)
        pieces = tuple(_piece(item, documented, media_type) for item in items)
        return Answer(status, {"Content-Type": media_type}, pieces, schema=documented.schema)

    def example(self, schema: Schema) -> Any:
        """A value that a schema describes."""
        return make_example(self.document, schema)


def make_example(document: Document, schema: Schema, skipped: str = "writeOnly") -> Any:
    """A value that a schema describes, with all its members where that is possible, else with those it must have.

    `skipped` is what the members are left out for that are not of this direction.
    """
    checker = Checker(document.resolve, skipped)
    tries = [(choice, optional) for optional in (True, False) for choice in (0, 1, 2)]
    values = (Maker(document.resolve, False, choice, optional).make(schema) for choice, optional in tries)
    first = None
    for number, value in enumerate(values):
        if not checker.faults(schema, value):
            return value
        first = value if number == 0 else first
    return first


def _concrete(media_type: str, value: object) -> str:
    """A media type that a body can be of, where the document has a pattern or nothing."""
    if media_type and "*" not in media_type:
        return media_type
    return "application/octet-stream" if isinstance(value, bytes) else "application/json"


def _text(value: object) -> bytes:
    return json.dumps(encode(value), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _piece(item: object, documented: Documented, media_type: str) -> bytes:
    """The bytes of one item of a stream."""
    if documented.reads == "lines":
        mark = b"\x1e" if media_type in _SEQUENCES else b""
        return mark + _text(item) + b"\n"
    event = item if _is_event(item) else ServerSentEvent[Any](item)
    data = event.data if isinstance(event.data, str) else _text(event.data).decode()
    lines = [f"event: {event.event}"] if event.event != "message" else []
    lines += [f"id: {event.id}"] if event.id is not None else []
    lines += [f"data: {line}" for line in data.split("\n")]
    return ("\n".join(lines) + "\n\n").encode()


def _is_event(item: object) -> TypeGuard[ServerSentEvent[Any]]:
    return isinstance(item, ServerSentEvent)
