"""What a contract run found, before it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..problems import Problem
from ..project import Api
from .advice import Advice
from .catalog import Catalog
from .history import OlderPage
from .matrix import Cell, Column
from .trial import Verdict
from .vectors import Vectored


@dataclass(frozen=True)
class Findings:
    """All of it."""

    api: Api
    catalog: Catalog
    verdicts: tuple[Verdict, ...]
    """Of every readable recording, in the order of their files, with the package of today."""
    advice: tuple[Advice | None, ...]
    """One for each verdict."""
    columns: tuple[Column, ...]
    """How the recordings fare with older packages, oldest first."""
    today: tuple[Cell, ...]
    """How they fare with the package of today."""
    vectored: tuple[Vectored, ...]
    """The operations that vectors cover."""
    failures: Mapping[str, str]
    """The operations that raise where they are just called and answered as documented, and what they raise."""
    pages: tuple[OlderPage, ...]
    unreadable: tuple[Problem, ...]
    """Recordings that could not be read."""

    @cached_property
    def coverage(self) -> Counter[tuple[str, str]]:
        """How many recordings of each origin each operation has."""
        return Counter((verdict.operation.id, verdict.recording.origin) for verdict in self.verdicts)

    @cached_property
    def vectors(self) -> dict[str, Vectored]:
        """The vectors of each operation."""
        return {one.operation.id: one for one in self.vectored}

    def of(self, operation: str) -> Sequence[int]:
        """Where the recordings of an operation stand among the verdicts."""
        return self._places.get(operation, ())

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, verdict in enumerate(self.verdicts):
            found.setdefault(verdict.operation.id, []).append(at)
        return found
