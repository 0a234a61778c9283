"""Answers that are no JSON come as text or as files, whichever their media type says."""

from __future__ import annotations

from typing import assert_type

from golden_text_and_binary import AsyncDownload, AsyncGolden, Download, Golden
from golden_text_and_binary.testing import mock


def use(client: Golden) -> None:
    content = client.files.retrieve("a.bin")
    assert_type(content, Download)
    assert content.read() == b"\x00\xff"
    checksum = client.files.update("a.txt", body="grün")
    assert_type(checksum, str)
    assert checksum == "12ab"
    thumbnail = client.files.thumbnail.retrieve("a.bin")
    assert_type(thumbnail, Download)
    assert thumbnail.media_type == "image/png"
    assert b"".join(thumbnail.iter_bytes()) == b"\x89\x50"
    assert_type(client.quota.retrieve(), int)
    assert client.count.retrieve() + 1 == 43
    client.count.update(body=True)
    assert client.scans.create(site="a") + 1 == 8
    assert client.notes.retrieve() == "plain words"
    assert client.notes.retrieve() == {"a": 1}


async def use_async(client: AsyncGolden) -> None:
    content = await client.files.retrieve("a.bin")
    assert_type(content, AsyncDownload)
    assert await content.read() == b"\x00\xff"
    assert await client.files.update("a.txt", body="grün") == "12ab"
    thumbnail = await client.files.thumbnail.retrieve("a.bin")
    assert b"".join([piece async for piece in thumbnail.iter_bytes()]) == b"\x89\x50"
    assert_type(await client.quota.retrieve(), int)
    assert await client.count.retrieve() + 1 == 43
    await client.count.update(body=True)
    assert await client.scans.create(site="a") + 1 == 8
    assert await client.notes.retrieve() == "plain words"
    assert await client.notes.retrieve() == {"a": 1}


def use_kit() -> None:
    with mock() as api:
        api.on(api.client.files.retrieve).returns(
            b"\x00\xff", headers={"Content-Disposition": 'attachment; filename="a"'}
        )
        content = api.client.files.retrieve("a.bin")
        assert (content.read(), content.filename) == (b"\x00\xff", "a")
        api.on(api.client.files.update).returns("12ab")
        assert api.client.files.update("a.txt", body="grün") == "12ab"
        assert api.calls[-1].content.decode() == "grün"
        api.on(api.client.files.update).assert_called_with("a.txt", body="grün")
        api.on(api.client.quota.retrieve).returns(7)
        assert api.client.quota.retrieve() == 7
