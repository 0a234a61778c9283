"""What only the server sets is no argument; what only the caller sends is in no answer."""

from __future__ import annotations

import datetime
from typing import assert_type

from golden_read_only_write_only import AsyncGolden, Golden, Unset
from golden_read_only_write_only.models import User, UserAccount, UserRequest


def use(client: Golden) -> None:
    look_at(client.users.create(name="Ada", password="s3cret"))
    client.teams.create(lead={"name": "Ada", "password": "s3cret"})
    client.teams.create(lead=UserRequest(name="Bob", password="x"))


async def use_async(client: AsyncGolden) -> None:
    look_at(await client.users.create(name="Ada", password="s3cret"))
    await client.teams.create(lead={"name": "Ada", "password": "s3cret"})
    await client.teams.create(lead=UserRequest(name="Bob", password="x"))


def look_at(user: User) -> None:
    assert_type(user.id, str)
    assert_type(user.created, datetime.datetime | Unset)
    assert not hasattr(user, "password")
    assert_type(user.account, UserAccount)
    assert user.account.plan == "pro"
    assert not hasattr(UserRequest, "account")
