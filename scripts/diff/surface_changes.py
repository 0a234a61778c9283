"""Compares two surfaces: what the document's diff cannot see, as the templates or the runtime changed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from .decisions import BOTH, Decision, Rule, Severity
from .surface_lock import Function, Surface, arguments, leads_on, named, spelled

NONE, PATCH, MINOR, MAJOR = Severity

RULES = {
    rule.kind: rule
    for rule in (
        Rule("name-added", BOTH, MINOR, NONE, "`{subject}` is new."),
        Rule("name-removed", BOTH, MAJOR, NONE, "`{subject}` is gone.",
             "{subject}", "# There is nothing in its place."),
        Rule("parameter-added", BOTH, MINOR, NONE, "`{subject}` is a new argument."),
        Rule("parameter-added-required", BOTH, MAJOR, NONE, "`{subject}` is a new argument and needed.",
             "{call}(...)", "{call}({name}=...)"),
        Rule("parameter-removed", BOTH, MAJOR, NONE, "The argument `{subject}` is gone.",
             "{call}({name}=...)", "{call}(...)"),
        Rule("parameter-required", BOTH, MAJOR, NONE, "The argument `{subject}` is needed; it could be left out.",
             "{call}(...)", "{call}({name}=...)"),
        Rule("parameter-order", BOTH, MAJOR, NONE, "The arguments of `{subject}` take other places.",
             "{subject}  # {old}", "{subject}  # {new}"),
        Rule("default-changed", BOTH, PATCH, NONE, "Left out, `{subject}` now is `{new}`, no longer `{old}`."),
        Rule("annotation-widened", BOTH, MINOR, NONE, "`{subject}` is `{new}`; it was `{old}`."),
        Rule("annotation-changed", BOTH, MAJOR, NONE, "`{subject}` is `{new}`; it was `{old}`.",
             "{name}: {old} = ...", "{name}: {new} = ..."),
        Rule("field-added-required", BOTH, MAJOR, NONE, "`{subject}` is a new field and needed.",
             "{call}(...)", "{call}({name}=...)"),
        Rule("base-changed", BOTH, MAJOR, NONE, "`{subject}` stands on `{new}`; it stood on `{old}`.",
             "isinstance(value, {old})", "isinstance(value, {new})"),
        Rule("code-changed", BOTH, PATCH, NONE, "How the package works inside changed."),
    )
}  # fmt: skip


def compare_surfaces(old: Surface, new: Surface, renamed: dict[str, str]) -> tuple[Decision, ...]:
    """Every change between two surfaces.

    Args:
        old: What callers have.
        new: What they will have.
        renamed: New model names by old ones; that a type is called otherwise is told elsewhere.
    """
    found = list(_Surfaces(old, new, renamed).decisions())
    if not found and old.code != new.code:
        found.append(Decision(RULES["code-changed"], "client"))
    return tuple(found)


class _Surfaces:
    def __init__(self, old: Surface, new: Surface, renamed: dict[str, str]) -> None:
        self.old = old
        self.new = new
        self.renamed = {**renamed, "List": "list"}
        """`List` is what `list` is called beside a method of that name."""
        self.calls = new.calls() | old.calls()
        self.sent = new.sent()

    def decisions(self) -> Iterator[Decision]:
        for name in sorted(self.old.blocks.keys() | self.new.blocks.keys()):
            if self.old.blocks.get(name) != self.new.blocks.get(name):
                yield from self._named(name, self.old.statement(name), self.new.statement(name), "")

    def _members(self, before: dict[str, ast.stmt], after: dict[str, ast.stmt], owner: str) -> Iterator[Decision]:
        for name in sorted(before.keys() | after.keys()):
            yield from self._named(name, before.get(name), after.get(name), owner)

    def _named(self, name: str, old: ast.stmt | None, new: ast.stmt | None, owner: str) -> Iterator[Decision]:
        subject = f"{owner}.{name}" if owner else self.calls.get(name, name)
        if old is not None and new is not None:
            yield from self._changed(subject, name, old, new, owner)
        elif old is not None:
            yield _decision("name-removed", _spoken(subject, old))
        elif new is not None and not leads_on(new):  # the methods of a resource tell of it
            needed = isinstance(new, ast.AnnAssign) and new.value is None and owner in self.sent
            kind = "field-added-required" if needed else "name-added"
            yield _decision(kind, _spoken(subject, new), call=owner, name=name)

    def _changed(self, subject: str, name: str, old: ast.stmt, new: ast.stmt, owner: str) -> Iterator[Decision]:
        if isinstance(old, ast.ClassDef) and isinstance(new, ast.ClassDef):
            had, has = (", ".join(map(ast.unparse, one.bases)) for one in (old, new))
            if had != has:
                yield _decision("base-changed", subject, old=had, new=has)
            yield from self._members(named(old.body), named(new.body), subject)
        elif isinstance(old, Function) and isinstance(new, Function):
            yield from self._function(subject, old, new)
        elif isinstance(old, ast.AnnAssign) and isinstance(new, ast.AnnAssign):
            yield from self._annotation(subject, name, old.annotation, new.annotation, owner in self.sent)
            if old.value is not None and new.value is None and owner in self.sent:
                yield _decision("parameter-required", subject, call=owner, name=name)
            elif owner == "" and spelled(old.value) != spelled(new.value):
                yield from self._annotation(subject, name, old.value, new.value, False)
        elif ast.unparse(old) != ast.unparse(new):
            yield _decision("annotation-changed", subject, name=name, old=_line(old), new=_line(new))

    def _function(self, subject: str, old: Function, new: Function) -> Iterator[Decision]:
        call = subject.removesuffix(".__init__")
        had, has = arguments(old), arguments(new)
        for name in [*had, *(name for name in has if name not in had)]:
            place = f"{call}({name})"
            if name not in has:
                yield _decision("parameter-removed", place, call=call, name=name)
            elif name not in had:
                kind = "parameter-added" if has[name][1] or name[0] == "*" else "parameter-added-required"
                yield _decision(kind, place, call=call, name=name)
            else:
                yield from self._argument(place, call, name, had[name], has[name])
        order = [[name for name in _positional(one) if name in had and name in has] for one in (old, new)]
        if order[0] != order[1][: len(order[0])]:
            yield _decision("parameter-order", f"{call}()", old=", ".join(order[0]), new=", ".join(order[1]))
        yield from self._annotation(f"{call}()", "result", old.returns, new.returns, False)

    def _argument(
        self, place: str, call: str, name: str, old: tuple[ast.expr | None, str], new: tuple[ast.expr | None, str]
    ) -> Iterator[Decision]:
        yield from self._annotation(place, name, old[0], new[0], True)
        if old[1] and not new[1]:
            yield _decision("parameter-required", place, call=call, name=name)
        elif old[1] and old[1] != new[1]:
            yield _decision("default-changed", place, old=old[1], new=new[1])

    def _annotation(
        self, subject: str, name: str, old: ast.expr | None, new: ast.expr | None, sent: bool
    ) -> Iterator[Decision]:
        texts = [_renamed(spelled(one), self.renamed) for one in (old, new)]
        if texts[0] == texts[1]:
            return
        had, has = map(_arms, texts)
        if had != has:
            fine = _fits(had, has) if sent else _fits(has, had)
            kind = "annotation-widened" if fine else "annotation-changed"
            yield _decision(kind, subject, name=name, old=spelled(old), new=spelled(new))


def _decision(kind: str, subject: str, **facts: str) -> Decision:
    return Decision(RULES[kind], subject, tuple(facts.items()))


def _spoken(subject: str, node: ast.stmt | None) -> str:
    return f"{subject}()" if isinstance(node, Function) else subject


def _positional(function: Function) -> list[str]:
    return [one.arg for one in (*function.args.posonlyargs, *function.args.args)]


def _line(node: ast.stmt) -> str:
    return " ".join(ast.unparse(node).split())


def _renamed(text: str, names: dict[str, str]) -> str:
    return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), text)


def _arms(text: str) -> set[str]:
    """The parts of a union, each value of a `Literal` on its own."""
    parts: set[str] = set()
    todo = [ast.parse(text, mode="eval").body] if text else []
    while todo:
        node = todo.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            todo += [node.left, node.right]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            todo.append(ast.parse(node.value, mode="eval").body)
        elif isinstance(node, ast.Subscript) and spelled(node.value) == "Literal":
            values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            parts |= {f"Literal[{ast.unparse(value)}]" for value in values}
        else:
            parts.add(ast.unparse(node))
    return parts


def _fits(narrow: set[str], wide: set[str]) -> bool:
    """Whether every value of one union is one of the other."""
    text = ("Literal['", 'Literal["')
    return "Any" in wide or all(part in wide or (part.startswith(text) and "str" in wide) for part in narrow)
