"""Each parameter is written in its documented style."""

from __future__ import annotations

from typing import assert_type

from golden_parameter_styles import AsyncGolden, Golden


def use(client: Golden) -> None:
    hits = client.search.list(
        [3, 4],
        ["a", "b"],
        "x/y z",
        x_exact=True,
        filter={"color": "red & blue", "size": {"min": 1}},
        ids=[1, 2],
        tags=["a,b", "c"],
        pipes=["a", "b"],
        spaces=["a", "b"],
        range={"min": 1, "max": 9},
        json={"a": [1, None]},
        text='"as" is',
        home="https://a.b/c?d=e&f#g",
        exact=False,
        x_codes=(7, 8),
        session="s1",
    )
    assert_type(hits, list[str])
    assert hits == ["hit"]
    client.search.list([1], ["a"], "..a", x_exact=False, ids=[])
    client.words.retrieve("a&b", 2)


async def use_async(client: AsyncGolden) -> None:
    hits = await client.search.list(
        [3, 4],
        ["a", "b"],
        "x/y z",
        x_exact=True,
        filter={"color": "red & blue", "size": {"min": 1}},
        ids=[1, 2],
        tags=["a,b", "c"],
        pipes=["a", "b"],
        spaces=["a", "b"],
        range={"min": 1, "max": 9},
        json={"a": [1, None]},
        text='"as" is',
        home="https://a.b/c?d=e&f#g",
        exact=False,
        x_codes=(7, 8),
        session="s1",
    )
    assert hits == ["hit"]
    await client.search.list([1], ["a"], "..a", x_exact=False, ids=[])
    await client.words.retrieve("a&b", 2)
