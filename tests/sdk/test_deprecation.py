"""What the API will take away is told at the line that uses it, once."""

from __future__ import annotations

import asyncio
import inspect
import warnings
from typing import Any

import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop

PET = {"id": "1", "name": "Rex", "age": 3}


def client_of(server: Server, **settings: Any) -> Petshop:
    return Petshop(**{"api_key": "k", "base_url": server.url, **settings})


def line() -> int:
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


def test_each_line_is_told_once(server: Server) -> None:
    client = client_of(server)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(3):
            client.pets.old()
            client.pets.old()
    told = [(warning.filename, warning.lineno) for warning in caught if warning.category is DeprecationWarning]
    assert len(told) == len(set(told)) == 2
    assert {file for file, _ in told} == {__file__}


def test_a_program_that_makes_it_an_error_sends_nothing(server: Server) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DeprecationWarning):
            client_of(server).pets.old()
    assert server.seen == []


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({"Deprecation": "true"}, r"pets.retrieve \(GET /pets/\{pet_id\}\) is deprecated$"),
        ({"Deprecation": "@1688169599"}, "is deprecated$"),
        ({"Sunset": "Sat, 31 Dec 2028 23:59:59 GMT"}, "will be gone on Sat, 31 Dec 2028"),
        ({"Sunset": "soon\t\x1b[31m"}, r"gone on soon \[31m"),
    ],
)
def test_the_answer_s_own_word_is_told(server: Server, headers: dict[str, str], text: str) -> None:
    server.answer(Answer(PET, headers=headers))
    client = client_of(server)
    expected = line() + 2
    with pytest.warns(DeprecationWarning, match=text) as caught:
        client.pets.retrieve("1")
    assert (__file__, expected) in [(warning.filename, warning.lineno) for warning in caught]


@pytest.mark.parametrize("headers", [{"Deprecation": "false"}, {"Deprecation": " "}, {"Sunset": " "}, {}])
def test_an_answer_that_says_nothing_warns_nobody(server: Server, headers: dict[str, str]) -> None:
    server.answer(Answer(PET, headers=headers))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client_of(server).pets.retrieve("1")


def test_an_async_caller_is_told_at_the_line_too(server: Server) -> None:
    server.answer(Answer(PET, headers={"Deprecation": "true"}))

    async def main() -> int:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            expected = line() + 1
            await client.pets.retrieve("1")
            return expected

    with pytest.warns(DeprecationWarning, match="is deprecated") as caught:
        expected = asyncio.run(main())
    assert (__file__, expected) in [(warning.filename, warning.lineno) for warning in caught]


def test_a_call_through_raw_or_by_hand_is_told_at_its_line(server: Server) -> None:
    client = client_of(server)
    server.answer(Answer(PET, headers={"Deprecation": "true"}))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        expected = line() + 1
        client.pets.with_raw_response.retrieve("1")
        client.request("GET", "/x")
        client.map(lambda name: client.pets.retrieve(name), ["1"])
        with client.with_streaming_response.request("GET", "/x"):
            pass
    told = [warning for warning in caught if warning.category is DeprecationWarning]
    assert [(warning.filename, warning.lineno - expected) for warning in told] == [(__file__, n) for n in range(4)]
