"""One client among many threads, tasks, loops and processes: no crossed answers, no leak, no deadlock."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Answer, Seen, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import APIConnectionError, APITimeoutError, connections

PET = {"id": "1", "name": "Rex", "age": 3}
FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@pytest.fixture
def echo(server: Server) -> Server:
    """Answers with the id that was asked for, and late if that is `slow`."""
    keep = server._next

    def answer(seen: Seen) -> Answer:
        keep(seen)
        name = seen.path.rpartition("/")[2]
        return Answer({**PET, "id": name}, before=lambda: time.sleep(0.3 if name == "slow" else 0))

    server._next = answer  # type: ignore[method-assign]
    return server


def test_32_threads_get_their_own_answers(echo: Server) -> None:
    client = Petshop(api_key="k", base_url=echo.url)
    wrong: list[tuple[str, str]] = []

    def work(thread: int) -> None:
        for number in range(10):
            name = f"{thread}-{number}"
            pets = client.with_options(timeout=30).pets if number % 2 else client.pets
            got = pets.retrieve(name).id
            if got != name:
                wrong.append((name, got))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not [thread for thread in threads if thread.is_alive()]
    assert wrong == []
    assert len(echo.seen) == 320
    client.close()


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The same server in the tasks' own loop, as a thread for each of 1,000 connections takes its time."""
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            name = head.split(b" ")[1].rpartition(b"/")[2].decode()
            content = json.dumps({**PET, "id": name}).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(content), content))
    writer.close()


def test_1000_tasks_get_their_own_answers() -> None:
    async def main() -> list[str]:
        server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=1024)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with AsyncPetshop(api_key="k", base_url=url) as client:
            # A thousand connections at once take their time on a small machine.
            pets = await asyncio.gather(*(client.pets.retrieve(str(number), timeout=None) for number in range(1000)))
        server.close()
        return [pet.id for pet in pets]

    assert asyncio.run(main()) == [str(number) for number in range(1000)]


def test_tasks_that_call_again_and_again_never_share_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few connections are kept, so each that is given back closes another, and that lets other tasks run."""
    monkeypatch.setattr(connections, "_MOST_IDLE", 2)

    async def main() -> None:
        server = await asyncio.start_server(_serve, "127.0.0.1", 0, backlog=1024)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with AsyncPetshop(api_key="k", base_url=url, max_retries=0) as client:

            async def calls(task: int) -> None:  # some end early and leave their connections
                for number in range(1 + task % 8):
                    name = f"{task}-{number}"
                    assert (await client.pets.retrieve(name, timeout=None)).id == name

            await asyncio.gather(*map(calls, range(80)))
        server.close()

    asyncio.run(main())


def test_a_client_serves_several_loops_one_after_the_other_and_at_once(echo: Server) -> None:
    client = AsyncPetshop(api_key="k", base_url=echo.url)
    got: dict[int, list[str]] = {}

    async def main(loop: int) -> None:
        pets = await asyncio.gather(*(client.pets.retrieve(f"{loop}-{number}") for number in range(10)))
        got[loop] = [pet.id for pet in pets]

    for loop in range(2):
        asyncio.run(main(loop))
    threads = [threading.Thread(target=asyncio.run, args=(main(loop),)) for loop in range(2, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert got == {loop: [f"{loop}-{number}" for number in range(10)] for loop in range(6)}


def test_the_connections_of_a_loop_that_is_gone_are_let_go(echo: Server) -> None:
    client = AsyncPetshop(api_key="k", base_url=echo.url)

    async def main() -> None:
        await client.pets.retrieve("1")

    for _ in range(5):
        asyncio.run(main())
    gc.collect()
    assert len(client._pool._made) <= 1


def test_a_call_that_is_cancelled_gives_its_connection_free_and_the_next_gets_its_own_answer(echo: Server) -> None:
    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=echo.url) as client:
            await client.pets.retrieve("first")
            for _ in range(5):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(client.pets.retrieve("slow"), 0.1)
                assert (await client.pets.retrieve("next")).id == "next"
            ours = client._pool.http()
            assert not ours._busy
            assert sum(map(len, ours._idle.values())) <= 1

    asyncio.run(main())


def test_a_cancellation_while_waiting_for_the_next_attempt_ends_the_call(server: Server) -> None:
    server.answer(Answer({}, status=503, headers={"Retry-After": "60"}))

    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            task = asyncio.create_task(client.pets.retrieve("1"))
            await asyncio.sleep(0.3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    began = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - began < 50
    assert len(server.seen) == 1


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timers")
def test_an_interrupt_in_the_middle_of_a_call_leaves_a_client_that_works(echo: Server) -> None:
    class Interrupt(BaseException):
        pass

    def interrupt(*_: object) -> None:
        raise Interrupt

    client = Petshop(api_key="k", base_url=echo.url)
    client.pets.retrieve("first")
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(Interrupt):
            client.pets.retrieve("slow")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert client.pets.retrieve("next").id == "next"


@FORK
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork_in_the_middle_of_other_threads_calls_is_safe(echo: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)  # a stream's lock may be held at the fork
    client = Petshop(api_key="k", base_url=echo.url).with_options(wait_for_rate_limit=True)
    client.pets.retrieve("parent")
    stop = threading.Event()

    def busy() -> None:
        while not stop.is_set():
            client.pets.retrieve("busy")

    threads = [threading.Thread(target=busy) for _ in range(4)]
    for thread in threads:
        thread.start()
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            signal.alarm(10)
            os._exit(0 if client.pets.retrieve(f"child{number}").id == f"child{number}" else 1)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    stop.set()
    for thread in threads:
        thread.join(10)
    assert codes == [0, 0, 0, 0]
    assert client.pets.retrieve("parent").id == "parent"


def test_nobody_waits_for_ever_for_a_connection(server: Server) -> None:
    httpx = pytest.importorskip("httpx")
    release = threading.Event()
    server.answer(Answer(PET, before=lambda: release.wait(5)))
    own = httpx.Client(limits=httpx.Limits(max_connections=1), timeout=httpx.Timeout(5, pool=0.2))
    client = Petshop(api_key="k", base_url=server.url, http_client=own, max_retries=0)
    first = threading.Thread(target=client.pets.retrieve, args=("1",))
    first.start()
    time.sleep(0.2)
    with pytest.raises(APITimeoutError) as caught:
        client.pets.create(name="Rex")
    release.set()
    first.join(5)
    assert caught.value.delivered is False


SHUTDOWN = """
import atexit, asyncio, sys, threading, time
sys.path.insert(0, {folder!r})
import conftest
from petshop import AsyncPetshop, Petshop
from petshop._runtime import APIError

client = Petshop(api_key="sk-at-exit", base_url={url!r}, max_retries=0)
client.pets.retrieve("1")

def last():
    try:
        print("at exit:", client.pets.retrieve("2").name)
    except (APIError, RuntimeError) as error:
        print("at exit:", type(error).__name__)

atexit.register(last)

def forever():
    while True:
        try:
            client.pets.retrieve("3")
        except Exception:
            time.sleep(0.01)

for _ in range(3):
    threading.Thread(target=forever, daemon=True).start()

async def main():
    unclosed = AsyncPetshop(api_key="sk-at-exit", base_url={url!r})
    await unclosed.pets.retrieve("4")

asyncio.run(main())
print("done")
"""


def test_a_program_ends_though_clients_are_in_use_and_not_closed(echo: Server) -> None:
    code = textwrap.dedent(SHUTDOWN.format(folder=str(Path(__file__).parent), url=echo.url))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["done", "at exit: Rex"]
    assert "sk-at-exit" not in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_in_a_group_of_tasks_does_not_spoil_the_others(server: Server, dead_url: str) -> None:
    server.answer(Answer(PET))

    async def main() -> list[Any]:
        async with AsyncPetshop(api_key="k", base_url=server.url, max_retries=0) as client:
            broken = AsyncPetshop(api_key="k", base_url=dead_url, max_retries=0)
            calls = [(broken if number % 3 == 0 else client).pets.retrieve("1") for number in range(30)]
            return list(await asyncio.gather(*calls, return_exceptions=True))

    results = asyncio.run(main())
    assert [isinstance(result, APIConnectionError) for result in results] == [n % 3 == 0 for n in range(30)]
