"""Runs datamodel-code-generator on the model view: the type of every field, argument and answer."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from datamodel_code_generator.config import OpenAPIParserConfig
from datamodel_code_generator.format import Formatter
from datamodel_code_generator.model import DataModel, type_alias
from datamodel_code_generator.model import dataclass as engine
from datamodel_code_generator.parser import LiteralType
from datamodel_code_generator.parser.openapi import OpenAPIParser
from datamodel_code_generator.types import Types
from jinja2 import Template

from ..scratch import scratch
from .model_view import ModelView
from .shapes import shared_shapes

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


class AliasModel(_OwnTemplate, type_alias.TypeAlias):
    """A named type of the package."""


class AttrsField(engine.DataModelField):
    """A field whose absence is `UNSET`, so that only what the document calls nullable is `| None`."""

    @property
    def fall_back_to_nullable(self) -> bool:
        """Whether `None` is added to the type of a field that may be left out."""
        return False


@dataclass(frozen=True)
class TypedModels:
    """What the engine made of the view."""

    types: dict[str, dict[str, str]]
    """Annotation by component key and field name; an alias has the one field `""`."""
    models: dict[str, DataModel]
    """The engine's own models by component key: they render themselves."""

    def render(self, key: str, template: Template, file: object) -> str:
        """The module of one model, rendered by the engine from one of our templates."""
        model = self.models[key]
        model.extra_template_data.update(template=template, file=file)
        return model.render()


def typed_models(view: ModelView) -> TypedModels:
    """Everything in the view with its type."""
    shapes = shared_shapes(view.document, only_types={*view.calls.values(), view.events})
    models = _parse(shapes.document)
    hints = {key: {f.name or "": hint(f.type_hint) for f in model.fields} for key, model in models.items()}
    types = {
        key: {
            name: hints[component][field]
            for name, (component, field) in places.items()
            if name in hints.get(key, places)
        }
        for key, places in shapes.places.items()
    }
    return TypedModels({**hints, **types}, models)


def _parse(document: dict[str, Any]) -> dict[str, DataModel]:
    """The engine's models of a view, by component key."""
    with scratch() as folder:
        source = folder.resolve() / "models.json"
        source.write_text(json.dumps(document), encoding="utf-8")
        parser = OpenAPIParser(
            source,
            config=OpenAPIParserConfig(
                data_model_type=AttrsModel,
                data_model_field_type=AttrsField,
                data_model_root_type=AliasModel,
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


def hint(text: str) -> str:
    """The annotation with each part of a union once and `None` last: `str | None | str` is `str | None`."""
    return _union(ast.parse(text, mode="eval").body)


def _union(node: ast.expr) -> str:
    parts: list[str] = []
    todo = [node]
    while todo:
        part = todo.pop()
        if isinstance(part, ast.BinOp):
            todo += [part.right, part.left]
        elif (text := _plain(part)) not in parts:
            parts.append(text)
    if "Any" in parts:
        return "Any"
    parts.sort(key=lambda text: text == "None")
    return " | ".join(parts)


def _plain(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("list", "dict"):
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return f"{ast.unparse(node.value)}[{', '.join(map(_union, inner))}]"
    if isinstance(node, ast.Name) and node.id == "list":
        return "list[Any]"
    return double_quoted(node)


def double_quoted(node: ast.expr) -> str:
    """The code of an annotation with its text literals in double quotes."""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return f"Literal[{', '.join(literal(ast.literal_eval(value)) for value in values)}]"
    return ast.unparse(node)


def literal(value: object) -> str:
    """A constant as Python code, text in double quotes where it holds none."""
    if isinstance(value, str) and '"' not in value:
        return '"' + repr("'" + value)[2:]  # the quote in front makes repr choose double quotes
    return repr(value)


def text_literal(code: str) -> str:
    """An annotation as a text literal: in single quotes where it holds double ones."""
    return repr(code) if '"' in code else f'"{code}"'


def argument_hint(text: str) -> str:
    """The annotation as an argument takes it: any sequence or mapping, but text does not pass as a list of text."""
    return _Widen().visit_text(text)


class _Widen(ast.NodeTransformer):
    def visit_text(self, text: str) -> str:
        return _union(self.visit(ast.parse(text, mode="eval")).body)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        name, inner = ast.unparse(node.value), ast.unparse(node.slice)
        if name == "list" and inner not in ("str", "Any"):
            node.value = ast.Name("Sequence")
        elif name == "dict":
            node.value = ast.Name("Mapping")
        return node


def file_hint(text: str, name: str) -> str:
    """The annotation as an argument takes it whose bytes are sent as they are; `name` is what may hold bytes."""
    tree = ast.parse(text, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "bytes":
            node.id = name
    return _union(tree.body)


def item_hint(text: str, types: Mapping[str, Mapping[str, str]]) -> str:
    """The annotation of what a list holds: of one that may be null, or of one behind an alias of `types`, too."""
    for _ in range(10):
        tree = ast.parse(text, mode="eval").body
        parts = [part for part in _parts(tree) if ast.unparse(part) not in ("None", "Unset")]
        if len(parts) == 1 and isinstance(parts[0], ast.Name) and "" in types.get(parts[0].id, {}):
            text = types[parts[0].id][""]
        elif len(parts) == 1 and isinstance(parts[0], ast.Subscript) and ast.unparse(parts[0].value) == "list":
            return _union(parts[0].slice)
        else:
            break
    return "Any"


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """The members of a union."""
    while isinstance(node, ast.BinOp):
        yield node.right
        node = node.left
    yield node


def names_in(hints: Iterable[str]) -> set[str]:
    """The names that annotations use: `list[PhoneAgent] | None` uses `list` and `PhoneAgent`."""
    found: set[str] = set()
    for text in hints:
        found |= {node.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)}
    return found
