"""What is wrong with the input, told so that a person can act on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong, doubtful or contradictory in the input.

    `settled` names the rule by which the pipeline went on without a person; such problems are listed in
    `spec/problems.md`. A problem that nothing settled (`settled is None`) stops the run.
    """

    where: str
    """The file, relative to the project; empty when the project as a whole is meant."""
    what: str
    """What is wrong, in one sentence."""
    fix: str
    """What a person can do about it, in one sentence."""
    line: int | None = None
    """The line in that file, counted from 1."""
    settled: str | None = None
    """The rule by which the pipeline went on, and its result."""

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        ending = self.fix if self.settled is None else f"Settled: {self.settled} {self.fix}"
        told = f"{place}: {self.what} {ending}" if place else f"{self.what} {ending}"
        return printable(told).replace("\n", "\\n")


class BadInput(Exception):
    """Input that a step cannot go on with; carries every problem found so far."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[BadInput], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


def printable(text: str) -> str:
    """The text with every control character escaped: pages are untrusted and must not drive a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else repr(char)[1:-1] for char in text)
