"""What every step of the pipeline is: a function from the tree of files to the files it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from .problems import Problem
from .project import Api
from .tree import Tree


@dataclass(frozen=True)
class Outcome:
    """What a step made of its input."""

    files: Mapping[str, str | bytes]
    """Content by path; everything that the step owns, as the pipeline removes what is left over."""
    summary: str
    """What there is now, in a few words: `5 pages, 5 fragments`."""
    problems: tuple[Problem, ...] = ()
    """Settled ones are listed in `spec/problems.md`; any other stops the run before anything is written."""


@dataclass(frozen=True)
class Step:
    """One word of the flow."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    """Patterns of the files that this step alone writes; `*` also matches `/`."""
    run: Callable[[Tree, Api], Outcome] = field(repr=False)

    def owns(self, path: str) -> bool:
        """Whether the step writes this file."""
        return any(fnmatchcase(path, pattern) for pattern in self.writes)
