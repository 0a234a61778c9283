"""Bodies without what is private, by their media type."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ...generate.media import is_stream
from .. import forms, streams
from ..capture.exchange import Unusable
from ..recordings import is_json
from .pseudonyms import harmless_name
from .values import Values

_TEXTS = ("text/", "+xml", "/xml", "javascript", "graphql", "x-www-form-urlencoded", "yaml")


def clean_type(media_type: str) -> str:
    """The media type with its charset alone; of what is none, that of bytes."""
    essence = media_type.partition(";")[0].strip().lower()
    if not essence:
        return ""
    if not re.fullmatch(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,79}", essence):
        return "application/octet-stream"
    charset = re.search(r"charset=\"?(utf-8|us-ascii|iso-8859-1)\b", media_type, re.I)
    return f"{essence}; charset={charset[1].lower()}" if charset else essence


def scrubbed(values: Values, media_type: str, content: bytes, schema: Any) -> tuple[str, str]:
    """The media type, and a text without what is private; a binary body becomes a note of how long it was.

    Raises:
        Unusable: The body is not what its media type says.
    """
    kind = clean_type(media_type)
    if not content:
        return kind, ""
    if forms.is_multipart(media_type):
        return _multipart(values, media_type, content, schema)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text and is_json(kind):
        raise Unusable("a body says that it is JSON, and is not UTF-8")
    if "\0" in text:
        return kind or "application/octet-stream", left_out(len(content))
    if is_stream(kind):
        return kind, "".join(_line(values, kind, line, schema) for line in text.splitlines(keepends=True))
    if is_json(kind):
        return kind, _json(values, text, schema)
    if "urlencoded" in kind:
        pairs = parse_qsl(text, keep_blank_values=True)
        return kind, urlencode([_field(values, key, value, schema) for key, value in pairs])
    if any(mark in kind for mark in _TEXTS):
        return kind, values.pseudonyms.of(text)
    return kind or "application/octet-stream", left_out(len(content))


def left_out(length: int) -> str:
    """What stands for bytes that nobody can look through."""
    return f"{length} bytes were left out"


def _json(values: Values, text: str, schema: Any) -> str:
    """JSON, scrubbed.

    Raises:
        Unusable: It is none, or one that clients read differently.
    """
    try:
        found = json.loads(text, object_pairs_hook=_members)
        return json.dumps(values.value(found, schema), ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError):
        raise Unusable("a body says that it is JSON, and is not") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unusable("a body names a member twice, of which clients read one or the other")
    return found


def _item(values: Values, text: str, schema: Any) -> str:
    """An item of a stream, scrubbed: JSON, or a text."""
    try:
        return _json(values, text, schema)
    except Unusable:
        return values.pseudonyms.of(text)


def _line(values: Values, kind: str, line: str, schema: Any) -> str:
    text = line.rstrip("\r\n")
    end = line[len(text) :]
    if not streams.is_events(kind):
        return (_item(values, text, schema) if text.strip() else text) + end
    name, colon, value = text.partition(":")
    blank = " " if value.startswith(" ") else ""
    value = value.removeprefix(" ")
    if name == "data":
        return f"data{colon}{blank}{value if value == '[DONE]' else _item(values, value, schema)}{end}"
    if name == "event" and harmless_name(value):
        return line
    if name in ("id", "retry"):
        return f"{name}{colon}{blank}{values.pseudonyms.of(value)}{end}"
    return end if not text else ""


def _field(values: Values, key: str, value: str, schema: Any) -> tuple[str, str]:
    """A field of a form: its value is one of its schema, or JSON."""
    (made,) = values.value({key: value}, schema).items()
    return made[0], str(made[1])


def _multipart(values: Values, media_type: str, content: bytes, schema: Any) -> tuple[str, str]:
    found = forms.parts_of(media_type, content.decode("latin-1"))
    if found is None:
        return clean_type(media_type), ""
    parts = []
    for part in found:
        inside = part.text.encode("latin-1")
        if part.is_file:
            suffix = re.search(r"\.[a-z0-9]{1,5}$", part.filename.lower())
            name, _ = _field(values, part.name, "", schema)
            file = f"file{suffix[0] if suffix else ''}"
            parts.append(forms.Part(name, left_out(len(inside)), file, clean_type(part.media_type)))
        else:
            text = inside.decode("utf-8", "replace")
            name, text = _field(values, part.name, text, schema)
            parts.append(forms.Part(name, text, "", clean_type(part.media_type)))
    return forms.written(media_type, parts)
