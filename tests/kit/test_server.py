"""Does the local server answer and check as the API does, for clients that know nothing of the kit?"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import opencx
import pytest
from opencx._client import _SPEC
from opencx._runtime.auth import ApiKey
from opencx.testing.asked import Asked
from opencx.testing.server import LocalServer

GENERATED = Path(__file__).parents[2] / "generated"
KEY = {"Authorization": "Bearer x"}
JSON = {**KEY, "Content-Type": "application/json"}


@contextmanager
def serving(scenario: str = "", *, check: bool = True) -> Iterator[LocalServer]:
    server = LocalServer(_SPEC, "127.0.0.1", 0, scenario, check=check)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with serving() as server:
        yield server


def ask(server: LocalServer, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    content = None if body is None else json.dumps(body)
    connection.request(method, path, content, {**(JSON if content else KEY), **headers})
    answer = connection.getresponse()
    read = answer.read()
    connection.close()
    return answer.status, json.loads(read) if read else None


def test_an_operation_is_answered_as_documented(server: LocalServer) -> None:
    with opencx.OpenCX(api_key="k", base_url=server.url, strict=True) as client:
        assert client.phone.create(name="Ada").id
        assert client.phone.list()
    assert [call.operation for call in server.board.calls] == ["phone.create", "phone.list"]


def test_a_wrong_request_gets_a_problem_that_names_each_place(server: LocalServer) -> None:
    code, problem = ask(server, "POST", "/phone", {"type": "robot", "language": []})
    assert (code, problem["status"], problem["title"]) == (400, 400, "The request is not as documented")
    assert problem["errors"] == [
        {"path": "$.name", "detail": "missing, and documented as required"},
        {"path": "$.type", "detail": 'expected one of "inbound", "outbound", not "robot"'},
        {"path": "$.language", "detail": "expected at least 1 items, not 0"},
    ]


def test_a_body_that_is_none_gets_a_problem(server: LocalServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    for content, kind, told in (
        ("{", "application/json", "the body is no JSON"),
        ("x", "text/plain", 'expected "application/json", not text/plain'),
    ):
        connection.request("POST", "/phone", content, {**KEY, "Content-Type": kind})
        answer = connection.getresponse()
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.load(answer)["errors"][0]["detail"] == told
    connection.close()


def test_unknown_addresses_methods_and_missing_credentials_get_what_apis_answer(server: LocalServer) -> None:
    assert ask(server, "GET", "/telephones")[0] == 404
    assert ask(server, "GET", "/phones")[1]["detail"] == "GET /phones: the API has no such operation; there is /phone"
    assert ask(server, "PUT", "/phone")[1]["detail"] == "there are GET, POST"
    assert ask(server, "GET", "/phone", Authorization="")[0] == 401


def test_all_credentials_of_an_alternative_must_come(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    places: dict[str, Literal["header", "query", "cookie"]] = {"x-a": "header", "b": "query", "c": "cookie"}
    keys = {name: ApiKey(name, place, name) for name, place in places.items()}
    monkeypatch.setattr(server, "spec", SimpleNamespace(schemes=keys))
    called = server.board.document.operations["phone.list"].called
    monkeypatch.setattr(called, "security", (("x-a", "b"), ("c",)))
    asked = [("/phone", {"x-a": "1"}), ("/phone?b=1", {}), ("/phone?b=1", {"x-a": "1"}), ("/phone", {"cookie": "c=1"})]
    answers = [server.answer(Asked("GET", path, headers, b""))[1] for path, headers in asked]
    assert [answer.status for answer in answers] == [401, 401, 200, 200]
    assert answers[0].json["detail"] == "phone.list needs x-a and b or c"


def test_a_server_that_runs_for_long_keeps_the_last_requests_alone(server: LocalServer) -> None:
    for number in range(120):
        server.answer(Asked("GET", f"/phone?number={number}", {"authorization": "x"}, b""))
        server.answer(Asked("GET", "/nothing", {}, b""))
    assert (len(server.board.calls), len(server.board.unexpected)) == (100, 100)


def test_a_request_can_ask_for_a_status_or_a_scenario(server: LocalServer) -> None:
    assert ask(server, "GET", "/phone", Prefer="code=500")[1]["statusCode"] == 500
    assert ask(server, "GET", "/phone", Prefer="code=418")[0] == 418
    assert ask(server, "GET", "/phone", Prefer="scenario=rate-limited")[0] == 429
    assert ask(server, "GET", "/phone", Prefer="scenario=nonsense")[0] == 400
    for scenario in ("cut", "connection-reset"):
        with pytest.raises((OSError, HTTPException)):
            ask(server, "GET", "/phone", Prefer=f"scenario={scenario}")
    assert ask(server, "GET", "/phone")[0] == 200


def test_a_scenario_happens_to_the_first_request_of_each_operation() -> None:
    with serving("server-error") as server:
        assert [ask(server, "GET", "/phone")[0] for _ in range(2)] == [500, 200]
        assert [ask(server, "POST", "/phone", {"name": "Ada"})[0] for _ in range(2)] == [500, 200]


def test_wrong_requests_are_answered_where_that_is_wanted() -> None:
    with serving(check=False) as server:
        assert ask(server, "POST", "/phone", {})[0] == 200


def test_bodies_in_chunks_are_read(server: LocalServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request("POST", "/phone", iter([b'{"name":', b'"Ada"}']), JSON, encode_chunked=True)
    assert connection.getresponse().status == 200
    connection.close()
    assert server.board.calls[0].json == {"name": "Ada"}


def test_a_body_that_is_too_large_is_not_read(server: LocalServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request("POST", "/phone", None, {**JSON, "Content-Length": str(10**12)})
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("chunk", [b"zz", b"-1", b"fffffffff"])
def test_a_chunk_of_no_size_or_of_too_many_bytes_is_not_read(server: LocalServer, chunk: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=5) as connection:
        head = b"POST /phone HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + chunk + b"\r\nabc\r\n")
        assert connection.recv(12) == b"HTTP/1.1 413"


def test_an_answer_to_head_has_no_body_and_the_connection_goes_on(server: LocalServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    for method, code in (("HEAD", 405), ("GET", 200)):
        connection.request(method, "/phone", headers=KEY)
        answer = connection.getresponse()
        assert (answer.status, bool(answer.read())) == (code, method == "GET")
    connection.close()


def test_pages_of_other_addresses_may_ask(server: LocalServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for method, more in (("OPTIONS", wanted), ("GET", KEY)):
        connection.request(method, "/phone", headers={"Origin": "http://localhost:3000", **more})
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204 if more is wanted else 200, "*")
        if more is wanted:
            assert answer.headers["Access-Control-Allow-Headers"] == "authorization"
    connection.close()


def test_a_shut_down_server_lets_go_of_who_waits_for_a_timeout() -> None:
    with serving() as server:
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=30)
        connection.request("GET", "/phone", headers={**KEY, "Prefer": "scenario=timeout"})
    with pytest.raises((OSError, HTTPException)):
        connection.getresponse()
    connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_where_it_answers_and_ends_cleanly(number: signal.Signals) -> None:
    command = [sys.executable, "-u", "-m", "opencx.testing", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(GENERATED)}
    started = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert started.stdout is not None
    found = re.fullmatch(
        r"OpenCX is answered at (http://127\.0\.0\.1:\d+); Ctrl-C ends it\.\n", started.stdout.readline()
    )
    assert found
    with opencx.OpenCX(api_key="k", base_url=found[1]) as client:
        client.phone.update("a", name="Ada", extra_query={"token": "\x1b[31m"})
    started.send_signal(number)
    out, error = started.communicate(timeout=10)
    assert (started.returncode, out, error) == (0, "", "PATCH /phone/a phone.update: 200\n")


def test_the_command_refuses_what_it_cannot_do() -> None:
    environment = {**os.environ, "PYTHONPATH": str(GENERATED)}
    with serving() as server:
        for arguments, code, told in (
            (["serve", "--port", str(server.server_port)], 1, "cannot be listened on"),
            (["serve", "--port", "99999"], 1, "cannot be listened on"),
            (["serve", "--scenario", "nonsense"], 2, "invalid choice"),
            ([], 2, "required"),
        ):
            command = [sys.executable, "-m", "opencx.testing", *arguments]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=20)
            assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (code, True, False), (
                done.stderr
            )
