"""The next version number, computed from what changed for callers; the document's own version is not believed.

| last release | major | minor | patch |
| --- | --- | --- | --- |
| 1.2.3 | 2.0.0 | 1.3.0 | 1.2.4 |
| 0.2.3 | 0.3.0 | 0.3.0 | 0.2.4 |
| 2.0.0rc1 | 2.0.0rc2 | 2.0.0rc2 | 2.0.0rc2 |
| 1.3.0rc1 | 2.0.0rc1 | 1.3.0rc2 | 1.3.0rc2 |

While the major number is 0, what breaks callers raises the minor number, as does what is new; going to 1.0.0, and
leaving a pre-release, is a person's word.
"""

from __future__ import annotations

from packaging.version import Version

from .decisions import Severity


def following(last: Version, severity: Severity) -> Version:
    """The version after `last`; `last` itself when nothing changed for callers."""
    if severity == Severity.NONE:
        return last
    if last.pre is None and not last.is_devrelease:
        return Version(_raised(last, severity))
    kind, number = last.pre or ("rc", 0)
    if severity == Severity.MAJOR and last.major and (last.minor or last.micro):
        return Version(f"{last.major + 1}.0.0{kind}1")
    if severity == Severity.MINOR and last.micro:
        return Version(f"{last.major}.{last.minor + 1}.0{kind}1")
    return Version(f"{last.base_version}{kind}{number + 1}")


def _raised(last: Version, severity: Severity) -> str:
    if severity == Severity.MAJOR and last.major:
        return f"{last.major + 1}.0.0"
    if severity >= Severity.MINOR:
        return f"{last.major}.{last.minor + 1}.0"
    return f"{last.major}.{last.minor}.{last.micro + 1}"
