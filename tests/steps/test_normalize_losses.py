"""Is what cannot be kept, or is no description at all, told at its place?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from normalized import outcome

from scripts.documents import read, write
from scripts.problems import BadInput, Problem

LOST = [
    ("not", "{type: object, not: {required: [a]}}"),
    ("if", "{type: object, if: {required: [a]}, then: {required: [b]}}"),
    ("patternProperties", "{type: object, patternProperties: {'^x-': {type: string}}}"),
    ("prefixItems", "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 1}"),
    ("items", "{type: array, items: [{type: string}, {type: integer}], minItems: 1}"),
    ("enum", "{type: number, enum: [0.5, 1.5]}"),
    ("enum", "{enum: [{a: 1}]}"),
    ("const", "{const: 0.5}"),
    ("pattern", "{type: string, pattern: '^\\p{L}+$'}"),
    ("dependentRequired", "{type: object, dependentRequired: {a: [b]}}"),
    ("propertyNames", "{type: object, propertyNames: {pattern: '^x'}}"),
]


def lossy(text: str, **more: str) -> str:
    parts = {name: read(content, name).data for name, content in {"A": text, **more}.items()}
    info = {"title": "t", "version": "1"}
    return write({"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": parts}})


@pytest.mark.parametrize(("keyword", "text"), LOST)
def test_a_keyword_that_is_lost_is_one_settled_problem_at_its_place(tmp_path: Path, keyword: str, text: str) -> None:
    document = lossy(text)
    [problem] = outcome(tmp_path, document)[1]
    assert problem.line is not None
    assert document.splitlines()[problem.line - 1].strip().startswith(f"{keyword}:")
    assert f"target: $.components.schemas.A.{keyword}, remove: true" in problem.fix
    assert problem.settled


@pytest.mark.parametrize(
    "text",
    [
        "{type: object, patternProperties: {'.*': {type: string}}}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], items: false}",
        "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2}",
        "{type: array, prefixItems: [{type: string}, {type: string}], minItems: 1}",
        "{type: object, additionalProperties: {type: string}, propertyNames: {type: string}}",
        "{type: string, enum: [a, null], pattern: '^a$'}",
        "{type: object, unevaluatedProperties: false, properties: {not: {type: string}, if: {const: a}}}",
        "{type: object, unevaluatedProperties: {type: string}}",
        "{type: array, unevaluatedItems: {type: string}}",
        "{type: object, example: {not: 1}, default: {if: 1}}",
    ],
)
def test_what_is_not_lost_is_no_problem(tmp_path: Path, text: str) -> None:
    assert outcome(tmp_path, lossy(text))[1] == ()


def test_what_is_lost_in_many_places_is_told_a_few_times_and_counted(tmp_path: Path) -> None:
    twice = "{type: object, properties: {a: {not: {type: string}}, b: {not: {type: string}}}}"
    problems = outcome(tmp_path, lossy(twice, **{f"B{number}": twice for number in range(39)}))[1]
    assert len(problems) == 11
    assert problems[0].what == "`not` cannot be expressed here, and so in 1 more place of the same part."
    assert problems[-1].what == "`not` cannot be expressed in 60 more places; the first is here."


def test_what_is_settled_alike_in_many_places_is_told_a_few_times_and_counted(tmp_path: Path) -> None:
    odd = {"parameters": [{"name": "q", "in": "nowhere"}], "responses": {}}
    document = {"openapi": "3.1.0", "info": {}, "paths": {f"/{number}": {"get": odd} for number in range(40)}}
    problems = outcome(tmp_path, write(document))[1]
    assert len(problems) == 11
    assert problems[-1].what == f"{problems[0].what} So it is in 30 more places; the first is here."
    assert "$.paths['/10'].get" in problems[-1].fix


def test_content_without_a_media_type_is_json(tmp_path: Path) -> None:
    body = {"content": {"": {"schema": {"type": "integer"}}}}
    paths = {"/a": {"post": {"requestBody": body, "responses": {}}}}
    document, [problem] = outcome(tmp_path, write({"openapi": "3.1.0", "info": {}, "paths": paths}))
    content = document["paths"]["/a"]["post"]["requestBody"]["content"]
    assert content == {"application/json": {"schema": {"type": "integer"}}}
    assert "$.paths['/a'].post.requestBody.content['']" in problem.fix


def test_what_is_lost_in_a_shared_parameter_is_told_once(tmp_path: Path) -> None:
    shared = {"name": "q", "in": "query", "schema": {"type": "string", "pattern": "("}}
    use = {"parameters": [{"$ref": "#/components/parameters/Q"}], "responses": {}}
    paths = {f"/{number}": {"get": use} for number in range(5)}
    document = {"openapi": "3.1.0", "info": {}, "paths": paths, "components": {"parameters": {"Q": shared}}}
    [problem] = outcome(tmp_path, write(document))[1]
    assert "$.components.parameters.Q.schema.pattern" in problem.fix


def test_what_is_lost_in_a_parameter_of_swagger_2_is_told(tmp_path: Path) -> None:
    rate = {"name": "rate", "in": "query", "type": "number", "enum": [0.5]}
    paths = {"/a": {"get": {"parameters": [rate], "responses": {}}}}
    [problem] = outcome(tmp_path, write({"swagger": "2.0", "info": {}, "paths": paths}))[1]
    assert "$.paths['/a'].get.parameters[0].enum" in problem.fix


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("{x-source: 'spec/pages/a.txt:70', properties: {p: {not: {}}}}", "properties.p.not"),
        ("{x-source: 'spec/pages/a.txt:70', properties: {p: {$ref: '#/nowhere'}}}", "properties.p"),
        ("{x-source: 'spec/pages/a.txt:70', type: object, properties: {p: {type: odd}}}", "properties.p"),
        ("{x-source: 'spec/pages/a.txt:70', properties: {p: {}}, required: [q]}", "required"),
    ],
)
def test_a_problem_of_the_merged_document_points_to_the_page(tmp_path: Path, text: str, target: str) -> None:
    [problem] = outcome(tmp_path, lossy(text))[1]
    assert (problem.where, problem.line) == ("spec/pages/a.txt", 70)
    assert f"add an action to spec/overlay.yaml: target: $.components.schemas.A.{target}, " in problem.fix


def test_the_nearest_source_of_a_place_is_told(tmp_path: Path) -> None:
    operation = {"x-source": "spec/pages/b.txt:2", "parameters": [{"$ref": "#/nowhere"}], "responses": {}}
    document = {"openapi": "3.1.0", "info": {}, "x-source": "spec/pages/a.txt:1", "paths": {"/a": {"get": operation}}}
    [problem] = outcome(tmp_path, write(document))[1]
    assert (problem.where, problem.line) == ("spec/pages/b.txt", 2)


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ("asyncapi: 3.0.0\ninfo: {}", "an AsyncAPI document"),
        ('{"info": {"schema": "…"}, "item": []}', "a Postman collection"),
        ('{"log": {"version": "1.2"}}', "a HAR recording"),
        ("$schema: https://json-schema.org/draft/2020-12/schema", "a JSON Schema"),
    ],
)
def test_a_document_of_another_kind_is_refused_by_its_name(tmp_path: Path, document: str, kind: str) -> None:
    with pytest.raises(BadInput, match=f"This is {kind} and not"):
        outcome(tmp_path, document)


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("info", None, "`info` is nothing, not a mapping here."),
        ("servers", {"url": "https://a.test"}, "`servers` is a mapping, not a list here."),
        ("components/schemas", ["Pet"], "`schemas` is a list, not a mapping here."),
        ("paths/~1pets/get", None, "Nothing describes the operation GET."),
        ("paths/~1pets/get", ["a"], "A mapping is expected here, not list."),
        ("paths/~1pets", None, "Nothing describes the operations of this path."),
        ("paths/~1pets/get/tags", "pets", "`tags` is text, not a list here."),
        ("paths/~1pets/get/operationId", 5, "`operationId` is a number, not text here."),
        ("paths/~1pets/get/parameters", {"name": "all"}, "`parameters` is a mapping, not a list here."),
        ("paths/~1pets/get/parameters/0/required", "yes", "`required` is text, not true or false here."),
        ("paths/~1pets/get/parameters/0/schema", "string", "`schema` is text, not a mapping here."),
        ("paths/~1pets/get/parameters/0/name", " ", "HTTP allows no header of the name ''."),
        ("paths/~1pets/get/responses", ["ok"], "A mapping is expected here, not list."),
        ("paths/~1pets/get/responses/200/content/application~1json/schema", None,
         "`schema` is nothing, not a mapping here."),
        ("components/schemas/Pet/properties", ["name"], "`properties` is a list, not a mapping here."),
        ("components/schemas/Pet/properties/name", "string", "`name` is text, not a mapping here."),
        ("components/schemas/Pet/required", "name", "`required` is text, not a list here."),
        ("components/schemas/Pet/additionalProperties", "string",
         "`additionalProperties` is text, not a mapping or true or false here."),
        ("components/schemas/Pet/allOf", {"type": "object"}, "`allOf` is a mapping, not a list here."),
        ("components/schemas/Pet/properties/name/minLength", "long", "`minLength` is text, not a number here."),
        ("components/schemas/Pet/properties/name/maxLength", True, "`maxLength` is true or false, not a number here."),
        ("components/schemas/Pet/properties/name/$ref", 5,
         "The reference '5' cannot be followed: a reference is text that is not empty."),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_told_and_costs_no_more_than_its_place(
    tmp_path: Path, place: str, value: Any, told: str
) -> None:
    document: Any = {
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "paths": {"/ok": {"get": {"responses": {"200": {"description": "ok"}}}}, "/pets": {"get": {
            "parameters": [{"name": "all", "in": "header", "schema": {"type": "string"}}],
            "responses": {"200": {"description": "ok", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Pet"}}}}}}}},
        "components": {"schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}}},
    }  # fmt: skip
    node = document
    *way, last = [step.replace("~1", "/") for step in place.split("/")]
    for step in way:
        node = node[int(step) if isinstance(node, list) else step]
    node[int(last) if isinstance(node, list) else last] = value
    made, problems = outcome(tmp_path, write(document))
    assert told in [problem.what for problem in problems]
    assert all(problem.line and problem.settled and "overlay" in problem.fix for problem in problems)
    assert "/ok" in made["paths"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1), ("[1]", 1), ("hello", 1), ("<html><body>no</body></html>", 1), ("info: {}", 1),
        ("{\"swaggerVersion\": \"1.2\"}", 1), ("info: {}\nopenapi: 4.0.0\npaths: {}", 2),
        ("openapi: 3.1.0\npaths: []", 2),
    ],
)  # fmt: skip
def test_what_is_no_description_is_refused_with_its_line(tmp_path: Path, text: str, line: int | None) -> None:
    with pytest.raises(BadInput) as caught:
        outcome(tmp_path, text)
    (problem,) = caught.value.problems
    assert (problem.where, problem.line, problem.settled) == ("spec/merged.yaml", line, None)


def test_a_credential_under_a_name_that_no_header_has_is_told_at_its_place(tmp_path: Path) -> None:
    text = "\n".join([
        "openapi: 3.0.3", "info: {}", "paths: {/a: {get: {responses: {}, security: [{key: []}, {good: []}]}}}",
        "components:", "  securitySchemes:", "    good: {type: apiKey, in: header, name: ' X-Key '}",
        "    key: {type: apiKey, in: header, name: API Key}"])  # fmt: skip
    made, problems = outcome(tmp_path, text)
    assert "'API Key'" in problems[0].what
    assert problems[0].line == 7
    assert made["components"]["securitySchemes"] == {"good": {"type": "apiKey", "name": "X-Key", "in": "header"}}
    assert made["paths"]["/a"]["get"]["security"] == [{"good": []}]


def test_a_problem_is_one_line_whatever_it_tells_of() -> None:
    assert str(Problem("a.yaml", "There is no 'x\ny\x1b[2J'.", "Remove it.", 3)) == (
        "a.yaml:3: There is no 'x\\ny\\x1b[2J'. Remove it."
    )


@pytest.mark.parametrize("name", ["5", "{a: b}", "null"])
def test_a_discriminator_that_names_no_property_is_told_and_left_out(tmp_path: Path, name: str) -> None:
    base = f"{{type: object, discriminator: {{propertyName: {name}, mapping: {{b: B}}}}, properties: {{kind: {{}}}}}}"
    made, problems = outcome(tmp_path, lossy(base, B="{allOf: [{$ref: '#/components/schemas/A'}]}"))
    assert "discriminator" not in made["components"]["schemas"]["A"]
    assert [problem.what for problem in problems] == ["The discriminator names no property."]


REQUESTS = """
openapi: 3.2.0
info: {{title: t, version: '1'}}
paths:
  /a:
    post:
      parameters:
        - {{name: q, in: querystring, content: {{{query}: {{schema: {{properties: {{a: {{type: string}}}}}}}}}}}}
      requestBody: {{content: {{multipart/form-data: {{
        schema: {{type: object, properties: {{f: {{type: string}}}}}}, encoding: {{f: {encoding}}}}}}}}}
      responses: {{'204': {{description: ok}}}}
"""


@pytest.mark.parametrize(
    ("query", "encoding", "told"),
    [
        ("application/x-www-form-urlencoded", "{contentType: text/plain}", []),
        ("application/json", "{contentType: text/plain}", ["The whole query string is one value here"]),
        ("application/x-www-form-urlencoded", "{headers: {X-A: {schema: {type: string}}}}", ["`headers` cannot be"]),
    ],
)
def test_what_a_request_cannot_carry_is_told(tmp_path: Path, query: str, encoding: str, told: list[str]) -> None:
    document, problems = outcome(tmp_path, REQUESTS.format(query=query, encoding=encoding))
    assert [problem.what.startswith(start) for problem, start in zip(problems, told, strict=True)] == [True] * len(told)
    assert [one["name"] for one in document["paths"]["/a"]["post"]["parameters"]] == ["a"]


def test_a_body_that_may_be_null_is_an_object_where_it_needs_no_member(tmp_path: Path) -> None:
    def sent(schema: str) -> tuple[str, list[str]]:
        body = f"{{content: {{application/json: {{schema: {schema}}}}}}}"
        document, problems = outcome(
            tmp_path,
            f"""
openapi: 3.0.3
info: {{title: t, version: '1'}}
paths: {{/pets: {{patch: {{operationId: changePet, requestBody: {body}, responses: {{}}}}}}}}
""",
        )
        found = document["paths"]["/pets"]["patch"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        kind = document["components"]["schemas"][found.rpartition("/")[2]].get("type", "union")
        return kind, [problem.what for problem in problems]

    empty = "{type: object, nullable: true, properties: {name: {type: string}}}"
    assert sent(empty) == ("object", ["The body may be null."])
    needing = "{type: object, nullable: true, required: [name], properties: {name: {type: string}}}"
    assert sent(needing) == ("union", [])


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"in": "query"}, "A parameter has no name."),
        ({"name": "q"}, "The parameter 'q' has no place that there is: none is said."),
        ({"name": "q", "in": "uri"}, "The parameter 'q' has no place that there is: 'uri' is none."),
    ],
)
def test_what_a_parameter_lacks_is_told(tmp_path: Path, said: dict[str, str], what: str) -> None:
    paths = {"/a": {"get": {"parameters": [said], "responses": {}}}}
    found = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}
    document, problems = outcome(tmp_path, write(found))
    assert "parameters" not in document["paths"]["/a"]["get"]
    assert [problem.what for problem in problems] == [what]
