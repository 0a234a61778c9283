# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Pages of an answer that comes in parts, and the walk over all of them.

    for thing in client.things.list(): ...          # every thing of every page
    page = client.things.list()                     # the first page: page.items, page.response, page.next_page()
    async for thing in client.things.list(): ...    # the same with an async client,
    page = await client.things.list()               # which is asked by `await` or by `async for`

Each page is a call of its own, with the retries, the options and the arguments of the first.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Mapping
from typing import Any, Generic, TypeVar, cast

from .async_client import AsyncClient
from .client import SyncClient
from .encode import encode
from .errors import ArgumentTypeError, InvalidRequestError, PaginationError
from .model import Model
from .narrow import is_mapping
from .next_page import Answered, Move, NextPage
from .operation import Operation, Parts, RequestOptions
from .raw import WANTED, RawResponse, Received, Wanted, take
from .request import Sent
from .unset import UNSET
from .values import Value

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
R_co = TypeVar("R_co", covariant=True)

_NOTHING: Mapping[str, Any] = {}


class PageOptions(RequestOptions, total=False):
    """What can be said for one call whose answer comes in pages."""

    max_items: int
    """At most so many items when the pages are walked."""
    max_pages: int
    """At most so many pages when they are walked."""


class PagedOperation(Operation[R_co], Generic[T_co, R_co]):
    """An operation whose answer `R` is one page of items `T`; `page` says how to come to the next."""

    def __init__(self, id: str, method: str, path: str, *, page: NextPage, **more: Any) -> None:
        super().__init__(id, method, path, **more)
        self.page = page


class Asked(Value):
    """The call for one page, so that the next can be made from it."""

    paged: PagedOperation[Any, Any]
    operation: Operation[Any]
    """The same, or where a link led to."""
    options: RequestOptions
    path: Mapping[str, Any]
    query: Mapping[str, Any]
    header: Mapping[str, Any]
    cookie: Mapping[str, Any]
    body: Any
    max_items: int | None
    max_pages: int | None

    def sent(self) -> Mapping[str, Any]:
        """The arguments among which those of the page are."""
        return {**self._members(), **self.query}

    def _members(self) -> dict[str, Any]:
        """The members of the body, if it is an object."""
        body = encode(self.body) if isinstance(self.body, Model) else self.body
        return dict(body) if is_mapping(body) else {}

    def again(self) -> RequestOptions:
        """The options for the next call: each page is a call of its own, so it has no other's idempotency key."""
        options = self.options.copy()
        options.pop("idempotency_key", None)
        return options

    def moved(self, move: Move) -> Asked:
        """The same call with the one argument changed, in the body if it stands there."""
        change = {move.send: move.value}
        if self.body is UNSET or move.send in self.query:
            return self.replace(options=self.again(), query={**self.query, **change})
        return self.replace(options=self.again(), body={**self._members(), **change})

    def arguments(self) -> dict[str, Any]:
        """What the client's call takes beside the operation and the options."""
        return {
            "path": self.path, "query": self.query, "header": self.header, "cookie": self.cookie, "body": self.body,
        }  # fmt: skip


def asked_for(operation: PagedOperation[Any, Any], options: PageOptions, given: Parts) -> Asked:
    """The call for the first page. Raises `InvalidRequestError` for limits that are none."""
    plain: dict[str, Any] = {**options}
    max_items, max_pages = _limit(plain, "max_items", 0), _limit(plain, "max_pages", 1)
    return Asked(
        paged=operation,
        operation=operation,
        options=cast(RequestOptions, plain),
        path=given.get("path", _NOTHING),
        query=given.get("query", _NOTHING),
        header=given.get("header", _NOTHING),
        cookie=given.get("cookie", _NOTHING),
        body=given.get("body", UNSET),
        max_items=max_items,
        max_pages=max_pages,
    )


def _limit(options: dict[str, Any], name: str, least: int) -> int | None:
    """The limit, taken out of the options."""
    value = options.pop(name, None)
    if value is not None and type(value) is not int:
        raise ArgumentTypeError(f"{name}: expected int, not {type(value).__name__}")
    if value is not None and value < least:
        raise InvalidRequestError(f"{name}: expected a number from {least} on, not {value}")
    return value


class Place(Value):
    """Where a page stands in the walk that led to it."""

    asked: Asked
    move: Move | None
    items: list[Any]
    request: Sent
    received: Received
    number: int
    before: int
    """Items on the pages before it."""
    marks: dict[str, int]
    """What named a page so far, and after which it came; shared by all pages of a walk."""

    def next_asked(self, client: SyncClient | AsyncClient) -> Asked:
        """The call for the page after it.

        Raises `PaginationError` if there is none, or if it came already, or may not be asked for.
        """
        if self.move is None:
            raise self._blame(PaginationError("this is the last page; `has_next_page()` tells"))
        mark = self.move.mark
        if mark and self.marks.setdefault(mark, self.number) != self.number:
            raise self._blame(PaginationError("the way to the next page leads to one that came before"))
        try:
            return self.asked.moved(self.move) if not self.move.link else self._linked(self.move.link, client)
        except PaginationError as error:
            raise self._blame(error)  # noqa: B904

    def _linked(self, link: str, client: SyncClient | AsyncClient) -> Asked:
        """The same call to where a link leads, which names its whole query."""
        asked = self.asked
        target = client._linked(link, self.request.url, asked.paged)  # pyright: ignore[reportPrivateUsage]
        options = asked.again()
        if "extra_query" in options:
            options["extra_query"] = {k: v for k, v in options["extra_query"].items() if k not in target.query}
        operation = asked.paged.at(target.server, target.path)
        return asked.replace(operation=operation, options=options, path={}, query=target.query)

    def _blame(self, error: PaginationError) -> PaginationError:
        error.request = self.request
        return error


def place_of(asked: Asked, result: object, wanted: Wanted, last: Place | None) -> Place:
    """The place of a page that `wanted` has the answer of; `last` is the one before it.

    Raises `PaginationError` if it is the same page again.
    """
    answer, received = cast("RawResponse[Any]", wanted.answer), cast("Received", wanted.received)
    sent, how = asked.sent(), asked.paged.page
    items = how.items_of(result)
    before = 0 if last is None else last.before + len(last.items)
    move = how.move(Answered(result, items, answer.headers, sent, before))
    if last is None:
        start = how.start(sent)
        return Place(asked, move, items, answer.request, received, 0, 0, {start: -1} if start else {})
    place = Place(asked, move, items, answer.request, received, last.number + 1, before, last.marks)
    if move is not None and not move.mark and items == last.items:
        raise place._blame(PaginationError("the next page is the same as the one before"))  # pyright: ignore[reportPrivateUsage]
    return place


class _Page(Generic[T_co, R_co]):
    """One page of an answer."""

    def __init__(self, response: R_co, place: Place) -> None:
        self.response = response
        """The whole answer of this page."""
        self.items: list[T_co] = place.items
        """The items of this page."""
        self._place = place

    @property
    def __received__(self) -> Received:
        return self._place.received

    def has_next_page(self) -> bool:
        """Whether the answer says that there is a page after this one."""
        return self._place.move is not None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(items={self.items!r}, has_next_page={self.has_next_page()})"

    def _goes_on(self, pages: int, items: int) -> bool:
        """Whether a walk goes on after so many pages and items."""
        asked = self._place.asked
        enough = (asked.max_pages is not None and pages >= asked.max_pages) or (
            asked.max_items is not None and items >= asked.max_items
        )
        return not enough and self.has_next_page()

    def _wanted(self, items: int) -> list[T_co]:
        """The items of this page that a walk wants which had so many already."""
        most = self._place.asked.max_items
        return self.items if most is None else self.items[: max(0, most - items)]


class SyncPage(_Page[T_co, R_co]):
    """One page of an answer; iterating it gives its items and those of all pages after it.

    Iterating, and `iter_pages`, ask for further pages when they come to them, at most as many as `max_items` and
    `max_pages` of the call allow, counted from the page that is iterated.
    """

    def __init__(self, client: SyncClient, response: R_co, place: Place) -> None:
        super().__init__(response, place)
        self._client = client

    def next_page(self) -> SyncPage[T_co, R_co]:
        """The page after this one. Raises `PaginationError` if there is none, or it came already."""
        return first_page(self._client, self._place.next_asked(self._client), self._place)

    def iter_pages(self) -> Iterator[SyncPage[T_co, R_co]]:
        """This page and all after it."""
        page, pages, items = self, 1, len(self.items)
        yield page
        while page._goes_on(pages, items):
            page = page.next_page()
            pages, items = pages + 1, items + len(page.items)
            yield page

    def __iter__(self) -> Iterator[T_co]:
        items = 0
        for page in self.iter_pages():
            yield from page._wanted(items)
            items += len(page.items)


class AsyncPage(_Page[T_co, R_co]):
    """One page of an answer; iterating it with `async for` gives its items and those of all pages after it.

    Iterating, and `iter_pages`, ask for further pages when they come to them, at most as many as `max_items` and
    `max_pages` of the call allow, counted from the page that is iterated.
    """

    def __init__(self, client: AsyncClient, response: R_co, place: Place) -> None:
        super().__init__(response, place)
        self._client = client

    async def next_page(self) -> AsyncPage[T_co, R_co]:
        """The page after this one. Raises `PaginationError` if there is none, or it came already."""
        return await async_first_page(self._client, self._place.next_asked(self._client), self._place)

    async def iter_pages(self) -> AsyncIterator[AsyncPage[T_co, R_co]]:
        """This page and all after it."""
        page, pages, items = self, 1, len(self.items)
        yield page
        while page._goes_on(pages, items):
            page = await page.next_page()
            pages, items = pages + 1, items + len(page.items)
            yield page

    def __aiter__(self) -> AsyncIterator[T_co]:
        return _walk(self.iter_pages())


class AsyncPages(Generic[T_co, R_co]):
    """An answer that is yet to be asked for: `await` gives its first page, `async for` the items of all pages.

    Each `await` and each `async for` asks anew.
    """

    def __init__(self, first: Callable[[], Coroutine[Any, Any, AsyncPage[T_co, R_co]]]) -> None:
        self._first = first

    def __await__(self) -> Generator[Any, Any, AsyncPage[T_co, R_co]]:
        return self._first().__await__()

    def __aiter__(self) -> AsyncIterator[T_co]:
        return _walk(self.iter_pages())

    async def iter_pages(self) -> AsyncIterator[AsyncPage[T_co, R_co]]:
        """All pages."""
        async for page in (await self._first()).iter_pages():
            yield page


async def _walk(pages: AsyncIterator[AsyncPage[T, Any]]) -> AsyncIterator[T]:
    """The items of pages, as many as are wanted."""
    items = 0
    async for page in pages:
        for item in page._wanted(items):  # pyright: ignore[reportPrivateUsage]
            yield item
        items += len(page.items)


def first_page(client: SyncClient, asked: Asked, last: Place | None = None) -> SyncPage[Any, Any]:
    """The page that a call gives."""
    outer = take()
    wanted = Wanted(live=outer is not None and outer.live)
    token = WANTED.set(wanted)
    try:
        result = client._call(asked.operation, asked.options, **asked.arguments())  # pyright: ignore[reportPrivateUsage]
    finally:
        WANTED.reset(token)
    page: SyncPage[Any, Any] = SyncPage(client, result, place_of(asked, result, wanted, last))
    if outer is not None and wanted.answer is not None:
        outer.answer = wanted.answer.replace(result=page)
    return page


async def async_first_page(client: AsyncClient, asked: Asked, last: Place | None = None) -> AsyncPage[Any, Any]:
    """The page that a call gives."""
    outer = take()
    wanted = Wanted(live=outer is not None and outer.live)
    token = WANTED.set(wanted)
    try:
        result = await client._call(asked.operation, asked.options, **asked.arguments())  # pyright: ignore[reportPrivateUsage]
    finally:
        WANTED.reset(token)
    page: AsyncPage[Any, Any] = AsyncPage(client, result, place_of(asked, result, wanted, last))
    if outer is not None and wanted.answer is not None:
        outer.answer = wanted.answer.replace(result=page)
    return page
