# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What this package needs of an HTTP client: that of `httpx`, or of any library with the same interface.

Errors are told apart by the names of their classes, so that a client of a library that carries `httpx` on can be used.
"""

from __future__ import annotations

import logging
from typing import Any

_KNOWN = frozenset((
    "RequestError", "StreamError", "InvalidURL", "HTTPError",
    "DecodingError", "NetworkError", "ProtocolError", "ProxyError", "TimeoutException", "UnsupportedProtocol",
))  # fmt: skip
_NOT_DELIVERED = frozenset(("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"))


class Failure:
    """What an exception of the HTTP client means."""

    def __init__(self, error: Exception) -> None:
        names = {cls.__name__ for cls in type(error).__mro__}
        self.known = bool(names & _KNOWN)
        self.timeout = "TimeoutException" in names
        self.undelivered = bool(names & _NOT_DELIVERED)
        self.unreadable = "DecodingError" in names
        self.text = f"{type(error).__name__}{f': {error}' if str(error) else ''}"


def is_client(value: Any, kind: str) -> bool:
    """Whether a value can be used as the HTTP client: `kind` is `Client` or `AsyncClient`."""
    return any(cls.__name__ == kind for cls in type(value).__mro__) and callable(getattr(value, "send", None))


class _WithoutQuery(logging.Filter):
    """Cuts the query off the URLs in an HTTP client's own log, as a key may stand in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_cut(argument) for argument in record.args)
        return True


def _cut(argument: Any) -> Any:
    if type(argument).__name__ != "URL":
        return argument
    url, mark, _ = str(argument).partition("?")
    return f"{url}?…" if mark else argument


_WITHOUT_QUERY = _WithoutQuery()


def hide_queries(client: Any) -> None:
    """From now on the log of the client's library shows no query."""
    logging.getLogger(type(client).__module__.partition(".")[0]).addFilter(_WITHOUT_QUERY)
