"""Does a test that uses the kit see a real client, answered as documented, and everything that it sent?"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import opencx
import pytest
from opencx.models import CreatePhoneAgent, Error, PhoneAgent
from opencx.testing import Mock, UnexpectedRequest, make, mock, scenarios
from opencx.testing.answer import Answerer
from opencx.testing.document import Document


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


def test_queries_and_kinds_of_values_are_compared(api: Mock) -> None:
    api.client.phone.create(name="Ada", extra_query={"a": "1"}, extra_body={"flag": True})
    create = api.on(api.client.phone.create)
    create.assert_called_once_with(name="Ada", extra_query={"a": "1"}, extra_body={"flag": True})
    with pytest.raises(AssertionError, match=r"query\.a: \[\"1\"\], expected \[\"2\"\]"):
        create.assert_called_once_with(name="Ada", extra_query={"a": "2"}, extra_body={"flag": True})
    with pytest.raises(AssertionError, match=r"\$\.flag: true, expected 1"):
        create.assert_called_once_with(name="Ada", extra_query={"a": "1"}, extra_body={"flag": 1})


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
    with pytest.raises(UnexpectedRequest, match=r"GET /telephones: the API has no such operation$"), mock() as api:
        api.client.request("GET", "/telephones")
    with pytest.raises(UnexpectedRequest, match=r"no such operation; there is /phone$"), mock() as api:
        api.client.request("GET", "/phones")


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


class OtherResource:
    """The resource of another API."""

    _bound_client = None

    def create(self) -> None: ...


def test_what_is_no_method_of_a_client_of_this_api_is_refused(api: Mock) -> None:
    for other in (print, "phone.create", api.client.phone, OtherResource().create, api.client.request):
        with pytest.raises(TypeError, match="expected a method of a client of opencx itself"):
            api.on(other)  # type: ignore[call-overload]


def test_what_is_no_scenario_is_refused_when_it_is_said(api: Mock) -> None:
    create = api.on(api.client.phone.create)
    with pytest.raises(TypeError, match=r"expected a scenario: rate_limited\(\) in place of the function itself"):
        create.first(scenarios.rate_limited)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"such as scenarios\.rate_limited\(\), not 'cut'"):
        api.first("cut")  # type: ignore[arg-type]
    assert api.client.phone.create(name="Ada").id


def test_what_is_no_answer_or_error_of_the_api_is_refused_when_it_is_said(api: Mock) -> None:
    create = api.on(api.client.phone.create)
    for status, told in (
        (404, "from 200 to 299, not 404"),
        (7, "not 7"),
        (299, "not documented to answer 299; there are 2"),
    ):
        with pytest.raises(ValueError, match=told):
            create.returns(make(PhoneAgent), status=status)
    with pytest.raises(TypeError, match="expected an error class of this package or a status, not 'no'"):
        create.raises("no")  # type: ignore[arg-type]


def test_an_option_that_clients_do_not_have_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match=r"mock\(\) got an unexpected keyword argument 'retries'"):
        mock(retries=3)  # type: ignore[call-arg]


def test_the_next_request_of_a_client_of_ones_own_is_a_first_attempt(api: Mock) -> None:
    create = api.on(api.client.phone.create).first(scenarios.rate_limited())
    api.client.phone.create(name="Ada")
    with opencx.OpenCX(api_key="k", http_client=api.http_client) as own:
        own.phone.create(name="Ada")
    assert [call.attempt for call in create.requests] == [1, 2, 1]


def test_calls_of_many_threads_are_kept_and_each_scenario_happens_once(api: Mock) -> None:
    create = api.on(api.client.phone.create).first(*[scenarios.rate_limited(1)] * 20)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: api.client.phone.create(name=f"n{number}", max_retries=20), range(40)))
    assert all(agent.id for agent in made)
    assert {call.json["name"] for call in create.calls} == {f"n{number}" for number in range(40)}
    assert (len(create.calls), len(create.requests), len(api.waits)) == (40, 60, 20)


def test_an_answer_is_the_recorded_one_of_the_status_that_was_recorded() -> None:
    kinds = {"200": {"media_type": "application/json", "schema": {"type": "string"}}}
    answers = {**kinds, "201": kinds["200"], "400": kinds["200"]}
    operation = {"method": "GET", "path": "/a", "answers": answers}
    recorded = {"a.b": [[201, "application/json", '"made"'], [400, "application/json", '"wrong"']]}
    document = Document({"servers": [""], "operations": {"a.b": operation}, "schemas": {}, "models": {}}, recorded)
    answerer = Answerer(document)
    known = document.operations["a.b"]
    assert (answerer.usual(known).status, answerer.usual(known).json) == (201, "made")
    assert answerer.of_status(known, 400).json == "wrong"
    assert answerer.of_status(known, 200).json == "string"


def test_a_model_is_complete_and_has_the_fields_that_are_given() -> None:
    agent = make(PhoneAgent, name="Ada", action_ids=["a"], speed=None)
    assert (agent.name, agent.action_ids, agent.speed, agent.type) == ("Ada", ["a"], None, "inbound")
    drifts: list[opencx.Drift] = []
    PhoneAgent.from_dict(agent.to_dict(), on_drift=drifts.append)
    assert not drifts


def test_a_field_can_be_left_out() -> None:
    assert make(CreatePhoneAgent).voice_id is not opencx.UNSET
    assert make(CreatePhoneAgent, voice_id=opencx.UNSET).voice_id is opencx.UNSET


def test_what_is_no_model_of_the_package_is_refused() -> None:
    for other in (dict, "PhoneAgent", make(PhoneAgent), type("PhoneAgent", (), {})):
        with pytest.raises(TypeError, match=r"expected a model class of opencx\.models, not "):
            make(other)  # type: ignore[type-var]


def test_a_field_that_a_model_cannot_have_is_refused() -> None:
    with pytest.raises(TypeError, match="PhoneAgent has no field 'nmae'; it has id, "):
        make(PhoneAgent, nmae="Ada")
    with pytest.raises(TypeError, match=r"PhoneAgent\.interruptible: expected boolean, not string"):
        make(PhoneAgent, interruptible="yes")
