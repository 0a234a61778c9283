"""Events of several kinds: the data of some is text, that of others is text of JSON, which is read as what it holds."""

from __future__ import annotations

from typing import assert_type

from golden_event_kinds import AsyncGolden, Golden, ServerSentEvent
from golden_event_kinds.models import Story


def use(client: Golden) -> None:
    with client.news.retrieve() as news:
        look_at(list(news))


async def use_async(client: AsyncGolden) -> None:
    async with await client.news.retrieve() as news:
        look_at([event async for event in news])


def look_at(events: list[ServerSentEvent[str | Story]]) -> None:
    hello, story = events
    assert_type(story.data, str | Story)
    assert (hello.event, hello.data) == ("hello", "Good morning")
    assert isinstance(story.data, Story)
    assert story.data.title == "Rain"
