"""Tells what the source says that the canonical document has no words for: never silently, and never by the thousand.

Pet:                                        Pet:
  type: object                                type: object
  not: {required: [wings]}          ->        additionalProperties: {type: string}
  required: name
  patternProperties:
    ^x-: {type: string}
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..documents import Document, escape
from .context import MOST, Context, Json
from .dialect import are_literals, may_be_shorter
from .keywords import compiles

_EVERY_KEY = ("", ".*", "^.*", ".*$", "^.*$")
_LIMITS = ("contains", "dependencies", "dependentRequired")


def _said(value: Any) -> bool:
    return value not in (None, False, True, {}, [])


def _unlike(value: Any) -> bool:
    """Whether the items' positions tell them apart."""
    return isinstance(value, list) and any(item != value[0] for item in value)


def _is_tuple(keyword: str, schema: Json) -> bool:
    """Whether a keyword lists what stands at each position, and none may be missing."""
    return keyword in ("prefixItems", "items") and not may_be_shorter(schema[keyword], schema)


def _choosy(value: Any) -> bool:
    """Whether the patterns tell keys apart, or keep keys out."""
    return isinstance(value, dict) and any(pattern not in _EVERY_KEY for pattern in value)


def _unreadable(value: Any) -> bool:
    return isinstance(value, str) and not compiles(value)


_ANY_POSITION = "Each item may be any of those listed, at any position, as some may be missing."
_ANY_VALUE = "Types list text, whole numbers, booleans and null only, so any value of its type is allowed."
_LEFT_OUT = "It is left out; what stands beside it holds."
_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "not": (lambda value: value is not False, "What it forbids is allowed."),
    "if": (_said, "What `then` and `else` add may be there always."),
    "dependentSchemas": (_said, "What they add may be there always."),
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
_RULED = frozenset(_RULES)

_TEXT, _FLAG, _LIST, _MAP = (str,), (bool,), (list,), (dict,)
_NUMBER = (int, float)
SCHEMA: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("title", "description", "format", "pattern", "contentEncoding", "contentMediaType"), _TEXT),
    **dict.fromkeys(("nullable", "x-nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems"), _FLAG),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems", "required"), _LIST),
    **dict.fromkeys(("properties", "patternProperties"), _MAP),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _NUMBER),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), _NUMBER),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), (*_NUMBER, bool)),
    "type": (str, list),
    "items": (dict, bool, list),
    "additionalProperties": (dict, bool),
    "discriminator": (dict, str),
}
PARAMETER: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("description", "style", "collectionFormat"), _TEXT),
    **dict.fromkeys(("required", "deprecated", "explode", "allowReserved"), _FLAG),
}
OPERATION: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("summary", "description", "operationId"), _TEXT),
    **dict.fromkeys(("tags", "parameters", "security", "servers", "consumes", "produces", "schemes"), _LIST),
    "deprecated": _FLAG,
}
DOCUMENT: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("host", "basePath"), _TEXT),
    **dict.fromkeys(("tags", "security", "servers", "consumes", "produces", "schemes"), _LIST),
    **dict.fromkeys(("info", "securityDefinitions"), _MAP),
}
_PARTS = ("schemas", "parameters", "responses", "requestBodies", "headers", "securitySchemes", "callbacks", "pathItems")
COMPONENTS: dict[str, tuple[type, ...]] = dict.fromkeys(_PARTS, _MAP)
"""What kinds of values a keyword has, by what it stands in."""
_EMPTY_SAYS_NOTHING = {*_TEXT, *_FLAG, *_NUMBER}
_WORDS = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a mapping",
          type(None): "nothing"}  # fmt: skip


@dataclass(frozen=True)
class _Loss:
    keyword: str
    what: str
    rule: str


class Losses:
    """What was met on the way through the source, each place once however often it is copied."""

    def __init__(self) -> None:
        self._found: dict[_Loss, dict[tuple[str, str], dict[str, Document]]] = {}
        """Then by file and component or operation: the places, as pointers."""

    def note(self, schema: Json, document: Document, pointer: str) -> None:
        """Remembers what of a schema, as its source wrote it, will be lost."""
        for keyword in () if _RULED.isdisjoint(schema) else sorted(_RULED & schema.keys()):
            if _RULES[keyword][0](schema[keyword]) and not _is_tuple(keyword, schema):
                self._add(_Loss(keyword, "cannot be expressed", _RULES[keyword][1]), document, f"{pointer}/{keyword}")
        self.note_kinds(schema, SCHEMA, document, pointer)

    def note_media(self, media: Json, document: Document, pointer: str) -> None:
        """Remembers what of a media type will be lost: how parts are written that have no name."""
        for keyword in ("prefixEncoding", "itemEncoding"):
            if keyword in media:
                loss = _Loss(keyword, "cannot be expressed", "Parts are written as their types say.")
                self._add(loss, document, f"{pointer}/{keyword}")
        encoding = media.get("encoding")
        for name, said in encoding.items() if isinstance(encoding, dict) else ():
            if isinstance(said, dict) and said.get("headers"):
                loss = _Loss("headers", "cannot be expressed", "The part is sent without them.")
                self._add(loss, document, f"{pointer}/encoding/{escape(name)}/headers")

    def note_kinds(self, value: Json, kinds: dict[str, tuple[type, ...]], document: Document, pointer: str) -> None:
        """Remembers the keywords whose value is of no kind that they can have."""
        for keyword, item in value.items():
            wanted = kinds.get(keyword)
            if wanted and type(item) not in wanted and not _is_of(item, wanted):
                self._odd(keyword, item, wanted, document, f"{pointer}/{keyword}")

    def note_schema(self, value: Any, document: Document, pointer: str) -> None:
        """Remembers that what stands in place of a schema is none."""
        self._odd(pointer.rpartition("/")[2], value, (dict,), document, pointer)

    def _odd(self, keyword: str, value: Any, wanted: tuple[type, ...], document: Document, pointer: str) -> None:
        told = " or ".join(dict.fromkeys(_WORDS[kind] for kind in wanted))
        kind = next(word for known, word in _WORDS.items() if isinstance(value, known))
        self._add(_Loss(keyword[:100], f"is {kind}, not {told}", "It is left out."), document, pointer)

    def _add(self, loss: _Loss, document: Document, pointer: str) -> None:
        part = document.where, _part(pointer)
        self._found.setdefault(loss, {}).setdefault(part, {})[pointer] = document

    def tell(self, context: Context) -> None:
        """One settled problem per keyword of a component or an operation, and one for all beyond `MOST` of them."""
        for loss, parts in self._found.items():
            places = list(parts.values())
            for found in places[:MOST]:
                more = f", and so in {_places(len(found) - 1)} of the same part" if len(found) > 1 else ""
                _tell(context, loss, found, f"`{loss.keyword}` {loss.what} here{more}.")
            rest = places[MOST:]
            if rest:
                count = _places(sum(map(len, rest)))
                _tell(context, loss, rest[0], f"`{loss.keyword}` {loss.what} in {count}; the first is here.")


def _is_of(value: Any, kinds: tuple[type, ...]) -> bool:
    if value is None:
        return kinds[0] in _EMPTY_SAYS_NOTHING
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _tell(context: Context, loss: _Loss, places: dict[str, Document], what: str) -> None:
    pointer, document = next(iter(places.items()))
    context.tell(document, pointer, what, loss.rule, "remove: true, and one that says it otherwise")


def _places(number: int) -> str:
    return f"{number} more place{'s' if number != 1 else ''}"


def _part(pointer: str) -> str:
    """The component or operation that a place is in."""
    steps = pointer.split("/")
    return "/".join(steps[: 3 if steps[1:2] == ["definitions"] else 4])
