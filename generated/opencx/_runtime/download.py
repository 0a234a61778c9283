# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Answers that are files: read when asked, as a whole, piece by piece, or straight to disk."""

from __future__ import annotations

import mimetypes
import os
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import aclosing, closing
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import unquote_to_bytes

from .errors import ResponseTooLargeError
from .live import Live
from .raw import Received, info
from .request import Sent
from .response import public_headers

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]')
_PLAIN_NAME = re.compile(r';\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))', re.IGNORECASE)
_CODED_NAME = re.compile(r";\s*filename\*\s*=\s*(utf-8|iso-8859-1)'[^']*'([^;\s]+)", re.IGNORECASE)
_LONGEST_NAME = 200


class _Base:
    """What sync and async downloads have in common: what is known before anything is read, and where it is written."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._content: bytes | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._live.call.request.label}>"

    @property
    def status(self) -> int:
        """The answer's status."""
        return self._live.response.status

    @property
    def headers(self) -> dict[str, str]:
        """The answer's headers by their names in lower case, without cookies."""
        return public_headers(self._live.response.headers)

    @property
    def request(self) -> Sent:
        """What was sent, with credentials blanked out."""
        return self._live.call.sent or self._live.call.request.sent()

    @property
    def attempts(self) -> int:
        """How many times it was sent."""
        return self._live.call.attempts

    @property
    def elapsed(self) -> float:
        """Seconds since the call."""
        return time.monotonic() - self._live.call.started

    @property
    def request_id(self) -> str | None:
        """The name that the server gave to the call, for its support to find it."""
        return info(self.__received__).request_id

    @property
    def __received__(self) -> Received:
        return self._live.received

    @property
    def media_type(self) -> str:
        """The type that the server names: `image/png`; empty if it names none."""
        return self._live.response.media_type

    @property
    def size(self) -> int | None:
        """The length in bytes that the server names; None if it names none, or compresses."""
        said = self._live.response.headers.get("content-length", "")
        return int(said) if said.isdigit() and "content-encoding" not in self._live.response.headers else None

    @property
    def filename(self) -> str | None:
        """The name that the server gives to the file: a bare name, never a path; None if it gives none."""
        return file_name(self._live.response.headers.get("content-disposition", ""))

    def _join(self, pieces: list[bytes], size: int, piece: bytes) -> int:
        pieces.append(piece)
        if (size := size + len(piece)) > self._live.most:
            told = ResponseTooLargeError(f"{self.status}, but the body is over {self._live.most} bytes; use write_to()")
            told.status = self.status
            told.headers = self.headers
            raise self._live.call.blame(told)
        return size

    def _target(self, path: str | os.PathLike[str], overwrite: bool) -> _Target:
        target = Path(path)
        if target.is_dir():
            target /= self.filename or f"download{mimetypes.guess_extension(self.media_type) or ''}"
        if target.is_dir():
            raise IsADirectoryError(f"{target} is a folder")
        if not overwrite and os.path.lexists(target):
            raise _exists(target)
        return _Target(target, overwrite)


class _Target:
    """A file that is there when it is complete, and not before."""

    def __init__(self, path: Path, overwrite: bool) -> None:
        self.path = path
        self._overwrite = overwrite
        self._part = path.parent / f".{os.urandom(8).hex()}.part"
        self.file: BinaryIO = self._part.open("xb")

    def keep(self) -> Path:
        """Give the file its name. Raises `FileExistsError` if it was taken meanwhile."""
        self.file.close()
        if self._overwrite:
            self._part.replace(self.path)
            return self.path
        try:
            os.link(self._part, self.path)
        except FileExistsError:
            raise _exists(self.path) from None
        except OSError:  # a file system without links
            if os.path.lexists(self.path):
                raise _exists(self.path) from None
            self._part.replace(self.path)
        return self.path

    def clean(self) -> None:
        """Remove what is left of the part, whatever happened."""
        self.file.close()
        self._part.unlink(missing_ok=True)


class _Lines:
    """Turns pieces of text into lines."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def feed(self, piece: bytes) -> Iterator[str]:
        if b"\n" in piece:
            *lines, piece = b"".join((*self._pieces, piece)).split(b"\n")
            self._pieces.clear()
            yield from (line.removesuffix(b"\r").decode(errors="replace") for line in lines)
        self._pieces.append(piece)

    def end(self) -> Iterator[str]:
        if rest := b"".join(self._pieces):
            yield rest.decode(errors="replace")


def _exists(path: Path) -> FileExistsError:
    return FileExistsError(f"{path} exists; pass overwrite=True to replace it")


class Download(_Base):
    """A file that the server sends. Nothing is read before it is asked for.

    The connection is free once the file was read to its end; use it as a context manager, or call `close`, where you
    may not read it.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection free, read to its end or not. May be done twice."""
        self._live.close()

    def iter_bytes(self) -> Generator[bytes, None, None]:
        """The content in pieces as they come.

        Raises `IncompleteError` if it breaks off, `APITimeoutError` if the next piece does not come in time.
        """
        if self._content is not None:
            yield self._content
        else:
            yield from self._live.pieces()

    def iter_lines(self) -> Iterator[str]:
        """The lines of content that is text in UTF-8, without their ends."""
        lines = _Lines()
        for piece in self.iter_bytes():
            yield from lines.feed(piece)
        yield from lines.end()

    def read(self) -> bytes:
        """The whole content, kept for the next time.

        Raises `ResponseTooLargeError` if it is over the client's `max_response_bytes`, or what `iter_bytes` does.
        """
        if self._content is None:
            pieces: list[bytes] = []
            size = 0
            with self:
                for piece in self.iter_bytes():
                    size = self._join(pieces, size, piece)
            self._content = b"".join(pieces)
        return self._content

    def write_to(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the content to a file, or into a folder under the server's name for it; returns the file's path.

        The file is there when all of it came: whatever goes wrong leaves nothing, and what was there before untouched.
        Any size is taken. Raises `FileExistsError` if the file exists and may not be replaced, or what `iter_bytes`
        does.
        """
        with self:
            target = self._target(path, overwrite)
            try:
                with closing(self.iter_bytes()) as pieces:
                    for piece in pieces:
                        target.file.write(piece)
                return target.keep()
            finally:
                target.clean()


class AsyncDownload(_Base):
    """A file that the server sends. Nothing is read before it is asked for.

    The connection is free once the file was read to its end; use it as an async context manager, or await `close`,
    where you may not read it.
    """

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Give the connection free, read to its end or not. May be done twice."""
        await self._live.aclose()

    async def iter_bytes(self) -> AsyncGenerator[bytes, None]:
        """The content in pieces as they come.

        Raises `IncompleteError` if it breaks off, `APITimeoutError` if the next piece does not come in time.
        """
        if self._content is not None:
            yield self._content
            return
        async with aclosing(self._live.apieces()) as pieces:
            async for piece in pieces:
                yield piece

    async def iter_lines(self) -> AsyncIterator[str]:
        """The lines of content that is text in UTF-8, without their ends."""
        lines = _Lines()
        async for piece in self.iter_bytes():
            for line in lines.feed(piece):
                yield line
        for line in lines.end():
            yield line

    async def read(self) -> bytes:
        """The whole content, kept for the next time.

        Raises `ResponseTooLargeError` if it is over the client's `max_response_bytes`, or what `iter_bytes` does.
        """
        if self._content is None:
            pieces: list[bytes] = []
            size = 0
            async with self:
                async for piece in self.iter_bytes():
                    size = self._join(pieces, size, piece)
            self._content = b"".join(pieces)
        return self._content

    async def write_to(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the content to a file, or into a folder under the server's name for it; returns the file's path.

        The file is there when all of it came: whatever goes wrong leaves nothing, and what was there before untouched.
        Any size is taken. Raises `FileExistsError` if the file exists and may not be replaced, or what `iter_bytes`
        does.
        """
        from anyio.to_thread import run_sync

        async with self:
            target = await run_sync(self._target, path, overwrite)
            try:
                async with aclosing(self.iter_bytes()) as pieces:
                    async for piece in pieces:
                        await run_sync(target.file.write, piece)
                return await run_sync(target.keep)
            finally:
                target.clean()


def file_name(disposition: str) -> str | None:
    """The file name of a `Content-Disposition` header as a bare name that no system takes for more; None if none."""
    if coded := _CODED_NAME.search(disposition):
        text = unquote_to_bytes(coded[2]).decode(coded[1], errors="replace")
    elif plain := _PLAIN_NAME.search(disposition):
        text = re.sub(r'\\(["\\])', r"\1", plain[1]) if plain[1] is not None else plain[2]
        text = text.encode("latin-1", errors="replace").decode(errors="replace")
    else:
        return None
    name = _UNSAFE.sub("_", re.split(r"[/\\]", text)[-1]).strip(" ").lstrip(".").rstrip(". ").strip()
    if len(name.encode()) > _LONGEST_NAME:
        ending = os.path.splitext(name)[1][:20]
        name = name.encode()[: _LONGEST_NAME - len(ending.encode())].decode(errors="ignore") + ending
    return f"_{name}" if _RESERVED.match(name) else name or None
