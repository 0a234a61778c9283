"""Which operation of one document is which of another, whatever became of its path and its name."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial
from operator import attrgetter

from ..generate.plan import Operation, Plan

_HOLE = re.compile(r"\{[^}]*\}")


def pairs(old: Plan, new: Plan) -> Iterator[tuple[Operation | None, Operation | None]]:
    """The same operation in both; None where one side has no such thing.

    In this order: by its pointer, its request, its name, its operationId, by what it takes and gives under the same
    method's name, and by a segment of the path under which its siblings moved.
    """
    before, after = list(old.operations), list(new.operations)
    moved: set[tuple[str, str]] = set()
    for same in (attrgetter("pointer"), request_key, attrgetter("id"), _given, _form):
        for match in _matched(before, after, same):
            moved.update(_move(*match))
            yield match
    for one, other in sorted(moved):
        yield from _matched(before, after, partial(_moved, one, other))
    yield from ((None, operation) for operation in after)
    yield from ((operation, None) for operation in before)


def _matched(
    before: list[Operation], after: list[Operation], same: Callable[[Operation], Hashable]
) -> list[tuple[Operation, Operation]]:
    """The operations that have one and the same key, and no other has; they are taken out of both lists."""
    once = [{key for key, n in Counter(map(same, side)).items() if n == 1 and key} for side in (before, after)]
    known = {key: operation for operation in before if (key := same(operation)) in once[0] & once[1]}
    found = [(known[key], operation) for operation in after if (key := same(operation)) in known]
    for side, taken in zip((before, after), zip(*found, strict=True), strict=False):
        gone = set(map(id, taken))
        side[:] = [operation for operation in side if id(operation) not in gone]
    return found


def request_key(operation: Operation) -> tuple[str, str]:
    """Its verb, and its path whatever the parameters are called."""
    return operation.verb, _HOLE.sub("{}", operation.pointer.split("/")[2])


def _given(operation: Operation) -> str:
    return operation.given


def _form(operation: Operation) -> Hashable:
    """What it does, by what callers write and get; None where that could be anything."""
    wires = sorted((a.place, a.wire) for a in operation.arguments if a.place != "path")
    results = [answer.schema for answer in operation.successes if answer.schema]
    says_enough = len(wires) > 1 or any("$ref" in json.dumps(one) for one in results)
    if not says_enough:
        return None
    holes = sum(argument.place == "path" for argument in operation.arguments)
    return operation.verb, operation.method, holes, tuple(wires), json.dumps(results, sort_keys=True, default=str)


def _move(before: Operation, after: Operation) -> Iterable[tuple[str, str]]:
    """The segment of the path that is another now, if it is only one."""
    old, new = (_HOLE.sub("{}", operation.path).split("/") for operation in (before, after))
    differ = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
    return differ if len(old) == len(new) and len(differ) == 1 else ()


def _moved(old: str, new: str, operation: Operation) -> Hashable:
    """The request with one segment called as it is now."""
    path = _HOLE.sub("{}", operation.path).split("/")
    return operation.verb, tuple(new if part == old else part for part in path)
