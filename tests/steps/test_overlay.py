"""Does an overlay do what it says, and complain about everything that it cannot do?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import documents, overlay
from scripts.json_text import MAX_DEPTH
from scripts.overlay import Applied

HEAD = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n"


def applied(data: Any, actions: str, contested: tuple[str, ...] = ()) -> Applied:
    return overlay.apply(data, documents.read(HEAD + actions, "spec/overlay.yaml"), contested)


def action(target: str, what: str) -> str:
    return f'actions:\n  - target: "{target}"\n    description: because\n    {what}\n'


def test_an_update_merges_objects_and_grows_lists() -> None:
    data = {"s": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}}
    result = applied(data, action("$.s", "update: {required: [b], properties: {a: {format: date}}, title: T}"))
    assert result.problems == ()
    assert result.data["s"] == {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"type": "string", "format": "date"}},
        "title": "T",
    }


def test_an_update_of_a_list_appends() -> None:
    assert applied({"tags": [{"name": "a"}]}, action("$.tags", "update: {name: b}")).data["tags"][1] == {"name": "b"}
    assert applied({"l": [1]}, action("$.l", "update: [2, 3]")).data == {"l": [1, 2, 3]}


def test_an_update_replaces_a_plain_value() -> None:
    assert applied({"info": {"title": "a"}}, action("$.info.title", "update: b")).data == {"info": {"title": "b"}}


def test_remove_takes_everything_that_matches() -> None:
    data = {"a": {"min": 1, "b": {"min": 2}}, "l": [{"x": 1}, {"y": 1}, {"x": 2}]}
    assert applied(data, action("$..min", "remove: true")).data["a"] == {"b": {}}
    assert applied(data, action("$.l[?@.x]", "remove: true")).data["l"] == [{"y": 1}]


def test_copy_takes_one_value_to_another_place() -> None:
    data = {"from": {"a": 1}, "to": {"b": 2}}
    result = applied(data, action("$.to", "copy: $.from"))
    assert result.data == {"from": {"a": 1}, "to": {"b": 2, "a": 1}}
    assert "2 values" in str(applied(data, action("$.to", "copy: $.*")).problems[0])


def test_the_given_document_stays_as_it_was() -> None:
    data = {"a": {"b": [1]}}
    applied(data, action("$.a.b", "update: 2"))
    assert data == {"a": {"b": [1]}}


def test_a_value_that_an_alias_repeats_is_corrected_in_one_place_only() -> None:
    data = documents.read("one: &a {type: string}\ntwo: *a\n", "x").data
    assert applied(data, action("$.one", "update: {type: integer}")).data == {
        "one": {"type": "integer"},
        "two": {"type": "string"},
    }


@pytest.mark.parametrize(
    ("actions", "line", "words"),
    [
        (action("$.nothing", "remove: true"), 4, "matches nothing"),
        (action("$.a[", "remove: true"), 4, "invalid JSONPath"),
        (action("a.b", "remove: true"), 4, "invalid JSONPath"),
        (action("", "remove: true"), 4, "invalid JSONPath"),
        (action("$.a | $.b", "remove: true"), 4, "invalid JSONPath"),
        (action("$.a", "update: {b: 1}"), 6, "changes nothing"),
        (action("$.a", "update: 1"), 6, "unlike thing"),
        (action("$.a.b", "update: {c: 1}"), 6, "unlike thing"),
        (action("$.a.b", "update: [1]"), 6, "a list in the place"),
        (action("$", "remove: true"), 4, "whole document"),
        ("actions:\n  - description: why\n    remove: true\n", 4, "no target"),
        ("actions:\n  - target: $.a\n    description: why\n", 4, "not clear"),
        (action("$.a", "remove: 'yes'"), 6, "neither true nor false"),
        ("actions: []\n", 3, "no actions"),
        ("actions:\n  - just text\n", 4, "no action"),
    ],
)
def test_an_action_that_cannot_be_applied_is_a_problem_with_its_line(actions: str, line: int, words: str) -> None:
    data = {"a": {"b": 1}}
    result = applied(data, actions)
    assert result.data == data
    [problem] = [problem for problem in result.problems if words in problem.what]
    assert (problem.where, problem.line, problem.settled) == ("spec/overlay.yaml", line, None)
    assert problem.fix


@pytest.mark.parametrize(
    ("actions", "line", "words"),
    [
        ("actions:\n  - target: $.a\n    remove: true\n", 4, "no description"),
        ("actions:\n  - target: $.a\n    description: ' '\n    remove: true\n", 5, "no description"),
        (action("$.a", "remove: true\n    udpate: {}"), 7, "'udpate'"),
    ],
)
def test_an_action_whose_effect_is_clear_is_applied_even_where_it_is_a_problem(
    actions: str, line: int, words: str
) -> None:
    result = applied({"a": 1, "b": 2}, actions)
    [problem] = result.problems
    assert (result.data, problem.line, problem.settled) == ({"b": 2}, line, None)
    assert words in problem.what


def test_problems_of_different_kinds_are_told_at_once() -> None:
    actions = """actions:
  - {target: $.x, description: why, remove: true}
  - {target: $.y, remove: true}
  - {target: '$[', description: why, remove: true}
  - {target: $.a, update: {new: {}}}
  - {target: $.a.new, description: why, remove: true}
  - {target: $.a, description: why}
"""
    problems = [(problem.line, problem.what) for problem in applied({"a": {}}, actions).problems]
    assert [line for line, _ in problems] == [4, 5, 5, 6, 7, 9]
    for (_, what), words in zip(
        problems, ("nothing", "no description", "nothing", "JSONPath", "no description", "not clear"), strict=True
    ):
        assert words in what


def test_all_problems_are_told_at_once() -> None:
    actions = "actions:\n" + "".join(
        f"  - {{target: {target}, description: why, remove: true}}\n" for target in ("$.x", "$.y", "'$['")
    )
    assert [problem.line for problem in applied({"a": 1}, actions).problems] == [4, 5, 6]


@pytest.mark.parametrize("text", ["[1]", "a: 1", "overlay: 2.0.0\ninfo: {title: a, version: b}\nactions: [{}]", "''"])
def test_a_file_that_is_no_overlay_is_a_problem(text: str) -> None:
    assert overlay.apply({}, documents.read(text, "spec/overlay.yaml")).problems


def test_an_action_may_confirm_what_stands_where_pages_disagree() -> None:
    result = applied({"a": {"b": 1}}, action("$.a", "update: {}"), ("/a",))
    assert not result.problems
    assert result.decided == {"/a"}
    assert applied({"a": {"b": 1}}, action("$.a", "update: {}"), ("/c",)).problems


@pytest.mark.parametrize(
    ("target", "what", "decided"),
    [
        ("$", "update: {a: {b: 2}}", {"/a/b"}),
        ("$", "update: {z: 2}", set()),
        ("$.a", "update: {c: 2}", set()),
        ("$.a", "remove: true", {"/a/b"}),
        ("$.ab", "remove: true", set()),
    ],
)
def test_only_an_action_that_speaks_of_a_contested_place_decides_it(target: str, what: str, decided: set[str]) -> None:
    result = applied({"a": {"b": 1}, "ab": 1}, action(target, what), ("/a/b",))
    assert not result.problems
    assert result.decided == decided


def test_a_deep_document_can_be_searched() -> None:
    data: Any = {"leaf": 1}
    for _ in range(MAX_DEPTH - 5):
        data = {"n": data}
    assert not applied(data, action("$..leaf", "update: 2")).problems


@given(
    st.lists(
        # python-jsonpath refuses control characters even where RFC 9535 allows them escaped
        st.one_of(st.text(st.characters(exclude_categories=("Cc", "Cs"))), st.integers(0, 3)),
        min_size=1,
        max_size=5,
    )
)
def test_a_query_selects_what_its_keys_lead_to(keys: list[str | int]) -> None:
    data: Any = "here"
    for key in reversed(keys):
        data = [None] * key + [data] if isinstance(key, int) else {key: data}
    assert [match.obj for match in overlay._paths().finditer(overlay.query(*keys), data)] == ["here"]


@given(st.text(max_size=30))
def test_no_target_whatever_breaks_the_run(target: str) -> None:
    text = documents.write(
        {
            "overlay": "1.0.0",
            "info": {"title": "T", "version": "1"},
            "actions": [{"target": "$" + target, "description": "why", "update": {"x": 1}}],
        }
    )
    overlay.apply({"a": {"b": [1, "two", None]}}, documents.read(text, "spec/overlay.yaml"))
