"""Names that mean something in Python, in the package, or twice, are told apart; the wire sees its own names."""

from __future__ import annotations

import datetime
from typing import Literal, assert_type

from golden_colliding_names import AsyncGolden, Golden, Unset
from golden_colliding_names.models import ModelObject, Optional, Thing


def use(client: Golden) -> None:
    client.jobs.retrieve()
    client.async_jobs.retrieve()
    client.async_.retrieve("a")
    client.system_update.runs.retrieve()
    client.system.update_policies.retrieve()
    look_at(
        client.things.update(
            1,
            id_="b",
            class_="c",
            self_="s",
            query_id="q",
            header_id="h",
            from_="f",
            query_options="o",
            query_timeout=3,
        )
    )
    model = ModelObject(literal="a", attrs_="x", next=Optional(dict_={"k": 1}))
    client.things.update(
        1,
        id_="b",
        class_="c",
        self_="s",
        list_=["l"],
        none=None,
        foo_bar_="1",
        foo_bar="2",
        foo_minus_bar="3",
        init="i",
        to_dict_="t",
        field_1st="1",
        empty="e",
        dollar="$",
        date="2026-01-02",
        any=[1],
        unset="u",
        model=model,
        url="u",
        client="c",
        headers="h",
        timeout=5,
    )


async def use_async(client: AsyncGolden) -> None:
    await client.jobs.retrieve()
    await client.async_jobs.retrieve()
    await client.async_.retrieve("a")
    await client.system_update.runs.retrieve()
    await client.system.update_policies.retrieve()
    look_at(
        await client.things.update(
            1,
            id_="b",
            class_="c",
            self_="s",
            query_id="q",
            header_id="h",
            from_="f",
            query_options="o",
            query_timeout=3,
        )
    )
    await client.things.update(
        1,
        id_="b",
        class_="c",
        self_="s",
        list_=["l"],
        none=None,
        foo_bar_="1",
        foo_bar="2",
        foo_minus_bar="3",
        init="i",
        to_dict_="t",
        field_1st="1",
        empty="e",
        dollar="$",
        date="2026-01-02",
        any=[1],
        unset="u",
        model={"Literal": "a", "attrs": "x", "next": {"dict": {"k": 1}}},
        url="u",
        client="c",
        headers="h",
        timeout=5,
    )


def look_at(thing: Thing) -> None:
    assert_type(thing.class_, str)
    assert_type(thing.date, datetime.date | Unset)
    assert_type(thing.datetime_, datetime.datetime | Unset)
    assert_type(thing.none, None | Unset)
    assert thing.class_ == "c"
    assert thing.init == "i"
    assert thing.foo_bar == "2"
    assert thing.foo_bar_ == "1"
    assert thing.model
    assert_type(thing.model.literal, Literal["a", "b"] | str | Unset)
    assert thing.model.next
    assert thing.model.next.type == [ModelObject(literal="b")]
    assert thing.to_dict() == {
        "id": "b",
        "class": "c",
        "self": "s",
        "__init__": "i",
        "fooBar": "1",
        "foo_bar": "2",
        "Model": {"next": {"type": [{"Literal": "b"}]}},
    }
