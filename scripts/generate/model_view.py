"""The document as datamodel-code-generator reads it: final names, and only keywords that decide a type.

Three kinds of component come out of one model of the document:

- the model as it is, whose enums are open where the server may extend them;
- its dict form, for models that callers send, and for choices between such models: what a plain `dict` may hold;
- the arguments and answers of each operation, as the properties of one component.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from .annotations import MORE
from .plan import REF, Model, Operation, Plan, Schema, references

MAX_INLINE_VALUES = 40
"""Enums of up to so many values are written out wherever they are used, as editors show them; longer ones are named."""

_ANY_VALUE = ({"type": "string"}, {"type": "integer"})
"""What comes first in a choice that lists values, too: `str | Literal["a"]` is documented to be any text, while
`Literal["a"] | str` is open to what the server may add."""
_FORMATS = {"date-time", "date", "time", "duration", "uuid", "byte", "binary", "decimal"}
"""Formats of text that have a type of their own; a number stays one."""
_SPELLED = _FORMATS - {"byte", "binary"}
"""Those that callers may also write as text."""


@dataclass(frozen=True)
class ModelView:
    """The view, and the component keys that stand for something else than a model."""

    schemas: dict[str, Schema]
    """What the engine is asked: objects whose properties are types, and types that have a name."""
    dicts: dict[str, str]
    """Key of a model's dict form, by the model's name."""
    additional: dict[str, str]
    """Key of the type of a model's members without a field, by the model's name, where the document allows them."""
    calls: dict[str, str]
    """Key of the component with an operation's arguments and answers, by the operation's id."""
    events: str
    """Key of the component with the bodies of all events."""


def model_view(plan: Plan) -> ModelView:
    """The view of the whole package."""
    taken = {model.name for model in plan.models}
    sent = reached(plan, (part.schema for op in plan.operations for part in op.arguments))
    each = (one for op in plan.operations for one in (op, op.streamed) if one)
    payloads = [payload for event in plan.events for payload in event.payloads]
    answered = reached(plan, (*payloads, *(answer.schema for op in each for answer in op.answers if answer.schema)))
    plain = plain_aliases(plan)
    as_dict = _with_dicts(plan, sent) - plain
    dicts = {model.name: _free(f"{model.name}Dict", taken) for model in plan.models if model.key in as_dict}
    additional = {
        model.name: _free(f"{model.name}Additional", taken)
        for model in plan.models
        if model.fields is not None and model.schema.get("additionalProperties")
    }
    calls = {operation.id: _free(f"Call{number}", taken) for number, operation in enumerate(plan.operations)}
    events = _free("Events", taken)
    shaper = _Shaper(plan, dicts, plain)
    schemas = {model.name: shaper.model(model, open_enums=model.key in answered) for model in plan.models}
    schemas |= {dicts[m.name]: shaper.dict_form(m) for m in plan.models if m.name in dicts}
    schemas |= {
        additional[m.name]: shaper.additional(m, m.key in answered) for m in plan.models if m.name in additional
    }
    schemas |= {calls[operation.id]: shaper.call(operation) for operation in plan.operations}
    schemas |= {events: shaper.events()} if payloads else {}
    return ModelView(schemas, dicts, additional, calls, events)


def _free(name: str, taken: set[str]) -> str:
    """The name, or one like it that nothing has; the engine would rename what ends in an underscore."""
    more = (f"{name}Form{number or ''}" for number in count())
    free = name if name not in taken else next(one for one in more if one not in taken)
    taken.add(free)
    return free


def reached(plan: Plan, schemas: Iterable[Schema]) -> set[str]:
    """Keys of the components that these schemas lead to, through any number of references."""
    found: set[str] = set()
    todo = [key for schema in schemas for key in references(schema)]
    while todo:
        key = todo.pop()
        if key not in found and key in plan.references:
            found.add(key)
            todo.extend(plan.references[key])
    return found


def plain_aliases(plan: Plan) -> set[str]:
    """Keys of the components that are written out wherever they are used: `dict[str, int]` or `Job | None` says more
    than a name for it. Choices between types keep their names, and so does what leads back to itself."""
    leads = {
        model.key: plan.references[model.key]
        for model in plan.models
        if model.fields is None and not _chooses(model.schema)
    }
    return {key for key in leads if key not in _after(key, leads)}


def _chooses(schema: Schema) -> bool:
    """Whether a schema lists values, or more than one type besides null."""
    kinds = schema.get("type")
    options = [{"type": kind} for kind in kinds] if isinstance(kinds, list) else []
    options += [part for keyword in ("anyOf", "oneOf") for part in schema.get(keyword, [])]
    return "enum" in schema or len([part for part in options if part.get("type") != "null"]) > 1


def _after(key: str, leads: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [key]
    while todo:
        fresh = leads.get(todo.pop(), set()) - found
        found |= fresh
        todo += fresh
    return found


def _with_dicts(plan: Plan, sent: set[str]) -> set[str]:
    """Keys of the components that callers send and that are models, or types in which models occur."""
    found = {model.key for model in plan.models if model.key in sent and model.fields is not None}
    leads = {m.key: plan.references[m.key] for m in plan.models if m.key in sent and m.fields is None}
    while more := {key for key, to in leads.items() if key not in found and to & found}:
        found |= more
    return found


def answer_field(status: str) -> str:
    """The name of an answer's property in an operation's component."""
    return f"answer_{status.lower()}"


def stream_field(status: str) -> str:
    """The name of the property of an answer's stream, where there is one beside another answer."""
    return f"stream_{status.lower()}"


def event_field(event: int, payload: int) -> str:
    """The name of the property of an event's body, by their numbers."""
    return f"event_{event}_{payload}"


class _Shaper:
    """Turns the document's schemas into the view's."""

    def __init__(self, plan: Plan, dicts: dict[str, str], plain: set[str]) -> None:
        self.plan = plan
        self.dicts = dicts
        self.plain = plain

    def model(self, model: Model, open_enums: bool) -> Schema:
        if model.fields is None:  # inside anyOf, as the engine takes an object without properties for a class
            return {"anyOf": [self.shape(model.schema, open_enums=open_enums and "enum" not in model.schema)]}
        return self._object({f.name: self.shape(f.schema, open_enums) for f in model.fields}, model)

    def additional(self, model: Model, open_enums: bool) -> Schema:
        extra = model.schema["additionalProperties"]
        return {"anyOf": [self.shape(extra if isinstance(extra, dict) else {}, open_enums)]}

    def dict_form(self, model: Model) -> Schema:
        if model.fields is None:
            parts = model.schema.get("anyOf") or model.schema.get("oneOf") or [model.schema]
            return {"anyOf": [self._dict_part(part) for part in parts]}
        return self._object({f.name: self.shape(f.schema, widen=True) for f in model.fields}, model)

    def _dict_part(self, schema: Schema) -> Schema:
        model = self.plan.model(schema)
        key = self.dicts.get(model.name) if model else None
        return {"$ref": REF + key} if key else self.shape(schema, widen=True)

    def _object(self, properties: dict[str, Schema], model: Model) -> Schema:
        required = [field.name for field in model.fields or () if field.required]
        return {"type": "object", "properties": properties, **({"required": required} if required else {})}

    def call(self, operation: Operation) -> Schema:
        properties = {a.name: self.shape(a.schema, widen=True) for a in operation.arguments}
        for answer in operation.answers:
            if answer.schema is not None:
                decoded = answer.schema.get("format") != "binary" or "json" in answer.media_type
                properties[answer_field(answer.status)] = self.shape(answer.schema, open_enums=decoded)
        for answer in operation.streamed.answers if operation.streamed else ():
            if answer.reads and answer.schema is not None:
                properties[stream_field(answer.status)] = self.shape(answer.schema, open_enums=True)
        return {"type": "object", "properties": properties, "required": list(properties)}

    def events(self) -> Schema:
        properties = {
            event_field(number, index): self.shape(payload, open_enums=True)
            for number, event in enumerate(self.plan.events)
            for index, payload in enumerate(event.payloads)
        }
        return {"type": "object", "properties": properties, "required": list(properties)}

    def shape(self, schema: Schema, open_enums: bool = False, widen: bool = False) -> Schema:
        """One schema of the view; `widen` lets dicts stand for models and text for dates, as arguments may."""
        if "$ref" in schema:
            return self._reference(schema, open_enums, widen)
        if "const" in schema or "enum" in schema:
            return _values(schema.get("enum", [schema.get("const")]), open_enums)
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                parts = [self.shape(part, open_enums, widen) for part in schema[keyword]]
                return {"anyOf": sorted(parts, key=lambda part: part not in _ANY_VALUE)}
        kinds = schema.get("type")
        if isinstance(kinds, list):
            parts = [self._typed({**schema, "type": kind}, open_enums, widen) for kind in kinds]
            return {"anyOf": parts} if len(parts) > 1 else parts[0]
        return self._typed(schema, open_enums, widen)

    def _reference(self, schema: Schema, open_enums: bool, widen: bool) -> Schema:
        model = self.plan.model(schema)
        if model is None:
            return {}
        values = model.schema.get("enum")
        if model.fields is None and values is not None and len(values) <= MAX_INLINE_VALUES:
            return _values(values, open_enums)
        if model.key in self.plain:
            return self.shape(model.schema, open_enums, widen)
        ref = {"$ref": REF + model.name}
        if widen and model.name in self.dicts:
            return {"anyOf": [ref, {"$ref": REF + self.dicts[model.name]}]}
        return {"anyOf": [ref, {"type": "string"}]} if widen and self._is_spelled(model.schema) else ref

    def _is_spelled(self, schema: Schema) -> bool:
        """Whether it is a choice with dates or the like, for which callers may give text."""
        todo, seen = [schema], set[str]()
        while todo:
            part = todo.pop()
            if part.get("type") == "string" and part.get("format") in _SPELLED:
                return True
            todo += [inner for keyword in ("anyOf", "oneOf") for inner in part.get(keyword, ())]
            named = self.plan.model(part)
            if named and named.fields is None and named.key not in seen:
                seen.add(named.key)
                todo.append(named.schema)
        return False

    def _typed(self, schema: Schema, open_enums: bool, widen: bool) -> Schema:
        kind = schema.get("type")
        if kind == "array":
            if "prefixItems" in schema:
                return self._tuple(schema, open_enums, widen)
            return {"type": "array", "items": self.shape(schema.get("items", {}), open_enums, widen)}
        if kind == "object":
            extra = schema.get("additionalProperties", {})
            shaped = self.shape(extra, open_enums, widen) if isinstance(extra, dict) and extra else {}
            return {"type": "object", "additionalProperties": shaped or True}
        if kind is None:
            return {}
        form = schema.get("format")
        if kind != "string" or form not in _FORMATS or (form == "binary" and open_enums):  # JSON has no bytes
            form = None
        shaped = {"type": kind, **({"format": form} if form else {})}
        if widen and kind == "string" and form in _SPELLED:
            return {"anyOf": [shaped, {"type": "string"}]}
        return shaped

    def _tuple(self, schema: Schema, open_enums: bool, widen: bool) -> Schema:
        """A tuple; the engine knows none that may be longer, so what more items are stands before a mark."""
        parts = [self.shape(part, open_enums, widen) for part in schema["prefixItems"]]
        if "items" in schema:
            parts += [self.shape(schema["items"], open_enums, widen), {"enum": [MORE]}]
        return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}


def _is_small(value: int) -> bool:
    """Whether type checkers take the number in a `Literal`: they keep 64 bits of it."""
    return -(2**63) <= value < 2**63


def _values(values: list[Any], open_enums: bool) -> Schema:
    """An enum; an open one also takes any other value of the same type, as the server may add some.

    Where there is but one value it is a constant, which stays closed: type checkers tell models apart by it.
    """
    kinds = {"string": str, "integer": int}
    plain = [value for value in values if value is not None]
    literal = [value for value in plain if isinstance(value, str) or (isinstance(value, int) and _is_small(value))]
    parts: list[Schema] = [{"enum": literal}] if literal else []
    parts += [{"type": "number"}] if any(isinstance(value, float) for value in plain) else []
    parts += [{"type": "integer"}] if any(isinstance(value, int) and not _is_small(value) for value in plain) else []
    parts += [{}] if any(isinstance(value, dict | list) for value in plain) else []
    if open_enums and len(plain) > 1:
        parts += [{"type": kind} for kind, python in kinds.items() if any(type(value) is python for value in literal)]
    parts += [{"type": "null"}] if None in values else []
    return parts[0] if len(parts) == 1 else {"anyOf": parts}
