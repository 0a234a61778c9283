"""Tells a new name whose old one still works from one that breaks callers, and says which old names are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..generate.aliases import Aliases
from ..generate.plan import Plan
from .decisions import BOTH, Decision
from .rules import rule_of


def aliased(decision: Decision, aliases: Aliases) -> Decision:
    """The decision, milder where the old name is kept as a deprecated one."""
    facts = dict(decision.facts)
    old = facts.get("old", "")
    kept = {
        "operation-renamed": old in aliases.operations,
        "argument-renamed": old in aliases.arguments.get(facts.get("former", ""), {}),
        "field-renamed": old in aliases.fields.get(facts.get("model", ""), {}),
        "model-renamed": old in aliases.models,
    }
    if not kept.get(decision.kind):
        return decision
    kind = decision.kind.replace("renamed", "aliased")
    return replace(decision, rule=rule_of(kind, decision.rule.direction))


def dropped(old: Plan, new: Plan) -> Iterator[Decision]:
    """The deprecated names that the old package had and the new one has no more."""
    before, after = dict(old.aliases.told()), dict(new.aliases.told())
    for name in sorted(before.keys() - after.keys()):
        yield Decision(rule_of("alias-removed", BOTH), name, (("name", before[name]),))
