"""Applies a person's corrections to a document: OpenAPI Overlay 1.0 and 1.1, read strictly.

An action that does nothing is a problem, not a no-op: it once corrected the pages, and they changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from .documents import Document, pointer
from .json_text import MAX_DEPTH
from .problems import Problem

if TYPE_CHECKING:
    import jsonpath

FILE = "spec/overlay.yaml"

_VERSIONS = ("1.0.", "1.1.")
_KEYS = frozenset({"target", "description", "update", "remove", "copy"})
_DESCRIPTION = "Write why the correction is needed and where that was learned."


@cache
def _paths() -> jsonpath.JSONPathEnvironment:
    """RFC 9535 and nothing beyond it."""
    import jsonpath  # only where an overlay is read, as loading this takes longer than most steps

    paths = jsonpath.JSONPathEnvironment(strict=True)
    paths.max_recursion_depth = MAX_DEPTH + 1
    return paths


@dataclass(frozen=True)
class Applied:
    """A document after its corrections."""

    data: Any
    problems: tuple[Problem, ...]
    decided: frozenset[str]
    """Those of the contested pointers that an action touched."""


@dataclass(frozen=True)
class _Refused(Exception):
    """Why one action cannot be applied."""

    key: str
    what: str
    fix: str


def query(*keys: str | int) -> str:
    """The JSONPath that selects the value which these keys lead to, as a person would write it into an action."""
    steps = (f"[{key}]" if isinstance(key, int) else f".{key}" if _plain(key) else f"[{literal(key)}]" for key in keys)
    return "$" + "".join(steps)


def _plain(key: str) -> bool:
    return key.isascii() and key.isidentifier()


def literal(key: str) -> str:
    """The text as JSONPath writes it, quoted."""
    escaped = key.replace("\\", "\\\\").replace("'", "\\'")
    return "'" + "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in escaped) + "'"


def apply(data: Any, overlay: Document, contested: Iterable[str] = ()) -> Applied:
    """The document with every action applied in order that has a clear effect, and all problems of all actions.

    `contested` are JSON pointers of places on which sources disagree; an action there may confirm what stands.
    """
    contested = frozenset(contested)
    problems = list(_malformed(overlay))
    data, decided = copied(data), set[str]()
    for number, action in _actions(overlay):
        malformed = list(_malformed_action(overlay, pointer("actions", number), action))
        problems += malformed
        if malformed and not _can_act(action):
            continue
        try:
            data, touched = _act(data, action)
            decides = {place for place in contested if any(touch.decides(place) for touch in touched)}
            if not (decides or any(touch.changed for touch in touched)):
                key = "remove" if action.get("remove") is True else "update" if "update" in action else "copy"
                raise _Refused(key, "changes nothing", "Remove the action: the document says this already.")
            decided |= decides
        except _Refused as refused:
            what = f"The action on {action.get('target')!r} {refused.what}."
            problems.append(overlay.problem(pointer("actions", number, refused.key), what, refused.fix))
    return Applied(data, tuple(problems), frozenset(decided))


def _actions(overlay: Document) -> Iterator[tuple[int, Any]]:
    actions = overlay.data.get("actions") if isinstance(overlay.data, dict) else None
    yield from enumerate(actions if isinstance(actions, list) else ())


def _can_act(action: Any) -> bool:
    """Whether it is clear what a malformed action would do, so that it and those after it can be judged further."""
    if not isinstance(action, dict) or not isinstance(action.get("target"), str):
        return False
    ways = ("update" in action) + ("copy" in action) + (action.get("remove") is True)
    return ways == 1 and isinstance(action.get("copy", ""), str)


def copied(value: Any) -> Any:
    """The value with no part shared: YAML aliases make one object stand in several places."""
    if isinstance(value, dict):
        return {key: copied(child) for key, child in value.items()}
    if isinstance(value, list):
        return [copied(child) for child in value]
    return value


def _malformed(overlay: Document) -> Iterator[Problem]:
    """What makes the file no overlay, its actions aside; every such thing at once."""
    data = overlay.data
    if not isinstance(data, dict):
        yield overlay.problem("", "This is no overlay.", "Write a mapping with overlay, info and actions.")
        return
    if not str(data.get("overlay", "")).startswith(_VERSIONS):
        yield overlay.problem("/overlay", "The overlay's version is missing or unknown.", "Write `overlay: 1.0.0`.")
    info = data.get("info")
    if not isinstance(info, dict) or not {"title", "version"} <= info.keys():
        yield overlay.problem("/info", "The overlay has no title or no version.", "Write both below `info`.")
    for key in data.keys() - {"overlay", "info", "extends", "actions"}:
        if not key.startswith("x-"):
            yield overlay.problem(pointer(key), f"An overlay has no {key!r}.", "Remove it, or correct the spelling.")
    actions = data.get("actions")
    if not isinstance(actions, list) or not actions:
        yield overlay.problem("/actions", "The overlay has no actions.", "Write one, or delete the file.")


def _malformed_action(overlay: Document, place: str, action: Any) -> Iterator[Problem]:
    if not isinstance(action, dict):
        yield overlay.problem(place, "This is no action.", "Write a mapping with target, description and update.")
        return
    if not isinstance(action.get("target"), str):
        fix = "Write a JSONPath (RFC 9535) as its `target`."
        yield overlay.problem(f"{place}/target", "The action has no target.", fix)
    if not isinstance(action.get("description"), str) or not action["description"].strip():
        yield overlay.problem(f"{place}/description", "The action has no description.", _DESCRIPTION)
    if "remove" in action and not isinstance(action["remove"], bool):
        yield overlay.problem(f"{place}/remove", "`remove` is neither true nor false.", "Write `remove: true`.")
    if "copy" in action and not isinstance(action["copy"], str):
        yield overlay.problem(f"{place}/copy", "`copy` is no JSONPath.", "Write the path of one value.")
    if ("update" in action) + ("copy" in action) + (action.get("remove") is True) != 1:
        fix = "Write exactly one of `update`, `remove: true` and `copy`."
        yield overlay.problem(place, "It is not clear what the action does.", fix)
    for key in action.keys() - _KEYS:
        if not key.startswith("x-"):
            fix = "Remove it, or correct the spelling."
            yield overlay.problem(place + pointer(key), f"An action has no {key!r}.", fix)


@dataclass(frozen=True)
class _Touch:
    """A place that an action speaks of."""

    place: str
    """As a JSON pointer."""
    changed: bool
    removed: bool = False

    def decides(self, contested: str) -> bool:
        """Whether a person who wrote this must have had the contested place in mind."""
        inside = self.place == contested or self.place.startswith(f"{contested}/")
        return inside or (self.removed and contested.startswith(f"{self.place}/"))


def _act(data: Any, action: dict[str, Any]) -> tuple[Any, list[_Touch]]:
    """The document after the action, and what it touched.

    Raises:
        _Refused: Its paths select nothing or the wrong thing; the document is as before.
    """
    places = _select(data, action["target"], "target")
    if not places:
        raise _Refused("target", "matches nothing", "Correct its target, or remove it if the pages were corrected.")
    if action.get("remove") is True:
        return _remove(data, places), [_Touch(pointer(*place), changed=True, removed=True) for place in places]
    value = action["update"] if "update" in action else _copy_source(data, action["copy"])
    for place in places:
        _check(_at(data, place), value)
    touched: list[_Touch] = []
    for place in places:
        before = _at(data, place)
        after = _merged(before, value)
        changed = after != before or type(after) is not type(before)
        touched += [_Touch(pointer(*place, *inside), changed) for inside in _leaves(value)]
        data = _put(data, place, after)
    return data, touched


def _select(data: Any, path: str, key: str) -> list[tuple[str | int, ...]]:
    import jsonpath

    try:
        places = [tuple(match.parts) for match in _paths().finditer(path, data)]
    except (jsonpath.JSONPathError, RecursionError, ValueError, AttributeError) as error:
        # AttributeError: a few malformed filters break the library's own checks.
        reason = str(error.args[0]).splitlines()[0] if error.args and error.args[0] else "unreadable"
        fix = "Correct it by RFC 9535; a path key is written $.paths['/name']."
        raise _Refused(key, f"has an invalid JSONPath ({reason})", fix) from None
    return list(dict.fromkeys(places))


def _copy_source(data: Any, path: str) -> Any:
    places = _select(data, path, "copy")
    if len(places) != 1:
        raise _Refused("copy", f"copies from {path!r}, which matches {len(places)} values", "Select exactly one value.")
    return copied(_at(data, places[0]))


def _remove(data: Any, places: list[tuple[str | int, ...]]) -> Any:
    if () in places:
        raise _Refused("target", "removes the whole document", "Name what is to be removed.")
    for place in sorted(places, key=_deepest_and_last_first, reverse=True):
        del _at(data, place[:-1])[place[-1]]
    return data


def _deepest_and_last_first(place: tuple[str | int, ...]) -> tuple[int, tuple[tuple[bool, str | int], ...]]:
    return len(place), tuple((isinstance(key, int), key) for key in place)


def _check(before: Any, value: Any) -> None:
    """Refuses an update of an object by something else, and of a plain value by a structure."""
    if isinstance(before, dict) != isinstance(value, dict) and not isinstance(before, list):
        fix = "Give an object to update an object, and a plain value to replace a plain value."
        raise _Refused("update", "puts an unlike thing in the place of what stands there", fix)
    if isinstance(value, list) and not isinstance(before, list):
        fix = "Select the object that holds the value, and update that."
        raise _Refused("update", "puts a list in the place of a plain value", fix)


def _merged(before: Any, value: Any) -> Any:
    """What becomes of a value: objects are merged, lists grow, anything else is replaced.

    Before: {type: object, required: [a]}, update: {required: [b], title: T}
    After:  {type: object, required: [a, b], title: T}
    """
    if isinstance(before, dict) and isinstance(value, dict):
        new = {key: _merged(before[key], child) if key in before else copied(child) for key, child in value.items()}
        return before | new
    if isinstance(before, list):
        return before + copied(value if isinstance(value, list) else [value])
    return copied(value)


def _leaves(value: Any) -> list[tuple[str, ...]]:
    """Where the values of an update stand in it."""
    if not isinstance(value, dict) or not value:
        return [()]
    return [(key, *inside) for key, child in value.items() for inside in _leaves(child)]


def _at(data: Any, place: tuple[str | int, ...]) -> Any:
    for key in place:
        data = data[key]
    return data


def _put(data: Any, place: tuple[str | int, ...], value: Any) -> Any:
    if not place:
        return value
    _at(data, place[:-1])[place[-1]] = value
    return data
