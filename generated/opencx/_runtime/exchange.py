# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""One call as a conversation, for sync and async alike: what to send, how long to wait, what came of it.

`exchange` is a generator that never touches the network. It yields a `Send` or a `Wait`; whoever drives it does that
and gives back what came, or throws in what went wrong.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Coroutine, Generator
from copy import copy
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar
from urllib.parse import quote, urljoin, urlsplit

from .auth import Credentials, Placed
from .errors import APIConnectionError, APIError, APITimeoutError, RedirectError, ResponseError
from .ratelimit import RateLimits
from .request import Request, Sent
from .response import Response
from .retry import LONGEST_WAIT, asked_wait, backoff, wants_retry
from .transport import Failure

if TYPE_CHECKING:
    from .raw import Wanted

T = TypeVar("T")

logger = logging.getLogger(__name__.partition("._")[0])

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MOST_REDIRECTS = 5


class Send:
    """Send the request of a call to the URL with these headers, and read the answer before the call's deadline."""

    def __init__(self, call: Call, url: str, headers: dict[str, str], method: str, secret_query: bool) -> None:
        self.request = call.request
        self.url = url
        self.headers = headers
        self.method = method
        self.deadline = call.deadline
        self.secret_query = secret_query
        """Whether a key stands in the URL."""
        self.live = call.live
        """Whether the body of a success is left unread."""


class Wait:
    """Do nothing for some seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


class Await:
    """Wait for what a hook of an async client began."""

    def __init__(self, begun: Coroutine[Any, Any, object]) -> None:
        self.begun = begun


Step: TypeAlias = Send | Wait | Await
Steps: TypeAlias = Generator[Step, "Response | None", T]
Exchange: TypeAlias = Steps[Response]


class Attempter(Protocol):
    """Does an attempt, and more than that."""

    def attempt(self, call: Call) -> Exchange: ...


class Call:
    """The state of one call."""

    def __init__(
        self,
        request: Request,
        credentials: Credentials,
        security: tuple[str, ...],
        max_retries: int,
        deadline: float | None,
    ) -> None:
        self.request = request
        self.credentials = credentials
        self.security = security
        self.max_retries = max_retries
        self.deadline = deadline
        self.started: float = time.monotonic()
        self.attempts = 0
        self.sent: Sent | None = None
        self.live = False
        """Whether the body of a success is left unread."""
        self.limits: RateLimits | None = None
        self.around: Attempter | None = None
        """What is done around each attempt, if anything is."""
        self.wanted: Wanted | None = None
        """Where the answer is put, if it is wanted."""

    def blame(self, error: APIError) -> APIError:
        """The error with what is known of the call."""
        if error.request is None:
            error.request = self.sent or self.request.sent()
        error.attempts = self.attempts
        error.elapsed = time.monotonic() - self.started
        return error

    def in_time(self, seconds: float) -> bool:
        """Whether the call may still go on after so many seconds."""
        return self.deadline is None or time.monotonic() + seconds < self.deadline


def resumed(call: Call, header: str, after: str) -> Call:
    """The call that asks for the rest of a stream; `after` names the last event that came, and is empty for none."""
    headers = dict(call.request.headers)
    if after:
        headers = {name: value for name, value in headers.items() if name.lower() != header.lower()}
        headers[header] = after
    again = copy(call)
    again.request = call.request.with_headers(headers)
    again.attempts = 0
    return again


def exchange(call: Call) -> Exchange:
    """Send until an answer came that is worth no further attempt; returns it, whatever its status.

    Raises `APIConnectionError` if no answer came, `RedirectError` if it came from elsewhere.
    """
    while True:
        call.attempts += 1
        try:
            response = yield from (follow(call) if call.around is None else call.around.attempt(call))
        except Exception as error:
            wait = _wait_after_failure(call, error)
        else:
            _noted(call, response)
            asked = _wait_after_answer(call, response)
            if asked is None:
                return response
            wait = asked
        logger.info("%s: attempt %d failed, the next is in %.2f s", call.request.label, call.attempts, wait)
        yield Wait(wait)


def _noted(call: Call, response: Response) -> None:
    if call.limits is not None:
        call.limits.note(response.status, response.headers)
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("%s -> %d after %.3f s", call.sent, response.status, time.monotonic() - call.started)


def _wait_after_failure(call: Call, error: Exception) -> float:
    """Seconds to the next attempt. Raises the error to be told if there is none."""
    failure = Failure(error)
    if isinstance(error, APIError) or not failure.known:
        raise error
    wait = backoff(call.attempts)
    repeatable = call.request.retryable and call.request.body.replayable
    again = failure.undelivered and (call.request.body.replayable or not call.request.body.streamed)
    if call.attempts <= call.max_retries and (repeatable or again) and call.in_time(wait):
        return wait
    told: APIError
    if failure.unreadable:
        told = ResponseError(f"the answer cannot be read: {failure.text}")
    else:
        hint = "" if failure.undelivered or call.request.retryable else "; it may have been done"
        told = (APITimeoutError if failure.timeout else APIConnectionError)(f"{failure.text}{hint}")
        told.delivered = False if failure.undelivered else None
    raise call.blame(told) from error


def _wait_after_answer(call: Call, response: Response) -> float | None:
    """Seconds to the next attempt; None if the answer stands."""
    request = call.request
    if response.status < 400 or call.attempts > call.max_retries or not request.body.replayable:
        return None
    if not wants_retry(response.status, response.headers, request.retryable):
        return None
    asked = asked_wait(response.headers)
    wait = backoff(call.attempts) if asked is None else asked
    return wait if wait <= LONGEST_WAIT and call.in_time(wait) else None


def follow(call: Call) -> Exchange:
    """The answer to one attempt, through redirects that stay at the origin."""
    request = call.request
    placed = call.credentials.place(call.security)
    call.sent = request.sent((tuple(placed.header), tuple(placed.query)))
    headers = {**placed.header, **request.headers}
    if placed.cookie:
        headers["Cookie"] = _cookies(placed, request)
    url = request.with_query([f"{quote(name, safe='')}={quote(key, safe='')}" for name, key in placed.query.items()])
    method = request.method
    for _ in range(_MOST_REDIRECTS + 1):
        response = yield Send(call, url, headers, method, bool(placed.query))
        assert response is not None
        location = response.headers.get("location")
        if response.status not in _REDIRECTS or not location:
            return response
        url, method = _redirect(call, response.status, url, _join(url, location), method)
    raise call.blame(RedirectError(f"redirected more than {_MOST_REDIRECTS} times"))


def _cookies(placed: Placed, request: Request) -> str:
    given = [request.headers.get("Cookie", ""), *(f"{k}={quote(v, safe='')}" for k, v in placed.cookie.items())]
    return "; ".join(filter(None, given))


def _redirect(call: Call, status: int, url: str, target: str, method: str) -> tuple[str, str]:
    if origin(target) != origin(url):
        scheme, host, port = origin(target)
        raise call.blame(RedirectError(
            f"{status}: redirected to another origin, {scheme}://{host}:{port}, which may not have the credentials; "
            "if that is where the API is, pass it as `base_url`"
        ))  # fmt: skip
    if status in (307, 308):
        if call.request.body.replayable:
            return target, method
        raise call.blame(RedirectError(f"{status}: redirected, but the body can be read only once"))
    if method in ("GET", "HEAD"):
        return target, method
    if status == 303:
        return target, "GET"
    raise call.blame(RedirectError(f"{status}: redirected, which a {method} does not survive"))


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of a URL; all empty for what is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", 0
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), port or {"https": 443, "http": 80}.get(scheme, 0)


def _join(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location
