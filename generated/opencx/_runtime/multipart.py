# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Bodies of several parts: fields of a form, and files."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Collection, Mapping
from typing import Any, TypeGuard

from .encode import encode
from .files import Body, file_body, joined
from .jsontext import dumps
from .narrow import is_array, is_mapping, is_nested, is_tuple
from .unset import UNSET

_ANY_FILE = "application/octet-stream"


def multipart_body(kind: str, value: Any, encoding: Mapping[str, str], base64: Collection[str] = ()) -> Body:
    """The body of the media type `kind` for members; each item of a list is a part of its own.

    `encoding` has the media types of parts, by name, where the API says more than is usual; `base64` names parts whose
    bytes are written as text. Raises `TypeError` for a value that cannot be sent.
    """
    if not is_mapping(value):
        raise TypeError(f"expected members, not {type(value).__name__}")
    boundary = os.urandom(16).hex()
    bodies: list[Body] = []
    for name, item in value.items():
        item = encode(item) if name in base64 and item is not UNSET else item
        for one in item if _are_several(item) else [item]:
            if one is not UNSET:
                head, body = _part(name, one, encoding.get(name, ""))
                bodies += [Body(content=f"--{boundary}\r\n{head}\r\n\r\n".encode()), body, Body(content=b"\r\n")]
    bodies.append(Body(content=f"--{boundary}--\r\n".encode()))
    return joined(bodies, f"{kind}; boundary={boundary}")


def _are_several(item: object) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """Whether it is a list; a tuple that begins with a text is one file."""
    return is_array(item) or (is_tuple(item) and not isinstance(item[0] if item else None, str))


def _part(name: str, value: Any, said: str) -> tuple[str, Body]:
    """One part's head and body. A tuple is `(file name, content)` or `(file name, content, media type)`."""
    filename, media_type = "", ""
    if is_tuple(value):
        if len(value) not in (2, 3) or not all(isinstance(text, str) for text in (value[0], *value[2:])):
            raise TypeError(f"{name}: a tuple is (file name, content) or (file name, content, media type)")
        filename, value, *rest = value
        media_type = rest[0] if rest else ""
    body = file_body(value)
    if body is None and filename:
        body = Body(content=value.encode()) if isinstance(value, str) else None
    if body is not None:
        filename = filename or os.path.basename(str(getattr(value, "name", "") or "")) or "upload"
        media_type = media_type or _file_type(filename, said)
    else:
        wire = encode(value)
        media_type = media_type or said.partition(",")[0].strip() or ("application/json" if is_nested(wire) else "")
        is_text = isinstance(wire, str) or not media_type.endswith("json")  # a text of JSON is JSON already
        body = Body(content=form_text(wire).encode() if is_text else dumps(wire))
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    head += f'; filename="{_quoted(filename)}"' if filename else ""
    head += f"\r\nContent-Type: {_quoted(media_type)}" if media_type else ""
    return head, body


def _file_type(filename: str, said: str) -> str:
    """The media type of a file: what its name tells, if the API takes that, or else what the API takes."""
    guessed = mimetypes.guess_type(filename)[0]
    allowed = [kind.strip() for kind in said.split(",") if kind.strip()]
    exact = [kind for kind in allowed if "*" not in kind]
    fits = guessed and any(guessed == kind or guessed.startswith(kind.rstrip("*")) for kind in allowed)
    if guessed and (fits or not exact):
        return guessed
    return exact[0] if exact else _ANY_FILE


def form_text(value: Any) -> str:
    """A JSON value as a form's text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_nested(value):
        return dumps(value).decode()
    return "" if value is None else str(value)


def _quoted(text: str) -> str:
    """Text that cannot leave its place in a part's head, as browsers write it."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").replace("\0", "%00")
