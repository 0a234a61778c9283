"""alias: the names of the last release that are called otherwise now, as deprecated names that still work."""

from __future__ import annotations

from ..diff import released
from ..diff.sides import plan_of
from ..generate.aliases import FILE
from ..project import Api
from ..step import Outcome
from ..tree import Tree
from .renames import aliases


def run(tree: Tree, api: Api) -> Outcome:
    """`spec/aliases.lock`; no file where everything is called as it was.

    Raises:
        BadInput: What was released last is damaged.
    """
    last = released.load(tree)
    found = aliases(last.plan, plan_of(tree, aliases=False)) if last else None
    if not found:
        return Outcome({}, "no deprecated names")
    count = len(found.operations) + len(found.models)
    count += sum(len(names) for part in (found.arguments, found.fields) for names in part.values())
    return Outcome({FILE: found.text()}, f"{count} deprecated name{'' if count == 1 else 's'}")
