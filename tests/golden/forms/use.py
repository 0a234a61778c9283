"""A form is sent as a form: lists repeat, booleans and numbers are text, what is left out is left out.

Where the document says how a field is written, it is: as JSON, in numbered brackets, or as one field with separators.
"""

from __future__ import annotations

from typing import assert_type

from golden_forms import AsyncGolden, Golden


def use(client: Golden) -> None:
    message = client.messages.create(to="+1 2", body="a&b=ü", media_url=["http://a/?x", "b"], urgent=True, attempt=2)
    assert_type(message.sid, str)
    client.messages.create(to="x")
    client.charges.create(
        expand=["customer"],
        items=[{"price": 5, "images": ["a", "b"]}, {"price": 6}],
        details={"a": 1},
        tags=["x", "y"],
        codes=[1, 2],
        metadata={"k": "v"},
    )


async def use_async(client: AsyncGolden) -> None:
    message = await client.messages.create(
        to="+1 2", body="a&b=ü", media_url=["http://a/?x", "b"], urgent=True, attempt=2
    )
    assert_type(message.sid, str)
    await client.messages.create(to="x")
    await client.charges.create(
        expand=["customer"],
        items=[{"price": 5, "images": ["a", "b"]}, {"price": 6}],
        details={"a": 1},
        tags=["x", "y"],
        codes=[1, 2],
        metadata={"k": "v"},
    )
