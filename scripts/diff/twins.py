"""What only got another name: a field or an argument that is the same as before in all else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeVar

from ..generate.plan import Argument, Field

F = TypeVar("F", bound=Field)


def twins(gone: Iterable[F], new: Iterable[F]) -> list[tuple[F, F]]:
    """Pairs that are the same in all but the name, where that says something and nothing else is like them."""
    before, after = _by_nature(gone), _by_nature(new)
    return [(before[key][0], after[key][0]) for key in before if len(before[key]) == len(after.get(key, ())) == 1]


def _by_nature(fields: Iterable[F]) -> dict[str, list[F]]:
    """The fields that say what they are, by a description or by their values, grouped by that."""
    found: dict[str, list[F]] = {}
    for field in fields:
        if field.text.strip() or field.schema.get("enum"):
            place = field.place if isinstance(field, Argument) else ""
            key = json.dumps([place, field.required, field.text, field.schema], sort_keys=True, default=str)
            found.setdefault(key, []).append(field)
    return found
