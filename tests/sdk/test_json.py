"""Unusual JSON text: a faithful value or a ValueError, with the fast library, before it is loaded, and without it."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from petshop._runtime import fast, jsontext
from petshop._runtime.encode import encode


@pytest.fixture(params=["fast", "first", "standard"], autouse=True)
def _library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsontext, "_few", 10**9 if request.param == "first" else 0)
    if request.param == "standard":
        monkeypatch.setattr(fast, "_found", [None])
    elif fast.load() is None:
        pytest.skip("msgspec is not installed")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b'["\\ud800"]', ["\ud800"]),
        (b'{"a":1,"a":2}', {"a": 2}),
        (b"\xef\xbb\xbf[1]", [1]),
        (b"1.0", 1.0),
        (b"null", None),
    ],
)
def test_unusual_text_has_its_value(text: bytes, value: Any) -> None:
    assert jsontext.loads(text) == value


def test_nan_and_numbers_beyond_a_float_are_read() -> None:
    assert math.isnan(jsontext.loads(b"NaN"))
    assert jsontext.loads(b"1e400") == math.inf


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[1,]", b'"\xff"', b"<html>", b"[" * 100_000, b'{"a":' * 100_000, b"9" * 9999]
)
def test_what_is_no_json_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        jsontext.loads(text)


@pytest.mark.parametrize("value", [math.nan, [math.inf], {"a": {"b": [-math.inf]}}])
def test_what_json_has_no_form_for_is_not_sent_as_null(value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        jsontext.dumps(encode(value))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda i: st.lists(i) | st.dictionaries(st.text(), i)
    )
)
def test_what_is_written_reads_back(value: Any) -> None:
    assert jsontext.loads(jsontext.dumps(value)) == value


@given(st.recursive(st.floats() | st.integers() | st.text(), lambda i: st.lists(i) | st.dictionaries(st.text(), i)))
def test_the_first_texts_are_read_as_all_others_are(value: Any) -> None:
    text = json.dumps(value).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsontext, "_few", 1)
        first = jsontext.loads(text)
    assert repr(first) == repr(jsontext.loads(text))


def test_half_a_surrogate_pair_is_written_escaped() -> None:
    assert jsontext.dumps("\ud800") == b'"\\ud800"'
