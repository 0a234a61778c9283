"""Are arrays whose positions differ read as tuples, written as arrays, and never shown as what they are not?"""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from petshop import Drift
from petshop._runtime.codec import annotation_spec
from petshop._runtime.drift import Context, DriftReporter
from petshop._runtime.encode import encode
from petshop._runtime.errors import DriftError
from petshop._runtime.reader import Reader
from petshop._runtime.typed import decoder
from petshop.models import Pet

DAY = datetime.date(2026, 11, 21)
REX = {"id": "1", "name": "Rex", "age": 3}


def read(annotation: str, value: Any) -> tuple[Any, list[str]]:
    """What a JSON value is read as, and the drifts."""
    drifts: list[Drift] = []
    reader = Reader(annotation_spec(annotation, "petshop.models"))
    context = Context(DriftReporter(drifts.append), "op")
    return reader.read(json.dumps(value).encode(), context), list(map(str, drifts))


@pytest.mark.parametrize(
    ("annotation", "wire", "value"),
    [
        ("tuple[float, float]", [1.5, -2], (1.5, -2)),
        ("tuple[str]", ["a"], ("a",)),
        ("tuple[str, datetime.date | None]", ["a", "2026-11-21"], ("a", DAY)),
        ("tuple[str, *tuple[datetime.date, ...]]", ["a"], ("a",)),
        ("tuple[str, *tuple[datetime.date, ...]]", ["a", "2026-11-21", "2026-11-21"], ("a", DAY, DAY)),
        ("list[tuple[int, Pet]]", [[1, REX]], [(1, Pet(id="1", name="Rex", age=3))]),
        ("tuple[Literal['a', 'b'] | str, Any]", ["a", {"x": []}], ("a", {"x": []})),
        ("tuple[int, str] | tuple[int] | None", [1], (1,)),
        ("tuple[int, int] | list[str]", ["a", "b"], ["a", "b"]),
    ],
)
def test_an_array_is_a_tuple_with_each_position_read(annotation: str, wire: Any, value: Any) -> None:
    found, drifts = read(annotation, wire)
    assert (found, drifts) == (value, [])
    assert encode(found) == wire


@pytest.mark.parametrize(
    ("annotation", "wire", "value", "drift"),
    [
        ("tuple[int, int]", [1], [1], "op $: expected array of integer, integer, got array of 1"),
        ("tuple[int, int]", [1, 2, 3], [1, 2, 3], "op $: expected array of integer, integer, got array of 3"),
        ("tuple[int, *tuple[str, ...]]", [], [], "op $: expected array of integer, then strings, got array of 0"),
        ("tuple[int, str]", ["a", "b"], ("a", "b"), "op $[0]: expected integer, got string"),
        ("tuple[int, int]", {}, {}, "op $: expected array of integer, integer, got object"),
    ],
)
def test_what_is_off_degrades_alone_and_is_told(annotation: str, wire: Any, value: Any, drift: str) -> None:
    assert read(annotation, wire) == (value, [drift])


VALUES = st.integers() | st.floats(allow_nan=False) | st.text() | st.none() | st.just(REX)


@pytest.mark.parametrize("annotation", ["tuple[float, float]", "tuple[int, Pet]", "tuple[str, datetime.date]"])
@given(st.lists(VALUES, max_size=3))
def test_the_shortcut_reads_what_the_codecs_read_without_drift(annotation: str, wire: list[Any]) -> None:
    Pet.from_dict(REX)
    spec = annotation_spec(annotation, "petshop.models")
    content = json.dumps(wire).encode()
    try:
        value = decoder(spec)(content)
    except (ValueError, DriftError):
        return
    expected, drifts = read(annotation, wire)
    assert drifts == []
    assert value == expected
    assert type(value) is tuple


@pytest.mark.parametrize("wire", [[1.5, 2], [0, 1]])
def test_the_shortcut_takes_what_is_documented(wire: list[float]) -> None:
    assert decoder(annotation_spec("tuple[float, float]", "petshop.models"))(json.dumps(wire).encode()) == tuple(wire)
