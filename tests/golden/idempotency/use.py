"""A declared idempotency key is no argument: the client fills it, so a call that may have been done is sent again."""

from __future__ import annotations

from typing import Any, assert_type

from golden_idempotency import UNSET, AsyncGolden, Golden, Sent


def use(client: Golden) -> None:
    assert_type(client.payments.create(amount=5, idempotency_key="k1", max_retries=1), int)
    keys = [_key(client.dry_run(client.payments.create, amount=5)) for _ in range(2)]
    assert keys[0] != keys[1]
    assert all(len(key) == 36 for key in keys)
    left_out: Any = UNSET
    try:
        client.payments.create(amount=left_out)
    except TypeError as error:
        assert str(error) == "payments.create() needs 'amount' in the body, not UNSET"
    else:
        raise AssertionError


async def use_async(client: AsyncGolden) -> None:
    assert_type(await client.payments.create(amount=5, idempotency_key="k1", max_retries=1), int)


def _key(request: Sent) -> str:
    return dict(request.headers)["Idempotency-Key"]
