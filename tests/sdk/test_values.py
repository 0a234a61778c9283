"""What the runtime's values are, whatever class they are of."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from petshop._runtime.values import Value


class Point(Value):
    x: int
    y: int = 0
    note: str = ""

    __hidden__ = ("note",)


class Named(Point):
    y: int
    name: str


def test_fields_are_given_by_place_or_by_name_and_have_defaults() -> None:
    assert (Point(1).x, Point(1).y) == (1, 0)
    assert Point(1, 2) == Point(1, y=2) == Point(y=2, x=1)


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, 2, "", 4), {}), ((1,), {"x": 1}), ((1,), {"z": 1}), ((), {"y": 1})]
)
def test_fields_that_are_missing_unknown_or_given_twice_are_refused(values: tuple[Any, ...], named: Any) -> None:
    with pytest.raises(TypeError, match=r"Point\(\) takes x, y, note"):
        Point(*values, **named)


def test_a_value_cannot_be_changed() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="a Point cannot be changed"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="a Point cannot be changed"):
        del point.x
    assert point == Point(1)


def test_values_are_equal_and_hash_alike_where_their_classes_and_all_of_their_fields_are_the_same() -> None:
    assert Point(1, 0) == Point(1)
    assert hash(Point(1, 0)) == hash(Point(1))
    assert Point(1) != Point(2)
    assert Point(1) != Named(1, 0, "", "")


def test_a_changed_copy_is_a_value_of_its_own() -> None:
    point = Point(1, 2)
    assert point.replace(x=3) == Point(3, 2)
    assert point == Point(1, 2)
    with pytest.raises(TypeError, match="takes x, y, note"):
        point.replace(z=1)


def test_a_class_adds_to_the_fields_of_its_base() -> None:
    assert repr(Named(1, 2, "", name="n")) == "Named(x=1, y=2, name='n')"


def test_hidden_fields_are_not_shown() -> None:
    assert repr(Point(1, 2, "secret")) == "Point(x=1, y=2)"


def test_values_are_copied_and_pickled() -> None:
    point = Point(1, 2, "kept")
    for other in (copy.copy(point), copy.deepcopy(point), pickle.loads(pickle.dumps(point))):
        assert other == point
        assert other.note == "kept"


def test_values_are_taken_apart_by_place_as_type_checkers_say() -> None:
    match Named(1, 2, "", "n"):
        case Named(x, y, _, name):
            assert (x, y, name) == (1, 2, "n")
        case _:
            pytest.fail("it is no Named")
