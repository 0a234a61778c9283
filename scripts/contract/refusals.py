"""Answers that the document refuses at one place: strict clients must raise, lenient ones say where and read on."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import jsonschema_rs

from .calls import Call
from .catalog import Operation
from .drawn import Draw, one_of
from .equality import json_differences
from .replay import MODES, Answer, Job, Rows

Place = tuple[str | int, ...]

_PLACES = 40
"""Places of one body among which the wrong one is."""
_ODD: tuple[Any, ...] = ({"odd": 1}, [["odd"]], "odd", 0.5, True)
"""Values of each type, to stand where the document wants another."""
_LACKS = "nothing"
_LOOKED_AT = ("type", "required", "const")


@dataclass(frozen=True)
class Refusal:
    """An answer with one place that is wrong."""

    call: Call
    status: int
    media_type: str
    place: Place
    body: Any


def drawn(draw: Draw, valid: Any) -> tuple[Place, Any]:
    """A place of a body, and the body with nothing or with a value of another type there."""
    places = list(islice(_places(valid), _PLACES))
    place = one_of(draw, places)
    options = [odd for odd in _ODD if type(odd) is not type(_at(valid, place))]
    lacks = [_LACKS] if place and isinstance(place[-1], str) else []
    odd = one_of(draw, [*lacks, *options])
    return place, _changed(valid, place, odd)


def is_one(errors: Sequence[jsonschema_rs.ValidationError]) -> bool:
    """Whether a body is wrong in what clients look at, and in nothing else: members, types, and kinds of objects."""
    return bool(errors) and all(error.kind.name in _LOOKED_AT or _fits_none(error) for error in errors)


def _fits_none(error: jsonschema_rs.ValidationError) -> bool:
    """Whether a value is none of those that are chosen from, each for a member or a type."""
    arms: list[list[jsonschema_rs.ValidationError]] = getattr(error.kind, "context", [])
    return bool(arms) and all(any(one.kind.name in _LOOKED_AT for one in arm) for arm in arms)


def job(
    operation: Operation, refusal: Refusal, strict: tuple[str, ...] = MODES, lenient: tuple[str, ...] = MODES
) -> Job:
    """The answer to strict clients of these kinds, then to lenient ones."""
    headers, text = (("Content-Type", refusal.media_type),), json.dumps(refusal.body)
    answers = (
        Answer("strict", refusal.status, headers, text, strict=True, modes=strict),
        Answer("lenient", refusal.status, headers, text, watched=True, modes=lenient),
    )
    return Job(refusal.call, answers, (), operation.elsewhere)


def failure(refusal: Refusal, rows: Rows) -> str:
    """What the package made of it, where that is wrong."""
    for mode, (strict, lenient) in rows.items():
        wrong = "a strict client accepts it" if strict and "raised" not in strict else ""
        told, more = ("", "") if wrong or not lenient else _lenient(refusal, lenient)
        if wrong or told:
            return f"{mode}: {wrong or told}: wrong at {_shown(refusal.place)}{more}"
    return ""


def _lenient(refusal: Refusal, result: dict[str, Any]) -> tuple[str, str]:
    """What a lenient client made of it, where that is wrong, and what there is to say of it besides."""
    if "raised" in result:
        return f"a lenient client raises {result['raised']}", ""
    if difference := next(json_differences(refusal.body, result["value"]), None):
        return "a lenient client changes it", f": {difference}"
    told = [one for one in result["drifts"] if not _is_about(one, refusal.place)]
    if told or not result["drifts"]:
        return f"drift is told at {', '.join(told) or 'no place'}", ""
    return "", ""


def _places(value: Any) -> Iterator[Place]:
    todo: list[tuple[Place, Any]] = [((), value)]
    while todo:
        place, node = todo.pop(0)
        yield place
        items: Iterable[tuple[str | int, Any]] = ()
        if isinstance(node, dict):
            items = node.items()
        elif isinstance(node, list):
            items = enumerate(node[:1])
        todo += [((*place, key), child) for key, child in items]


def _at(value: Any, place: Place) -> Any:
    for key in place:
        value = value[key]
    return value


def _changed(value: Any, place: Place, new: Any) -> Any:
    if not place:
        return new
    changed = copy.deepcopy(value)
    holder = _at(changed, place[:-1])
    if new is _LACKS:
        del holder[place[-1]]
    else:
        holder[place[-1]] = copy.deepcopy(new)
    return changed


def _is_about(drift: str, place: Place) -> bool:
    """Whether drift is told at a place, in it, or around it: of a union, the client may say no more."""
    said = _STEP.findall(drift)
    wanted = ["[*]" if isinstance(key, int) else _member(key) for key in place]
    return all(one in (".*", other) for one, other in zip(said, wanted, strict=False))


_STEP = re.compile(r"""\[\*\]|\.[^.\[]+|\[(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\]""")
"""A step of a path of drift: an item, any member, a member, a quoted one."""


def _shown(place: Place) -> str:
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else _member(key) for key in place)


def _member(name: str) -> str:
    return f".{name}" if name.isidentifier() and len(name) < 80 else f"[{name[:80]!r}]"
