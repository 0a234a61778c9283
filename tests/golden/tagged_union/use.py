"""The discriminator decides which model an answer is, even where several would fit; an unknown one passes as it is."""

from __future__ import annotations

from typing import assert_type

from golden_tagged_union import AsyncGolden, Golden
from golden_tagged_union.models import Circle, Rectangle


def use(client: Golden) -> None:
    look_at(client.shapes.list())
    assert_type(client.shapes.create(shape=Circle(shape_kind="round", size=1)), Circle | Rectangle)
    client.shapes.create(shape={"shapeKind": "Rectangle", "size": 1, "height": 2})


async def use_async(client: AsyncGolden) -> None:
    look_at(await client.shapes.list())
    assert_type(await client.shapes.create(shape=Circle(shape_kind="round", size=1)), Circle | Rectangle)
    await client.shapes.create(shape={"shapeKind": "Rectangle", "size": 1, "height": 2})


def look_at(shapes: list[Circle | Rectangle]) -> None:
    circle, rectangle = shapes
    assert isinstance(circle, Circle)
    assert isinstance(rectangle, Rectangle)
    assert circle.to_dict() == {"shapeKind": "round", "size": 1}
