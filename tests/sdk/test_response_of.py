"""Where does the plain result of a call know its answer from, and where does nothing of that show?"""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
import pprint
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from conftest import Answer, Server
from petshop import AsyncPetshop, Petshop
from petshop._runtime import response_of
from petshop.models import Pet

PET = {"id": "1", "name": "Rex", "age": 3}
HEADERS = {"X-Request-Id": "r1", "X-A": "b", "Set-Cookie": "sid=SECRET"}


def client_of(server: Server) -> Petshop:
    return Petshop(api_key="sk-test", base_url=server.url)


def test_a_model_and_a_list_know_their_answer(server: Server, waits: list[float]) -> None:
    client = client_of(server)
    for body, call in ((PET, lambda: client.pets.retrieve("1")), ([PET], client.pets.list)):
        server.answer(Answer({}, status=503), Answer(body, status=201, headers=HEADERS))
        info = response_of(call())
        assert (info.status, info.request_id, info.attempts, info.headers["x-a"]) == (201, "r1", 2, "b")
        assert info.elapsed > 0
        assert "SECRET" not in repr(info)
        assert "set-cookie" not in info.headers


def test_a_result_of_the_async_client_knows_it_too(server: Server) -> None:
    async def main() -> list[int]:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            pets = await asyncio.gather(*(client.pets.retrieve(str(n)) for n in range(5)))
            return [response_of(pet).status for pet in pets]

    server.answer(Answer(PET, status=206))
    assert asyncio.run(main()) == [206] * 5


def test_nothing_of_it_shows(server: Server) -> None:
    client = client_of(server)
    server.answer(Answer(PET, headers=HEADERS))
    pet, plain = client.pets.retrieve("1"), Pet.from_dict(PET)
    assert (pet, repr(pet), pet.to_dict(), attrs.asdict(pet)) == (plain, repr(plain), PET, attrs.asdict(plain))
    assert pickle.dumps(pet) == pickle.dumps(plain)
    server.answer(Answer([PET]))
    pets, plains = client.pets.list(), [Pet.from_dict(PET)]
    assert (pets, repr(pets), pprint.pformat(pets)) == (plains, repr(plains), pprint.pformat(plains))
    assert plains == pets
    for copied in (copy.copy(pets), copy.deepcopy(pets), pickle.loads(pickle.dumps(pets)), [*pets], pets[:]):
        assert type(copied) is list
        assert copied == plains
    assert json.dumps([1, *pets[1:]]) == "[1]"


def test_a_list_that_came_is_sent_again_as_any_other(server: Server) -> None:
    client = client_of(server)
    server.answer(Answer([3, 4]))
    numbers = client.request("GET", "/numbers", returns=list[int])
    assert response_of(numbers).status == 200
    client.pets.list(ids=numbers)
    assert server.seen[-1].path == "/pets?ids=3%7C4"
    client.request("POST", "/numbers", body={"all": numbers})
    assert json.loads(server.seen[-1].body) == {"all": [3, 4]}


@pytest.mark.parametrize("of", [
    lambda client: client.request("GET", "/x", returns=bytes), lambda client: client.pets.delete("1"),
    lambda client: client.pets.list()[0], lambda client: copy.copy(client.pets.list()),
    lambda client: attrs.evolve(client.pets.list()[0]), lambda client: Pet.from_dict(PET), lambda client: None,
])  # fmt: skip
def test_what_does_not_know_its_answer_says_so(server: Server, of: Callable[[Petshop], Any]) -> None:
    client = client_of(server)
    server.answer(Answer([PET]))
    with pytest.raises(ValueError, match="does not know its answer; take the very result of a call"):
        response_of(of(client))
