"""Reads the curl command of a page: the one place that says server, media type and credentials of a request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .samples import decode

_MAX_LINES = 5_000
"""Lines of a command; keeps the time on a page of nothing but unclosed quotes in bounds."""
_VALUE_OPTIONS = {
    "-X": "method", "--request": "method", "--url": "url", "-H": "header", "--header": "header",
    "-d": "data", "--data": "data", "--data-raw": "data", "--data-binary": "data",
    "--data-ascii": "data", "--json": "data",
    "-F": "form", "--form": "form", "--form-string": "form", "--data-urlencode": "urlencoded",
    "-u": "user", "--user": "user", "-b": "cookie", "--cookie": "cookie",
    "-o": "", "--output": "", "-A": "", "--user-agent": "", "-m": "", "--max-time": "",
}  # fmt: skip


@dataclass
class Command:
    """A request as a curl command shows it."""

    line: int
    end: int
    """Its last line."""
    method: str = ""
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    """Values by lower-case name."""
    names: dict[str, str] = field(default_factory=dict)
    """Header names as they stand, by lower-case name."""
    data: str | None = None
    form: dict[str, Any] = field(default_factory=dict)
    form_type: str = ""

    @property
    def path(self) -> str:
        """The path of the URL, without query."""
        path = re.sub(r"^https?://[^/?#]*", "", self.url).partition("?")[0].partition("#")[0]
        return path or "/"

    @property
    def origin(self) -> str:
        """Scheme and host of the URL, or nothing."""
        found = re.match(r"https?://[^/?#\s]+", self.url)
        return found[0] if found else ""

    @property
    def media_type(self) -> str:
        """The media type of the body; nothing without a body."""
        stated = self.headers.get("content-type", "").partition(";")[0].strip()
        if self.data is None and not self.form:
            return ""
        if stated:
            return stated
        if self.form:
            return self.form_type
        return "application/json" if (self.data or "").lstrip()[:1] in "{[" else "application/x-www-form-urlencoded"

    def body(self) -> Any:
        """The body that the command sends.

        Raises:
            ValueError: It should be JSON and is not.
        """
        if self.form:
            return self.form
        if self.data is None:
            return None
        return decode(self.data) if "json" in self.media_type else self.data


def parse(lines: list[str], line: int) -> Command:
    """The command that begins on a line, counted from 1."""
    words, end = _words("\n".join(lines[line - 1 : line + _MAX_LINES]))
    command = Command(line, line + end)
    position = 1
    while position < len(words):
        word = words[position]
        option, equals, glued = word.partition("=")
        if word in _VALUE_OPTIONS and position + 1 < len(words):
            _take(command, _VALUE_OPTIONS[word], words[position + 1])
            position += 1
        elif equals and option in _VALUE_OPTIONS:
            _take(command, _VALUE_OPTIONS[option], glued)
        elif not word.startswith("-") and not command.url:
            command.url = word
        position += 1
    if not command.method:
        command.method = "POST" if command.data is not None or command.form else "GET"
    return command


def _take(command: Command, what: str, value: str) -> None:
    if what == "method":
        command.method = value.upper()
    elif what == "url":
        command.url = value
    elif what == "header":
        name, _, text = value.partition(":")
        command.headers[name.strip().lower()] = text.strip()
        command.names[name.strip().lower()] = name.strip()
    elif what == "data":
        command.data = value if command.data is None else f"{command.data}&{value}"
    elif what in ("form", "urlencoded"):
        name, _, text = value.partition("=")
        command.form[name] = text.strip("'\"")
        command.form_type = "multipart/form-data" if what == "form" else "application/x-www-form-urlencoded"
    elif what == "user":
        command.headers.setdefault("authorization", f"Basic {value}")
    elif what == "cookie":
        command.headers.setdefault("cookie", value)


_TOKEN = re.compile(
    r"(?P<newline>\n)|(?P<space>[^\S\n]+)|(?P<join>\\[^\S\n]*(?:\n|$)|\\(?= ))|'(?P<single>[^']*)'?"
    r'|"(?P<double>(?:[^"\\]|\\.)*)"?|\\(?P<escaped>.)|(?P<plain>[^\s\'"\\]+)',
    re.DOTALL,
)


def _words(text: str) -> tuple[list[str], int]:
    """The words of a shell command, and on which line after its first it ends."""
    words: list[str] = []
    word: str | None = None
    position = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        position = token.end()
        if kind in ("newline", "space", "join"):
            if word is not None:
                words.append(word)
                word = None
            if kind == "newline" and not _continues(text, position):
                position = token.start()
                break
        elif kind == "double":
            word = (word or "") + re.sub(r'\\(["\\$`])', r"\1", token["double"])
        else:
            word = (word or "") + token[kind or 0]
    if word is not None:
        words.append(word)
    return words, text.count("\n", 0, position)


def _continues(text: str, position: int) -> bool:
    """Whether the command goes on although its line ended: some renderers lose the backslashes."""
    return bool(re.match(r"\s*(--(request|url|header|data[a-z-]*|form)|-[XHdF])\s", text[position : position + 200]))
