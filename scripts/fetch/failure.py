"""What is raised where an answer cannot be had.

FetchFailed        one address gives nothing usable
├── Refused        ... because we do not ask it: another site, robots.txt, no URL
└── SiteFailed     ... and asking for more is pointless
"""

from __future__ import annotations

from ..problems import Problem
from ..project import FILE


class FetchFailed(Exception):
    """One address gives nothing usable; says why and what to do."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what, fix)
        self.what = what
        self.fix = fix

    def problem(self, settled: str | None = None) -> Problem:
        """The failure as a problem of the settings, where the addresses come from."""
        return Problem(FILE, self.what, self.fix, settled=settled)


class Refused(FetchFailed):
    """The address may not be asked."""


class SiteFailed(FetchFailed):
    """The site as a whole does not answer any more."""
