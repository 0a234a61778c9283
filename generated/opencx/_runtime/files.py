# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Files as callers hand them over, and as they are sent: from memory, from disk, or from wherever they come."""

from __future__ import annotations

import io
import os
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias, cast

from .errors import InvalidRequestError

_CHUNK = 65536


class Readable(Protocol):
    """A file that is open in binary mode, or what can be read like one."""

    def read(self, size: int, /) -> bytes: ...


FileContent: TypeAlias = bytes | bytearray | os.PathLike[str] | Readable | Iterable[bytes] | AsyncIterable[bytes]
"""What a file holds: bytes, the path of a file, an open file, or pieces of bytes, which an async client can await."""

FileInput: TypeAlias = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str]
"""A file to send: its content, or a tuple of file name, content, and media type if that cannot be guessed."""


class Body:
    """What is sent: `content` where it is held in memory, or else the pieces that `open` gives, from the start.

    `aopen` gives pieces in place of `open` where they have to be awaited. Where all are None, there is nothing to send;
    a body that is not `replayable` can be read only once.
    """

    def __init__(
        self,
        media_type: str = "",
        content: bytes | None = None,
        *,
        open: Callable[[], Iterator[bytes]] | None = None,
        aopen: Callable[[], AsyncIterator[bytes]] | None = None,
        length: int | None = None,
        replayable: bool = True,
    ) -> None:
        self.media_type = media_type
        self.content = content
        self.open = open
        self.aopen = aopen
        self.length = length
        self.replayable = replayable

    @property
    def streamed(self) -> bool:
        """Whether it is read while it is sent."""
        return self.open is not None or self.aopen is not None

    def stream(self) -> Iterator[bytes] | bytes | None:
        """What a sync client sends. Raises `InvalidRequestError` for what has to be awaited."""
        if self.aopen is not None:
            raise InvalidRequestError("an async iterable can only be sent by an async client")
        return self.open() if self.open else self.content

    def astream(self) -> AsyncIterator[bytes] | bytes | None:
        """What an async client sends; files on disk are read in threads."""
        if self.aopen is not None:
            return self.aopen()
        return _in_threads(self.open()) if self.open else self.content


NO_BODY = Body()


def joined(bodies: list[Body], media_type: str) -> Body:
    """One body after the other."""
    replayable = all(body.replayable for body in bodies)
    if not any(body.streamed for body in bodies):
        return Body(media_type, b"".join(body.content or b"" for body in bodies))
    lengths = [body.length if body.streamed else len(body.content or b"") for body in bodies]
    length = None if None in lengths else sum(cast("list[int]", lengths))

    def pieces() -> Iterator[bytes]:
        for body in bodies:
            piece = body.stream()
            yield from (piece or b"",) if isinstance(piece, bytes | None) else piece

    async def awaited() -> AsyncIterator[bytes]:
        for body in bodies:
            piece = body.astream()
            if isinstance(piece, bytes | None):
                yield piece or b""
            else:
                async for part in piece:
                    yield part

    if any(body.aopen is not None for body in bodies):
        return Body(media_type, length=length, replayable=replayable, aopen=awaited)
    return Body(media_type, open=pieces, length=length, replayable=replayable)


def file_body(value: Any) -> Body | None:
    """What a file holds, to be sent; None for values that are no file.

    Raises `TypeError` for a file in text mode, `OSError` for a path that cannot be read.
    """
    if isinstance(value, bytes | bytearray):
        return Body(content=bytes(value), length=len(value))
    if isinstance(value, os.PathLike):
        from pathlib import Path

        path = Path(cast("os.PathLike[str]", value))
        with path.open("rb") as file:
            length = os.fstat(file.fileno()).st_size
        return Body(open=lambda: _read(path.open("rb"), close=True), length=length)
    if isinstance(value, AsyncIterable):
        awaited = cast("AsyncIterable[bytes]", value)
        return Body(aopen=lambda: _each_awaited(awaited), replayable=False)
    if hasattr(value, "read"):
        return _open_file(value)
    if isinstance(value, Iterable) and not isinstance(value, Mapping | str | list | tuple | set | frozenset):
        return Body(open=lambda: _each(cast("Iterable[bytes]", value)), replayable=False)
    return None


def _open_file(file: Any) -> Body:
    """An open file from where it stands; one that can be wound back can be sent again."""
    if isinstance(file, io.TextIOBase):
        raise TypeError("a file has to be opened in binary mode ('rb')")
    try:
        start = file.tell()
        end = file.seek(0, os.SEEK_END)
        file.seek(start)
    except (AttributeError, OSError):
        return Body(open=lambda: _read(file), replayable=False)

    def again() -> Iterator[bytes]:
        file.seek(start)
        return _read(file)

    return Body(open=again, length=end - start)


def _read(file: Any, close: bool = False) -> Iterator[bytes]:
    try:
        while piece := file.read(_CHUNK):
            yield _checked(piece)
    finally:
        if close:
            file.close()


def _each(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if piece:
            yield _checked(piece)


async def _each_awaited(pieces: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    async for piece in pieces:
        if piece:
            yield _checked(piece)


def _checked(piece: object) -> bytes:
    if not isinstance(piece, bytes | bytearray):
        raise InvalidRequestError(f"a file's content comes in pieces of bytes, not of {type(piece).__name__}")
    return bytes(piece)


async def _in_threads(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    from anyio.to_thread import run_sync

    while (piece := await run_sync(next, pieces, None)) is not None:
        yield piece
