"""What stands at each position of an array has a type of its own; arrays are tuples then, in both directions."""

from __future__ import annotations

import datetime
from typing import Any, Literal, assert_type

from golden_tuples import AsyncGolden, Golden, Unset
from golden_tuples.models import Route, RouteStopSecond

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 21)


def use(client: Golden) -> None:
    route = client.routes.update(
        (1.5, -2),
        between=(DAY, "2026-11-22"),
        path=[(1.5, -2), (3, 4)],
        times=(NOON, None),
        row=("A", 7, True, False),
        stop=("tram", {"name": "Main Street"}),
        bounds=None,
        some=["x"],
    )
    look_at(route)


async def use_async(client: AsyncGolden) -> None:
    route = await client.routes.update(
        (1.5, -2),
        between=(DAY, datetime.date(2026, 11, 22)),
        path=[(1.5, -2), (3, 4)],
        times=("2026-11-21T12:00:00Z", None),
        row=("A", 7, True, False),
        stop=("tram", RouteStopSecond(name="Main Street")),
        bounds=None,
        some=["x"],
    )
    look_at(route)


def look_at(route: Route) -> None:
    assert_type(route.path, list[tuple[float, float]])
    assert_type(route.times, tuple[datetime.datetime, datetime.datetime | None] | Unset)
    assert_type(route.row, tuple[str, int, *tuple[bool, ...]] | Unset)
    assert_type(route.stop, tuple[Literal["bus", "tram"] | str, RouteStopSecond] | Unset)
    assert_type(route.bounds, tuple[float, float] | None | Unset)
    assert_type(route.some, list[str | int] | Unset)
    assert route.path == [(1.5, -2), (3, 4)]
    assert route.times == (NOON, None)
    assert route.row == ("A", 7, True, False)
    assert route.stop
    kind, stop = route.stop
    assert (kind, stop.name) == ("tram", "Main Street")
    said: dict[str, Any] = route.to_dict()
    assert said["path"] == [[1.5, -2], [3, 4]]
    assert said["times"] == ["2026-11-21T12:00:00.000Z", None]
    assert said["stop"] == ["tram", {"name": "Main Street"}]
