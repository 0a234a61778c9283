# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Everything that is otherwise loaded at first use, loaded now."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from . import fast
from .operation import ApiSpec, Operation


def preload(api: ApiSpec) -> None:
    """Load the package's modules and make the readers of all documented answers.

    For servers that fork, or whose first call should be as fast as the second. Only what `with_raw_response` needs is
    left for later: few calls do.
    """
    package = import_module(api.package)
    found = [one.name for one in walk_packages(package.__path__, f"{api.package}.")]
    modules = [import_module(name) for name in found if "._responses." not in name]
    import_module(".connections", __package__)
    fast.load()
    for module in modules:
        for operation in vars(module).values():
            if isinstance(operation, Operation):
                for annotation in {*operation.returns.values(), *operation.errors.values()} - {""}:
                    operation.reader(annotation, api.models)
