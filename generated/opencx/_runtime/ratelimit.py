# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What the server says about its rate limit, kept for all threads and tasks of a client."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from .locks import ProcessLock
from .retry import asked_wait
from .values import Value

_TELLING = frozenset(
    (
        "x-ratelimit-remaining",
        "ratelimit-remaining",
        "ratelimit",
        "x-rate-limit-remaining",
        "x-ratelimit-remaining-requests",
        "retry-after",
        "retry-after-ms",
    )
)
_NAMES = ("ratelimit-{}", "x-ratelimit-{}", "x-rate-limit-{}", "x-ratelimit-{}-requests")
_MEMBERS = {"limit": "limit", "q": "limit", "remaining": "remaining", "r": "remaining", "reset": "reset", "t": "reset"}
_SPAN_UNITS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_SPAN = re.compile("".join(rf"(?:(\d{{1,9}}(?:\.\d{{1,9}})?){unit})?" for unit in _SPAN_UNITS))
_EPOCH = 1e8
"""A reset above this is a point in time, as no window is three years long."""
_EPOCH_MS = 1e11
_LONGEST = 366 * 86400.0
_SAME_WINDOW = 1.0
"""Seconds by which two answers may differ on when the same window ends, as many count in whole seconds."""
_LOOK_AGAIN = 0.05
"""Seconds; answers that are under way may tell more."""


class RateLimit(Value):
    """How many calls the server still takes; what it did not tell is None."""

    limit: int | None
    """Calls in a window."""
    remaining: int | None
    """Calls that are left in this one."""
    resets_at: datetime | None
    """When the next window begins."""

    @property
    def reset(self) -> float | None:
        """Seconds until the next window; 0 if it has begun."""
        if self.resets_at is None:
            return None
        return max(0.0, (self.resets_at - datetime.now(UTC)).total_seconds())


class RateLimits:
    """The rate limit as the last answer told it, and how many calls are under way."""

    def __init__(self) -> None:
        self._lock = ProcessLock()
        self._last: RateLimit | None = None
        self._end = 0.0
        """Of the window, by the monotonic clock; 0 where none is known."""
        self._under_way = 0

    @property
    def last(self) -> RateLimit | None:
        """What the server said last; None if it never said a thing."""
        return self._last

    def note(self, status: int, headers: Mapping[str, str]) -> None:
        """Keep what an answer says, if it says something."""
        if not _TELLING.isdisjoint(headers):
            self._read(status, headers)

    def _read(self, status: int, headers: Mapping[str, str]) -> None:
        limit, remaining, reset = (_find(headers, part) for part in ("limit", "remaining", "reset"))
        seconds = None if reset is None else _seconds(reset)
        asked = asked_wait(headers) if status in (429, 503) else None
        if asked is not None:
            seconds, remaining = _sane(asked), "0"
        count = _count(remaining)
        if count is None and seconds is None:
            return
        with self._lock:
            self._keep(_count(limit), count, seconds)

    def _keep(self, limit: int | None, count: int | None, seconds: float | None) -> None:
        now = time.monotonic()
        end = 0.0 if seconds is None else now + seconds
        if self._last and now < self._end and abs(end - self._end) <= _SAME_WINDOW:
            # Answers overtake one another; within a window the count only falls.
            end = self._end
            known = [number for number in (count, self._last.remaining) if number is not None]
            count = min(known, default=None)
        self._end = end
        at = datetime.now(UTC) + timedelta(seconds=end - now) if end else None
        self._last = RateLimit(limit, count, at)

    def enter(self) -> float:
        """0 if a call may be sent now, which then has to `leave`; or else the seconds after which to ask again."""
        with self._lock:
            wait = self._wait()
            self._under_way += 0 if wait else 1
            return wait

    def leave(self) -> None:
        """A call that had entered is over."""
        with self._lock:
            self._under_way -= 1

    def _wait(self) -> float:
        left = self._end - time.monotonic()
        if self._last and self._end and left <= 0:
            # A new window, of which nothing is told yet but how large it is.
            self._end = 0.0
            self._last = self._last.replace(remaining=self._last.limit, resets_at=None)
        remaining = self._last.remaining if self._last else None
        if remaining is None or remaining > self._under_way:
            return 0.0
        if self._under_way:
            return min(left, _LOOK_AGAIN) if self._end and remaining else _LOOK_AGAIN
        return left if self._end else 0.0


def _find(headers: Mapping[str, str], part: str) -> str | None:
    """`limit`, `remaining` or `reset` as it stands in the headers of the drafts and customs there are."""
    for pattern in _NAMES:
        text = headers.get(pattern.format(part), "").strip()
        if text:
            return text
    return next((value for name, value in _members(headers) if name == part), None)


def _members(headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The members of `RateLimit: limit=9, remaining=5, reset=2` and of `RateLimit: "default";r=5;t=2`."""
    for header in ("ratelimit", "ratelimit-policy"):
        first = headers.get(header, "") if header == "ratelimit" else headers.get(header, "").partition(",")[0]
        for item in re.split(r"[;,]", first):
            name, mark, value = item.partition("=")
            member = _MEMBERS.get(name.strip().lower())
            if mark and member:
                yield member, value.strip()


def _count(text: str | None) -> int | None:
    match = re.match(r"\d{1,15}(?!\d)", text or "")
    return int(match[0]) if match else None


def _seconds(text: str) -> float | None:
    """Seconds from now: of a number of seconds, a point in time (also in milliseconds), `6m0s`, or a date."""
    try:
        number = float(text.partition(",")[0])
    except ValueError:
        return _of_words(text)
    if not 0 <= number < float("inf"):
        return None
    if number > _EPOCH:
        number = (number / 1000 if number > _EPOCH_MS else number) - time.time()
    return _sane(number)


def _of_words(text: str) -> float | None:
    span = _SPAN.fullmatch(text)
    if span and any(span.groups()):
        units = _SPAN_UNITS.values()
        return _sane(sum(float(part or 0) * unit for part, unit in zip(span.groups(), units, strict=True)))
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        wait = asked_wait({"retry-after": text})
        return None if wait is None else _sane(wait)
    return _sane((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - time.time())


def _sane(seconds: float) -> float | None:
    return max(0.0, seconds) if seconds < _LONGEST else None
