"""What was released last, below `spec/released/`: the version, and the document, names and surface that it had."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

from ..generate.aliases import FILE as ALIASES
from ..generate.plan import Plan
from ..problems import BadInput, Problem
from ..project import RELEASED
from ..tree import Tree
from . import surface
from .sides import plan_of

RELEASE = f"{RELEASED}/release.toml"
KEPT = {
    "spec/openapi.yaml": f"{RELEASED}/openapi.yaml",
    "spec/names.lock": f"{RELEASED}/names.lock",
    surface.FILE: f"{RELEASED}/surface.lock",
    ALIASES: f"{RELEASED}/aliases.lock",
}
"""Where a release keeps what it had; there are not always deprecated names."""


@dataclass(frozen=True)
class Released:
    """The last release."""

    version: Version
    date: str
    """`YYYY-MM-DD`"""
    plan: Plan
    surface: str


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
    stub = tree.text(KEPT[surface.FILE])
    surface.parse(stub, KEPT[surface.FILE])
    return Released(version, date, plan_of(tree, RELEASED), stub)
