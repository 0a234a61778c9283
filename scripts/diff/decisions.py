"""What a comparison comes to: decisions, each with what it means for callers of the package and for the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Severity(IntEnum):
    """How far a change reaches; the largest of all decides the next version."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


REQUEST, RESPONSE, BOTH = "request", "response", ""
"""Where a change shows: in what callers send, in what they get, or in both."""


_LISTED = 12
"""Further places that a sentence names, if nothing breaks there; with more, it says how many more there are."""


@dataclass(frozen=True)
class Rule:
    """What one kind of change means, in one direction."""

    kind: str
    direction: str
    callers: Severity
    """For code that uses the package, when it takes the new version."""
    wire: Severity
    """For a hand-written client, when the server changes."""
    sentence: str
    """In users' words; names in braces are facts of the change."""
    before: str = ""
    """For a change that breaks callers, or will: a line of their code that no longer works …"""
    after: str = ""
    """… and what to write instead."""


@dataclass(frozen=True)
class Decision:
    """One change, judged."""

    rule: Rule
    subject: str
    """What changed, as callers write it: `client.phone.create(language)`, `PhoneAgent.language`."""
    facts: tuple[tuple[str, str], ...] = field(default=())
    others: tuple[Decision, ...] = ()
    """The same at other places."""

    @property
    def kind(self) -> str:
        """`field-removed`"""
        return self.rule.kind

    @property
    def callers(self) -> Severity:
        """How much it means to callers of the package."""
        return self.rule.callers

    @property
    def sentence(self) -> str:
        """What happened, in users' words."""
        return self._filled(self.rule.sentence) + self._elsewhere()

    @property
    def before(self) -> str:
        """A line of code that no longer works; empty where nothing breaks."""
        return self._filled(self.rule.before)

    @property
    def after(self) -> str:
        """What to write instead."""
        return self._filled(self.rule.after)

    def _elsewhere(self) -> str:
        if not self.others:
            return ""
        shown = len(self.others) if self.callers == Severity.MAJOR else _LISTED
        places = [f"`{one.subject}`" for one in self.others[:shown]]
        places += [f"{len(self.others) - shown} more"] if len(self.others) > shown else []
        return f" The same goes for {' and '.join(filter(None, (', '.join(places[:-1]), places[-1])))}."

    def _filled(self, text: str) -> str:
        return text.format_map({"subject": self.subject, **dict(self.facts)})

    def __str__(self) -> str:
        direction = f" {self.rule.direction}" if self.rule.direction else ""
        return f"{self.callers} (wire: {self.rule.wire}) {self.kind}{direction}: {self.sentence}"


def worst(decisions: tuple[Decision, ...]) -> Severity:
    """The largest severity for callers."""
    return max((decision.callers for decision in decisions), default=Severity.NONE)
