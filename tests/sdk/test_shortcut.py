"""Whether the shortcut that reads what is as documented makes the same of it as the codecs do."""

from __future__ import annotations

import datetime
import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from petshop import Drift
from petshop._runtime import drift
from petshop._runtime.codec import annotation_spec
from petshop._runtime.drift import Context, DriftReporter
from petshop._runtime.errors import DriftError
from petshop._runtime.reader import Reader
from petshop._runtime.typed import decoder
from petshop.models import Pet

FULL: dict[str, Any] = {
    "id": "1", "name": "Rex", "age": 3, "mood": "sad", "bornAt": "2026-01-02T03:04:05.000Z", "birthday": None,
    "nap": "PT1H", "tags": ["a"], "seen_at": ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.5Z"],
    "weights": {"x": 1.5, "y": 2}, "price": "1.50", "chip": "12345678-1234-5678-1234-567812345678", "blob": "aGk=",
    "extra": {"a": [1, None]}, "parent": {"id": "2", "name": "Mo", "age": None}, "litter": [],
    "friend": {"kind": "cat", "lives": 9}, "enemy": {"type": "bird"}, "mixed": [1, 2], "class": 2,
}  # fmt: skip


def warm() -> Any:
    """What the shortcut is for a pet, once pets were read."""
    spec = annotation_spec("Pet", "petshop.models")
    Pet.from_dict(FULL)
    return decoder(spec)


def test_a_documented_object_takes_the_shortcut_and_loses_nothing() -> None:
    shortcut = warm()
    pet = shortcut(json.dumps(FULL).encode())
    assert pet == Pet.from_dict(FULL)
    assert pet.to_dict() == FULL
    assert pet.chip == UUID("12345678-1234-5678-1234-567812345678")
    assert pet.seen_at[0] == datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    assert type(pet.parent) is Pet
    assert dict(pet.unknown_fields) == {}
    pet.born_at = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
    assert pet.to_dict()["bornAt"] == "2027-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "wire",
    [{"age": "three"}, {"age": 3.5}, {"age": True}, {"name": None}, {"mood": "grim"}, {"class": 3}, {"class": True},
     {"class": 1.0}, {"tags": ["a", 1]}, {"bornAt": "yesterday"}, {"parent": {"id": "2"}}, {"friend": {"kind": "fox"}},
     {"new": 1}, {"seen_at": ["no"]}, {"price": "1e"}, {"chip": "0x345678-1234-5678-1234-567812345678"}],
)  # fmt: skip
def test_what_drifts_in_any_way_is_refused(wire: dict[str, Any]) -> None:
    with pytest.raises((ValueError, ArithmeticError, DriftError)):
        warm()(json.dumps(FULL | wire).encode())


NUMBERS = st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none()
VALUES = {
    "id": st.text(), "name": st.text(), "age": NUMBERS, "class": st.sampled_from([1, 2, 1.0, True, 3]),
    "mood": st.sampled_from(["sad", "happy", "grim"]), "weights": st.dictionaries(st.text(), NUMBERS),
    "bornAt": st.datetimes().map(lambda at: at.isoformat() + "Z") | st.text() | st.none(),
    "seen_at": st.lists(st.datetimes().map(lambda at: at.isoformat())), "extra": st.lists(NUMBERS),
    "chip": st.uuids().map(str) | st.text(), "price": st.decimals().map(str), "mixed": NUMBERS | st.text(),
    "litter": st.lists(st.just({"id": "2", "name": "Mo", "age": 1})), "zzz": NUMBERS,
}  # fmt: skip


NEEDED = {name: VALUES.pop(name) for name in ("id", "name", "age")}


@given(st.fixed_dictionaries(NEEDED, optional=VALUES))
def test_whatever_the_shortcut_takes_the_codecs_read_alike_and_without_drift(data: dict[str, Any]) -> None:
    content = json.dumps(data).encode()
    drifts: list[Drift] = []
    expected = Pet.from_dict(json.loads(content), on_drift=drifts.append)
    try:
        pet = warm()(content)
    except (ValueError, ArithmeticError, DriftError):
        return
    assert drifts == []
    assert pet == expected
    assert repr(pet) == repr(expected)
    assert json.dumps(pet.to_dict()) == json.dumps(expected.to_dict())


def test_a_reader_reports_the_same_drift_however_often_it_reads() -> None:
    reader = Reader(annotation_spec("list[Pet]", "petshop.models"))
    good, bad = [FULL], [FULL | {"age": "x"}]
    drifts: list[Drift] = []
    for value in [good, good, good, bad, bad, good, good, good, good, bad]:
        drifts.clear()
        pets = reader.read(json.dumps(value).encode(), Context(DriftReporter(drifts.append), "op"))
        assert [pet.to_dict() for pet in pets] == value
        assert [str(d) for d in drifts] == (
            ["op $[*].age: expected integer or null, got string"] if value is bad else []
        )


def test_a_drift_that_is_known_is_not_spelled_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    spelled: list[object] = []
    monkeypatch.setattr(drift, "spell", lambda path: spelled.append(path) or "$")  # type: ignore[func-returns-value]
    reader, reporter = Reader(annotation_spec("Pet", "petshop.models")), DriftReporter()
    for _ in range(100):
        assert reader.read(json.dumps(FULL | {"more": 1}).encode(), Context(reporter, "op")).unknown_fields == {
            "more": 1
        }
    assert spelled == [(None, ".more")]


def test_json_text_is_read_by_a_model() -> None:
    for text in (json.dumps(FULL), json.dumps(FULL).encode()):
        assert Pet.from_json(text, strict=True) == Pet.from_dict(FULL)
    with pytest.raises(ValueError):  # noqa: PT011
        Pet.from_json("{")
    with pytest.raises(TypeError, match="takes a JSON object"):
        Pet.from_json("[]")
    with pytest.raises(DriftError):
        Pet.from_json('{"id": 1}', strict=True)
