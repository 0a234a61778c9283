"""Does the reader of rendered pages give back every field table, and survive every page?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts import documents
from scripts.extract import markdown, rendered
from scripts.extract.fragment import Notes, files

GOOD = Path(__file__).parent.parent / "pages/good"

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-$@é名"
WORDS = [
    "required",
    "deprecated",
    "string",
    "object",
    "Body",
    "Response",
    "Previous",
    "Copy",
    "200",
    "default",
    "Headers",
]
names = st.one_of(st.text(PLAIN, min_size=1, max_size=12), st.sampled_from(WORDS))
prose = st.lists(
    st.sampled_from(["The name of it.", "At most 5 (default: 3), or required.", "POST is used."]), max_size=2
)
options = st.lists(st.text(PLAIN + "/ ", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=4)

Row = tuple[str, dict[str, Any], list[str]]
"""A field's name, its schema, and its lines after the name."""


@st.composite
def typed(draw: Any) -> tuple[str, dict[str, Any], list[str]]:
    """The word of a type, its schema, and the labelled lines that belong to it."""
    kind = draw(st.sampled_from(["string", "integer", "number", "boolean", "enum", "object", "unknown", "date"]))
    word = kind
    schema: dict[str, Any] = {"type": kind}
    labels: list[str] = []
    if kind == "string" and draw(st.booleans()):
        low, high = sorted(draw(st.tuples(st.integers(0, 99), st.integers(0, 99))))
        schema |= {"minLength": low, "maxLength": high, "pattern": r"^\d+_[a-z]*$"}
        labels += [f"Required string length: {low} - {high}", r"Pattern: ^\d+_[a-z]*$"]
    elif kind in ("integer", "number") and draw(st.booleans()):
        low, high = draw(st.integers()), draw(st.floats(allow_nan=False, allow_infinity=False))
        schema |= {"minimum": low, "exclusiveMaximum": int(high) if kind == "integer" else high}
        labels.append(f"Required range: {low} <= x < {schema['exclusiveMaximum']}")
    elif kind == "enum":
        values = list(dict.fromkeys(draw(options)))
        word, schema = "enum<string>", {"type": "string", "enum": values}
        labels += ["Available options:", *(f"{value}," for value in values[:-1]), values[-1]]
    elif kind == "unknown":
        schema = {}
    elif kind == "date":
        word, schema = "string<date-time>", {"type": "string", "format": "date-time"}
    return word, schema, labels


@st.composite
def rows(draw: Any) -> Row:
    """A field as a page shows it."""
    word, schema, labels = draw(typed())
    if draw(st.booleans()):
        word, schema = f"{word}[]", {"type": "array", "items": schema}
        if draw(st.booleans()):
            labels.append("Required array length: 1 - 10 elements")
            schema |= {"minItems": 1, "maxItems": 10}
    elif schema and draw(st.booleans()):
        word, schema = f"{word} | null", {"anyOf": [schema, {"type": "null"}]}
    flags = draw(st.lists(st.sampled_from(["required", "deprecated", "read-only"]), unique=True))
    schema |= {"deprecated": True} if "deprecated" in flags else {}
    schema |= {"readOnly": True} if "read-only" in flags else {}
    if word == "boolean" and draw(st.booleans()):
        flags.append("default:true")
        schema["default"] = True
    text = draw(prose)
    if text:
        schema["description"] = "\n".join(text)
    lines = ["".join(flags)] if flags and draw(st.booleans()) else flags
    return draw(names), schema | {"required": "required" in flags}, [word, *lines, "", *text, "", *labels]


def body_of(page: str) -> dict[str, Any]:
    notes = Notes("page")
    fragment = rendered.read("page", 1, page, notes)
    assert fragment
    document = documents.read(fragment.text(), "fragment").data["document"]
    body: dict[str, Any] = document["paths"]["/x"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return body


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rows(), min_size=1, max_size=6, unique_by=lambda row: row[0]), st.booleans())
def test_a_rendered_field_table_is_read_back_as_it_was(table: list[Row], loose: bool) -> None:
    lines = [line for name, _, rest in table for line in (name, *rest, "")]
    text = "\n".join(lines) if loose else "\n".join(line for line in lines if line)
    body = body_of(f"POST\n/\nx\nTitle\nBody\napplication/json\n{text}\nResponse\n200 - application/json\n")
    expected = {name: {key: value for key, value in schema.items() if key != "required"} for name, schema, _ in table}
    assert body["properties"] == expected
    assert body.get("required", []) == [name for name, schema, _ in table if schema["required"]]


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_page_breaks_the_reader_and_every_fragment_can_be_read_back(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(sorted(GOOD.iterdir()))).read_text(encoding="utf-8")
    lines = page.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["cut", "drop", "glue", "double", "text", "move"]))
        if kind == "cut":
            lines = lines[: at + 1]
        elif kind == "drop":
            del lines[at : at + 3]
        elif kind == "glue":
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
        elif kind == "double":
            lines[at:at] = lines[max(0, at - 10) : at + 10]
        elif kind == "move":
            lines = lines[at:] + lines[:at]
        else:
            lines.insert(at, data.draw(st.text(max_size=40)))
        lines = lines or [""]
    text = "\n".join(lines)
    notes = Notes("spec/pages/a.txt")
    blocks = markdown.blocks(text)
    one = None if blocks else rendered.read("spec/pages/a.txt", 1, text, notes)
    found = markdown.read("spec/pages/a.txt", 1, blocks, text, notes) if blocks else [one] if one else []
    assert found or notes.problems
    written = files(found)
    for fragment, content in zip(found, written.values(), strict=True):
        data_back = documents.read(content, "fragment").data
        assert data_back["document"] == fragment.document
        assert data_back["samples"] == fragment.samples
        assert all(1 <= line <= len(lines) for line in data_back["lines"].values())
