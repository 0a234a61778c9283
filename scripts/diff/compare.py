"""Compares two packages as they follow from their documents and names: every change that a caller can notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..generate.pagination import inferred
from ..generate.plan import Operation, Plan
from .aliased import aliased, dropped
from .arguments import Arguments
from .decisions import BOTH, RESPONSE, Decision
from .pairing import pairs, request_key
from .results import Results
from .rules import rule_of
from .schemas import Place, Schemas, quoted
from .security import credentials, needs

EVENT = "event "
"""Stands before the name of an event where it is the subject."""


def compare(old: Plan, new: Plan, package: str = "client") -> tuple[Decision, ...]:
    """All changes, the gravest first, then by what changed.

    Args:
        old: What callers have.
        new: What they will have.
        package: The import name, for lines of code.
    """
    schemas = Schemas(old, new, package)
    found = [*_operations(old, new, schemas), *_events(old, new, schemas), *_api(old, new), *schemas.models()]
    judged = [aliased(one, new.aliases) for one in (*found, *schemas.decisions, *_paging(old, new), *dropped(old, new))]
    decisions = dict.fromkeys(judged)
    return tuple(sorted(decisions, key=lambda one: (-one.callers, -one.rule.wire, one.subject, str(one))))


def _operations(old: Plan, new: Plan, schemas: Schemas) -> Iterator[Decision]:
    for before, after in pairs(old, new):
        if before is None and after is not None:
            yield _of(after, "operation-added")
        elif before is not None and after is None:
            yield _of(before, "operation-removed")
        elif before is not None and after is not None:
            yield from _operation(before, after)
            yield from _servers(old, new, before, after)
            yield from Arguments(schemas, before, after).decisions()
            yield from Results(schemas, before, after).decisions()
            yield from needs(old, new, before, after)


def _events(old: Plan, new: Plan, schemas: Schemas) -> Iterator[Decision]:
    """What the API sends by itself; callers get it, so that its direction is that of an answer."""
    had, has = ({event.name: event for event in plan.events} for plan in (old, new))
    for name in sorted(had.keys() | has.keys()):
        facts = (("name", quoted(name)),)
        if name not in had or name not in has:
            kind = "event-added" if name in has else "event-removed"
            yield Decision(rule_of(kind, RESPONSE), f"{EVENT}{quoted(name)[1:-1]}", facts)
        elif len(had[name].payloads) == len(has[name].payloads):
            place = Place(f"{EVENT}{quoted(name)[1:-1]}", "event", RESPONSE)
            for before, after in zip(had[name].payloads, has[name].payloads, strict=True):
                schemas.schema(place, before, after)


def _paging(old: Plan, new: Plan) -> Iterator[Decision]:
    """Operations whose answers came as they are and come in pages now, or the other way round."""
    before, after = ({name: one.kind for name, one in inferred(plan).items()} for plan in (old, new))
    for was, now in pairs(old, new):
        if was and now and (was.id in before) != (now.id in after):
            facts = (("method", now.id), ("old", _come(before.get(was.id))), ("new", _come(after.get(now.id))))
            yield Decision(rule_of("paging-changed", RESPONSE), f"client.{now.id}()", facts)


def _come(paging: str | None) -> str:
    return f"in pages by {paging}" if paging else "in one answer"


def _of(operation: Operation, kind: str, old: str = "") -> Decision:
    request = f"{operation.verb} {operation.path}"
    facts = (("method", operation.id), ("request", request), ("old", old))
    return Decision(rule_of(kind, BOTH), f"client.{operation.id}()", facts)


def _operation(before: Operation, after: Operation) -> Iterator[Decision]:
    if before.id != after.id:
        yield _of(after, "operation-renamed", before.id)
    if request_key(before) != request_key(after):
        yield _of(after, "operation-moved", f"{before.verb} {before.path}")
    if before.deprecated != after.deprecated:
        yield _of(after, "operation-deprecated" if after.deprecated else "operation-restored")
    if after.sunset and before.sunset != after.sunset:
        kind = (
            "sunset-set" if not before.sunset else "sunset-sooner" if after.sunset < before.sunset else "sunset-later"
        )
        facts = (("method", after.id), ("old", before.sunset), ("new", after.sunset))
        yield Decision(rule_of(kind, BOTH), f"client.{after.id}()", facts)


def _servers(old: Plan, new: Plan, before: Operation, after: Operation) -> Iterator[Decision]:
    """Where one operation has a server of its own: what `_api` tells of all the others."""
    had, has = before.server or old.servers[0], after.server or new.servers[0]
    if (before.server or after.server) and had != has and not (_local(had) or _local(has)):
        facts = (("method", after.id), ("old", had), ("new", has))
        yield Decision(rule_of("operation-server-changed", BOTH), f"client.{after.id}()", facts)


def _api(old: Plan, new: Plan) -> Iterator[Decision]:
    if old.servers[0] != new.servers[0] and not (_local(old.servers[0]) or _local(new.servers[0])):
        yield _server(old.servers[0], new.servers[0])
    yield from credentials(old, new)


def _server(before: str, after: str) -> Decision:
    return Decision(rule_of("server-changed", BOTH), "client", (("old", before), ("new", after)))


def _local(url: str) -> bool:
    """Whether a page names a developer's own machine, or nothing, which says nothing of the API."""
    return not url or re.match(r"\w+://(localhost|127\.|0\.0\.0\.0|\[::1\])", url) is not None


def lost(old: Plan, new: Plan) -> tuple[int, int]:
    """How many operations are gone, and how many there were."""
    gone = sum(after is None for _, after in pairs(old, new))
    return gone, len(old.operations)
