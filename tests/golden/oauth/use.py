"""The client gets its token by itself, keeps it, and renews it when the API takes it no more; a ready token wins."""

from __future__ import annotations

from typing import assert_type

from golden_oauth import AsyncGolden, AsyncHook, Attempt, Golden, Hook, Sent
from golden_oauth.models import Order


class Seen(Hook):
    """Keeps the operations that were called."""

    def __init__(self) -> None:
        self.operations: list[str] = []

    def before(self, attempt: Attempt) -> None:
        self.operations.append(attempt.operation)


class AsyncSeen(AsyncHook):
    """The same, for an async client."""

    def __init__(self) -> None:
        self.operations: list[str] = []

    async def before(self, attempt: Attempt) -> None:
        self.operations.append(attempt.operation)


def use(client: Golden) -> None:
    assert_type(client.dry_run(client.orders.retrieve, "1"), Sent)
    assert_type(client.orders.retrieve("1"), Order)
    client.orders.retrieve("2")
    seen = Seen()
    with Golden(access_token="mine", client_id="other", hooks=[seen], base_url=client.base_url) as ready:
        ready.orders.retrieve("3")
    assert seen.operations == ["orders.retrieve"]


async def use_async(client: AsyncGolden) -> None:
    assert_type(await client.dry_run(client.orders.retrieve, "1"), Sent)
    assert_type(await client.orders.retrieve("1"), Order)
    await client.orders.retrieve("2")
    seen = AsyncSeen()
    async with AsyncGolden(access_token="mine", hooks=[seen, Seen()], base_url=client.base_url) as ready:
        await ready.orders.retrieve("3")
    assert seen.operations == ["orders.retrieve"]
