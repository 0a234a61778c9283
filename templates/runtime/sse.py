"""Server-sent events from bytes, in whatever pieces these come.

The parser knows the whole grammar of `text/event-stream`: fields of several lines, comments, a byte order mark, lines
that end in CR, LF or CRLF. It looks for whole events in whole pieces, never at single characters, and an event that
comes in many pieces is put together once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeAlias, TypeVar

import attrs

from .errors import IncompleteError, ResponseTooLargeError
from .jsontext import loads

T = TypeVar("T")

DONE = b"[DONE]"
"""The data of the event with which many APIs end a stream."""

_MARK = b"\xef\xbb\xbf"
_BREAK = b"\n\n"
_NOTHING = b""


@attrs.define
class ServerSentEvent(Generic[T]):
    """One event of a stream: its data as documented, and what else the server said."""

    data: T
    event: str = "message"
    """The kind of event that the server named."""
    id: str | None = None
    """The name of this very event; None if it has none."""


RawEvent: TypeAlias = tuple[bytes, str, str | None]
"""Data, kind and id of an event as it came."""


class EventParser:
    """Turns pieces of a stream into events. `most` is the size in bytes that an event may have.

    `last_id` is what a stream is resumed after; `unnamed` counts the events since, which a server would send again.
    """

    def __init__(self, most: int) -> None:
        self.last_id: str | None = None
        self.unnamed: int = 0
        self.retry: float | None = None
        """Seconds that the server asks to wait before it is called again."""
        self._most = most
        self.reset()

    def reset(self) -> None:
        """Forget what is left of a connection that broke off; a new one begins."""
        self._pieces: list[bytes] = []
        self._size = 0
        self._begun = False
        self._after_cr = False

    def feed(self, piece: bytes) -> Iterator[RawEvent]:
        """The events that are whole with this piece. Raises `ResponseTooLargeError` for one over the limit."""
        piece = self._plain(piece)
        if self._pieces:
            if _BREAK not in piece and not (piece[:1] == b"\n" and self._pieces[-1][-1:] == b"\n"):
                self._keep(piece)
                return
            piece = b"".join((*self._pieces, piece))
            self._pieces.clear()
        *blocks, rest = piece.split(_BREAK)
        self._size = 0
        for block in blocks:
            if len(block) > self._most:
                raise _too_large(self._most)
            if block[:6] == b"data: " and b"\n" not in block:
                self.unnamed += 1
                yield block[6:], "message", None
            elif (event := self._event(block)) is not None:
                yield event
        self._keep(rest)

    def end(self) -> Iterator[RawEvent]:
        """The event that stands last without an empty line after it, as many servers leave it.

        Raises `IncompleteError` if the stream ended within a line of one, and its data is not whole all the same.
        """
        rest = b"".join(self._pieces)
        self.reset()
        cut = bool(rest) and rest[-1:] != b"\n" and rest.rpartition(b"\n")[2][:1] != b":"
        before = self.last_id, self.unnamed
        event = self._event(rest)
        if cut and not (event and _is_whole(event[0])):
            self.last_id, self.unnamed = before
            raise IncompleteError("the stream ended in the middle of an event")
        if event is not None:
            yield event

    def _keep(self, piece: bytes) -> None:
        if piece:
            self._pieces.append(piece)
            self._size += len(piece)
            if self._size > self._most:
                raise _too_large(self._most)

    def _plain(self, piece: bytes) -> bytes:
        """The piece with LF as the only end of lines, and without the mark that a stream may begin with."""
        if self._after_cr and piece:
            self._after_cr = False
            piece = piece.removeprefix(b"\n")
        if b"\r" in piece:
            self._after_cr = piece[-1:] == b"\r"
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if not self._begun and piece:
            piece = b"".join((*self._pieces, piece))
            self._pieces.clear()
            self._size = 0
            if len(piece) < len(_MARK) and _MARK.startswith(piece):
                self._keep(piece)
                return _NOTHING
            self._begun = True
            piece = piece.removeprefix(_MARK)
        return piece

    def _event(self, block: bytes) -> RawEvent | None:
        """The event that lines stand for; None if they have no data, as comments and bare ids have none."""
        data: list[bytes] = []
        kind = "message"
        name: str | None = None
        for line in block.split(b"\n"):
            field, _, value = line.partition(b":")
            value = value.removeprefix(b" ")
            if field == b"data":
                data.append(value)
            elif field == b"event":
                kind = value.decode(errors="replace") or "message"
            elif field == b"id" and b"\0" not in value:
                name = value.decode(errors="replace")
            elif field == b"retry" and value.isdigit() and len(value) < 16:
                self.retry = int(value) / 1000
        if name is not None:
            self.last_id = name
            self.unnamed = 0
        if not data:
            return None
        if name is None:
            self.unnamed += 1
        return b"\n".join(data), kind, name


def _is_whole(data: bytes) -> bool:
    """Whether data shows by itself that nothing of it is missing."""
    try:
        return data == DONE or (data[:1] in (b"{", b"[") and loads(data) is not None)
    except ValueError:
        return False


def _too_large(most: int) -> ResponseTooLargeError:
    return ResponseTooLargeError(f"an event of the stream is over {most} bytes")
