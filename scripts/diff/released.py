"""What was released last, below `spec/released/`: the version, and the document, names and surface that it had."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

from ..cache import Parts
from ..generate.aliases import FILE as ALIASES
from ..generate.plan import Plan
from ..problems import BadInput, Problem
from ..project import RELEASED
from ..tree import Tree
from . import surface_lock
from .sides import plan_of
from .surface_lock import Surface

RELEASE = f"{RELEASED}/release.toml"
KEPT = {
    "spec/openapi.yaml": f"{RELEASED}/openapi.yaml",
    "spec/names.lock": f"{RELEASED}/names.lock",
    surface_lock.FILE: f"{RELEASED}/surface.lock",
    ALIASES: f"{RELEASED}/aliases.lock",
}
"""Where a release keeps what it had; there are not always deprecated names."""
SURFACE = KEPT[surface_lock.FILE]


@dataclass(frozen=True)
class Released:
    """The last release."""

    version: Version
    date: str
    """`YYYY-MM-DD`"""
    plan: Plan
    surface: Surface


def load(tree: Tree) -> Released | None:
    """The last release; None before the first.

    Raises:
        BadInput: A file of it is missing or damaged.
    """
    if not tree.glob(f"{RELEASED}/*"):
        return None
    try:
        said = tomllib.loads(tree.text(RELEASE))
        version, date = Version(said["version"]), said["date"]
        if not isinstance(date, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
            raise ValueError(date)
    except (tomllib.TOMLDecodeError, InvalidVersion, KeyError, TypeError, ValueError):
        what = "The version and the date of the last release are not there."
        raise BadInput(Problem(RELEASE, what, "Restore it from git.")) from None
    return Released(version, date, plan_of(tree, RELEASED), surface_of(tree, tree.text(SURFACE), SURFACE))


def surface_of(tree: Tree, text: str, where: str = surface_lock.FILE) -> Surface:
    """What the text of a surface says; only what is new in it is read.

    Raises:
        BadInput: It is no list of stubs.
    """
    return Surface(text, where, Parts(tree.root, where.replace("/", ".")))
