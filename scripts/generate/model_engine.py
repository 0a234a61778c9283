"""Runs datamodel-code-generator: the annotation of a schema, and the module of a model.

What it says of one schema must not hang on others, or what is kept of an earlier run would be wrong. So a component
that a schema refers to is shown to it as an empty class of that name, always.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from datamodel_code_generator.config import OpenAPIParserConfig
from datamodel_code_generator.format import Formatter
from datamodel_code_generator.model import DataModel
from datamodel_code_generator.model import dataclass as engine
from datamodel_code_generator.parser import LiteralType
from datamodel_code_generator.parser.openapi import OpenAPIParser
from datamodel_code_generator.types import Types
from jinja2 import Template

from ..problems import BadInput, Problem
from ..scratch import scratch
from .annotations import hint
from .gate import FIX
from .plan import references
from .templates import environment

if TYPE_CHECKING:
    from .models import ModelFile

Schema = dict[str, Any]

_BATCH = 200
"""Types in one component: more make the engine slower, fewer make more components."""
_CLASS: Schema = {"type": "object"}
_QUALIFIED = {
    Types.date_time: "datetime.datetime",
    Types.date: "datetime.date",
    Types.time: "datetime.time",
    Types.timedelta: "datetime.timedelta",
    Types.byte: "bytes",
    Types.binary: "bytes",
    Types.uuid: "UUID",
}
"""Types that are written through their module, as fields are often called `date` or `time`."""


class WireTypes(engine.DataTypeManager):
    """The Python types of the formats that the runtime decodes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type_map |= {kind: self.data_type(type=name) for kind, name in _QUALIFIED.items()}


class _OwnTemplate:
    """A model of the engine that renders itself from one of our templates."""

    def _render(self, *, template: Template, **values: Any) -> str:
        return template.render(**values)


class AttrsModel(_OwnTemplate, engine.DataClass):
    """A model of the package."""


class AttrsField(engine.DataModelField):
    """A field whose absence is `UNSET`, so that only what the document calls nullable is `| None`."""

    @property
    def fall_back_to_nullable(self) -> bool:
        """Whether `None` is added to the type of a field that may be left out."""
        return False


def hints(schemas: Iterable[str]) -> dict[str, str | None]:
    """The annotation of each schema, given as JSON; None for one that the engine drops.

    Raises:
        BadInput: The engine drops or renames a model that a schema refers to.
    """
    asked = {f"t{number}": text for number, text in enumerate(schemas)}
    parsed = {name: json.loads(text) for name, text in asked.items()}
    models = sorted({key for schema in parsed.values() for key in references(schema)})
    home = _free_prefix(models)
    components = dict.fromkeys(models, _CLASS)
    names = iter(parsed)
    while batch := list(islice(names, _BATCH)):
        properties = {name: parsed[name] for name in batch}
        components[f"{home}{batch[0]}"] = {"type": "object", "properties": properties, "required": batch}
    made = _parse(components)
    _check(models, made)
    fields = (field for key in components if key.startswith(home) and key in made for field in made[key].fields)
    found = {field.name: hint(field.type_hint) for field in fields}
    return {text: found.get(name) for name, text in asked.items()}


def rendered(files: Iterable[ModelFile]) -> dict[str, str]:
    """The module of each model by name, rendered by the engine from one of our templates with the file's values.

    Raises:
        BadInput: The engine drops or renames a model.
    """
    asked = {file.name: file for file in files}
    templates = environment()
    made = _parse(dict.fromkeys(asked, _CLASS))
    _check(asked, made)
    for name, file in asked.items():
        template = templates.get_template(f"models/{file.template}")
        made[name].extra_template_data.update(template=template, file=file)
    return {name: made[name].render() for name in asked}


def _check(names: Iterable[str], made: Mapping[str, DataModel]) -> None:
    told = []
    for name in names:
        if name not in made:
            told.append(f"datamodel-code-generator dropped the model {name}.")
        elif made[name].class_name != name:
            told.append(f"datamodel-code-generator renamed the model {name} to {made[name].class_name}.")
    if told:
        raise BadInput(Problem("spec/openapi.yaml", what, FIX) for what in told)


def _free_prefix(names: Iterable[str]) -> str:
    prefix = "Types"
    while any(name.startswith(prefix) for name in names):
        prefix += "X"
    return prefix


def _parse(schemas: Mapping[str, Schema]) -> dict[str, DataModel]:
    """The engine's models by component key."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "models", "version": "0"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    with scratch() as folder:
        source = folder.resolve() / "models.json"
        source.write_text(json.dumps(document), encoding="utf-8")
        parser = OpenAPIParser(
            source,
            config=OpenAPIParserConfig(
                data_model_type=AttrsModel,
                data_model_field_type=AttrsField,
                data_type_manager_type=WireTypes,
                enum_field_as_literal=LiteralType.All,
                use_union_operator=True,
                use_standard_collections=True,
                use_standard_primitive_types=True,
                formatters=[Formatter.BUILTIN],
            ),
        )
        parser.parse_raw()
    return {model.reference.path.rpartition("/")[2]: model for model in parser.results}
