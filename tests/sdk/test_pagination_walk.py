"""Pages: all items of all pages in order, each page a call like the first, and no walk without an end."""

from __future__ import annotations

import asyncio
from typing import Any, Unpack
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Answer, Server
from hypothesis import given
from hypothesis import strategies as st
from petshop import AsyncPetshop, Petshop
from petshop._runtime import (
    UNSET,
    AsyncPages,
    AsyncResource,
    InternalServerError,
    InvalidRequestError,
    NextCursor,
    NextItem,
    NextLink,
    NextNumber,
    NextOffset,
    PagedOperation,
    PageOptions,
    PaginationError,
    Resource,
    SyncPage,
    WithResponse,
    async_raw_response,
    raw_response,
    response_of,
)
from petshop._runtime.links import next_link
from petshop._runtime.next_page import Answered, NextPage

OBJECT = "dict[str, Any]"


def operation(page: NextPage, verb: str = "GET", returns: str = OBJECT, **more: Any) -> PagedOperation[Any, Any]:
    return PagedOperation(
        "things.list", verb, "/things", page=page, returns={"200": returns}, security=(("bearerAuth",),), **more
    )


def listed(client: Petshop, page: NextPage, returns: str = OBJECT, **call: Any) -> SyncPage[Any, Any]:
    options = {name: call.pop(name) for name in [*call] if name not in ("query", "header", "body")}
    return Resource(client)._page(operation(page, returns=returns), options, **call)  # type: ignore[arg-type]


class Things(Resource):
    def list(self, page: NextPage, **options: Unpack[PageOptions]) -> SyncPage[Any, Any]:
        return self._page(operation(page), options)


class AsyncThings(AsyncResource):
    def list(self, page: NextPage, **options: Unpack[PageOptions]) -> AsyncPages[Any, Any]:
        return self._page(operation(page), options, query={"cursor": UNSET})


class ThingsWithRawResponse(WithResponse):
    @raw_response(Things.list)
    def list(self) -> None: ...


class AsyncThingsWithRawResponse(WithResponse):
    @async_raw_response(AsyncThings.list)
    def list(self) -> None: ...


def client_of(server: Server, **settings: Any) -> Petshop:
    return Petshop(api_key="k", base_url=server.url, **settings)


def queries(server: Server) -> list[dict[str, str]]:
    return [{k: v[0] for k, v in parse_qs(urlsplit(seen.path).query).items()} for seen in server.seen]


CURSOR = NextCursor(items="items", next="next", send="cursor")
THREE = [{"items": [1, 2], "next": "b"}, {"items": [3], "next": "c"}, {"items": [4, 5], "next": None}]

SHAPES: dict[str, tuple[NextPage, list[Any], list[dict[str, str]]]] = {
    "cursor": (CURSOR, THREE, [{}, {"cursor": "b"}, {"cursor": "c"}]),
    "nested cursor": (
        NextCursor(items="results", next="response_metadata.next_cursor", send="cursor"),
        [{"results": [1, 2, 3], "response_metadata": {"next_cursor": "b"}}, {"results": [4, 5]}],
        [{}, {"cursor": "b"}],
    ),
    "number cursor that is 0": (
        NextCursor(items="results", next="next", send="from"),
        [{"results": [1, 2, 3], "next": 0}, {"results": [4, 5], "next": None}],
        [{}, {"from": "0"}],
    ),
    "last id": (
        NextCursor(items="data", next="last_id", send="after", more="has_more"),
        [{"data": [1, 2, 3], "has_more": True, "last_id": "z"}, {"data": [4, 5], "has_more": False, "last_id": "y"}],
        [{}, {"after": "z"}],
    ),
    "page with has_next": (
        NextNumber(items="data", send="page", current="page", more="has_next"),
        [{"data": [1, 2, 3], "page": 1, "has_next": True}, {"data": [4, 5], "page": 2, "has_next": False}],
        [{}, {"page": "2"}],
    ),
    "page with totalPages": (
        NextNumber(items="data", send="page", last="totalPages"),
        [{"data": [1, 2, 3], "totalPages": 2}, {"data": [4, 5], "totalPages": 2}],
        [{}, {"page": "2"}],
    ),
    "page from 0 with totalPages": (
        NextNumber(items="data", send="page", last="totalPages", first=0),
        [{"data": [1, 2, 3], "totalPages": 2}, {"data": [4, 5], "totalPages": 2}],
        [{}, {"page": "1"}],
    ),
    "page with total": (
        NextNumber(items="data", send="page", total="meta.total"),
        [
            {"data": [1, 2], "meta": {"total": 5}},
            {"data": [3, 4], "meta": {"total": 5}},
            {"data": [5], "meta": {"total": 5}},
        ],
        [{}, {"page": "2"}, {"page": "3"}],
    ),
    "page without a word on the end": (
        NextNumber(items="", send="page"),
        [[1, 2, 3], [4, 5], []],
        [{}, {"page": "2"}, {"page": "3"}],
    ),
    "offset with total": (
        NextOffset(items="items", send="offset", total="total"),
        [{"items": [1, 2, 3], "total": 5}, {"items": [4, 5], "total": 5}],
        [{}, {"offset": "3"}],
    ),
    "offset with has_more": (
        NextOffset(items="items", send="offset", current="offset", more="has_more"),
        [{"items": [1, 2, 3], "offset": 0, "has_more": True}, {"items": [4, 5], "offset": 3, "has_more": False}],
        [{}, {"offset": "3"}],
    ),
    "start index from 1": (
        NextOffset(items="Resources", send="startIndex", total="totalResults", first=1),
        [{"Resources": [1, 2, 3], "totalResults": 5}, {"Resources": [4, 5], "totalResults": 5}],
        [{}, {"startIndex": "4"}],
    ),
    "relative link": (
        NextLink(items="data", next="links.next"),
        [{"data": [1, 2, 3], "links": {"next": "?after=x%2By&k"}}, {"data": [4, 5], "links": {}}],
        [{}, {"after": "x+y"}],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_iterating_the_result_gives_all_items_of_all_pages(server: Server, shape: str) -> None:
    how, answers, asked = SHAPES[shape]
    server.answer(*map(Answer, answers))
    assert list(listed(client_of(server), how, returns="Any")) == [1, 2, 3, 4, 5]
    assert queries(server) == asked


@pytest.mark.parametrize("shape", SHAPES)
def test_the_async_client_walks_the_same_pages(server: Server, shape: str) -> None:
    how, answers, asked = SHAPES[shape]
    server.answer(*map(Answer, answers))

    async def walk() -> list[Any]:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            pages = AsyncResource(client)._page(operation(how, returns="Any"), {})
            return [item async for item in pages]

    assert asyncio.run(walk()) == [1, 2, 3, 4, 5]
    assert queries(server) == asked


def test_items_named_by_their_id_lead_to_the_next_page(server: Server) -> None:
    how = NextItem(items="data", id="id", send="after", more="has_more")
    server.answer(
        Answer({"data": [{"id": "a"}, {"id": "b"}], "has_more": True}),
        Answer({"data": [{"id": "c"}], "has_more": False}),
    )
    assert [item["id"] for item in listed(client_of(server), how)] == ["a", "b", "c"]
    assert queries(server) == [{}, {"after": "b"}]


def test_a_link_header_leads_through_bare_arrays(server: Server) -> None:
    following = f'<{server.url}/repositories/7/things?page=2>; rel="next", <{server.url}/x?page=9>; rel="last"'
    last = f'<{server.url}/things?page=1>; rel="first prev"'
    server.answer(Answer([1, 2], headers={"Link": following}), Answer([3], headers={"Link": last}))
    page = listed(client_of(server), NextLink(), returns="list[int]", query={"per_page": 2}, header={"X-Team": "t"})
    assert list(page) == [1, 2, 3]
    assert [seen.path for seen in server.seen] == ["/things?per_page=2", "/repositories/7/things?page=2"]
    assert [seen.headers["x-team"] for seen in server.seen] == ["t", "t"]
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer k", "Bearer k"]


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ('</a>; rel="next"', "/a"),
        ("</a>;rel=next", "/a"),
        ('</a,b>; title="x, <y>; rel=next"; REL="prev Next"', "/a,b"),
        ('</p>; rel="prev", </n>; rel="next"; type="x"', "/n"),
        ('</a>; rel="nextish"', ""),
        ('</a>; rel="prev"; rel="next"', ""),
        ('</a>; title="rel=next"', ""),
        ("</a; rel=next", ""),
        ("<" * 5000 + '"' * 5000, ""),
        ("</a>" + ";" * 16000, ""),
        ("", ""),
    ],
)
def test_a_link_header_is_read_as_its_standard_says(header: str, target: str) -> None:
    assert next_link(header) == target


def test_a_page_has_its_items_its_whole_answer_and_the_next_page(server: Server) -> None:
    server.answer(Answer({**THREE[0], "total": 9}), Answer(THREE[2]))
    page = listed(client_of(server), CURSOR)
    assert page.items == [1, 2]
    assert page.response["total"] == 9
    assert page.has_next_page()
    assert len(server.seen) == 1
    following = page.next_page()
    assert following.items == [4, 5]
    assert not following.has_next_page()
    with pytest.raises(PaginationError, match="GET /things: this is the last page"):
        following.next_page()


def test_iter_pages_gives_the_pages(server: Server) -> None:
    server.answer(*map(Answer, THREE))
    assert [page.items for page in listed(client_of(server), CURSOR).iter_pages()] == [[1, 2], [3], [4, 5]]


def test_no_page_is_asked_for_before_it_is_needed(server: Server) -> None:
    server.answer(*map(Answer, THREE))
    walk = iter(listed(client_of(server), CURSOR))
    assert [next(walk), next(walk)] == [1, 2]
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("limits", "items", "calls"),
    [
        ({"max_items": 3}, [1, 2, 3], 2),
        ({"max_items": 1}, [1], 1),
        ({"max_items": 2}, [1, 2], 1),
        ({"max_items": 0}, [], 1),
        ({"max_items": 99}, [1, 2, 3, 4, 5], 3),
        ({"max_pages": 1}, [1, 2], 1),
        ({"max_pages": 2}, [1, 2, 3], 2),
        ({"max_pages": 3, "max_items": 4}, [1, 2, 3, 4], 3),
    ],
)
def test_limits_end_a_walk_without_a_call_too_many(
    server: Server, limits: dict[str, int], items: list[int], calls: int
) -> None:
    server.answer(*map(Answer, THREE))
    assert list(listed(client_of(server), CURSOR, **limits)) == items
    assert len(server.seen) == calls


@pytest.mark.parametrize("limits", [{"max_items": -1}, {"max_pages": 0}, {"max_items": "3"}, {"max_pages": True}])
def test_a_limit_that_is_none_is_refused_before_anything_is_sent(server: Server, limits: Any) -> None:
    with pytest.raises((TypeError, InvalidRequestError), match=next(iter(limits))):
        listed(client_of(server), CURSOR, **limits)
    assert server.seen == []


def test_each_page_is_asked_for_with_the_caller_s_arguments_and_options(server: Server) -> None:
    server.answer(*map(Answer, THREE))
    page = listed(
        client_of(server), CURSOR, query={"limit": 2, "cursor": UNSET, "tag": ["x", "y"]}, header={"X-Team": "t"},
        extra_headers={"X-More": "m"}, extra_query={"z": "1"}, max_items=5,
    )  # fmt: skip
    assert len(list(page)) == 5
    assert [seen.path.partition("?")[2] for seen in server.seen] == [
        "limit=2&tag=x&tag=y&z=1",
        "limit=2&cursor=b&tag=x&tag=y&z=1",
        "limit=2&cursor=c&tag=x&tag=y&z=1",
    ]
    assert {(seen.headers["x-team"], seen.headers["x-more"]) for seen in server.seen} == {("t", "m")}


def test_a_cursor_goes_into_the_body_where_its_argument_stands(server: Server) -> None:
    server.answer(*map(Answer, THREE))
    search = operation(CURSOR, "POST", body="application/json")
    page = Resource(client_of(server))._page(search, {"idempotency_key": "once"}, body={"q": "x", "cursor": UNSET})
    assert len(list(page)) == 5
    bodies = [b'{"q":"x"}', b'{"q":"x","cursor":"b"}', b'{"q":"x","cursor":"c"}']
    assert [seen.body for seen in server.seen] == bodies
    assert ["idempotency-key" in seen.headers for seen in server.seen] == [True, False, False]


def test_a_page_that_fails_is_tried_again_and_then_raised(server: Server, waits: list[float]) -> None:
    server.answer(Answer(THREE[0]), Answer(status=503), Answer(THREE[2]), Answer(status=500))
    assert list(listed(client_of(server), CURSOR)) == [1, 2, 4, 5]
    assert len(waits) == 1
    server.answer(Answer(THREE[0]), Answer(status=500))
    walk = iter(listed(client_of(server), CURSOR))
    assert [next(walk), next(walk)] == [1, 2]
    with pytest.raises(InternalServerError, match="GET /things -> 500"):
        next(walk)


@pytest.mark.parametrize("back_to", ["a", "b", "c"])
def test_a_cursor_that_comes_again_is_an_error_and_no_endless_walk(server: Server, back_to: str) -> None:
    server.answer(*(Answer({"items": [cursor], "next": cursor}) for cursor in ["b", "c", back_to]), Answer(THREE[0]))
    got: list[str] = []
    with pytest.raises(PaginationError, match="GET /things: the way to the next page leads to one that came before"):
        got.extend(listed(client_of(server), CURSOR, query={"cursor": "a"}))
    assert got == ["b", "c", back_to]
    assert len(server.seen) == 3


def test_a_first_page_that_names_itself_as_the_next_is_a_page_all_the_same(server: Server) -> None:
    server.answer(Answer({"items": [1, 2], "next": "a"}))
    page = listed(client_of(server), CURSOR, query={"cursor": "a"})
    assert page.items == [1, 2]
    walk = iter(page)
    assert [next(walk), next(walk)] == [1, 2]
    with pytest.raises(PaginationError, match="came before"):
        next(walk)
    assert len(server.seen) == 1


def test_a_server_that_echoes_the_page_number_is_walked_from_any_page(server: Server) -> None:
    server.answer(*(Answer({"data": [n], "page": n, "has_next": n < 4}) for n in (2, 3, 4)))
    how = NextNumber(items="data", send="page", current="page", more="has_next")
    assert list(listed(client_of(server), how, query={"page": 2})) == [2, 3, 4]
    assert [query["page"] for query in queries(server)] == ["2", "3", "4"]


def test_a_link_that_comes_again_is_an_error(server: Server) -> None:
    server.answer(Answer({"data": [1], "next": "/things?p=2"}))
    with pytest.raises(PaginationError, match="came before"):
        list(listed(client_of(server), NextLink(items="data", next="next")))
    assert len(server.seen) == 2


@pytest.mark.parametrize("current", ["page", ""])
def test_a_server_that_ignores_the_page_number_is_found_out(server: Server, current: str) -> None:
    server.answer(Answer({"data": [{"id": 1}], "page": 1, "has_next": True}))
    how = NextNumber(items="data", send="page", current=current, more="has_next")
    with pytest.raises(PaginationError, match="before"):
        list(listed(client_of(server), how))
    assert len(server.seen) == 2


def test_the_same_next_page_may_be_asked_for_twice(server: Server) -> None:
    server.answer(Answer(THREE[0]), Answer(THREE[1]), Answer(THREE[1]), Answer(THREE[2]))
    page = listed(client_of(server), CURSOR)
    assert page.next_page().items == page.next_page().items == [3]


def test_a_page_without_items_is_the_last(server: Server) -> None:
    for how in (
        CURSOR,
        NextLink(items="items", next="next"),
        NextOffset(items="items", send="o"),
        NextNumber("items", "p"),
    ):
        server.answer(Answer({"items": [], "next": "/more"}))
        assert list(listed(client_of(server), how)) == []


@pytest.mark.parametrize(
    "answer", [{}, {"items": None}, {"items": "x"}, {"items": {"a": 1}, "next": {}}, None, [], "x"]
)
def test_an_answer_that_is_no_page_has_no_items_and_no_next_page(server: Server, answer: Any) -> None:
    server.answer(Answer(answer))
    page = listed(client_of(server), CURSOR)
    assert (page.items, page.has_next_page()) == ([], False)
    assert page.response == answer


MEMBERS = st.sampled_from(["items", "data", "next", "last_id", "has_more", "page", "total", "id", "meta", "x"])
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=6),
)
EVERY_WAY = [
    *(how for how, _, _ in SHAPES.values()),
    NextItem(items="items", id="id", send="after", more="has_more"),
    NextNumber(items="items", send="page", current="page", more="has_more", last="meta.page", total="total"),
    NextOffset(items="items", send="page", current="page", more="has_more", total="total"),
]


@given(ANY_JSON, st.dictionaries(MEMBERS, ANY_JSON, max_size=3))
def test_no_answer_and_no_argument_is_too_odd_to_look_for_the_next_page(answer: Any, sent: Any) -> None:
    for how in EVERY_WAY:
        items = how.items_of(answer)
        move = how.move(Answered(answer, items, {"link": str(answer)}, sent))
        assert move is None or (items and (move.send or move.link))
        assert isinstance(how.start(sent), str)


@pytest.mark.parametrize("odd", [None, "", False, {}, [], {"a": "b"}])
def test_what_can_be_no_cursor_ends_the_walk(server: Server, odd: Any) -> None:
    server.answer(Answer({"items": [1], "next": odd}))
    assert list(listed(client_of(server), CURSOR)) == [1]


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.test/things?cursor=b",
        "//evil.test/things",
        "http://127.0.0.1:1/things",
        "http://user:pass@evil.test/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "\\\\evil.test\\x",
        "http://[::1",
    ],
)
def test_a_link_to_another_origin_is_refused(server: Server, link: str) -> None:
    server.answer(Answer({"data": [1], "next": link}))
    page = listed(client_of(server), NextLink(items="data", next="next"))
    if "\\" in link:  # a path of the same server, and nothing else
        page.next_page()
        assert server.seen[-1].path.startswith("/%5C%5Cevil.test")
        return
    assert page.has_next_page()
    with pytest.raises(PaginationError, match="GET /things: the link to the next page"):
        page.next_page()
    assert len(server.seen) == 1


def test_a_link_to_where_the_api_says_it_is_leads_to_where_the_user_says_it_is(server: Server) -> None:
    links = [{"data": [n], "next": f"https://api.petshop.test/things?p={n + 1}"} for n in (1, 2)]
    server.answer(*map(Answer, links), Answer({"data": [3]}))
    assert list(listed(client_of(server), NextLink(items="data", next="next"))) == [1, 2, 3]
    assert [seen.path for seen in server.seen] == ["/things", "/things?p=2", "/things?p=3"]


def test_a_link_keeps_to_the_server_s_own_path_below_a_base(server: Server) -> None:
    server.answer(Answer({"data": [1], "next": "/v2/things?p=2"}), Answer({"data": [2]}))
    client = Petshop(api_key="k", base_url=f"{server.url}/v2")
    assert list(listed(client, NextLink(items="data", next="next"))) == [1, 2]
    assert [seen.path for seen in server.seen] == ["/v2/things", "/v2/things?p=2"]


def test_a_key_in_a_link_is_not_sent_twice(server: Server) -> None:
    server.answer(Answer({"data": [1], "next": "?k=SECRET&p=2"}), Answer({"data": [2]}))
    client = Petshop(query_key="SECRET", cookie_key="c", base_url=server.url)
    how = NextLink(items="data", next="next")
    keyed: PagedOperation[Any, Any] = PagedOperation(
        "t.list", "GET", "/t", page=how, returns={"200": OBJECT}, security=(("queryKey", "cookieKey"),)
    )
    assert list(Resource(client)._page(keyed, {"extra_query": {"p": "7", "q": "8"}})) == [1, 2]
    assert [seen.path for seen in server.seen] == ["/t?p=7&q=8&k=SECRET", "/t?p=2&q=8&k=SECRET"]


def test_raw_gives_the_page_with_the_answer_behind_it(server: Server) -> None:
    server.answer(Answer(THREE[0], headers={"X-Request-Id": "r1"}))
    client = client_of(server)
    raw = ThingsWithRawResponse(Things(client)).list(CURSOR)
    assert raw.result.items == [1, 2]
    assert (raw.status, raw.request_id) == (200, "r1")
    assert response_of(raw.result).request_id == "r1"


def test_an_async_result_is_both_awaited_and_iterated(server: Server) -> None:
    async def use() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            things = AsyncThings(client)
            server.answer(*map(Answer, THREE))
            page = await things.list(CURSOR)
            assert (page.items, page.has_next_page()) == ([1, 2], True)
            assert (await page.next_page()).items == [3]
            server.answer(*map(Answer, THREE))
            assert [item async for item in await things.list(CURSOR)] == [1, 2, 3, 4, 5]
            server.answer(*map(Answer, THREE))
            assert [p.items async for p in things.list(CURSOR, max_pages=2).iter_pages()] == [[1, 2], [3]]
            server.answer(*map(Answer, THREE))
            assert [item async for item in things.list(CURSOR, max_items=3)] == [1, 2, 3]
            server.answer(Answer({"items": [1], "next": "b"}))
            with pytest.raises(PaginationError):
                [item async for item in things.list(CURSOR)]
            raw = await AsyncThingsWithRawResponse(things).list(CURSOR)
            assert raw.result.items == [1]

    asyncio.run(use())


def test_a_page_shows_its_items_and_no_credential(server: Server) -> None:
    server.answer(Answer(THREE[0]))
    assert repr(listed(client_of(server), CURSOR)) == "SyncPage(items=[1, 2], has_next_page=True)"
