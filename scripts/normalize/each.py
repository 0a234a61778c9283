"""Changes each schema by itself, and only those that the last run did not have.

A pass of one schema looks at nothing but that schema and what stands in it, so what several such passes make of it is
kept under its content. Where there is a problem to tell, nothing is kept: every place tells it.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import Any

from ..cache import Parts, frozen
from .context import Context, Json
from .walk import Root, Slot, inside, roots

Tell = Callable[[str, str], None]
"""Is told the pointer of what cannot be expressed, and what it is."""
OneSchema = Callable[[Slot, Tell], None]
"""Changes one schema, whose inner schemas are changed already."""


def change_each(document: Json, context: Context, passes: tuple[OneSchema, ...], parts: Parts | None) -> None:
    """Every schema is as the passes leave it, one pass after the other; what they made is kept in the parts, if any."""
    places = [(root, frozen(root.schema)) for root in roots(document, context)]
    if parts is None:
        for root, said in places:
            root.put(_changed(said, root, passes, context.degrade))
        return
    made = parts.made((said for _, said in places), lambda missing: {said: _quietly(said, passes) for said in missing})
    for root, said in places:
        root.put(_changed(said, root, passes, context.degrade) if made[said] is None else marshal.loads(made[said]))


def _quietly(said: bytes, passes: tuple[OneSchema, ...]) -> bytes | None:
    """What becomes of a schema; None where there is something to tell."""
    told: list[object] = []
    changed = _changed(said, Root({}, "", ""), passes, lambda *problem: told.append(problem))
    return None if told else frozen(changed)


def _changed(said: bytes, place: Root, passes: tuple[OneSchema, ...], tell: Tell) -> Any:
    top = Slot({place.key: marshal.loads(said)}, place.key, place.pointer)
    for change in passes:
        for slot in inside(top):
            change(slot, tell)
    return top.schema
