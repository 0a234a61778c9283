"""A deprecated operation warns at the line that calls it, as type checkers do, and the others do not."""

from __future__ import annotations

import warnings
from typing import assert_type

from golden_deprecated import AsyncGolden, Golden


def use(client: Golden) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert_type(client.routes.retrieve(via="Rome").meters, int)  # pyright: ignore[reportDeprecated]
    look_at(caught)
    assert client.places.list() == ["Rome"]


async def use_async(client: AsyncGolden) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        await client.routes.retrieve(via="Rome")  # pyright: ignore[reportDeprecated]
    look_at(caught)
    assert await client.places.list() == ["Rome"]


def look_at(caught: list[warnings.WarningMessage]) -> None:
    (warning,) = caught
    assert warning.category is DeprecationWarning
    assert "GET /routes" in str(warning.message)
    assert warning.filename == __file__
