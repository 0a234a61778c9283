# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Bodies of requests, by media type."""

from __future__ import annotations

import io
import mimetypes
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import attrs

from .encode import encode
from .errors import InvalidRequestError
from .jsontext import dumps
from .narrow import is_array, is_mapping, is_nested, is_object, is_tuple
from .unset import UNSET

_CHUNK = 65536


@attrs.define
class Body:
    """What is sent: `content` where it is held in memory, or else the pieces that `open` gives, from the start.

    `open` is None where there is nothing to stream; a body that is not `replayable` can be read only once.
    """

    media_type: str = ""
    content: bytes | None = None
    open: Callable[[], Iterator[bytes]] | None = None
    length: int | None = None
    replayable: bool = True

    def stream(self) -> Iterator[bytes] | bytes | None:
        return self.open() if self.open else self.content

    def astream(self) -> AsyncIterator[bytes] | bytes | None:
        return _in_threads(self.open()) if self.open else self.content


async def _in_threads(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    from anyio.to_thread import run_sync

    while piece := await run_sync(next, pieces, b""):
        yield piece


NO_BODY = Body()


def make_body(
    media_type: str | None, value: Any, extra: Mapping[str, object] | None = None
) -> Body:
    """The body for a value in the media type of its operation.

    Raises `InvalidRequestError` for a value that has no form in it.
    """
    if value is UNSET and not extra:
        return NO_BODY
    kind = (media_type or "application/json").partition(";")[0].strip().lower()
    try:
        return _make(kind, media_type or kind, {} if value is UNSET else value, extra)
    except (TypeError, ValueError, OSError, RecursionError) as error:
        raise InvalidRequestError(f"the body cannot be sent as {kind}: {error}") from None


def _make(kind: str, media_type: str, value: Any, extra: Mapping[str, object] | None) -> Body:
    if kind == "application/json" or kind.endswith("+json"):
        return Body(media_type, dumps(_with_extra(encode(value), extra)))
    if kind == "application/x-www-form-urlencoded":
        return Body(media_type, urlencode(list(_pairs(_with_extra(encode(value), extra)))).encode())
    if kind.startswith("multipart/"):
        return _multipart(kind, _with_extra(value, extra))
    if extra:
        raise TypeError("extra_body needs a body with members")
    return _single(media_type, value)


def _with_extra(value: Any, extra: Mapping[str, object] | None) -> Any:
    if not extra:
        return value
    if not is_mapping(value):
        raise TypeError("extra_body needs a body with members")
    return {**value, **encode(extra)}


def _pairs(value: Any) -> Iterable[tuple[str, str]]:
    if not is_object(value):
        raise TypeError(f"expected members, not {type(value).__name__}")
    for name, item in value.items():
        for one in item if is_array(item) else [item]:
            if is_object(one):
                yield from ((f"{name}[{inner}]", text) for inner, text in _pairs(one))
            elif one is not None:
                yield name, form_text(one)


def form_text(value: Any) -> str:
    """A JSON value as a form's text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_nested(value):
        return dumps(value).decode()
    return "" if value is None else str(value)


def _single(media_type: str, value: Any) -> Body:
    if isinstance(value, str):
        return Body(media_type, value.encode())
    part = _file(value)
    if part is None:
        raise TypeError(
            f"expected text, bytes, a path, a file or an iterable of bytes, not {type(value).__name__}"
        )
    part.media_type = media_type
    return part


def _file(value: Any) -> Body | None:
    """The body that a file-like value holds; None for other values."""
    if isinstance(value, bytes):
        return Body(content=value, length=len(value))
    if isinstance(value, bytearray):
        return _file(bytes(value))
    if isinstance(value, os.PathLike):
        path = Path(cast("os.PathLike[str]", value))
        return Body(open=lambda: _read(path.open("rb"), close=True), length=path.stat().st_size)
    if hasattr(value, "read"):
        return _open_file(value)
    if isinstance(value, Iterator) or (
        isinstance(value, Iterable) and not isinstance(value, Mapping | str | list | tuple)
    ):
        return Body(open=lambda: iter(cast(Iterable[bytes], value)), replayable=False)
    return None


def _open_file(file: Any) -> Body:
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
            yield piece
    finally:
        if close:
            file.close()


def _multipart(kind: str, value: Any) -> Body:
    if not is_mapping(value):
        raise TypeError(f"expected members, not {type(value).__name__}")
    boundary = os.urandom(16).hex()
    parts = [
        _part(boundary, name, one)
        for name, item in value.items()
        if item is not UNSET
        for one in (item if is_array(item) else [item])
    ]
    end = f"--{boundary}--\r\n".encode()
    media_type = f"{kind}; boundary={boundary}"
    replayable = all(body.replayable for _, body in parts)
    if all(body.open is None for _, body in parts):
        return Body(
            media_type,
            b"".join(head + (body.content or b"") + b"\r\n" for head, body in parts) + end,
        )

    def pieces() -> Iterator[bytes]:
        for head, body in parts:
            yield head
            yield from body.open() if body.open else [body.content or b""]
            yield b"\r\n"
        yield end

    lengths = [body.length if body.open else len(body.content or b"") for _, body in parts]
    known = [length for length in lengths if length is not None]
    heads = sum(len(head) + 2 for head, _ in parts) + len(end)
    return Body(media_type, open=pieces, length=sum(known) + heads if len(known) == len(parts) else None,
                replayable=replayable)  # fmt: skip


def _part(boundary: str, name: str, value: Any) -> tuple[bytes, Body]:
    """One part's head and body. A tuple is `(filename, content)` or `(filename, content, media type)`."""
    filename, media_type = "", ""
    if is_tuple(value):
        filename, value, *rest = value
        media_type = rest[0] if rest else ""
    body = _file(value)
    if body is not None:
        filename = filename or os.path.basename(str(getattr(value, "name", "") or "")) or "upload"
        media_type = media_type or mimetypes.guess_type(filename)[0] or "application/octet-stream"
    else:
        wire = encode(value)
        media_type = media_type or ("application/json" if is_nested(wire) else "")
        body = Body(content=form_text(wire).encode())
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"'
    head += f'; filename="{_quoted(filename)}"' if filename else ""
    head += f"\r\nContent-Type: {_quoted(media_type)}" if media_type else ""
    return f"{head}\r\n\r\n".encode(), body


def _quoted(text: str) -> str:
    """Text that cannot leave its place in a part's head, as browsers write it."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").replace("\0", "%00")
