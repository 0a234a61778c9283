# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The texts of JSON values one after another, from bytes in whatever pieces these come.

`application/x-ndjson`, `application/jsonl` and their like have a value on each line; `application/json-seq` (RFC 7464)
begins each with the control character RS, and its values may have several lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from .errors import ResponseTooLargeError
from .jsontext import loads

_RS = b"\x1e"


class ValueParser:
    """Turns pieces of a stream into texts of values. `most` is the size in bytes that one may have."""

    def __init__(self, most: int, sequence: bool = False) -> None:
        self._most = most
        self._end = _RS if sequence else b"\n"
        self._pieces: list[bytes] = []
        self._size = 0
        self._next_try = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The texts that are whole with this piece. Raises `ResponseTooLargeError` for one over the limit."""
        if self._end in piece:
            *texts, piece = b"".join((*self._pieces, piece)).split(self._end)
            self._pieces.clear()
            self._size = self._next_try = 0
            for text in texts:
                self._check(len(text))
                if text and not text.isspace():
                    yield text
        if piece:
            self._pieces.append(piece)
            self._size += len(piece)
            self._check(self._size)
            if self._end == _RS and piece[-1:] == b"\n":
                yield from self._early()

    def end(self) -> bytes:
        """The text that stands last without anything after it; empty if there is none."""
        text = b"".join(self._pieces)
        self._pieces.clear()
        return text.strip()

    def _early(self) -> Iterator[bytes]:
        """The value of a sequence at the end of a line, which need not wait for the next RS.

        A value of many lines is tried again only when it has doubled, so that the work stays in proportion.
        """
        if self._size < self._next_try:
            return
        text = b"".join(self._pieces)
        try:
            loads(text)
        except ValueError:
            self._next_try = 2 * self._size
            return
        self._pieces.clear()
        self._size = self._next_try = 0
        yield text

    def _check(self, size: int) -> None:
        if size > self._most:
            raise ResponseTooLargeError(f"a value of the stream is over {self._most} bytes")
