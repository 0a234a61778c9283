"""Replaces every `allOf` by the one schema that it amounts to.

    Cat:                                         Cat:
      allOf:                                       type: object
      - $ref: '#/components/schemas/Pet'    ->     properties:
      - properties:                                  name: {type: string}
          meow: {type: boolean}                      meow: {type: boolean}
        required: [meow]                           required: [name, meow]

    Event:                                       Event:
      allOf:                                       anyOf:
      - properties: {at: {type: string}}    ->     - properties: {at: …, a: …}
      - anyOf: [{$ref: …/A}, {$ref: …/B}]          - properties: {at: …, b: …}

Each component is flattened once, after those that it is made of: a diamond of 25 levels is 25 merges.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .context import PREFIX, Context, Json, derived
from .hoist import HINT
from .nulls import BESIDE_REF, tidy
from .walk import Slot, children, holds, roots, within

_MOST_ARMS = 64
_TIGHTER = {
    "minimum": max, "exclusiveMinimum": max, "minLength": max, "minItems": max, "minProperties": max,
    "maximum": min, "exclusiveMaximum": min, "maxLength": min, "maxItems": min, "maxProperties": min,
}  # fmt: skip


def flatten(document: Json, context: Context) -> None:
    """No `allOf` is left."""
    _Flatten(document, context).run()


class _Flatten:
    def __init__(self, document: Json, context: Context) -> None:
        self.document = document
        self.context = context
        self.schemas: Json = document["components"]["schemas"]
        self.flat: set[str] = set()
        self.open: set[str] = set()
        """The components that are being flattened, or wait for those that they are made of."""
        self.pairs: dict[tuple[str, str], str] = {}
        self.todo: list[str] = []

    def run(self) -> None:
        self.todo = list(self.schemas)
        while self.todo:
            key = self.todo.pop(0) if len(self.todo) < 50 else self.todo.pop()
            self.component(key)
        for root in list(roots(self.document, self.context)):
            if root.place != "component":
                self.below(root)

    def component(self, start: str) -> None:
        """Flattens a component after all those that it is made of."""
        stack, entered = [start], set()
        while stack:
            key = stack[-1]
            if key in self.flat:
                stack.pop()
            elif key in entered:
                stack.pop()
                self.below(Slot(self.schemas, key, f"/components/schemas/{key}"))
                self.flat.add(key)
                self.open.discard(key)
            else:
                entered.add(key)
                self.open.add(key)
                needs = list(self.needs(self.schemas[key]))
                self.context.ties.are_known &= self.open.isdisjoint(needs)  # in a circle, it counts which one is first
                needed = [
                    name
                    for name in needs
                    if name in self.schemas and name not in self.flat and (name in entered or name not in self.open)
                ]
                for name in needed:
                    if name in entered and name in stack:
                        self.cut(key, name)
                stack.extend(name for name in reversed(needed) if name not in entered)

    def needs(self, schema: Json) -> Iterator[str]:
        """The components that must be flat first: those that an `allOf` refers to, and what these stand for."""
        if "$ref" in schema:
            yield schema["$ref"].removeprefix(PREFIX)
        for slot in within(schema):
            for part in slot.get("allOf", ()):
                if "$ref" in part:
                    yield part["$ref"].removeprefix(PREFIX)
                for arm in part.get("anyOf", ()):
                    if "$ref" in arm:
                        yield arm["$ref"].removeprefix(PREFIX)
            if "anyOf" in slot and ("properties" in slot or "allOf" in slot):
                for arm in slot["anyOf"]:
                    if "$ref" in arm:
                        yield arm["$ref"].removeprefix(PREFIX)

    def cut(self, key: str, name: str) -> None:
        """Takes the reference out that makes a component a part of itself."""
        ref = PREFIX + name
        if self.schemas[key].get("$ref") == ref:
            self.context.degrade(f"/components/schemas/{key}", "The schema refers to itself and to nothing else.")
            self.schemas[key] = {}
            return
        for schema in within(self.schemas[key]):
            parts = schema.get("allOf", ())
            kept = [part for part in parts if part.get("$ref") != ref]
            if len(kept) != len(parts):
                what = f"The schema is a part of itself, by its allOf with {name!r}."
                self.context.degrade(f"/components/schemas/{key}", what, "That part is left out.")
                schema["allOf"] = kept

    def below(self, slot: Slot) -> None:
        """Flattens what stands in a slot, innermost first."""
        if not any(map(_is_composed, within(slot.schema))):  # as in most
            return
        todo, order = [slot], []
        while todo:
            current = todo.pop()
            order.append(current)
            if holds(current.schema):
                todo.extend(children(current.schema, current.pointer))
        for current in reversed(order):
            if _is_composed(current.schema):
                current.put(self.one(current.schema, current.pointer))

    def one(self, schema: Json, pointer: str) -> Json:
        """The schema without its `allOf`."""
        parts = schema.pop("allOf", [])
        about = {key: schema.pop(key) for key in list(schema) if key in BESIDE_REF or key == HINT}
        union = schema.pop("anyOf", None)
        if schema:
            parts = [*parts, schema]
        if union is not None:
            parts = [*parts, {"anyOf": union}]
        parts = _unique(parts)
        meaningful = [part for part in parts if part.keys() - set(BESIDE_REF)]
        notes: Json = {
            key: part[key] for part in parts for key in ("description", "default") if key in part and "$ref" not in part
        }
        if len(meaningful) == 1:
            return {**notes, **meaningful[0], **about}
        name = self.owner(pointer)
        merged: Json = {}
        for part in meaningful:
            merged = self.merge(merged, self.resolve(part), pointer, name)
        for key in ("description", "title", "readOnly", "writeOnly", "x-source", "default", "deprecated"):
            merged.pop(key, None)
        result = {**merged, **notes, **about}
        tidy(result)
        return result

    def owner(self, pointer: str) -> str:
        steps = pointer.split("/")
        return steps[3] if steps[:3] == ["", "components", "schemas"] else ""

    def resolve(self, part: Json) -> Json:
        """The part with the content of what it refers to, which is flat unless it waits for this one."""
        seen = set()
        hint = None
        while "$ref" in part:
            key = part["$ref"].removeprefix(PREFIX)
            hint = hint or key
            if key in seen or key not in self.schemas:
                return {}
            seen.add(key)
            self.context.ties.are_known &= key not in self.open
            if key not in self.flat and key not in self.open:  # an alternative of a union that an `allOf` has
                self.component(key)
            part = self.schemas[key]
        return {**part, HINT: hint} if hint else part

    def merge(self, left: Json, right: Json, pointer: str, owner: str) -> Json:
        """What both say; the schemas given are left as they are."""
        left, right = _solid(left, right), _solid(right, left)
        if "anyOf" in left or "anyOf" in right:
            return self.distribute(left, right, pointer, owner)
        result = {**left, **right}
        kind = _common_type(left.get("type"), right.get("type"))
        if kind == "none":
            what = f"An allOf asks for {left.get('type')} and {right.get('type')} at once."
            self.context.degrade(pointer, what)
            return {}
        if kind is not None:
            result["type"] = kind
        if "properties" in left and "properties" in right:
            result["properties"] = self.properties(left["properties"], right["properties"], pointer, owner)
        if "required" in left and "required" in right:
            result["required"] = list(dict.fromkeys([*left["required"], *right["required"]]))
        if "enum" in left and "enum" in right:
            result["enum"] = [value for value in left["enum"] if value in right["enum"]] or right["enum"]
        if None in result.get("enum", ()) and isinstance(result.get("type"), str):
            result["enum"] = [value for value in result["enum"] if value is not None]
        for key, tighter in _TIGHTER.items():
            if key in left and key in right:
                result[key] = tighter(left[key], right[key])
        if "items" in left and "items" in right:
            result["items"] = self.both(left["items"], right["items"], pointer, owner, "item")
        self.extra(left, right, result)
        return result

    def extra(self, left: Json, right: Json, result: Json) -> None:
        """Objects stay closed only if all parts are: a part that closes itself cannot know of the others."""
        values = [part["additionalProperties"] for part in (left, right) if "additionalProperties" in part]
        shaped = [part for part in (left, right) if "properties" in part or "additionalProperties" in part]
        if values and all(value is False for value in values) and len(values) < len(shaped):
            result.pop("additionalProperties", None)
        elif len(values) == 2 and False in values:
            result["additionalProperties"] = next((value for value in values if value is not False), False)

    def properties(self, left: Json, right: Json, pointer: str, owner: str) -> Json:
        result = dict(left)
        for name, schema in right.items():
            result[name] = self.both(left[name], schema, pointer, owner, name) if name in left else schema
        return result

    def both(self, left: Json, right: Json, pointer: str, owner: str, name: str) -> Json:
        """What two parts say of one property: the later one refines the earlier one."""
        if left == right:
            return right
        notes: Json = {key: schema[key] for schema in (left, right) for key in BESIDE_REF if key in schema}
        bare = [{k: v for k, v in schema.items() if k not in BESIDE_REF} for schema in (left, right)]
        if not bare[1] or bare[0] == bare[1]:
            return {**bare[0], **notes}
        if not bare[0]:
            return {**bare[1], **notes}
        if all("$ref" in schema for schema in bare):
            keys = tuple(schema["$ref"].removeprefix(PREFIX) for schema in bare)
            if all(self.is_class(key) for key in keys):
                return {"$ref": PREFIX + self.pair(keys[0], keys[1], owner, name), **notes}
        solid = [_one(schema) for schema in bare]
        if solid != bare and all(solid):
            refined = self.both(solid[0], solid[1], pointer, owner, name)
            if all({"type": "null"} in schema.get("anyOf", ()) for schema in bare):
                refined = {"anyOf": [refined, {"type": "null"}]}
            return {**refined, **notes}
        refined = bare[1]
        if "$ref" not in bare[0] and "$ref" not in bare[1] and not {"anyOf"} & (bare[0].keys() | bare[1].keys()):
            if _common_type(bare[0].get("type"), bare[1].get("type")) != "none":
                refined = self.merge(bare[0], bare[1], pointer, owner)
        elif "$ref" in bare[0] and not bare[1].keys() - {"type", "enum"} and bare[1].get("type") == "object":
            refined = bare[0]
        return {**refined, **notes}

    def is_class(self, key: str) -> bool:
        schema = self.schemas.get(key) or {}
        return "properties" in schema or "allOf" in schema

    def pair(self, left: str, right: str, owner: str, name: str) -> str:
        """The component that is both of these at once."""
        roots = self.context.roots
        made_of = {("", roots.get(key, key)) for key in (left, right, owner)}  # whoever asks first gives it its name
        self.context.ties.looks |= made_of
        if (left, right) not in self.pairs:
            key = self.context.fresh_key(derived(owner, name), derived(owner, name, "Both"), derived(left, right))
            self.pairs[left, right] = key
            self.context.origins[f"/components/schemas/{key}"] = self.context.locate(f"/components/schemas/{right}")
            self.schemas[key] = {"allOf": [{"$ref": PREFIX + left}, {"$ref": PREFIX + right}]}
            self.todo.append(key)
        return self.pairs[left, right]

    def distribute(self, left: Json, right: Json, pointer: str, owner: str) -> Json:
        """One alternative for each pair of alternatives."""
        lefts, rights = _alternatives(left), _alternatives(right)
        if len(lefts) * len(rights) > _MOST_ARMS:
            what = f"An allOf of unions has {len(lefts) * len(rights)} alternatives."
            self.context.degrade(pointer, what, "Only what all alternatives share is described.")
            return {key: value for part in (left, right) for key, value in part.items() if key != "anyOf"}
        discriminator = left.get("discriminator") or right.get("discriminator")
        told_left = "anyOf" in left and ("discriminator" in left or "anyOf" not in right)
        arms = []
        for a in lefts:
            for b in rights:
                one, other = self.resolve(a), self.resolve(b)
                if _disjoint(one, other):
                    continue
                arm = self.merge(one, other, pointer, owner)
                same = next(
                    (part for part, whole in ((a, one), (b, other)) if "$ref" in part and _alike(arm, whole)), None
                )
                if same is not None:
                    arms.append({"$ref": same["$ref"]})
                    continue
                if discriminator:
                    arm = self.tagged(arm, a if told_left else b, discriminator)
                if "anyOf" in arm:
                    arms.extend(_alternatives(arm))
                else:
                    arms.append(arm)
        if not arms:
            self.context.degrade(pointer, "An allOf asks for what no value can be.")
            return {}
        return {"anyOf": arms, **({"discriminator": discriminator} if discriminator else {})}

    def tagged(self, arm: Json, part: Json, discriminator: Json) -> Json:
        """An alternative with what the discriminator held for the component that it was: it is another one now."""
        ref, name = part.get("$ref"), discriminator.get("propertyName")
        if ref is None or "properties" not in arm or not isinstance(name, str):
            return arm
        said = arm["properties"].get(name, {})
        values = [value for value, target in discriminator.get("mapping", {}).items() if target == ref]
        if (
            "" in values
            or (not values and ("enum" in said or "$ref" in said))
            or said.get("type", "string") != "string"
        ):
            return arm
        tag = {**{key: said[key] for key in BESIDE_REF if key in said}, "type": "string"}
        tag["enum"] = values or [ref.removeprefix(PREFIX)]
        return {**arm, "properties": {**arm["properties"], name: tag}}


def _is_composed(schema: Json) -> bool:
    """Whether a schema amounts to one without these keywords."""
    return "allOf" in schema or ("anyOf" in schema and "properties" in schema)


def _unique(parts: list[Json]) -> list[Json]:
    seen: set[str] = set()
    return [part for part in parts if "$ref" not in part or not (part["$ref"] in seen or seen.add(part["$ref"]))]  # type: ignore[func-returns-value]


def _alternatives(schema: Json) -> list[Json]:
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "discriminator", HINT)}
    arms = [arm for arm in schema.get("anyOf", ()) if arm.get("type") != "null"]
    return arms or [rest]


def _alike(left: Json, right: Json) -> bool:
    """Whether two schemas say the same of a value, in whatever order."""
    said = [{key: value for key, value in one.items() if key not in (*BESIDE_REF, HINT)} for one in (left, right)]
    required = [set(one.pop("required", ())) for one in said]
    return said[0] == said[1] and required[0] == required[1]


def _disjoint(left: Json, right: Json) -> bool:
    """Whether no value but `null` can be both."""
    if "enum" in left and "enum" in right:
        return not any(value in right["enum"] for value in left["enum"] if value is not None)
    return bool(_common_type(left.get("type"), right.get("type")) == "none")


def _solid(schema: Json, other: Json) -> Json:
    """The schema without `null`, where the other part forbids it."""
    if {"type": "null"} in schema.get("anyOf", ()) and {"type": "null"} not in other.get("anyOf", ()) and other:
        arms = [arm for arm in schema["anyOf"] if arm != {"type": "null"}]
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        return {**rest, **arms[0]} if len(arms) == 1 and "$ref" not in arms[0] else {**rest, "anyOf": arms}
    return schema


def _one(schema: Json) -> Json:
    """What a schema is besides `null`, where that is one thing; else nothing."""
    arms = [arm for arm in schema.get("anyOf", ()) if arm != {"type": "null"}]
    if "anyOf" not in schema:
        return schema
    return arms[0] if len(arms) == 1 and schema.keys() == {"anyOf"} else {}


def _common_type(left: Any, right: Any) -> Any:
    """The types that both allow; None for any, `none` for none."""
    if left is None or right is None:
        return left if right is None else right
    lefts, rights = ([kind] if isinstance(kind, str) else kind for kind in (left, right))
    common = [kind for kind in lefts if kind in rights]
    if not [kind for kind in common if kind != "null"]:
        if {*lefts, *rights} >= {"integer", "number"}:
            common = ["integer", *(kind for kind in common if kind == "null")]
        elif not common:
            return "none"
    return common[0] if len(common) == 1 else common
