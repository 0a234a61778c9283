# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Everything that is otherwise loaded at first use, loaded now."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from . import fast
from .operation import ApiSpec, Operation

_LEFT_OUT = frozenset((".testing", "._pytest_plugin", ".resources._responses"))
"""The test kit, whose plugin needs pytest, and what only `with_raw_response` and the like do."""


def preload(api: ApiSpec) -> None:
    """Load the package's modules and make the readers of all documented answers.

    For servers that fork, or whose first call should be as fast as the second. What `with_raw_response` needs is left
    for later, as few calls do, and the test kit out.
    """
    modules = [import_module(f"{api.package}{name}") for name in _modules(api.package, "")]
    import_module(".connections", __package__)
    fast.load()
    for module in modules:
        for operation in vars(module).values():
            if isinstance(operation, Operation):
                for annotation in {*operation.returns.values(), *operation.errors.values()} - {""}:
                    operation.reader(annotation, api.models)


def _modules(package: str, within: str) -> Iterator[str]:
    """The names of the modules of a package within one of its parts, as they go on after the package's own."""
    for found in iter_modules(import_module(f"{package}{within}").__path__):
        name = f"{within}.{found.name}"
        if name not in _LEFT_OUT:
            yield name
            if found.ispkg:
                yield from _modules(package, name)
