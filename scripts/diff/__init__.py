"""diff: what changed since the last release for users of the package, and the public surface as it is now."""

from __future__ import annotations

from packaging.version import Version

from ..project import Api
from ..step import Outcome
from ..tree import Tree
from . import released, surface_lock
from .changes import FILE, Changes, between, text
from .numbers import following
from .sides import plan_of
from .surface import surface


def run(tree: Tree, api: Api) -> Outcome:
    """`spec/surface.lock` and `spec/changes.md`.

    Raises:
        BadInput: What was released last is damaged.
    """
    stub = surface(tree, api)
    last = released.load(tree)
    if last is None:
        changes, upcoming, since = Changes(()), Version(api.version), None
        summary = f"nothing released yet; {upcoming} will be the first"
    else:
        changes = _since(tree, api, last, stub)
        upcoming, since = following(last.version, changes.severity), last.version
        summary = f"{changes.counts} since {last.version}"
        summary += f"; next is {upcoming}" if changes.severity else ""
    return Outcome({surface_lock.FILE: stub, FILE: text(changes, since, upcoming)}, summary)


def since_release(tree: Tree, api: Api, last: released.Released) -> Changes:
    """What changed since the last release, in a tree that is up to date.

    Raises:
        BadInput: `spec/surface.lock` is damaged.
    """
    return _since(tree, api, last, tree.text(surface_lock.FILE))


def _since(tree: Tree, api: Api, last: released.Released, stub: str) -> Changes:
    return between((last.plan, last.surface), (plan_of(tree), released.surface_of(tree, stub)), api.package)
