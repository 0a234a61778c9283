"""Without a discriminator, the answer's own type and members decide."""

from __future__ import annotations

from typing import assert_type

from golden_untagged_union import AsyncGolden, Golden
from golden_untagged_union.models import Calls, Chats, Picture, Sound

Value = str | int | list[Picture] | Picture | Sound | Calls | Chats


def use(client: Golden) -> None:
    assert_type(client.answers.create(input="why").value, Value)
    assert client.answers.create(input="why", limit=3).value == 42
    assert client.answers.create(input=["a", "b"], limit="all").value == [Picture(pixels=1)]
    assert client.answers.create(input={"pixels": 2}, limit=None).value == Sound(seconds=1.5)
    assert client.answers.create(input=Picture(pixels=3)).value == Picture(pixels=3)
    assert isinstance(client.answers.create(input="who").value, Chats)  # what stands deep within decides
    assert isinstance(client.answers.create(input="who").value, Calls)


async def use_async(client: AsyncGolden) -> None:
    assert_type((await client.answers.create(input="why")).value, Value)
    assert (await client.answers.create(input="why", limit=3)).value == 42
    assert (await client.answers.create(input=["a", "b"], limit="all")).value == [Picture(pixels=1)]
    assert (await client.answers.create(input={"pixels": 2}, limit=None)).value == Sound(seconds=1.5)
    assert (await client.answers.create(input=Picture(pixels=3))).value == Picture(pixels=3)
    assert isinstance((await client.answers.create(input="who")).value, Chats)
    assert isinstance((await client.answers.create(input="who")).value, Calls)
