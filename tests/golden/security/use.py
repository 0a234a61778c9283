"""Each operation gets the credentials that it documents, and a public one gets none."""

from __future__ import annotations

from typing import assert_type

from golden_security import AsyncGolden, Golden, MissingCredentialError


def use(client: Golden) -> None:
    assert_type(client.public.retrieve(), str)
    client.private.retrieve()
    client.both.retrieve()
    client.either.retrieve()
    client.optional.retrieve()
    try:
        client.cookie.retrieve()
    except MissingCredentialError as error:
        assert "cookie_key" in str(error)
        assert "GOLDEN_SECURITY_COOKIE_KEY" in str(error)
    with Golden(bearer=lambda: "b2", cookie_key="c2", base_url=client.base_url) as other:
        other.private.retrieve()
        other.cookie.retrieve()


async def use_async(client: AsyncGolden) -> None:
    assert_type(await client.public.retrieve(), str)
    await client.private.retrieve()
    await client.both.retrieve()
    await client.either.retrieve()
    await client.optional.retrieve()
    async with AsyncGolden(bearer=lambda: "b2", cookie_key="c2", base_url=client.base_url) as other:
        await other.private.retrieve()
        await other.cookie.retrieve()
