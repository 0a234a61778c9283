"""Names what the HTTP method does with what the path leads to: the verb of the operationId where that says more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .calls import Call
from .verbs import CORE, plain, undoes
from .words import singular, snake, words

_PLAIN = CORE | {"create_or_update", "set", "update", "replace", "upsert"}
_READING_TEXT = """
check compare count download export lookup ping poll preview test validate verify
"""
_READING = frozenset(_READING_TEXT.split())
"""Verbs of a GET that say more than that something is read."""
_FINDING = frozenset({"lookup", "query", "search"})
_CLEARING = frozenset({"clear", "delete", "remove"})


@dataclass(frozen=True)
class Place:
    """What stands around a call."""

    others: Mapping[str, Call]
    """The calls of the same path by HTTP method, this one among them."""
    has_things: bool
    """Whether the path is a collection: another one leads to one thing of it."""
    has_parent_post: bool
    """Whether a thing is made by a POST to the collection that the path is in."""
    lists: bool
    """Whether many things are answered."""
    on_one: frozenset[str] = frozenset()
    """The methods of one thing of this collection."""


def method(call: Call, place: Place) -> str:
    """The method's name: `list`, `create`, or what the operationId says it does."""
    said = _said(call, place)
    if call.verb == "get":
        return "list" if place.lists else said if said in _READING else "retrieve"
    if call.verb not in _NAMING:
        return snake(words(call.verb)) or "call"
    name = _NAMING[call.verb](call, place, said)
    is_of_many = name in place.on_one and not call.path.ends_in_hole
    return f"{name}_many" if is_of_many and name != "create" and not name.endswith("_all") else name


def _said(call: Call, place: Place) -> str:
    """The verb of the operationId; that of the summary where the HTTP method has no meaning that all agree on."""
    is_plain = place.has_things or call.path.ends_in_hole
    if is_plain and not (call.verb == "post" and place.others.keys() & {"patch", "put"}):
        return call.said_by_id
    return call.said_by_id or call.said_by_summary


def _post(call: Call, place: Place, said: str) -> str:
    if plain(said) in ("list", "retrieve"):
        return "list" if place.lists else plain(said)
    if call.path.ends_in_hole and said != "add":
        stands_for_create = not said and place.others.keys() & {"patch", "put"}
        return plain(said) or ("create" if stands_for_create or len(place.others) == 1 else "update")
    if said == "add" and (call.path.ends_in_hole or _removes(place)):
        return "add"
    return plain(said) or _finding(call) or "create"


def _finding(call: Call) -> str:
    """The verb that path and operationId end with where it only finds something: `search` of `/points/search`."""
    last = call.path.fixed[-1].words[-1:] if call.path.fixed and not call.path.ends_in_hole else ()
    return last[0] if {*last} & _FINDING and call.says_last else ""


def _removes(place: Place) -> bool:
    return "delete" in place.others and place.others["delete"].said_by_id == "remove"


def _put(call: Call, place: Place, said: str) -> str:
    said = said or call.front
    fallback = "replace" if "patch" in place.others or place.has_things else "update"
    if _is_undone(call, place):
        return "add" if _is_of(call, call.first_verb) else call.first_verb
    if said == "add":
        return said
    if plain(said) == "create":
        return fallback if _posts_create(place) else "create"
    if (plain(said) == "update" and "patch" in place.others) or (said == "set" and not _is_of_many(call, place)):
        return fallback
    return plain(said) or fallback


def _posts_create(place: Place) -> bool:
    """Whether what a PUT would create is made by a POST."""
    if "post" in place.others:
        return plain(place.others["post"].said_by_id) in ("create", "")
    return place.has_parent_post


def _is_of_many(call: Call, place: Place) -> bool:
    return place.has_things or (not call.path.ends_in_hole and call.path.fixed[-1].plural)


def _patch(call: Call, place: Place, said: str) -> str:
    return said if said and plain(said) not in _PLAIN else "update"


def _delete(call: Call, place: Place, said: str) -> str:
    made = place.others.get("put") or place.others.get("post")
    if made and _is_undone(made, place):
        return "remove" if _is_of(call, made.first_verb) else call.first_verb
    if made and said == "remove" and (made.first_verb == "add" or plain(made.said_by_id) not in {"", *_PLAIN}):
        return said
    if said in _CLEARING and call.says_all:
        return "delete_all"
    if said and said not in _CLEARING | _PLAIN:
        return f"{said}_all" if call.says_all else said
    return "delete"


_NAMING = {"post": _post, "put": _put, "patch": _patch, "delete": _delete}


def _is_undone(call: Call, place: Place) -> bool:
    """Whether a DELETE of the same path undoes it: `block-user` and `unblock-user`."""
    other = place.others.get("delete")
    return other is not None and bool(call.first_verb) and undoes(other.first_verb, call.first_verb)


def _is_of(call: Call, verb: str) -> bool:
    """Whether the collection is called by the verb, so that one adds to it: `block` of `/blocks/{user}`."""
    last = call.path.fixed[-1:]
    return bool(last) and call.path.ends_in_hole and singular(last[0].words)[-1] == verb
