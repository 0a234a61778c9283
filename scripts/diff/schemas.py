"""Compares schemas in one direction: types, nullability, enums, ranges, and the fields of the models they lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..generate.annotations import literal
from ..generate.plan import Field, Model, Plan, Schema, references
from ..problems import printable
from .decisions import BOTH, REQUEST, RESPONSE, Decision
from .rules import rule_of
from .shapes import ANY, Shape, hint, shape
from .twins import twins

_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_EXACT = ("pattern", "multipleOf", "uniqueItems")


ITEM = "[...]"
"""Stands after what holds items, where one of them is meant."""


@dataclass(frozen=True)
class Place:
    """Where two schemas stand, and in which direction."""

    subject: str
    name: str
    direction: str


class Schemas:
    """Compares the schemas of two documents; each pair of models once in each direction."""

    def __init__(self, old: Plan, new: Plan, package: str) -> None:
        self.old = old
        self.new = new
        self.package = package
        self.decisions: list[Decision] = []
        self._before, self._after = old.by_key, new.by_key
        self._had, self._has = ({model.name: model for model in plan.models} for plan in (old, new))
        self._seen: set[tuple[str, str, str]] = set()
        self._within: set[tuple[str, str, str]] = set()
        """References that are being followed: an alias can lead to itself."""
        self._waiting: list[tuple[Model, Model, str]] = []
        """Models that something led to and that are not compared yet; a chain of them can be long."""
        self._waiting_renames: list[tuple[Place, str, str]] = []
        """Fields that are called otherwise, until it is known whether callers also send them."""
        self._renamed: dict[str, str] = {}
        """New name by old name of models that operations use alike."""

    def decide(self, kind: str, place: Place, **facts: str) -> None:
        """Keeps a decision."""
        known = {"name": place.name, **facts}
        self.decisions.append(Decision(rule_of(kind, place.direction), place.subject, tuple(known.items())))

    def same(self, old: str, new: str) -> None:
        """Notes that two models are the same thing, by their names."""
        self._renamed.setdefault(old, new)

    def arguments(self, old: str, new: str) -> None:
        """Compares what two models say of members that are no arguments, where all others are."""
        self.same(old, new)
        self._members(self._had[old], self._has[new], REQUEST)

    def schema(self, place: Place, old: Schema, new: Schema) -> None:
        """Compares what stands at one place before and after."""
        step = (old.get("$ref", ""), new.get("$ref", ""), place.direction)
        if step in self._within:
            return
        if step[0] or step[1]:
            self._within.add(step)
        self._schema(place, old, new)
        self._within.discard(step)

    def _schema(self, place: Place, old: Schema, new: Schema) -> None:
        if old == new and (leads := self._leads(new)) is not None:
            self._waiting += ((self._before[key], self._after[key], place.direction) for key in leads)
            return
        before, after = shape(self.old, old), shape(self.new, new)
        if before.plain == after.plain:
            self._nullability(place, before, after, old, new)
            self._values(place, before, after)
            self._constraints(place, old, new)
            self._told_apart(place, old, new)
            self._inside(place, before, after)
        else:
            hints = {"old": hint(self.old, old), "new": hint(self.new, new)}
            self.decide(_type_change(place.direction, before, after), place, **hints)

    def _leads(self, schema: Schema) -> set[str] | None:
        """The classes that a schema leads to on both sides; None where one of its aliases is not what it was."""
        found: set[str] = set()
        todo, seen = list(references(schema)), set[str]()
        while todo:
            key = todo.pop()
            before, after = self._before.get(key), self._after.get(key)
            if before is None or after is None or (before.fields is None) != (after.fields is None):
                return None
            if after.fields is not None:
                found.add(key)
            elif before.schema != after.schema:
                return None
            elif key not in seen:
                seen.add(key)
                todo += references(after.schema)
        return found

    def _nullability(self, place: Place, before: Shape, after: Shape, old: Schema, new: Schema) -> None:
        if before.null != after.null and ANY not in before.plain:
            kind = "null-added" if after.null else "null-removed"
            self.decide(kind, place, old=hint(self.old, old), new=hint(self.new, new))

    def _values(self, place: Place, before: Shape, after: Shape) -> None:
        had, has = before.values, after.values
        if before.free != after.free:
            kind = "enum-closed" if before.free - after.free else "enum-opened"
            self.decide(kind, place, old=" | ".join(sorted(before.plain)), new=_told(has))
            return
        for kind, values in (
            ("enum-value-added", [value for value in has if value not in had]),
            ("enum-value-removed", [value for value in had if value not in has]),
        ):
            if values:
                self.decide(kind, place, values=_told(values), value=literal(values[0]), new=_told(has))

    def _constraints(self, place: Place, old: Schema, new: Schema) -> None:
        had, has = _said(self.old, old), _said(self.new, new)
        changed = [word for word in (*_LOWER, *_UPPER, *_EXACT) if had.get(word) != has.get(word)]
        if not changed:
            return
        told = ", ".join(quoted(f"{word}: {has.get(word, 'any')}") for word in changed)
        sides = (had, has) if place.direction == REQUEST else (has, had)
        gains = any(_tightens(word, *(side.get(word) for side in sides)) for word in changed)
        tighter = gains == (place.direction == REQUEST)
        self.decide("constraint-tightened" if tighter else "constraint-loosened", place, new=told)

    def _told_apart(self, place: Place, old: Schema, new: Schema) -> None:
        """By what property and values the arms of a union are told apart."""
        had, has = _discriminator(self.old, old), _discriminator(self.new, new)
        if had and has and had != has:
            self.decide("discriminator-changed", place, old=quoted(_said_tag(*had)), new=quoted(_said_tag(*has)))

    def _inside(self, place: Place, before: Shape, after: Shape) -> None:
        inner = (*zip(before.items, after.items, strict=False), *zip(before.entries, after.entries, strict=False))
        for old, new in inner:
            self.schema(replace(place, subject=f"{place.subject}{ITEM}"), old, new)
        had, has = list(before.models), list(after.models)
        if len(had) == len(has) == 1 and had != has and had[0] in self._after:  # which is still there: this is another
            self._replaced(place, self._before[had[0]], self._after[has[0]])
            return
        for old_key, new_key in _paired(had, has, self._before, self._after):
            self._waiting.append((self._before[old_key], self._after[new_key], place.direction))
            had.remove(old_key)
            has.remove(new_key)
        for kind, keys, models in (("variant-added", has, self._after), ("variant-removed", had, self._before)):
            if keys:
                names = " and ".join(f"`{models[key].name}`" for key in keys)
                self.decide(kind, place, values=names, old=names, new=names)

    def _replaced(self, place: Place, before: Model, after: Model) -> None:
        """Another model stands where one stood that is still there: much like it, or something else altogether."""
        is_like = alike(before, after)
        self.decide("model-replaced" if is_like else "type-changed", place, old=before.name, new=after.name)
        if is_like:
            self._waiting.append((before, after, place.direction))

    def _model(self, before: Model, after: Model, direction: str) -> None:
        if (before.key, after.key, direction) in self._seen:
            return
        self._seen.add((before.key, after.key, direction))
        self.same(before.name, after.name)
        self._members(before, after, direction)
        for old, new in _field_pairs(before.fields or (), after.fields or ()):
            if new and _shows(new, direction):
                self._field(after.name, old, new, direction)
            elif old and new and _shows(old, direction) and direction == RESPONSE and old.required:
                place = Place(f"{after.name}.{new.name}", new.name, direction)
                self.decide("field-optional", place, model=after.name, old=_hinted(self.old, old))
            elif old and not new and _shows(old, direction):
                place = Place(f"{after.name}.{old.name}", old.name, direction)
                facts = {"model": after.name, "wire": _code_text(old.wire), "old": _hinted(self.old, old)}
                self.decide("field-removed", place, **facts)

    def _members(self, before: Model, after: Model, direction: str) -> None:
        """Members that no field describes."""
        had, has = (model.schema.get("additionalProperties") for model in (before, after))
        place = Place(after.name, after.name, direction)
        if (had is False) != (has is False):
            self.decide("members-refused" if has is False else "members-taken", place)
        elif isinstance(had, dict) and isinstance(has, dict):
            self.schema(replace(place, subject=f"{after.name}{ITEM}"), had, has)

    def _field(self, model: str, before: Field | None, after: Field, direction: str) -> None:
        place = Place(f"{model}.{after.name}", after.name, direction)
        if before is None:
            needed = after.required and direction == REQUEST
            kind = "field-added-required" if needed else "field-added"
            self.decide(kind, place, model=model, new=_hinted(self.new, after))
            return
        if before.name != after.name:
            self._waiting_renames.append((place, model, before.name))
        if before.wire != after.wire:
            was, now = quoted(before.wire)[1:-1], quoted(after.wire)[1:-1]
            self.decide("field-wire", Place(place.subject, after.name, BOTH), old=was, new=now)
        if before.required != after.required:
            kind = "field-required" if after.required else "field-optional"
            self.decide(kind, place, model=model, old=_hinted(self.old, before))
        if after.schema.get("deprecated") and not before.schema.get("deprecated"):
            self.decide("field-deprecated", Place(place.subject, after.name, BOTH))
        self.schema(place, before.schema, after.schema)

    def models(self) -> Iterator[Decision]:
        """Changes of which models there are; to be asked after all operations were compared, and before `decisions`."""
        while self._waiting:
            self._model(*self._waiting.pop())
        sent = {after for _, after, direction in self._seen if direction == REQUEST}
        keys = {model.name: model.key for model in self.new.models}
        for place, name, old in self._waiting_renames:
            is_sent = "yes" if keys[name] in sent else ""
            self.decide("field-renamed", Place(place.subject, place.name, BOTH), model=name, old=old, sent=is_sent)
        had, has = ({model.name for model in plan.models} for plan in (self.old, self.new))
        renamed = {before: after for before, after in self._renamed.items() if before not in has and after not in had}
        for name in sorted(has - had - set(renamed.values())):
            yield self._existence("model-added", name)
        for name in sorted(had - has - renamed.keys()):
            yield self._existence("model-removed", name)
        for before, name in sorted(renamed.items()):
            yield self._existence("model-renamed", name, before)

    def _existence(self, kind: str, name: str, old: str = "") -> Decision:
        return Decision(rule_of(kind, BOTH), name, (("name", name), ("old", old), ("package", self.package)))


def _type_change(direction: str, before: Shape, after: Shape) -> str:
    if ANY in after.plain and direction == RESPONSE:
        return "type-changed" if before.plain & {"model", *_CONVERTED} else "type-lost"
    if _covers(after, before) and not (before.null and not after.null and ANY not in after.plain):
        return "type-widened"
    if _covers(before, after) and not (after.null and not before.null) and ANY not in before.plain:
        return "type-narrowed"
    return "type-narrowed" if ANY in before.plain and direction == REQUEST else "type-changed"


_CONVERTED = frozenset({"datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "bytes", "UUID"})
"""Types whose values callers get as something else than JSON has."""


def _covers(wide: Shape, narrow: Shape) -> bool:
    """Whether a type takes all values of another one."""
    room = wide.plain | ({"int"} if "float" in wide.plain else set())
    return ANY in wide.plain or narrow.plain <= room


def _paired(had: list[str], has: list[str], before: dict[str, Model], after: dict[str, Model]) -> list[tuple[str, str]]:
    """The same models in both: by key, else by name, else by their fields, else because each side has but one."""
    if len(had) == len(has) == 1:
        return [(had[0], has[0])]
    found = [(key, key) for key in had if key in has]
    rest, new = [key for key in had if key not in has], [key for key in has if key not in had]
    for sign in (_name, _wires):
        signs = {sign(after[key]): key for key in new}
        same = [(key, signs.pop(sign(before[key]))) for key in rest if sign(before[key]) in signs]
        rest = [key for key in rest if key not in dict(same)]
        new = [key for key in new if key not in dict(same).values()]
        found += same
    return found


def _name(model: Model) -> str:
    return model.name


def _wires(model: Model) -> frozenset[str]:
    return frozenset(field.wire for field in model.fields or ())


def alike(before: Model, after: Model) -> bool:
    """Whether a model can be the same thing as another: it has half of its fields or more."""
    had, has = _wires(before), _wires(after)
    return len(had & has) * 2 >= len(had)


def _field_pairs(before: Iterable[Field], after: Iterable[Field]) -> Iterator[tuple[Field | None, Field | None]]:
    """The same fields in both: by wire name, else by Python name, else by being the same in all but the name."""
    had, has = {field.wire: field for field in before}, {field.wire: field for field in after}
    found = [(had.pop(wire), has.pop(wire)) for wire in list(has) if wire in had]
    by_name = {field.name: wire for wire, field in had.items()}
    moved = [field for field in has.values() if field.name in by_name]
    found += [(had.pop(by_name[field.name]), has.pop(field.wire)) for field in moved]
    found += [(had.pop(old.wire), has.pop(new.wire)) for old, new in twins(had.values(), has.values())]
    return iter([*found, *((None, field) for field in has.values()), *((field, None) for field in had.values())])


def _discriminator(plan: Plan, schema: Schema) -> tuple[str, tuple[str, ...]] | None:
    """The property that tells the arms of a union apart, and its documented values."""
    while "$ref" in schema and (model := plan.model(schema)) and model.fields is None and "$ref" not in model.schema:
        schema = model.schema
    said = schema.get("discriminator")
    if not isinstance(said, dict) or "$ref" in schema:
        return None
    return str(said.get("propertyName", "")), tuple(sorted(map(str, said.get("mapping", {}))))


def _said_tag(wire: str, values: tuple[str, ...]) -> str:
    return f"{wire}: {', '.join(values)}" if values else wire


def _shows(field: Field, direction: str) -> bool:
    return not field.schema.get("readOnly" if direction == REQUEST else "writeOnly")


def _hinted(plan: Plan, field: Field) -> str:
    return hint(plan, field.schema) + ("" if field.required else " | Unset")


def _said(plan: Plan, schema: Schema) -> dict[str, Any]:
    """The constraints of a schema, also of what it refers to, and of those branches that alone have one."""
    while "$ref" in schema and (model := plan.model(schema)) and model.fields is None:
        schema = model.schema
        if len(schema) == 1 and "$ref" in schema:
            break
    branches = [part for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ())) if part.get("type") != "null"]
    inner = [part if "$ref" in part else _said(plan, part) for part in branches]
    many = Counter(word for part in inner for word in part)
    found = {word: value for part in inner for word, value in part.items() if many[word] == 1}
    return {word: value for word, value in {**found, **schema}.items() if value not in (None, False)}


def _tightens(word: str, before: Any, after: Any) -> bool:
    if after is None:
        return False
    if before is None or word in _EXACT or not all(isinstance(value, int | float) for value in (before, after)):
        return True
    return bool(after > before if word in _LOWER else after < before)


def _told(values: list[Any] | tuple[Any, ...]) -> str:
    return ", ".join(quoted(literal(value)) for value in values)


def quoted(text: str) -> str:
    """Text of the document as code in Markdown, on one line; it can end neither."""
    clean = " ".join(printable(text).split()).replace("`", "'")
    return f"`{clean[:200]}`"


def _code_text(text: str) -> str:
    """Text of the document for the inside of a string literal in double quotes."""
    return literal(text)[1:-1].replace('"', '\\"').replace("`", "\\x60")
