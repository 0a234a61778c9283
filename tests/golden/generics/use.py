"""A schema that leaves open what it holds is a model of its own for each that says it; a pointer into the middle of a
schema leads to the same model as its place."""

from __future__ import annotations

from typing import Any, assert_type

from golden_generics import AsyncGolden, Golden, Unset
from golden_generics.models import Cat, Cats, CatSize, GetNamesResponse, Some


def use(client: Golden) -> None:
    look_at(client.cats.list(), client.names.list())


async def use_async(client: AsyncGolden) -> None:
    look_at(await client.cats.list(), await client.names.list())


def look_at(cats: Cats, names: GetNamesResponse) -> None:
    assert_type(cats.items, list[Cat])
    assert_type(names.items, list[str])
    assert_type(Some(items=[]).items, list[Any])
    [tom] = cats.items
    assert_type(tom.size, CatSize | Unset)
    assert_type(tom.was, CatSize | Unset)
    assert tom.was == CatSize(cm=20)
    assert names.items == ["Tom", "Mo"]
