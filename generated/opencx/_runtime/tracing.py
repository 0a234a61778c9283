# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""A span for each attempt of a call, in a program that uses OpenTelemetry; this package does not need it.

A program that never imported `opentelemetry.trace` has nobody who receives spans, so nothing is imported here.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from .hooks import Attempt
from .values import Value

TRACE = "opentelemetry.trace"


class Span(Value):
    """A span that is open."""

    span: Any

    def answered(self, status: int) -> None:
        """Keep the answer's status."""
        self.span.set_attribute("http.response.status_code", status)
        if status >= 400:
            self._fail(str(status))

    def broke(self, error: BaseException) -> None:
        """Keep what went wrong, by the name of its class: its text may hold what should not be kept."""
        # An attempt that is cancelled is closed, which is a GeneratorExit.
        self._fail("cancelled" if isinstance(error, GeneratorExit) else type(error).__name__)

    def _fail(self, kind: str) -> None:
        self.span.set_attribute("error.type", kind)
        trace = sys.modules[TRACE]
        self.span.set_status(trace.Status(trace.StatusCode.ERROR))


class Spans(Value):
    """Makes the spans of one operation."""

    package: str
    version: str
    template: str
    """`/phone/{phone_agent_id}`"""
    server: str

    @contextmanager
    def span(self, attempt: Attempt) -> Generator[Span, None, None]:
        """A span that ends with the block."""
        trace: Any = sys.modules[TRACE]
        facts: dict[str, Any] = {
            "http.request.method": attempt.method,
            "url.template": self.template,
            "server.address": self.server,
            "code.function.name": attempt.operation,
        }
        if attempt.number > 1:
            facts["http.request.resend_count"] = attempt.number - 1
        tracer = trace.get_tracer(self.package, self.version)
        name = f"{attempt.method} {self.template}"
        span = Span(tracer.start_span(name, kind=trace.SpanKind.CLIENT, attributes=facts))
        try:
            # What the HTTP client's own instrumentation makes of the same attempt goes below it, not beside it.
            with trace.use_span(span.span, record_exception=False, set_status_on_exception=False):
                yield span
        except BaseException as error:
            span.broke(error)
            raise
        finally:
            span.span.end()
