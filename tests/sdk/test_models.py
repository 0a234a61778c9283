"""What a model makes of JSON, and gives back."""

from __future__ import annotations

import copy
import datetime
import json
import logging
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from petshop import UNSET, Drift, Unset
from petshop._runtime import DriftError, Model, specs
from petshop._runtime.drift import Context, DriftReporter
from petshop._runtime.unions import Ranked, Union
from petshop.models import Bird, Cat, Dog, Pet

PLAIN: dict[str, Any] = {"id": "1", "name": "Rex", "age": 3}


def read(data: dict[str, Any]) -> tuple[Pet, list[str]]:
    drifts: list[Drift] = []
    pet = Pet.from_dict(data, on_drift=drifts.append)
    return pet, [str(drift) for drift in drifts]


def test_a_documented_object_reads_without_drift() -> None:
    pet, drifts = read(PLAIN)
    assert (pet.id, pet.name, pet.age, pet.mood) == ("1", "Rex", 3, UNSET)
    assert drifts == []


def test_unset_is_one_false_object_through_copies_and_pickles() -> None:
    for same in (copy.copy(UNSET), copy.deepcopy(UNSET), pickle.loads(pickle.dumps(UNSET)), Unset()):
        assert same is UNSET
    assert not UNSET
    assert repr(UNSET) == "UNSET"


@pytest.mark.parametrize(
    ("wire", "name", "value"),
    [
        ({"bornAt": "2026-01-02T03:04:05Z"}, "born_at", datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)),
        ({"birthday": "2026-01-02"}, "birthday", datetime.date(2026, 1, 2)),
        ({"nap": "PT1H30M"}, "nap", datetime.timedelta(hours=1, minutes=30)),
        ({"price": "1.50"}, "price", Decimal("1.50")),
        ({"chip": "12345678-1234-5678-1234-567812345678"}, "chip", UUID("12345678123456781234567812345678")),
        ({"blob": "aGk="}, "blob", b"hi"),
        (
            {"seen_at": ["2026-01-02T03:04:05Z"]},
            "seen_at",
            [datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)],
        ),
        ({"class": 2}, "class_", 2),
        ({"age": 3.0}, "age", 3),
    ],
)
def test_values_have_their_python_types_and_go_back_as_they_came(wire: dict[str, Any], name: str, value: Any) -> None:
    pet, drifts = read(PLAIN | wire)
    assert getattr(pet, name) == value
    assert type(getattr(pet, name)) is type(value)
    assert pet.to_dict() == PLAIN | wire
    assert drifts == []


@pytest.mark.parametrize(
    "text",
    ["2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05+00:00", "2026-01-02 03:04:05Z", "2026-W01-1T10:00:00Z",
     "2026-01-02T03:04:05.123456789Z", "20260102T030405Z", "2026-01-02T03:04:05", "2026-01-02T24:00:00Z", "no", ""],
)  # fmt: skip
def test_an_instant_goes_back_in_the_very_text_it_came_in(text: str) -> None:
    pet = Pet.from_dict(PLAIN | {"bornAt": text, "seen_at": [text, "2026-01-02T03:04:05Z"]})
    assert pet.to_dict() == PLAIN | {"bornAt": text, "seen_at": [text, "2026-01-02T03:04:05Z"]}
    assert pickle.loads(pickle.dumps(pet)).to_dict() == pet.to_dict()


def test_a_changed_field_is_written_as_it_is_now() -> None:
    pet = Pet.from_dict(PLAIN | {"bornAt": "2026-01-02T03:04:05.000Z"})
    pet.born_at = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
    assert pet.to_dict()["bornAt"] == "2027-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("wire", "drift"),
    [
        ({"age": "three"}, "Pet $.age: expected integer or null, got string"),
        ({"age": 3.5}, "Pet $.age: expected integer, got number"),
        ({"age": True}, "Pet $.age: expected integer or null, got boolean"),
        ({"name": None}, "Pet $.name: expected string, got null"),
        ({"mood": "grim"}, "Pet $.mood: expected one of 'happy', 'sad', got another string"),
        ({"mood": 1}, "Pet $.mood: expected one of 'happy', 'sad' or string, got integer"),
        ({"class": 3}, "Pet $.class: expected one of 1, 2, got another integer"),
        ({"class": True}, "Pet $.class: expected one of 1, 2, got boolean"),
        ({"tags": ["a", 1]}, "Pet $.tags[*]: expected string, got integer"),
        ({"weights": {"x": "y"}}, "Pet $.weights.*: expected number, got string"),
        ({"bornAt": "yesterday"}, "Pet $.bornAt: expected datetime.datetime, got string"),
        ({"parent": {"id": "2", "name": "Mo", "age": "x"}}, "Pet $.parent.age: expected integer or null, got string"),
        ({"parent": "Mo"}, "Pet $.parent: expected Pet or null, got string"),
        ({"litter": [{"id": "2", "name": "Mo"}]}, "Pet $.litter[*].age: expected integer or null, got nothing"),
        ({"friend": {"kind": "fox"}}, "Pet $.friend.kind: expected one of 'cat', 'dog', got another string"),
        ({"friend": {}}, "Pet $.friend.kind: expected one of 'cat', 'dog', got another null"),
        ({"enemy": {"type": "fish"}}, "Pet $.enemy: expected Cat or Dog or Bird, got another object"),
        ({"mixed": [1, "x"]}, "Pet $.mixed[*]: expected integer, got string"),
        ({"new one": 1}, "Pet $['new one']: expected no such member, got integer"),
    ],
)
def test_what_is_off_degrades_alone_and_is_told_once_without_its_value(wire: dict[str, Any], drift: str) -> None:
    pet, drifts = read(PLAIN | wire)
    assert drifts == [drift]
    assert pet.to_dict() == PLAIN | wire
    assert pet.id == "1"
    with pytest.raises(DriftError, match="expected"):
        Pet.from_dict(PLAIN | wire, strict=True)


def test_a_missing_field_is_unset() -> None:
    pet, drifts = read({"id": "1", "name": "Rex"})
    assert pet.age is UNSET  # type: ignore[comparison-overlap]
    assert drifts == ["Pet $.age: expected integer or null, got nothing"]
    assert pet.to_dict() == {"id": "1", "name": "Rex"}


def test_unknown_members_are_reachable_and_survive() -> None:
    pet = Pet.from_dict(PLAIN | {"unknown_fields": 1, "to_dict": [2], "__class__": {"x": None}})
    assert dict(pet.unknown_fields) == {"unknown_fields": 1, "to_dict": [2], "__class__": {"x": None}}
    for same in (copy.copy(pet), copy.deepcopy(pet), pickle.loads(pickle.dumps(pet))):
        assert same == pet
        assert same.to_dict() == pet.to_dict()
    assert json.loads(pet.to_json()) == pet.to_dict()


def test_a_tagged_union_reads_by_its_tag_alone() -> None:
    pet = Pet.from_dict(PLAIN | {"friend": {"kind": "dog", "lives": 9}})
    assert isinstance(pet.friend, Dog)
    assert pet.friend.trick is UNSET  # type: ignore[comparison-overlap]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"kind": "x", "lives": 9}, Cat),
        ({"kind": "x", "trick": "sit"}, Dog),
        ({"kind": "x", "trick": "sit", "lives": 9}, Cat),
        ({"type": "bird"}, Bird),
        ({"type": "plane"}, dict),
        ({"kind": "x", "lives": "nine"}, dict),
        ({}, dict),
    ],
)
def test_an_untagged_union_takes_the_best_fit_and_never_a_wrong_one(value: dict[str, Any], kind: type) -> None:
    pet = Pet.from_dict(PLAIN | {"enemy": value})
    assert type(pet.enemy) is kind
    assert pet.to_dict()["enemy"] == value


@pytest.mark.parametrize(("rows", "kind"), [(["typing"], "Chats"), (["ringing"], "Calls"), (["waving"], "Calls")])
def test_of_models_that_fit_equally_well_the_first_without_drift_is_taken(rows: list[str], kind: str) -> None:
    told: list[Drift] = []
    column = {"Calls": ["ringing", "talking"], "Chats": ["typing", "talking"]}
    arms = [_Equal(name, specs.Literals(values)) for name, values in column.items()]
    fit = Union(arms).fit(dict)
    assert callable(fit)
    assert fit({"rows": rows}, None, Context(DriftReporter(told.append))) == kind
    assert len(told) == (1 if rows == ["waving"] else 0)


class _Equal(Ranked):
    """A model that fits as well as any other, until it is read."""

    def __init__(self, name: str, column: specs.Spec) -> None:
        self.kind = name
        self.column = column

    @property
    def name(self) -> str:
        return self.kind

    def rank(self, value: object) -> tuple[int, ...]:
        return (1, 0)

    def fit(self, kind: type[Any]) -> Any:
        def reads(value: Any, path: Any, context: Context) -> str:
            for row in value["rows"]:
                specs.read(self.column.fit(str), self.column, row, path, context)
            return self.kind

        return reads


def test_each_kind_of_drift_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="petshop"):
        for secret in ("hunter2", "hunter3"):
            Pet.from_dict(PLAIN | {"logged_once": secret})
    assert [r.message for r in caplog.records] == ["Pet $.logged_once: expected no such member, got string"]


def test_a_model_is_made_by_hand_with_three_states() -> None:
    pet = Pet(id="1", name="Rex", age=None, class_=1, friend=Cat(kind="cat", lives=9))
    assert pet.to_dict() == {"id": "1", "name": "Rex", "age": None, "class": 1, "friend": {"kind": "cat", "lives": 9}}
    assert repr(pet) == "Pet(id='1', name='Rex', age=None, friend=Cat(kind='cat', lives=9), class_=1)"
    assert pet == Pet.from_dict(pet.to_dict())
    assert pet != Pet(id="1", name="Rex", age=UNSET)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        pet.nmae = "x"  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        hash(pet)


def test_a_model_that_holds_itself_prints() -> None:
    pet = Pet(id="1", name="Rex", age=None)
    pet.parent = pet
    assert "parent=..." in repr(pet)


def test_the_object_given_is_not_changed() -> None:
    data = PLAIN | {"bornAt": "2026-01-02T03:04:05.000Z", "x": 1}
    before = copy.deepcopy(data)
    Pet.from_dict(data)
    assert data == before


def test_from_dict_of_no_mapping_is_a_type_error() -> None:
    with pytest.raises(TypeError, match=r"Pet.from_dict takes a mapping, not list"):
        Pet.from_dict([])  # type: ignore[arg-type]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["id", "name", "age", "mood", "bornAt", "birthday", "nap", "tags", "seen_at", "weights", "price", "chip", "blob",
     "extra", "parent", "litter", "friend", "enemy", "mixed", "class", "kind", "lives", "type", "zzz", ""]
)  # fmt: skip
ODD = JSON | st.dictionaries(NAMES, JSON, max_size=4) | st.sampled_from(
    ["2026-01-02T03:04:05.10Z", "P1D", "1e5", "NaN", "PT", "12345678123456781234567812345678", "aGk", "10:00"]
)  # fmt: skip


@given(st.dictionaries(NAMES, ODD | st.lists(ODD, max_size=3), max_size=8))
def test_any_object_reads_and_encodes_back_to_itself(data: dict[str, Any]) -> None:
    pet = Pet.from_dict(data)
    assert pet.to_dict() == data
    assert Pet.from_dict(data) == pet
    assert pickle.loads(pickle.dumps(pet)).to_dict() == data
    assert isinstance(repr(pet), str)


def test_every_model_is_a_model() -> None:
    assert all(issubclass(cls, Model) for cls in (Pet, Cat, Dog, Bird))


def test_a_changed_copy_keeps_what_is_unknown_and_the_texts_of_what_is_not_changed() -> None:
    wire = {"id": "1", "name": "Rex", "age": 3, "new": {"a": 1}, "bornAt": "2026-01-02T03:04:05.100Z"}
    pet = Pet.from_dict(wire)
    changed = attrs.evolve(pet, name="Max")
    assert changed.unknown_fields == {"new": {"a": 1}}
    assert changed.to_dict() == {**wire, "name": "Max"}
    assert pet.to_dict() == wire
    assert attrs.evolve(Pet(id="1", name="Rex", age=3)).unknown_fields == {}


def test_the_types_of_a_model_can_be_had_though_models_load_each_other_late() -> None:
    program = """
import attrs, conftest, sys, typing
from petshop.models import Pet
try:
    typing.get_type_hints(Pet)
except NameError:
    pass
assert "petshop.models.cat" not in sys.modules
hints = Pet.type_hints()
from petshop.models import Bird, Cat, Dog
from petshop import Unset
assert hints["enemy"] == Cat | Dog | Bird | Unset, hints["enemy"]
assert set(typing.get_args(hints["friend"])) == {Cat, Dog, Unset}, hints["friend"]
assert hints["litter"] == list[Pet] | Unset
assert list(hints) == [a.name for a in attrs.fields(Pet) if a.name[0] != "_"]
assert {name: typing.get_type_hints(Pet)[name] for name in hints} == hints
attrs.resolve_types(Pet)
assert Pet.from_dict({"id": "1", "enemy": {"kind": "cat"}}).id == "1"  # a class that was resolved is read as ever
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_an_alias_within_itself_has_a_type() -> None:
    module = ModuleType("looped.models.tree")
    package = ModuleType("looped.models")
    vars(package).update(Tree="dict[str, Tree] | Leaf | None", Leaf="int")
    sys.modules.update({"looped.models": package, "looped.models.tree": module})
    try:
        holder = type("Holder", (Model,), {"__annotations__": {"tree": "list[Tree]"}, "__module__": module.__name__})
        assert str(holder.type_hints()["tree"]) == (
            "list[dict[str, dict[str, ForwardRef('Tree')] | int | None] | int | None]"
        )
    finally:
        del sys.modules["looped.models"], sys.modules["looped.models.tree"]
