"""All that changed since the last release, judged, and as text for people: `spec/changes.md`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from packaging.version import Version

from ..generate.plan import Plan
from .compare import EVENT, compare, lost
from .decisions import Decision, Severity, worst
from .schemas import ITEM
from .surface_changes import compare_surfaces
from .surface_lock import Surface
from .together import told_together

FILE = "spec/changes.md"


@dataclass(frozen=True)
class Changes:
    """What changed for callers."""

    decisions: tuple[Decision, ...]
    lost: int = 0
    """Operations that are gone …"""
    had: int = 0
    """… of how many."""

    @property
    def severity(self) -> Severity:
        """The largest of all."""
        return worst(self.decisions)

    @property
    def shrunk(self) -> bool:
        """Whether half of all operations or more are gone: more likely a broken fetch than a decision."""
        return self.lost > 0 and self.lost * 2 >= self.had

    def of(self, severity: Severity) -> list[Decision]:
        """The decisions of one severity."""
        return [decision for decision in self.decisions if decision.callers == severity]

    @property
    def counts(self) -> str:
        """`3 major, 1 minor`"""
        numbers = Counter(decision.callers for decision in self.decisions)
        return ", ".join(f"{numbers[one]} {one}" for one in sorted(numbers, reverse=True)) or "no changes"


def between(old: tuple[Plan, Surface], new: tuple[Plan, Surface], package: str) -> Changes:
    """What changed from one document and surface to another; what the document explains is told once."""
    documented = compare(old[0], new[0], package)
    fields = {**_flattened(old[0]), **_flattened(new[0])}
    told: dict[str, Severity] = {}
    renamed = {}
    for decision in documented:
        weight = Severity.MAJOR if decision.kind.endswith("-aliased") else decision.callers
        for subject in [name for one in _subjects(decision) for name in (one, fields.get(one, one))]:
            told[subject] = max(told.get(subject, Severity.NONE), weight)
        if decision.kind in ("model-renamed", "model-aliased"):
            renamed[dict(decision.facts)["old"]] = dict(decision.facts)["name"]
    further = compare_surfaces(old[1], new[1], renamed)
    homes = {subject.rpartition(".")[0] for subject in told}
    untold = [one for one in further if one.callers > told.get(_base(one.subject, told), Severity.NONE)]
    untold = [one for one in untold if one.kind != "name-added" or one.subject not in homes]
    inside = [one for one in untold if one.kind != "code-changed" or not worst(documented)]
    gone, had = lost(old[0], new[0])
    return Changes(told_together((*documented, *inside)), gone, had)


def _flattened(plan: Plan) -> dict[str, str]:
    """The field of a model that an argument is as well, by the argument."""
    called = [(one, argument) for one in plan.operations for argument in one.arguments if argument.place == "body"]
    return {f"client.{one.id}({argument.name})": f"{one.members}.{argument.name}" for one, argument in called}


def _subjects(decision: Decision) -> list[str]:
    """What a decision speaks of, under its old name as well."""
    facts = dict(decision.facts)
    found = [decision.subject, decision.subject.replace(ITEM, "")]
    if decision.kind.startswith("credential"):
        found += [f"client({facts['name']})", f"client({facts['old']})"]
    kind = decision.kind.removesuffix("-renamed").removesuffix("-aliased")
    if decision.subject.startswith(EVENT):
        found.append(f"webhooks.Event[{decision.subject.removeprefix(EVENT).replace(ITEM, '')!r}]")
        found += ["webhooks"] if kind == "event-added" else []
    if kind == "operation":
        found.append(f"client.{facts['old']}()")
    if kind == "argument":
        found += [f"client.{method}({facts['old']})" for method in (facts["method"], facts["former"])]
    if kind == "field":
        found.append(f"{facts['model']}.{facts['old']}")
    if kind == "model":
        found.append(facts["old"])
    return found


def _base(subject: str, told: dict[str, Severity]) -> str:
    """The subject under which the document's decisions tell of it: `PetDict.name` is `Pet.name`."""
    if subject in told:
        return subject
    owner, dot, rest = subject.partition(".")
    return owner.removesuffix("Dict") + dot + rest


def text(changes: Changes, since: Version | None, upcoming: Version) -> str:
    """`spec/changes.md`: what is not released yet."""
    head = ["Made by `python -m scripts diff`; changes here are lost.", ""]
    if since is None:
        first = f"Nothing was released yet. The first release is {upcoming}: `python -m scripts version` makes it."
        return "\n".join(["# Changes not released yet", "", *head, first]) + "\n"
    lines = [f"# Changes since {since}", "", *head]
    if not changes.severity:
        lines.append("Nothing changed for users of the package.")
    else:
        lines.append(f"{changes.counts}: the next version is {upcoming}. `python -m scripts version` makes it.")
    if changes.shrunk:
        lines += ["", f"**{changes.lost} of {changes.had} operations are gone.** Look whether the fetch was complete."]
    for severity in sorted(Severity, reverse=True):
        if found := changes.of(severity):
            title = "Worth a look" if severity == Severity.NONE else str(severity).capitalize()
            lines += ["", f"## {title}", "", *dict.fromkeys(f"- {decision.sentence}" for decision in found)]
    return "\n".join(lines) + "\n"
