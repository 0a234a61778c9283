"""Tells in one sentence what happened in the same way at several places: to copies of a model, to many methods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace

from .decisions import Decision

_PLACE = ("method", "former", "request", "model")
"""Facts that say where something happened, not what."""
_ALONE = ("operation-added", "operation-removed", "operation-moved")
"""What is worth a sentence each; new names are, too, where the thing itself has them."""


def told_together(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions in their order; the first of those that differ in nothing but the place has the others in it."""
    groups: defaultdict[Hashable, list[Decision]] = defaultdict(list)
    for decision in decisions:
        groups[_nature(decision)].append(decision)
    return tuple(one for group in groups.values() for one in _told(group))


def _told(group: list[Decision]) -> list[Decision]:
    places = {one.subject: one for one in reversed(group)}
    first, *others = sorted(places.values(), key=lambda one: one.subject)
    return [replace(first, others=tuple(others))] if others else group


def _nature(decision: Decision) -> Hashable:
    """What happened, wherever it did."""
    if decision.kind in _ALONE:
        return decision
    names = ("name",) if decision.kind in ("model-added", "model-removed", "name-added", "name-removed") else ()
    return decision.rule, tuple(fact for fact in decision.facts if fact[0] not in (*_PLACE, *names))
