"""What a user must not write. Each wrong line names what mypy and pyright have to report there."""

from __future__ import annotations

import httpx
from opencx import AsyncHook, AsyncOpenCX, Attempt, OpenCX
from opencx.models import CreatePhoneAgent, Error, PhoneAgent
from opencx.testing import Mock, make


def arguments(client: OpenCX) -> None:
    client.phone.create()  # E: call-arg reportCallIssue
    client.phone.create("Ada")  # E: call-arg reportCallIssue
    client.phone.create(name="Ada", voice="v")  # E: call-arg reportCallIssue
    client.phone.create(name=None)  # E: arg-type reportArgumentType
    client.phone.create(name=1)  # E: arg-type reportArgumentType
    client.phone.create(name="Ada", type="upbound")  # E: arg-type reportArgumentType
    client.phone.create(name="Ada", type=None)  # E: arg-type reportArgumentType
    client.phone.create(name="Ada", language="en")  # E: arg-type reportArgumentType
    client.phone.create(name="Ada", language=["en", 1])  # E: list-item reportArgumentType
    client.phone.create(name="Ada", use_org_knowledgebase="yes")  # E: arg-type reportArgumentType
    client.phone.create(name="Ada", timeout="1s")  # E: arg-type reportArgumentType
    client.phone.update(name="Ada")  # E: call-arg reportCallIssue
    client.phone.update(None)  # E: arg-type reportArgumentType
    client.phone.delete("id")  # E: attr-defined reportAttributeAccessIssue
    client.phones.list()  # E: attr-defined reportAttributeAccessIssue


def settings() -> None:
    OpenCX("key")  # E: call-arg reportCallIssue
    OpenCX(key="key")  # E: call-arg reportCallIssue
    OpenCX(api_key=1)  # E: arg-type reportArgumentType
    OpenCX().with_options(retries=1)  # E: call-arg reportCallIssue


def more_of_a_client(client: OpenCX) -> None:
    client.dry_run(client.phone.create)  # E: call-arg reportCallIssue
    client.dry_run(client.phone.create, nmae="Ada")  # E: call-arg reportCallIssue
    client.phone.with_raw_response.create(name=1)  # E: arg-type reportArgumentType
    client.phone.with_raw_response.create("Ada")  # E: call-arg reportCallIssue
    client.phone.with_raw_response.update(name="Ada")  # E: call-arg reportCallIssue
    client.phone.with_raw_response.with_raw_response  # E: attr-defined reportAttributeAccessIssue
    client.phone.with_raw_response.create(name="Ada").name  # E: attr-defined reportAttributeAccessIssue
    client.map(client.phone.list, 3)  # E: call-overload reportArgumentType
    client.map(client.phone.update, ["a"], concurrently=4)  # E: call-overload reportCallIssue
    client.map(client.phone.update, ["a"])[0].id  # E: union-attr reportAttributeAccessIssue
    client.request("GET", "/a", returns=PhoneAgent).nmae  # E: attr-defined reportAttributeAccessIssue
    client.request("GET")  # E: call-overload reportCallIssue
    client.rate_limit.remaining  # E: union-attr reportOptionalMemberAccess
    client.with_options(api_key="other")  # E: call-arg reportCallIssue
    OpenCX(hooks=[Later()])  # E: list-item reportArgumentType
    OpenCX(http_client=httpx.AsyncClient())  # E: arg-type reportArgumentType
    OpenCX(on_drift=print, strict="yes")  # E: arg-type reportArgumentType
    with client.phone.with_streaming_response.create(nmae="Ada"):  # E: call-arg reportCallIssue
        pass


class Later(AsyncHook):
    async def before(self, attempt: Attempt) -> None:
        attempt.headers = None  # E: assignment reportAttributeAccessIssue


def values(agent: PhoneAgent) -> None:
    agent.voice_id.upper()  # E: union-attr reportOptionalMemberAccess
    agent.actionIds  # E: attr-defined reportAttributeAccessIssue
    agent.created_at.upper()  # E: attr-defined reportAttributeAccessIssue
    agent.name = 1  # E: assignment reportAttributeAccessIssue


def models_by_hand() -> None:
    CreatePhoneAgent()  # E: call-arg reportCallIssue
    CreatePhoneAgent("Ada")  # E: call-arg reportCallIssue
    CreatePhoneAgent(name="Ada", type="upbound")  # E: arg-type reportArgumentType
    CreatePhoneAgent(name="Ada").language[0]  # E: index reportIndexIssue
    PhoneAgent.from_dict([1])  # E: arg-type reportArgumentType


def tested(api: Mock) -> None:
    api.on(api.client.phone.create).returns(Error(message="x"))  # E: arg-type reportArgumentType
    api.on(api.client.phone.create).assert_called_with(nmae="Ada")  # E: call-arg reportCallIssue
    api.on(api.async_client.phone.update).assert_called_with(name="Ada")  # E: call-arg reportCallIssue
    api.on(api.client.phone.list).returns(make(PhoneAgent))  # E: arg-type reportArgumentType
    api.on(api.client.phone.create).assert_caled_once()  # E: attr-defined reportAttributeAccessIssue
    make(PhoneAgent).nmae  # E: attr-defined reportAttributeAccessIssue


async def asynchronous(client: AsyncOpenCX) -> None:
    client.phone.create(name="Ada").id  # E: attr-defined reportAttributeAccessIssue
    await client.phone.create(name=1)  # E: arg-type reportArgumentType
    [*client.phone.list()]  # E: misc reportGeneralTypeIssues
