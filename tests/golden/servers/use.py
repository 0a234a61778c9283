"""The document's server holds for all operations but those that name their own."""

from __future__ import annotations

from typing import assert_type

from golden_servers import APIConnectionError, AsyncGolden, Golden


def use(client: Golden) -> None:
    assert_type(client.here.retrieve(), str)
    assert client.dry_run(client.beside.retrieve).url.endswith("/v2/beside")
    assert Golden().dry_run(Golden().beside.retrieve).url == "http://127.0.0.1:9/v2/beside"
    assert Golden().dry_run(Golden().nowhere.retrieve).url == "http://127.0.0.1:9/v1/nowhere"
    try:
        client.there.retrieve()
    except APIConnectionError as error:
        look_at(error, "http://127.0.0.2:9/other/there")
    try:
        Golden(max_retries=0).here.retrieve()
    except APIConnectionError as error:
        look_at(error, "http://127.0.0.1:9/v1/here")


async def use_async(client: AsyncGolden) -> None:
    assert_type(await client.here.retrieve(), str)
    try:
        await client.there.retrieve()
    except APIConnectionError as error:
        look_at(error, "http://127.0.0.2:9/other/there")


def look_at(error: APIConnectionError, url: str) -> None:
    assert error.request
    assert error.request.url == url
