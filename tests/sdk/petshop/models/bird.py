from __future__ import annotations

from typing import Literal

import attrs

from .._runtime import UNSET, Model, Unset


@attrs.define(kw_only=True, eq=False, repr=False)
class Bird(Model):
    type: Literal["bird"]
    wings: int | Unset = UNSET
