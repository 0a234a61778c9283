"""What an answer holds: the bytes to keep, and whether they are a whole OpenAPI document."""

from __future__ import annotations

import codecs
import re

import httpx

from .. import documents
from ..problems import BadInput
from .failure import FetchFailed
from .site import Answer

_TRANSCODED = frozenset({"iso8859-1", "iso8859-15", "cp1252", "utf-16", "utf-16-le", "utf-16-be"})
_ENDINGS = {"md": "md", "mdx": "md", "markdown": "md", "txt": "txt", "json": "json", "yaml": "yaml", "yml": "yaml"}
_MEDIA = {"text/plain": "txt", "application/json": "json", "application/yaml": "yaml", "text/yaml": "yaml"}


def body(answer: Answer) -> bytes:
    """The bytes to keep: as they came, or as UTF-8 where the site says that they are in another encoding.

    Raises:
        FetchFailed: It is no text, or nothing.
    """
    fix = "Leave it out with `exclude` in spec/api.toml, or tell the site's owner."
    if not answer.body.strip():
        raise FetchFailed(f"{answer.url} is empty.", fix)
    charset = _codec(answer.charset)
    try:
        text = answer.body.decode("utf-8-sig" if charset == "utf-8" else charset)
    except UnicodeDecodeError:
        raise FetchFailed(f"{answer.url} is not the {charset} text that it should be.", fix) from None
    if "\x00" in text:
        raise FetchFailed(f"{answer.url} is no text.", fix)
    return answer.body if charset == "utf-8" else text.encode()


def is_transcoded(answer: Answer) -> bool:
    """Whether `body` differs from the bytes that came."""
    return answer.status == 200 and _codec(answer.charset) != "utf-8"


def extension(answer: Answer) -> str:
    """The ending of the file that keeps the answer."""
    if answer.is_html:
        return "html"
    ending = httpx.URL(answer.url).path.rpartition(".")[2].lower()
    return _ENDINGS.get(ending) or _MEDIA.get(answer.media_type, "md")


def is_document(content: bytes) -> bool:
    """Whether this is a whole OpenAPI (or Swagger 2.0) document, and not only named like one."""
    if not re.search(rb"""(?m)(?:^|["'{,])[ \t]*["']?(?:openapi|swagger)["']?[ \t]*:""", content):
        return False  # spares the parser a big page that cannot be one
    try:
        data = documents.read(content.decode("utf-8-sig"), "").data
    except (BadInput, UnicodeDecodeError):
        return False
    if not isinstance(data, dict):
        return False
    version = data.get("openapi", data.get("swagger"))
    named = isinstance(version, str | float) and re.match(r"(?:2|3)\.", str(version)) is not None
    return named and any(isinstance(data.get(key), dict) for key in ("paths", "webhooks", "components"))


def _codec(charset: str) -> str:
    """The encoding to read by: UTF-8 unless the site names another that pages really have."""
    try:
        name = codecs.lookup(charset).name if charset else "utf-8"
    except LookupError:
        return "utf-8"
    return name if name in _TRANSCODED else "utf-8"
