"""A dry run shows the request to the last byte, and sends nothing."""

from __future__ import annotations

import asyncio
import json
import shlex
import subprocess
from typing import Any

import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import (
    AsyncResource,
    Attempt,
    ConfigurationError,
    Hook,
    InvalidRequestError,
    MissingCredentialError,
    NextNumber,
    Operation,
    PagedOperation,
    Resource,
    Sent,
)

PET = {"id": "1", "name": "Rex", "age": 3}


LISTING: PagedOperation[Any, Any] = PagedOperation(
    "things.list", "GET", "/things", page=NextNumber(items="$", send="query.page"), returns={"200": "list[Any]"}
)
EVENTS: Operation[Any] = Operation("things.watch", "GET", "/watch", returns={"200": "Any"}, reads="events")
FILE: Operation[Any] = Operation("things.file", "GET", "/file", returns={"200": "bytes"})


class Things(Resource):
    def list(self) -> Any:
        return self._page(LISTING, {})

    def watch(self) -> Any:
        return self._stream(EVENTS, {})

    def file(self) -> Any:
        return self._download(FILE, {})


class AsyncThings(AsyncResource):
    def list(self) -> Any:
        return self._page(LISTING, {})

    async def watch(self) -> Any:
        return await self._stream(EVENTS, {})

    async def file(self) -> Any:
        return await self._download(FILE, {})


def client_of(server: Server, **settings: Any) -> Petshop:
    return Petshop(**{"api_key": "sk-key", "base_url": server.url, **settings})


def test_the_request_is_shown_with_its_secrets_blanked_out(server: Server) -> None:
    client = client_of(server)
    sent = client.dry_run(client.pets.create, name="Rex", tag=None, idempotency_key="k1", extra_query={"a": 1})
    assert isinstance(sent, Sent)
    assert (sent.method, sent.path, sent.url) == ("POST", "/pets", f"{server.url}/pets?a=1")
    assert json.loads(sent.body or b"") == {"name": "Rex", "tag": None}
    headers = dict(sent.headers)
    assert headers["Authorization"] == "REDACTED"
    assert (headers["Idempotency-Key"], headers["Content-Type"]) == ("k1", "application/json")
    assert server.seen == []


def test_the_async_client_shows_the_same(server: Server) -> None:
    async def main() -> Sent:
        async with AsyncPetshop(api_key="sk-key", base_url=server.url) as client:
            return await client.dry_run(client.pets.create, name="Rex")

    client = client_of(server)
    assert asyncio.run(main()) == client.dry_run(client.pets.create, name="Rex")
    assert server.seen == []


def test_what_is_shown_is_what_is_sent(server: Server) -> None:
    server.answer(Answer(PET))
    client = client_of(server)
    shown = client.dry_run(client.pets.create, name="Rex")
    client.pets.create(name="Rex")
    seen = server.seen[0]
    assert (seen.method, seen.path, seen.body) == (shown.method, shown.path, shown.body)
    for name, value in shown.headers:
        assert seen.headers[name.lower()] == value.replace("REDACTED", "Bearer sk-key")


def test_the_command_of_a_dry_run_works_in_a_shell(server: Server) -> None:
    server.answer(Answer(PET))
    client = client_of(server)
    command = client.dry_run(client.pets.create, name='it\'s $HOME `x` \\ \n "y"').to_curl()
    assert shlex.split(command)[0] == "curl"
    try:
        subprocess.run(["sh", "-c", f"{command} -s"], check=True, capture_output=True, timeout=10)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("this machine has no curl")
    assert json.loads(server.seen[0].body) == {"name": 'it\'s $HOME `x` \\ \n "y"'}


def test_it_shows_the_place_of_every_credential_and_asks_nobody_for_one(server: Server) -> None:
    def fetch() -> str:
        raise AssertionError("a dry run needs no key")

    client = client_of(server, api_key=fetch, query_key="q-key", cookie_key="c-key")
    sent = client.dry_run(client.pets.keyed)
    assert sent.url.endswith("/keyed?k=REDACTED")
    assert "key" not in sent.to_curl().replace("/keyed", "")
    client.dry_run(client.pets.retrieve, "1")


def test_it_shows_where_a_credential_would_stand_that_is_missing(server: Server) -> None:
    client = client_of(server, api_key=None)
    assert dict(client.dry_run(client.pets.retrieve, "1").headers)["Authorization"] == "REDACTED"
    assert client.dry_run(client.pets.keyed).url.endswith("/keyed?k=REDACTED")
    with pytest.raises(MissingCredentialError):
        client.pets.retrieve("1")
    assert server.seen == []


def test_the_settings_of_the_client_and_its_hooks_are_in_it(server: Server) -> None:
    class Signed(Hook):
        def before(self, attempt: Attempt) -> None:
            attempt.headers["X-Number"] = str(attempt.number)

    client = client_of(server).with_options(default_headers={"X-Team": "blue"}, hooks=[Signed()])
    headers = dict(client.dry_run(client.pets.retrieve, "1").headers)
    assert (headers["X-Team"], headers["X-Number"]) == ("blue", "1")


def test_a_method_with_its_answer_can_be_tried_too(server: Server) -> None:
    client = client_of(server)
    assert client.dry_run(client.pets.with_raw_response.create, name="Rex").body == b'{"name":"Rex"}'
    assert client.dry_run(client.with_raw_response.request, "GET", "/x").path == "/x"
    assert server.seen == []


def test_a_call_by_hand_can_be_tried_too(server: Server) -> None:
    client = client_of(server)
    sent = client.dry_run(client.request, "PUT", "/things", body={"a": 1})
    assert (sent.method, sent.path, sent.body) == ("PUT", "/things", b'{"a":1}')


def test_what_cannot_be_sent_is_told_as_ever(server: Server) -> None:
    client = client_of(server)
    with pytest.raises(InvalidRequestError):
        client.dry_run(client.pets.retrieve, "..")
    with pytest.raises(TypeError, match="nmae"):
        client.dry_run(client.pets.create, name="x", nmae="y")  # type: ignore[call-arg]


@pytest.mark.parametrize("method", [len, lambda: None, "pets.list"])
def test_something_else_than_a_method_is_told(server: Server, method: Any) -> None:
    with pytest.raises((TypeError, ConfigurationError), match=r"method|call"):
        client_of(server).dry_run(method)


def test_the_client_works_on_after_a_dry_run(server: Server) -> None:
    server.answer(Answer(PET))
    client = client_of(server)
    client.dry_run(client.pets.retrieve, "1")
    assert client.pets.retrieve("1").name == "Rex"
    assert server.seen[0].headers["authorization"] == "Bearer sk-key"


@pytest.mark.parametrize(("name", "path"), [("list", "/things"), ("watch", "/watch"), ("file", "/file")])
def test_pages_streams_and_downloads_can_be_tried_too(server: Server, name: str, path: str) -> None:
    client = client_of(server)
    assert client.dry_run(getattr(Things(client), name)).path == path

    async def main() -> Sent:
        async with AsyncPetshop(api_key="k", base_url=server.url) as other:
            return await other.dry_run(getattr(AsyncThings(other), name))

    assert asyncio.run(main()).path == path
    assert server.seen == []
