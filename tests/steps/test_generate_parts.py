"""Text of a document never becomes code, and types are printed as they are meant."""

from __future__ import annotations

import ast
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scripts.generate import method_docs, package
from scripts.generate.annotations import argument_hint, hint, literal
from scripts.generate.module_names import module_name
from scripts.generate.plan import REF, Answer, references
from scripts.generate.prose import cell, clean, constraints, docstring, entry, paragraphs

ANY_TEXT = st.text(max_size=200) | st.text("\"'\\\n\r{}%#\x0c\u2028\0", max_size=40)


@example('"""')
@example('\\"""')
@example('say "x"')
@given(ANY_TEXT)
def test_any_text_as_a_docstring_is_one_constant(text: str) -> None:
    lines = ["Summary.", *paragraphs(text, 80), f"`GET /{text}`"]
    code = f"def f():\n    {docstring(lines, 4)}\n    return 1\n"
    body = ast.parse(code).body[0].body  # type: ignore[attr-defined]
    assert len(body) == 2
    assert isinstance(body[0].value, ast.Constant)


@example('"""')
@example('a \\"')
@given(ANY_TEXT)
def test_any_text_on_one_line_is_one_constant(text: str) -> None:
    (line, *_) = paragraphs(text, 80) or [""]
    (statement,) = ast.parse(docstring([line], 0) or "''").body
    assert ast.literal_eval(statement.value).strip() == line.strip()  # type: ignore[attr-defined]


def test_quotes_are_written_as_they_are_where_they_end_nothing() -> None:
    assert docstring(['See "this"', 'and "that"'], 0) == '"""See "this"\nand "that"\n"""'
    assert docstring(['See "this"'], 0) == '"""See "this\\""""'


@given(ANY_TEXT)
def test_no_text_keeps_a_character_that_ends_a_line_or_steers_a_terminal(text: str) -> None:
    assert all(char == "\n" or char.isprintable() for char in clean(text))


@example("a|b")
@example("a` | `b")
@given(ANY_TEXT)
def test_any_text_in_a_cell_of_a_table_is_one_cell_of_code(text: str) -> None:
    said = cell(text)
    assert said.isprintable()
    assert (said[0], said[-1], said.count("`")) == ("`", "`", 2)
    assert said.count("|") == said.count("\\|")


@given(st.text() | st.integers() | st.booleans())
def test_a_constant_as_code_is_the_same_constant(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value
    assert "\n" not in literal(value)


@given(st.text("ab .\n-*1", max_size=300))
def test_an_entry_keeps_every_word(text: str) -> None:
    words = " ".join(entry("name", text, 8)).split()
    said = clean(text).split()
    assert words == ["name:" if said else "name", *said]


@pytest.mark.parametrize(
    ("engine", "ours"),
    [
        ("str | None | str", "str | None"),
        ("None | str", "str | None"),
        ("list", "list[Any]"),
        ("list[None | Literal['a', 'b']]", 'list[Literal["a", "b"] | None]'),
        ("Any | None", "Any"),
        ("dict[str, list]", "dict[str, list[Any]]"),
        ('Literal["it\'s", \'say "x"\', 1, True]', 'Literal["it\'s", \'say "x"\', 1, True]'),
    ],
)
def test_an_engine_s_type_is_printed_in_one_form(engine: str, ours: str) -> None:
    assert hint(engine) == ours


@pytest.mark.parametrize(
    ("field", "argument"),
    [
        ("list[str]", "list[str]"),
        ("list[int] | None", "Sequence[int] | None"),
        ("list[Pet | PetDict]", "Sequence[Pet | PetDict]"),
        ("dict[str, list[int]]", "Mapping[str, Sequence[int]]"),
    ],
)
def test_an_argument_takes_any_sequence_but_no_text_for_a_list_of_text(field: str, argument: str) -> None:
    assert argument_hint(field) == argument


def test_the_members_of_a_union_that_an_argument_takes_may_be_hundreds() -> None:
    members = [f"list[M{number}]" for number in range(900)]
    assert argument_hint(" | ".join(members)) == " | ".join(members).replace("list[", "Sequence[")
    models = " | ".join(f"M{number}" for number in range(900))
    assert argument_hint(f"list[{models}]") == f"Sequence[{models}]"


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("PhoneAgent", "phone_agent"),
        ("HTTPError", "http_error"),
        ("X509Cert", "x509_cert"),
        ("Class", "class_"),
        ("A", "a"),
    ],
)
def test_the_module_of_a_model_can_be_guessed(name: str, module: str) -> None:
    assert module_name(name) == module


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"deprecated": True}, ("Deprecated by the API.",)),
        ({"deprecated": True, "description": "Old."}, ("Deprecated by the API.",)),
        ({"deprecated": True, "description": "**Deprecated**: use `b`."}, ()),
        ({"type": "array", "prefixItems": [{}], "minItems": 1, "maxItems": 1}, ()),
        ({"type": "array", "minItems": 1}, ("At least 1 item.",)),
    ],
)
def test_what_the_text_or_the_type_says_is_not_told_again(schema: dict[str, Any], told: tuple[str, ...]) -> None:
    assert constraints(schema) == told


def test_a_property_may_be_called_as_a_keyword_is() -> None:
    cat, dog = {"$ref": f"{REF}Cat"}, {"$ref": f"{REF}Dog"}
    named = {"properties": {"default": cat, "enum": {"items": dog}}, "default": {"$ref": f"{REF}Cow"}}
    assert references(named) == ["Cat", "Dog"]


def test_constraints_are_told_in_words() -> None:
    schema = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 9}, {"type": "null"}], "default": 3}
    assert constraints(schema) == ("At least 1, at most 9.", "The API's default is `3`.")


def test_a_first_program_calls_what_stands_near_the_client_and_says_what_it_needs() -> None:
    def method(verb: str, said: str, vague: bool = False) -> SimpleNamespace:
        operation = SimpleNamespace(id=said, verb=verb, arguments=(), body_optional=vague)
        return SimpleNamespace(operation=operation, deprecated=False, result="Pet")

    calls = (("GET", "cages.doors.list"), ("GET", "pets.list"), ("POST", "cages.doors.create"))
    methods = [*(method(*call) for call in calls), method("POST", "pets.create", vague=True)]
    api = SimpleNamespace(every_resource=[SimpleNamespace(methods=methods)])
    assert list(package._examples(api)) == ["pets.list()", "cages.doors.create()"]  # type: ignore[arg-type]


def test_a_list_in_what_the_document_says_of_an_error_stays_one() -> None:
    said = Answer("400", "application/json", None, "Not valid.\n\n* `a`: this\n* `b`: that\n")
    assert entry("BadRequestError", method_docs._failure(said, "Its `model` is `Error`."), 12) == [
        "BadRequestError: 400, Not valid.", "", "    * `a`: this", "    * `b`: that", "", "    Its `model` is `Error`.",
    ]  # fmt: skip
    plain = Answer("400", "application/json", None, "Not\nvalid.")
    assert method_docs._failure(plain, "Its `model` is `Error`.") == "400, Not valid. Its `model` is `Error`."
