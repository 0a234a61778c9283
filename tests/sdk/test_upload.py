"""Files that callers send: from wherever they come, sent again only where that is the same file."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator, Callable, Iterator
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from conftest import Answer, Seen, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import APIConnectionError, InternalServerError, InvalidRequestError
from petshop._runtime.operation import Operation

PARTS: Operation[Any] = Operation(
    "pets.upload", "PUT", "/photos", body="multipart/form-data", returns={"200": "Any"},
    encoding={
        "cover": "image/png, image/jpeg", "any": "image/*", "meta": "application/vnd.pet+json", "note": "text/html",
    },
)  # fmt: skip
WHOLE: Operation[Any] = Operation(
    "pets.store", "PUT", "/photo", body="application/octet-stream", returns={"200": "Any"}
)
POSTED: Operation[Any] = Operation(
    "pets.add", "POST", "/photo", body="application/octet-stream", returns={"200": "Any"}
)

Send = Callable[..., None]


def send_sync(server: Server, operation: Operation[Any], body: Any, **options: Any) -> None:
    with Petshop(api_key="k", base_url=server.url) as client:
        client._call(operation, options, body=body)  # type: ignore[arg-type]


def send_async(server: Server, operation: Operation[Any], body: Any, **options: Any) -> None:
    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            await client._call(operation, options, body=body)  # type: ignore[arg-type]

    asyncio.run(main())


@pytest.fixture(params=[send_sync, send_async], ids=["sync", "async"])
def send(request: pytest.FixtureRequest) -> Send:
    sender: Send = request.param
    return sender


class Once:
    """A file that cannot be wound back, as one from the network."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)

    def read(self, size: int = -1, /) -> bytes:
        return self._file.read(size)


async def awaited(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        await asyncio.sleep(0)
        yield piece


def parts(seen: Seen) -> list[Message]:
    text = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode() + seen.body
    return [part for part in BytesParser().parsebytes(text).walk() if not part.is_multipart()]


def told(seen: Seen) -> list[tuple[Any, ...]]:
    """Name, file name, media type and content of each part."""
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part["content-type"],
            part.get_payload(decode=True),
        )
        for part in parts(seen)
    ]


@pytest.mark.parametrize(
    "content",
    [
        lambda path: b"abc",
        lambda path: bytearray(b"abc"),
        lambda path: path,
        lambda path: path.open("rb"),
        lambda path: io.BytesIO(b"abc"),
        lambda path: Once(b"abc"),
        lambda path: iter([b"a", b"", b"bc"]),
        lambda path: (piece for piece in (b"a", b"bc")),
        lambda path: ("rex.bin", b"abc"),
        lambda path: ("rex.bin", path, "application/octet-stream"),
    ],
    ids=["bytes", "bytearray", "path", "file", "memory", "once", "iterator", "generator", "named", "typed"],
)
def test_a_body_comes_from_anything_that_holds_bytes(
    send: Send, server: Server, tmp_path: Path, content: Callable[[Path], Any]
) -> None:
    path = tmp_path / "rex.bin"
    path.write_bytes(b"abc")
    send(server, WHOLE, content(path))
    send(server, PARTS, {"file": content(path)})
    assert [seen.body for seen in server.seen[:1]] == [b"abc"]
    assert server.seen[0].headers["content-type"] == "application/octet-stream"
    assert told(server.seen[1])[0][3] == b"abc"


def test_a_stream_that_has_to_be_awaited_is_sent_by_the_async_client(server: Server) -> None:
    send_async(server, WHOLE, awaited(b"ab", b"", b"c"))
    send_async(server, PARTS, {"a": b"1", "file": ("f.txt", awaited(b"ab", b"c")), "b": "text"})
    assert server.seen[0].body == b"abc"
    assert server.seen[0].headers["transfer-encoding"] == "chunked"
    assert told(server.seen[1]) == [
        ("a", "upload", "application/octet-stream", b"1"),
        ("file", "f.txt", "text/plain", b"abc"),
        ("b", None, None, b"text"),
    ]


def test_the_sync_client_refuses_what_has_to_be_awaited(server: Server) -> None:
    for body in (awaited(b"a"), ("f.txt", awaited(b"a"))):
        with pytest.raises(InvalidRequestError, match="async client"):
            send_sync(server, WHOLE, body)
    with pytest.raises(InvalidRequestError, match="async client"):
        send_sync(server, PARTS, {"file": awaited(b"a")})
    assert server.seen == []


def test_each_file_of_a_list_is_a_part(send: Send, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(b"2")
    send(server, PARTS, {"files": [b"1", path, ("c.png", io.BytesIO(b"3")), ("d", b"4", "x/y")]})
    assert told(server.seen[0]) == [
        ("files", "upload", "application/octet-stream", b"1"),
        ("files", "b.txt", "text/plain", b"2"),
        ("files", "c.png", "image/png", b"3"),
        ("files", "d", "x/y", b"4"),
    ]


def test_a_tuple_of_files_is_as_good_as_a_list(send: Send, server: Server) -> None:
    send(server, PARTS, {"files": (b"1", ("b.txt", b"2"))})
    assert [row[3] for row in told(server.seen[0])] == [b"1", b"2"]


def test_parts_are_encoded_as_documented(send: Send, server: Server) -> None:
    body = {
        "cover": b"1",
        "any": ("a.gif", b"2"),
        "meta": {"a": [1]},
        "note": "<b>",
        "tags": ["x", "y"],
        "deep": {"b": 1},
    }
    send(server, PARTS, body)
    send(server, PARTS, {"cover": ("a.jpeg", b"1"), "any": b"2", "meta": '{"a":1}'})
    assert told(server.seen[0]) == [
        ("cover", "upload", "image/png", b"1"),
        ("any", "a.gif", "image/gif", b"2"),
        ("meta", None, "application/vnd.pet+json", b'{"a":[1]}'),
        ("note", None, "text/html", b"<b>"),
        ("tags", None, None, b"x"),
        ("tags", None, None, b"y"),
        ("deep", None, "application/json", b'{"b":1}'),
    ]
    assert [row[2:] for row in told(server.seen[1])] == [
        ("image/jpeg", b"1"),
        ("application/octet-stream", b"2"),
        ("application/vnd.pet+json", b'{"a":1}'),
    ]


def test_bytes_that_are_documented_as_text_are_a_field_and_no_file(send: Send, server: Server) -> None:
    marked: Operation[Any] = Operation(
        "pets.mark", "PUT", "/photos", body="multipart/form-data", returns={"200": "Any"}, base64=("mark", "marks")
    )
    send(server, marked, {"file": b"\xff", "mark": b"\xff", "marks": [b"\xff", b""]})
    assert told(server.seen[0]) == [
        ("file", "upload", "application/octet-stream", b"\xff"),
        ("mark", None, None, b"/w=="),
        ("marks", None, None, b"/w=="),
        ("marks", None, None, b""),
    ]


def test_files_on_disk_and_in_memory_are_sent_with_their_length(send: Send, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(os.urandom(300_000))
    send(server, WHOLE, path)
    send(server, PARTS, {"file": path, "other": path.open("rb")})
    assert server.seen[0].headers["content-length"] == "300000"
    assert int(server.seen[1].headers["content-length"]) == len(server.seen[1].body)
    assert [row[3] for row in told(server.seen[1])] == [path.read_bytes()] * 2


def begun(path: Path) -> Any:
    """An open file of which one byte was read."""
    file = path.open("rb")
    file.read(1)
    return file


@pytest.mark.parametrize(
    ("make", "whole"),
    [
        (lambda path: path.read_bytes(), b"-abc"),
        (lambda path: path, b"-abc"),
        (begun, b"abc"),
        (lambda path: ("n", io.BytesIO(b"abc")), b"abc"),
    ],
    ids=["bytes", "path", "file", "named"],
)
def test_a_file_that_can_be_read_again_is_sent_again_from_where_it_stood(
    send: Send, server: Server, waits: list[float], tmp_path: Path, make: Callable[[Path], Any], whole: bytes
) -> None:
    path = tmp_path / "rex.bin"
    path.write_bytes(b"-abc")
    for operation, body in ((WHOLE, make(path)), (PARTS, {"file": make(path)})):
        server.answer(Answer({}, status=503), Answer({}))
        send(server, operation, body)
    assert [seen.body for seen in server.seen[:2]] == [whole] * 2
    assert [told(seen)[0][3] for seen in server.seen[2:]] == [whole] * 2


@pytest.mark.parametrize("make", [lambda: iter([b"abc"]), lambda: Once(b"abc")], ids=["iterator", "once"])
def test_a_file_that_comes_once_is_never_sent_again(
    send: Send, server: Server, waits: list[float], make: Callable[[], Any]
) -> None:
    server.answer(Answer({}, status=503))
    for operation, body in ((WHOLE, make()), (PARTS, {"file": make()})):
        with pytest.raises(InternalServerError):
            send(server, operation, body)
    assert len(server.seen) == 2


def test_a_file_that_fails_while_it_is_read_is_the_callers_error_and_not_repeated(send: Send, server: Server) -> None:
    def broken() -> Iterator[bytes]:
        yield b"a"
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError, match="the disk is gone"):
        send(server, POSTED, broken())


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (io.StringIO("a"), "binary mode"),
        (3, "expected text, bytes"),
        ({"a": 1}, "expected text, bytes"),
        (Path("/no/such/file"), "No such file"),
        (Path("/"), "directory"),
    ],
    ids=["text", "number", "members", "missing", "folder"],
)
def test_what_is_no_file_is_refused_before_anything_is_sent(send: Send, server: Server, body: Any, why: str) -> None:
    with pytest.raises(InvalidRequestError, match=why):
        send(server, WHOLE, body)
    assert server.seen == []


def test_pieces_that_are_no_bytes_are_refused(send: Send, server: Server) -> None:
    with pytest.raises(InvalidRequestError, match="pieces of bytes, not of str"):
        send(server, WHOLE, iter(["a"]))


@pytest.mark.parametrize("part", [("a", b"1", 5), ("a",), ("a", b"1", "b", "c")], ids=str)
def test_a_tuple_that_is_no_file_is_refused(send: Send, server: Server, part: Any) -> None:
    with pytest.raises(InvalidRequestError, match="a tuple is"):
        send(server, PARTS, {"file": part})


def test_names_of_files_cannot_leave_their_place(send: Send, server: Server) -> None:
    send(server, PARTS, {'na"me\r\nX: 1': ('a"\r\nX-Evil: 1\r\n\r\nb', b"1", "x/y\r\nX-Evil: 2")})
    assert b"\r\nX-Evil" not in server.seen[0].body
    assert len(parts(server.seen[0])) == 1


def test_a_server_that_is_away_gets_a_file_that_comes_once_only_if_it_was_not_begun(dead_url: str) -> None:
    with Petshop(api_key="k", base_url=dead_url) as client, pytest.raises(APIConnectionError) as told:
        client._call(WHOLE, {"max_retries": 0}, body=iter([b"abc"]))
    assert told.value.delivered is False
