# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Annotations as text, read into the specs that the decoder is made of.

The grammar is closed: `str int float bool None Any bytes datetime.datetime datetime.date datetime.time
datetime.timedelta UUID Decimal list[X] tuple[X, Y] tuple[X, *tuple[Y, ...]] dict[str, X] Literal[…] X | Y Unset` and
names of models and aliases. The text is walked as a syntax tree and never evaluated.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from .scalars import PARSERS
from .specs import ANYTHING, ListOf, Literals, MapOf, Parsed, Plain, Spec, TupleOf
from .unions import Union

Resolve: TypeAlias = Callable[[str], Spec]
"""From the name of a model or an alias to its spec."""

_PLAIN: dict[str, Spec] = {
    "str": Plain("string", (str,)),
    "int": Plain("integer", (int,)),
    "float": Plain("number", (float, int)),
    "bool": Plain("boolean", (bool,)),
    "None": Plain("null", (type(None),)),
    "Any": ANYTHING,
    "typing.Any": ANYTHING,
    **{name: Parsed(name, parse) for name, parse in PARSERS.items()},
}


def read_annotation(text: str, resolve: Resolve) -> Spec:
    """The spec that an annotation's text stands for.

    Raises `TypeError` for text outside the grammar.
    """
    try:
        return _spec(parsed(text.strip()), resolve)
    except (SyntaxError, RecursionError):
        raise TypeError(f"not an annotation of a model field: {text[:200]!r}") from None


@lru_cache(maxsize=512)
def parsed(text: str) -> ast.expr:
    """The syntax tree of an annotation's text."""
    return ast.parse(text, mode="eval").body


def may_be_unset(text: str) -> bool:
    """Whether the annotation allows the field to be left out."""
    return "Unset" in (part.strip() for part in text.split("|"))


def _spec(node: ast.expr, resolve: Resolve) -> Spec:
    match node:
        case ast.Constant(value=None):
            return _PLAIN["None"]
        case ast.Constant(value=str(text)):
            return read_annotation(text, resolve)
        case ast.BinOp(op=ast.BitOr()):
            return _union(node, resolve)
        case ast.Name(id=name):
            return _PLAIN.get(name) or resolve(name)
        case ast.Attribute():
            name = ast.unparse(node)
            return _PLAIN.get(name) or resolve(name)
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            return ListOf(_spec(item, resolve))
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[_, item])):
            return MapOf(_spec(item, resolve))
        case ast.Subscript(value=ast.Name(id="tuple"), slice=items):
            first, more = positions(items)
            return TupleOf([_spec(item, resolve) for item in first], _spec(more, resolve) if more else None)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=values):
            return Literals(ast.literal_eval(ast.Tuple(elts=_elements(values), ctx=ast.Load())))
        case _:
            raise TypeError(f"not an annotation of a model field: {ast.unparse(node)[:200]!r}")


def positions(items: ast.expr) -> tuple[list[ast.expr], ast.expr | None]:
    """What stands at each position of a tuple, and what stands after them where there may be more."""
    match _elements(items):
        case [*first, ast.Starred(value=ast.Subscript(slice=ast.Tuple(elts=[more, _])))]:
            return first, more
        case first:
            return first, None


def _elements(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _union(node: ast.expr, resolve: Resolve) -> Spec:
    members: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        members.append(node.right)
        node = node.left
    members.append(node)
    kept = [m for m in reversed(members) if not (isinstance(m, ast.Name) and m.id == "Unset")]
    specs = [_spec(member, resolve) for member in kept]
    return specs[0] if len(specs) == 1 else Union(specs)
