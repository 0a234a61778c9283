"""An API may have names of the test kit; a test still says what it means."""

from __future__ import annotations

from typing import assert_type

from golden_kit_names import AsyncGolden, Golden
from golden_kit_names.models import Mock
from golden_kit_names.testing import Mock as Kit
from golden_kit_names.testing import make, mock


def use(client: Golden) -> None:
    assert_type(client.testing.calls.list(method="m"), list[Mock])


async def use_async(client: AsyncGolden) -> None:
    assert_type(await client.testing.calls.list(method="m"), list[Mock])


def use_kit() -> None:
    with mock() as api:
        assert_type(api, Kit)
        given = make(Mock, calls=7, make="m", model="n")
        api.on(api.client.testing.returns.create).returns(given)
        assert api.client.testing.returns.create(calls=3, on="ab", model="n") == given
        api.on(api.client.testing.returns.create).assert_called_once_with(calls=3, on="ab", model="n")
        api.on(api.client.testing.calls.list).returns([given])
        assert api.client.testing.calls.list(method="x") == [given]
        api.on(api.client.testing.calls.list).assert_called_with(method="x")
        api.client.testing.calls.list(key="k")
        api.on(api.client.testing.calls.list).assert_called_with(key="k")
        api.client.mock.me.retrieve()
        api.client.mock.retrieve("me")
        assert [call.operation for call in api.calls[-2:]] == ["mock.me.retrieve", "mock.retrieve"]
