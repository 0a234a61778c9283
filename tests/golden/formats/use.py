"""Formats are Python values in both directions; text is taken as it is where it may stand for one."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import assert_type
from uuid import UUID

from golden_formats import AsyncGolden, Golden, Unset
from golden_formats.models import Trip

ID = UUID("12345678-1234-5678-1234-567812345678")
NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


def use(client: Golden) -> None:
    trip = client.trips.create(
        ID,
        since=NOON,
        until=datetime.date(2026, 11, 22),
        leaves=NOON,
        day=datetime.date(2026, 11, 21),
        wake=datetime.time(6, 30),
        lasts=datetime.timedelta(hours=1, minutes=30),
        ticket=ID,
        barcode=b"\x00\xff",
        price=Decimal("12.50"),
        discount=1,
        days=[datetime.date(2026, 1, 2), "2026-01-03"],
    )
    look_at(trip)
    client.trips.create(
        str(ID), until="2026-11-22", leaves="2026-11-21T12:00:00.123+02:00", day="2026-11-21", price="1.10"
    )


async def use_async(client: AsyncGolden) -> None:
    trip = await client.trips.create(
        ID,
        since=NOON,
        until=datetime.date(2026, 11, 22),
        leaves=NOON,
        day=datetime.date(2026, 11, 21),
        wake=datetime.time(6, 30),
        lasts=datetime.timedelta(hours=1, minutes=30),
        ticket=ID,
        barcode=b"\x00\xff",
        price=Decimal("12.50"),
        discount=1,
        days=[datetime.date(2026, 1, 2), "2026-01-03"],
    )
    look_at(trip)
    await client.trips.create(
        str(ID), until="2026-11-22", leaves="2026-11-21T12:00:00.123+02:00", day="2026-11-21", price="1.10"
    )


def look_at(trip: Trip) -> None:
    assert_type(trip.leaves, datetime.datetime)
    assert_type(trip.day, datetime.date)
    assert_type(trip.wake, datetime.time | Unset)
    assert_type(trip.lasts, datetime.timedelta | Unset)
    assert_type(trip.ticket, UUID | Unset)
    assert_type(trip.barcode, bytes | Unset)
    assert_type(trip.price, Decimal | Unset)
    assert_type(trip.discount, float | Unset)
    assert_type(trip.seats, int | Unset)
    assert_type(trip.mail, str | Unset)
    assert trip.leaves == NOON
    assert trip.lasts == datetime.timedelta(days=1)
    assert trip.barcode == b"\x00\xff"
    assert trip.price == Decimal("0.10")
    assert trip.seats == 2**60
    assert trip.days == [datetime.date(2026, 1, 2)]
    assert trip.to_dict()["price"] == "0.10"
    assert trip.to_dict()["leaves"] == "2026-11-21T14:00:00+02:00"
