# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Events that an API sends by itself: from a body as it came in to the model that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .codec import annotation_spec
from .drift import Context, DriftReporter, OnDrift, json_kind, json_type, member
from .errors import DecodeError
from .jsontext import loads
from .narrow import is_mapping, is_object
from .reader import Reader
from .specs import Literals, read

_SHARED = DriftReporter()


class Webhooks:
    """The events of an API: `events` maps their names to the annotations of their bodies.

    Where bodies name their event, `tag` is the member in which they do; `named` has the events by what stands there.
    """

    def __init__(
        self, package: str, events: Mapping[str, str], *, tag: str = "", named: Mapping[str, str] | None = None
    ) -> None:
        self.events = events
        self._models = f"{package}.models"
        self._tag = tag
        self._named = dict(named or {})
        self._readers: dict[str, Reader] = {}

    def parse(
        self,
        body: str | bytes | Mapping[str, Any],
        event: str | None,
        *,
        strict: bool = False,
        on_drift: OnDrift | None = None,
    ) -> Any:
        """The model that a body stands for; an event that is not known gives the plain value, and is a drift.

        Raises `DecodeError` for a body that is no JSON, `DriftError` for any difference if `strict`, `TypeError` for
        what is no body.
        """
        reporter = DriftReporter(on_drift, strict=strict) if strict or on_drift else _SHARED
        if not is_mapping(body) and not isinstance(body, str | bytes):
            raise TypeError(f"a body is str, bytes or a mapping, not {type(body).__name__}")
        try:
            return self._parse(body, event, reporter)
        except (ValueError, RecursionError) as error:
            why = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
            which = f"the event {event}" if event in self.events else "an event"
            raise DecodeError(f"the body of {which} is no JSON: {why}") from None

    def _parse(self, body: str | bytes | Mapping[str, Any], event: str | None, reporter: DriftReporter) -> Any:
        content = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        if isinstance(content, bytes) and event is not None and event in self.events:
            return self._reader(event).read(content, Context(reporter, event))
        value: Any = loads(content) if isinstance(content, bytes) else dict(content)
        name = self._name(value, reporter) if event is None else event
        if name is None:
            return value
        known = name in self.events
        context = Context(reporter, name if known else "webhook")  # an unknown one may be anything that a stranger sent
        if not known:
            context.report(None, Literals(list(self.events)).name, "another event")
            return value
        spec = self._reader(name).spec
        return read(spec.fit(json_kind(value)), spec, value, None, context)

    def _name(self, value: Any, reporter: DriftReporter) -> str | None:
        """The event that a body names; None for one that is not known, which is reported."""
        if not self._tag:
            return next(iter(self.events))
        tag = value.get(self._tag) if is_object(value) else None
        name = self._named.get(tag) if isinstance(tag, str) else None
        if name is None:
            expected, came = Literals(list(self._named)).name, f"another {json_type(tag)}"
            Context(reporter, "webhook").report((None, member(self._tag)), expected, came)
        return name

    def _reader(self, event: str) -> Reader:
        reader = self._readers.get(event)
        if reader is None:
            reader = self._readers[event] = Reader(annotation_spec(self.events[event], self._models))
        return reader
