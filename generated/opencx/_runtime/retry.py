# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""When a call is sent again, and how long it waits before."""

from __future__ import annotations

import time
from collections.abc import Mapping

LONGEST_WAIT = 120.0
"""Seconds; a server that asks for more is not waited for."""

_STATUSES = frozenset((408, 409, 429))
_SAFE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"))


def is_idempotent(method: str) -> bool:
    """Whether HTTP says that sending it twice does the same as once."""
    return method in _SAFE


def wants_retry(status: int, headers: Mapping[str, str], repeatable: bool) -> bool:
    """Whether an error answer is worth another attempt.

    The server's own word (`x-should-retry`) wins. A request that may not be repeated is sent again only if the
    server turned it away unread, which 429 says.
    """
    said = headers.get("x-should-retry", "").strip().lower()
    if said in ("true", "false"):
        return said == "true"
    return (status in _STATUSES or status >= 500) if repeatable else status == 429


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that the answer asks to wait: `retry-after-ms`, or `retry-after` as seconds or a date; None if none."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            wait = float(headers[name]) * unit
        except (KeyError, ValueError):
            continue
        if 0 <= wait < float("inf"):
            return wait
    if "retry-after" not in headers:
        return None
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def backoff(attempt: int) -> float:
    """Seconds to wait after an attempt (from 1): half a second, doubled each time up to 8, less up to a quarter."""
    import random

    return min(0.5 * 2.0 ** min(attempt - 1, 10), 8.0) * (1 - 0.25 * random.random())
