"""A method called `list` stands beside arguments and answers that are lists."""

from __future__ import annotations

from typing import assert_type

from golden_method_called_list import AsyncGolden, Golden, Unset
from golden_method_called_list.models import Book


def use(client: Golden) -> None:
    look_at(client.books.list(authors=["Ada"], years=range(2000, 2002)))
    assert_type(client.books.create(titles=["a"], type="novel"), list[str])


async def use_async(client: AsyncGolden) -> None:
    look_at(await client.books.list(authors=["Ada"], years=range(2000, 2002)))
    assert_type(await client.books.create(titles=["a"], type="novel"), list[str])


def look_at(shelves: list[list[Book]]) -> None:
    book = shelves[0][0]
    assert_type(book.list_, list[str] | Unset)
    assert book.list_ == ["x"]
