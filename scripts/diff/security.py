"""Compares credentials: what the client takes, and what each operation needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import pointer
from ..generate.plan import Operation, Plan
from .decisions import BOTH, Decision
from .rules import rule_of
from .schemas import quoted

_PROSE = ("description", "bearerFormat")


def credentials(old: Plan, new: Plan) -> Iterator[Decision]:
    """Changes of the client's own arguments."""
    heirs = {_argument(new, key): key for key in sorted(new.schemes.keys() - old.schemes.keys())}
    same = {key: key if key in new.schemes else heirs.pop(_argument(old, key), None) for key in sorted(old.schemes)}
    for key, now in same.items():
        before = _argument(old, key)
        if now is None:
            yield _decision("credential-removed", before)
        elif before != (after := _argument(new, now)):
            yield _decision("credential-renamed", after, before)
        elif _sent(old.schemes[key]) != _sent(new.schemes[now]):
            yield _decision("credential-changed", after)
    yield from (_decision("credential-added", name) for name in heirs)


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
        yield from _scopes(before, after)
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


def _scopes(before: Operation, after: Operation) -> Iterator[Decision]:
    """Scopes that the same credentials need now, or need no more."""
    had, has = set(before.scopes), set(after.scopes)
    for kind, scopes in (("scope-added", has - had), ("scope-removed", had - has)):
        if scopes:
            facts = (("method", after.id), ("new", ", ".join(map(quoted, sorted(scopes)))))
            yield Decision(rule_of(kind, BOTH), f"client.{after.id}()", facts)


def _alternatives(plan: Plan, operation: Operation) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(_argument(plan, key) for key in one) for one in operation.security)


def _told(alternatives: frozenset[frozenset[str]]) -> str:
    return " or ".join(sorted(" and ".join(sorted(one)) or "none" for one in alternatives)) or "none"
