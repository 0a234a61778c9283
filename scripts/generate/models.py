"""What the model templates print: one module per model, and one per dict form."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .. import engines
from ..cache import Parts
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


def model_files(plan: Plan, view: ModelView, types: Types) -> Iterator[ModelFile]:
    """Every module of `models/`."""
    local = {name: f".{module}" for name, module in modules(plan, view).items()}
    for model in plan.models:
        former = plan.aliases.fields.get(model.name, {})
        yield _alias(model, types, local) if model.fields is None else _class(model, view, types, local, former)
        if key := view.dicts.get(model.name):
            yield _dict_alias(key, model, types, local) if model.fields is None else _dict(key, model, types, local)


def model_modules(files: Iterable[ModelFile], parts: Parts) -> dict[str, str]:
    """The module of each model by its name; the engine renders those that `parts` does not know, and ruff lays them
    out."""
    asked = {repr(file): file for file in files}

    def render(texts: Iterable[str]) -> dict[str, str]:
        fresh = {text: asked[text] for text in texts}
        made: dict[str, str] = engines.ask(engines.MODELS, "rendered", list(fresh.values()))
        laid = laid_out(made.values())
        return {text: laid[made[file.name]] for text, file in fresh.items()}

    made = parts.made(asked, render)
    return {file.name: made[text] for text, file in asked.items()}


def _class(model: Model, view: ModelView, types: Types, local: dict[str, str], former: Mapping[str, str]) -> ModelFile:
    hints = types[model.name]
    fields = tuple(_field(field, hints[field.name]) for field in model.fields or ())
    by_name = {field.name: field for field in fields}
    found = imports([field.hint for field in fields], local, RUNTIME, model.name)
    used = {"Model"} | ({"UNSET"} if any(field.default for field in fields) else set())
    used |= {"deprecated", "warn_renamed"} if former else set()
    base = {"attrs": set[str](), RUNTIME: used}
    wire = {field.name: literal(field.wire) for field in model.fields or () if field.name != field.wire}
    additional = types[view.additional[model.name]][""] if model.name in view.additional else ""
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


def _alias(model: Model, types: Types, local: dict[str, str]) -> ModelFile:
    hint = types[model.name][""]
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


def _dict_alias(key: str, model: Model, types: Types, local: dict[str, str]) -> ModelFile:
    hint = argument_hint(types[key][""])
    found = imports([hint], local, RUNTIME, key)
    return ModelFile(
        template="alias.py.jinja",
        name=key,
        summary=docstring([f"The dict form of `{model.name}`."], 0),
        doc=docstring([f"What else may be sent for a `{model.name}`: plain dicts, whose keys are wire names."], 0),
        imports=import_lines({"typing": {"TYPE_CHECKING", "TypeAlias"}}),
        typing_imports=import_lines(found),
        wire="",
        alias=text_literal(hint),
    )


def _dict(key: str, model: Model, types: Types, local: dict[str, str]) -> ModelFile:
    hints = types[key]
    fields = tuple(_dict_field(field, hints[field.name]) for field in model.fields or ())
    found = imports([field.hint for field in fields], local, RUNTIME, key)
    used = names_in(field.hint for field in fields)
    as_class = all(_attribute(field.name) and field.name not in used for field in fields)
    return ModelFile(
        template="dict_class.py.jinja" if as_class else "dict_call.py.jinja",
        name=key,
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
