"""Traffic that other tools recorded, read into exchanges: HAR of browsers and proxies, VCR cassettes."""

from __future__ import annotations

from collections.abc import Iterator

from ...documents import read, read_json
from ...problems import BadInput, Problem
from . import har, vcr
from .exchange import Exchange, Skipped

__all__ = ["Exchange", "Skipped", "read_capture"]

MAX_SIZE = 200_000_000
"""Bytes of one capture."""


def read_capture(content: bytes, where: str) -> Iterator[Exchange | Skipped]:
    """The exchanges of one capture in their order, and in place of each that is none, why.

    Raises:
        BadInput: The file is neither a HAR nor a cassette, is half-written, or is too long.
    """
    if len(content) > MAX_SIZE:
        what = f"The capture is {len(content) // 1_000_000} MB long, more than {MAX_SIZE // 1_000_000} MB."
        raise BadInput(Problem(where, what, "Capture fewer requests at a time."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(Problem(where, "The file is not UTF-8 text.", "Export it as UTF-8.", line)) from None
    data = (read_json(text, where) if text.lstrip()[:1] in ("{", "[") else read(text, where, tells_bytes=True)).data
    for known in (har, vcr):
        entries = known.entries(data)
        if entries is not None:
            return (known.exchange(entry, number) for number, entry in enumerate(entries, 1))
    what = "This is neither a HAR nor a VCR cassette: it has no log with entries and no interactions."
    raise BadInput(Problem(where, what, "Export the traffic as HAR 1.2, or name another file."))
