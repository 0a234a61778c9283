"""Multipart bodies as texts: a recording has one boundary of its own, so that the same parts are the same text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any

FILE = "a file of a recording"
"""The only key of an object that stands for a file in a call: its value is file name, text and media type."""
BOUNDARY = "part-of-a-recording"


@dataclass(frozen=True)
class Part:
    """One part: a field, or a file where it has a file name."""

    name: str
    text: str
    filename: str = ""
    media_type: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a file."""
        return bool(self.filename)


def members(parts: Sequence[Part]) -> dict[str, list[Any]]:
    """The values of each name: files as objects with the key `FILE`, JSON as JSON, all else as texts."""
    found: dict[str, list[Any]] = {}
    for part in parts:
        found.setdefault(part.name, []).append(_value(part))
    return found


def _value(part: Part) -> Any:
    if part.is_file:
        return {FILE: [part.filename, part.text, part.media_type or "application/octet-stream"]}
    if part.media_type.partition(";")[0].strip().endswith(("/json", "+json")):
        try:
            return json.loads(part.text)
        except ValueError:
            return part.text
    return part.text


def is_multipart(media_type: str) -> bool:
    """Whether bodies of this media type have parts."""
    return media_type.partition("/")[0].strip().lower() == "multipart"


def written(media_type: str, parts: Sequence[Part]) -> tuple[str, str]:
    """The media type with its boundary, and the text of the parts."""
    essence = media_type.partition(";")[0].strip()
    text = "".join(f"--{BOUNDARY}\r\n{_head(part)}\r\n\r\n{part.text}\r\n" for part in parts)
    return f"{essence}; boundary={BOUNDARY}", f"{text}--{BOUNDARY}--\r\n"


def _head(part: Part) -> str:
    head = f'Content-Disposition: form-data; name="{_quoted(part.name)}"'
    head += f'; filename="{_quoted(part.filename)}"' if part.filename else ""
    return head + (f"\r\nContent-Type: {_quoted(part.media_type)}" if part.media_type else "")


def _quoted(text: str) -> str:
    return text.replace("%", "%25").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def parts_of(media_type: str, text: str) -> list[Part] | None:
    """The parts of a body; None where the text has no parts of this media type."""
    message = Message()
    message["Content-Type"] = media_type
    boundary = message.get_boundary()
    if not boundary:
        return None
    pieces = re.split(rf"(?:^|\r?\n)--{re.escape(boundary)}", text)
    if len(pieces) < 2 or not pieces[-1].startswith("--"):
        return None
    found = [_part(piece) for piece in pieces[1:-1]]
    return [part for part in found if part] if all(found) else None


def _part(piece: str) -> Part | None:
    inside = piece.lstrip(" \t").removeprefix("\r").removeprefix("\n")
    head, blank, text = [*re.split(r"(\r?\n\r?\n)", inside, maxsplit=1), "", ""][:3]
    message = Message()
    for line in head.splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip():
            message[name.strip()] = value.strip()
    field = message.get_param("name", header="content-disposition")
    if not blank or not isinstance(field, str):
        return None
    return Part(_plain(field), text, _plain(message.get_filename() or ""), message.get("Content-Type", "") or "")


def _plain(text: Any) -> str:
    return str(text).replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
