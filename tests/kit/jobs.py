"""Arguments made from the document for every operation of a generated package."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts.contract import catalog, made
from scripts.tree import Tree


def jobs(project: Path) -> list[dict[str, Any]]:
    """For each operation a call with what it must have, and one with all that it can have."""
    known = catalog.load(Tree(project))
    found = []
    for operation in [
        replace(one, plan=plan)
        for one in known.operations.values()
        for plan in (one.plan, one.plan.streamed)
        if plan is not None
    ]:
        least = made.call(known, operation)
        every, _ = made.filled(known, operation.plan, least, [one.wire for one in operation.plan.arguments])
        found += [{"operation": call.operation, "arguments": call.arguments} for call in (least, every)]
    return found
