"""Files are sent as documented, from bytes, a path, an open file, or with a name and a type of their own."""

from __future__ import annotations

import io
from typing import assert_type

from golden_uploads import AsyncGolden, Golden
from golden_uploads.models import Photo
from golden_uploads.testing import mock


def use(client: Golden) -> None:
    photo = client.photos.create(
        file=("a.png", b"\x89PNG", "image/png"),
        title="A",
        tags=["x", "y"],
        more=[b"1", ("b.txt", io.BytesIO(b"2"))],
        place={"lat": 1.5},
    )
    assert_type(photo, Photo)
    client.photos.content.update("p1", body=io.BytesIO(b"\x89PNG"))
    client.photos.content.update("p1", body=b"one")
    edited = client.edits.create(image=("a.png", b"1"), mark=b"\xff", masks=[b"m"])
    assert_type(edited, bytes)
    assert edited == b"hello"
    client.attachments.create(file=("a.png", b"1"))
    client.pairs.create(place={"lat": 1.5}, file=b"1")


async def use_async(client: AsyncGolden) -> None:
    await client.photos.create(
        file=("a.png", b"\x89PNG", "image/png"),
        title="A",
        tags=["x", "y"],
        more=[b"1", ("b.txt", io.BytesIO(b"2"))],
        place={"lat": 1.5},
    )
    await client.photos.content.update("p1", body=io.BytesIO(b"\x89PNG"))
    await client.photos.content.update("p1", body=b"one")
    assert await client.edits.create(image=("a.png", b"1"), mark=b"\xff", masks=[b"m"]) == b"hello"
    await client.attachments.create(file=("a.png", b"1"))
    await client.pairs.create(place={"lat": 1.5}, file=b"1")


def use_kit() -> None:
    with mock() as api:
        api.client.photos.create(file=("a.png", b"\x89PNG", "image/png"), title="A", tags=["x", "y"])
        call = api.calls[0]
        assert (call.form["title"], call.form["file"]) == (["A"], [""])
        create = api.on(api.client.photos.create)
        create.assert_called_once_with(file=("a.png", b"\x89PNG", "image/png"), title="A", tags=["x", "y"])
        try:
            create.assert_called_with(file=b"another", title="A")
        except AssertionError as error:
            assert "the bodies differ" in str(error)
        else:
            raise AssertionError
