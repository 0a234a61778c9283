"""Applies the project's overlay to the merged document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import documents, overlay
from ..problems import Problem
from ..tree import Tree

if TYPE_CHECKING:
    from .components import Conflict


def has_overlay(tree: Tree) -> bool:
    """Whether a person wrote corrections."""
    return tree.exists(overlay.FILE)


def corrected(tree: Tree, data: dict[str, Any], conflicts: Sequence[Conflict]) -> tuple[str, tuple[Problem, ...]]:
    """The document's text after the overlay, and what is wrong with the overlay or was left open.

    A conflict is settled when an action touches its place.
    """
    if not has_overlay(tree):
        return documents.write(data), tuple(conflict.problem for conflict in conflicts)
    file = documents.read(tree.text(overlay.FILE), overlay.FILE)
    applied = overlay.apply(data, file, [conflict.place for conflict in conflicts])
    told = [_settled(each.problem) if each.place in applied.decided else each.problem for each in conflicts]
    return documents.write(applied.data), (*told, *applied.problems)


def _settled(problem: Problem) -> Problem:
    rule = f"An action in {overlay.FILE} decides."
    return Problem(problem.where, problem.what, "Nothing is to be done.", problem.line, rule)
