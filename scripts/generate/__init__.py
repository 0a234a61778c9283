"""The package from the canonical document and the names, by both engines and our templates."""

from __future__ import annotations

from ..project import Api
from ..step import Outcome
from ..tree import Tree

__all__ = ["run"]


def run(tree: Tree, api: Api) -> Outcome:
    """Every file of the generated package; the engines are loaded here and not before, as others read its plan."""
    from . import step

    return step.run(tree, api)
