"""Compares credentials: what the client takes, and what each operation needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import pointer
from ..generate.plan import Operation, Plan
from .decisions import BOTH, Decision
from .rules import rule_of

_PROSE = ("description", "bearerFormat")


def credentials(old: Plan, new: Plan) -> Iterator[Decision]:
    """Changes of the client's own arguments."""
    for key in sorted(old.schemes.keys() | new.schemes.keys()):
        before, after = _argument(old, key), _argument(new, key)
        if key not in new.schemes:
            yield _decision("credential-removed", before)
        elif key not in old.schemes:
            yield _decision("credential-added", after)
        elif before != after:
            yield _decision("credential-renamed", after, before)
        elif _sent(old.schemes[key]) != _sent(new.schemes[key]):
            yield _decision("credential-changed", after)


def _decision(kind: str, name: str, old: str = "") -> Decision:
    return Decision(rule_of(kind, BOTH), "client", (("name", name), ("old", old)))


def _argument(plan: Plan, key: str) -> str:
    return plan.names.get(pointer("components", "securitySchemes", key), key)


def _sent(scheme: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in scheme.items() if key not in _PROSE and not key.startswith("x-")}


def needs(old: Plan, new: Plan, before: Operation, after: Operation) -> Iterator[Decision]:
    """Changes of what one operation needs."""
    had, has = _alternatives(old, before), _alternatives(new, after)
    if had == has:
        return
    optional = frozenset[str]()
    if not has or (optional in has and optional not in had):
        kind = "security-removed"
    elif not had or (optional in had and optional not in has):
        kind = "security-added"
    else:
        kind = "security-alternative" if had < has else "security-changed"
    facts = {"method": after.id, "old": _told(had), "new": _told(has - had if had < has else has)}
    yield Decision(rule_of(kind, BOTH), f"client.{after.id}()", tuple(facts.items()))


def _alternatives(plan: Plan, operation: Operation) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(_argument(plan, key) for key in one) for one in operation.security)


def _told(alternatives: frozenset[frozenset[str]]) -> str:
    return " or ".join(sorted(" and ".join(sorted(one)) or "none" for one in alternatives)) or "none"
