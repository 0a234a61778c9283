from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .._runtime import Tag

if TYPE_CHECKING:
    from . import Cat, Dog

Animal: TypeAlias = "Cat | Dog"

Animal_tag = Tag("kind", {"cat": "Cat", "dog": "Dog"})
