"""The changelog of the generated package: `spec/changelog.md`, in the form of Keep a Changelog, in Python names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from packaging.version import Version

from ..diff.changes import Changes
from ..diff.decisions import Decision, Severity

FILE = "spec/changelog.md"
_HEAD = """# Changelog

What users of the package notice, newest first. The format is [Keep a Changelog](https://keepachangelog.com/).
"""
_SECTIONS = ("Added", "Changed", "Deprecated", "Removed", "Fixed")


def first(package: str, version: Version, today: datetime.date) -> str:
    """The changelog of the first release."""
    return f"{_HEAD}\n## [{version}] - {today.isoformat()}\n\n### Added\n\n- The first release of `{package}`.\n"


def with_release(text: str, changes: Changes, version: Version, today: datetime.date) -> str:
    """The changelog with a new release on top of the earlier ones."""
    _, mark, earlier = text.partition("\n## [")
    return f"{_HEAD}\n{_release(changes, version, today)}{mark}{earlier}"


def _release(changes: Changes, version: Version, today: datetime.date) -> str:
    lines = [f"## [{version}] - {today.isoformat()}"]
    told = [decision for decision in changes.decisions if decision.callers]
    for section in _SECTIONS:
        if found := [decision for decision in told if _section(decision) == section]:
            lines += ["", f"### {section}", "", *dict.fromkeys(map(_item, found))]
    if renewed := [decision for decision in told if decision.before]:
        lines += ["", "### How to migrate", *(line for decision in renewed for line in _note(decision))]
    return "\n".join(lines) + "\n"


def _item(decision: Decision) -> str:
    mark = "**Breaking:** " if decision.callers == Severity.MAJOR else ""
    return f"- {mark}{decision.sentence}"


def _section(decision: Decision) -> str:
    kind = decision.kind
    if kind.endswith(("-deprecated", "-aliased")):
        return "Deprecated"
    if kind in ("code-changed",):
        return "Fixed"
    if re.search(r"-added$|-alternative$", kind) and decision.callers < Severity.MAJOR:
        return "Added"
    if kind.endswith("-removed") and kind.partition("-")[0] in ("operation", "argument", "field", "model", "name"):
        return "Removed"
    return "Changed"


def _note(decision: Decision) -> Iterator[str]:
    """What callers write before and after a change that breaks them, or will."""
    yield from ("", f"{decision.sentence}", "", "```python")
    yield from ("# before", decision.before, "# after", decision.after, "```")
