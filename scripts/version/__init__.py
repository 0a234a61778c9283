"""version: makes a release of what changed: its number, its changelog, and what the next one will be compared with."""

from __future__ import annotations

import datetime
import re

from packaging.version import InvalidVersion, Version

from ..diff import released, since_release
from ..diff.changes import Changes
from ..diff.numbers import following
from ..diff.released import RELEASE, Released
from ..problems import BadInput, Problem
from ..project import FILE as SETTINGS
from ..project import RELEASED, Api
from ..step import Outcome
from ..tree import Tree
from . import changelog

WRITES = (SETTINGS, changelog.FILE, f"{RELEASED}/*")


def run(tree: Tree, api: Api, today: datetime.date, wanted: str | None = None, shrunk: bool = False) -> Outcome:
    """The files of a release; those that there are when nothing changed for callers since the last one.

    Args:
        tree: The project, up to date up to `diff`.
        api: Its settings.
        today: The date of the release.
        wanted: A version that a person asks for, such as `1.0.0` or `2.0.0rc1`; it must not promise too little.
        shrunk: Whether a person says that it is right that half of the operations are gone.

    Raises:
        BadInput: The wanted version is no version or too low, or half of the operations are gone.
    """
    last = released.load(tree)
    asked = _version(wanted) if wanted else None
    if last is None:
        version = asked or _version(api.version)
        text = changelog.first(api.package, version, today)
        return _outcome(tree, version, today, text, f"{version} is the first release")
    changes = since_release(tree, api, last)
    if changes.shrunk and not shrunk:
        raise BadInput(_shrunk(changes))
    computed = following(last.version, changes.severity)
    version = _checked(asked, computed, last) if asked else computed
    if version == last.version:
        files = {path: tree.bytes(path) for pattern in WRITES for path in tree.glob(pattern)}
        files |= {SETTINGS: _with_version(tree, version).encode()}
        return Outcome(files, f"nothing changed for callers since {version}")
    text = changelog.with_release(tree.text(changelog.FILE), changes, version, today)
    return _outcome(tree, version, today, text, f"{last.version} -> {version}: {changes.counts}")


def _outcome(tree: Tree, version: Version, today: datetime.date, text: str, summary: str) -> Outcome:
    release = f'# Written by the version step.\nversion = "{version}"\ndate = "{today.isoformat()}"\n'
    kept = {after: tree.text(before) for before, after in released.KEPT.items() if tree.exists(before)}
    files = {SETTINGS: _with_version(tree, version), changelog.FILE: text, RELEASE: release, **kept}
    return Outcome(files, summary)


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        fix = "Write one like 1.0.0 or 1.0.0rc1 (PEP 440)."
        raise BadInput(Problem("", f"{text!r} is no version.", fix)) from None


def _checked(asked: Version, computed: Version, last: Released) -> Version:
    """The version that a person asks for, unless it promises less than what changed."""
    if asked == last.version or Version(asked.base_version) < Version(computed.base_version) or asked <= last.version:
        what = f"{asked} is too low: by what changed since {last.version}, the next version is {computed}."
        raise BadInput(Problem("", what, f"Ask for {computed} or higher, or for none.")) from None
    return asked


def _shrunk(changes: Changes) -> Problem:
    what = f"{changes.lost} of {changes.had} operations are gone since the last release."
    fix = "Look whether the fetch was complete. If it is right, say so with --shrunk."
    return Problem("spec/openapi.yaml", what, fix)


def _with_version(tree: Tree, version: Version) -> str:
    """The settings with this version, and everything else as a person wrote it."""
    text = tree.text(SETTINGS)
    table = re.search(r"^\[package\][^\n]*\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    if table is None:
        raise BadInput(Problem(SETTINGS, "There is no table [package].", "Write one with the package's name."))
    inside = table[1]
    line = f'version = "{version}"'
    changed, count = re.subn(r"""^version\s*=\s*("[^"]*"|'[^']*')""", line, inside, count=1, flags=re.MULTILINE)
    if not count:
        changed = f"{line}\n{inside}"
    return text[: table.start(1)] + changed + text[table.end(1) :]
