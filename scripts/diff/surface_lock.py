"""Reads `spec/surface.lock`: its statements, how callers reach a resource, and which models they make."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from ..beside import shared
from ..cache import Parts
from ..problems import BadInput, Problem

FILE = "spec/surface.lock"
CODE = "# code: "
_FIX = "Restore it from git."

Function = ast.FunctionDef | ast.AsyncFunctionDef
Facts = tuple[str, dict[str, str], list[str], list[str]]
"""What a statement defines: its name, the resources it leads to by method, and the words in the annotations of its
parameters and of its fields."""


class Surface:
    """A surface as it stands in a file; what two of them say in the same words is the same for callers."""

    def __init__(self, text: str, where: str = FILE, known: Parts | None = None) -> None:
        """Reads the text of a surface.

        Args:
            text: The content of the file.
            where: Its path, for problems.
            known: What was made of its blocks before, if that is kept.

        Raises:
            BadInput: It was edited so that it is no list of stubs any more.
        """
        self.text = text
        self.where = where
        if not self.code:
            raise BadInput(Problem(where, f"The line {CODE.strip()!r} is missing.", _FIX))
        blocks = list(dict.fromkeys(re.split(r"\n\n+(?=\S)", text)))
        made = known.made(blocks, self._read) if known else self._read(blocks)
        self.blocks: dict[str, tuple[str, int]] = {}
        """The text that a statement stands in, and its place there, by the name that it defines."""
        self.facts: dict[str, Facts] = {}
        for block in blocks:
            for number, facts in enumerate(made[block]):
                name = numbered(facts[0], self.blocks)
                self.blocks[name], self.facts[name] = (block, number), facts

    @property
    def code(self) -> str:
        """The digest of the package's code, or nothing."""
        return code_of(self.text)

    def statement(self, name: str) -> ast.stmt | None:
        """The statement that defines a name."""
        if name not in self.blocks:
            return None
        block, number = self.blocks[name]
        return self._parsed(block)[number]

    def _read(self, blocks: list[str]) -> dict[str, list[Facts]]:
        return shared(blocks, lambda some: {block: [_facts(node) for node in self._parsed(block)] for block in some})

    def _parsed(self, block: str) -> list[ast.stmt]:
        try:
            return ast.parse(block).body
        except (SyntaxError, ValueError) as error:
            above = self.text.count("\n", 0, self.text.find(block))
            line = above + (getattr(error, "lineno", None) or 1)
            raise BadInput(Problem(self.where, "This is no list of Python stubs.", _FIX, line)) from None

    def calls(self) -> dict[str, str]:
        """How callers reach a resource, by its class: `client.chat.sessions`."""
        leads = {owner: found for owner, (_, found, _, _) in self.facts.items() if found}
        targets = {target for found in leads.values() for target in found.values()}
        paths: dict[str, str] = {}
        todo = [(owner, "client") for owner in leads if owner not in targets and not owner.startswith("Async")]
        while todo:
            owner, path = todo.pop()
            for name, target in leads.get(owner, {}).items():
                if target not in paths:
                    paths[target] = f"{path}.{name}"
                    todo.append((target, paths[target]))
        return paths

    def sent(self) -> set[str]:
        """The models that callers make: those that parameters lead to."""
        todo = {word for _, _, words, _ in self.facts.values() for word in words}
        found: set[str] = set()
        while todo:
            name = todo.pop()
            if name in self.facts and name not in found:
                found.add(name)
                todo.update(self.facts[name][3])
        return found


def code_of(text: str) -> str:
    """The digest in a `surface.lock`, or nothing."""
    found = re.search(rf"^{CODE}([0-9a-f]{{64}})$", text, re.MULTILINE)
    return found[1] if found else ""


def _facts(node: ast.stmt) -> Facts:
    members = node.body if isinstance(node, ast.ClassDef) else []
    methods = [one for one in members if isinstance(one, Function)]
    fields = [one for one in members or [node] if isinstance(one, ast.AnnAssign)]
    leads = {one.name: spelled(one.returns) for one in methods if leads_on(one)}
    hints = (spelled(hint) for one in methods for hint, _ in arguments(one).values())
    return name_of(node), leads, _words(hints), _words(map(ast.unparse, fields))


def _words(texts: Iterable[str]) -> list[str]:
    return sorted({word for text in texts for word in re.findall(r"\w+", text)})


def named(body: Iterable[ast.stmt]) -> dict[str, ast.stmt]:
    """Statements by the name that they define; of overloads each by its number."""
    found: dict[str, ast.stmt] = {}
    for node in body:
        found[numbered(name_of(node), found)] = node
    return found


def numbered(name: str, taken: Iterable[str]) -> str:
    """The name, with the number of the overload where there are others."""
    return next(key for key in _numbered(name) if key not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} (overload {number})"
        number += 1


def name_of(node: ast.stmt) -> str:
    """The name that a statement defines, else all of it."""
    if isinstance(node, Function | ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node)


def leads_on(node: ast.stmt) -> bool:
    """Whether it leads to a resource."""
    return isinstance(node, Function) and any(spelled(mark) == "cached_property" for mark in node.decorator_list)


def arguments(function: Function) -> dict[str, tuple[ast.expr | None, str]]:
    """Annotation and default of each parameter, by name."""
    args = function.args
    plain = [*args.posonlyargs, *args.args]
    defaults: list[ast.expr | None] = [*([None] * (len(plain) - len(args.defaults))), *args.defaults]
    found = {one.arg: (one.annotation, spelled(default)) for one, default in zip(plain, defaults, strict=True)}
    others = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    found |= {one.arg: (one.annotation, spelled(default)) for one, default in others}
    found |= {f"*{args.vararg.arg}": (args.vararg.annotation, "")} if args.vararg else {}
    return found | ({f"**{args.kwarg.arg}": (args.kwarg.annotation, "")} if args.kwarg else {})


def spelled(node: ast.expr | None) -> str:
    """The expression as code; nothing where there is none."""
    return ast.unparse(node) if node is not None else ""
