"""What goes over the wire for a call, and what comes back."""

from __future__ import annotations

import asyncio
import io
import json
import os
import threading
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest
from conftest import Answer, Seen, Server
from petshop import UNSET, AsyncPetshop, Drift, Petshop
from petshop._runtime import (
    APIConnectionError,
    ArgumentTypeError,
    ConfigurationError,
    DecodeError,
    DriftError,
    InvalidRequestError,
    MissingCredentialError,
    Style,
)
from petshop._runtime.hooks import AsyncHook, Attempt, Hook
from petshop._runtime.links import moved
from petshop._runtime.operation import Operation
from petshop.models import Pet

PET = {"id": "1", "name": "Rex", "age": 3}


def client_of(server: Server, **settings: Any) -> Petshop:
    return Petshop(**{"api_key": "sk-test", "base_url": server.url, **settings})


def test_a_call_sends_what_was_given_and_null_is_not_left_out(server: Server) -> None:
    server.answer(Answer(PET))
    with client_of(server) as client:
        pet = client.pets.create(name="Rex", tag=None)
        client.pets.create(name="Rex")
    assert pet == Pet(id="1", name="Rex", age=3)
    sent = server.seen[0]
    assert (sent.method, sent.path) == ("POST", "/pets")
    assert json.loads(sent.body) == {"name": "Rex", "tag": None}
    assert json.loads(server.seen[1].body) == {"name": "Rex"}
    assert sent.headers["authorization"] == "Bearer sk-test"
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["accept"] == "application/json"
    assert sent.headers["user-agent"] == "petshop-python/1.2.3"


def test_the_async_client_sends_the_same(server: Server) -> None:
    server.answer(Answer(PET))

    async def main() -> Pet:
        async with AsyncPetshop(api_key="sk-test", base_url=server.url) as client:
            return await client.pets.create(name="Rex", tag=None)

    pet = asyncio.run(main())
    client_of(server).pets.create(name="Rex", tag=None)
    assert pet == Pet(id="1", name="Rex", age=3)
    assert server.seen[0] == server.seen[1]


def test_key_and_address_come_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETSHOP_API_KEY", " sk-env\n")
    monkeypatch.setenv("PETSHOP_API_URL", f"{server.url}/v1/")
    server.answer(Answer([]))
    client = Petshop()
    monkeypatch.delenv("PETSHOP_API_KEY")
    client.pets.list()
    assert server.seen[0].path == "/v1/pets"
    assert server.seen[0].headers["authorization"] == "Bearer sk-env"


def test_a_missing_key_is_told_with_its_variable_before_anything_is_sent(server: Server) -> None:
    with pytest.raises(
        MissingCredentialError, match=r"`api_key=` to the client or set the environment .* PETSHOP_API_KEY"
    ):
        client_of(server, api_key=None).pets.list()
    assert server.seen == []


def test_a_document_wide_need_is_told_when_the_client_is_made() -> None:
    from petshop._client import _SPEC
    from petshop._runtime import SyncClient

    with pytest.raises(MissingCredentialError, match="PETSHOP_API_KEY"):
        SyncClient(_SPEC.replace(security=(("bearerAuth",),)), credentials={})


def test_an_operation_without_security_gets_no_key(server: Server) -> None:
    client_of(server).pets.public(theme="dark; a=b")
    assert "authorization" not in server.seen[0].headers
    assert server.seen[0].headers["cookie"] == "theme=dark%3B%20a%3Db"


def test_schemes_stand_where_they_are_declared(server: Server) -> None:
    client_of(server, query_key="q&1", cookie_key="c;2").pets.keyed()
    client_of(server, login=("ann", "pä:ss")).pets.keyed()
    assert server.seen[0].path == "/keyed?k=q%261"
    assert server.seen[0].headers["cookie"] == "sid=c%3B2"
    assert server.seen[1].headers["authorization"] == "Basic YW5uOnDDpDpzcw=="


def test_a_function_gives_the_key_for_each_request(server: Server) -> None:
    keys = iter(["one", "two"])
    client = client_of(server, api_key=lambda: next(keys))
    server.answer(Answer([]))
    client.pets.list()
    client.pets.list()
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer one", "Bearer two"]


def test_query_styles(server: Server) -> None:
    server.answer(Answer([]))
    client_of(server).pets.list(ids=[1, 2], filter={"a": {"b": [1, 2]}, "c": "x&y"}, limit=5)
    assert (
        server.seen[0].path
        == "/pets?ids=1%7C2&filter%5Ba%5D%5Bb%5D=1&filter%5Ba%5D%5Bb%5D=2&filter%5Bc%5D=x%26y&limit=5"
    )


@pytest.mark.parametrize(
    ("style", "value", "path"),
    [
        (Style("path"), "a b", "/x/a%20b"),
        (Style("path"), [1, "b,c"], "/x/1,b%2Cc"),
        (Style("path"), {"r": 1}, "/x/r,1"),
        (Style("path", explode=True), {"r": 1, "g": 2}, "/x/r=1,g=2"),
        (Style("path", "label"), [1, 2], "/x/.1,2"),
        (Style("path", "label", explode=True), [1, 2], "/x/.1.2"),
        (Style("path", "matrix"), [1, 2], "/x/;p=1,2"),
        (Style("path", "matrix", explode=True), [1, 2], "/x/;p=1;p=2"),
        (Style("path", "matrix", explode=True), {"r": 1}, "/x/;r=1"),
        (Style("path", content="application/json"), {"r": 1}, "/x/%7B%22r%22%3A1%7D"),
        (Style("query"), [1, 2], "/x?p=1&p=2"),
        (Style("query", explode=False), [1, "a,b"], "/x?p=1,a%2Cb"),
        (Style("query"), {"r": True}, "/x?r=true"),
        (Style("query", "spaceDelimited", explode=False), [1, 2], "/x?p=1%202"),
        (Style("query", "tabDelimited", explode=False), [1, 2], "/x?p=1%092"),
        (Style("query", content="application/json"), {"r": 1}, "/x?p=%7B%22r%22%3A1%7D"),
        (Style("query", allow_reserved=True), "a/b c&d#e+[f]:;=", "/x?p=a/b%20c%26d%23e%2B%5Bf%5D:;="),
        (Style("query"), [], "/x"),
    ],
)
def test_styles_of_parameters(server: Server, style: Style, value: Any, path: str) -> None:
    template = "/x/{p}" if style.place == "path" else "/x"
    operation: Operation[Any] = Operation("x", "GET", template, returns={"200": "Any"}, parameters={"p": style})
    client_of(server)._call(operation, {}, **{style.place: {"p": value}})
    assert server.seen[0].path == path


def test_options_of_one_call(server: Server) -> None:
    client_of(server).pets.create(
        name="Rex",
        extra_headers={"user-agent": "mine", "X-A": "b"},
        extra_query={"debug": True},
        extra_body={"beta": 1},
        idempotency_key="k1",
    )
    sent = server.seen[0]
    assert sent.path == "/pets?debug=true"
    assert json.loads(sent.body) == {"name": "Rex", "beta": 1}
    assert (sent.headers["user-agent"], sent.headers["x-a"], sent.headers["idempotency-key"]) == ("mine", "b", "k1")


def test_a_misspelt_argument_is_a_type_error(server: Server) -> None:
    with pytest.raises(TypeError, match=r"pets.create\(\) got an unexpected argument 'nmae'"):
        client_of(server).pets.create(name="x", nmae="y")  # type: ignore[call-arg]
    assert server.seen == []


@pytest.mark.parametrize("status", [200, 201, 202, 203, 226])
def test_any_2xx_is_a_success(server: Server, status: int) -> None:
    server.answer(Answer(PET, status=status))
    assert client_of(server).pets.create(name="Rex").name == "Rex"


def test_an_empty_answer_to_a_post_is_a_drift_and_no_error(server: Server) -> None:
    drifts: list[Drift] = []
    server.answer(Answer(content=b"", status=201))
    assert client_of(server, on_drift=drifts.append).pets.create(name="Rex") is None
    assert drifts == [Drift("POST /pets", "$", "Pet", "nothing")]
    with pytest.raises(DriftError) as caught:
        client_of(server).pets.create(name="Rex", strict=True)
    assert caught.value.to_curl().startswith("curl -X POST")


def test_an_answer_of_null_is_a_drift(server: Server) -> None:
    drifts: list[Drift] = []
    server.answer(Answer(content=b"null"))
    assert client_of(server, on_drift=drifts.append).pets.create(name="Rex") is None
    assert drifts == [Drift("POST /pets", "$", "Pet", "null")]


def test_a_body_where_none_is_documented_is_ignored(server: Server) -> None:
    server.answer(Answer(content=b"<p>gone</p>", status=200))
    assert client_of(server).pets.delete("1", if_match='"x"') is None  # type: ignore[func-returns-value]
    assert server.seen[0].headers["if-match"] == '"x"'


@pytest.mark.parametrize("content", [b"<html>", b'{"id":', b'"\xff"', b"[" * 50_000])
def test_what_is_no_json_says_that_the_call_was_done(server: Server, content: bytes) -> None:
    server.answer(Answer(content=content, headers={"Content-Type": "text/html"}))
    with pytest.raises(DecodeError, match=r"POST /pets: 200, but its body \(text/html\) is no JSON") as caught:
        client_of(server).pets.create(name="Rex")
    assert caught.value.delivered
    assert caught.value.attempts == 1


def test_an_object_nested_deep_is_one_typed_error(server: Server) -> None:
    deep = b'{"id":"1","name":"x","age":1,"parent":' * 3000 + b"null" + b"}" * 3000
    server.answer(Answer(content=deep))
    with pytest.raises(DecodeError, match="nested too deep"):
        client_of(server).pets.create(name="Rex")


def test_bytes_come_as_they_are(server: Server) -> None:
    server.answer(Answer(content=b"\x89PNG\xff", headers={"Content-Type": "image/png"}))
    assert client_of(server).pets.photo() == b"\x89PNG\xff"


def test_bytes_in_an_answer_of_json_are_what_their_text_stands_for(server: Server) -> None:
    server.answer(Answer("/w=="))
    assert client_of(server).pets.photo() == b"\xff"


NEEDY: Operation[Any] = Operation(
    "pets.need", "POST", "/needs", body="application/json", returns={"200": "Any"},
    required={"query": ("q",), "header": ("X-Team",), "cookie": ("c",), "body": ("name",)},
)  # fmt: skip
WHOLE: Operation[Any] = Operation(
    "pets.all", "POST", "/all", body="application/json", returns={"200": "Any"}, required={"body": ("",)}
)
GIVEN: dict[str, Any] = {
    "query": {"q": 0}, "header": {"X-Team": ""}, "cookie": {"c": False}, "body": {"name": None}
}  # fmt: skip


@pytest.mark.parametrize(("place", "name"), [("query", "q"), ("header", "X-Team"), ("cookie", "c"), ("body", "name")])
def test_a_required_argument_that_is_unset_is_told_before_anything_is_sent(
    server: Server, place: str, name: str
) -> None:
    given = {**GIVEN, place: {name: UNSET}}
    with pytest.raises(ArgumentTypeError, match=rf"^pets\.need\(\) needs '{name}' in the {place}, not UNSET$"):
        client_of(server)._call(NEEDY, {}, **given)

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            with pytest.raises(TypeError, match=f"needs '{name}' in the {place}"):
                await client._call(NEEDY, {}, **given)

    asyncio.run(main())
    with pytest.raises(TypeError, match=r"^pets\.all\(\) needs a body, not UNSET$"):
        client_of(server)._call(WHOLE, {}, body=UNSET)
    assert server.seen == []
    client_of(server)._call(NEEDY, {}, **GIVEN)
    client_of(server)._call(WHOLE, {}, body=None)
    assert [seen.body for seen in server.seen] == [b'{"name":null}', b"null"]


@pytest.mark.parametrize(
    ("server", "declared", "base", "there"),
    [
        ("https://a.test/v2", "https://a.test/v1", "http://b.test/v1", "http://b.test/v2"),
        ("https://a.test/v2", "https://a.test/v1", "http://b.test/proxy/v1", "http://b.test/proxy/v2"),
        ("https://a.test/v2", "https://a.test/v1", "http://b.test", "http://b.test/v2"),
        ("https://a.test/v1/beta/", "https://a.test/v1/", "http://b.test/x", "http://b.test/x/beta"),
        ("https://a.test/v1", "https://a.test/v1", "http://b.test/x", "http://b.test/x"),
        ("https://a.test/v10", "https://a.test/v1", "http://b.test/x", "http://b.test/x/v10"),
        ("https://a.test/up", "https://a.test", "http://b.test/x", "http://b.test/x/up"),
    ],
)
def test_an_operation_s_own_server_keeps_its_path_where_the_user_says_the_api_is(
    server: str, declared: str, base: str, there: str
) -> None:
    assert moved(server, declared, base) == there


def test_an_operation_at_another_path_of_the_server_is_sent_there_below_the_user_s_base(server: Server) -> None:
    upload: Operation[Any] = Operation(
        "pets.scan", "GET", "/scan", returns={"200": "Any"}, server="https://api.petshop.test/upload"
    )
    client_of(server)._call(upload, {})

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=f"{server.url}/proxy") as client:
            await client._call(upload, {})

    asyncio.run(main())
    assert [seen.path for seen in server.seen] == ["/upload/scan", "/proxy/upload/scan"]
    elsewhere: Operation[Any] = Operation("pets.there", "GET", "/there", server="http://127.0.0.1:9/other")
    request = client_of(server).dry_run(client_of(server).request, "GET", "/x")
    assert request.url == f"{server.url}/x"
    with pytest.raises(APIConnectionError, match=r"GET /there"):
        client_of(server, max_retries=0)._call(elsewhere, {})


def test_a_form_is_urlencoded(server: Server) -> None:
    client_of(server).pets.pay(amount=5, extra_body={"a": ["x y", True], "b": {"c": 1}})
    assert server.seen[0].body == b"amount=5&a=x+y&a=true&b%5Bc%5D=1"
    assert server.seen[0].headers["content-type"] == "application/x-www-form-urlencoded"


def parts(seen: Seen) -> list[tuple[dict[str, Any], bytes]]:
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(Message).parsebytes(head + seen.body)
    return [
        (dict(part.get_params(header="content-disposition", failobj=[])), part.get_payload(decode=True))
        for part in message.get_payload()  # type: ignore[union-attr]
    ]


@pytest.mark.parametrize("asynchronous", [False, True])
def test_every_kind_of_file_is_uploaded(server: Server, tmp_path: Path, asynchronous: bool) -> None:
    (tmp_path / "a.txt").write_bytes(b"A" * 100_000)
    body: dict[str, Any] = {
        "title": 'a"b', "path": tmp_path / "a.txt", "bytes": b"B", "file": io.BytesIO(b"C"),
        "tuple": ('x"\r\ny.png', b"D", "image/png"), "stream": (piece for piece in (b"E", b"F")), "meta": {"n": 1},
    }  # fmt: skip

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            await client.pets.upload(body)

    if asynchronous:
        asyncio.run(main())
    else:
        client_of(server).pets.upload(body)
    got = [(head.get("name"), head.get("filename"), content) for head, content in parts(server.seen[0])]
    assert got == [
        ("title", None, b'a"b'), ("path", "a.txt", b"A" * 100_000), ("bytes", "upload", b"B"), ("file", "upload", b"C"),
        ("tuple", "x%22%0D%0Ay.png", b"D"), ("stream", "upload", b"EF"), ("meta", None, b'{"n":1}'),
    ]  # fmt: skip


def test_a_call_by_hand(server: Server) -> None:
    server.answer(Answer(PET), Answer({"x": 1}), Answer([PET]))
    client = client_of(server)
    assert client.request("GET", "/things", returns=Pet, query={"a": 1}) == Pet(id="1", name="Rex", age=3)
    assert client.request("POST", "/things", body={"b": None}) == {"x": 1}
    assert client.request("GET", "/things", returns="list[Pet]")[0].name == "Rex"
    assert [seen.path for seen in server.seen] == ["/things?a=1", "/things", "/things"]
    assert server.seen[1].headers["authorization"] == "Bearer sk-test"


@pytest.mark.parametrize(
    "path", ["https://evil.test/x", "//evil.test/x", "/a/../b", "/a/%2e%2e/b", "a", "/a?b", "/a\\b", "/a b"]
)
def test_a_call_by_hand_stays_below_the_base_url(server: Server, path: str) -> None:
    with pytest.raises(ConfigurationError):
        client_of(server).request("GET", path)
    assert server.seen == []


def test_with_options_shares_the_connections_and_leaves_the_first_as_it_was(server: Server) -> None:
    client = client_of(server)
    server.answer(Answer(PET))
    client.pets.create(name="a")
    other = client.with_options(default_headers={"X-Team": "blue"}, strict=True)
    other.pets.create(name="b")
    client.pets.create(name="c")
    assert [seen.headers.get("x-team") for seen in server.seen] == [None, "blue", None]
    assert other._pool is client._pool


def test_default_headers_go_with_every_call(server: Server) -> None:
    server.answer(Answer(PET))
    with client_of(server, default_headers={"X-Team": "blue", "User-Agent": "mine"}) as client:
        client.pets.create(name="a")
        client.request("GET", "/pets")
    assert [(seen.headers["x-team"], seen.headers["user-agent"]) for seen in server.seen] == [("blue", "mine")] * 2


def test_a_call_waits_ten_minutes_for_an_answer_and_five_seconds_for_a_connection(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[dict[str, float]] = []
    send = httpcore.HTTPConnection.handle_request

    def noticed(self: httpcore.HTTPConnection, request: httpcore.Request) -> httpcore.Response:
        limits.append(request.extensions["timeout"])
        return send(self, request)

    monkeypatch.setattr(httpcore.HTTPConnection, "handle_request", noticed)
    server.answer(Answer(PET))
    client_of(server).pets.create(name="a")
    client_of(server, timeout=3).pets.create(name="a")
    assert [(limit["read"], limit["connect"]) for limit in limits] == [(600, 5), (3, 3)]


def test_a_closed_client_says_so(server: Server) -> None:
    client = client_of(server)
    client.close()
    client.close()
    with pytest.raises(ConfigurationError, match="closed"):
        client.pets.list()


def test_an_http_client_of_ones_own_keeps_its_settings_and_stays_open(server: Server) -> None:
    server.answer(Answer([]))
    with httpx.Client(headers={"X-Corp": "1"}, cookies={"c": "2"}, params={"p": "3"}) as own:
        with client_of(server, http_client=own) as client:
            client.pets.list(limit=1)
        assert not own.is_closed
    assert server.seen[0].headers["x-corp"] == "1"
    assert server.seen[0].headers["cookie"] == "c=2"


def test_httpx2_can_be_passed_in(server: Server, waits: list[float], dead_url: str) -> None:
    httpx2 = pytest.importorskip("httpx2")
    server.answer(Answer(PET))
    with httpx2.Client() as own:
        assert client_of(server, http_client=own).pets.create(name="Rex").name == "Rex"
        with pytest.raises(Exception, match="ConnectError") as caught:
            client_of(server, http_client=own, base_url=dead_url).pets.create(name="Rex")
    assert caught.value.attempts == 3


def test_something_else_as_http_client_is_told(server: Server) -> None:
    with pytest.raises(ConfigurationError, match=r"http_client: expected an httpx.Client, not AsyncClient"):
        client_of(server, http_client=httpx.AsyncClient())


def test_threads_get_their_own_answers(server: Server) -> None:
    server.answer(*[Answer({**PET, "id": str(n)}) for n in range(64)])
    client = client_of(server)
    got: list[str] = []
    threads = [
        threading.Thread(target=lambda: got.extend(client.pets.retrieve("x").id for _ in range(2))) for _ in range(32)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, got)) == list(range(64))


def test_tasks_and_several_loops_share_a_client(server: Server) -> None:
    server.answer(Answer(PET))
    client = AsyncPetshop(api_key="k", base_url=server.url)

    async def main() -> int:
        return len(await asyncio.gather(*(client.pets.retrieve("x") for _ in range(50))))

    assert [asyncio.run(main()), asyncio.run(main())] == [50, 50]


def test_the_answer_behind_a_result_is_there_for_who_wants_it(server: Server) -> None:
    server.answer(Answer(PET, status=201, headers={"X-Request-Id": "r-1", "X-A": "b"}))
    client = client_of(server)
    raw = client.pets.with_raw_response.create(name="Rex")
    assert (raw.result.name, raw.status, raw.headers["x-a"], raw.request_id, raw.attempts) == (
        "Rex",
        201,
        "b",
        "r-1",
        1,
    )
    assert json.loads(raw.content) == PET
    assert "sk-test" not in raw.request.to_curl()

    async def main() -> str:
        async with AsyncPetshop(api_key="k", base_url=server.url) as other:
            raws = await asyncio.gather(*(other.pets.with_raw_response.retrieve(str(n)) for n in range(3)))
            return ",".join(raw.request.path for raw in raws)

    assert asyncio.run(main()) == "/pets/0,/pets/1,/pets/2"


def test_an_answer_that_is_wanted_is_not_that_of_a_call_made_on_the_way(server: Server) -> None:
    class Busy(Hook):
        def before(self, attempt: Attempt) -> None:
            client_of(server).request("GET", "/hook")

    def key() -> str:
        return f"{client_of(server).pets.list()[0].id}-key"

    client = Petshop(api_key=key, base_url=server.url).with_options(hooks=[Busy()])
    last = Answer([{"id": "asked for"}])
    server.answer(Answer({}), Answer([PET]), last)
    with client.pets.with_streaming_response.list() as answer:
        assert json.loads(answer.read()) == [{"id": "asked for"}]
    assert [seen.path for seen in server.seen] == ["/hook", "/pets", "/pets"]
    server.answer(Answer({}), Answer([PET]), last)
    with client.with_streaming_response.request("GET", "/x") as answer:
        assert str(answer.request) == "GET /x"
    server.answer(Answer({}), Answer([PET]), last)
    assert client.pets.with_raw_response.list().result[0].id == "asked for"


def test_the_async_client_keeps_them_apart_too(server: Server) -> None:
    class Busy(AsyncHook):
        async def before(self, attempt: Attempt) -> None:
            async with AsyncPetshop(api_key="k", base_url=server.url) as other:
                await other.request("GET", "/hook")

    async def main() -> str:
        client = AsyncPetshop(api_key="k", base_url=server.url, hooks=[Busy()])
        async with client, client.pets.with_streaming_response.retrieve("1") as answer:
            return str(answer.request)

    assert asyncio.run(main()) == "GET /pets/1"


def test_a_deprecated_operation_warns_at_the_line_that_calls_it(server: Server) -> None:
    client = client_of(server)
    with pytest.warns(DeprecationWarning, match=r"pets.old \(GET /old\) is deprecated") as caught:
        client.pets.old()
    assert caught[0].filename == __file__
    server.answer(Answer({}, headers={"Sunset": "Sat, 31 Dec 2028 23:59:59 GMT"}))
    with pytest.warns(DeprecationWarning, match="gone on Sat, 31 Dec 2028") as caught:
        client.pets.public()
    assert caught[0].filename == __file__


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_client_goes_on_in_a_fork_with_connections_of_its_own(server: Server) -> None:
    server.answer(Answer(PET))
    client = client_of(server)
    own = client_of(server, http_client=httpx.Client())
    client.pets.retrieve("parent")
    child = os.fork()
    if child == 0:
        try:
            client.pets.retrieve("child")
            own.pets.retrieve("child")
        except ConfigurationError as error:
            os._exit(7 if "before a fork" in str(error) else 1)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    client.pets.retrieve("parent")
    assert [seen.path for seen in server.seen] == ["/pets/parent", "/pets/child", "/pets/parent"]


def test_a_model_is_no_path_value(server: Server) -> None:
    operation: Operation[Any] = Operation("x.path", "GET", "/x/{p}", returns={"200": "Any"})
    with client_of(server) as client, pytest.raises(InvalidRequestError, match="is an object"):
        client._call(operation, {}, path={"p": Pet(id="1", name="Rex", age=3)})
    assert server.seen == []


@pytest.mark.parametrize("settings", [{"base_url": 5}, {"max_retries": -1}])
def test_settings_that_cannot_be_meant_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(settings))):
        Petshop(**{"api_key": "sk-test", "base_url": "https://a.test", **settings})


@pytest.mark.parametrize(("settings", "text"), [
    ({"timeout": httpx.Timeout(5)}, "timeout: expected int or float or None, not Timeout"),
    ({"timeout": "3"}, "timeout: expected"), ({"total_timeout": (1, 2)}, "total_timeout: expected"),
    ({"max_retries": "3"}, "max_retries: expected int, not str"), ({"max_retries": 1.5}, "max_retries: expected int"),
    ({"strict": "no"}, "strict: expected bool"), ({"default_headers": {"X-A": 1}}, "'X-A': expected a text, not int"),
])  # fmt: skip
def test_a_setting_of_the_wrong_type_is_told_when_the_client_is_made(
    server: Server, settings: dict[str, Any], text: str
) -> None:
    with pytest.raises(ArgumentTypeError, match=text):
        client_of(server, **settings)
    with pytest.raises(ArgumentTypeError, match=text):
        client_of(server).with_options(**settings)


@pytest.mark.parametrize("hooks", [[print], Hook(), "hook"])
def test_what_is_no_hook_is_told_when_the_client_is_made(server: Server, hooks: Any) -> None:
    with pytest.raises(ArgumentTypeError, match="hooks: expected a list of Hook objects"):
        client_of(server).with_options(hooks=hooks)
