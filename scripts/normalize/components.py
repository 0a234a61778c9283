"""Copies schemas into one document; each that is referred to, wherever it stands, becomes a component of it.

    a: {$ref: other.yaml#/parts/Pet}          a: {$ref: '#/components/schemas/Pet'}
                                        ->    components: {schemas: {Pet: {type: object, ...}}}

What a copy may hold is listed here, key by key.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from ..documents import escape, unescape
from .context import PREFIX, Context, Json, derived
from .dynamic import Scope, bindings, is_generic, is_open, name_of, names_within
from .losses import Losses
from .nulls import BESIDE_REF
from .sources import NoTarget, Place, Sources
from .titles import title_of
from .walk import CONDITIONAL

_SCHEMA_DATA_TEXT = """
title description type format enum const default required discriminator nullable x-nullable readOnly writeOnly
deprecated minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern minItems
maxItems uniqueItems minProperties maxProperties contentEncoding contentMediaType example examples x-source
x-ms-discriminator-value x-discriminator-value
"""
_SCHEMA_DATA = {key: place for place, key in enumerate(_SCHEMA_DATA_TEXT.split())}
"""In the order in which they are written."""
_SCHEMAS = ("items", "additionalProperties")
_SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SCHEMA_MAPS = ("properties", "patternProperties")
_ARM = re.compile("(.*)/(anyOf|oneOf)/[0-9]+")
_CONDITIONS = frozenset(("if", "dependentSchemas"))
_UNEVALUATED = ("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")
"""What is said of all that no other part of a schema speaks of, and what says it where there are no other parts."""
_HOLDERS = frozenset(
    (*_SCHEMAS, *_SCHEMA_LISTS, *_SCHEMA_MAPS, "discriminator", *(key for key, _ in _UNEVALUATED), *_CONDITIONS)
)


class Components:
    """The schemas of the document that is made, by component key."""

    def __init__(self, context: Context, sources: Sources, losses: Losses) -> None:
        self.context = context
        self.sources = sources
        self.losses = losses
        self.keys: dict[Place, str] = {}
        self.bound: dict[tuple[Place, tuple[tuple[str, Place], ...]], str] = {}
        """Keys of the schemas that are copied once more, with other schemas for the names that they leave open."""
        self.scope: Scope = {}
        """What these names stand for where a schema is being copied."""
        self.bases: set[Place] = set()
        """The schemas that say which class is meant, or that are made of one that does."""
        self.todo: list[tuple[Place, str, Scope]] = []
        self.schemas: Json = {}

    def own(self, place: Place) -> None:
        """A component of the entry file has its key; what it only names another file for is that component itself."""
        key = self.key(place)
        elsewhere = self.elsewhere(place)
        if elsewhere is not None and elsewhere not in self.keys:
            self.keys[elsewhere] = key
            self.todo[-1] = (elsewhere, key, {})
            self.context.origins[f"/components/schemas/{key}"] = (
                self.sources.document(elsewhere.file),
                elsewhere.pointer,
            )

    def elsewhere(self, place: Place) -> Place | None:
        """The schema in another file that is all that a component consists of."""
        value = self.sources.value(place)
        if not isinstance(value, dict) or value.keys() != {"$ref"}:
            return None
        try:
            found = self.sources.find(value["$ref"], place.file, schema=True)
        except NoTarget:
            return None
        is_schema = isinstance(self.sources.value(found), dict | bool)
        return found if is_schema and found.file != place.file else None

    def key(self, place: Place) -> str:
        """The component key for the schema at a place, which will be copied there."""
        if self.scope and (bound := self.bound_names(place)):
            if (place, bound) not in self.bound:
                self.bound[place, bound] = self.add(place, self.bound_key(place, bound), dict(bound))
            return self.bound[place, bound]
        if place not in self.keys:
            self.keys[place] = self.add(place, self.new_key(place), {})
        return self.keys[place]

    def add(self, place: Place, key: str, scope: Scope) -> str:
        self.schemas[key] = None
        self.todo.append((place, key, scope))
        self.context.origins[f"/components/schemas/{key}"] = (self.sources.document(place.file), place.pointer)
        return key

    def bound_names(self, place: Place) -> tuple[tuple[str, Place], ...]:
        """What the names stand for that a schema leaves open."""
        names, value = names_within(place, self.sources, self.find), self.sources.value(place)
        own = bindings(value, place.file, place.pointer) if isinstance(value, dict) else {}
        return tuple((name, at) for name, at in sorted(self.scope.items()) if name in names and at != own.get(name))

    def bound_key(self, place: Place, bound: tuple[tuple[str, Place], ...]) -> str:
        """`PetPage` for a page that holds pets."""
        said = [self.sources.value(at) for _, at in bound]
        refs = [str(one["$ref"]) for one in said if isinstance(one, dict) and "$ref" in one]
        last = unescape(place.pointer.rpartition("/")[2])
        return self.context.fresh_key(derived(*(ref.rpartition("/")[2] for ref in refs), last), f"{derived(last)}Of")

    def new_key(self, place: Place) -> str:
        """A key for the schema at a place: its own name, or what the way to it says."""
        steps = [unescape(step) for step in place.pointer.split("/")[1:]]
        file = place.file.rpartition("/")[2].partition(".")[0]
        if _has_name(place):
            return self.context.source_key(steps[-1] if steps else file, place.file)
        title = title_of(steps, self.sources.document(place.file).data) or derived(file)
        return self.context.fresh_key(title, f"{title}Part")

    def copy(self) -> None:
        """Every schema that has a key is copied, and so is what they refer to."""
        done = 0
        while done < len(self.todo):
            place, key, self.scope = self.todo[done]
            done += 1
            value = self.sources.value(place)
            self.schemas[key] = self.schema(value, place.file, place.pointer, key)
            self.scope = {}
            is_base = "discriminator" in _mapping(value) or place in self.bases
            if is_base and place.file != self.sources.entry:  # of the entry all components are copied
                self.heirs(place)

    def heirs(self, base: Place) -> None:
        """What stands beside a base class and is made of it belongs to it, though nothing may refer to it."""
        above = base.pointer.rpartition("/")[0]
        beside = self.sources.value(Place(base.file, above))
        for name, value in beside.items() if isinstance(beside, dict) else ():
            place = Place(base.file, f"{above}/{escape(name)}")
            parts = value.get("allOf") if isinstance(value, dict) else None
            refs = [part["$ref"] for part in parts if "$ref" in _mapping(part)] if isinstance(parts, list) else []
            if any(self.leads_to(ref, place, base) for ref in refs):
                self.bases.add(place)
                self.key(place)

    def leads_to(self, ref: Any, start: Place, end: Place) -> bool:
        try:
            return self.find(ref, start) == end
        except NoTarget:
            return False

    def share(self, document: Json) -> None:
        """A schema that is referred to where it stands within another is the same component there."""
        homes = {place: self.schemas[key] for place, key in self.keys.items()}
        for place, key in sorted(self.keys.items(), key=lambda pair: len(pair[0].pointer)):
            above, _, last = place.pointer.rpartition("/")
            home, steps = above, [last]
            while home and Place(place.file, home) not in homes:
                home, _, step = home.rpartition("/")
                steps.insert(0, step)
            if not home and place.file != self.sources.entry:
                continue
            holder = _at(homes[Place(place.file, home)] if home else document, steps[:-1])
            if (
                isinstance(holder, dict)
                and holder is not self.schemas
                and holder.get(unescape(last)) == self.schemas[key] != {}
            ):
                holder[unescape(last)] = {"$ref": PREFIX + key}

    def refuse(self, place: Place, what: str, rule: str) -> None:
        self.context.tell(self.sources.document(place.file), place.pointer, what, rule, "update: {$ref: …}")

    def schema(self, value: Any, file: str, pointer: str, key: str = "") -> Any:
        """A copy; `key` is that of the component that it becomes, if it becomes one."""
        if isinstance(value, bool):
            return value
        if not isinstance(value, dict):
            self.losses.note_schema(value, self.sources.document(file), pointer)
            return {}
        bound = bindings(value, file, pointer)
        if not bound:
            return self.plain(value, file, pointer)
        self.context.ties.are_known = False  # what a name stands for hangs on the way that led there
        outer, self.scope = self.scope, {**bound, **self.scope}
        made = self.generic(value, Place(file, pointer), key) if is_generic(value) else None
        made = self.plain(value, file, pointer) if made is None else made
        self.scope = outer
        return made

    def generic(self, value: Json, place: Place, key: str) -> Json | None:
        """A copy of the schema that this one binds names for, with what they stand for; None where it binds none."""
        try:
            target = self.find(value["$ref"], place)
        except NoTarget:
            return None
        bound = self.bound_names(target)
        if not bound or not isinstance(self.sources.value(target), dict):
            return None
        if key:
            self.bound.setdefault((target, bound), key)
        made = self.schema(self.sources.value(target), target.file, target.pointer)
        return {**made, **{word: value[word] for word in ("title", "description") if word in value}}

    def plain(self, value: Json, file: str, pointer: str) -> Any:
        self.losses.note(value, self.sources.document(file), pointer)
        result: Json = {}
        if self.scope and name_of(value) in self.scope:
            return self.named(self.scope[name_of(value)])
        if "$ref" in value or "$dynamicRef" in value or "$recursiveRef" in value:
            key = self.target(value, Place(file, pointer))
            if key is None:
                return {}
            result["$ref"] = PREFIX + key
        for key in sorted(_SCHEMA_DATA.keys() & value.keys(), key=_SCHEMA_DATA.__getitem__):
            result[key] = value[key]
        if _HOLDERS.isdisjoint(value):  # most hold no other
            return result
        for key in _SCHEMAS:
            if isinstance(value.get(key), dict | bool):
                result[key] = self.schema(value[key], file, f"{pointer}/{key}")
        if isinstance(value.get("items"), list):
            result["prefixItems"] = self.schemas_of(value["items"], file, f"{pointer}/items")
            if isinstance(value.get("additionalItems"), dict | bool):  # what newer versions say by `items`
                result["items"] = self.schema(value["additionalItems"], file, f"{pointer}/additionalItems")
        for key in _SCHEMA_LISTS:
            if isinstance(value.get(key), list):
                result[key] = self.schemas_of(value[key], file, f"{pointer}/{key}")
        if not _CONDITIONS.isdisjoint(value):
            result[CONDITIONAL] = self.conditional(value, file, pointer)
            self.context.has_conditions = True
        for key in _SCHEMA_MAPS:
            if isinstance(value.get(key), dict):
                below = f"{pointer}/{key}/"
                result[key] = {name: self.schema(v, file, below + escape(name)) for name, v in value[key].items()}
        for key, plain in _UNEVALUATED:
            if plain not in value and (
                isinstance(value.get(key), dict) or (value.get(key) is False and plain == "items")
            ):
                result[plain] = self.schema(value[key], file, f"{pointer}/{key}")
        if "discriminator" in result:
            result.update(self.discriminator(result.pop("discriminator"), file, f"{pointer}/discriminator"))
        return result

    def conditional(self, value: Json, file: str, pointer: str) -> list[Any]:
        """What holds of an object under conditions."""
        keys = [key for key in ("then", "else") if key in value and "if" in value]
        made = [self.schema(value[key], file, f"{pointer}/{key}") for key in keys]
        below = f"{pointer}/dependentSchemas/"
        named = _mapping(value.get("dependentSchemas")).items()
        return [*made, *(self.schema(schema, file, below + escape(name)) for name, schema in named)]

    def schemas_of(self, values: list[Any], file: str, pointer: str) -> list[Any]:
        return [self.schema(value, file, f"{pointer}/{index}") for index, value in enumerate(values)]

    def find(self, ref: Any, place: Place) -> Place:
        """What a reference in the schema at a place leads to.

        Raises:
            NoTarget: It leads nowhere.
        """
        return self.nearby(ref, place) or self.sources.by_id(ref, place) or self.sources.find(ref, place.file, True)

    def end(self, place: Place) -> Place:
        """What the place of a schema within another one refers to, if it does nothing else; else the place itself."""
        seen = {place}
        self.context.ties.are_known &= _has_name(place)  # else what is in a component has a user of its own
        while not _has_name(place):
            value = self.sources.value(place)
            if not isinstance(value, dict) or value.keys() != {"$ref"}:
                break
            place = self.find(value["$ref"], place)
            if place in seen:
                raise NoTarget("it leads back to itself")
            seen.add(place)
        return place

    def target(self, value: Json, place: Place) -> str | None:
        if "$ref" not in value and self.sources.is_ambiguous(value.get("$dynamicRef"), place.file):
            told = str(value["$dynamicRef"])[:200]
            self.refuse(
                place,
                f"Where the dynamic reference {told!r} leads hangs on the schema that uses it.",
                "It is read as anything.",
            )
            return None
        ref = value.get("$ref", value.get("$dynamicRef", _recursive(value, place)))
        try:
            found = self.end(self.find(ref, place))
            if not found.pointer and found.file == self.sources.entry:
                raise NoTarget("a whole API description is no schema")
            steps = found.pointer.split("/")
            target = self.sources.value(found)
            if len(steps) == 4 and steps[1] == "components" and steps[2] != "schemas":
                raise NoTarget(f"it leads to one of the {steps[2]}, not to a schema")
            if not isinstance(target, dict | bool):
                raise NoTarget(f"it leads to {type(target).__name__}, not to a schema")
        except NoTarget as error:
            self.refuse(
                place, f"The reference {str(ref)[:200]!r} cannot be followed: {error}.", "It is read as anything."
            )
            return None
        key = self.key(found)
        alone = not value.keys() - {"$ref", "example", *BESIDE_REF}
        self.context.ties.refer(self.chooser(place) if alone else place.pointer, key, alone)
        return key

    def chooser(self, place: Place) -> str:
        """Where the choice stands of which the schema at a place is one, if it is a choice of several and no more."""
        found = _ARM.fullmatch(place.pointer)
        if found is None:
            return place.pointer
        above, word = found.groups()
        holder = _mapping(self.sources.value(Place(place.file, above)))
        arms = holder.get(word)
        is_choice = isinstance(arms, list) and len(arms) > 1 and not holder.keys() - {word, *BESIDE_REF}
        return above if is_choice else place.pointer

    def named(self, place: Place) -> Any:
        """What a name is bound to, as a reference unless it is a plain value, or anything."""
        value = self.sources.value(place)
        if is_open(value):
            return {}
        if isinstance(value, dict) and _HOLDERS.isdisjoint(value) and not value.keys() & {"$ref", "$dynamicRef"}:
            return self.schema(value, place.file, place.pointer)
        key = self.target(value, place) if isinstance(value, dict) and is_generic(value) else self.key(place)
        return {} if key is None else {"$ref": PREFIX + key}

    def nearby(self, ref: Any, place: Place) -> Place | None:
        """What `#/$defs/…` leads to from within a schema that has an `$id`, or was pasted in as it is."""
        if not isinstance(ref, str) or not ref.startswith(("#/$defs/", "#/definitions/")):
            return None
        above = place.pointer
        while above:
            found = Place(place.file, above + unquote(ref[1:]))
            try:
                self.sources.value(found)
            except NoTarget:
                above = above.rpartition("/")[0]
                continue
            return found
        return None

    def discriminator(self, value: Any, file: str, pointer: str) -> Json:
        """The discriminator under its key; nothing where no property is named."""
        value = {"propertyName": value} if isinstance(value, str) else _mapping(value)  # Swagger 2.0 has the name alone
        result: Json = {"propertyName": value.get("propertyName")}
        if not isinstance(result["propertyName"], str):
            if value:
                self.refuse(Place(file, pointer), "The discriminator names no property.", "It is left out.")
            return {}
        mapping = dict(_mapping(value.get("mapping")))
        if isinstance(value.get("defaultMapping"), str):
            mapping[""] = value["defaultMapping"]
        targets = {}
        for name, ref in mapping.items():
            if isinstance(ref, str) and "/" not in ref and "#" not in ref:
                named = f"#/components/schemas/{escape(ref)}"
                ref = named if self.known(named, file) else ref
            key = self.target({"$ref": ref}, Place(file, pointer))
            if key is not None:
                targets[name] = PREFIX + key
        return {"discriminator": {**result, "mapping": targets} if targets else result}

    def known(self, ref: str, file: str) -> bool:
        try:
            self.sources.find(ref, file)
        except NoTarget:
            return False
        return True


def _has_name(place: Place) -> bool:
    """Whether a schema has a name where it stands: as a component, as a part of a file, or as a whole file."""
    return place.pointer.rpartition("/")[0] in ("/components/schemas", "/definitions", "")


def _recursive(value: Json, place: Place) -> Any:
    """The `$recursiveRef` of a schema: `#` means the component that it stands in, as no one means the API by it."""
    home = place.pointer.split("/")[: 3 if place.pointer.startswith("/definitions/") else 4]
    component = home[1:3] == ["components", "schemas"] or home[1:2] == ["definitions"]
    return "#" + "/".join(home) if value.get("$recursiveRef") == "#" and component else value.get("$recursiveRef")


def _at(value: Any, steps: list[str]) -> Any:
    """What stands below a value; None where there is nothing."""
    for step in map(unescape, steps):
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _mapping(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
