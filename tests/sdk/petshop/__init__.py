"""A package as the generator writes it, by hand and small."""

from __future__ import annotations

from ._client import AsyncPetshop, Petshop
from ._runtime import UNSET, Drift, Unset

__all__ = ["UNSET", "AsyncPetshop", "Drift", "Petshop", "Unset"]
