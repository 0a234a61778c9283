from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .._runtime import Discriminator

if TYPE_CHECKING:
    from . import Cat, Dog

Animal: TypeAlias = "Cat | Dog"

Animal_discriminator = Discriminator("kind", {"cat": "Cat", "dog": "Dog"})
