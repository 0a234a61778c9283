"""Does a test that uses the kit see a real client, answered as documented, and everything that it sent?"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress

import opencx
import pytest
from opencx.models import Error, PhoneAgent
from opencx.testing import Mock, UnexpectedRequest, make, mock, scenarios


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENCX_API_KEY", raising=False)
    monkeypatch.setenv("OPENCX_API_URL", "https://elsewhere.invalid")
    monkeypatch.setattr(socket.socket, "connect", lambda *args: pytest.fail("a socket was opened"))


def test_each_operation_answers_with_a_valid_model_before_anything_is_said(api: Mock) -> None:
    with mock(strict=True) as api:
        agents = api.client.phone.list()
        assert agents
        assert all(isinstance(agent, PhoneAgent) for agent in agents)
        assert isinstance(api.client.phone.update("a1", name="Ada"), PhoneAgent)


def test_the_client_is_of_the_class_that_the_package_exports(api: Mock) -> None:
    assert isinstance(api.client, opencx.OpenCX)
    assert isinstance(api.async_client, opencx.AsyncOpenCX)
    assert api.client.base_url == "https://api.open.cx"


def test_an_assertion_says_nothing_about_the_request_after_it(api: Mock) -> None:
    api.client.phone.update("a1", name="Ada")
    api.on(api.client.phone.update).assert_called_once_with("a1", name="Ada")
    with opencx.OpenCX(api_key="k", http_client=api.http_client) as own:
        assert isinstance(own.phone.list()[0], PhoneAgent)
    assert [call.operation for call in api.calls] == ["phone.update", "phone.list"]


def test_an_answer_is_the_model_that_it_was_told_to_be(api: Mock) -> None:
    api.on(api.client.phone.create).returns(make(PhoneAgent, name="Ada"))
    assert api.client.phone.create(name="Grace").name == "Ada"
    assert asyncio.run(api.async_client.phone.create(name="Grace")).name == "Ada"


def test_an_answer_can_be_made_of_the_call(api: Mock) -> None:
    api.on(api.client.phone.create).answers(lambda call: make(PhoneAgent, name=call.json["name"]))
    assert [api.client.phone.create(name=name).name for name in ("Ada", "Grace")] == ["Ada", "Grace"]


def test_an_answer_that_the_api_never_gives_is_refused_when_it_is_said(api: Mock) -> None:
    with pytest.raises(ValueError, match=r"\$\.type: expected one of .* not \"robot\""):
        api.on(api.client.phone.create).returns(make(PhoneAgent).to_dict() | {"type": "robot"})


def test_an_error_class_is_raised_with_the_documented_model(api: Mock) -> None:
    api.on(api.client.phone.list).raises(opencx.InternalServerError, Error(message="No."))
    with pytest.raises(opencx.InternalServerError) as caught:
        api.client.phone.list()
    assert caught.value.model == Error(message="No.")
    assert caught.value.attempts == 3


@pytest.mark.parametrize(
    "error",
    [opencx.NotFoundError, opencx.RateLimitError, opencx.APITimeoutError, opencx.APIConnectionError, 418],
)
def test_every_kind_of_failure_reaches_the_caller(api: Mock, error: type[opencx.APIError] | int) -> None:
    api.on(api.client.phone.create).raises(error)
    expected = opencx.APIStatusError if isinstance(error, int) else error
    with pytest.raises(expected):
        api.client.phone.create(name="Ada")
    with pytest.raises(expected):
        asyncio.run(api.async_client.phone.create(name="Ada"))


def test_an_error_that_no_answer_stands_for_is_refused(api: Mock) -> None:
    with pytest.raises(TypeError, match="no answer leads to MissingCredentialError"):
        api.on(api.client.phone.create).raises(opencx.MissingCredentialError)
    with pytest.raises(ValueError, match="from 400 to 599"):
        api.on(api.client.phone.create).raises(200)


def test_calls_are_kept_with_credentials_blanked_out(api: Mock) -> None:
    api.client.phone.update("a/1", name="Ada", extra_query={"token": "t0p"}, extra_headers={"X-Trace": "7"})
    (call,) = api.calls
    assert (call.operation, call.method, call.path, call.json) == (
        "phone.update", "PATCH", "/phone/a%2F1", {"name": "Ada"},
    )  # fmt: skip
    assert call.headers["x-trace"] == "7"
    assert call.headers["authorization"] == "REDACTED"
    assert call.query == {"token": "REDACTED"}
    assert "test-key" not in repr(vars(api))


def test_a_call_is_compared_with_what_the_method_would_send(api: Mock) -> None:
    api.client.phone.create(name="Ada", voice_id=None)
    create = api.on(api.client.phone.create)
    create.assert_called_once_with(name="Ada", voice_id=None)
    with pytest.raises(AssertionError) as caught:
        create.assert_called_once_with(name="Bob", language=["en"])
    assert str(caught.value).splitlines()[1:] == [
        '  $.name: "Ada", expected "Bob"',
        '  $.language: nothing, expected ["en"]',
        "  $.voice_id: null, expected nothing",
    ]


def test_how_often_an_operation_was_called_is_asserted(api: Mock) -> None:
    create = api.on(api.client.phone.create)
    create.assert_not_called()
    with pytest.raises(AssertionError, match="was called 0 times, not once"):
        create.assert_called_once()
    with pytest.raises(AssertionError, match="was not called"):
        create.assert_called_with(name="Ada")
    for name in ("Ada", "Grace"):
        api.client.phone.create(name=name)
    create.assert_called_with(name="Grace")
    create.assert_called_with(name="Ada")
    with pytest.raises(AssertionError, match="was called 2 times, not once"):
        create.assert_called_once_with(name="Ada")
    with pytest.raises(AssertionError, match="was called 2 times"):
        create.assert_not_called()


def test_a_request_that_is_not_as_documented_fails_with_the_reason() -> None:
    with pytest.raises(UnexpectedRequest) as caught, mock() as api:
        api.client.phone.create(name="Ada", language=[], extra_body={"type": "robot"})
    assert str(caught.value).splitlines() == [
        "phone.create (POST /phone) is not called as documented:",
        "  $.language: expected at least 1 items, not 0",
        '  $.type: expected one of "inbound", "outbound", not "robot"',
    ]


def test_a_request_for_no_operation_fails() -> None:
    with pytest.raises(UnexpectedRequest, match="GET /telephones: the API has no such operation"), mock() as api:
        api.client.request("GET", "/telephones")


def test_a_refused_request_that_the_code_swallowed_fails_at_the_end() -> None:
    with pytest.raises(UnexpectedRequest, match="no such operation"), mock() as api, suppress(AssertionError):
        api.client.request("GET", "/telephones")


def test_requests_are_not_checked_where_that_is_not_wanted() -> None:
    with mock(check=False) as api:
        assert api.client.phone.create(name="Ada", extra_body={"type": "robot"}).id
        assert [str(fault) for fault in api.calls[0].faults] == [
            '$.type: expected one of "inbound", "outbound", not "robot"'
        ]


def test_a_client_that_the_code_makes_itself_is_answered_too(api: Mock) -> None:
    with opencx.OpenCX(api_key="k", base_url="https://proxy.invalid", http_client=api.http_client) as client:
        client.phone.create(name="Ada")
    api.on(api.client.phone.create).assert_called_once_with(name="Ada")


def test_a_reset_mock_is_a_new_one(api: Mock) -> None:
    api.on(api.client.phone.create).first(scenarios.rate_limited()).returns(make(PhoneAgent, name="Ada"))
    api.client.phone.create(name="x")
    api.on(api.client.phone.create).first(scenarios.rate_limited())
    api.reset()
    assert api.client.phone.create(name="x").name != "Ada"
    assert (len(api.calls), api.waits) == (1, [])


def test_two_mocks_know_nothing_of_each_other(api: Mock) -> None:
    with mock() as other:
        other.on(other.client.phone.create).raises(404)
        assert api.client.phone.create(name="Ada").id
        assert not other.calls


def test_what_is_no_method_of_a_client_is_refused(api: Mock) -> None:
    with pytest.raises(TypeError, match="expected a method of a client"):
        api.on(print)


def test_a_model_is_complete_and_has_the_fields_that_are_given() -> None:
    agent = make(PhoneAgent, name="Ada", action_ids=["a"], speed=None)
    assert (agent.name, agent.action_ids, agent.speed, agent.type) == ("Ada", ["a"], None, "inbound")
    drifts: list[opencx.Drift] = []
    PhoneAgent.from_dict(agent.to_dict(), on_drift=drifts.append)
    assert not drifts


def test_a_field_that_a_model_cannot_have_is_refused() -> None:
    with pytest.raises(TypeError, match="PhoneAgent has no field 'nmae'; it has id, "):
        make(PhoneAgent, nmae="Ada")
    with pytest.raises(TypeError, match=r"PhoneAgent\.interruptible: expected boolean, not string"):
        make(PhoneAgent, interruptible="yes")
