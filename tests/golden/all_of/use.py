"""`allOf` is one model with the members of all parts; a part may only require, and may be a union."""

from __future__ import annotations

from typing import assert_type

from golden_all_of import AsyncGolden, Golden, Unset
from golden_all_of.models import Car


def use(client: Golden) -> None:
    look_at(client.cars.create(wheels=4, doors=3))


async def use_async(client: AsyncGolden) -> None:
    look_at(await client.cars.create(wheels=4, doors=3))


def look_at(car: Car) -> None:
    assert_type(car.id, str)
    assert_type(car.wheels, int)
    assert_type(car.maker, str)
    assert_type(car.doors, int | Unset)
    assert car.engine
    assert car.engine.name == "electric"
    assert car.to_dict()["engine"] == {"name": "electric", "volts": 400}
