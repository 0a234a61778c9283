# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The discriminator of a union."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Discriminator:
    """Which model a union's object is: the member `wire` of the object holds a key of `models`.

    Under the key `""` is what an object is whose member holds none of them, where the API says that.
    """

    __slots__ = ("models", "wire")

    def __init__(self, wire: str, models: Mapping[str, str]) -> None:
        self.wire = wire
        self.models = MappingProxyType(dict(models))

    def __repr__(self) -> str:
        return f"Discriminator({self.wire!r}, {dict(self.models)!r})"
