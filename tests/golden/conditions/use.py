"""What an object has under a condition alone may be left out; what nothing else speaks of has a type."""

from __future__ import annotations

import datetime
from typing import Literal, assert_type

from golden_conditions import AsyncGolden, Golden, Unset
from golden_conditions.models import Pet


def use(client: Golden) -> None:
    look_at(client.pets.create(kind="bird", wings=2, flies=True))


async def use_async(client: AsyncGolden) -> None:
    look_at(await client.pets.create(kind="bird", wings=2, flies=True))


def look_at(pet: Pet) -> None:
    assert_type(pet.wings, int | Unset)
    assert_type(pet.flies, bool | Unset)
    assert_type(pet.water, Literal["fresh", "salt"] | str | Unset)
    assert pet.water == "salt"
    assert pet.unknown_fields["born"] == datetime.date(2026, 11, 21)
