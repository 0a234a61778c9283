"""Annotations as text: what the model engine says in the words of the package, and what callers see of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

MORE = 2**64
"""At the end of a tuple: what stands before it may come any number of times. No document leads to such a literal."""
_CONTAINERS = ("list", "dict", "tuple", "Sequence", "Mapping")


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
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) in _CONTAINERS:
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if isinstance(inner[-1], ast.Subscript) and ast.unparse(inner[-1].slice) == str(MORE):
            return f"tuple[{', '.join([*map(_union, inner[:-2]), f'*tuple[{_union(inner[-2])}, ...]'])}]"
        return f"{ast.unparse(node.value)}[{', '.join(map(_union, inner))}]"
    if isinstance(node, ast.Starred):
        return f"*{_plain(node.value)}"
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


@cache
def argument_hint(text: str) -> str:
    """The annotation as an argument takes it: any sequence or mapping, but text does not pass as a list of text."""
    return _Widen().visit_text(text)


class _Widen(ast.NodeTransformer):
    def visit_text(self, text: str) -> str:
        return _union(self.visit(ast.parse(text, mode="eval")).body)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        part = node
        while isinstance(part.left, ast.BinOp):  # hundreds of members nest as deep
            part.right = self.visit(part.right)
            part = part.left
        part.left, part.right = self.visit(part.left), self.visit(part.right)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        name = ast.unparse(node.value)
        if name == "list" and not (isinstance(node.slice, ast.Name) and node.slice.id in ("str", "Any")):
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
    """The annotation of what a list holds: of one that may be null, of several, or behind an alias of `types`."""
    for _ in range(10):
        tree = ast.parse(text, mode="eval").body
        parts = [part for part in _parts(tree) if ast.unparse(part) not in ("None", "Unset")]
        if len(parts) == 1 and isinstance(parts[0], ast.Name) and "" in types.get(parts[0].id, {}):
            text = types[parts[0].id][""]
        else:
            lists = [one.slice for one in parts if isinstance(one, ast.Subscript) and ast.unparse(one.value) == "list"]
            return " | ".join(map(_union, reversed(lists))) if lists and len(lists) == len(parts) else "Any"
    return "Any"


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """The members of a union."""
    while isinstance(node, ast.BinOp):
        yield node.right
        node = node.left
    yield node


def names_in(hints: Iterable[str]) -> set[str]:
    """The names that annotations use: `list[PhoneAgent] | None` uses `list` and `PhoneAgent`."""
    return {name for text in hints for name in _names(text)}


_TEXT = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
"""What a name is in code without text; what follows a dot is none."""


@cache
def _names(text: str) -> frozenset[str]:
    return frozenset(_NAME.findall(_TEXT.sub("", text))) - {"None", "True", "False"}
