# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""A request: made ready before any credential is near it, so that it can be shown."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from .files import Body
from .values import Value

_SECRET = re.compile(r"auth|cookie|token|secret|password|api[-_]?key|session|signature|credential", re.IGNORECASE)
_BLANK = "REDACTED"
_MOST_SHOWN = 100_000


def is_secret(name: str) -> bool:
    """Whether a header or query parameter of this name is taken to hold a credential."""
    return _SECRET.search(name) is not None


class Sent(Value):
    """A request as it may be shown and kept: method, URL, headers and body, with credentials blanked out."""

    method: str
    path: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None

    __hidden__: ClassVar[tuple[str, ...]] = ("body",)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def to_curl(self) -> str:
        """The request as a `curl` command for a POSIX shell."""
        from shlex import quote

        words = ["curl", "-X", self.method, self.url]
        for name, value in self.headers:
            words += ["-H", f"{name}: {value}"]
        if self.body is not None:
            words += ["--data-binary", self.body[:_MOST_SHOWN].decode(errors="backslashreplace")]
        return " ".join(map(quote, words))


class Request:
    """What a call sends, without its credentials."""

    def __init__(
        self, method: str, path: str, base: str, query: list[str], headers: dict[str, str], body: Body, retryable: bool
    ) -> None:
        self.method = method
        self.path = path
        self.base = base
        self.query = query
        self.headers = headers
        self.body = body
        self.retryable = retryable
        """Whether it may be sent again though the server may have got it."""

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    def with_headers(self, headers: dict[str, str]) -> Request:
        """The same request with other headers."""
        return Request(self.method, self.path, self.base, self.query, headers, self.body, self.retryable)

    def with_query(self, more: list[str]) -> str:
        return self._url([*self.query, *more])

    def _url(self, query: list[str]) -> str:
        """The URL with a query; some paths are documented with one of their own."""
        mark = "" if not query else "&" if "?" in self.path else "?"
        return f"{self.base}{self.path}{mark}{'&'.join(query)}"

    def sent(self, secrets: tuple[Any, ...] = ()) -> Sent:
        """The request as it may be shown; `secrets` are the placed credentials' names in header and query."""
        header_names, query_names = secrets or ((), ())
        headers = {name: _BLANK if is_secret(name) else value for name, value in self.headers.items()}
        headers.update(dict.fromkeys(header_names, _BLANK))
        query = [_blanked(part) for part in self.query] + [f"{name}={_BLANK}" for name in query_names]
        return Sent(self.method, self.path, self._url(query), tuple(headers.items()), self.body.content)


def _blanked(part: str) -> str:
    name = part.partition("=")[0]
    return f"{name}={_BLANK}" if is_secret(name) else part
