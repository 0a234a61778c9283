"""The discriminator decides which model an answer is, even where several would fit; without one its members do."""

from __future__ import annotations

from typing import assert_type

from golden_tagged_union import AsyncGolden, Golden
from golden_tagged_union.models import Circle, High, Low, MarkLine, MarkPin, Off, On, Rectangle


def use(client: Golden) -> None:
    assert [type(level) for level in client.levels.list()] == [Low, High, High, Off, On]
    pin, line, other = client.marks.list()
    assert (type(pin), type(line), type(other)) == (MarkPin, MarkLine, MarkPin)
    client.marks.create(mark={"x": 1, "y": 2})
    look_at(client.shapes.list())
    assert_type(client.shapes.create(shape=Circle(shape_kind="round", size=1)), Circle | Rectangle)
    client.shapes.create(shape={"shapeKind": "Rectangle", "size": 1, "height": 2})


async def use_async(client: AsyncGolden) -> None:
    assert [type(level) for level in await client.levels.list()] == [Low, High, High, Off, On]
    pin, line, other = await client.marks.list()
    assert (type(pin), type(line), type(other)) == (MarkPin, MarkLine, MarkPin)
    await client.marks.create(mark={"x": 1, "y": 2})
    look_at(await client.shapes.list())
    assert_type(await client.shapes.create(shape=Circle(shape_kind="round", size=1)), Circle | Rectangle)
    await client.shapes.create(shape={"shapeKind": "Rectangle", "size": 1, "height": 2})


def look_at(shapes: list[Circle | Rectangle]) -> None:
    circle, rectangle = shapes
    assert isinstance(circle, Circle)
    assert isinstance(rectangle, Rectangle)
    assert circle.to_dict() == {"shapeKind": "round", "size": 1}
