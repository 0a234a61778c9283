"""One request and its response as a tool captured them, secrets and all: such values stay in memory."""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

MAX_BODY = 10_000_000
"""Bytes of one body after decompression; longer ones belong into a test of their own."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Exchange:
    """One captured request and response."""

    number: int
    """Its place in the capture, counted from 1."""
    date: str
    """The day, as `YYYY-MM-DD`; empty where the capture does not say."""
    method: str
    url: str = field(repr=False)
    request_headers: Pairs = field(repr=False)
    request_type: str
    request_content: bytes = field(repr=False)
    status: int
    response_headers: Pairs = field(repr=False)
    response_type: str
    response_content: bytes = field(repr=False)


@dataclass(frozen=True)
class Skipped:
    """What is no exchange that could be recorded."""

    number: int
    why: str
    harmless: bool = True
    """Whether nothing is lost: no call of the API, or one that never ended."""


class Unusable(Exception):
    """Why an entry cannot be read; its text holds nothing of a body or header."""


def member(node: Any, key: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
    """A member of an object.

    Raises:
        Unusable: It is of another type, or missing and without a default.
    """
    value = node.get(key, default) if isinstance(node, dict) else default
    if value is None:
        value = default
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Unusable(f"{key} is {'missing' if value is None else type(value).__name__}")
    return value


def day(*moments: Any) -> str:
    """The day, as `YYYY-MM-DD`, of the first moment that is one in ISO 8601 or as HTTP writes it; empty without any."""
    for text in moments:
        if not isinstance(text, str):
            continue
        if found := re.match(r"\d{4}-\d\d-\d\d", text):
            return found[0]
        with contextlib.suppress(TypeError, ValueError):
            return parsedate_to_datetime(text).date().isoformat()
    return ""


def header(headers: Pairs, name: str) -> str:
    """The value of the first header of that name."""
    return next((value for key, value in headers if key.lower() == name), "")


def from_base64(text: str) -> bytes:
    """The bytes.

    Raises:
        Unusable: The text is no base64.
    """
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unusable("a body says it is base64, and is not") from None


def unpacked(content: bytes, headers: Pairs) -> bytes:
    """The content without its compression; captures keep some bodies as they were sent, and some decompressed.

    Raises:
        Unusable: It is too long, broken, or compressed in a way that the standard library cannot undo.
    """
    for encoding in reversed([one.strip().lower() for one in header(headers, "content-encoding").split(",")]):
        if encoding in ("gzip", "x-gzip") and content[:2] == b"\x1f\x8b":
            content = _inflated(content, 31)
        elif encoding == "deflate" and not _is_text(content):
            content = _inflated(content, 15 if content[:1] == b"\x78" else -15)
        elif encoding in ("br", "zstd") and not _is_text(content):
            raise Unusable(
                f"a body is compressed ({encoding}); save a HAR from a browser, which decompresses, "
                "or let the client ask with `Accept-Encoding: gzip`"
            )
    if len(content) > MAX_BODY:
        raise Unusable(f"a body is {len(content) // 1_000_000} MB long, more than {MAX_BODY // 1_000_000} MB")
    return content


def _inflated(content: bytes, window: int) -> bytes:
    try:
        engine = zlib.decompressobj(window)
        result = engine.decompress(content, MAX_BODY + 1)
    except zlib.error:
        raise Unusable("a compressed body is broken") from None
    if not engine.eof and len(result) <= MAX_BODY:
        raise Unusable("a compressed body is cut off")
    return result


def _is_text(content: bytes) -> bool:
    try:
        return content.decode().isprintable() or content[:1] in b'{["<'
    except UnicodeDecodeError:
        return False


def pairs(found: Sequence[tuple[Any, Any]]) -> Pairs:
    """Headers without those of HTTP/2's own (`:authority`)."""
    return tuple((str(name), str(value)) for name, value in found if not str(name).startswith(":"))
