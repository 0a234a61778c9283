"""Events and lines are typed items; an operation that can stream or not is two methods."""

from __future__ import annotations

from typing import assert_type

from golden_streams import AsyncGolden, AsyncStream, Golden, ServerSentEvent, Stream
from golden_streams.models import Chat, Part


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
