# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""From the pieces of a body to the items of a stream: events, or JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .drift import Context
from .errors import DecodeError, IncompleteError
from .jsonlines import ValueParser
from .live import Live
from .reader import Reader
from .response import one_line, public_headers
from .sse import DONE, EventParser, RawEvent, ServerSentEvent

_EVENTS = "text/event-stream"
_MOST_SHOWN = 500
_SEQUENCES = ("application/json-seq", "application/geo+json-seq")


class Events:
    """Events, with their data as the reader reads it; data that is no JSON is a drift and stays text."""

    def __init__(self, reader: Reader, context: Context, most: int) -> None:
        self.done: bool = False
        """Whether the server said that nothing follows, though the connection is open."""
        self.parser: EventParser = EventParser(most)
        self._reader = reader
        self._context = context
        spec = reader.spec
        self._textual: bool = spec.accepts("") and spec.fit(dict) is False and spec.fit(list) is False
        self._repeated: str | None = None

    def feed(self, piece: bytes) -> Iterator[ServerSentEvent[Any]]:
        """The events that are whole with this piece."""
        read, context = self._reader.read, self._context
        rare = self._textual or self._repeated is not None
        for data, kind, name in self.parser.feed(piece):
            if rare or data[:1] != b"{":
                yield from self._rare((data, kind, name))
                if self.done:
                    return
                continue
            try:
                value = read(data, context)
            except (ValueError, RecursionError):
                value = self._text(data)
            yield ServerSentEvent(value, kind, name)

    def end(self) -> Iterator[ServerSentEvent[Any]]:
        """The event that the stream ended with."""
        for raw in self.parser.end():
            yield from self._rare(raw)

    def resume_after(self) -> str | None:
        """The id to resume after, so that nothing is lost or comes twice: empty for the beginning, None if none is."""
        name = self.parser.last_id
        if self.parser.unnamed:
            return None
        if name is None:
            return ""
        return name if name and name.isascii() and name.isprintable() else None

    def resumed(self, after: str) -> None:
        """Another connection begins; servers may repeat the event that they were told to go on after."""
        self.parser.reset()
        self._repeated = after or None

    def _rare(self, raw: RawEvent) -> Iterator[ServerSentEvent[Any]]:
        """An event that is not just an object in JSON."""
        data, kind, name = raw
        if data == DONE:
            self.done = True
            return
        if name is not None and self._repeated is not None:
            repeated, self._repeated = self._repeated, None
            if name == repeated:
                return
        yield ServerSentEvent(self._data(data), kind, name)

    def _data(self, data: bytes) -> Any:
        if self._textual:
            return data.decode(errors="replace")
        try:
            return self._reader.read(data, self._context)
        except (ValueError, RecursionError):
            return self._text(data)

    def _text(self, data: bytes) -> str:
        """Data that is no JSON, as it came."""
        text = data.decode(errors="replace")
        if not self._reader.spec.accepts(text):
            self._context.report(None, self._reader.spec.name, "text that is no JSON")
        return text


class Values:
    """JSON values as the reader reads them."""

    done = False

    def __init__(self, reader: Reader, context: Context, most: int, sequence: bool) -> None:
        self._parser = ValueParser(most, sequence)
        self._reader = reader
        self._context = context

    def feed(self, piece: bytes) -> Iterator[Any]:
        """The values that are whole with this piece. Raises `DecodeError` for one that is no JSON."""
        for text in self._parser.feed(piece):
            try:
                value = self._reader.read(text, self._context)
            except (ValueError, RecursionError) as error:
                raise _not_json(text, error) from None
            yield value

    def end(self) -> Iterator[Any]:
        """The value that the stream ended with. Raises `IncompleteError` if it is cut off."""
        if text := self._parser.end():
            try:
                yield self._reader.read(text, self._context)
            except (ValueError, RecursionError):
                raise IncompleteError("the stream ended in the middle of a JSON value") from None


def _not_json(text: bytes, why: Exception) -> DecodeError:
    error = DecodeError(f"a value of the stream is no JSON: {one_line(str(why))}")
    error.body = text[:_MOST_SHOWN].decode(errors="replace")
    return error


def items_of(live: Live, reader: Reader, context: Context, reads: str) -> Events | Values:
    """What turns the body of an answer into items; `reads` is what is documented, `events` or `lines`.

    Raises `DecodeError` for an answer that is no stream of events where one is documented.
    """
    response = live.response
    kind = response.media_type
    if kind == _EVENTS or (reads == "events" and (not kind or response.status == 204)):
        return Events(reader, context, live.most)
    if reads == "lines":
        return Values(reader, context, live.most, kind in _SEQUENCES)
    error = DecodeError(f"{response.status}, but as {one_line(kind)}, not as {_EVENTS}")
    error.status = response.status
    error.headers = public_headers(response.headers)
    raise error
