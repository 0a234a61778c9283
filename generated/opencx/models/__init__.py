# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The models of OpenCX: each stands in a module of its own, which is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .create_phone_agent import CreatePhoneAgent as CreatePhoneAgent
    from .error import Error as Error
    from .phone_agent import PhoneAgent as PhoneAgent
    from .update_phone_agent import UpdatePhoneAgent as UpdatePhoneAgent

_MODULES: dict[str, str] = {
    "CreatePhoneAgent": "create_phone_agent",
    "Error": "error",
    "PhoneAgent": "phone_agent",
    "UpdatePhoneAgent": "update_phone_agent",
}

__all__ = [
    "CreatePhoneAgent",
    "Error",
    "PhoneAgent",
    "UpdatePhoneAgent",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Loads the module of a model on first use."""
        module = _MODULES.get(name.removesuffix("_discriminator"))
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f".{module}", __name__), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
