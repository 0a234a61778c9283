"""Does each scenario put the client through what it is named after?"""

from __future__ import annotations

import asyncio
import time

import opencx
import pytest
from opencx.models import PhoneAgent
from opencx.testing import Mock, make, mock, scenarios


def test_a_rate_limit_is_waited_out_in_no_time(api: Mock) -> None:
    start = time.monotonic()
    api.on(api.client.phone.create).first(scenarios.rate_limited(30), scenarios.rate_limited(60))
    assert api.client.phone.create(name="Ada").id
    assert api.waits == [30, 60]
    api.on(api.client.phone.create).first(scenarios.rate_limited(9))
    assert asyncio.run(api.async_client.phone.create(name="Ada")).id
    assert api.waits == [30, 60, 9]
    assert time.monotonic() - start < 5


def test_a_call_that_is_sent_again_counts_once(api: Mock) -> None:
    create = api.on(api.client.phone.create).first(scenarios.rate_limited(1))
    api.client.phone.create(name="Ada")
    create.assert_called_once_with(name="Ada")
    assert [call.attempt for call in create.requests] == [1, 2]


def test_a_failing_server_is_asked_again_where_that_is_safe(api: Mock) -> None:
    api.on(api.client.phone.list).first(scenarios.server_error(), scenarios.server_error(503))
    assert api.client.phone.list()
    assert len(api.calls) == 3
    api.on(api.client.phone.create).first(scenarios.server_error())
    with pytest.raises(opencx.InternalServerError):
        api.client.phone.create(name="Ada")


def test_a_slow_answer_is_a_timeout_for_who_does_not_wait(api: Mock) -> None:
    start = time.monotonic()
    api.on(api.client.phone.create).first(scenarios.slow(50), scenarios.slow(50))
    assert api.client.phone.create(name="Ada").id
    with pytest.raises(opencx.APITimeoutError, match="it may have been done"):
        api.client.phone.create(name="Ada", timeout=20)
    assert time.monotonic() - start < 5


def test_broken_connections_are_told_apart() -> None:
    with mock(max_retries=0) as api:
        api.first(scenarios.connection_refused(), scenarios.connection_reset(), scenarios.timeout())
        for delivered, kind in ((False, opencx.APIConnectionError), (None, opencx.APIConnectionError),
                                (None, opencx.APITimeoutError)):  # fmt: skip
            with pytest.raises(kind) as caught:
                api.client.phone.create(name="Ada")
            assert caught.value.delivered is delivered


def test_a_cut_answer_is_no_answer() -> None:
    with mock(max_retries=0) as api:
        api.first(scenarios.cut(), scenarios.cut(after=0))
        for _ in range(2):
            with pytest.raises(opencx.APIConnectionError):
                api.client.phone.create(name="Ada")


def test_a_malformed_answer_cannot_be_decoded(api: Mock) -> None:
    api.first(scenarios.malformed())
    with pytest.raises(opencx.DecodeError):
        api.client.phone.create(name="Ada")


@pytest.mark.parametrize(
    ("scenario", "path", "came"),
    [
        (scenarios.unknown_field("color"), "$.color", "string"),
        (scenarios.unknown_value(), "$.type", "another string"),
        (scenarios.missing_field(), "$.id", "nothing"),
        (scenarios.missing_field("name"), "$.name", "nothing"),
    ],
)
def test_a_drifted_answer_is_reported_as_drift(scenario: scenarios.Scenario, path: str, came: str) -> None:
    drifts: list[opencx.Drift] = []
    with mock(on_drift=drifts.append) as api:
        api.on(api.client.phone.create).returns(make(PhoneAgent, name="Ada")).first(scenario)
        api.client.phone.create(name="Ada")
        assert (path, came) in [(drift.path, drift.came) for drift in drifts]
        drifts.clear()
        api.client.phone.create(name="Ada")
        assert not drifts


def test_a_status_can_be_any(api: Mock) -> None:
    api.first(scenarios.status(409, {"message": "Taken."}, {"X-Request-Id": "r1"}))
    with pytest.raises(opencx.ConflictError, match="Taken") as caught:
        api.client.phone.create(name="Ada", max_retries=0)
    assert caught.value.request_id == "r1"
