"""What a user of the package writes; every line is well typed under `mypy --strict` and pyright's strict mode."""

from __future__ import annotations

import datetime
from typing import Any, Literal, assert_type

import httpx
from opencx import (
    UNSET,
    APIConnectionError,
    APIError,
    APIStatusError,
    AsyncDownload,
    AsyncHook,
    AsyncOpenCX,
    Attempt,
    Download,
    Drift,
    Hook,
    OpenCX,
    RateLimitError,
    RawResponse,
    Reply,
    ResponseInfo,
    Sent,
    Unset,
    models,
    response_of,
)
from opencx.models import CreatePhoneAgent, Error, PhoneAgent
from opencx.testing import Call, make, mock, scenarios


def settings() -> None:
    OpenCX()
    OpenCX(api_key="key", base_url="https://example.com", timeout=None, max_retries=0)
    OpenCX(api_key=lambda: "a fresh key", timeout=2.5, default_headers={"x-team": "a"}, on_drift=note)
    OpenCX(http_client=httpx.Client(), strict=True).with_options(max_retries=5, timeout=1).close()


def note(drift: Drift) -> None:
    print(drift.path, drift.expected)


def calls() -> None:
    with OpenCX() as client:
        agent = client.phone.create(name="Ada")
        assert_type(agent, PhoneAgent)
        languages = ["en", "fr"]
        agent = client.phone.create(name="Ada", language=languages, type="outbound", voice_id=None, instructions=[])
        agents = client.phone.list()
        assert_type(agents, list[PhoneAgent])
        for one in agents:
            assert_type(client.phone.update(one.id, name=one.name or "Bob", first_message=None), PhoneAgent)
        client.phone.update(phone_agent_id=agent.id, timeout=3, extra_headers={"x-a": "b"}, idempotency_key="k")


def left_out_is_not_null(agent: PhoneAgent, voice: str | Unset | None = UNSET) -> str:
    OpenCX().phone.update(agent.id, voice_id=voice, action_ids=UNSET)
    if isinstance(voice, Unset):
        return "as it was"
    assert_type(voice, str | None)
    return voice or "none"


def values(agent: PhoneAgent) -> dict[str, Any]:
    assert_type(agent.id, str)
    assert_type(agent.voice_id, str | None)
    assert_type(agent.action_ids, list[str] | None)
    assert_type(agent.created_at, datetime.datetime)
    assert_type(agent.type, Literal["inbound", "outbound"] | str)
    if agent.type == "inbound" or agent.type == "a value of tomorrow":
        agent.name = "calls come in"
    agent.stt_keyterms.append("term")
    print(agent.to_json(), agent.unknown_fields.get("new"))
    return agent.to_dict()


def models_by_hand() -> None:
    made = CreatePhoneAgent(name="Ada", language=["en"], voice_id=None)
    assert_type(made.language, list[str] | Unset)
    if made.language:
        assert_type(made.language, list[str])
    read = models.PhoneAgent.from_dict({"id": "a"}, strict=False)
    assert_type(read, PhoneAgent)
    print(read == made)


def errors(client: OpenCX) -> float | None:
    try:
        client.phone.list()
    except RateLimitError as error:
        return error.retry_after
    except APIStatusError as error:
        print(error.status, error.request_id, error.headers.get("x-a"))
        if isinstance(error.model, Error):
            print(error.model.to_dict())
    except (APIConnectionError, APIError) as error:
        print(error.message, error.attempts, error.to_curl())
    return None


def more_of_the_answer(client: OpenCX) -> None:
    answer = client.phone.with_raw_response.update("id", name="Ada")
    assert_type(answer, RawResponse[PhoneAgent])
    assert_type(answer.result, PhoneAgent)
    assert_type(client.phone.with_raw_response.list(timeout=3).result, list[PhoneAgent])
    assert_type(client.with_raw_response.request("GET", "/new", returns=PhoneAgent).result, PhoneAgent)
    info = response_of(client.phone.list())
    assert_type(info, ResponseInfo)
    print(info.status, info.headers.get("x-a"), info.request_id, info.attempts, info.elapsed)
    assert_type(client.request("GET", "/new", returns=PhoneAgent, query={"a": 1}), PhoneAgent)


def without_sending(client: OpenCX) -> None:
    request = client.dry_run(client.phone.create, name="Ada")
    assert_type(request, Sent)
    print(request.method, request.url, dict(request.headers), request.to_curl())


def many(client: OpenCX) -> list[str]:
    found = client.map(client.phone.create, [{"name": "Ada"}, {"name": "Bob"}], concurrency=4)
    assert_type(found, list[PhoneAgent | APIError])
    assert_type(client.map(client.phone.update, [("a",), ("b",)]), list[PhoneAgent | APIError])
    assert_type(client.map(client.phone.update, ["a", "b"]), list[PhoneAgent | APIError])
    return [one.id for one in found if isinstance(one, PhoneAgent)]


def by_hand(client: OpenCX) -> None:
    assert_type(client.request("GET", "/a", returns=dict[str, int]), dict[str, int])
    assert_type(client.request("GET", "/a", returns=list[PhoneAgent]), list[PhoneAgent])
    assert_type(client.request("POST", "/a", returns=bytes, body={"a": [1]}, timeout=1), bytes)
    plain: dict[str, Any] = client.request("GET", "/a")
    print(plain, client.rate_limit and client.rate_limit.remaining, PhoneAgent.type_hints()["name"])
    with client.with_streaming_response.request("GET", "/a", query={"a": 1}) as download:
        assert_type(download, Download)
    with client.phone.with_streaming_response.list() as download:
        assert_type(download, Download)
        print(download.status, download.headers, sum(map(len, download.iter_bytes())))


class Stamp(Hook):
    def before(self, attempt: Attempt) -> None:
        attempt.headers["X-Stamp"] = attempt.operation

    def after(self, attempt: Attempt, reply: Reply) -> None:
        print(reply.status)


class LaterStamp(AsyncHook):
    async def before(self, attempt: Attempt) -> None:
        attempt.headers["X-Stamp"] = str(attempt.number)


def hooked() -> None:
    OpenCX(hooks=[Stamp()], wait_for_rate_limit=True)
    AsyncOpenCX(hooks=[Stamp(), LaterStamp()])
    other = OpenCX().with_options(hooks=[Stamp()], default_headers={"x-a": "b"}, total_timeout=5, strict=True)
    assert_type(other, OpenCX)
    assert_type(AsyncOpenCX().with_options(timeout=None), AsyncOpenCX)


async def asynchronous() -> None:
    async with AsyncOpenCX(api_key="key") as client:
        assert_type(await client.phone.create(name="Ada", use_org_knowledgebase=True), PhoneAgent)
        assert_type(await client.phone.list(), list[PhoneAgent])
        assert_type((await client.phone.with_raw_response.update("id", name="b")).result, PhoneAgent)
        assert_type(await client.dry_run(client.phone.create, name="Ada"), Sent)
        assert_type(await client.map(client.phone.update, ["a"]), list[PhoneAgent | APIError])
        assert_type(await client.request("GET", "/a", returns=PhoneAgent), PhoneAgent)
        assert_type((await client.with_raw_response.request("GET", "/a", returns=PhoneAgent)).result, PhoneAgent)
        async with client.phone.with_streaming_response.list() as download:
            assert_type(download, AsyncDownload)
            async for line in download.iter_lines():
                assert_type(line, str)


def tested() -> None:
    with mock(max_retries=3) as api:
        create = api.on(api.client.phone.create)
        create.returns(make(PhoneAgent, name="Ada")).first(scenarios.rate_limited(2), scenarios.cut())
        create.returns({"id": "a1"}, status=201, headers={"X-Request-Id": "r1"})
        create.answers(lambda call: make(PhoneAgent, name=call.json["name"]))
        create.raises(RateLimitError, Error(message="Slow down."))
        api.on(api.async_client.phone.list).returns([make(PhoneAgent)])
        assert_type(api.client, OpenCX)
        assert_type(api.async_client, AsyncOpenCX)
        create.assert_called_once_with(name="Ada", voice_id=None)
        api.on(api.async_client.phone.update).assert_called_with("a1", name="Ada")
        assert_type(api.calls[0], Call)
        assert_type(make(PhoneAgent), PhoneAgent)
