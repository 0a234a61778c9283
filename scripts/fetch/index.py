"""The documentation's index, `llms.txt`: what it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import addresses
from .failure import FetchFailed

_MAX_LINE = 4000
_ITEM = re.compile(r"\s*[-*+]\s+\[(?P<title>[^\n]*?)\]\(\s*<?(?P<href>(?:[^()\s<>]|\([^()\s<>]*+\))++)>?[^()]*+\)")
_DOCUMENT = re.compile(r"(?:json|ya?ml|openapi)$", re.IGNORECASE)
_NO_TEXT = re.compile(r"\.(?:pdf|png|jpe?g|gif|svg|webp|mp4|webm|zip|gz|css|js|ico|woff2?)$", re.IGNORECASE)


@dataclass(frozen=True)
class Index:
    """The addresses that an index lists, each once and in its order."""

    pages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Those that may be whole OpenAPI documents, by how they end or are called."""
    indexes: tuple[str, ...] = ()
    """Further indexes."""
    refused: tuple[FetchFailed, ...] = ()
    """Links that lead nowhere we may go."""


def read(text: str, url: str) -> Index:
    """What an index at a URL lists as `- [title](address): description`."""
    pages: dict[str, None] = {}
    documents: dict[str, None] = {}
    indexes: dict[str, None] = {}
    refused: dict[str, FetchFailed] = {}
    for title, href in _items(text):
        try:
            address = addresses.parse(href, url)
            addresses.same_site(address, url)
        except FetchFailed as failure:
            refused[failure.what] = failure
            continue
        path = address.partition("?")[0]
        if path.endswith("/llms.txt"):
            indexes[address] = None
        elif _DOCUMENT.search(path) or (title.strip().lower() in ("openapi", "swagger") and not path.endswith(".md")):
            documents[address] = None
        elif not _NO_TEXT.search(path) and not path.endswith("/llms-full.txt"):
            pages[address] = None
    return Index(tuple(pages), tuple(documents), tuple(indexes), tuple(refused.values()))


def _items(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        found = _ITEM.match(line) if len(line) <= _MAX_LINE else None
        if found:
            yield found["title"], found["href"]
