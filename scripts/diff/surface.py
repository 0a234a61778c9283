"""The public surface of a generated package as a stub: names, parameters, defaults, annotations, and no prose."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator

from ..problems import BadInput, Problem
from ..project import Api
from ..tree import Tree

FILE = "spec/surface.lock"
_CODE = "# code: "
_SPECIAL = ("__init__", "__call__", "__enter__", "__aenter__", "__iter__", "__aiter__", "__getitem__", "__len__")
_HEAD = """# The public surface of {package}, as Python stubs. Made by `python -m scripts diff`; changes here are lost.
# A line that goes or changes here can break callers; the asynchronous methods are the same.
"""

_HOMES = ("_runtime/", "_client.py", "__init__.py")
"""Where what is exported is defined."""

Members = dict[str, ast.stmt]


def surface(tree: Tree, api: Api) -> str:
    """The text of `spec/surface.lock` for the package below `generated/`."""
    home = f"generated/{api.package}"
    texts = {path.removeprefix(f"{home}/"): tree.text(path) for path in tree.glob(f"{home}/*.py")}
    modules = {path: ast.parse(text) for path, text in texts.items()}
    parts = [
        ("The names to import", _exported(modules, api)),
        ("Resources", _resources(modules)),
        (f"{api.package}.models", _defined(modules, "models/")),
        (f"{api.package}.webhooks", _webhooks(modules)),
    ]
    blocks = [_HEAD.format(package=api.package) + f"{_CODE}{_digest(texts, api.version)}"]
    for title, statements in parts:
        blocks += [f"# {title}"] if statements else []
        blocks += [_stub(statement) for _, statement in sorted(statements.items())]
    return "\n\n".join(blocks) + "\n"


def _exported(modules: dict[str, ast.Module], api: Api) -> Members:
    """The exported names, and the classes of the package that they stand on."""
    names = {name for node in modules["__init__.py"].body for name in _listed(node)}
    known = {name: node for home in _HOMES for name, node in _defined(modules, home).items()}
    found: Members = {}
    todo = sorted(names)
    while todo:
        name = todo.pop()
        statement = known.get(name)
        if statement is None or name in found:
            continue
        found[name] = statement
        if isinstance(statement, ast.ClassDef):
            if name not in names:  # callers never make one
                statement.body = [member for member in statement.body if getattr(member, "name", "") != "__init__"]
            todo += [base.id for base in statement.bases if isinstance(base, ast.Name)]
    return found


def _listed(node: ast.stmt) -> list[str]:
    """The names in `__all__ = [...]`."""
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
        return [str(name) for name in ast.literal_eval(node.value)]
    return []


def _resources(modules: dict[str, ast.Module]) -> Members:
    shown = {path: module for path, module in modules.items() if "/_" not in path}
    return {name: node for name, node in _defined(shown, "resources/").items() if not name.startswith("Async")}


def _webhooks(modules: dict[str, ast.Module]) -> Members:
    """The module that reads what the API sends by itself, as a class: its function, and the type of each event."""
    if "webhooks.py" not in modules:
        return {}
    lines = ["class webhooks:", "    EVENTS: tuple[str, ...]", "    Event: TypeAlias"]
    for node in modules["webhooks.py"].body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            node.decorator_list = []
            lines.append(_event(node) or _function(node, "    "))
    return {"webhooks": ast.parse("\n".join(lines)).body[0]}


def _event(overload: ast.FunctionDef) -> str:
    """`Event['pet.born']: models.Pet`; empty for the overload that is about any event."""
    (name,) = (parameter.annotation for parameter in overload.args.kwonlyargs if parameter.arg == "event")
    if overload.returns is None or not isinstance(name, ast.Subscript):
        return ""
    return f"    Event[{ast.unparse(name.slice)}]: {ast.unparse(overload.returns)}"


def _defined(modules: dict[str, ast.Module], prefix: str) -> Members:
    """The public classes and constants of some modules, by name."""
    found: Members = {}
    for path, module in modules.items():
        if path.startswith(prefix):
            found.update((name, node) for node in module.body for name in _names(node) if not name.startswith("_"))
    return found


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    named = [target for target in targets if isinstance(target, ast.Name | ast.Subscript)]
    return [name for name in map(ast.unparse, named) if name[:2] != "__"]


def _stub(node: ast.stmt, indent: str = "") -> str:
    if isinstance(node, ast.ClassDef):
        bases = ", ".join(map(ast.unparse, (*node.bases, *node.keywords)))
        head = f"class {node.name}({bases}):" if bases else f"class {node.name}:"
        members = [_stub(member, "    ") for member in _seen(node.body) if _public(member)]
        return "\n".join([head, *(members or ["    ..."])])
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return _function(node, indent)
    return indent + ast.unparse(node)


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


def _digest(texts: dict[str, str], version: str) -> str:
    """Names what the package does: of its code without prose, comments, blank lines and its own version."""
    digest = hashlib.sha256()
    for path, text in sorted(texts.items()):
        digest.update(f"\0{path}\0".encode())
        for line in _code_lines(text):
            digest.update(re.sub(rf'(version\w* ?= ?)"{re.escape(version)}"', r"\1", line).encode() + b"\n")
    return digest.hexdigest()


def _code_lines(text: str) -> Iterator[str]:
    """The lines of a module that do something; the text decides, as syntax trees differ between Python's versions."""
    prose: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            prose |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for number, line in enumerate(text.splitlines(), 1):
        if number not in prose and line.strip() and not line.lstrip().startswith("#"):
            yield line


def code_of(stub: str) -> str:
    """The digest in a `surface.lock`."""
    found = re.search(rf"^{_CODE}([0-9a-f]{{64}})$", stub, re.MULTILINE)
    return found[1] if found else ""


def parse(text: str, where: str = FILE) -> ast.Module:
    """The stub as a tree.

    Raises:
        BadInput: It was edited so that it is no stub any more.
    """
    fix = "Restore it from git."
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise BadInput(Problem(where, "This is no list of Python stubs.", fix, line)) from None
    if not code_of(text):
        raise BadInput(Problem(where, f"The line {_CODE.strip()!r} is missing.", fix))
    return module
