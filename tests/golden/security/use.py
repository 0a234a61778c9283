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
    other = Golden(bearer="other", login=("u", "p"), base_url="http://127.0.0.1:9", max_retries=0, header_key=lambda: "x")
    try:
        other.both.retrieve()
    except MissingCredentialError as error:
        assert "GOLDEN_SECURITY_QUERY_KEY" in str(error)


async def use_async(client: AsyncGolden) -> None:
    assert_type(await client.public.retrieve(), str)
    await client.private.retrieve()
    await client.both.retrieve()
    await client.either.retrieve()
    await client.optional.retrieve()
