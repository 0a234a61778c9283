"""The body's properties are arguments; nested objects may be plain dicts or models.

An optional body that needs members is not sent where none is given; one that may be `null` is an object.
"""

from __future__ import annotations

from typing import assert_type

from golden_flat_body import AsyncGolden, Golden
from golden_flat_body.models import Address, Parcel


def use(client: Golden) -> None:
    parcel = client.parcels.create(recipient="Ada", address={"street": "Main 1", "postCode": "12"}, size={"height": 2})
    assert_type(parcel, Parcel)
    assert_type(parcel.address, Address)
    assert parcel.address.post_code == "12"

    home = Address(street="Side 2")
    client.parcels.create(recipient="Bob", weight_grams=5, address=home, stops=[home, {"street": "Third 3"}])

    client.parcels.return_("p1")
    client.parcels.return_("p1", reason="broken")
    client.parcels.address.update("p1", street="Main 1")
    client.parcels.note.update("p1", text="Fragile")
    client.parcels.note.update("p1")


async def use_async(client: AsyncGolden) -> None:
    parcel = await client.parcels.create(
        recipient="Ada", address={"street": "Main 1", "postCode": "12"}, size={"height": 2}
    )
    assert_type(parcel, Parcel)

    home = Address(street="Side 2")
    await client.parcels.create(recipient="Bob", weight_grams=5, address=home, stops=[home, {"street": "Third 3"}])
    await client.parcels.return_("p1")
    await client.parcels.return_("p1", reason="broken")
    await client.parcels.address.update("p1", street="Main 1")
    await client.parcels.note.update("p1", text="Fragile")
    await client.parcels.note.update("p1")
