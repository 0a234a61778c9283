"""What an operation sends back is read by the operation's name; so are the webhooks of documents from before 3.1."""

from __future__ import annotations

from datetime import date
from typing import assert_type

from golden_callbacks import AsyncGolden, Golden, webhooks
from golden_callbacks.models import OnDataPayload


def use(client: Golden) -> None:
    client.streams.create(callback_url="https://me.example.com")
    look_at_events()


async def use_async(client: AsyncGolden) -> None:
    await client.streams.create(callback_url="https://me.example.com")
    look_at_events()


def look_at_events() -> None:
    assert webhooks.EVENTS == ("pinged", "streams.create.onData")
    data = webhooks.parse(b'{"at": "2026-01-02", "rows": [1]}', event="streams.create.onData", strict=True)
    assert_type(data, OnDataPayload)
    assert data.at == date(2026, 1, 2)
    assert_type(webhooks.parse('["a"]', event="pinged"), list[str])
    try:
        webhooks.parse(b"{}")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    except TypeError:
        pass
    else:
        raise AssertionError
