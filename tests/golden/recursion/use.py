"""Models that hold themselves, directly, in lists and maps, through another model, and through an alias."""

from __future__ import annotations

from typing import assert_type

from golden_recursion import UNSET, AsyncGolden, Golden, Unset
from golden_recursion.models import Folder, Owner


def use(client: Golden) -> None:
    look_at(client.folders.create(name="a", parent=None, folders=[{"name": "b", "folders": []}], filter=["x", ["y"]]))
    client.folders.create(name="a", owner=Owner(home=Folder(name="h")), by_label={"l": {"name": "c"}})


async def use_async(client: AsyncGolden) -> None:
    folder = await client.folders.create(
        name="a", parent=None, folders=[{"name": "b", "folders": []}], filter=["x", ["y"]]
    )
    look_at(folder)
    await client.folders.create(name="a", owner=Owner(home=Folder(name="h")), by_label={"l": {"name": "c"}})


def look_at(folder: Folder) -> None:
    assert_type(folder.parent, Folder | None | Unset)
    assert_type(folder.by_label, dict[str, Folder] | Unset)
    assert folder.folders
    assert folder.folders[0].name == "b"
    assert folder.by_label
    assert folder.by_label["l"].parent is None
    assert folder.owner
    assert folder.owner.home
    assert folder.owner.home.parent is UNSET
    assert folder.filter == ["x", ["y"]]
