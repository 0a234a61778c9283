"""Makes every inline object with properties, and every tagged union, a component named by its owner and place there.

    components:                              components:
      schemas:                                 schemas:
        PhoneAgentDto:                           PhoneAgentDto:
          properties:                              properties:
            voices:                                  voices:
              type: array                 ->           type: array
              items:                                   items: {$ref: '#/components/schemas/PhoneAgentVoice'}
                type: object                       PhoneAgentVoice:
                properties: {…}                      type: object
                                                     properties: {…}

What an operation sends or answers is a plain value, a literal, a reference, or an array of those; all else is hoisted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from ..name.words import parts, pascal, singular
from .context import PREFIX, Context, Json
from .nulls import BESIDE_REF
from .owned import Way, after, names
from .titles import answer_title, first_success, is_error, operation_words, whole_words
from .walk import ITEM_SCHEMA, SHARED, Root, Slot, children, holds, within

_OF_THE_PLACE = ("readOnly", "writeOnly", "deprecated")
"""What a schema says of the property that it stands at, and not of its class."""
_LONGEST = 40
"""Characters from which on a value or a title is no name."""
_ENDINGS = frozenset(("request", "response", "body", "payload", "error"))
_said = json.JSONEncoder(sort_keys=True).encode
START = Way()
HINT = "x-hint"
"""Within these passes: what to call this alternative of a union."""


def hoist(document: Json, context: Context) -> None:
    """No object with properties is left inside of another schema or of an operation."""
    _Hoist(document, context).run()


class _Hoist:
    def __init__(self, document: Json, context: Context) -> None:
        self.document = document
        self.context = context
        self.schemas: Json = document["components"]["schemas"]
        self.todo = list(self.schemas)
        self.shared: dict[str, str] = {}
        """What to call an error's schema that several operations have inline, by its text."""
        self.errors: dict[str, str] = {}
        """The keys that such schemas were given."""
        self.common: set[str] = set()
        """The responses and request bodies whose schema several operations have."""
        self.commons: dict[str, str] = {}
        """The keys that theirs were given, by name and text."""

        self.repeated: set[str] = set()
        """The parameters that several operations have, by name and text."""
        self.parameters: dict[str, str] = {}
        """The keys that their schemas were given."""

    def run(self) -> None:
        self.count_errors()
        self.count_common()
        self.count_parameters()
        for _, of_operation in groupby(self.context.placed, lambda root: id(root.operation)):
            self.operation(list(of_operation))
        done = 0
        while done < len(self.todo):
            key = self.todo[done]
            done += 1
            if _holds_classes(self.schemas[key]):
                self.inside(self.schemas[key], key, f"/components/schemas/{key}")

    def count_errors(self) -> None:
        marks: Counter[str] = Counter()
        statuses: dict[str, set[str]] = {}
        for root in self.context.placed:
            if root.place == "response" and is_error(root.detail) and _is_class(root.schema):
                mark = _said(root.schema)
                marks[mark] += 1
                statuses.setdefault(mark, set()).add(root.detail)
        for mark, count in marks.items():
            if count > 1:
                said = statuses[mark]
                self.shared[mark] = answer_title(next(iter(said)), "2XX") if len(said) == 1 else "ErrorResponse"

    def count_common(self) -> None:
        counted = Counter(
            (root.holder[SHARED], root.pointer.split("/")[-2]) for root in self.context.placed if _shared(root)
        )
        self.common = {name for (name, _), count in counted.items() if count > 1}

    def count_parameters(self) -> None:
        found = (root for root in self.context.placed if root.place == "parameter" and not _is_plain(root.schema))
        self.repeated = {mark for mark, count in Counter(map(_parameter, found)).items() if count > 1}

    def operation(self, roots: list[Root]) -> None:
        same: dict[str, str] = {}
        assert roots[0].operation is not None
        first = first_success(roots[0].operation.value)
        for root in roots:
            slot: Slot = root
            if _is_plain(slot.schema):
                continue
            items = slot.schema.get("items", {}) if "prefixItems" not in slot.schema else {}
            many = slot.schema.get("type") == "array" and not _is_plain(items)
            is_repeated = root.place == "parameter" and _parameter(root) in self.repeated
            if many:
                slot = Slot(slot.schema, "items", f"{root.pointer}/items")
            mark = _said(slot.schema)
            keys = same
            if is_repeated:
                keys, mark = self.parameters, f"{root.detail} {mark}"
            elif root.place == "response" and mark in self.shared:
                keys = self.errors
            elif _shared(root) in self.common:
                keys, mark = self.commons, f"{_shared(root)} {mark}"
            if mark not in keys:
                keys[mark] = self.operation_key(root, mark, first, many, is_repeated)
                self.move(slot, keys[mark])
            slot.put({"$ref": PREFIX + keys[mark]})

    def operation_key(self, root: Root, mark: str, first: str, many: bool, is_repeated: bool) -> str:
        assert root.operation is not None
        name, whole = operation_words(root.operation), whole_words(root.operation)
        ending = _ending(root, first)
        if root.place == "response" and mark in self.shared:
            told = (f"{self.shared[mark]}{label}" for label in _had(root.schema))
            return self.context.fresh_key(self.shared[mark], *told, pascal((*name, ending)))
        common = parts(_shared(root)) if _shared(root) in self.common else ()
        if is_repeated:
            alone = parts(root.detail)
            return self.context.fresh_key(pascal(singular(alone) if many else alone), pascal((*name, ending)))
        if many and not ending.endswith("Error"):
            item = ((*said, ending, "Item") for said in (*([common] if common else []), name, whole))
            return self.context.fresh_key(*map(pascal, item))
        is_named = root.place in ("parameter", "header")
        names = [
            (*name, *(after(name, parts(ending)) if is_named else (ending,))),
            (*name, ending, *_media(root.pointer)),
            (*whole, ending),
        ]
        if name[-1:] and name[-1].lower() == ending.lower():
            names.insert(0, name)  # `review-grant-request` takes a request, not a request's
        if common:
            names.insert(0, common if common[-1].lower() in _ENDINGS else (*common, ending))
        return self.context.fresh_key(*map(pascal, names))

    def move(self, slot: Slot, key: str) -> None:
        """Makes the schema a component."""
        schema = slot.schema
        schema.pop(HINT, None)
        self.schemas[key] = schema
        self.context.origins[f"/components/schemas/{key}"] = self.context.locate(slot.pointer)
        self.todo.append(key)

    def inside(self, schema: Json, owner: str, pointer: str, way: Way = START) -> None:
        """Hoists what stands below a schema, which is on that way from the component that owns it."""
        labels = _labels(schema.get("anyOf", ()), bare=not way.tip)
        merged = _merged(schema, pointer)
        several = _said_by_several(schema)
        for slot in list(children(schema, pointer)):
            part = slot.pointer[len(pointer) + 1 :].split("/")[0]
            if part == "properties" and slot.key in way.waiting | several:
                continue
            on = way.to(part, slot.key, labels[slot.key] if part == "anyOf" else "", owner)
            if part not in merged and (_is_class(slot.schema) or "discriminator" in slot.schema):
                about = {flag: slot.schema.pop(flag) for flag in _OF_THE_PLACE if flag in slot.schema}
                first = self.context.roots.get(owner, owner)
                called = names(owner, first, on)
                key = called[0]
                if self.is_same(key, slot.schema, first):
                    about |= {"description": slot.schema["description"]} if "description" in slot.schema else {}
                else:
                    key = self.context.fresh_key(*called)
                    self.context.roots[key] = first
                    self.move(slot, key)
                slot.put({"$ref": PREFIX + key, **about})
            elif holds(slot.schema):  # most hold none
                below = replace(on, waiting=several) if part == "allOf" else on
                self.inside(slot.schema, owner, slot.pointer, below)

    def is_same(self, key: str, schema: Json, first: str) -> bool:
        """Whether a class of the same line of owners is called so and says the same, as `assignee` and `assignees`."""
        is_of_line = key in self.schemas and self.context.roots.get(key) == first
        return is_of_line and _shape(self.schemas[key]) == _shape(schema)


def _parameter(root: Root) -> str:
    """A parameter's name and schema."""
    return f"{root.detail} {_said(root.schema)}"


def _shared(root: Root) -> str:
    """The response or request body of the components that a schema stands in, or nothing."""
    return str(root.holder.get(SHARED, "")) if root.key == "schema" and root.place in ("body", "response") else ""


def _shape(schema: Json) -> Json:
    """What a schema says of its values."""
    return {key: value for key, value in schema.items() if key not in BESIDE_REF}


def _is_class(schema: Json) -> bool:
    """Whether the schema will be a class: an object with properties, or one made of parts."""
    return bool(schema.get("properties")) or (
        "allOf" in schema and not any(map(_is_no_object, (schema, *schema["allOf"])))
    )


def _is_no_object(schema: Json) -> bool:
    kind = schema.get("type", "object")
    return "object" not in ([kind] if isinstance(kind, str) else kind)


def _merged(schema: Json, pointer: str) -> tuple[str, ...]:
    """Where a schema's parts stand that flattening makes others of; until then they are no classes of their own."""
    is_part = pointer.rpartition("/")[0].endswith("/allOf")
    return ("allOf", "anyOf") if is_part or not {"allOf", "properties"}.isdisjoint(schema) else ("allOf",)


def _said_by_several(schema: Json) -> frozenset[str]:
    """The properties that several parts of an `allOf` have inline."""
    if "allOf" not in schema:
        return frozenset()
    counted = Counter(name for part in (schema, *schema["allOf"]) for name in part.get("properties", ()))
    return frozenset(name for name, count in counted.items() if count > 1)


def _holds_classes(schema: Json) -> bool:
    """Whether anything is to be hoisted out of a schema; out of most nothing is, and this look costs less."""
    return any(_is_class(part) or "discriminator" in part for part in within(schema) if part is not schema)


def _is_plain(schema: Json) -> bool:
    kind = schema.get("type")
    if not {"anyOf", "prefixItems"}.isdisjoint(schema) or _is_class(schema):
        return False
    if kind == "array":
        items = schema.get("items", {})
        return _is_plain(items) and items.get("type") != "array"
    return kind not in ("object", ["array", "null"], ["object", "null"])


def _ending(root: Root, first: str) -> str:
    assert root.operation is not None
    if root.place in ("parameter", "header"):
        return pascal(parts(root.detail)) or "Value"
    if root.key == ITEM_SCHEMA:
        return "Event"
    if root.place == "body":
        return "Request" if root.operation.kind == "path" else "Payload"
    return answer_title(root.detail, first)


def _media(pointer: str) -> tuple[str, ...]:
    found = re.search(r"/content/[^/]*?~1([^/;]*)", pointer)
    subtype = (found[1] if found else "").removeprefix("x-www-").removeprefix("x-").removeprefix("vnd.")
    return parts(subtype.replace("-urlencoded", ""))[:2]


def _labels(arms: list[Json], bare: bool) -> list[str]:
    """What tells each alternative from the others; empty where only one is a class.

    Where their owner is a union and no more, `bare`, each has a label of its own if there are any.
    """
    if sum(_is_class(arm) for arm in arms) < 2 and not any(HINT in arm for arm in arms):
        return [""] * len(arms)
    told = [list(dict.fromkeys(_told(arm))) for arm in arms]
    had = [list(dict.fromkeys(_had(arm))) for arm in arms]
    counted = Counter(label for labels in (*told, *had) for label in labels)
    every = [(*first, *then) for first, then in zip(told, had, strict=True)]
    found = [next((label for label in labels if counted[label] == 1), "") for labels in every]
    for index, labels in enumerate(every):
        if HINT in arms[index]:
            found[index] = labels[0]
        elif not found[index]:
            other = next((label for label in labels if label not in found), "") if bare else ""
            found[index] = other or (*told[index], "")[0]
    return found


def _told(arm: Json) -> Iterator[str]:
    """What an alternative says that it is."""
    if HINT in arm:
        yield pascal(parts(arm[HINT]))
    for part in arm.get("allOf", ()):
        if "$ref" in part:
            yield pascal(parts(part["$ref"].removeprefix(PREFIX)))
    texts = [schema["enum"][0] for schema in arm.get("properties", {}).values() if len(schema.get("enum", ())) == 1]
    for text in (*texts, arm.get("title")):
        if isinstance(text, str) and len(text) < _LONGEST and parts(text):
            yield pascal(parts(text))


def _had(arm: Json) -> Iterator[str]:
    """The members of an alternative, what it needs first, and then theirs."""
    members = arm.get("properties", {})
    parts_of = [one.get("items", one) if "prefixItems" not in one else one for one in members.values()]
    theirs = [name for one in parts_of for name in (*one.get("required", ()), *one.get("properties", ()))]
    for name in (*arm.get("required", ()), *members, *theirs):
        if parts(name):
            yield f"With{pascal(parts(name))}"
