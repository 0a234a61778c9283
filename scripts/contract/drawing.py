"""Strategies of the exchanges that an operation's document allows, and of the answers that it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import reject
from hypothesis import strategies as st

from ..generate.media import is_stream
from ..generate.plan import Answer as Documented
from ..generate.plan import Argument
from . import made, refusals
from .calls import SEPARATORS
from .catalog import Catalog, Operation
from .drawn import Draw, Drawn, one_of
from .importer import status_of, text_of
from .recordings import Recording, is_json
from .refusals import Refusal
from .validator import Validator

_PLAIN = (str, int, float)


class Exchanges:
    """Makes strategies; the original document says what values are, and judges them."""

    def __init__(self, catalog: Catalog, validator: Validator) -> None:
        self.catalog = catalog
        self.validator = validator

    def allowed(self, operation: Operation, answer: Documented | None) -> st.SearchStrategy[Recording]:
        """Exchanges that the document allows, with one of its answers."""

        @st.composite
        def exchange(draw: Draw) -> Recording:
            kind, text = self._request(draw, operation)
            status = status_of(operation, answer.status) if answer else 204
            bodiless = (
                answer is None or answer.schema is None or status in (204, 205, 304) or operation.plan.verb == "HEAD"
            )
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

        return exchange()

    def refused(self, operation: Operation, answer: Documented) -> st.SearchStrategy[Refusal]:
        """Answers that differ from an allowed one in one place, and that the document refuses for it."""
        status = status_of(operation, answer.status)
        call = made.call(self.catalog, operation)

        @st.composite
        def refusal(draw: Draw) -> Refusal:
            valid = self._answer(draw, operation, answer, status)
            place, wrong = refusals.drawn(draw, valid)
            if not refusals.is_one(self.validator.errors(operation, status, answer.media_type, wrong)):
                reject()
            return Refusal(call, status, answer.media_type, place, wrong)

        return refusal()

    def _answer(self, draw: Draw, operation: Operation, answer: Documented, status: int) -> Any:
        """A body that the document allows."""
        kind = answer.media_type
        if not is_json(kind):
            body = Drawn(self.catalog.resolve, draw).make(answer.schema)
            return body if is_stream(kind) or isinstance(body, str) else "text"
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
        return kind, text_of(kind, body)

    def _address(self, draw: Draw, operation: Operation) -> str:
        """A URL of the operation with values for its parameters."""
        path, query = operation.template, list[tuple[str, str]]()
        for argument in operation.plan.arguments:
            if argument.place == "path":
                value = self._plain(draw, argument) or made.simple(made.value_of(self.catalog, argument))
                path = path.replace("{" + argument.wire + "}", quote(value, safe=""))
            elif argument.place == "query":
                query += self._pairs(draw, argument)
        return operation.server + path + (f"?{urlencode(query)}" if query else "")

    def _headers(self, draw: Draw, operation: Operation) -> Iterator[tuple[str, str]]:
        """The headers of a request: those that must be there, and some that may."""
        yield from made.headers(self.catalog, operation)
        for argument in operation.plan.arguments:
            if argument.place == "header" and not argument.required and one_of(draw, (False, True)):
                value = self._plain(draw, argument)
                if re.fullmatch(r"[!-~]([ -~]*[!-~])?", value):
                    yield argument.wire, value

    def _plain(self, draw: Draw, argument: Argument) -> str:
        """The text of a value in a path or a header, of a list its items; "" where its style or kind is another."""
        value = None if argument.style or argument.media_type else self._drawn(draw, argument)
        items = [made.plain(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, _PLAIN)]
        return ",".join(one for one in items if one and (one == value or "," not in one))

    def _drawn(self, draw: Draw, argument: Argument) -> Any:
        return Drawn(self.catalog.resolve, draw).make(argument.schema)

    def _pairs(self, draw: Draw, argument: Argument) -> Iterator[tuple[str, str]]:
        """A query parameter, as its style writes it."""
        wire, simple = argument.wire, made.value_of(self.catalog, argument)
        if argument.media_type or not (argument.required or one_of(draw, (False, True))):
            value = simple if argument.required else None
        else:
            value = self._drawn(draw, argument)
        items = [made.plain(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, _PLAIN)]
        if argument.style == "deepObject":
            members = value.items() if isinstance(value, dict) else ()
            texts = {key: item for key, item in members if isinstance(item, str)}
            yield from ((f"{wire}[{key}]", item) for key, item in texts.items() if not {*"[]"} & {*key})
        elif isinstance(value, list) and argument.style and not argument.explode:
            separator = SEPARATORS.get(argument.style, ",")
            items = [one for one in items if one and separator not in one]
            yield from ((wire, separator.join(items)),) if items else ()
        elif "" not in items:
            yield from ((wire, item) for item in items)
        elif argument.required:
            yield from ((wire, made.plain(one)) for one in (simple if isinstance(simple, list) else [simple]))
