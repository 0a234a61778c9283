# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""A request as it goes onto a connection: its URL taken apart, and all of its headers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Iterable, Mapping
from typing import TypeAlias

import httpcore

from .exchange import Send
from .inflate import ACCEPTED

Content: TypeAlias = bytes | Iterable[bytes] | AsyncIterable[bytes] | None
Limits: TypeAlias = Mapping[str, float | None]

_ACCEPT = ("accept-encoding", (b"Accept-Encoding", ACCEPTED))
_LENGTHS = frozenset(("content-length", "transfer-encoding"))
_PORTS = {b"http": 80, b"https": 443}
_PLAIN_URL = re.compile(
    r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::([0-9]{1,5}))?"
    r"(/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*)?(\?[A-Za-z0-9._~!$&'()*+,;=:@/%?-]*)?"
)
_UNUSUAL = re.compile(r"/\.|%(?![0-9A-Fa-f]{2})")


def request_of(send: Send, content: Content, limits: Limits) -> httpcore.Request:
    """The request, with seconds for each phase as `limits`. Raises `InvalidURL` of `httpx` for what is no URL."""
    url, host = place(send.url)
    if send.method != send.request.method:
        content = None
    headers = [(name.encode("ascii"), text.encode("latin-1")) for name, text in send.headers.items()]
    given = {name.lower() for name in send.headers}
    headers[:0] = [pair for name, pair in (("host", (b"Host", host)), _ACCEPT) if name not in given]
    if given.isdisjoint(_LENGTHS):
        headers += _length(send, content)
    return httpcore.Request(send.method, url, headers=headers, content=content, extensions={"timeout": limits})


def _length(send: Send, content: Content) -> list[tuple[bytes, bytes]]:
    """The header that says where the body ends."""
    if isinstance(content, bytes):
        return [(b"Content-Length", b"%d" % len(content))]
    if content is None:
        return [(b"Content-Length", b"0")] if send.method in ("POST", "PUT", "PATCH") else []
    length = send.request.body.length
    return [(b"Transfer-Encoding", b"chunked") if length is None else (b"Content-Length", b"%d" % length)]


def place(url: str) -> tuple[httpcore.URL, bytes]:
    """Where a URL leads, and the header `Host` for it. One out of the ordinary is read, and mended, by `httpx`."""
    found = _PLAIN_URL.fullmatch(url)
    if found is None or _UNUSUAL.search(url):
        return _unusual_place(url)
    scheme, host = found[1].encode(), found[2].encode()
    port = int(found[3]) if found[3] else _PORTS[scheme]
    target = f"{found[4] or '/'}{found[5] or ''}".encode()
    return _place(scheme, host, port, target, host)


def _unusual_place(url: str) -> tuple[httpcore.URL, bytes]:
    from httpx import URL

    read = URL(url)
    scheme, host = read.raw_scheme, read.raw_host
    shown = b"[%b]" % host if b":" in host else host
    return _place(scheme, host, read.port or _PORTS[scheme], read.raw_path, shown)


def _place(scheme: bytes, host: bytes, port: int, target: bytes, shown: bytes) -> tuple[httpcore.URL, bytes]:
    url = httpcore.URL(scheme=scheme, host=host, port=port, target=target)
    return url, shown if port == _PORTS[scheme] else b"%b:%d" % (shown, port)
