"""alias: the names of the last release that are called otherwise now, as deprecated names that still work."""

from __future__ import annotations

from ..project import RELEASED, Api
from ..step import Outcome
from ..tree import Tree

_NONE = Outcome({}, "no deprecated names")


def run(tree: Tree, api: Api) -> Outcome:
    """`spec/aliases.lock`; no file where everything is called as it was.

    Raises:
        BadInput: What was released last is damaged.
    """
    if not tree.glob(f"{RELEASED}/*"):
        return _NONE
    from ..diff import released  # only here, as this loads all that compares releases
    from ..diff.sides import plan_of
    from ..generate.aliases import FILE
    from .renames import aliases

    last = released.load(tree)
    found = aliases(last.plan, plan_of(tree, aliases=False)) if last else None
    if not found:
        return _NONE
    count = len(found.operations) + len(found.models)
    count += sum(len(names) for part in (found.arguments, found.fields) for names in part.values())
    return Outcome({FILE: found.text()}, f"{count} deprecated name{'' if count == 1 else 's'}")
