"""Access tokens that the client gets by itself, with its own name and secret."""

from __future__ import annotations

import asyncio
import base64
import logging
import pickle
import threading
import time
import traceback
from typing import Any

import attrs
import pytest
from conftest import Answer, Server
from petshop._client import _SPEC
from petshop._runtime import (
    APIConnectionError,
    APIError,
    AsyncClient,
    AuthenticationError,
    ConfigurationError,
    InternalServerError,
    MissingCredentialError,
    OAuth2,
    Operation,
    ResponseError,
    SyncClient,
)

SECRET = "s3cr:et/ä"
THINGS: Operation[Any] = Operation("things.list", "GET", "/things", returns={"200": "Any"}, security=(("oauth",),))
MAKE: Operation[Any] = Operation("things.make", "POST", "/things", returns={"200": "Any"}, security=(("oauth",),))


def settings(server: Server, tokens: Server | None = None, **more: Any) -> tuple[Any, dict[str, Any]]:
    """An API with one OAuth scheme, and what its clients are told."""
    scheme = OAuth2(
        "access_token", variable="PETSHOP_ACCESS_TOKEN", token_url=f"{(tokens or server).url}/token",
        client_variables=("PETSHOP_CLIENT_ID", "PETSHOP_CLIENT_SECRET"), **more,
    )  # fmt: skip
    api = _SPEC.replace(schemes={"oauth": scheme}, security=(("oauth",),))
    return api, {"credentials": {}, "oauth_clients": {"oauth": ("me", SECRET)}, "base_url": server.url}


def client_of(server: Server, tokens: Server | None = None, **more: Any) -> SyncClient:
    api, told = settings(server, tokens)
    return SyncClient(api, **{**told, **more})


def grant(text: str = "t1", **more: Any) -> Answer:
    return Answer({"access_token": text, "token_type": "Bearer", "expires_in": 3600, **more})


def test_a_token_is_asked_for_once_and_sent_with_every_call(server: Server, other_server: Server) -> None:
    other_server.answer(grant())
    client = client_of(server, other_server)
    client._call(THINGS, {})
    client._call(MAKE, {})
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer t1", "Bearer t1"]
    (asked,) = other_server.seen
    assert (asked.method, asked.path, asked.body) == ("POST", "/token", b"grant_type=client_credentials")
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert base64.b64decode(asked.headers["authorization"].removeprefix("Basic ")) == b"me:s3cr%3Aet%2F%C3%A4"


def test_scopes_and_a_secret_in_the_body_are_sent_where_the_api_wants_them(server: Server) -> None:
    server.answer(grant(), Answer({}))
    api, told = settings(server, scopes=("read", "write"), client_auth="body")
    SyncClient(api, **told)._call(THINGS, {})
    assert "authorization" not in server.seen[0].headers
    assert server.seen[0].body == (
        b"grant_type=client_credentials&scope=read+write&client_id=me&client_secret=s3cr%3Aet%2F%C3%A4"
    )


def test_a_token_is_renewed_before_it_ends(
    server: Server, other_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_server.answer(grant("t1", expires_in=100), grant("t2"))
    client = client_of(server, other_server)
    client._call(THINGS, {})
    now = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: now() + 79)
    client._call(THINGS, {})
    monkeypatch.setattr(time, "monotonic", lambda: now() + 81)
    client._call(THINGS, {})
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer t1", "Bearer t1", "Bearer t2"]


def test_a_token_that_cannot_be_renewed_early_is_used_to_its_end(
    server: Server, other_server: Server, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    other_server.answer(grant("t1", expires_in=100), Answer({}, status=503))
    client = client_of(server, other_server)
    client._call(THINGS, {})
    now = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: now() + 90)
    client._call(THINGS, {})
    assert server.seen[-1].headers["authorization"] == "Bearer t1"
    monkeypatch.setattr(time, "monotonic", lambda: now() + 101)
    with pytest.raises(InternalServerError, match="no access token"):
        client._call(THINGS, {})


def test_many_threads_ask_for_one_token(server: Server, other_server: Server) -> None:
    other_server.answer(attrs.evolve(grant(), before=lambda: time.sleep(0.2)))
    client = client_of(server, other_server)
    threads = [threading.Thread(target=client._call, args=(THINGS, {})) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(other_server.seen) == 1
    assert {seen.headers["authorization"] for seen in server.seen} == {"Bearer t1"}
    assert len(server.seen) == 32


def test_many_tasks_ask_for_one_token(server: Server, other_server: Server) -> None:
    other_server.answer(attrs.evolve(grant(), before=lambda: time.sleep(0.2)))
    api, told = settings(server, other_server)

    async def main() -> None:
        async with AsyncClient(api, **told) as client:
            await asyncio.gather(*(client._call(THINGS, {}) for _ in range(100)))

    asyncio.run(main())
    assert (len(other_server.seen), len(server.seen)) == (1, 100)


def test_who_waits_for_a_token_that_is_refused_is_told_so_without_asking_again(
    server: Server, other_server: Server
) -> None:
    refused = Answer({"error": "invalid_client"}, status=401, before=lambda: time.sleep(0.3))
    other_server.answer(refused)
    client = client_of(server, other_server)
    errors: list[Exception] = []

    def one() -> None:
        try:
            client._call(THINGS, {})
        except AuthenticationError as error:
            errors.append(error)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(errors), len(other_server.seen), len(server.seen)) == (8, 1, 0)
    assert len({id(error) for error in errors}) == 8


def test_a_cancelled_request_for_a_token_leaves_the_next_task_to_ask(server: Server, other_server: Server) -> None:
    release = threading.Event()
    other_server.answer(Answer({}, before=lambda: release.wait(5)), grant("t2"))
    api, told = settings(server, other_server)

    async def main() -> None:
        async with AsyncClient(api, **told) as client:
            first = asyncio.create_task(client._call(THINGS, {}))
            await asyncio.sleep(0.1)
            second = asyncio.create_task(client._call(THINGS, {}))
            await asyncio.sleep(0.1)
            first.cancel()
            await asyncio.wait_for(second, 3)
            release.set()

    asyncio.run(main())
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer t2"]


@pytest.mark.parametrize("operation", [THINGS, MAKE])
def test_a_token_that_is_not_taken_any_more_is_renewed_once(
    server: Server, other_server: Server, operation: Operation[Any]
) -> None:
    other_server.answer(grant("t1"), grant("t2"), grant("t3"))
    server.answer(Answer({}), Answer({}, status=401), Answer({"ok": 1}), Answer({}, status=401))
    client = client_of(server, other_server)
    client._call(THINGS, {})
    assert client._call(operation, {}) == {"ok": 1}
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer t1", "Bearer t1", "Bearer t2"]
    with pytest.raises(AuthenticationError) as caught:
        client._call(operation, {})
    assert caught.value.attempts == 2
    assert len(other_server.seen) == 3


def test_a_fresh_token_that_is_refused_is_an_error_at_once(server: Server, other_server: Server) -> None:
    other_server.answer(grant())
    server.answer(Answer({}, status=401))
    with pytest.raises(AuthenticationError):
        client_of(server, other_server)._call(THINGS, {})
    assert (len(server.seen), len(other_server.seen)) == (1, 1)


def test_the_async_client_renews_too(server: Server, other_server: Server) -> None:
    other_server.answer(grant("t1"), grant("t2"))
    server.answer(Answer({}), Answer({}, status=401), Answer({"ok": 1}))
    api, told = settings(server, other_server)

    async def main() -> Any:
        async with AsyncClient(api, **told) as client:
            await client._call(THINGS, {})
            return await client._call(THINGS, {})

    assert asyncio.run(main()) == {"ok": 1}


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        (Answer({"error": "invalid_client", "error_description": "bad\x1b[0m"}, status=400), AuthenticationError,
         "POST /token -> 400: no access token: invalid_client: bad"),
        (Answer(content=b"<html>", status=403), AuthenticationError, "does not say why"),
        (Answer({"token": "x"}), ResponseError, "no access token"),
        (Answer(content=b"nonsense"), ResponseError, "no access token"),
        (Answer({"access_token": "a\r\nX-Evil: 1"}), ResponseError, "no access token"),
        (Answer({"access_token": 5}), ResponseError, "no access token"),
        (Answer({}, status=302, headers={"Location": "https://evil.test/"}), APIError, "another origin"),
    ],
)  # fmt: skip
def test_what_is_no_token_is_one_typed_error_and_the_call_is_not_sent(
    server: Server, other_server: Server, answer: Answer, kind: type[APIError], text: str
) -> None:
    other_server.answer(answer)
    with pytest.raises(kind, match=text) as caught:
        client_of(server, other_server)._call(MAKE, {})
    assert server.seen == []
    assert caught.value.delivered is False


def test_a_token_server_that_is_away_is_tried_again(server: Server, waits: list[float], dead_url: str) -> None:
    api, told = settings(server)
    api = api.replace(schemes={"oauth": api.schemes["oauth"].replace(token_url=f"{dead_url}/t")})
    with pytest.raises(APIConnectionError, match="POST /t") as caught:
        SyncClient(api, **told)._call(MAKE, {})
    assert len(waits) == 2
    assert caught.value.delivered is False


@pytest.mark.parametrize("life", ["60", 0, -5, None, "soon", 1e400, {}])
def test_an_odd_life_of_a_token_is_no_error(server: Server, other_server: Server, life: Any) -> None:
    other_server.answer(grant("t1", expires_in=life))
    client = client_of(server, other_server)
    client._call(THINGS, {})
    client._call(THINGS, {})
    assert {seen.headers["authorization"] for seen in server.seen} == {"Bearer t1"}


@pytest.mark.parametrize("url", ["http://tokens.test/t", "http://127.0.0.1.evil.test/", "ftp://x/", "file:///etc/t"])
def test_the_secret_goes_over_https_or_to_this_machine_only(server: Server, url: str) -> None:
    api, told = settings(server)
    api = api.replace(schemes={"oauth": OAuth2("access_token", token_url=url)})
    with pytest.raises(ConfigurationError, match="over https"):
        SyncClient(api, **told)


def test_a_token_path_of_the_api_follows_the_base_url(server: Server) -> None:
    server.answer(grant(), Answer({}))
    api, told = settings(server)
    for url in ("/oauth/token", "https://api.petshop.test/oauth/token", "oauth/token"):
        server.answer(grant(), Answer({}))
        server.seen.clear()
        moved = api.replace(schemes={"oauth": OAuth2("access_token", token_url=url)})
        SyncClient(moved, **told)._call(THINGS, {})
        assert server.seen[0].path == "/oauth/token"


def test_name_and_secret_come_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETSHOP_CLIENT_ID", "envid\n")
    monkeypatch.setenv("PETSHOP_CLIENT_SECRET", "envsecret")
    server.answer(grant(), Answer({}))
    client_of(server, oauth_clients={})._call(THINGS, {})
    assert base64.b64decode(server.seen[0].headers["authorization"][6:]) == b"envid:envsecret"


def test_a_ready_token_is_preferred(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    client_of(server, credentials={"oauth": "ready"})._call(THINGS, {})
    monkeypatch.setenv("PETSHOP_ACCESS_TOKEN", "from-env")
    client_of(server, oauth_clients={})._call(THINGS, {})
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer ready", "Bearer from-env"]


@pytest.mark.parametrize(
    ("pair", "text"), [(("me", None), "`client_secret=`.*PETSHOP_CLIENT_SECRET"), ((None, "s"), "needs `client_id=`")]
)
def test_one_without_the_other_is_told(server: Server, pair: Any, text: str) -> None:
    with pytest.raises(MissingCredentialError, match=text):
        client_of(server, oauth_clients={"oauth": pair})


def test_neither_is_told_with_both_ways(server: Server) -> None:
    with pytest.raises(MissingCredentialError, match=r"`access_token=` \(or `client_id=` and `client_secret=`\)"):
        client_of(server, oauth_clients={})


@pytest.mark.parametrize("place", ["basic", "body"])
def test_name_secret_and_token_are_nowhere_to_be_seen(
    server: Server, other_server: Server, caplog: pytest.LogCaptureFixture, waits: list[float], place: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    api, told = settings(server, other_server, client_auth=place)
    other_server.answer(grant("t0ken"), grant("t0ken"), Answer({"error": SECRET[::-1]}, status=401))
    server.answer(Answer({}, status=401))
    client = SyncClient(api, **told)
    shown = [repr(client), repr(vars(client)), repr(client._sources), repr(client._credentials)]
    for _ in range(3):
        with pytest.raises(APIError) as caught:
            client._call(THINGS, {})
        error = caught.value
        shown += [str(error), repr(vars(error)), error.to_curl(), repr(pickle.dumps(error))]
        shown += traceback.format_exception(error)
    shown += [record.getMessage() for record in caplog.records]
    text = "\n".join(shown)
    for secret in (SECRET, "s3cr%3Aet%2F%C3%A4", "t0ken", base64.b64encode(b"me:s3cr%3Aet%2F%C3%A4").decode()):
        assert secret not in text
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(client._sources)
