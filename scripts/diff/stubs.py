"""What a module of a generated package shows to callers, as stubs: without bodies, and without prose."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

_SPECIAL = ("__init__", "__call__", "__enter__", "__aenter__", "__iter__", "__aiter__", "__getitem__", "__len__")

Shown = tuple[str, str, list[str]]
"""The stub of a class, function or constant; the same for a class that callers never make; its bases' names."""


def defined(module: ast.Module) -> dict[str, Shown]:
    """The public classes, functions and constants of a module, by name."""
    found = ((name, node) for node in module.body for name in _names(node))
    return {name: _shown(node) for name, node in found if not name.startswith("_")}


def listed(module: ast.Module) -> list[str]:
    """The names in `__all__ = [...]`."""
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(node.value)]
    return []


def webhooks(module: ast.Module) -> dict[str, Shown]:
    """The module that reads what the API sends by itself, as a class: its function, and the type of each event."""
    lines = ["class webhooks:", "    EVENTS: tuple[str, ...]", "    Event: TypeAlias"]
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            node.decorator_list = []
            lines.append(_event(node) or _function(node, "    "))
    stub = "\n".join(lines)
    return {"webhooks": (stub, stub, [])}


def _event(overload: ast.FunctionDef) -> str:
    """`Event['pet.born']: models.Pet`; empty for the overload that is about any event."""
    (name,) = (parameter.annotation for parameter in overload.args.kwonlyargs if parameter.arg == "event")
    if overload.returns is None or not isinstance(name, ast.Subscript):
        return ""
    return f"    Event[{ast.unparse(name.slice)}]: {ast.unparse(overload.returns)}"


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    named = [target for target in targets if isinstance(target, ast.Name | ast.Subscript)]
    return [name for name in map(_text, named) if name[:2] != "__"]


def _text(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ast.unparse(node)


def _shown(node: ast.stmt) -> Shown:
    if not isinstance(node, ast.ClassDef):
        stub = _function(node, "") if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else ast.unparse(node)
        return stub, stub, []
    bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
    unmade = [member for member in node.body if getattr(member, "name", "") != "__init__"]
    stub = _class(node, node.body)
    return stub, stub if len(unmade) == len(node.body) else _class(node, unmade), bases


def _class(node: ast.ClassDef, body: Iterable[ast.stmt]) -> str:
    bases = ", ".join(map(ast.unparse, (*node.bases, *node.keywords)))
    head = f"class {node.name}({bases}):" if bases else f"class {node.name}:"
    members = [_member(member) for member in _seen(body) if _public(member)]
    return "\n".join([head, *(members or ["    ..."])])


def _member(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return _function(node, "    ")
    return f"    {ast.unparse(node)}"


def _seen(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """What callers see: no implementation of overloads, and no deprecated names, which are compared by themselves."""
    overloaded = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            if any(mark.startswith("deprecated(") for mark in marks) and {"overload", "property"} & {*marks}:
                continue
            if "overload" in marks:
                overloaded.add(node.name)
            elif node.name in overloaded:
                continue
        yield node


def _public(node: ast.stmt) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return not node.name.startswith("_") or node.name in _SPECIAL
    return any(not name.startswith("_") for name in _names(node))


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, indent: str) -> str:
    marks = [f"{indent}@{ast.unparse(mark)}" for mark in node.decorator_list]
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    parameters = list(_parameters(node.args))
    inner = f"\n{indent}    ".join(("", *(f"{parameter}," for parameter in parameters)))
    listed = f"({inner}\n{indent})" if len(parameters) > 2 else f"({', '.join(parameters)})"
    return "\n".join([*marks, f"{indent}{word} {node.name}{listed}{result}: ..."])


def _parameters(args: ast.arguments) -> Iterator[str]:
    """Each parameter as it is written, and the marks between them."""
    plain = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(plain) - len(args.defaults)) + [*args.defaults]
    for number, (parameter, default) in enumerate(zip(plain, defaults, strict=True), 1):
        yield _parameter(parameter, default)
        if number == len(args.posonlyargs):
            yield "/"
    if args.vararg or args.kwonlyargs:
        yield f"*{_parameter(args.vararg, None)}" if args.vararg else "*"
    for parameter, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield _parameter(parameter, default)
    if args.kwarg:
        yield f"**{_parameter(args.kwarg, None)}"


def _parameter(parameter: ast.arg, default: ast.expr | None) -> str:
    hint = f": {ast.unparse(parameter.annotation)}" if parameter.annotation else ""
    value = f" = {ast.unparse(default)}" if default else ""
    return f"{parameter.arg}{hint}{value}"
