# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What happens around each attempt of a call, where a client is told to do more than send it.

A call without any of this never comes here.
"""

from __future__ import annotations

import time
from collections.abc import Coroutine, Iterable, Sequence
from inspect import iscoroutine
from typing import Any

from .dryrun import NotSent
from .exchange import Await, Call, Steps, Wait, follow
from .hooks import AsyncHook, Attempt, Hook, Reply
from .oauth import TokenSource
from .parameters import check_header
from .ratelimit import RateLimits
from .request import Request
from .response import Response, public_headers
from .retry import LONGEST_WAIT
from .tracing import Spans


class Around:
    """The tokens, the waiting, the hooks and the spans of one call."""

    def __init__(
        self,
        operation: str,
        sources: Sequence[TokenSource],
        limits: RateLimits | None,
        hooks: Sequence[Hook | AsyncHook],
        spans: Spans | None,
    ) -> None:
        self.operation = operation
        self.sources = sources
        self.limits = limits
        """Given if the call waits for the rate limit."""
        self.hooks = hooks
        self.spans = spans
        self.renewed = False
        """Whether this call had a token renewed already."""

    def attempt(self, call: Call) -> Steps[Response]:
        """The answer to one attempt."""
        fresh = yield from self._tokens(call)
        used = [source() for source in self.sources]
        response = yield from self._limited(call)
        if response.status != 401 or not used or fresh or self.renewed or not call.request.body.replayable:
            return response
        self.renewed = True
        for source, text in zip(self.sources, used, strict=True):
            source.reject(text)
        yield from self._tokens(call)
        call.attempts += 1
        return (yield from self._limited(call))

    def _tokens(self, call: Call) -> Steps[bool]:
        fresh = False
        for source in self.sources:
            fresh = (yield from source.ready(call)) or fresh
        return fresh

    def _limited(self, call: Call) -> Steps[Response]:
        if self.limits is None:
            return (yield from self._hooked(call))
        while (wait := self.limits.enter()) and wait <= LONGEST_WAIT and call.in_time(wait):
            yield Wait(wait)
        try:
            return (yield from self._hooked(call))
        finally:
            if not wait:
                self.limits.leave()

    def _hooked(self, call: Call) -> Steps[Response]:
        plain = call.request
        attempt = _attempt(self.operation, call)
        yield from _run(hook.before(attempt) for hook in self.hooks)
        call.request = _with_headers(plain, attempt.headers)
        began = time.monotonic()
        try:
            response = yield from self._traced(call, attempt)
        except NotSent:
            raise
        except Exception as error:
            yield from _run(hook.failed(attempt, error) for hook in self.hooks)
            raise
        finally:
            call.request = plain
        reply = Reply(response.status, public_headers(response.headers), time.monotonic() - began)
        yield from _run(hook.after(attempt, reply) for hook in self.hooks)
        return response

    def _traced(self, call: Call, attempt: Attempt) -> Steps[Response]:
        if self.spans is None:
            return (yield from follow(call))
        with self.spans.span(attempt) as span:
            response = yield from follow(call)
            span.answered(response.status)
            return response


def _attempt(operation: str, call: Call) -> Attempt:
    shown = call.request.sent()
    return Attempt(operation, shown.method, shown.path, shown.url, call.attempts, dict(call.request.headers))


def _with_headers(request: Request, headers: dict[str, str]) -> Request:
    if headers == request.headers:
        return request
    return request.with_headers({name: check_header(name, text) for name, text in headers.items()})


def _run(results: Iterable[Coroutine[Any, Any, None] | None]) -> Steps[None]:
    """Let hooks run, one after the other; those of an async client may have to be waited for."""
    for result in results:
        if iscoroutine(result):
            yield Await(result)
