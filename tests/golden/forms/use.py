"""A form is sent as a form: lists repeat, booleans and numbers are text, what is left out is left out."""

from __future__ import annotations

from typing import assert_type

from golden_forms import AsyncGolden, Golden


def use(client: Golden) -> None:
    message = client.messages.create(to="+1 2", body="a&b=ü", media_url=["http://a/?x", "b"], urgent=True, attempt=2)
    assert_type(message.sid, str)
    client.messages.create(to="x")


async def use_async(client: AsyncGolden) -> None:
    message = await client.messages.create(
        to="+1 2", body="a&b=ü", media_url=["http://a/?x", "b"], urgent=True, attempt=2
    )
    assert_type(message.sid, str)
    await client.messages.create(to="x")
