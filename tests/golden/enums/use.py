"""Enums are closed where the caller chooses and open where the server may add values."""

from __future__ import annotations

from typing import Literal, assert_type

from golden_enums import AsyncGolden, Golden, Unset
from golden_enums.models import Lamp


def use(client: Golden) -> None:
    look_at(client.lamps.list(color="RED", floors=[-1, 0], strict=False))
    assert client.lamps.create(color="", kind="lamp", mood=None).level == 1


async def use_async(client: AsyncGolden) -> None:
    look_at(await client.lamps.list(color="RED", floors=[-1, 0], strict=False))
    assert (await client.lamps.create(color="", kind="lamp", mood=None)).level == 1


def look_at(lamps: list[Lamp]) -> None:
    known, new = lamps
    assert_type(known.color, Literal["warm white", "RED", "red", ""] | str)
    assert_type(known.level, Literal[0, 1, 2] | int)
    assert_type(known.state, Literal["on", "off"] | str | None | Unset)
    assert (known.color, known.level, known.state) == ("warm white", 0, None)
    assert (new.color, new.level, new.state) == ("infrared", 9, "broken")
