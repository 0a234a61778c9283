"""Text from documents as docstrings: wrapped, structure kept, and never able to become code."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from typing import Any

WIDTH = 100

_STRUCTURED = re.compile(r"\s*([-*+|>#]|\d+[.)]|```|~~~)|\s{4}")
_SENTENCE = re.compile(r"(.+?[.!?])(?=\s|$)", re.DOTALL)

_BOUNDS = (
    ("minimum", "at least {}"),
    ("exclusiveMinimum", "more than {}"),
    ("maximum", "at most {}"),
    ("exclusiveMaximum", "less than {}"),
    ("multipleOf", "a multiple of {}"),
    ("minLength", "at least {} character{s}"),
    ("maxLength", "at most {} character{s}"),
    ("minItems", "at least {} item{s}"),
    ("maxItems", "at most {} item{s}"),
    ("pattern", "matches `{}`"),
)
_LIMITS = frozenset(("anyOf", "oneOf", "default", "deprecated", *(keyword for keyword, _ in _BOUNDS)))


def constraints(schema: dict[str, Any]) -> tuple[str, ...]:
    """What a schema asks for beyond the type, in words; also of the one branch beside null."""
    if _LIMITS.isdisjoint(schema):  # most ask for nothing
        return ()
    branches = [part for part in schema.get("anyOf", schema.get("oneOf", [])) if part.get("type") != "null"]
    inner = branches[0] if len(branches) == 1 else {}
    found = {**inner, **schema}
    if "prefixItems" in found:  # the type says how many
        found = {keyword: value for keyword, value in found.items() if keyword not in ("minItems", "maxItems")}
    notes = [
        words.format(found[keyword], s="" if found[keyword] == 1 else "s")
        for keyword, words in _BOUNDS
        if keyword in found
    ]
    sentence = (
        f"{notes[0][0].upper()}{notes[0][1:]}" + "".join(f", {note}" for note in notes[1:]) + "." if notes else ""
    )
    default = f"The API's default is `{found['default']!r}`." if found.get("default") is not None else ""
    told = "deprecat" in str(schema.get("description", "")).lower()
    deprecated = "Deprecated by the API." if schema.get("deprecated") and not told else ""
    return tuple(note for note in (sentence, default, deprecated) if note)


def first_sentence(text: str) -> str:
    """The first sentence of a text, on one line."""
    line = " ".join(text.split())
    match = _SENTENCE.match(line)
    return match[1] if match else line


def paragraphs(text: str, width: int) -> list[str]:
    """The text's lines, with running text wrapped and lists, tables, headings and code left as they are."""
    return list(_paragraphs(text, width))


@cache
def _paragraphs(text: str, width: int) -> list[str]:
    if len(text) <= width and text.isprintable() and text.strip():  # most are one short line
        return [text.rstrip() if _STRUCTURED.match(text) else " ".join(text.split())]
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", clean(text).strip("\n")):
        rows = block.split("\n")
        if any(_STRUCTURED.match(row) for row in rows):
            for row in rows:
                lines.extend(_wrap_row(row.rstrip(), width))
        else:
            lines.extend(_filled(block.split(), max(width, 40)))
        lines.append("")
    return lines[:-1]


def _filled(words: list[str], width: int) -> list[str]:
    """The words on lines that are as full as they can be; a word that is longer than a line has one to itself."""
    lines: list[str] = []
    line: list[str] = []
    length = -1
    for word in words:
        if length + 1 + len(word) > width and line:
            lines.append(" ".join(line))
            line, length = [], -1
        line.append(word)
        length += 1 + len(word)
    return [*lines, " ".join(line)] if line else lines


def _wrap(text: str, width: int, indent: str = "") -> list[str]:
    if len(text) <= max(width, 40):
        return [text] if text else []
    return textwrap.wrap(text, max(width, 40), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _wrap_row(row: str, width: int) -> list[str]:
    if len(row) <= width or row.lstrip()[:1] in ("|", "`"):
        return [row]
    lead = re.match(r"\s*([-*+>]|\d+[.)])?\s*", row)
    return _wrap(row, width, " " * len(lead[0]) if lead else "")


def clean(text: str) -> str:
    """The text without the characters that end a line or steer a terminal, except `\\n`."""
    text = text.replace("\r\n", "\n").replace("\t", "    ")
    return "\n".join(line if line.isprintable() else _printable(line) for line in text.split("\n"))


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else " " for char in line)


def cell(text: str) -> str:
    """The text as code in a cell of a Markdown table, on one line; it can end neither."""
    return f"`{' '.join(clean(text).split()).replace('`', ' ')}`".replace("|", "\\|")


def entry(name: str, text: str, indent: int) -> list[str]:
    """A line of an `Args:` section: the name, then its text, if there is one, with a hanging indent."""
    lead = f"{name}: " if text.strip() else name
    body = paragraphs(lead + text.lstrip(), WIDTH - indent - 4)
    return [body[0], *(f"    {line}" if line else "" for line in body[1:])]


def docstring(lines: list[str], indent: int) -> str:
    """The lines as a string literal in triple quotes, safe for any text, for code indented by `indent` spaces."""
    pad = " " * indent
    safe = [_safe(line) for line in lines]
    if not safe:
        return ""
    if len(safe) == 1:
        ends = safe[0].endswith('"') and '"""' not in lines[0]  # which would be four quotes in a row
        return f'"""{safe[0][:-1]}\\""""' if ends else f'"""{safe[0]}"""'
    body = "\n".join(pad + line if line else "" for line in safe[1:])
    return f'"""{safe[0]}\n{body}\n{pad}"""'


def _safe(line: str) -> str:
    """The line as it may stand between triple quotes."""
    line = (line if line.isprintable() else _printable(line)).rstrip().replace("\\", "\\\\")
    return line.replace('"', '\\"') if '"""' in line else line
