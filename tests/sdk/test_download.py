"""Files that servers send: nothing is read before it is asked for, and nothing half-written is left."""

from __future__ import annotations

import asyncio
import gzip
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import (
    APITimeoutError,
    AsyncDownload,
    ConfigurationError,
    Download,
    IncompleteError,
    NotFoundError,
    ResponseError,
    ResponseTooLargeError,
)
from petshop._runtime.download import file_name
from petshop._runtime.operation import Operation
from scripted import HELD, RESET, Scripted, chunked, head

PHOTO: Operation[bytes] = Operation(
    "pets.photo", "GET", "/photo", returns={"200": "bytes"}, reads="file", accept="image/png"
)
PNG = b"\x89PNG\r\n" * 5000

Run = Callable[..., Any]


def run_sync(url: str, what: str, *args: Any, options: Any = None, **settings: Any) -> Any:
    """What a method of the download gives, or one of its attributes."""
    with Petshop(api_key="k", base_url=url, **settings) as client:
        file: Download = client._download(PHOTO, {})
        if what == "iter_bytes":
            return b"".join(file.iter_bytes())
        return getattr(file, what)(*args, **(options or {}))


def run_async(url: str, what: str, *args: Any, options: Any = None, **settings: Any) -> Any:
    async def main() -> Any:
        async with AsyncPetshop(api_key="k", base_url=url, **settings) as client:
            file: AsyncDownload = await client._download(PHOTO, {})
            if what == "iter_bytes":
                return b"".join([piece async for piece in file.iter_bytes()])
            return await getattr(file, what)(*args, **(options or {}))

    return asyncio.run(main())


@pytest.fixture(params=[run_sync, run_async], ids=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Run:
    runner: Run = request.param
    return runner


def photo(**headers: str) -> Answer:
    return Answer(content=PNG, headers={"Content-Type": "image/png", **headers})


def test_a_file_is_read_whole_or_in_pieces_or_to_disk(run: Run, server: Server, tmp_path: Path) -> None:
    server.answer(photo())
    assert run(server.url, "read") == PNG
    assert run(server.url, "iter_bytes") == PNG
    target = tmp_path / "rex.png"
    assert run(server.url, "write_to", target) == target
    assert target.read_bytes() == PNG
    assert os.listdir(tmp_path) == ["rex.png"]
    assert {seen.headers["accept"] for seen in server.seen} == {"image/png"}


def test_what_is_known_is_known_before_anything_is_read(server: Server) -> None:
    server.answer(photo(**{"Content-Disposition": 'attachment; filename="rex.png"', "Set-Cookie": "a=b"}))
    with Petshop(api_key="k", base_url=server.url) as client, client._download(PHOTO, {}) as file:
        assert (file.status, file.media_type, file.size, file.filename) == (200, "image/png", len(PNG), "rex.png")
        assert str(file.request) == "GET /photo"
        assert "set-cookie" not in file.headers
        assert file.attempts == 1
        assert file.elapsed > 0
        assert file.read() is file.read()


def test_a_file_larger_than_memory_allows_can_still_be_written(run: Run, server: Server, tmp_path: Path) -> None:
    server.answer(photo())
    with pytest.raises(ResponseTooLargeError, match=r"use write_to\(\)"):
        run(server.url, "read", max_response_bytes=1000)
    assert run(server.url, "write_to", tmp_path / "a", max_response_bytes=1000).stat().st_size == len(PNG)


def test_a_file_that_is_there_is_not_replaced_unless_told(run: Run, server: Server, tmp_path: Path) -> None:
    server.answer(photo())
    target = tmp_path / "rex.png"
    target.write_bytes(b"old")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        run(server.url, "write_to", target)
    assert target.read_bytes() == b"old"
    run(server.url, "write_to", target, options={"overwrite": True})
    assert target.read_bytes() == PNG
    assert os.listdir(tmp_path) == ["rex.png"]


def test_a_file_that_appears_meanwhile_is_not_replaced(server: Server, tmp_path: Path) -> None:
    server.answer(photo())
    target = tmp_path / "rex.png"
    with Petshop(api_key="k", base_url=server.url) as client:
        file = client._download(PHOTO, {})
        pieces = file.iter_bytes

        def late() -> Any:
            target.write_bytes(b"other")
            return pieces()

        file.iter_bytes = late  # type: ignore[method-assign]
        with pytest.raises(FileExistsError):
            file.write_to(target)
    assert target.read_bytes() == b"other"
    assert os.listdir(tmp_path) == ["rex.png"]


def test_into_a_folder_a_file_goes_under_the_name_that_the_server_gives(
    run: Run, server: Server, tmp_path: Path
) -> None:
    server.answer(photo(**{"Content-Disposition": 'attachment; filename="../../etc/rex.png"'}), photo())
    assert run(server.url, "write_to", tmp_path) == tmp_path / "rex.png"
    assert run(server.url, "write_to", str(tmp_path)) == tmp_path / "download.png"


def test_a_written_file_has_the_permissions_of_any_new_file(server: Server, tmp_path: Path) -> None:
    server.answer(photo())
    (tmp_path / "plain").touch()
    written = run_sync(server.url, "write_to", tmp_path / "a")
    assert written.stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize(
    "script",
    [
        (head("image/png", "Content-Length: 999"), PNG[:99]),
        (head("image/png", "Content-Length: 999"), PNG[:99], RESET),
        (chunked(PNG, kind="image/png", end=False),),
    ],
    ids=["short", "reset", "chunk"],
)
def test_a_file_that_breaks_off_is_a_typed_error_and_leaves_nothing(
    run: Run, tmp_path: Path, script: tuple[object, ...]
) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"old")
    with Scripted(script) as server:
        for what, args in (("read", ()), ("iter_bytes", ()), ("write_to", (tmp_path / "new",))):
            with pytest.raises(IncompleteError, match="GET /photo: the answer broke off") as told:
                run(server.url, what, *args)
            assert isinstance(pickle.loads(pickle.dumps(told.value)), IncompleteError)
        with pytest.raises(IncompleteError):
            run(server.url, "write_to", old, options={"overwrite": True})
    assert os.listdir(tmp_path) == ["old"]
    assert old.read_bytes() == b"old"


def test_a_file_that_stops_coming_is_a_timeout_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    with Scripted((head("image/png", "Content-Length: 999"), PNG[:99], HELD)) as server:
        with pytest.raises(APITimeoutError):
            run(server.url, "write_to", tmp_path / "a", timeout=0.2)
        assert server.closed.wait(5)
    assert os.listdir(tmp_path) == []


def test_a_file_that_says_gzip_and_is_none_is_a_typed_error(run: Run, server: Server) -> None:
    server.answer(photo(**{"Content-Encoding": "gzip"}))
    with pytest.raises(ResponseError, match="cannot be read"):
        run(server.url, "read")


def test_a_compressed_file_is_its_content_and_names_no_size(run: Run, server: Server) -> None:
    packed = gzip.compress(PNG)
    server.answer(Answer(content=packed, headers={"Content-Type": "image/png", "Content-Encoding": "gzip"}))
    assert run(server.url, "read") == PNG
    with Petshop(api_key="k", base_url=server.url) as client, client._download(PHOTO, {}) as file:
        assert file.size is None


def test_a_file_is_read_once_in_pieces(server: Server) -> None:
    server.answer(photo())
    with Petshop(api_key="k", base_url=server.url) as client:
        file = client._download(PHOTO, {})
        assert b"".join(file.iter_bytes()) == PNG
        with pytest.raises(ConfigurationError, match="only once"):
            file.read()


def test_a_file_that_is_not_read_gives_its_connection_free() -> None:
    async def main() -> None:
        async with AsyncPetshop(base_url=server.url) as client, await client._download(PHOTO, {}):
            pass

    with Scripted((head("image/png"), PNG, HELD)) as server:
        with Petshop(base_url=server.url) as client, client._download(PHOTO, {}):
            pass
        assert server.closed.wait(5)
        server.closed.clear()
        asyncio.run(main())
        assert server.closed.wait(5)


def test_a_file_that_is_not_there_is_the_error_of_its_status(run: Run, server: Server) -> None:
    server.answer(Answer({"message": "no such photo"}, status=404))
    with pytest.raises(NotFoundError, match="404: no such photo"):
        run(server.url, "read")


def test_a_folder_that_is_not_there_is_told_and_the_connection_free(run: Run, tmp_path: Path) -> None:
    with Scripted((head("image/png"), PNG, HELD)) as server:
        with pytest.raises(FileNotFoundError):
            run(server.url, "write_to", tmp_path / "no" / "a")
        assert server.closed.wait(5)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", None),
        ("attachment", None),
        ("attachment; filename=a.txt", "a.txt"),
        ('attachment; filename="a b.txt"; size=3', "a b.txt"),
        ("inline; FileName = a.txt", "a.txt"),
        ("attachment; filename=\"a.txt\"; filename*=UTF-8''%e2%82%ac.txt", "€.txt"),
        ("attachment; filename*=iso-8859-1'en'%a3.txt", "£.txt"),
        ("attachment; filename*=UTF-8''%2e%2e%2f%2e%2e%2fa.txt", "a.txt"),
        ("attachment; filename*=UTF-8''a%00%0ab.txt", "a__b.txt"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="..\\\\..\\\\boot.ini"', "boot.ini"),
        ('attachment; filename="C:\\\\temp\\\\a.txt"', "a.txt"),
        ('attachment; filename="/etc/passwd"', "passwd"),
        ('attachment; filename=".."', None),
        ('attachment; filename="."', None),
        ('attachment; filename=""', None),
        ('attachment; filename="a/"', None),
        ('attachment; filename=".bashrc"', "bashrc"),
        ('attachment; filename="a.txt:evil"', "a.txt_evil"),
        ('attachment; filename="con.txt"', "_con.txt"),
        ('attachment; filename="a.txt. . "', "a.txt"),
        ('attachment; filename="a\\"b.txt"', "a_b.txt"),
        ('attachment; filename="' + "x" * 400 + '.tar.gz"', "x" * 197 + ".gz"),
        ('attachment; filename="caf\xc3\xa9.txt"', "café.txt"),
        ('attachment; filename="a\u202etxt.exe"', "a_txt.exe"),
    ],
)
def test_a_file_name_is_a_bare_name(header: str, name: str | None) -> None:
    assert file_name(header) == name
