"""What the model templates print: one module per model, and one per dict form."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .. import engines
from ..cache import Parts, frozen
from .annotations import argument_hint, literal, names_in, text_literal
from .code import import_lines, laid_out, mapping
from .model_view import ModelView
from .module_names import module_name
from .plan import Field, Model, Plan
from .prose import docstring, first_sentence, paragraphs
from .types import Types
from .vocabulary import imports

RUNTIME = ".._runtime"


@dataclass(frozen=True)
class FieldText:
    """A field, ready to print."""

    name: str
    hint: str
    default: str
    doc: str
    key: str = ""
    """The name as code, where it is a key."""
    quoted_hint: str = ""


@dataclass(frozen=True)
class ModelFile:
    """A module of `models/`, ready to print."""

    template: str
    name: str
    summary: str
    """The module's docstring."""
    doc: str
    """The class's docstring."""
    imports: tuple[str, ...]
    typing_imports: tuple[str, ...]
    wire: str
    """A dict display of the wire names that differ, or empty."""
    additional: str = ""
    """The annotation of members without a field, as code, or empty."""
    fields: tuple[FieldText, ...] = ()
    former: tuple[tuple[FieldText, FieldText, str], ...] = ()
    """Deprecated names of fields: the old one, the present one, and their names as code."""
    alias: str = ""
    discriminator: str = ""


def modules(plan: Plan, view: ModelView) -> dict[str, str]:
    """The module of every model and dict form, by name."""
    names = [model.name for model in plan.models] + list(view.dicts.values())
    return {name: module_name(name) for name in names}


def model_modules(plan: Plan, view: ModelView, types: Types, parts: Parts) -> dict[str, str]:
    """The module of each model and dict form by its name; the engine renders those that `parts` does not know, and ruff
    lays them out."""
    asked = _sources(plan, view, types)
    local = {name: f".{module}" for name, module in modules(plan, view).items()}

    def render(said: Iterable[bytes]) -> dict[bytes, str]:
        fresh = {one: asked[one].file(local) for one in said}
        made: dict[str, str] = engines.ask(engines.MODELS, "rendered", list(fresh.values()))
        laid = laid_out(made.values())
        return {one: laid[made[file.name]] for one, file in fresh.items()}

    made = parts.made(asked, render)
    return {source.name: made[said] for said, source in asked.items()}


@dataclass(slots=True)
class _Source:
    """What one module is made of: a model, or its dict form."""

    name: str
    model: Model
    hints: dict[str, str]
    """The annotation of each field by its name; of an alias, of `""`."""
    additional: str
    """The annotation of members without a field, or empty."""
    former: Mapping[str, str]
    """Deprecated names of fields."""

    def file(self, local: Mapping[str, str]) -> ModelFile:
        """The module; `local` has the modules of all models."""
        if self.name == self.model.name:
            return (_alias if self.model.fields is None else _class)(self, local)
        return (_dict_alias if self.model.fields is None else _dict)(self, local)

    def said(self) -> bytes:
        """All that the module hangs on."""
        model = self.model
        about: tuple[object, ...] = ()
        if self.name == model.name:
            about = model.key, model.text, model.source, model.discriminator, self.additional, dict(self.former)
        fields = model.fields and [(f.name, f.wire, f.required, f.text, f.notes) for f in model.fields]
        return frozen((self.name, model.name, fields, self.hints, about))


def _sources(plan: Plan, view: ModelView, types: Types) -> dict[bytes, _Source]:
    """Every module of `models/`, by all that it hangs on."""
    found = []
    for model in plan.models:
        additional = types[view.additional[model.name]][""] if model.name in view.additional else ""
        former = plan.aliases.fields.get(model.name, {})
        found.append(_Source(model.name, model, types[model.name], additional, former))
        if key := view.dicts.get(model.name):
            found.append(_Source(key, model, types[key], "", {}))
    return {source.said(): source for source in found}


def _class(source: _Source, local: Mapping[str, str]) -> ModelFile:
    model, former, additional = source.model, source.former, source.additional
    fields = tuple(_field(field, source.hints[field.name]) for field in model.fields or ())
    by_name = {field.name: field for field in fields}
    found = imports([field.hint for field in fields], local, RUNTIME, model.name)
    used = {"Model"} | ({"UNSET"} if any(field.default for field in fields) else set())
    used |= {"deprecated", "warn_renamed"} if former else set()
    base = {"attrs": set[str](), RUNTIME: used}
    wire = {field.name: literal(field.wire) for field in model.fields or () if field.name != field.wire}
    if wire or additional:
        found["typing"].add("ClassVar")
    return ModelFile(
        template="class.py.jinja",
        name=model.name,
        summary=docstring([f"The model `{model.name}`."], 0),
        doc=docstring(_model_text(model), 4),
        imports=import_lines(base),
        typing_imports=import_lines(found),
        wire=mapping(wire) if wire else "",
        additional=literal(additional) if additional else "",
        fields=fields,
        former=tuple(_former(model.name, old, by_name[new]) for old, new in sorted(former.items())),
    )


def _former(model: str, old: str, field: FieldText) -> tuple[FieldText, FieldText, str]:
    return FieldText(old, field.hint, "", ""), field, f"{literal(f'{model}.{old}')}, {literal(field.name)}"


def _model_text(model: Model) -> list[str]:
    lines = paragraphs(model.text or f"`{model.key}` of the API.", 96)
    return [*lines, "", f"Source: `{model.key}`, {model.source}"] if model.source else lines


def _field(field: Field, hint: str) -> FieldText:
    default = "" if field.required else " = UNSET"
    return FieldText(field.name, hint if field.required else f"{hint} | Unset", default, _field_doc(field))


def _field_doc(field: Field) -> str:
    lines = paragraphs(field.text, 96) if field.text else []
    notes = [*field.notes, *([f"Wire name: `{field.wire}`."] if field.name != field.wire else [])]
    if notes and lines:
        lines.append("")
    lines += [line for note in notes for line in paragraphs(note, 96)]
    return docstring(lines, 4)


def _alias(source: _Source, local: Mapping[str, str]) -> ModelFile:
    model, hint = source.model, source.hints[""]
    found = imports([hint], local, RUNTIME, model.name)
    discriminator = ""
    base: dict[str, set[str]] = {"typing": {"TYPE_CHECKING", "TypeAlias"} if found else {"TypeAlias"}}
    if model.discriminator:
        wire, targets = model.discriminator
        discriminator = (
            f"Discriminator({literal(wire)}, {mapping({value: literal(name) for value, name in targets.items()})})"
        )
        base[RUNTIME] = {"Discriminator"}
    return ModelFile(
        template="alias.py.jinja",
        name=model.name,
        summary=docstring([f"The type `{model.name}`: {first_sentence(model.text)}".rstrip(": ")], 0),
        doc=docstring(_model_text(model), 0),
        imports=import_lines(base),
        typing_imports=import_lines(found),
        wire="",
        alias=text_literal(hint),
        discriminator=discriminator,
    )


def _dict_alias(source: _Source, local: Mapping[str, str]) -> ModelFile:
    model, hint = source.model, argument_hint(source.hints[""])
    found = imports([hint], local, RUNTIME, source.name)
    return ModelFile(
        template="alias.py.jinja",
        name=source.name,
        summary=docstring([f"The dict form of `{model.name}`."], 0),
        doc=docstring([f"What else may be sent for a `{model.name}`: plain dicts, whose keys are wire names."], 0),
        imports=import_lines({"typing": {"TYPE_CHECKING", "TypeAlias"}}),
        typing_imports=import_lines(found),
        wire="",
        alias=text_literal(hint),
    )


def _dict(source: _Source, local: Mapping[str, str]) -> ModelFile:
    model = source.model
    fields = tuple(_dict_field(field, source.hints[field.name]) for field in model.fields or ())
    found = imports([field.hint for field in fields], local, RUNTIME, source.name)
    used = names_in(field.hint for field in fields)
    as_class = all(_attribute(field.name) and field.name not in used for field in fields)
    return ModelFile(
        template="dict_class.py.jinja" if as_class else "dict_call.py.jinja",
        name=source.name,
        summary=docstring([f"The dict form of `{model.name}`."], 0),
        doc=docstring([f"What a plain dict may hold where a `{model.name}` is sent; its keys are wire names."], 4),
        imports=(),
        typing_imports=import_lines(found),
        wire="",
        fields=fields,
    )


def _dict_field(field: Field, hint: str) -> FieldText:
    hint = f"{'Required' if field.required else 'NotRequired'}[{argument_hint(hint)}]"
    return FieldText(field.wire, hint, "", _field_doc(field), literal(field.wire), text_literal(hint))


def _attribute(name: str) -> bool:
    """Whether a wire name can stand as an annotated name in a class body."""
    return name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("__")
