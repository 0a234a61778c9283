"""An answer without a body is `None`, and so is JSON `null` where the document allows it."""

from __future__ import annotations

from typing import assert_type

from golden_empty_answers import AsyncGolden, Golden
from golden_empty_answers.models import Job


def use(client: Golden) -> None:
    client.jobs.delete("j")
    job = client.jobs.retrieve("j")
    assert_type(job, Job | None)
    assert job is None
    assert client.jobs.retrieve("j") == Job(id="j")
    assert_type(client.jobs.update("j"), Job | None)
    assert client.jobs.update("j") is None
    client.jobs.ping.head("j")


async def use_async(client: AsyncGolden) -> None:
    await client.jobs.delete("j")
    job = await client.jobs.retrieve("j")
    assert_type(job, Job | None)
    assert job is None
    assert await client.jobs.retrieve("j") == Job(id="j")
    assert_type(await client.jobs.update("j"), Job | None)
    assert await client.jobs.update("j") is None
    await client.jobs.ping.head("j")
