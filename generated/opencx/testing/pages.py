# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""The pages that a list of items comes in, told as each API tells it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import attrs

from .._runtime.encode import encode
from .._runtime.narrow import is_array, is_object
from .._runtime.next_page import NextCursor, NextItem, NextLink, NextNumber, NextOffset, NextPage, dig
from .._runtime.pagination import PagedOperation
from .._runtime.unset import UNSET
from .answer import Answer
from .asked import Asked
from .check import Checker
from .document import Document, Operation

_LINKED = "page_from"
"""The parameter of links to further pages."""


def paging(operation: Operation) -> NextPage | None:
    """How the answers of an operation follow each other; None if it has no pages."""
    called = operation.called
    return called.page if isinstance(called, PagedOperation) else None


@attrs.frozen
class Pages:
    """Items in pages of some size; `usual` is an answer with one page, in which each of them is put."""

    document: Document
    operation: Operation
    usual: Answer
    items: Sequence[Any]
    size: int

    def answer(self, asked: Asked) -> Answer:
        """The page that a request asks for."""
        page = paging(self.operation)
        assert page is not None
        sent = {**(asked.json if is_object(asked.json) else {}), **dict(asked.query)}
        start = self._start(page, sent)
        items = [encode(item) for item in self.items[start : start + self.size]]
        body = put(copy.deepcopy(self.usual.json), page.items, items)
        following = start + len(items) if start + len(items) < len(self.items) else None
        if isinstance(page, NextLink):
            return self._linked(page, body, asked, following)
        return self.usual.with_json(self._told(page, body, start, following))

    def _start(self, page: NextPage, sent: Mapping[str, Any]) -> int:
        """The number of items before the page that is asked for."""
        if isinstance(page, NextLink):
            return _number(sent.get(_LINKED), 0)
        if isinstance(page, NextItem):
            ids = [str(dig(encode(item), page.id)) for item in self.items]
            after = str(sent.get(page.send))
            return ids.index(after) + 1 if after in ids else 0
        if isinstance(page, NextCursor):
            return _number(sent.get(page.send), 0)
        if isinstance(page, NextNumber):
            return (_number(sent.get(page.send), page.first) - page.first) * self.size
        if isinstance(page, NextOffset):
            return _number(sent.get(page.send), page.first) - page.first
        return 0

    def _told(self, page: NextPage, body: Any, start: int, following: int | None) -> Any:
        """The body with what it says of the page after it."""
        if isinstance(page, NextCursor):
            body = self._with_cursor(body, page.next, following)
        if isinstance(page, NextNumber):
            body = put(body, page.current, start // max(self.size, 1) + page.first)
            body = put(body, page.last, -(-len(self.items) // max(self.size, 1)))
        if isinstance(page, NextOffset):
            body = put(body, page.current, start + page.first)
        if isinstance(page, NextNumber | NextOffset):
            body = put(body, page.total, len(self.items))
        if isinstance(page, NextCursor | NextItem | NextNumber | NextOffset):
            body = put(body, page.more, following is not None)
        return body

    def _with_cursor(self, body: Any, place: str, following: int | None) -> Any:
        """The body with the cursor in the form that the document has for it; at the end null, or else empty."""
        tries = [str(following), following] if following is not None else [None, UNSET, ""]
        checker = Checker(self.document.resolve, "writeOnly")
        made = [put(copy.deepcopy(body), place, value) for value in tries]
        return min(made, key=lambda one: len(checker.faults(self.usual.schema, one)))

    def _linked(self, page: NextLink, body: Any, asked: Asked, following: int | None) -> Answer:
        link = None if following is None else _with_query(asked.url, following)
        if page.next:
            return self.usual.with_json(self._with_link(body, page.next, link))
        told = self.usual.with_json(body)
        kept = {name: text for name, text in told.headers.items() if name.lower() != "link"}
        return attrs.evolve(told, headers=kept if link is None else {**kept, "Link": f'<{link}>; rel="next"'})

    def _with_link(self, body: Any, place: str, link: str | None) -> Any:
        checker = Checker(self.document.resolve, "writeOnly")
        made = [put(copy.deepcopy(body), place, value) for value in ((None, UNSET, "") if link is None else (link,))]
        return min(made, key=lambda one: len(checker.faults(self.usual.schema, one)))


def put(body: Any, place: str, value: object) -> Any:
    """The body with a value at a place, `meta.next` for one further in; `UNSET` takes the member away."""
    if not place:
        return value if value is not UNSET and is_array(value) else body
    if not is_object(body):
        return body
    head, _, rest = (place, "", "") if place in body else place.partition(".")
    if rest:
        body[head] = put(body.get(head) or {}, rest, value)
    elif value is UNSET:
        body.pop(head, None)
    else:
        body[head] = value
    return body


def _with_query(url: str, start: int) -> str:
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != _LINKED]
    return urlunsplit(parts._replace(query=urlencode([*query, (_LINKED, start)])))


def _number(value: object, otherwise: int) -> int:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise
