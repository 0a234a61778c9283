"""What in a recording nobody allowed: headers that are not on the list, and values that look like secrets."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from .. import forms
from ..catalog import Operation
from ..recordings import Recording
from .detect import marks
from .exchanges import ADDRESS_HEADERS, NUMBERED_HEADERS, PLAIN_HEADERS, is_rate_limit


def findings(recording: Recording, operation: Operation, known: Collection[str], headers: Collection[str]) -> list[str]:
    """What is wrong with the recording, without the values themselves; `known` are texts of the documents."""
    found = list(_headers(recording, operation, {name.lower() for name in headers}))
    for place, text in _texts(recording):
        if text not in known:
            found += [f"{place} holds {kind}" for kind, part in marks(text) if part not in known]
    return list(dict.fromkeys(found))


def _headers(recording: Recording, operation: Operation, allowed: Collection[str]) -> Iterator[str]:
    asked = {one.wire.lower() for one in operation.plan.arguments if one.place == "header"}
    for name, _ in recording.request_headers:
        if name.lower() not in {*asked, "content-type", "accept"}:
            yield f"the request's header {name} is not on the list of those that may be kept"
    documented = {name.lower() for answer in operation.plan.answers for name in answer.headers}
    kept = {*PLAIN_HEADERS} | ADDRESS_HEADERS | NUMBERED_HEADERS | documented | {*allowed}
    for name, _ in recording.response_headers:
        lower = name.lower()
        if lower not in {*kept, "content-type", "content-disposition"} and not is_rate_limit(lower):
            yield f"the response's header {name} is not on the list of those that may be kept"


def _texts(recording: Recording) -> Iterator[tuple[str, str]]:
    """Every text in the recording, with its place."""
    parts = urlsplit(recording.url)
    yield from (("the path", unquote(segment)) for segment in parts.path.split("/"))
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        yield from (("the query", key), ("the query", value))
    for side, headers in (("request", recording.request_headers), ("response", recording.response_headers)):
        yield from ((f"the {side}'s header {name}", value) for name, value in headers)
    yield from _body("request", recording.request_type, recording.request_text, recording.request_body)
    yield from _body("response", recording.response_type, recording.response_text, recording.response_body)


def _body(side: str, media_type: str, text: str, body: Any) -> Iterator[tuple[str, str]]:
    if "urlencoded" in media_type:
        body = parse_qsl(text, keep_blank_values=True)
    elif forms.is_multipart(media_type):
        body = [(part.name, part.text, part.filename) for part in forms.parts_of(media_type, text) or ()]
    todo: list[tuple[str, Any]] = [(side, body)]
    while todo:
        place, node = todo.pop()
        if isinstance(node, dict):
            todo += [(f"{place}.{key}", value) for key, value in node.items()]
            yield from ((f"a name of a field of {place}", key) for key in node)
        elif isinstance(node, list | tuple):
            todo += [(f"{place}[]", value) for value in node]
        elif isinstance(node, str):
            yield place, node
