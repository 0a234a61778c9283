"""What a program can see of each attempt, and add to it: hooks, the log, and spans."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import (
    APIConnectionError,
    AsyncHook,
    Attempt,
    ConfigurationError,
    Hook,
    InternalServerError,
    InvalidRequestError,
    Reply,
)

PET = {"id": "1", "name": "Rex", "age": 3}


class Log(Hook):
    """Keeps what it sees, and numbers the attempts in a header."""

    def __init__(self) -> None:
        self.seen: list[tuple[Any, ...]] = []

    def before(self, attempt: Attempt) -> None:
        self.seen.append(("before", attempt.operation, attempt.method, attempt.path, attempt.number))
        attempt.headers["X-Try"] = str(attempt.number)

    def after(self, attempt: Attempt, reply: Reply) -> None:
        self.seen.append(("after", attempt.number, reply.status, reply.headers.get("x-a")))

    def failed(self, attempt: Attempt, error: Exception) -> None:
        self.seen.append(("failed", attempt.number, type(error).__name__))


class AsyncLog(AsyncHook):
    """The same, with methods that wait."""

    def __init__(self) -> None:
        self.inner = Log()

    async def before(self, attempt: Attempt) -> None:
        await asyncio.sleep(0)
        self.inner.before(attempt)

    async def after(self, attempt: Attempt, reply: Reply) -> None:
        await asyncio.sleep(0)
        self.inner.after(attempt, reply)

    async def failed(self, attempt: Attempt, error: Exception) -> None:
        await asyncio.sleep(0)
        self.inner.failed(attempt, error)


def client_of(server: Server, *hooks: Hook | AsyncHook, **settings: Any) -> Petshop:
    return Petshop(**{"api_key": "sk-key", "base_url": server.url, **settings}).with_options(hooks=hooks)


EXPECTED = [
    ("before", "pets.create", "POST", "/pets", 1), ("after", 1, 429, None),
    ("before", "pets.create", "POST", "/pets", 2), ("after", 2, 200, "b"),
]  # fmt: skip


def test_hooks_see_every_attempt_and_what_they_add_is_sent(server: Server, waits: list[float]) -> None:
    server.answer(Answer({}, status=429), Answer(PET, headers={"X-A": "b"}))
    log = Log()
    client_of(server, log).pets.create(name="Rex")
    assert log.seen == EXPECTED
    assert [seen.headers["x-try"] for seen in server.seen] == ["1", "2"]


def test_hooks_of_an_async_client_may_wait_or_not(server: Server, waits: list[float]) -> None:
    log, slow = Log(), AsyncLog()

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url, hooks=[log, slow]) as client:
            await client.pets.create(name="Rex")

    server.answer(Answer({}, status=429), Answer(PET, headers={"X-A": "b"}))
    asyncio.run(main())
    assert log.seen == slow.inner.seen == EXPECTED


def test_hooks_are_told_that_no_answer_came(waits: list[float], dead_url: str, server: Server) -> None:
    log = Log()
    with pytest.raises(APIConnectionError):
        client_of(server, log, base_url=dead_url, max_retries=1).pets.create(name="Rex")
    assert [entry[0] for entry in log.seen] == ["before", "failed", "before", "failed"]
    assert log.seen[1] == ("failed", 1, "ConnectError")


def test_a_hook_sees_no_credential(server: Server) -> None:
    shown: list[str] = []

    class Nosy(Hook):
        def before(self, attempt: Attempt) -> None:
            shown.append(f"{attempt!r} {attempt.headers} {attempt.url}")

        def after(self, attempt: Attempt, reply: Reply) -> None:
            shown.append(f"{reply!r} {reply.headers}")

    server.answer(Answer(PET, headers={"Set-Cookie": "sid=secret-cookie"}))
    client = client_of(server, Nosy(), query_key="secret-query", cookie_key="c")
    client.pets.keyed()
    client.pets.retrieve("1")
    assert "k=secret-query" in server.seen[0].path
    for secret in ("sk-key", "secret-query", "secret-cookie"):
        assert secret not in "".join(shown)


def test_what_a_hook_raises_ends_the_call_before_anything_is_sent(server: Server) -> None:
    class Veto(Hook):
        def before(self, attempt: Attempt) -> None:
            raise PermissionError("not on a Sunday")

    with pytest.raises(PermissionError, match="Sunday"):
        client_of(server, Veto()).pets.create(name="Rex")
    assert server.seen == []


def test_a_header_of_a_hook_that_would_be_two_is_refused(server: Server) -> None:
    class Evil(Hook):
        def before(self, attempt: Attempt) -> None:
            attempt.headers["X-A"] = "a\r\nX-Evil: 1"

    with pytest.raises(InvalidRequestError):
        client_of(server, Evil()).pets.create(name="Rex")
    assert server.seen == []


def test_an_async_hook_needs_an_async_client(server: Server) -> None:
    with pytest.raises(ConfigurationError, match="async"):
        client_of(server, AsyncLog()).pets.create(name="Rex")
    assert server.seen == []


def test_the_environment_switches_the_log_on(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], waits: list[float]
) -> None:
    logger = logging.getLogger("petshop")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "level", logger.level)
    monkeypatch.setenv("PETSHOP_LOG", "Debug")
    server.answer(Answer({}, status=503), Answer(PET))
    Petshop(api_key="sk-key", base_url=server.url)
    client = Petshop(api_key="sk-key", query_key="q-key", base_url=server.url)
    client.pets.retrieve("1", extra_headers={"X-Auth-Token": "t-key"})
    client.with_options(hooks=[Log()]).pets.public()
    said = capsys.readouterr().err
    assert len(logger.handlers) == 1
    assert "GET /pets/1 -> 503" in said
    assert "attempt 1 failed, the next is in" in said
    assert "GET /pets/1 -> 200" in said
    assert "-key" not in said


def test_the_log_is_silent_without_the_switch(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETSHOP_LOG", "loud")
    server.answer(Answer(PET))
    client_of(server).pets.retrieve("1")
    assert capsys.readouterr().err == ""


class FakeSpan:
    """A span that keeps what it is told."""

    def __init__(self, name: str, kind: str, attributes: dict[str, Any]) -> None:
        self.name, self.kind, self.attributes, self.status, self.ended = name, kind, dict(attributes), "", 0
        self.current = False

    def set_attribute(self, name: str, value: Any) -> None:
        self.attributes[name] = value

    def set_status(self, status: str) -> None:
        self.status = status

    def end(self) -> None:
        self.ended += 1


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> list[FakeSpan]:
    """The spans that are made, in a program that uses OpenTelemetry."""
    made: list[FakeSpan] = []

    class Tracer:
        def start_span(self, name: str, *, kind: str, attributes: dict[str, Any]) -> FakeSpan:
            made.append(FakeSpan(name, kind, attributes))
            return made[-1]

    @contextmanager
    def use_span(span: FakeSpan, *, record_exception: bool, set_status_on_exception: bool) -> Iterator[None]:
        assert (record_exception, set_status_on_exception) == (False, False), "the text of an error is not kept"
        span.current = True
        try:
            yield
        finally:
            span.current = False

    trace = types.ModuleType("opentelemetry.trace")
    facts = {
        "get_tracer": lambda name, version: Tracer(),
        "use_span": use_span,
        "SpanKind": types.SimpleNamespace(CLIENT="client"),
        "StatusCode": types.SimpleNamespace(ERROR="error"),
        "Status": lambda code: code,
    }
    vars(trace).update(facts)
    monkeypatch.setitem(sys.modules, "opentelemetry", types.ModuleType("opentelemetry"))
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", trace)
    return made


def test_each_attempt_is_a_span(server: Server, waits: list[float], spans: list[FakeSpan]) -> None:
    current: list[list[bool]] = []
    server.answer(
        *(Answer(body, status=status, before=lambda: current.append([span.current for span in spans]))
          for body, status in (({}, 503), (PET, 200)))
    )  # fmt: skip
    client_of(server).pets.retrieve("secret-id")
    first, second = spans
    assert (current, first.current, second.current) == ([[True], [False, True]], False, False)
    assert (first.name, first.kind, first.status, second.status) == ("GET /pets/{pet_id}", "client", "error", "")
    assert first.attributes == {
        "http.request.method": "GET", "url.template": "/pets/{pet_id}", "server.address": "127.0.0.1",
        "code.function.name": "pets.retrieve", "http.response.status_code": 503, "error.type": "503",
    }  # fmt: skip
    assert second.attributes["http.request.resend_count"] == 1
    assert "secret-id" not in repr([vars(span) for span in spans])
    assert [span.ended for span in spans] == [1, 1]


def test_a_span_ends_with_an_attempt_that_fails_or_is_cancelled(
    server: Server, dead_url: str, spans: list[FakeSpan]
) -> None:
    with pytest.raises(APIConnectionError):
        client_of(server, base_url=dead_url, max_retries=0).pets.create(name="Rex")
    assert spans[0].attributes["error.type"] == "ConnectError"

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            await asyncio.wait_for(client.pets.retrieve("1"), 0.1)

    server.answer(Answer(PET, before=lambda: time.sleep(0.5)))
    with pytest.raises(TimeoutError):
        asyncio.run(main())
    assert spans[1].attributes["error.type"] == "cancelled"
    assert [span.ended for span in spans] == [1, 1]


def test_without_opentelemetry_nothing_of_it_is_imported(server: Server) -> None:
    server.answer(Answer(PET), Answer({}, status=500))
    client = client_of(server, max_retries=0)
    client.pets.retrieve("1")
    with pytest.raises(InternalServerError):
        client.pets.retrieve("1")
    assert "opentelemetry" not in sys.modules
