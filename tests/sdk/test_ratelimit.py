"""What a client knows of the server's rate limit, and how it keeps to it if asked."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import Answer, Server
from hypothesis import given
from hypothesis import strategies as st
from petshop import AsyncPetshop, Petshop
from petshop._runtime import RateLimitError
from petshop._runtime.ratelimit import RateLimits

PET = {"id": "1", "name": "Rex", "age": 3}


def client_of(server: Server, **settings: Any) -> Petshop:
    return Petshop(**{"api_key": "k", "base_url": server.url, **settings})


def in_an_hour(unit: float = 1) -> str:
    return str(int((time.time() + 3600) * unit))


@pytest.mark.parametrize(
    ("headers", "limit", "remaining", "reset"),
    [
        ({"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "7", "X-RateLimit-Reset": "60"}, 100, 7, 60),
        ({"X-RateLimit-Remaining": "7", "X-RateLimit-Reset": in_an_hour()}, None, 7, 3600),
        ({"X-RateLimit-Remaining": "7", "X-RateLimit-Reset": in_an_hour(1000)}, None, 7, 3600),
        ({"X-RateLimit-Remaining": "7", "X-RateLimit-Reset": (datetime.now(UTC) + timedelta(hours=1)).isoformat()},
         None, 7, 3600),
        ({"X-RateLimit-Limit-Requests": "9", "X-RateLimit-Remaining-Requests": "7",
          "X-RateLimit-Reset-Requests": "1m0s"}, 9, 7, 60),
        ({"X-Rate-Limit-Limit": "9", "X-Rate-Limit-Remaining": "7"}, 9, 7, None),
        ({"RateLimit-Limit": "100, 100;w=60", "RateLimit-Remaining": "7", "RateLimit-Reset": "60"}, 100, 7, 60),
        ({"RateLimit": "limit=100, remaining=7, reset=60"}, 100, 7, 60),
        ({"RateLimit": '"default";r=7;t=60', "RateLimit-Policy": '"default";q=100;w=3600'}, 100, 7, 60),
        ({"X-RateLimit-Remaining": "7", "X-RateLimit-Reset": "soon"}, None, 7, None),
        ({"X-RateLimit-Remaining": "7", "X-RateLimit-Reset": "1e300"}, None, 7, None),
    ],
)  # fmt: skip
def test_the_limit_is_read_from_the_headers_there_are(
    server: Server, headers: dict[str, str], limit: int | None, remaining: int, reset: float | None
) -> None:
    server.answer(Answer(PET, headers=headers))
    client = client_of(server)
    assert client.rate_limit is None
    client.pets.retrieve("1")
    found = client.rate_limit
    assert found is not None
    assert (found.limit, found.remaining) == (limit, remaining)
    assert (found.reset is None) == (reset is None)
    assert reset is None or abs(found.reset - reset) < max(20, reset / 3)  # type: ignore[operator]


def test_an_answer_that_says_nothing_leaves_what_was_known(server: Server) -> None:
    server.answer(Answer(PET, headers={"X-RateLimit-Remaining": "7"}), Answer(PET), Answer(PET, status=500))
    client = client_of(server, max_retries=0)
    client.pets.retrieve("1")
    client.pets.retrieve("1")
    with pytest.raises(Exception, match="500"):
        client.pets.retrieve("1")
    assert client.rate_limit is not None
    assert client.rate_limit.remaining == 7


def test_a_refusal_counts_as_nothing_left(server: Server) -> None:
    server.answer(Answer({}, status=429, headers={"Retry-After": "30"}))
    client = client_of(server, max_retries=0)
    with pytest.raises(RateLimitError):
        client.pets.retrieve("1")
    assert client.rate_limit is not None
    assert client.rate_limit.remaining == 0
    assert 25 < (client.rate_limit.reset or 0) <= 30


def test_clients_that_share_connections_share_what_they_know(server: Server) -> None:
    server.answer(Answer(PET, headers={"X-RateLimit-Remaining": "7"}))
    client = client_of(server)
    client.with_options(timeout=5).pets.retrieve("1")
    assert client.rate_limit is not None


def test_nobody_waits_who_did_not_ask_for_it(server: Server, waits: list[float]) -> None:
    server.answer(Answer(PET, headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "60"}))
    client = client_of(server)
    client.pets.retrieve("1")
    client.pets.retrieve("1")
    assert waits == []


def test_a_client_that_waits_sends_when_the_next_window_begins(server: Server) -> None:
    server.answer(Answer(PET, headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "0.3"}), Answer(PET))
    client = client_of(server).with_options(wait_for_rate_limit=True)
    began = time.monotonic()
    client.pets.retrieve("1")
    client.pets.retrieve("1")
    assert 0.3 <= time.monotonic() - began < 30
    client.pets.retrieve("1")


def test_a_wait_over_the_cap_or_the_time_left_is_left_to_the_server(server: Server, waits: list[float]) -> None:
    server.answer(Answer(PET, headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "100"}))
    client = client_of(server).with_options(wait_for_rate_limit=True)
    client.pets.retrieve("1")
    client.pets.retrieve("1", total_timeout=5)
    server.answer(Answer(PET, headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1000"}))
    client.with_options(wait_for_rate_limit=False).pets.retrieve("1")
    client.pets.retrieve("1")
    assert waits == []
    assert len(server.seen) == 4


class Window:
    """Counts down what is left of a window, as a server does."""

    def __init__(self, server: Server, size: int) -> None:
        self.server, self.left, self.refused, self.lock = server, size, 0, threading.Lock()
        self.size, self.ends = size, time.monotonic() + 0.6
        self.answer = Answer(PET)
        self.answer.before = self.count

    def count(self) -> None:
        with self.lock:
            if time.monotonic() > self.ends:
                self.left, self.ends = self.size, time.monotonic() + 0.6
            self.refused += self.left <= 0
            self.left -= 1
            left, reset = max(0, self.left), self.ends - time.monotonic()
        names = {"X-RateLimit-Limit": str(self.size), "X-RateLimit-Remaining": str(left)}
        self.answer.headers = {**names, "X-RateLimit-Reset": f"{reset + 0.02:.3f}"}


def test_threads_together_keep_to_the_limit(server: Server) -> None:
    window = Window(server, 12)
    server.answer(window.answer)
    client = client_of(server).with_options(wait_for_rate_limit=True)
    client.pets.retrieve("first")
    client.map(client.pets.retrieve, [str(n) for n in range(30)], concurrency=6)
    assert len(server.seen) == 31
    assert window.refused == 0


def test_tasks_together_keep_to_the_limit(server: Server) -> None:
    window = Window(server, 12)
    server.answer(window.answer)

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url, wait_for_rate_limit=True) as client:
            await client.pets.retrieve("first")
            await asyncio.gather(*(client.pets.retrieve(str(n)) for n in range(30)))

    asyncio.run(main())
    assert len(server.seen) == 31
    assert window.refused == 0


def test_a_call_that_fails_gives_its_place_back(server: Server, waits: list[float], dead_url: str) -> None:
    client = client_of(server, base_url=dead_url, max_retries=0).with_options(wait_for_rate_limit=True)
    for _ in range(3):
        with pytest.raises(Exception, match="ConnectError"):
            client.pets.retrieve("1")
    assert client._limits._under_way == 0


_NAMES = ["ratelimit", "ratelimit-policy", "retry-after", "ratelimit-reset"] + [
    f"x-ratelimit-{part}" for part in ("limit", "remaining", "reset")
]


@given(st.dictionaries(st.sampled_from(_NAMES), st.text(max_size=30) | st.from_regex(r"[\d.,;:=rtTZq+-]{1,20}")))
def test_no_header_is_too_odd(headers: dict[str, str]) -> None:
    limits = RateLimits()
    limits.note(429, headers)
    limits.note(200, headers)
    if not (wait := limits.enter()):
        limits.leave()
    assert 0 <= wait < 400 * 86400
    assert limits.last is None or limits.last.reset is None or limits.last.reset >= 0
