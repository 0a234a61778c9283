"""Turns the text of a page into lines without the traces of the tool that rendered or copied it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_ANCHOR = re.compile(r"\[\s*\]\([^)\s]*\)")
_HEADING = re.compile(r"(#{1,6})\s+(.+)")
_ESCAPED = re.compile(r"\\([_\[\]|])")
_LITERAL = re.compile(r"Pattern:|.*`|\^")
"""Lines whose backslashes are no escapes of Markdown."""
_LABELS = (
    "Available options:|Required range:|Required string length:|Minimum string length:|Maximum string length:"
    "|Required array length:|Minimum array length:|Maximum array length:|Minimum length:|Maximum length:"
    "|Pattern:|Examples?:"
)
_GLUED = re.compile(
    r"(?<=[^\s\"'`(\[{])(?=Skip to main content$|Was this page helpful\?|Show child attributes$"
    r"|Copy page$|Try it$|Responses are generated using AI"
    rf"|(?:{_LABELS})(?:\s|$))"
)
_NOISE = frozenset(
    ["Skip to main content", "Copy", "Copy page", "Ask AI", "Try it", "Search...", "Search…", "On this page"]
)
_LINKS = re.compile(r"(?:\[[^\]]+\]\([^)\s]+\)\s*){2,}")
_FOOTER = frozenset(
    [
        "Was this page helpful?", "Previous", "Next", "Suggest edits", "Raise issue", "Powered by Mintlify", "⌘I",
        "⌘ I", "Ctrl+I", "Responses are generated using AI and may contain mistakes.",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of a page, without blanks around it."""

    text: str
    number: int
    """Counted from 1 in the page."""
    heading: int = 0
    """Its level when it was marked as a heading, from 1 down to 6."""

    @property
    def noise(self) -> bool:
        """Whether it is a button or a link of the site and no part of the text."""
        return self.text in _NOISE or self.text.startswith("```")

    @property
    def title_ends(self) -> bool:
        """Whether it is the button that sites put beside the title of a page."""
        return self.text == "Copy page"

    @property
    def widget(self) -> bool:
        """Whether it is the title of what sites put under a page, and part of the footer when one follows."""
        return self.text == "Assistant"

    @property
    def footer(self) -> bool:
        """Whether the text of the page has ended before it."""
        return self.text in _FOOTER or bool(_LINKS.fullmatch(self.text))


def split(text: str) -> list[Line]:
    """The lines of a page, blank ones included; a line that glues two things together becomes two."""
    return [line for number, raw in enumerate(text.split("\n"), 1) for line in _clean(raw, number)]


def _clean(raw: str, number: int) -> Iterator[Line]:
    text = _SPACES.sub(" ", raw.translate(_INVISIBLE)).strip()
    text = _ANCHOR.sub("", text).strip()
    if not _LITERAL.match(text):
        text = _ESCAPED.sub(r"\1", text)
    heading = _HEADING.fullmatch(text)
    if heading:
        yield Line(heading[2].strip(), number, len(heading[1]))
        return
    for part in _GLUED.split(text):
        yield Line(part.strip(), number)


def raw_lines(text: str) -> list[str]:
    """The lines exactly as they stand, for samples."""
    return text.split("\n")


def labels() -> str:
    """The words that introduce a constraint, as a regular expression."""
    return _LABELS
