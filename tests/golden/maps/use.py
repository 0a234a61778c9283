"""Maps with typed values; a model with members besides its own keeps them."""

from __future__ import annotations

from typing import Any, assert_type

from golden_maps import AsyncGolden, Golden, Unset
from golden_maps.models import Limit, Settings


def use(client: Golden) -> None:
    counters = client.counters.retrieve()
    assert_type(counters, dict[str, int])
    assert counters == {"a b": 1, "": 0}
    look_at(client.settings.update(labels={"x-y": "z"}, limits={"cpu": {"most": 1}, "ram": Limit(most=2)}))
    client.settings.update(labels={}, anything={"deep": [{"er": None}]})


async def use_async(client: AsyncGolden) -> None:
    counters = await client.counters.retrieve()
    assert_type(counters, dict[str, int])
    look_at(await client.settings.update(labels={"x-y": "z"}, limits={"cpu": {"most": 1}, "ram": Limit(most=2)}))
    await client.settings.update(labels={}, anything={"deep": [{"er": None}]})


def look_at(settings: Settings) -> None:
    assert_type(settings.limits, dict[str, Limit] | Unset)
    assert_type(settings.nested, dict[str, list[float]] | Unset)
    assert_type(settings.anything, dict[str, Any] | Unset)
    assert settings.limits
    assert settings.limits["cpu"].most == 1
    assert dict(settings.unknown_fields) == {"more": "of it"}
    assert settings.to_dict()["more"] == "of it"
