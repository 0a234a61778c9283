"""A list that comes in pages is walked as one, whatever its API calls the next page."""

from __future__ import annotations

from typing import assert_type

from golden_pagination import AsyncGolden, AsyncPage, Golden, PaginationError, SyncPage
from golden_pagination.models import GetSessionsResponse, GetVoicesResponse, Note, Thing
from golden_pagination.testing import make, mock, scenarios


def use(client: Golden) -> None:
    page = client.sessions.list(status="open")
    assert_type(page, SyncPage[Thing, GetSessionsResponse])
    assert_type(page.items, list[Thing])
    assert_type(page.response.next, str | None)
    assert page.has_next_page()
    assert_type(page.next_page(), SyncPage[Thing, GetSessionsResponse])
    assert names(client.contacts.list(limit=2)) == ["a", "b", "c"]
    assert [assert_type(order, str) for order in client.orders.list()] == ["a", "b"]
    assert names(client.messages.list()) == ["a", "b", "c"]
    assert names(client.files.list()) == ["a", "b"]
    assert names(client.emails.list()) == ["a", "b"]
    stars = client.stars.list("me", per_page=1)
    assert_type(stars, SyncPage[Thing, list[Thing]])
    assert [p.items[0].id for p in stars.iter_pages()] == ["a", "b"]
    assert names(client.tracks.list()) == ["a", "b"]
    assert [assert_type(one, Thing | Note).id for one in client.channels.list()] == ["a", "b"]
    assert names(client.tags.list(max_items=2, max_pages=5)) == ["a", "b"]
    assert_type(client.voices.list(), GetVoicesResponse)
    try:
        names(client.sessions.list())
    except PaginationError as error:
        assert str(error) == "GET /sessions: the way to the next page leads to one that came before"
    else:
        raise AssertionError


def names(things: SyncPage[Thing, object]) -> list[str]:
    return [thing.id for thing in things]


async def use_async(client: AsyncGolden) -> None:
    page = await client.sessions.list(status="open")
    assert_type(page, AsyncPage[Thing, GetSessionsResponse])
    assert_type(page.response.next, str | None)
    assert_type(await page.next_page(), AsyncPage[Thing, GetSessionsResponse])
    assert [thing.id async for thing in client.contacts.list(limit=2)] == ["a", "b", "c"]
    assert [assert_type(order, str) async for order in client.orders.list()] == ["a", "b"]
    assert [thing.id async for thing in client.messages.list()] == ["a", "b", "c"]
    assert [thing.id async for thing in client.files.list()] == ["a", "b"]
    assert [thing.id async for thing in await client.emails.list()] == ["a", "b"]
    assert [p.items[0].id async for p in client.stars.list("me", per_page=1).iter_pages()] == ["a", "b"]
    assert [thing.id async for thing in client.tracks.list()] == ["a", "b"]
    assert [thing.id async for thing in client.channels.list()] == ["a", "b"]
    assert [thing.id async for thing in client.tags.list(max_items=2, max_pages=5)] == ["a", "b"]
    assert_type(await client.voices.list(), GetVoicesResponse)
    try:
        [thing.id async for thing in client.sessions.list()]
    except PaginationError as error:
        assert "came before" in str(error)
    else:
        raise AssertionError


def use_kit() -> None:
    things = [make(Thing, id=f"t{number}") for number in range(5)]
    ids = [thing.id for thing in things]
    with mock(strict=True) as api:
        client = api.client
        for method in (client.sessions, client.contacts, client.messages, client.files, client.emails, client.tracks):
            api.on(method.list).returns(things, size=2)
            assert names(method.list()) == ids
            assert len(api.on(method.list).calls) == 3
        api.on(client.stars.list).returns(things, size=5).first(scenarios.rate_limited(3))
        assert names(client.stars.list("me")) == ids
        assert_type(api.on(client.stars.list).calls[0].attempt, int)
        api.on(client.channels.list).returns([], size=2)
        assert [*client.channels.list()] == []
        api.on(client.tags.list).returns([], size=2)
        assert names(client.tags.list()) == []
        api.on(api.async_client.orders.list).returns(["a", "b", "c"], size=1)
        assert [*client.orders.list()] == ["a", "b", "c"]
        api.on(client.contacts.list).assert_called_with()
