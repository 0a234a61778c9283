"""A base class stands for its descendants of any depth; with more members, the alternatives of a union are told apart
as before."""

from __future__ import annotations

import datetime
from typing import assert_type

from golden_inheritance import AsyncGolden, Golden, Unset
from golden_inheritance.models import Adult, AnimalBase, Cat, Lion, ZooTicketAdult, ZooTicketChild

DAY = datetime.date(2026, 11, 21)


def use(client: Golden) -> None:
    zoo = client.zoos.update(
        animals=[Lion(kind="#lion", roars=True), {"kind": "#cat", "lives": 9}, AnimalBase(kind="Animal")],
        star=Lion(kind="#lion", lives=1),
        ticket=ZooTicketChild(fare="Child", age=7, day=DAY),
        guest=Adult(fare="a fare of tomorrow", price=3),
    )
    look_at(zoo.animals, zoo.star, zoo.ticket)
    assert isinstance(zoo.guest, Adult)


async def use_async(client: AsyncGolden) -> None:
    zoo = await client.zoos.update(
        animals=[Lion(kind="#lion", roars=True), {"kind": "#cat", "lives": 9}, AnimalBase(kind="Animal")],
        star=Lion(kind="#lion", lives=1),
        ticket={"fare": "Child", "age": 7, "day": "2026-11-21"},
        guest={"fare": "a fare of tomorrow", "price": 3},
    )
    look_at(zoo.animals, zoo.star, zoo.ticket)
    assert isinstance(zoo.guest, Adult)


def look_at(
    animals: list[Cat | Lion | AnimalBase] | Unset,
    star: Cat | Lion | AnimalBase | Unset,
    ticket: ZooTicketAdult | ZooTicketChild | Unset,
) -> None:
    assert animals
    lion, cat, other = animals
    assert lion.kind == "#lion"
    assert_type(lion, Lion)
    assert lion.roars
    assert isinstance(cat, Cat)
    assert isinstance(other, AnimalBase)
    assert isinstance(star, Lion)
    assert isinstance(ticket, ZooTicketChild)
    assert_type(ticket.day, datetime.date | Unset)
    assert ticket.day == DAY
