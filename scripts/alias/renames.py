"""Finds what got another name since the last release, and what an old name can stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ..diff.compare import compare
from ..diff.decisions import Decision
from ..diff.schemas import alike
from ..generate.aliases import Aliases
from ..generate.plan import Operation, Plan
from ..name.operations import resource_class

Nested = dict[str, dict[str, str]]


def aliases(old: Plan, new: Plan) -> Aliases:
    """The deprecated names of the new package: what is renamed now, and what the old one had that is still there."""
    decisions = compare(old, new)
    methods = _facts(decisions, "operation-renamed", "old", "method")
    now = {**{one.id: one.id for one in _methods(new)}, **methods}
    chained = {before: now[after] for before, after in old.aliases.operations.items() if after in now}
    operations = _free(new, {**chained, **methods, **_streams(old, new, methods)})
    models = _facts(decisions, "model-renamed", "old", "name")
    had, has = ({model.name: model for model in plan.models} for plan in (old, new))
    same = {before: after for before, after in models.items() if alike(had[before], has[after])}
    names = has.keys()
    kept = {before: models.get(after, after) for before, after in old.aliases.models.items()}
    classes = {before: after for before, after in {**kept, **same}.items() if after in names and before not in names}
    return Aliases(operations, _arguments(old, new, decisions, operations), classes, _fields(old, new, decisions))


def _facts(decisions: Iterable[Decision], kind: str, key: str, value: str) -> dict[str, str]:
    found = (dict(decision.facts) for decision in decisions if decision.kind == kind)
    return {facts[key]: facts[value] for facts in found}


def _methods(plan: Plan) -> list[Operation]:
    return [one for operation in plan.operations for one in (operation, operation.streamed) if one]


def _streams(old: Plan, new: Plan, methods: Mapping[str, str]) -> dict[str, str]:
    """The second methods of renamed operations that can answer with a stream, too."""
    before, after = ({one.id: one.streamed for one in plan.operations} for plan in (old, new))
    found = ((before.get(one), after.get(other)) for one, other in methods.items())
    return {one.id: other.id for one, other in found if one and other}


def _free(plan: Plan, renamed: Mapping[str, str]) -> dict[str, str]:
    """The old methods whose place nothing new has taken."""
    live = {one.id for one in _methods(plan)}
    resources = {".".join(name.split(".")[:depth]) for name in live for depth in range(1, name.count(".") + 1)}
    taken = {model.name for model in plan.models}

    def free(old: str) -> bool:
        home = old.rpartition(".")[0]
        parents = {".".join(home.split(".")[: depth + 1]) for depth in range(home.count(".") + 1)}
        return not (old in live or old in resources or parents & live or resource_class(home) in taken)

    return {old: new for old, new in renamed.items() if new in live and free(old)}


def _arguments(old: Plan, new: Plan, decisions: Iterable[Decision], operations: Mapping[str, str]) -> Nested:
    """Old argument names by method: of methods that are there, and of those under deprecated names."""
    renamed: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for decision in decisions:
        if decision.kind == "argument-renamed":
            facts = dict(decision.facts)
            renamed[facts["former"]][facts["old"]] = facts["name"]
    streams = {one.streamed.id: one.id for one in old.operations if one.streamed}
    taken = {one.id: {a.name for a in one.arguments} for one in _methods(new)}
    found: Nested = {}
    for method in [*taken, *operations]:
        former = old.aliases.operations.get(method, method)
        fresh, there = renamed[streams.get(former, former)], taken[operations.get(method, method)]
        kept = {had: fresh.get(has, has) for had, has in old.aliases.arguments.get(method, {}).items()}
        found[method] = _present({**kept, **fresh}, there)
    return {method: names for method, names in found.items() if names}


def _fields(old: Plan, new: Plan, decisions: Iterable[Decision]) -> Nested:
    """Old field names by model, of models that callers only read: what they send has the API's names."""
    found: Nested = {}
    models = _facts(decisions, "model-renamed", "old", "name")
    there = {model.name: {field.name for field in model.fields or ()} for model in new.models}
    for before, names in old.aliases.fields.items():
        found[models.get(before, before)] = dict(names)
    for decision in decisions:
        facts = dict(decision.facts)
        if decision.kind == "field-renamed" and not facts["sent"]:
            names = found.setdefault(facts["model"], {})
            names.update((had, facts["name"]) for had, has in list(names.items()) if has == facts["old"])
            names[facts["old"]] = facts["name"]
    kept = {model: _present(names, there.get(model, set())) for model, names in found.items()}
    return {model: names for model, names in kept.items() if names}


def _present(names: Mapping[str, str], there: set[str]) -> dict[str, str]:
    return {had: has for had, has in names.items() if has in there and had not in there}
