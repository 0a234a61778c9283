"""Left out is not null: neither in what is sent nor in what comes; defaults of the document are never sent."""

from __future__ import annotations

from typing import assert_type

from golden_null_and_left_out import UNSET, AsyncGolden, Golden, Unset
from golden_null_and_left_out.models import Author, Note


def use(client: Golden) -> None:
    look_at(client.notes.update(7, reminder=None), author=False)
    look_at(client.notes.update(7, title="b", reminder="noon", pinned=UNSET), author=True)
    client.notes.update(7)


async def use_async(client: AsyncGolden) -> None:
    look_at(await client.notes.update(7, reminder=None), author=False)
    look_at(await client.notes.update(7, title="b", reminder="noon", pinned=UNSET), author=True)
    await client.notes.update(7)


def look_at(note: Note, author: bool) -> None:
    assert_type(note.title, str)
    assert_type(note.reminder, str | None)
    assert_type(note.author, Author | None | Unset)
    if author:
        assert note.author
        assert note.author.name == "Ada"
        assert note.color is None
    else:
        assert note.reminder is None
        assert note.author is None
        assert note.color is UNSET
        assert note.to_dict() == {"title": "a", "reminder": None, "author": None}
