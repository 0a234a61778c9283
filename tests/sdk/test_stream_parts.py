"""Streams in pieces: whatever the pieces are, the events and values are the same."""

from __future__ import annotations

import json
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from petshop._runtime.errors import IncompleteError, ResponseTooLargeError
from petshop._runtime.jsonlines import ValueParser
from petshop._runtime.sse import EventParser, RawEvent

MOST = 1 << 20


def events(*pieces: bytes, most: int = MOST) -> list[RawEvent]:
    parser = EventParser(most)
    found = [event for piece in pieces for event in parser.feed(piece)]
    return [*found, *parser.end()]


def values(*pieces: bytes, sequence: bool = False, most: int = MOST) -> list[bytes]:
    parser = ValueParser(most, sequence)
    found = [text for piece in pieces for text in parser.feed(piece)]
    rest = parser.end()
    return [text.strip() for text in found] + ([rest] if rest else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"data: a\n\n", [(b"a", "message", None)]),
        (b"data:a\n\n", [(b"a", "message", None)]),
        (b"data:  a \n\n", [(b" a ", "message", None)]),
        (b"data: a\ndata: b\n\n", [(b"a\nb", "message", None)]),
        (b"data\n\n", [(b"", "message", None)]),
        (b"data: a: b\n\n", [(b"a: b", "message", None)]),
        (b"event: add\nid: 7\ndata: a\n\n", [(b"a", "add", "7")]),
        (b"event:\ndata: a\n\n", [(b"a", "message", None)]),
        (b": a comment\n\n:\n\ndata: a\n\n", [(b"a", "message", None)]),
        (b"event: ping\n\n", []),
        (b"id: 1\n\ndata: a\n\n", [(b"a", "message", None)]),
        (b"id: a\0b\ndata: a\n\n", [(b"a", "message", None)]),
        (b"unknown: x\n data: no\nDATA: no\ndata: a\n\n", [(b"a", "message", None)]),
        (b"\n\n\n\ndata: a\n\n\n\n\ndata: b\n\n", [(b"a", "message", None), (b"b", "message", None)]),
        (b"\xef\xbb\xbfdata: a\n\n", [(b"a", "message", None)]),
        (b"data: \xef\xbb\xbfa\n\n", [(b"\xef\xbb\xbfa", "message", None)]),
        (b"data: a\r\rdata: b\r\r", [(b"a", "message", None), (b"b", "message", None)]),
        (b"data: a\r\n\r\ndata: b\n\r\n", [(b"a", "message", None), (b"b", "message", None)]),
        (b"data: a\n", [(b"a", "message", None)]),
        (b'data: {"a": 1}', [(b'{"a": 1}', "message", None)]),
        (b"data: [DONE]", [(b"[DONE]", "message", None)]),
        (b": going", []),
        (b"", []),
        (b"\xef\xbb", IncompleteError),
        (b"data: a", IncompleteError),
        (b'data: {"a": ', IncompleteError),
        (b"data: a\n\nda", IncompleteError),
    ],
)
def test_the_grammar_of_events_is_known_in_full(text: bytes, expected: list[RawEvent] | type[Exception]) -> None:
    for pieces in ([text], [text[i : i + 1] for i in range(len(text))], [text[:9], b"", text[9:]]):
        if isinstance(expected, list):
            assert events(*pieces) == expected
        else:
            with pytest.raises(expected):
                events(*pieces)


line = st.sampled_from(
    [b"data: x", b"data", b"data:", b"event: e", b"id: 1", b"id", b": c", b"retry: 5", b"z: 1", b"", b"", b""]
)
ends = st.sampled_from([b"\n", b"\r", b"\r\n"])


@given(st.lists(st.tuples(line, ends), max_size=12), st.lists(st.integers(0, 80), max_size=8))
def test_events_do_not_depend_on_where_the_pieces_are_cut(lines: list[tuple[bytes, bytes]], cuts: list[int]) -> None:
    text = b"".join(line + end for line, end in lines)
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[a:b] for a, b in pairwise(places)]
    assert events(*pieces) == events(text)


@given(st.lists(line, max_size=12), ends)
def test_lines_end_alike_in_all_three_ways(lines: list[bytes], end: bytes) -> None:
    assert events(*(line + end for line in lines)) == events(b"".join(line + b"\n" for line in lines))


def test_an_event_that_ends_in_a_bare_cr_is_not_waited_for() -> None:
    parser = EventParser(MOST)
    assert [event[0] for event in parser.feed(b"data: a\r\r")] == [b"a"]
    assert [event[0] for event in parser.feed(b"\ndata: b\r\n\r")] == [b"b"]
    assert [event[0] for event in parser.feed(b"\n")] == []


def test_an_event_over_the_limit_is_an_error_however_it_comes() -> None:
    with pytest.raises(ResponseTooLargeError):
        events(b"data: " + b"x" * 100 + b"\n\n", most=50)
    with pytest.raises(ResponseTooLargeError):
        events(b"data: ", *[b"x"] * 100, most=50)
    with pytest.raises(ResponseTooLargeError):
        values(b"1" * 100, most=50)
    assert len(events(*[b"data: x\n\n"] * 100, most=50)) == 100


def test_a_large_event_in_many_pieces_costs_no_more_than_its_size() -> None:
    started = time.perf_counter()
    [event] = events(b"data: ", *[b"x" * 1000] * 20_000, b"\n\n", most=1 << 30)
    assert len(event[0]) == 20_000_000
    assert len(values(b'"', *[b"x" * 1000] * 20_000, b'"\n', most=1 << 30)[0]) == 20_000_002
    assert time.perf_counter() - started < 60


def test_the_parser_knows_after_which_event_to_go_on() -> None:
    parser = EventParser(MOST)
    list(parser.feed(b"id: 1\ndata: a\n\ndata: b\n\n"))
    assert (parser.last_id, parser.unnamed) == ("1", 1)
    list(parser.feed(b"id: 2\nretry: 1500\n\n"))
    assert (parser.last_id, parser.unnamed, parser.retry) == ("2", 0, 1.5)
    list(parser.feed(b"retry: soon\nretry: 99999999999999999999\ndata: c\n\n"))
    assert (parser.unnamed, parser.retry) == (1, 1.5)


@given(st.lists(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=4), max_size=6), st.data())
def test_values_do_not_depend_on_where_the_pieces_are_cut(items: list[object], data: st.DataObject) -> None:
    text = b"".join(json.dumps(item).encode() + b"\n" for item in items)
    cut = data.draw(st.integers(0, len(text)))
    assert [json.loads(value) for value in values(text[:cut], text[cut:])] == items
    sequence = b"".join(b"\x1e" + json.dumps(item, indent=1).encode() + b"\n" for item in items)
    assert [json.loads(value) for value in values(sequence[:cut], sequence[cut:], sequence=True)] == items


def test_lines_may_be_empty_end_in_crlf_and_the_last_one_in_nothing() -> None:
    assert values(b'{"a": 1}\r\n\n  \r\n{"b": 2}') == [b'{"a": 1}', b'{"b": 2}']


def test_a_value_of_a_sequence_does_not_wait_for_the_next_one() -> None:
    parser = ValueParser(MOST, sequence=True)
    assert [text.strip() for text in parser.feed(b'\x1e{"a":\n 1}\n')] == [b'{"a":\n 1}']
    assert list(parser.feed(b'\x1e{"a":\n')) == []
    assert [text.strip() for text in parser.feed(b" 1}\n\x1e2\n")] == [b'{"a":\n 1}', b"2"]
