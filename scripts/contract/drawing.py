"""Draws the exchanges that an operation's document allows, and the answers that it refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..generate.media import is_stream, says_scalars
from ..generate.plan import Answer as Documented
from ..generate.plan import Argument
from . import made, refusals, styles
from .calls import parameter_of
from .catalog import Catalog, Operation
from .drawn import Draw, Drawn, one_of
from .importer import status_of, text_of
from .original.said import Parameter
from .recordings import Recording, is_json
from .refusals import Refusal
from .validator import Validator


class Unfit(Exception):
    """What was drawn is not what was to be drawn; the next may be."""


class Exchanges:
    """Makes exchanges of choices; the original document says what values are, and judges them."""

    def __init__(self, catalog: Catalog, validator: Validator) -> None:
        self.catalog = catalog
        self.validator = validator

    def allowed(self, draw: Draw, operation: Operation, answer: Documented | None) -> Recording:
        """An exchange that the document allows, with one of its answers.

        Raises:
            Unfit: It does not allow what was drawn.
        """
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

    def refused(self, draw: Draw, operation: Operation, answer: Documented) -> Refusal:
        """An answer that differs from an allowed one in one place, and that the document refuses for it.

        Raises:
            Unfit: It allows what was drawn, or refuses it for more than this.
        """
        status = status_of(operation, answer.status)
        valid = self._answer(draw, operation, answer, status)
        place, wrong = refusals.drawn(draw, valid)
        if not refusals.is_one(self.validator.errors(operation, status, answer.media_type, wrong)):
            raise Unfit
        return Refusal(made.call(self.catalog, operation), status, answer.media_type, place, wrong)

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
            raise Unfit
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
            raise Unfit
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
