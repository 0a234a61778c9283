# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The models of OpenCX: each stands in a module of its own, which is loaded on first use.

Type checkers and editors read their list in `__init__.pyi`.
"""

from __future__ import annotations

from importlib import import_module

from .._module_names import module_name


def __getattr__(name: str) -> object:
    """Loads the module of a model on first use."""
    if name == "__all__":
        return _names()
    home = f"{__name__}.{module_name(name.removesuffix('_discriminator'))}"
    try:
        found = import_module(home)
    except ModuleNotFoundError as error:
        if error.name != home:
            raise
        found = None
    if not hasattr(found, name):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    value = globals()[name] = getattr(found, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_names()})


def _names() -> list[str]:
    from importlib.resources import files

    lines = files(__name__).joinpath("__init__.pyi").read_text(encoding="utf-8").splitlines()
    return [line.rpartition(" as ")[2] for line in lines if line.startswith("from .")]
