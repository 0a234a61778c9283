"""Calls that the package has no method for, and what a server loads beforehand."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import DecodeError, Drift, InvalidRequestError, Model
from petshop.models import Pet

PET = {"id": "1", "name": "Rex", "age": 3}
REX = Pet(id="1", name="Rex", age=3)


def client_of(server: Server, **settings: Any) -> Petshop:
    return Petshop(**{"api_key": "k", "base_url": server.url, **settings})


@pytest.mark.parametrize(
    ("returns", "came", "expected"),
    [
        (Pet, PET, REX),
        (list[Pet], [PET], [REX]),
        (dict[str, Pet], {"a": PET}, {"a": REX}),
        (list[list[Pet]], [[PET]], [[REX]]),
        (dict, {"a": [1]}, {"a": [1]}),
        (dict[str, Any], {"a": [1]}, {"a": [1]}),
        (list, [1, "a"], [1, "a"]),
        (list[int], [1], [1]),
        (list[date], ["2026-11-21"], [date(2026, 11, 21)]),
        (Pet | None, None, None),
        (str, "x", "x"),
        (bool, True, True),
        (Any, [PET], [PET]),
        (None, PET, None),
        ("list[Pet]", [PET], [REX]),
        ("Any", 5, 5),
    ],
)
def test_the_result_is_read_as_the_type_that_is_asked_for(
    server: Server, returns: Any, came: Any, expected: Any
) -> None:
    drifts: list[Drift] = []
    server.answer(Answer(came))
    assert client_of(server, on_drift=drifts.append).request("GET", "/things", returns=returns) == expected

    async def main() -> Any:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            return await client.request("GET", "/things", returns=returns)

    assert asyncio.run(main()) == expected
    assert not [drift for drift in drifts if came is not None]


@pytest.mark.parametrize("kind", ["application/json", "", "image/png", "text/html"])
def test_bytes_are_the_body_as_it_came(server: Server, kind: str) -> None:
    server.answer(Answer(content=b'{"a": \xff', headers={"Content-Type": kind}))
    assert client_of(server).request("GET", "/file", returns=bytes) == b'{"a": \xff'


class Stranger(Model):
    """No model of the package."""


@pytest.mark.parametrize("returns", [Stranger, list[Stranger], set, dict[int, str], object(), tuple[int, int], 5])
def test_a_type_that_no_answer_can_be_read_as_is_told_before_anything_is_sent(server: Server, returns: Any) -> None:
    with pytest.raises(InvalidRequestError, match="returns"):
        client_of(server).request("GET", "/things", returns=returns)
    assert server.seen == []


def test_what_is_no_json_is_told(server: Server) -> None:
    server.answer(Answer(content=b"<html>", headers={"Content-Type": "text/html"}))
    with pytest.raises(DecodeError):
        client_of(server).request("GET", "/things", returns=Pet)


def test_text_that_is_no_number_where_one_is_asked_for_stays_and_is_a_drift(server: Server) -> None:
    drifts: list[Drift] = []
    client = client_of(server, on_drift=drifts.append)
    for text, expected in (("42", 42), ("many", "many")):
        server.answer(Answer(content=text.encode(), headers={"Content-Type": "text/plain"}))
        assert client.request("GET", "/count", returns=int) == expected
    assert [(drift.expected, drift.came) for drift in drifts] == [("integer", "string")]


PRELOAD = """
import sys
sys.path.insert(0, {folder!r})
import conftest
from petshop import Petshop

client = Petshop(api_key="k")
before = set(sys.modules)
assert "httpcore" not in before, "nothing has been sent"
assert "petshop.models.pet" not in before
client.preload()
client.preload()
loaded = set(sys.modules)
assert {{"httpcore", "petshop.models.pet", "petshop.models.cat", "petshop.resources.pets"}} <= loaded
from petshop.resources.pets import _CREATE
assert _CREATE._readers, "the readers are made"
"""


def test_nothing_is_loaded_until_it_is_used_or_preloaded() -> None:
    code = textwrap.dedent(PRELOAD.format(folder=str(Path(__file__).parent)))
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_thousands_of_listed_values_take_no_time(server: Server) -> None:
    server.answer(Answer("v3"))
    started = time.process_time()
    returns = f"Literal[{', '.join(repr(f'v{number}') for number in range(10_000))}]"
    assert client_of(server).request("GET", "/things", returns=returns) == "v3"
    assert time.process_time() - started < 5
