# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""The requests that came, and whether they are the ones that were expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs

from .._runtime.narrow import is_array, is_object
from .._runtime.request import Sent, is_secret
from .asked import Asked, is_json
from .check import Fault, shown, step

_BLANK = "REDACTED"
_MOST_TOLD = 20


@attrs.frozen(slots=False)
class Call:
    """A request that came. What stands in headers and query is blanked out where it can be a credential."""

    operation: str
    """`phone.create`; empty for a request that the API has no operation for."""
    method: str
    url: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    """By their names in lower case."""
    content: bytes = attrs.field(repr=False)
    attempt: int = 1
    """From 1; those after it are the client's own, for the same call."""
    faults: tuple[Fault, ...] = ()
    """In what it differs from what the document says of requests."""

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, str]:
        """The query; of a name that came more than once, the last value."""
        return dict(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """All names and values of the query, in their order."""
        return parse_qsl(urlsplit(self.url).query, keep_blank_values=True)

    @property
    def json(self) -> Any:
        """The body's JSON; None if it is none."""
        return self._asked.json

    @property
    def form(self) -> dict[str, list[str]]:
        """The fields of a form; files are empty."""
        return self._asked.fields

    @property
    def _asked(self) -> Asked:
        return Asked(self.method, self.url, self.headers, self.content)

    def __str__(self) -> str:
        return f"{self.operation or 'no operation'}: {self.method} {self.url}"


def call_of(asked: Asked, operation: str, attempt: int, faults: Sequence[Fault], secrets: frozenset[str]) -> Call:
    """The call as it may be shown; `secrets` are the names that carry the API's credentials, in lower case."""
    headers = {name: _blanked(name, text, secrets) for name, text in asked.headers.items()}
    start, mark, query = asked.url.partition("?")
    parts = [f"{part.partition('=')[0]}={_BLANK}" if _is_secret(unquote(part.partition("=")[0]), secrets) else part
             for part in query.split("&")]  # fmt: skip
    url = f"{start}{mark}{'&'.join(parts)}"
    return Call(operation, asked.method, url, headers, asked.content, attempt, tuple(faults))


def _is_secret(name: str, secrets: frozenset[str]) -> bool:
    return name.lower() in secrets or is_secret(name)


def _blanked(name: str, text: str, secrets: frozenset[str]) -> str:
    return _BLANK if _is_secret(name, secrets) else text


def differences(call: Call, expected: Sent) -> list[str]:
    """In what a call differs from the request that was expected."""
    wanted = urlsplit(expected.url)
    found: list[str] = []
    if (call.method, unquote(call.path)) != (expected.method, unquote(wanted.path)):
        found.append(f"request: {call.method} {call.path}, expected {expected.method} {wanted.path}")
    came = call.pairs
    hidden = {name for name, value in came if value == _BLANK}
    query = [(name, _BLANK if name in hidden else value)
             for name, value in parse_qsl(wanted.query, keep_blank_values=True)]  # fmt: skip
    for name in dict.fromkeys(name for name, _ in (*query, *came)):
        ours, theirs = ([value for key, value in pairs if key == name] for pairs in (came, query))
        if ours != theirs:
            found.append(_told(f"query.{name}", ours or _ABSENT, theirs or _ABSENT))
    headers = {name.lower(): text for name, text in expected.headers}
    kind = headers.get("content-type", "")
    other = Asked(expected.method, expected.url, headers, expected.body or b"")
    if is_json(kind):
        found += _json_differences("$", call.json, other.json)
    elif _comparable(call.content, call.headers.get("content-type", "")) != _comparable(other.content, kind):
        found.append("the bodies differ")
    return found[:_MOST_TOLD]


_ABSENT = object()


def _told(where: str, came: object, expected: object) -> str:
    words = ["nothing" if value is _ABSENT else shown(value) for value in (came, expected)]
    return f"{where}: {words[0]}, expected {words[1]}"


def _json_differences(where: str, came: Any, expected: Any) -> Iterator[str]:
    if is_object(came) and is_object(expected):
        for key in dict.fromkeys((*expected, *came)):
            yield from _json_differences(step(where, key), came.get(key, _ABSENT), expected.get(key, _ABSENT))
    elif is_array(came) and is_array(expected) and len(came) == len(expected):
        for index, (ours, theirs) in enumerate(zip(came, expected, strict=True)):
            yield from _json_differences(f"{where}[{index}]", ours, theirs)
    elif came != expected or isinstance(came, bool) != isinstance(expected, bool):
        yield _told(where, came, expected)


def _comparable(content: bytes, media_type: str) -> bytes:
    """A body without the boundary of its parts, which is made up anew each time."""
    boundary = re.search('boundary="?([^";]+)', media_type)
    return content.replace(boundary[1].encode(), b"") if boundary else content
