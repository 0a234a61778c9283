"""The public surface of a generated package as a stub: names, parameters, defaults, annotations, and no prose."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from typing import Any

from ..beside import shared
from ..cache import Parts
from ..project import Api
from ..tree import Tree
from .stubs import Shown, defined, listed, webhooks
from .surface_lock import CODE

_HEAD = """# The public surface of {package}, as Python stubs. Made by `python -m scripts diff`; changes here are lost.
# A line that goes or changes here can break callers; the asynchronous methods are the same.
"""

_HOMES = ("_runtime/", "_client.py", "__init__.py")
"""Where what is exported is defined."""
_WEBHOOKS = "webhooks.py"

Module = dict[str, Any]
"""What is known of a module: `code`, a digest of what it does; `listed`, the names that it exports; `shown`."""


def surface(tree: Tree, api: Api) -> str:
    """The text of `spec/surface.lock` for the package below `generated/`."""
    modules = _modules(tree, api)
    parts = [
        ("The names to import", _exported(modules)),
        ("Resources", _stubs(modules, "resources/")),
        (f"{api.package}.models", _stubs(modules, "models/")),
        (f"{api.package}.webhooks", _stubs(modules, _WEBHOOKS)),
    ]
    blocks = [_HEAD.format(package=api.package) + f"{CODE}{_digest(modules)}"]
    for title, stubs in parts:
        blocks += [f"# {title}"] if stubs else []
        blocks += [stub for _, stub in sorted(stubs.items())]
    return "\n\n".join(blocks) + "\n"


def _modules(tree: Tree, api: Api) -> dict[str, Module]:
    """What is known of each module, by its path in the package; those that did not change are not read again."""
    home = f"generated/{api.package}/"
    version = f'"{api.version}"'
    paths = {}
    for path in tree.glob(f"{home}*.py"):
        hangs_on = version if version.encode() in tree.bytes(path) else ""
        paths[f"{path} {tree.digest(path).hex()} {hangs_on}"] = path.removeprefix(home)

    def make(names: list[str]) -> dict[str, Module]:
        return {name: _module(paths[name], tree.text(home + paths[name]), version) for name in names}

    made = Parts(tree.root, "surface").made(paths, lambda names: shared(names, make))
    return {paths[name]: module for name, module in made.items()}


def _module(path: str, text: str, version: str) -> Module:
    module = ast.parse(text)
    code = re.sub(rf"(version\w* ?= ?){re.escape(version)}", r"\1", "\n".join(_code_lines(text, module)))
    names = listed(module) if path == "__init__.py" else []
    return {"code": hashlib.sha256(code.encode()).digest(), "listed": names, "shown": _shown(path, module)}


def _shown(path: str, module: ast.Module) -> dict[str, Shown]:
    """What callers see of a module; the asynchronous resources are as the others."""
    if path == _WEBHOOKS:
        return webhooks(module)
    if path.startswith("resources/") and "/_" not in path:
        module.body = [node for node in module.body if not getattr(node, "name", "").startswith("Async")]
        return defined(module)
    return defined(module) if path.startswith(("models/", *_HOMES)) else {}


def _exported(modules: dict[str, Module]) -> dict[str, str]:
    """The exported names, and the classes of the package that they stand on."""
    names = modules["__init__.py"]["listed"]
    known = {name: one for home in _HOMES for name, one in _found(modules, home)}
    found: dict[str, str] = {}
    todo = sorted(names)
    while todo:
        name = todo.pop()
        if name in known and name not in found:
            stub, as_base, bases = known[name]
            found[name] = stub if name in names else as_base
            todo += bases
    return found


def _stubs(modules: dict[str, Module], prefix: str) -> dict[str, str]:
    return {name: stub for name, (stub, _, _) in _found(modules, prefix)}


def _found(modules: dict[str, Module], prefix: str) -> Iterator[tuple[str, Shown]]:
    """What the modules show whose paths begin so."""
    return (one for path, module in modules.items() if path.startswith(prefix) for one in module["shown"].items())


def _digest(modules: dict[str, Module]) -> str:
    """Names what the package does: of its code without prose, comments, blank lines and its own version."""
    digest = hashlib.sha256()
    for path, module in sorted(modules.items()):
        digest.update(f"\0{path}\0".encode() + module["code"])
    return digest.hexdigest()


def _code_lines(text: str, module: ast.Module) -> Iterator[str]:
    """The lines of a module that do something; the text decides, as syntax trees differ between Python's versions."""
    prose: set[int] = set()
    for node in _statements(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            prose |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for number, line in enumerate(text.split("\n"), 1):
        if number not in prose and (code := line.lstrip()) and code[0] != "#":
            yield line


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements in one, at any depth."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(node, block, ()):
            yield child
            yield from _statements(child)
