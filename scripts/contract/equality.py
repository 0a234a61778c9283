"""Whether two messages say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from . import forms
from .catalog import Operation
from .drift import shown
from .recordings import Recording, body_of, is_json

MOST = 5
"""Differences told of one message."""
_CLIENTS_OWN = frozenset({"accept", "accept-encoding", "connection", "content-type", "host", "user-agent"})
"""Headers that a client sends by itself where nobody gives them, also where a document names them."""


def json_differences(left: Any, right: Any, place: str = "$") -> Iterator[str]:
    """Where two JSON values differ, as `place: left is not right`; 1 and 1.0 are the same number, true is none."""
    todo = [(left, right, place)]
    while todo:
        left, right, place = todo.pop()
        if isinstance(left, dict) and isinstance(right, dict):
            for key in sorted(left.keys() ^ right.keys()):
                yield f"{place}.{key} is {'missing' if key in left else 'added'}"
            todo += [(left[key], right[key], f"{place}.{key}") for key in left.keys() & right.keys()]
        elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
            todo += [(*pair, f"{place}[{index}]") for index, pair in enumerate(zip(left, right, strict=True))]
        elif isinstance(left, bool) != isinstance(right, bool) or left != right:
            yield f"{place} is {shown(right)} in place of {shown(left)}"


def request_differences(
    recording: Recording,
    operation: Operation,
    secret: frozenset[str],
    base: str,
    sent: Mapping[str, Any] | None,
    made: frozenset[str] = frozenset(),
) -> list[str]:
    """Where the request that was sent differs from the recorded one.

    `secret` are the query parameters that carry credentials; they are no part of a recording. `made` are the wire
    names of what the recording does not prove; "" is the body as a whole.
    """
    if sent is None:
        return ["no request was sent"]
    wanted, found = urlsplit(recording.url), urlsplit(sent["target"])
    differences = []
    if sent["method"] != recording.method:
        differences.append(f"the verb is {sent['method']} in place of {recording.method}")
    base = operation.base if operation.elsewhere else base
    if _segments(wanted.path, operation.base) != _segments(found.path, base):
        differences.append(f"the path is {found.path} in place of {wanted.path}")
    wanted_pairs, found_pairs = (
        _pairs(parts.query, secret | {name.lower() for name in made}) for parts in (wanted, found)
    )
    if wanted_pairs != found_pairs:
        differences.append(f"the query is {found_pairs} in place of {wanted_pairs}")
    differences += _header_differences(recording, operation, sent["headers"], made)
    if "" not in made:
        differences += _body_differences(recording, sent, made)
    return differences[:MOST]


def _pairs(query: str, without: frozenset[str]) -> list[tuple[str, str]]:
    """The pairs of a query in an order of their own, as a query is a multiset; JSON in them without its blanks."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = (pair for pair in pairs if pair[0].partition("[")[0].lower() not in without)
    return sorted((name, _json_or_text(value)) for name, value in kept)


def _same_text(left: str | None, right: str | None) -> bool:
    if left is None or right is None:
        return left is right
    return _json_or_text(left) == _json_or_text(right)


def _json_or_text(text: str) -> str:
    """The text; an object or a list as JSON without its blanks."""
    return _plain(text) if text[:1] in ("{", "[") else text


def _segments(path: str, base: str) -> list[str]:
    return [unquote(segment) for segment in path.removeprefix(base).split("/")]


def documented_headers(operation: Operation) -> list[str]:
    """The names of the header parameters, in lower case."""
    return [argument.wire.lower() for argument in operation.plan.arguments if argument.place == "header"]


def _header_differences(
    recording: Recording, operation: Operation, sent: Mapping[str, str], made: frozenset[str]
) -> Iterator[str]:
    recorded = {name.lower(): value for name, value in recording.request_headers}
    for name in set(documented_headers(operation)) - {wire.lower() for wire in made}:
        wanted, found = recorded.get(name), sent.get(name)
        by_itself = wanted is None and name in _CLIENTS_OWN
        if not by_itself and not _same_text(wanted, found):
            yield f"the header {name} is {found!r} in place of {wanted!r}"
    kinds = (recording.request_type if recording.request_text else "", sent.get("content-type", ""))
    wanted, found = (kind.partition(";")[0].strip().lower() for kind in kinds)
    empty = recording.request_type and not recording.request_text  # a form without fields may go without its type
    if wanted != found and not empty and not (made and not wanted):
        yield f"the content type is {found or 'not there'} in place of {wanted or 'none'}"


def _body_differences(recording: Recording, sent: Mapping[str, Any], made: frozenset[str]) -> list[str]:
    wanted, found, kind = recording.request_text, sent["text"], recording.request_type
    if not kind and made:
        return []
    if forms.is_multipart(kind):
        return _part_differences(kind, wanted, sent, made) if wanted else []
    if "urlencoded" in kind:
        without = frozenset(name.lower() for name in made)
        return [] if _pairs(wanted, without) == _pairs(found, without) else ["the form differs"]
    if not is_json(kind):
        return [] if wanted == found else ["the body differs"]
    try:
        bodies = (body_of(kind, wanted), body_of(kind, found))
    except ValueError:
        return ["the body is no JSON"]
    return list(json_differences(*(_without(body, made) for body in bodies)))


def _part_differences(kind: str, wanted: str, sent: Mapping[str, Any], made: frozenset[str]) -> list[str]:
    """Where the parts differ; their order between names, and how a media type is told, is the sender's own."""
    sides = [
        forms.parts_of(kind, wanted),
        forms.parts_of(sent.get("headers", {}).get("content-type", ""), sent["text"]),
    ]
    left, right = (
        sorted((part.name, part.filename, _plain(part.text)) for part in side or () if part.name not in made)
        for side in sides
    )
    if None in sides or left == right:
        return ["the body has no parts"] if None in sides else []
    names = sorted({part[0] for part in {*left} ^ {*right}})
    return [f"the part {name} differs" for name in names] or ["a part is sent another number of times"]


def _plain(text: str) -> str:
    """The text of a part; JSON without its blanks."""
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except ValueError:
        return text


def _without(body: Any, made: frozenset[str]) -> Any:
    return {key: value for key, value in body.items() if key not in made} if isinstance(body, dict) else body
