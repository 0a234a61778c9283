"""File names for pages whose addresses anyone may have written."""

from __future__ import annotations

import hashlib
import re

import httpx

from ..pages import FOLDER

_PLAIN = re.compile(r"/(?:[a-z0-9_-]+/)*[a-z0-9_-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")
_MAX = 100


def page_file(url: str, age: int, extension: str) -> str:
    """The file of a page's version, such as `spec/pages/api-reference.phone.create.3.md`.

    A plain path is kept, with dots for slashes; no two plain paths give the same name. Any other address (capitals,
    escapes, a query, a great length) is marked by `~` and the start of its SHA-256, which no plain path can hold.
    Names are lower-case, so they stay apart on every file system.
    """
    parts = httpx.URL(url)
    path, dot, ending = parts.path.rpartition(".")
    plain = bool(dot) and ending == extension and not parts.query and _PLAIN.fullmatch(path)
    stem = (path if plain else parts.path).lower().strip("/").replace("/", ".")
    if not plain or len(stem) > _MAX or _RESERVED.match(stem):
        readable = re.sub(r"[^a-z0-9_-]+", "-", stem)[: _MAX // 2].strip("-") or "page"
        stem = f"{readable}~{hashlib.sha256(url.encode()).hexdigest()[:20]}"
    return f"{FOLDER}/{stem}.{age}.{extension}"
