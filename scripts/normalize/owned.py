"""Says what to call a class that stands within a component: by the component's words and those of the place there.

| owner | place | name |
| --- | --- | --- |
| `Folder` | `folder_upload_email` | `FolderUploadEmail` |
| `Order` | `lines`, each | `OrderLine` |
| `Issue` | `assignee`, and each of `assignees` that is something else | `IssueAssignee`, `IssueAssigneesItem` |
| `Commit` | `commit` | `CommitDetails` |
| `ValidationError` | `errors`, each | `ValidationErrorItem` |
| `CodeownersErrors` | `errors`, each | `CodeownersError` |
| `CreateBudget` | `budget` | `CreateBudgetBudget`: the owner is none |
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from ..name.paths import JOINTS
from ..name.verbs import NOUNS, VERBS
from ..name.words import parts, pascal, singular
from .context import derived
from .titles import ordinal

_LONG = 50
"""Characters of a key from which on the owners between the first and the last are left out."""
_EACH = {"items": "Item", "additionalProperties": "Value"}
"""The word for each of many things at a place, where the place has none."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way from a component to a place in it."""

    tip: tuple[str, ...] = ()
    """The words of it."""
    each: tuple[str, ...] = ()
    """Of one of many: the words for all of them, and one for each."""
    waiting: frozenset[str] = frozenset()
    """The properties there that are left until flattening has made one of all that is said of each."""

    def to(self, part: str, key: Any, label: str, owner: str) -> Way:
        """The way on to what a schema has under a key of one of its parts, or to an alternative with a label."""
        if part == "properties":
            return Way((*self.tip, *(parts(key) or ("Field",))))
        if part == "prefixItems":
            return Way((*self.tip, ordinal(key)))
        if part in _EACH:
            one, each = singular(self.tip), (*self.tip, _EACH[part])
            return Way(one if one != self.tip else each, each)
        if label:
            return Way((*self.tip, *_beyond(parts(derived(owner)), parts(label))))
        return Way(self.tip, self.each)


def names(owner: str, first: str, way: Way) -> list[str]:
    """What to call what is on that way from its owner, the best first; the line of owners began with `first`."""
    said, tip, many = derived(owner), way.tip, bool(way.each)
    one = singular(parts(said))
    found = []
    if many and one != parts(said) and (tip in (("Item",), ("Value",)) or _ends_with(one, tip)):
        found.append(pascal(one))
    if pascal(tip[-2:]) == "DataItem":
        tip = (*tip[:-2], "Item")
    full = said + pascal(tip)
    if len(full) > _LONG:
        found.append(_once(derived(first), tip, many))
    found += [_once(said, tip, many), full, pascal(parts(owner)) + pascal(tip)]
    if many:
        found.append(said + pascal(way.each))
    return [*found, f"{full}Object"]


def _once(owner: str, tip: tuple[str, ...], many: bool) -> str:
    """The owner's words and those of the place; what the owner ends with is not said again."""
    said = parts(owner)
    if not _ends_with(said, tip):
        return owner + pascal(after(said, tip))
    before = said[: -len(tip)]
    if before[-1:] == ("With",):
        return pascal((*before[:-1], *tip))
    is_of_it = before and (before[-1].lower() in JOINTS or (len(before) == 1 and before[0].lower() in VERBS - NOUNS))
    return owner + pascal(tip if is_of_it else ("Item" if many else "Details",))


def after(owner: tuple[str, ...], tip: tuple[str, ...]) -> tuple[str, ...]:
    """The words to add to the owner's: without those that it ends with, `UploadEmail` after `Folder`."""
    for count in range(min(len(owner), len(tip) - 1), 0, -1):
        if _ends_with(owner, tip[:count]):
            return tip[count:]
    return tip


def _ends_with(owner: tuple[str, ...], tip: tuple[str, ...]) -> bool:
    return bool(tip) and _lower(owner[-len(tip) :]) == _lower(tip)


def _beyond(owner: tuple[str, ...], label: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an alternative without those that it begins with as its owner does, and what the owner ends with.

    `CreateOrderRequestByMail` of `UpdateOrderRequest` is its `ByMail`.
    """
    same = takewhile(lambda pair: pair[0].lower() == pair[1].lower(), zip(owner, label[:-1], strict=False))
    rest = label[sum(1 for _ in same) :]
    for end in range(len(rest) - 1, 1, -1):
        for start in range(end - 1):
            if _ends_with(owner, rest[start:end]):
                before = [word for word in rest[:start] if word.lower() not in VERBS and word != rest[end]]
                return (*before, *rest[end:])
    return rest


def _lower(said: tuple[str, ...]) -> list[str]:
    return [word.lower() for word in said]
