"""Strategies of the exchanges that an operation's document allows, and of the answers that it refuses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from ..generate.media import is_stream, says_scalars
from ..generate.plan import Answer as Documented
from ..generate.plan import Argument
from . import made, refusals, styles
from .calls import Call, parameter_of
from .catalog import Catalog, Operation
from .drawn import BYTES, Choices, Draw, Drawn, one_of
from .importer import status_of, text_of
from .original.said import Parameter
from .recordings import Recording, is_json
from .refusals import Refusal
from .validator import Validator


class Enough(BaseException):
    """So much was drawn that no more is; hypothesis would go on after an `Exception`."""


class Exchanges:
    """Makes strategies; the original document says what values are, and judges them.

    `left` is how many more exchanges are drawn, those that come to nothing included, until `Enough` is raised.
    """

    def __init__(self, catalog: Catalog, validator: Validator) -> None:
        self.catalog = catalog
        self.validator = validator
        self.left = sys.maxsize

    def _spend(self) -> None:
        if self.left <= 0:
            raise Enough
        self.left -= 1

    def allowed(self, operation: Operation, answer: Documented | None) -> st.SearchStrategy[Recording]:
        """Exchanges that the document allows, with one of its answers."""

        return BYTES.map(lambda content: self.exchange(Choices(content), operation, answer))

    def exchange(self, draw: Draw, operation: Operation, answer: Documented | None) -> Recording:
        """One of them."""
        self._spend()
        kind, text = self._request(draw, operation)
        status = status_of(operation, answer.status) if answer else 204
        bodiless = answer is None or answer.schema is None or status in (204, 205, 304) or operation.plan.verb == "HEAD"
        media_type = "" if answer is None or bodiless else answer.media_type
        body = "" if answer is None or bodiless else self._answer(draw, operation, answer, status)
        return Recording(
            file=operation.id,
            operation=operation.id,
            origin="mock",
            source="",
            age=None,
            document="",
            method=operation.plan.verb,
            url=self._address(draw, operation),
            request_headers=tuple(self._headers(draw, operation)),
            request_type=kind,
            request_text=text,
            status=status,
            response_headers=(("Content-Type", media_type),) if media_type else (),
            response_type=media_type,
            response_text=text_of(media_type, body) if media_type else "",
        )

    def refused(self, operation: Operation, answer: Documented) -> st.SearchStrategy[Refusal]:
        """Answers that differ from an allowed one in one place, and that the document refuses for it."""
        call = made.call(self.catalog, operation)
        return BYTES.map(lambda content: self.refusal(Choices(content), operation, answer, call))

    def refusal(self, draw: Draw, operation: Operation, answer: Documented, call: Call) -> Refusal:
        """One of them."""
        self._spend()
        status = status_of(operation, answer.status)
        valid = self._answer(draw, operation, answer, status)
        place, wrong = refusals.drawn(draw, valid)
        if not refusals.is_one(self.validator.errors(operation, status, answer.media_type, wrong)):
            reject()
        return Refusal(call, status, answer.media_type, place, wrong)

    def _answer(self, draw: Draw, operation: Operation, answer: Documented, status: int) -> Any:
        """A body that the document allows."""
        kind = answer.media_type
        if not is_json(kind):
            body = Drawn(self.catalog.resolve, draw).make(answer.schema)
            plain = isinstance(body, str) or (says_scalars(kind) and isinstance(body, bool | int | float))
            return body if is_stream(kind) or plain else "text"
        schema = self.validator.schema(operation, status, kind)
        body = Drawn(self.validator.source.response.resolve, draw).make(answer.schema if schema is None else schema)
        if self.validator.errors(operation, status, kind, body):
            reject()
        return body

    def _request(self, draw: Draw, operation: Operation) -> tuple[str, str]:
        """The media type and the text of a body that the document allows; "" where the operation takes none."""
        kind = operation.plan.body
        schema = self.validator.schema(operation, None, kind) if is_json(kind) else None
        if schema is None:
            simple = made.request_body(self.catalog, operation)
            return (kind, text_of(kind, simple["body"])) if simple else ("", "")
        body = Drawn(self.validator.source.request.resolve, draw).make(schema)
        if self.validator.errors(operation, None, kind, body):
            reject()
        return ("", "") if made.is_left_out(operation, body) else (kind, text_of(kind, body))

    def _address(self, draw: Draw, operation: Operation) -> str:
        """A URL of the operation with values for its parameters."""
        path, query = operation.template, list[styles.Pair]()
        for argument in operation.plan.arguments:
            if argument.place == "path":
                value = self._drawn(draw, argument, styles.reads_back_in_path)
                path = path.replace("{" + argument.wire + "}", styles.to_path(parameter_of(argument), value))
            elif argument.place == "query" and (argument.required or one_of(draw, (False, True))):
                value = self._drawn(draw, argument, styles.reads_back_in_query)
                query += styles.to_query(parameter_of(argument), value) if value is not None else ()
        return operation.server + path + styles.query_text(query)

    def _headers(self, draw: Draw, operation: Operation) -> Iterator[tuple[str, str]]:
        """The headers of a request: those that must be there, and some that may."""
        yield from made.headers(self.catalog, operation)
        for argument in operation.plan.arguments:
            if argument.place == "header" and not argument.required and one_of(draw, (False, True)):
                value = self._drawn(draw, argument, styles.reads_back_in_header)
                if value is not None:
                    yield argument.wire, styles.to_header(parameter_of(argument), value)

    def _drawn(self, draw: Draw, argument: Argument, carried: Callable[[Parameter, Any], bool]) -> Any:
        """A value that the argument's style can carry; where none was drawn the simple one, or None if it may lack."""
        value = Drawn(self.catalog.resolve, draw).make(argument.schema)
        if carried(parameter_of(argument), value):
            return value
        return made.value_of(self.catalog, argument) if argument.required else None
