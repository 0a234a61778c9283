"""Says what to call what has no name of its own: an operation's body and answers, and what references reach inside.

PUT /files/{id}, `put_files_id`                                     UpdateFile
GET /pets, `listPets`                                               listPets
/paths/~1pets/get/responses/200/content/…/schema/items              ListPetsResponseItem
/components/schemas/Pet/properties/owner/allOf/1                    PetOwner
/components/responses/Missing/content/…/schema                      MissingResponse
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from itertools import chain, pairwise
from typing import Any

from ..name.paths import without_random
from ..name.verbs import CORE, NOUNS, VERBS, apart
from ..name.words import LONGEST, is_plural, parts, pascal, singular, without_tail, words
from .context import Json, derived
from .walk import METHODS, Operation

_VERBS = {"post": "create", "patch": "update", "put": "update", "delete": "delete"}
_SENDS = ("post", "put", "patch")
_LONG = 40
"""Characters of an operation's name from which on the first segments of its path are left out."""
_TOO_LONG = 60
"""Characters of an operationId that is no name."""
_HOLE = re.compile(r"\{[^{}]*\}")
_PLACE = re.compile(r"v\d+|api|rest")
_UNSAID = {"properties", "patternProperties", "schema", "content", "schemas", "components", "definitions", "$defs",
           "allOf", "anyOf", "oneOf"}  # fmt: skip
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
_HOMES = (["components", "schemas"], ["definitions"])
"""Where schemas have names."""
_KINDS = {"responses": "Response", "requestBodies": "Request", "headers": "Header", "parameters": ""}


def operation_words(operation: Operation) -> tuple[str, ...]:
    """The words that name an operation: its operationId, or what its method does with what its path leads to."""
    path = words(operation.path)
    said = apart(operation_id(operation), frozenset((*path, *(one for word in path for one in singular((word,))))))
    lowered = tuple(word.lower() for word in said)
    said = said[: len(without_tail(lowered, operation.path, operation.method))]
    said = tuple(word for word in said if word.lower() not in ("controller",))
    if not said or len("".join(said)) > _TOO_LONG or _repeats(operation, lowered, path):
        said = tuple(_spoken(operation))
    return tuple(word for word in said if word.isascii()) or ("operation",)


def whole_words(operation: Operation) -> tuple[str, ...]:
    """What tells an operation from others whose words are the same: all of its path."""
    return _spoken(operation, LONGEST)


def operation_id(operation: Operation) -> tuple[str, ...]:
    """The words of the operationId that identifiers can have."""
    given = operation.value.get("operationId")
    return tuple(word for word in parts(given) if word.isascii()) if isinstance(given, str) else ()


def _repeats(operation: Operation, said: tuple[str, ...], path: Iterable[str]) -> bool:
    """Whether an operationId says no more than method and path: `put_files_id`, `PostCustomersCustomer`."""
    method = operation.method.lower()
    return method in _SENDS and said[:1] == (method,) and {*said} <= {method, "id", *path}


def _spoken(operation: Operation, most: int = _LONG) -> tuple[str, ...]:
    """What the method does with what the path leads to; a verb in the path says it better than the method."""
    path, _, mark = operation.path.partition("#")
    things, marks = _things(path, most), words(mark)
    if operation.kind != "path":
        return tuple(chain(*things, marks))
    verb = _VERBS.get(operation.method, operation.method.lower())
    if marks and marks[0] in VERBS:
        verb, marks = marks[0], marks[1:]
    elif operation.method == "post" and len(things) > 1 and _begins_with_verb(things[-1]):
        verb, *rest = things.pop()
        things += [singular(things.pop()), tuple(rest)] if rest else []
    elif told := _told_verb(operation, things):
        verb = told
    elif verb == "create" and path.endswith("}"):
        verb = "update"
    elif verb == "create" and things and things[-1][0] not in VERBS:
        things[-1] = singular(things[-1])
    return (verb, *chain(*things), *marks)


def _begins_with_verb(said: tuple[str, ...]) -> bool:
    """Whether the last segment of a path says what to do: `feed`, `feed_twice`; `upload_sessions` are things."""
    return said[0] in VERBS and (len(said) == 1 or not (said[0] in NOUNS or is_plural(said[-1])))


def _told_verb(operation: Operation, things: list[tuple[str, ...]]) -> str:
    """The verb with which a summary begins, where the HTTP method has no meaning that all agree on; or nothing."""
    to_one, many = operation.path.endswith("}"), bool(things) and is_plural(things[-1][-1])
    if operation.method not in _SENDS or (operation.method != "post" if to_one else many):
        return ""
    first = words(str(operation.value.get("summary", "")))[:1]
    return first[0] if first and first[0] in VERBS - CORE and first[0] not in chain(*things) else ""


def _things(path: str, most: int) -> list[tuple[str, ...]]:
    """The words of each fixed segment, of one thing where a parameter follows; of long paths the last ones."""
    split = re.split(r"/|:(?![^{]*\})", path.partition("?")[0])
    steps = ["{}" if step.isdecimal() else step for step in split if step]  # `/folders/0` is one of the folders
    found = [
        (words(without_random(_HOLE.sub(" ", step))), _HOLE.match(after)) for step, after in pairwise([*steps, ""])
    ]
    things = [singular(name) if one else name for name, one in found if name]
    while len(things) > 1 and (_PLACE.fullmatch("".join(things[0])) or len("".join(chain(*things))) > most):
        del things[0]
    return things


def answer_title(status: str, first: str) -> str:
    """The word for what is answered with a status; `first` is the first that means success."""
    if is_error(status) and first:
        told = phrase(status)
        return told if told.endswith("Error") else f"{told}Error"
    return "Response" if status == first else f"{phrase(status)}Response"


def is_error(status: str) -> bool:
    """Whether a status is none of success."""
    return status[:1] in ("4", "5") or status == "default"


def phrase(status: str) -> str:
    """The words that HTTP has for a status: `NotFound`."""
    try:
        return pascal(parts(HTTPStatus(int(status)).phrase))
    except ValueError:
        return {"4": "Client", "5": "Server"}.get(status[:1], "")


def first_success(value: Json) -> str:
    """The first status of an operation that means success; empty where there is none."""
    responses = value.get("responses")
    return next((key for key in responses if key[:1] == "2"), "") if isinstance(responses, dict) else ""


def title_of(steps: list[str], document: Any) -> str:
    """What to call a schema that has no name, by the keys on the way to it from the document's root."""
    if len(steps) > 3 and steps[0] == "paths" and steps[2] in METHODS:
        operation = Operation(document["paths"][steps[1]][steps[2]], steps[2], steps[1], "")
        return derived(pascal(operation_words(operation))) + _in_operation(operation, steps[3:])
    if len(steps) > 3 and steps[:1] == ["components"] and steps[1] in _KINDS:
        return derived(steps[2]) + _KINDS[steps[1]] + _tip(steps[3:])
    start = next((len(home) + 1 for home in _HOMES if steps[: len(home)] == home != steps), 0)
    said = steps if start else [step for step in steps if "/" not in step][-4:]
    return (derived(said[start - 1]) + _tip(steps[start:])) if start else _tip(said)


def _in_operation(operation: Operation, steps: list[str]) -> str:
    if steps[0] == "responses" and len(steps) > 1:
        return answer_title(steps[1], first_success(operation.value)) + _tip(steps[2:])
    return ("Request" if steps[0] == "requestBody" else pascal(parts(steps[0]))) + _tip(steps[1:])


def ordinal(index: int) -> str:
    """What to call what stands at a position."""
    return _ORDINALS[index] if index < len(_ORDINALS) else f"Item{index + 1}"


def _tip(steps: list[str]) -> str:
    said: tuple[str, ...] = ()
    for before, step in zip(["", *steps], steps, strict=False):
        if before == "prefixItems" and step.isdecimal():
            said += (ordinal(int(step)),)
        elif step in ("items", "additionalProperties") and before not in ("properties", "patternProperties"):
            one = singular(said)
            said = one if one != said else (*said, "Item" if step == "items" else "Value")
        elif before == "properties" or not (step in _UNSAID or step.isdecimal() or "/" in step):
            said += parts(step)
    return pascal(said) if said else ""
