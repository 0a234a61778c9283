"""diff: what changed since the last release for users of the package, and the public surface as it is now."""

from __future__ import annotations

from packaging.version import Version

from ..project import Api
from ..step import Outcome
from ..tree import Tree
from . import released, surface
from .changes import FILE, Changes, between, text
from .numbers import following
from .sides import plan_of


def run(tree: Tree, api: Api) -> Outcome:
    """`spec/surface.lock` and `spec/changes.md`.

    Raises:
        BadInput: What was released last is damaged.
    """
    stub = surface.surface(tree, api)
    last = released.load(tree)
    if last is None:
        changes, upcoming, since = Changes(()), Version(api.version), None
        summary = f"nothing released yet; {upcoming} will be the first"
    else:
        changes = since_release(tree, api, last, stub)
        upcoming, since = following(last.version, changes.severity), last.version
        summary = f"{changes.counts} since {last.version}"
        summary += f"; next is {upcoming}" if changes.severity else ""
    return Outcome({surface.FILE: stub, FILE: text(changes, since, upcoming)}, summary)


def since_release(tree: Tree, api: Api, last: released.Released, stub: str) -> Changes:
    """What changed since the last release."""
    return between((last.plan, last.surface), (plan_of(tree), stub), api.package)
