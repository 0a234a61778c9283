"""Recorded answers that are one item after another: server-sent events, and JSON values one a line."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

_DONE = "[DONE]"
"""The data of the event with which many APIs end a stream."""


def is_events(media_type: str) -> bool:
    """Whether the items are server-sent events."""
    return media_type.partition(";")[0].strip().lower() == "text/event-stream"


def recorded(media_type: str, text: str, found: Sequence[Any]) -> list[Any]:
    """The items that a stream's text holds, each as the package may tell it: what is JSON as JSON or as its text.

    `found` are the items that the package told; they decide between the two where both say the same.
    """
    texts = _events(text) if is_events(media_type) else _lines(text)
    return [item if item == other else _value(item) for item, other in zip_longest(texts, found) if item is not None]


def written(media_type: str, body: Any) -> str:
    """The text of a stream with one item, which a document shows; a text that is a stream already stays as it is."""
    if is_events(media_type):
        return body if isinstance(body, str) else f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
    if isinstance(body, str) and all(_is_json(line) for line in _lines(body)):
        return body
    return json.dumps(body, ensure_ascii=False) + "\n"


def _events(text: str) -> list[str]:
    """The data of each event, up to the one that ends the stream."""
    events = []
    for block in re.split(r"\n{2,}", re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))):
        lines = [line.partition(":")[2].removeprefix(" ") for line in block.split("\n") if re.match(r"data(:|$)", line)]
        if lines == [_DONE]:
            break
        if lines:
            events.append("\n".join(lines))
    return events


def _lines(text: str) -> list[str]:
    return [line.strip() for line in re.split("[\n\x1e]", text) if line.strip()]


def _value(text: str) -> Any:
    return json.loads(text) if _is_json(text) else text


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
