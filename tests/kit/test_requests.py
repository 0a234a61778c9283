"""Is a request read as the styles of its parameters write it, and held against what is documented?"""

from __future__ import annotations

from typing import Any

import pytest
from opencx.testing.asked import Asked, RequestChecker
from opencx.testing.calls import call_of
from opencx.testing.document import Document

COUNT_OR_WORD = {"anyOf": [{"type": "integer", "minimum": 2}, {"enum": ["all", "none"], "type": "string"}]}


PART = 'Content-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
FILE = 'Content-Disposition: form-data; name="{}"; filename="a.txt"\r\n\r\n{}\r\n'


def faults(parameter: dict[str, Any], query: str) -> list[str]:
    """What is wrong with a query, of an operation with this parameter."""
    operation = {"method": "GET", "path": "/things", "parameters": [{"in": "query", "name": "of", **parameter}]}
    document = Document({"servers": [""], "operations": {"a.b": operation}, "schemas": {}, "models": {}}, {})
    chosen, found = RequestChecker(document).chosen(Asked("GET", f"https://x.example/things?{query}", {}, b""))
    assert chosen is not None
    return [str(fault) for fault in found]


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        (COUNT_OR_WORD, ("of=3", "of=all"), ("of=1", "of=some")),
        ({"type": "array", "items": COUNT_OR_WORD}, ("of=3&of=all",), ("of=3&of=1",)),
        ({"enum": [1, 2]}, ("of=1",), ("of=3", "of=a")),
        ({"enum": ["1", "2"]}, ("of=1",), ("of=3",)),
        ({"type": ["string", "boolean"], "maxLength": 3}, ("of=true", "of=abc"), ("of=abcd",)),
        ({"type": "string"}, ("of=1", "of=null"), ()),
        ({"type": "number"}, ("of=1.5",), ("of=x", "of=")),
    ],
)
def test_text_is_read_as_what_the_schema_takes(
    schema: dict[str, Any], right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    assert [faults({"schema": schema}, query) for query in right] == [[]] * len(right)
    assert all(faults({"schema": schema}, query) for query in wrong)


def judged(operation: dict[str, Any], asked: Asked) -> list[str]:
    """What is wrong with a request for an operation at `/things/{id}`."""
    said = {"method": "POST", "path": "/things/{id}", **operation}
    document = Document({"servers": [""], "operations": {"a.b": said}, "schemas": {}, "models": {}}, {})
    chosen, found = RequestChecker(document).chosen(asked)
    assert chosen is not None
    return [str(fault) for fault in found]


@pytest.mark.parametrize(
    ("place", "name", "told"),
    [
        ("path", "id", 'path.id: expected integer, not "x"'),
        ("query", "size", 'query.size: expected integer, not "x"'),
        ("header", "X-Size", 'header.X-Size: expected integer, not "x"'),
        ("cookie", "size", 'cookie.size: expected integer, not "x"'),
    ],
)
def test_parameters_of_each_place_are_looked_into(place: str, name: str, told: str) -> None:
    parameter = {"in": place, "name": name, "required": True, "schema": {"type": "integer"}}
    for value, expected in (("x", [told]), ("3", [])):
        headers = {"x-size": value, "cookie": f"other=1; size={value}"}
        asked = Asked("POST", f"https://x.example/things/{value}?size={value}", headers, b"")
        assert judged({"parameters": [parameter]}, asked) == expected
    if place != "path":
        bare = Asked("POST", "https://x.example/things/3", {}, b"")
        assert judged({"parameters": [parameter]}, bare) == [f"{place}.{name}: missing, and documented as required"]


@pytest.mark.parametrize("media_type", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_form_must_have_the_members_that_are_documented_as_required(media_type: str) -> None:
    body = {"content": {media_type: {"required": ["name", "of"]}}, "required": True}
    text = f"--b\r\n{PART.format('name', 'Ada')}--b--\r\n" if "multipart" in media_type else "name=Ada"
    asked = Asked("POST", "https://x.example/things/1", {"content-type": f"{media_type}; boundary=b"}, text.encode())
    assert judged({"body": body}, asked) == ["$.of: missing, and documented as required"]


def test_the_fields_of_a_form_are_text_and_files_are_empty() -> None:
    text = "".join(f"--b\r\n{part}" for part in (PART.format("name", "Ada"), FILE.format("data", "secret")))
    headers = {"content-type": "multipart/form-data; boundary=b"}
    assert Asked("POST", "https://x.example/", headers, f"{text}--b--\r\n".encode()).fields == {
        "name": ["Ada"],
        "data": [""],
    }


def test_the_most_literal_path_is_meant() -> None:
    paths = ("/things/{id}", "/things/mine", "/{kind}/mine")
    said = {f"a.{number}": {"method": "GET", "path": path} for number, path in enumerate(paths)}
    document = Document({"servers": [""], "operations": said, "schemas": {}, "models": {}}, {})
    chosen, _ = RequestChecker(document).chosen(Asked("GET", "https://x.example/things/mine", {}, b""))
    assert chosen is document.operations["a.1"]


def test_a_listed_value_beside_another_one_tells_where_it_begins() -> None:
    name, end = ({"in": "path", "name": name, "schema": {"type": "string"}} for name in ("id", "end"))
    end["schema"] = {"type": "string", "enum": [".json", ".xml"]}
    said = {"method": "GET", "path": "/things/{id}{end}", "parameters": [name, end]}
    document = Document({"servers": [""], "operations": {"a.b": said}, "schemas": {}, "models": {}}, {})
    [(_, values)] = document.at("GET", "https://x.example/things/a.b.json")
    assert values == {"id": "a.b", "end": ".json"}


def test_a_credential_is_blanked_however_its_name_is_written() -> None:
    asked = Asked("GET", "https://x.example/things?api%20key=t0p&of=1", {}, b"")
    assert call_of(asked, "a.b", 1, (), frozenset({"api key"})).url.endswith("?api%20key=REDACTED&of=1")


@pytest.mark.parametrize(
    ("members", "text", "told"),
    [
        ({"of[id]": {"type": "string"}}, "of[id]=a", []),
        ({"of[id]": {"type": "string"}}, "of=a", ["$.of[id]: missing, and documented as required"]),
        ({"of": {"type": "array", "items": {"type": "string"}}}, "of[0]=a", []),
        ({"of": {"type": "object"}}, "", []),
    ],
)
def test_a_member_of_a_form_may_have_brackets_in_its_name_and_may_be_empty(
    members: dict[str, Any], text: str, told: list[str]
) -> None:
    schema = {"type": "object", "properties": members, "required": list(members)}
    body = {"content": {"application/x-www-form-urlencoded": schema}, "required": True}
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert judged({"body": body}, Asked("POST", "https://x.example/things/1", headers, text.encode())) == told
