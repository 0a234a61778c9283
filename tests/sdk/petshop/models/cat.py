from __future__ import annotations

import attrs

from .._runtime import UNSET, Model, Unset


@attrs.define(kw_only=True, eq=False, repr=False)
class Cat(Model):
    kind: str
    lives: int
    name: str | Unset = UNSET
