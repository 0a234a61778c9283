"""Are arguments of a wrong type told before anything is sent, and those that are documented never refused?"""

from __future__ import annotations

import asyncio
import datetime
import io
import json
import pickle
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Unpack
from uuid import UUID

import pytest
from conftest import Answer, Server
from petshop import UNSET, AsyncPetshop, Petshop, Unset
from petshop._runtime import (
    APIError,
    ArgumentTypeError,
    AsyncResource,
    FileInput,
    InvalidRequestError,
    Operation,
    RequestOptions,
    Resource,
)
from petshop.models import Pet

if TYPE_CHECKING:
    from petshop.models import Animal


def operation(id: str, **said: Any) -> Operation[Any]:
    return Operation(f"things.{id}", "POST", "/things/{id}", returns={"200": "Any"}, **said)


_FLAT = operation("flat", body="application/json", names={"body": {"petOf": "pet"}}, body_optional=True)
_FLAT_REQUIRED = operation("flat_required", body="application/json")
_WHOLE = operation("whole", body="application/json", names={"whole": {"": "body"}})
_FORM = operation("form", body="application/x-www-form-urlencoded", required={"body": ("amount",)})


class Things(Resource):
    def flat(
        self,
        id: str = "1",
        *,
        limit: int | Unset = UNSET,
        text: str | Unset = UNSET,
        number: float | Unset | None = UNSET,
        flag: bool | Unset = UNSET,
        kind: Literal["a", "b"] | Unset = UNSET,
        texts: list[str] | Unset = UNSET,
        pets: Sequence[Pet] | Unset = UNSET,
        pet: Pet | Unset | None = UNSET,
        animal: Animal | Unset = UNSET,
        labels: Mapping[str, int] | Unset = UNSET,
        at: datetime.datetime | str | Unset = UNSET,
        key: UUID | str | Unset = UNSET,
        price: Decimal | str | Unset = UNSET,
        blob: bytes | Unset = UNSET,
        pair: tuple[str, int] | Unset = UNSET,
        row: tuple[str, *tuple[int, ...]] | Unset = UNSET,
        anything: Any = UNSET,
        **options: Unpack[RequestOptions],
    ) -> Any:
        body = {
            "text": text, "number": number, "flag": flag, "kind": kind, "texts": texts, "pets": pets, "petOf": pet,
            "animal": animal, "labels": labels, "at": at, "key": key, "price": price, "blob": blob,
            "pair": pair, "row": row, "anything": anything,
        }  # fmt: skip
        return self._call(_FLAT, options, path={"id": id}, query={"limit": limit}, body=body)

    def flat_required(self, *, text: str | Unset = UNSET, **options: Unpack[RequestOptions]) -> Any:
        return self._call(_FLAT_REQUIRED, options, path={"id": "1"}, body={"text": text})

    def whole(self, *, body: Mapping[str, int] | Unset = UNSET, **options: Unpack[RequestOptions]) -> Any:
        return self._call(_WHOLE, options, path={"id": "1"}, body=body)

    def form(self, *, amount: int, note: str | Unset = UNSET, **options: Unpack[RequestOptions]) -> Any:
        return self._call(_FORM, options, path={"id": "1"}, body={"amount": amount, "note": note})


class AsyncThings(AsyncResource):
    async def form(self, *, amount: int, note: str | Unset = UNSET, **options: Unpack[RequestOptions]) -> Any:
        return await self._call(_FORM, options, path={"id": "1"}, body={"amount": amount, "note": note})


class Color(StrEnum):
    RED = "red"


class Plain(Enum):
    A = "a"
    FIVE = 5


class Level(IntEnum):
    LOW = 1


class Word(str):
    pass


@pytest.fixture
def things(server: Server) -> Things:
    server.answer(Answer({}))
    return Things(Petshop(api_key="sk-test", base_url=server.url))


NOW = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)
WRONG: list[tuple[str, Any, str, str]] = [
    ("id", 5, "str", "int"),
    ("limit", "5", "int", "str"),
    ("limit", 2.5, "int", "float"),
    ("limit", True, "int", "bool"),
    ("text", 5, "str", "int"),
    ("text", None, "str", "None; leave it out to send none"),
    ("text", b"Ada", "str", "bytes"),
    ("text", Plain.FIVE, "str", "Plain"),
    ("number", "1", "float | None", "str"),
    ("number", False, "float | None", "bool"),
    ("flag", 1, "bool", "int"),
    ("kind", 1, "Literal['a', 'b']", "int"),
    ("texts", "en", "list[str]", "str"),
    ("texts", ["en", 5], "list[str]", "list of int, str"),
    ("texts", {"en": 1}, "list[str]", "dict"),
    ("texts", b"en", "list[str]", "bytes"),
    ("pets", {"name": "Rex"}, "Sequence[Pet]", "dict"),
    ("pets", ["Rex"], "Sequence[Pet]", "list of str"),
    ("pets", Pet(id="1", name="Rex", age=3), "Sequence[Pet]", "Pet"),
    ("pet", "Rex", "Pet | None", "str"),
    ("animal", 5, "Animal", "int"),
    ("labels", [], "Mapping[str, int]", "list"),
    ("labels", [("a", 1)], "Mapping[str, int]", "list of tuple"),
    ("at", 1763683200, "datetime.datetime | str", "int"),
    ("at", datetime.date(2026, 11, 21), "datetime.datetime | str", "date"),
    ("key", 5, "UUID | str", "int"),
    ("price", 1.1, "Decimal | str", "float"),
    ("blob", 5, "bytes", "int"),
    ("pair", ("a",), "tuple[str, int]", "tuple of str"),
    ("pair", ("a", 1, 2), "tuple[str, int]", "tuple of int, str"),
    ("pair", (1, "a"), "tuple[str, int]", "tuple of int, str"),
    ("pair", "ab", "tuple[str, int]", "str"),
    ("pair", {"a": 1, "b": 2}, "tuple[str, int]", "dict"),
    ("row", (), "tuple[str, *tuple[int, ...]]", "tuple"),
    ("row", ("a", 1, "b"), "tuple[str, *tuple[int, ...]]", "tuple of int, str"),
]


@pytest.mark.parametrize(("name", "value", "expected", "got"), WRONG)
def test_a_wrong_type_is_told_with_its_method_and_argument_before_anything_is_sent(
    server: Server, things: Things, name: str, value: Any, expected: str, got: str
) -> None:
    with pytest.raises(ArgumentTypeError) as caught:
        things.flat(**{name: value})
    assert str(caught.value) == f"things.flat(): argument {name!r}: expected {expected}, got {got}"
    assert server.seen == []


FINE: list[tuple[str, Any, Any]] = [
    ("text", Word("a"), "a"),
    ("text", Color.RED, "red"),
    ("text", Plain.A, "a"),
    ("text", UUID(int=1), str(UUID(int=1))),
    ("text", NOW, "2026-11-21T00:00:00Z"),
    ("number", 1, 1),
    ("number", None, None),
    ("number", Level.LOW, 1),
    ("kind", "a value of tomorrow", "a value of tomorrow"),
    ("kind", Color.RED, "red"),
    ("texts", [], []),
    ("texts", ("a", "b"), ["a", "b"]),
    ("texts", deque(["a"]), ["a"]),
    ("texts", (letter for letter in "ab"), ["a", "b"]),
    ("texts", {"a": 1}.keys(), ["a"]),
    ("texts", ["a", Color.RED], ["a", "red"]),
    ("pets", [{"name": "Rex"}], [{"name": "Rex"}]),
    ("pets", (Pet(id="1", name="Rex", age=3),), [{"id": "1", "name": "Rex", "age": 3}]),
    ("pet", OrderedDict(name="Rex"), {"name": "Rex"}),
    ("pet", None, None),
    ("animal", {"petType": "cat"}, {"petType": "cat"}),
    ("labels", {"a": "not looked into"}, {"a": "not looked into"}),
    ("at", NOW, "2026-11-21T00:00:00Z"),
    ("at", "2026-11-21", "2026-11-21"),
    ("key", UUID(int=1), str(UUID(int=1))),
    ("price", Decimal("1.10"), "1.10"),
    ("blob", b"a", "YQ=="),
    ("pair", ("a", 1), ["a", 1]),
    ("pair", ["a", 1.0], ["a", 1.0]),
    ("row", ("a",), ["a"]),
    ("row", ("a", 1, 2), ["a", 1, 2]),
    ("anything", [1, {"a": None}], [1, {"a": None}]),
]


@pytest.mark.parametrize(("name", "value", "sent"), FINE)
def test_what_is_documented_is_sent(server: Server, things: Things, name: str, value: Any, sent: Any) -> None:
    things.flat(**{name: value})
    assert json.loads(server.seen[0].body) == {"petOf" if name == "pet" else name: sent}


def test_null_leaves_a_parameter_or_a_forms_field_out_unless_it_is_required(server: Server, things: Things) -> None:
    things.flat(limit=None, text="a")  # type: ignore[arg-type]
    things.form(amount=1, note=None)  # type: ignore[arg-type]
    assert server.seen[0].path == "/things/1"
    assert server.seen[1].body == b"amount=1"
    with pytest.raises(ArgumentTypeError, match=r"^things.form\(\): argument 'amount': expected int, got None$"):
        things.form(amount=None)  # type: ignore[arg-type]


def test_a_body_of_its_own_is_judged_as_a_whole(server: Server, things: Things) -> None:
    things.whole(body={"body": 5, "": 6})
    things.whole(body={"id": "x"})  # type: ignore[dict-item]
    assert [json.loads(seen.body) for seen in server.seen] == [{"body": 5, "": 6}, {"id": "x"}]
    with pytest.raises(ArgumentTypeError, match=r"argument 'body': expected Mapping\[str, int\], got list$"):
        things.whole(body=[])  # type: ignore[arg-type]


def test_the_async_client_tells_the_same(server: Server) -> None:
    async def main() -> None:
        async with AsyncPetshop(api_key="k", base_url=server.url) as client:
            with pytest.raises(ArgumentTypeError, match="argument 'amount': expected int, got str"):
                await AsyncThings(client).form(amount="1")  # type: ignore[arg-type]

    asyncio.run(main())
    assert server.seen == []


def test_the_error_never_shows_the_value_is_of_every_class_one_may_expect_and_pickles(things: Things) -> None:
    with pytest.raises(ArgumentTypeError) as caught:
        things.flat(number="sk-secret")  # type: ignore[arg-type]
    error = pickle.loads(pickle.dumps(caught.value))
    assert "sk-secret" not in f"{error!r} {error}"
    assert all(isinstance(error, kind) for kind in (TypeError, ValueError, InvalidRequestError, APIError))
    assert error.delivered is False


@pytest.mark.parametrize("value", [b"a", bytearray(b"a"), Path("a"), io.BytesIO(b"a"), iter([b"a"]), ("a.txt", b"a")])
def test_whatever_holds_a_file_is_one(value: FileInput) -> None:
    from petshop._runtime.annotations import parsed
    from petshop._runtime.arguments import Takes

    takes = Takes(parsed("FileInput | Unset"), "petshop.models")
    assert takes(value)
    assert not any(takes(wrong) for wrong in (5, None, {"a": 1}, Pet(id="1", name="Rex", age=3), "a.txt"))


def test_a_text_for_a_file_is_told_what_to_write_as_it_may_be_a_path_or_the_content(server: Server) -> None:
    class Files(Resource):
        def send(self, *, file: FileInput, **options: Unpack[RequestOptions]) -> None:
            return self._call(operation, options, body={"file": file})

    operation: Operation[None] = Operation("files.send", "POST", "/files", body="multipart/form-data")
    files = Files(Petshop(api_key="k", base_url=server.url))
    with pytest.raises(ArgumentTypeError, match=r"'file'.*got str; write pathlib.Path\(...\) for a file on d"):
        files.send(file=__file__)  # type: ignore[arg-type]
    assert server.seen == []
    files.send(file=Path(__file__))
    assert b"def test_a_text_for_a_file" in server.seen[0].body


def test_nothing_is_sent_for_a_body_that_may_be_left_out_and_is(server: Server, things: Things) -> None:
    things.flat()
    things.whole()
    things.flat(extra_body={})
    things.whole(body={})
    things.flat_required()
    assert [seen.body for seen in server.seen] == [b"", b"", b"{}", b"{}", b"{}"]
    assert ["content-type" in seen.headers for seen in server.seen] == [False, False, True, True, True]
