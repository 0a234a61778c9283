"""Many calls at a time, but not too many."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import APIError, ConfigurationError, NotFoundError
from petshop.models import Pet

PET = {"id": "1", "name": "Rex", "age": 3}


def client_of(server: Server, **settings: Any) -> Petshop:
    return Petshop(**{"api_key": "k", "base_url": server.url, **settings})


class Crowd:
    """Counts how many calls are at the server at once."""

    def __init__(self, seconds: float = 0.02) -> None:
        self.here, self.most, self.lock, self.seconds = 0, 0, threading.Lock(), seconds

    def __call__(self) -> None:
        with self.lock:
            self.here += 1
            self.most = max(self.most, self.here)
        time.sleep(self.seconds)
        with self.lock:
            self.here -= 1


def echo(server: Server) -> None:
    """The server answers with the id that was asked for; `x…` is not there, and even ones take longer."""
    original = server._next

    def answer(seen: Any) -> Answer:
        original(seen)
        name = seen.path.rpartition("/")[2]
        time.sleep(0.02 if name.isdigit() and int(name) % 2 == 0 else 0)
        return Answer({**PET, "id": name}, status=404 if name.startswith("x") else 200)

    server._next = answer  # type: ignore[method-assign]


def ids(results: list[Pet | APIError]) -> list[str]:
    return [result.id if isinstance(result, Pet) else type(result).__name__ for result in results]


def test_results_come_in_the_order_of_the_items_and_failures_stay_in_their_place(server: Server) -> None:
    echo(server)
    client = client_of(server)
    results = client.map(client.pets.retrieve, ["0", "1", "x2", "3", "4"], concurrency=3)
    assert ids(results) == ["0", "1", "NotFoundError", "3", "4"]
    assert isinstance(results[2], NotFoundError)
    assert str(results[2]).startswith("GET /pets/x2 -> 404")


def test_the_async_client_does_the_same(server: Server) -> None:
    echo(server)

    async def main() -> list[Pet | APIError]:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            return await client.map(client.pets.retrieve, (n for n in ["0", "1", "x2", "3", "4"]), concurrency=3)

    assert ids(asyncio.run(main())) == ["0", "1", "NotFoundError", "3", "4"]


def test_a_dict_is_named_arguments_and_a_tuple_is_arguments_by_place(server: Server) -> None:
    server.answer(Answer(PET))
    client = client_of(server)
    client.map(client.pets.update, [{"pet_id": "7", "name": "Ada"}], concurrency=1)
    client.map(client.pets.retrieve, [("8",)])
    client.map(lambda pet: client.pets.update(pet.id, name=pet.name), [Pet(id="9", name="Bo", age=None)])
    assert [seen.path for seen in server.seen] == ["/pets/7", "/pets/8", "/pets/9"]
    assert server.seen[0].body == b'{"name":"Ada"}'


@pytest.mark.parametrize("asynchronous", [False, True])
def test_never_more_than_asked_for_are_under_way(server: Server, asynchronous: bool) -> None:
    crowd = Crowd()
    server.answer(Answer(PET, before=crowd))

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            await client.map(client.pets.retrieve, [str(n) for n in range(24)], concurrency=4)

    if asynchronous:
        asyncio.run(main())
    else:
        client = client_of(server)
        client.map(client.pets.retrieve, [str(n) for n in range(24)], concurrency=4)
    assert len(server.seen) == 24
    assert 2 <= crowd.most <= 4


def test_nothing_to_do_is_done_at_once(server: Server) -> None:
    client = client_of(server)
    assert client.map(client.pets.retrieve, []) == []


@pytest.mark.parametrize("concurrency", [0, -1, 1.5, True, "8"])
def test_an_odd_concurrency_is_told(server: Server, concurrency: Any) -> None:
    client = client_of(server)
    with pytest.raises(ConfigurationError, match="concurrency"):
        client.map(client.pets.retrieve, ["1"], concurrency=concurrency)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_mistake_in_the_program_is_raised_and_stops_the_rest(server: Server, asynchronous: bool) -> None:
    server.answer(Answer(PET, before=Crowd(0.05)))
    items: list[Any] = [{"pet_id": "1", "nmae": "x"}, *[{"pet_id": str(n)} for n in range(50)]]

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            await client.map(client.pets.retrieve, items, concurrency=2)

    client = client_of(server)
    with pytest.raises(TypeError, match="nmae"):
        asyncio.run(main()) if asynchronous else client.map(client.pets.retrieve, items, concurrency=2)
    assert len(server.seen) < 10


def test_items_that_break_off_leave_nothing_running(server: Server) -> None:
    def items() -> Iterator[str]:
        yield "1"
        raise OSError("file gone")

    server.answer(Answer(PET))
    client = client_of(server)
    before = threading.active_count()
    with pytest.raises(OSError, match="file gone"):
        client.map(client.pets.retrieve, items())
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ThreadPoolExecutor")]
    assert threading.active_count() <= before + 1


def test_a_cancellation_reaches_the_calls_under_way_and_stops_the_rest(server: Server) -> None:
    server.answer(Answer(PET, before=Crowd(0.3)))

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.map(client.pets.retrieve, map(str, range(50)), concurrency=4), 0.15)
            seen = len(server.seen)
            await asyncio.sleep(0.5)
            assert len(server.seen) == seen == 4
            server.answer(Answer(PET))
            await client.pets.retrieve("after")

    asyncio.run(main())
