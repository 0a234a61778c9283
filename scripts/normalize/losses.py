"""Tells what schemas say that the canonical document has no words for: never silently, and never by the thousand.

Pet:                                        Pet:
  type: object                                type: object
  not: {required: [wings]}          ->        additionalProperties: {type: string}
  patternProperties:
    ^x-: {type: string}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..documents import Document
from .context import Context, Json
from .dialect import are_literals
from .keywords import compiles

MOST = 10
"""Problems told of one keyword; the rest are counted."""
_EVERY_KEY = ("", ".*", "^.*", ".*$", "^.*$")
_LIMITS = ("contains", "dependencies", "dependentRequired", "dependentSchemas", "unevaluatedItems",
           "unevaluatedProperties")  # fmt: skip


def _said(value: Any) -> bool:
    return value not in (None, False, True, {}, [])


def _unlike(value: Any) -> bool:
    """Whether the items' positions tell them apart."""
    return isinstance(value, list) and any(item != value[0] for item in value)


def _choosy(value: Any) -> bool:
    """Whether the patterns tell keys apart, or keep keys out."""
    return isinstance(value, dict) and any(pattern not in _EVERY_KEY for pattern in value)


def _unreadable(value: Any) -> bool:
    return not (isinstance(value, str) and compiles(value))


_ANY_POSITION = "Each item may be any of those listed, at any position."
_ANY_VALUE = "Types list text, whole numbers, booleans and null only, so any value of its type is allowed."
_LEFT_OUT = "It is left out; what stands beside it holds."
_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "not": (lambda value: value is not False, "What it forbids is allowed."),
    "if": (_said, "Its `then` and `else` are left out; what stands beside it holds."),
    "patternProperties": (_choosy, "Values are read as `additionalProperties`, whatever their key."),
    "prefixItems": (_unlike, _ANY_POSITION),
    "items": (_unlike, _ANY_POSITION),
    "propertyNames": (lambda value: _said(value) and value != {"type": "string"}, "Any key is allowed."),
    "enum": (lambda value: value != [] and not are_literals(value), _ANY_VALUE),
    "const": (lambda value: not are_literals([value]), _ANY_VALUE),
    "pattern": (_unreadable, "Python cannot read the expression, so any text is allowed."),
    **dict.fromkeys(_LIMITS, (_said, _LEFT_OUT)),
}
"""By keyword: whether its value will be lost, and what holds instead."""


class Losses:
    """What was met on the way through all schemas, each place once however often it is copied."""

    def __init__(self) -> None:
        self._found: dict[str, dict[tuple[str, str], dict[str, Document]]] = {keyword: {} for keyword in _RULES}
        """By keyword, then by file and component or operation: the places, as pointers."""

    def note(self, schema: Json, document: Document, pointer: str) -> None:
        """Remembers what of a schema, as its source wrote it, will be lost."""
        for keyword in _RULES.keys() & schema.keys():
            if _RULES[keyword][0](schema[keyword]):
                part = document.where, _part(pointer)
                self._found[keyword].setdefault(part, {})[pointer] = document

    def tell(self, context: Context) -> None:
        """One settled problem per keyword of a component or an operation, and one for all beyond `MOST` of them."""
        for keyword, parts in self._found.items():
            places = list(parts.values())
            for found in places[:MOST]:
                more = f", nor in {_places(len(found) - 1)} of the same part" if len(found) > 1 else ""
                _tell(context, keyword, found, f"`{keyword}` cannot be expressed here{more}.")
            rest = places[MOST:]
            if rest:
                count = _places(sum(map(len, rest)))
                _tell(context, keyword, rest[0], f"`{keyword}` cannot be expressed in {count}; the first is here.")


def _tell(context: Context, keyword: str, places: dict[str, Document], what: str) -> None:
    pointer, document = next(iter(places.items()))
    change = "remove: true, and one that says it otherwise"
    context.tell(document, f"{pointer}/{keyword}", what, _RULES[keyword][1], change)


def _places(number: int) -> str:
    return f"{number} more place{'s' if number != 1 else ''}"


def _part(pointer: str) -> str:
    """The component or operation that a place is in."""
    steps = pointer.split("/")
    return "/".join(steps[: 3 if steps[1:2] == ["definitions"] else 4])
