"""The models, each loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .animal import Animal, Animal_discriminator
    from .bird import Bird
    from .cat import Cat
    from .dog import Dog
    from .error import Error
    from .pet import Pet

_WHERE = {
    "Animal": "animal", "Animal_discriminator": "animal", "Bird": "bird", "Cat": "cat", "Dog": "dog",
    "Error": "error", "Pet": "pet",
}  # fmt: skip

__all__ = ["Animal", "Animal_discriminator", "Bird", "Cat", "Dog", "Error", "Pet"]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f".{_WHERE[name]}", __name__), name)
    raise AttributeError(name)
