"""What the reader accepts, refuses and can point at."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents import pointer, read, read_json, write
from scripts.problems import BadInput
from scripts.yaml_text import Base64

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
KEYS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=30)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
)


@given(DATA)
def test_what_is_written_reads_back_the_same(data: object) -> None:
    text = write({"data": data})
    assert read(text, "a.yaml").data == {"data": data}  # as what was written last
    assert read(f"# once more\n{text}", "a.yaml").data == {"data": data}  # as any text


def test_what_was_written_last_is_read_as_a_copy() -> None:
    data = {"a": [1]}
    text = write(data)
    read(text, "a.yaml").data["a"].append(2)
    data["a"].append(3)
    assert read(text, "a.yaml").data == {"a": [1]}


SPACE = st.text(" \t\n\r", max_size=2)


@given(DATA, st.lists(KEYS, min_size=1, max_size=3), SPACE, SPACE)
def test_json_is_refused_where_a_key_stands_twice_in_it_however_it_is_spelled(
    data: object, keys: list[str], before: str, after: str
) -> None:
    said = json.JSONEncoder(ensure_ascii=False).encode
    members = [f"{said(key)}{before}:{after}{said([data])}" for key in dict.fromkeys(keys)]
    assert read_json(f"[{{{','.join(members)}}}]", "a.json").is_json
    twice = "".join(f"\\u{ord(char):04x}" if ord(char) < 0x10000 else char for char in keys[0])
    with pytest.raises(BadInput, match="stands twice"):
        read_json(f'[{{{",".join(members)},"{twice}":1}}]', "a.json")


PLAIN = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=10)
PLAIN_DATA = st.recursive(
    st.none() | st.integers() | PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
)


@given(PLAIN_DATA, st.sampled_from([None, 0, 2]))
def test_lines_of_json_are_those_that_yaml_tells(data: object, indent: int | None) -> None:
    text = "\n " + json.dumps({"data": data}, indent=indent)
    document = read(text, "a.json", first_line=5)
    assert document._json is not None
    assert {place: document.line(place) for place in document._lines} == {
        place: line + 5 for place, line in document._lines.items()
    }
    assert document.line("/data/nothing/there") == document.line("/data")


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("on: yes", {"on": "yes"}),
        ("day: 2020-01-01", {"day": "2020-01-01"}),
        ("404: a", {"404": "a"}),
        ("a: 1e3", {"a": 1000.0}),
        ("a: '1'", {"a": "1"}),
        ("a: ~", {"a": None}),
        ("\ufeff{}", {}),
        ('{"a": [1]}', {"a": [1]}),
        ("{a: b}", {"a": "b"}),
        ("/*: {}", {"/*": {}}),
    ],
)
def test_text_is_read_by_the_rules_of_yaml_1_2(text: str, data: object) -> None:
    assert read(text, "a.yaml").data == data


LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\na: 2", 2, "stands twice"),
        ('{"a": 1,\n "a": 2}', 2, "stands twice"),
        ("a: 1\nb: [", 2, "neither JSON nor YAML"),
        ("[" * 100_000, 1, "deeper"),
        ('{"a":' * 50_000, 1, "deeper"),
        (LAUGHS, 8, "millions"),
        ("a: &x\n  - *x", 2, "contains itself"),
        ("a: *x", 1, "no anchor"),
        ("a: 1\nb: \x07", 2, "forbids"),
        ("a: 1\n---\nb: 2", 2, "more than one"),
        ("? [a]\n: b", 1, "used as a key"),
        ('{"a": 1,\n // one\n "b": 2}', 2, "a comment"),
        ('{"a": 1, /* one */ "b": 2}', 1, "a comment"),
        ('{"a": 1,\n "b": "\\ud800"}', 2, "half of a character"),
    ],
)
def test_hostile_text_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(text, "bad.yaml")
    problem = caught.value.problems[0]
    assert problem.where == "bad.yaml"
    assert problem.line is not None
    assert abs(problem.line - line) <= 1
    assert says in problem.what


def test_a_merge_key_brings_the_members_of_other_mappings_and_its_own_go_before() -> None:
    text = (
        "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {z: 3, <<: [*a, *b], w: 3}\nd: {<<: {e: &e {x: 4}}, f: {<<: *e}}\n"
    )
    found = read(text, "a.yaml").data
    assert found["c"] == {"x": 1, "y": 1, "z": 3, "w": 3}
    assert list(found["c"]) == ["x", "y", "z", "w"]
    assert found["d"] == {"e": {"x": 4}, "f": {"x": 4}}
    assert found["a"] == {"x": 1, "y": 1}


@pytest.mark.parametrize("text", ["a: {'<<': {x: 1}}", 'a: {"<<": {x: 1}}', '{"a": {"<<": {"x": 1}}}'])
def test_two_angles_in_quotes_are_a_key(text: str) -> None:
    assert read(text, "a.yaml").data == {"a": {"<<": {"x": 1}}}


def test_a_value_knows_its_line() -> None:
    document = read("a: 1\nb:\n  - c: 2\n  - d: 3\n", "a.yaml", first_line=10)
    assert document.line("/b/1/d") == 13
    assert document.line("/b/1/d/nothing") == 13
    assert document.line("") == 10


def test_a_pointer_escapes_its_keys() -> None:
    assert pointer("paths", "/a~b", 0) == "/paths/~1a~0b/0"


def test_a_tab_that_indents_is_called_by_its_name() -> None:
    with pytest.raises(BadInput, match=r"a.yaml:2: .*a tab indents this line"):
        read("info:\n\ttitle: Pets\n", "a.yaml")


def test_half_a_character_is_refused_with_its_line_and_a_whole_one_is_read() -> None:
    with pytest.raises(BadInput, match=r"a.json:2: .*half of a character"):
        read('{"info":\n {"title": "\\ud800"}}', "a.json")
    assert read('{"title": "\\ud83d\\ude00"}', "a.json").data == {"title": "\U0001f600"}


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1.5E+999", "123456789e9999"])
def test_a_number_that_no_float_holds_is_text_in_json_and_in_yaml(number: str) -> None:
    assert read(f'{{"maximum": {number}}}', "a.json").data == {"maximum": number}
    assert read(f"maximum: {number}\n", "a.yaml").data == {"maximum": number}
    assert read(write({"maximum": number}), "a.yaml").data == {"maximum": number}


def test_bytes_in_yaml_are_text_and_marked_only_for_who_asks() -> None:
    found = read("a: !!binary aGk=\n", "a.yaml").data["a"]
    assert (found, type(found)) == ("aGk=", str)
    assert isinstance(read("a: !!binary aGk=\n", "a.yaml", tells_bytes=True).data["a"], Base64)
