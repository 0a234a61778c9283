# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""An answer on one of our own connections, read as that of a client of `httpx` is."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator, Iterator, MutableMapping
from typing import Any, NamedTuple, cast

import anyio
import httpcore

from .inflate import Inflater, inflater


class _Headers(NamedTuple):
    raw: list[tuple[bytes, bytes]]


class Answer:
    """An answer whose body is still to be read; `done` is told when its connection is not needed any more.

    That is told once: afterwards somebody else may have the connection.
    """

    def __init__(self, response: httpcore.Response, done: Callable[[], Any]) -> None:
        self._response: Any = response
        self._done = done
        self._closed = False
        self.status_code: int = response.status
        self.headers = _Headers(response.headers)
        self.extensions: MutableMapping[str, Any] = self._response.extensions
        self.num_bytes_downloaded = 0
        """Of the body as it was sent."""

    @property
    def http_version(self) -> str:
        return cast(bytes, self.extensions["http_version"]).decode("ascii")

    def iter_bytes(self) -> Generator[bytes, None, None]:
        """The body in pieces, decompressed. Raises `DecodingError` if it cannot be."""
        inflate = self._inflater()
        for piece in cast("Iterator[bytes]", self._response.stream):
            yield from self._plain(piece, inflate)
        if inflate is not None:
            yield from inflate(b"")
        self.close()

    async def aiter_bytes(self) -> AsyncGenerator[bytes, None]:
        """The same on a connection of an async client."""
        inflate = self._inflater()
        async for piece in cast("AsyncGenerator[bytes, None]", self._response.stream):
            for plain in self._plain(piece, inflate):
                yield plain
        for rest in inflate(b"") if inflate is not None else ():
            yield rest
        await self.aclose()

    def _plain(self, piece: bytes, inflate: Inflater | None) -> Iterator[bytes] | tuple[bytes]:
        self.num_bytes_downloaded += len(piece)
        return (piece,) if inflate is None or not piece else inflate(piece)

    def _inflater(self) -> Inflater | None:
        named = [value for name, value in self.headers.raw if name.lower() == b"content-encoding"]
        return inflater(b",".join(named).decode("latin-1")) if named else None

    def close(self) -> None:
        """Give the connection free. May be done twice."""
        if self._closed:
            return
        self._closed = True
        try:
            self._response.close()
        finally:
            self._done()

    async def aclose(self) -> None:
        """The same on a connection of an async client."""
        if self._closed:
            return
        self._closed = True
        try:
            with anyio.CancelScope(shield=True):
                await self._response.aclose()
        finally:
            await self._done()
