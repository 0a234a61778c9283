from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from uuid import UUID

import attrs

from .._runtime import UNSET, Model, Unset

if TYPE_CHECKING:
    from . import Animal, Bird, Cat, Dog


@attrs.define(kw_only=True, eq=False, repr=False)
class Pet(Model):
    __wire__: ClassVar[dict[str, str]] = {"born_at": "bornAt", "class_": "class"}

    id: str
    name: str
    age: int | None
    mood: Literal["happy", "sad"] | str | Unset = UNSET
    born_at: datetime.datetime | Unset = UNSET
    birthday: datetime.date | Unset | None = UNSET
    nap: datetime.timedelta | Unset = UNSET
    tags: list[str] | Unset = UNSET
    seen_at: list[datetime.datetime] | Unset = UNSET
    weights: dict[str, float] | Unset = UNSET
    price: Decimal | Unset = UNSET
    chip: UUID | Unset = UNSET
    blob: bytes | Unset = UNSET
    extra: Any | Unset = UNSET
    parent: Pet | Unset | None = UNSET
    litter: list[Pet] | Unset = UNSET
    friend: Animal | Unset = UNSET
    enemy: Cat | Dog | Bird | Unset = UNSET
    mixed: str | int | list[int] | Unset = UNSET
    class_: Literal[1, 2] | Unset = UNSET
