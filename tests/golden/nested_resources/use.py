"""Resources follow the path; their classes are loaded when they are first used."""

from __future__ import annotations

from typing import assert_type

from golden_nested_resources import AsyncGolden, Golden
from golden_nested_resources.models import Member, Team


def use(client: Golden) -> None:
    assert_type(client.teams.list(), list[Team])
    member = client.teams.members.retrieve("t/1", "m 1")
    assert_type(member, Member)
    assert member.name == "Ada"
    client.teams.members.delete("t", member_id="m")
    assert_type(client.teams.members.invite(team_id="t", member_id="m"), Member)
    assert client.admin.audit.events.list() == ["login"]


async def use_async(client: AsyncGolden) -> None:
    assert_type(await client.teams.list(), list[Team])
    member = await client.teams.members.retrieve("t/1", "m 1")
    assert_type(member, Member)
    await client.teams.members.delete("t", member_id="m")
    await client.teams.members.invite(team_id="t", member_id="m")
    assert await client.admin.audit.events.list() == ["login"]
