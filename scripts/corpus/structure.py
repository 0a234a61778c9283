"""Looks at the modules of a package as a whole: is one gigantic, does one import what imports it?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path


def largest(package: Path) -> int:
    """The bytes of the package's largest module."""
    return max((file.stat().st_size for file in package.rglob("*.py")), default=0)


def cycle(package: Path) -> list[str]:
    """Modules of which each imports the next as it is loaded, and the last one is the first; empty where none do.

    That a module is in a package, whose `__init__` is loaded first, is no import of it.
    """
    files = {_name(file, package): file for file in package.rglob("*.py")}
    graph = {name: set(_imports(name, file, files)) - {name} for name, file in files.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def _name(file: Path, package: Path) -> str:
    parts = file.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(name: str, file: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules of the package that this one imports as it is loaded."""
    home = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in _at_load(ast.parse(file.read_text(encoding="utf-8")).body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            above = home.split(".")[: len(home.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            inside = [f"{base}.{alias.name}" for alias in node.names]
            yield from (one if one in known else base for one in inside if one in known or base in known)


def _at_load(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when the module is loaded: none of functions, and none for type checkers."""
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from _at_load(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            for part in ("body", "orelse", "finalbody"):
                yield from _at_load(getattr(node, part, []))
            for handler in getattr(node, "handlers", []):
                yield from _at_load(handler.body)
