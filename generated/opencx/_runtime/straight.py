# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Straight-line functions over the fields of one model, as fast as Python can run them.

Each is put together as a syntax tree in which a name can be nothing but a name, and a wire name nothing but a text:
what a document says never becomes code.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from .unset import UNSET
from .values import Value

N = TypeVar("N", bound=ast.AST)
_PLACE: dict[str, Any] = {"lineno": 1, "col_offset": 0}


class Copied(Value):
    """A field that is copied from a slot of another object, through `lift` if there is one.

    `lift` also gets the new model where `owned`.
    """

    name: str
    slot: str
    lift: Callable[..., Any] | None
    owned: bool


def fill(names: Iterable[str]) -> Callable[[Any, Sequence[Any]], None]:
    """`fill(model, values)` assigns to all fields: `model.a, model.b = values`."""
    targets: list[ast.expr] = [_attribute("model", name, ast.Store()) for name in names]
    return _function(
        "fill", ["model", "values"], [_assign(_node(ast.Tuple, targets, ast.Store()), _name("values"))], {}
    )


def copy(cls: type, fields: Iterable[Copied]) -> Callable[[Any], Any]:
    """`copy(source)` is a new model: `model.a = source.f0; model.b = lift_f1(source.f1)`, and so on."""
    names: dict[str, Any] = {"new": object.__new__, "cls": cls}
    body: list[ast.stmt] = [
        _assign(_name("model", ast.Store()), _call("new", _name("cls"))),
        _assign(_attribute("model", "__extra__", ast.Store()), _none()),
    ]
    for field in fields:
        value = _attribute("source", field.slot)
        if field.lift is not None:
            names[f"lift_{field.slot}"] = field.lift
            value = _call(f"lift_{field.slot}", value, *([_name("model")] if field.owned else []))
        body.append(_assign(_attribute("model", field.name, ast.Store()), value))
    return _function("copy", ["source"], [*body, _node(ast.Return, _name("model"))], names)


def write(
    fields: Iterable[tuple[str, str]],
    atoms: frozenset[type[Any]],
    writers: Mapping[type[Any], Callable[[Any], Any]],
    member: Callable[[Any, str, Any], Any],
    put_back: Callable[[Any, dict[str, Any]], None],
) -> Callable[[Any], dict[str, Any]]:
    """`write(model)` is a dict from wire names to values, where `UNSET` is left out.

    Values of a type in `atoms` stand in it as they are; others are written by the `writers` of their types, or by
    `member` and `put_back` where a model has something extra. It is `data = {}; extra = model.__extra__`,
    `texts = {} if extra is None else extra.texts`, then for each name and wire name
    `if (kind := type(value := model.a)) in atoms: data["a"] = value`,
    `elif value is not unset: data["a"] = member(texts, "a", value) if "a" in texts else writers[kind](value)`,
    and at the end `if extra is not None: put_back(extra, data)`.
    """
    body: list[ast.stmt] = [
        _assign(_name("data", ast.Store()), _node(ast.Dict, [], [])),
        _assign(_name("extra", ast.Store()), _attribute("model", "__extra__")),
        _assign(_name("texts", ast.Store()),
                _node(ast.IfExp, _is("extra", _none()), _name("nothing"), _attribute("extra", "texts"))),
    ]  # fmt: skip
    for name, wire in fields:
        value = _node(ast.NamedExpr, _node(ast.Name, "value", ast.Store()), _attribute("model", name))
        kind = _node(ast.NamedExpr, _node(ast.Name, "kind", ast.Store()), _call("type", value))
        place = _node(ast.Subscript, _name("data"), _node(ast.Constant, wire), ast.Store())
        writer = _node(ast.Subscript, _name("writers"), _name("kind"), ast.Load())
        plain = _node(ast.Call, writer, [_name("value")], [])
        special = _call("member", _name("texts"), _node(ast.Constant, wire), _name("value"))
        kept = _node(ast.Compare, _node(ast.Constant, wire), [ast.In()], [_name("texts")])
        other = _assign(place, _node(ast.IfExp, kept, special, plain))
        rest = _node(ast.If, _node(ast.UnaryOp, ast.Not(), _is("value", _name("unset"))), [other], [])
        body.append(
            _node(
                ast.If, _node(ast.Compare, kind, [ast.In()], [_name("atoms")]), [_assign(place, _name("value"))], [rest]
            )
        )
    end = _node(ast.Expr, _call("put_back", _name("extra"), _name("data")))
    body += [
        _node(ast.If, _is("extra", _none()), [_node(ast.Pass)], [end]),
        _node(ast.Return, _name("data")),
    ]
    names: dict[str, Any] = {
        "nothing": {}, "type": type, "atoms": atoms, "unset": UNSET, "writers": writers,
        "member": member, "put_back": put_back,
    }  # fmt: skip
    return _function("write", ["model"], body, names)


def _is(name: str, other: ast.expr) -> ast.expr:
    return _node(ast.Compare, _name(name), [ast.Is()], [other])


def _none() -> ast.expr:
    return _node(ast.Constant, None)


def _node(kind: type[N], *parts: Any) -> N:
    """A node with a place in the source, which the compiler asks for."""
    return kind(*parts, **_PLACE)


def _function(name: str, arguments: list[str], body: list[ast.stmt], names: dict[str, Any]) -> Callable[..., Any]:
    listed = ast.arguments([], [_node(ast.arg, argument) for argument in arguments], None, [], [], None, [])
    module = ast.Module([_node(ast.FunctionDef, name, listed, body, [], None)], [])
    namespace: dict[str, Any] = {"__builtins__": {}, **names}
    exec(compile(module, "<model>", "exec"), namespace)
    return cast("Callable[..., Any]", namespace[name])


def _name(name: str, context: ast.expr_context | None = None) -> ast.expr:
    return _node(ast.Name, name, context or ast.Load())


def _attribute(owner: str, name: str, context: ast.expr_context | None = None) -> ast.expr:
    return _node(ast.Attribute, _name(owner), name, context or ast.Load())


def _call(function: str, *arguments: ast.expr) -> ast.expr:
    return _node(ast.Call, _name(function), list(arguments), [])


def _assign(target: ast.expr, value: ast.expr) -> ast.stmt:
    return _node(ast.Assign, [target], value)
