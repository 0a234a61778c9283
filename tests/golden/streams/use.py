"""Events and lines are typed items; an operation that can stream or not is two methods."""

from __future__ import annotations

from typing import assert_type

from golden_streams import AsyncGolden, AsyncStream, Golden, IncompleteError, ServerSentEvent, Stream
from golden_streams.models import Chat, Part
from golden_streams.testing import make, mock, scenarios


def use(client: Golden) -> None:
    assert_type(client.chats.create(prompt="Hello"), Chat)
    with client.chats.create_stream(prompt="Hello") as stream:
        assert_type(stream, Stream[ServerSentEvent[Part]])
        assert [(event.event, event.data.delta) for event in stream] == [("message", "Hi"), ("last", " there")]
    for event in client.news.retrieve(last_event_id="6"):
        assert (event.id, event.data.delta) == ("7", "a")
    lines = client.log.retrieve()
    assert_type(lines, Stream[Part])
    assert [part.delta for part in lines] == ["a", "b"]
    for note in client.notes.retrieve():
        assert_type(note.data, str)
        assert note.data == '{"a": 1}'


async def use_async(client: AsyncGolden) -> None:
    assert_type(await client.chats.create(prompt="Hello"), Chat)
    async with await client.chats.create_stream(prompt="Hello") as stream:
        assert_type(stream, AsyncStream[ServerSentEvent[Part]])
        assert [event.data.delta async for event in stream] == ["Hi", " there"]
    async for event in await client.news.retrieve(last_event_id="6"):
        assert (event.id, event.data.delta) == ("7", "a")
    lines = await client.log.retrieve()
    assert_type(lines, AsyncStream[Part])
    assert [part.delta async for part in lines] == ["a", "b"]
    async for note in await client.notes.retrieve():
        assert note.data == '{"a": 1}'


def use_kit() -> None:
    parts = [make(Part, delta=letter) for letter in "abc"]
    with mock(strict=True) as api:
        api.on(api.client.chats.create).returns(make(Chat, text="whole"))
        api.on(api.client.chats.create_stream).returns([*parts, ServerSentEvent(parts[0], "last")])
        assert api.client.chats.create(prompt="x").text == "whole"
        events = [*api.client.chats.create_stream(prompt="x")]
        assert [(event.event, event.data.delta) for event in events][2:] == [("message", "c"), ("last", "a")]
        api.on(api.client.chats.create_stream).assert_called_once_with(prompt="x")
        api.on(api.client.log.retrieve).returns(parts)
        assert [part.delta for part in api.client.log.retrieve()] == ["a", "b", "c"]
        api.on(api.async_client.notes.retrieve).returns(["one", "two\nlines"])
        assert [note.data for note in api.client.notes.retrieve()] == ["one", "two\nlines"]
        _cut(api.client, api.on(api.client.chats.create_stream).first(scenarios.cut(after=1)).calls)
        news = [ServerSentEvent(part, id=part.delta) for part in parts]
        api.on(api.client.news.retrieve).returns(news).first(scenarios.cut(after=2))
        assert [event.id for event in api.client.news.retrieve()][:2] == ["a", "b"]
        assert api.on(api.client.news.retrieve).calls[-1].headers["last-event-id"] == "b"


def _cut(client: Golden, before: object) -> None:
    stream = client.chats.create_stream(prompt="x")
    assert next(stream).data.delta == "a"
    try:
        next(stream)
    except IncompleteError:
        assert before
    else:
        raise AssertionError
