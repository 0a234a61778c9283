"""Does each construct of the source dialects become its one canonical form?"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts import normalize
from scripts.documents import read, write
from scripts.problems import BadInput, Problem
from scripts.project import Api
from scripts.tree import Tree

API = Api("opencx", "OpenCX", "0.1.0")
PHONE = """
openapi: 3.1.0
info: {title: OpenCX API, version: 1.0-beta}
servers: [{url: 'https://api.open.cx'}]
security: [{bearerAuth: []}]
paths:
  /phone:
    post:
      operationId: createPhoneAgent
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/CreatePhoneAgentPublicDto'}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/PhoneAgentDto'}}}}
        '500': {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/ErrorDto'}}}}
    get:
      responses:
        2XX:
          description: ok
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/PhoneAgentDto'}}}}
  /phone/{phone_agent_id}:
    patch:
      parameters: [{name: phone_agent_id, in: path, required: true, schema: {type: string}}]
      requestBody:
        content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
      responses:
        2XX: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/PhoneAgentDto'}}}}
components:
  securitySchemes: {bearerAuth: {type: http, scheme: bearer, bearerFormat: JWT}}
  schemas:
    CreatePhoneAgentPublicDto:
      $schema: https://json-schema.org/draft/2020-12/schema
      $id: '#/components/schemas/CreatePhoneAgentPublicDtoInput'
      type: object
      required: [name]
      properties:
        name: {type: string}
        actionIds: {anyOf: [{type: array, items: {type: string}}, {type: 'null'}], description: Action IDs}
    PhoneAgentDto:
      type: object
      required: [id, flow]
      additionalProperties: false
      properties:
        id: {type: string}
        actionIds: {anyOf: [{type: array, items: {type: string}}, {type: 'null'}]}
        flow: {anyOf: [{}, {type: 'null'}]}
        background: {anyOf: [{type: string, enum: [office, bar]}, {type: 'null'}]}
        voice: {type: object, properties: {speed: {type: number}}}
    ErrorDto: {type: object, properties: {statusCode: {type: integer}}}
"""


def outcome(root: Path, text: str, **files: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    (root / "spec").mkdir(exist_ok=True)
    (root / "spec/merged.yaml").write_text(text)
    for name, content in files.items():
        (root / "spec" / f"{name}.yaml").write_text(content)
    made = normalize.run(Tree(root), API)
    return read(str(made.files["spec/openapi.yaml"]), "out").data, made.problems


def schemas(root: Path, text: str, version: str = "3.1.0") -> dict[str, Any]:
    found = {"openapi": version, "info": {"title": "t", "version": "1"}, "paths": {}}
    document = outcome(root, write({**found, "components": {"schemas": read(text, "x").data}}))[0]
    result: dict[str, Any] = document["components"]["schemas"]
    return result


def one(root: Path, text: str, version: str = "3.1.0") -> Any:
    return schemas(root, f"A: {text}", version)["A"]


def test_the_phone_document_keeps_its_keys_and_gets_one_for_each_inline_object(tmp_path: Path) -> None:
    document, problems = outcome(tmp_path, PHONE)
    assert list(document["components"]["schemas"]) == [
        "CreatePhoneAgentPublicDto",
        "PhoneAgentDto",
        "ErrorDto",
        "UpdatePhoneRequest",
        "PhoneAgentVoice",
    ]
    agent = document["components"]["schemas"]["PhoneAgentDto"]
    assert agent["properties"]["flow"] == {}
    assert agent["properties"]["background"] == {"type": ["string", "null"], "enum": ["office", "bar", None]}
    assert agent["properties"]["actionIds"] == {"type": ["array", "null"], "items": {"type": "string"}}
    assert agent["additionalProperties"] is False
    assert problems == ()


def test_the_canonical_document_is_valid_openapi_and_a_fixpoint(tmp_path: Path) -> None:
    document, _ = outcome(tmp_path, PHONE)
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert outcome(tmp_path, write(document))[0] == document


def test_every_operation_says_its_security(tmp_path: Path) -> None:
    paths = outcome(tmp_path, PHONE)[0]["paths"]
    assert [op["security"] for item in paths.values() for op in item.values()] == [[{"bearerAuth": []}]] * 3


@pytest.mark.parametrize(
    ("version", "given", "expected"),
    [
        ("3.0.3", "{type: string, nullable: true}", {"type": ["string", "null"]}),
        ("3.0.3", "{type: string, nullable: true, enum: [a]}", {"type": ["string", "null"], "enum": ["a", None]}),
        ("3.0.3", "{type: number, minimum: 0, exclusiveMinimum: true}", {"type": "number", "exclusiveMinimum": 0}),
        ("3.0.3", "{type: string, example: a}", {"type": "string", "examples": ["a"]}),
        ("3.1.0", "{const: cat}", {"type": "string", "enum": ["cat"]}),
        ("3.1.0", "{type: ['null']}", {"type": "null"}),
        ("3.1.0", "{type: [string]}", {"type": "string"}),
        ("3.1.0", "{type: [string, integer]}", {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        ("3.1.0", "{anyOf: [{}, {type: 'null'}]}", {}),
        ("3.0.3", "{anyOf: [{type: string}, {nullable: true}]}", {"type": ["string", "null"]}),
        ("3.0.3", "{oneOf: [{type: string}, {type: integer}, {nullable: true}]}",
         {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]}),
        ("3.1.0", "{oneOf: [{type: string}]}", {"type": "string"}),
        ("3.1.0", "{anyOf: [{type: string}, {anyOf: [{type: integer}, {type: string}]}]}",
         {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        ("3.1.0", "{prefixItems: [{type: string}], items: false}",
         {"type": "array", "items": {"type": "string"}, "maxItems": 1}),
        ("3.1.0", "{patternProperties: {a: {type: string}}}",
         {"type": "object", "additionalProperties": {"type": "string"}}),
        ("3.1.0", "{type: string, customTypePath: os.system, x-python-type: os, default_factory: os.system}",
         {"type": "string"}),
        ("3.1.0", "true", {}),
    ],
)  # fmt: skip
def test_a_schema_is_said_in_one_way(tmp_path: Path, version: str, given: str, expected: Any) -> None:
    assert one(tmp_path, given, version) == expected


@pytest.mark.parametrize(("given", "kept"), [("2027-01-31", "2027-01-31"), ("2027-01-31T00:00:00Z", "2027-01-31"),
                                             ("soon", None), ("[1]", None)])  # fmt: skip
def test_the_day_on_which_an_operation_ends_is_kept(tmp_path: Path, given: str, kept: str | None) -> None:
    text = f"""
openapi: 3.0.3
info: {{title: T, version: "1"}}
paths: {{/pets: {{get: {{deprecated: true, x-sunset: {given}, responses: {{"200": {{description: Yes}}}}}}}}}}
"""
    document, _ = outcome(tmp_path, text)
    assert document["paths"]["/pets"]["get"].get("x-sunset") == kept


def test_parts_become_one_object(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
        Pet: {type: object, properties: {name: {type: string}, born: {type: string}}, required: [name]}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {meow: {type: boolean}}}, {required: [born]}]}
        """,
    )
    assert list(found["Cat"]["properties"]) == ["name", "born", "meow"]
    assert found["Cat"]["required"] == ["name", "born"]


def test_a_union_among_the_parts_is_distributed_and_its_arms_are_named(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
        A: {type: object, properties: {a: {type: string}}}
        B: {type: object, properties: {b: {type: string}}}
        Event:
          properties: {at: {type: string}}
          oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
        """,
    )
    assert found["Event"]["anyOf"] == [{"$ref": f"#/components/schemas/{key}"} for key in ("EventA", "EventB")]
    assert set(found["EventB"]["properties"]) == {"at", "b"}


def test_a_diamond_of_parts_does_not_explode(tmp_path: Path) -> None:
    levels = ["L0: {type: object, properties: {a: {type: string}}}"]
    for level in range(1, 40):
        ref = f"{{$ref: '#/components/schemas/L{level - 1}'}}"
        levels.append(f"L{level}: {{allOf: [{ref}, {ref}, {{properties: {{p{level}: {{type: string}}}}}}]}}")
    assert len(schemas(tmp_path, "\n".join(levels))["L39"]["properties"]) == 40


def test_a_component_made_of_itself_loses_that_part_alone(tmp_path: Path) -> None:
    found = schemas(tmp_path, "A: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {x: {type: string}}}]}")
    assert found["A"]["properties"] == {"x": {"type": "string"}}


def test_a_required_property_that_nothing_describes_may_be_anything(tmp_path: Path) -> None:
    text = "openapi: 3.1.0\npaths: {}\ncomponents: {schemas: {A: {required: [a, b], properties: {a: {type: string}}}}}"
    document, problems = outcome(tmp_path, text)
    found = document["components"]["schemas"]["A"]
    assert (found["properties"], found["required"]) == ({"a": {"type": "string"}, "b": {}}, ["a"])
    assert [problem.line for problem in problems] == [3]
    closed = "{required: [b], properties: {a: {type: string}}, additionalProperties: false}"
    assert list(one(tmp_path, closed)["properties"]) == ["a"]


def test_a_choice_is_none_of_its_own_alternatives(tmp_path: Path) -> None:
    refs = {name: f"{{$ref: '#/components/schemas/{name}'}}" for name in "ABC"}
    found = schemas(
        tmp_path,
        f"A: {{oneOf: [{refs['B']}, {refs['C']}]}}\nB: {{oneOf: [{refs['A']}, {{type: string}}, {{type: integer}}]}}\n"
        "C: {properties: {c: {type: string}}}",
    )
    assert found["A"]["anyOf"] == [{"type": "string"}, {"type": "integer"}, {"$ref": "#/components/schemas/C"}]
    assert found["B"]["anyOf"][1:] == [{"type": "string"}, {"type": "integer"}]


def test_a_nullable_class_is_null_where_it_is_used(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
        Pet: {type: object, nullable: true, properties: {name: {type: string}}}
        Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}
        """,
        "3.0.3",
    )
    assert found["Pet"]["type"] == "object"
    ref = {"$ref": "#/components/schemas/Pet"}
    assert found["Owner"]["properties"]["pet"] == {"anyOf": [ref, {"type": "null"}]}


def test_a_discriminator_maps_every_alternative_to_its_component(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
        Cat: {type: object, properties: {kind: {const: cat}}}
        Dog: {type: object, properties: {kind: {type: string}}}
        Pet:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind, mapping: {hound: Dog}}
        """,
    )
    prefix = "#/components/schemas/"
    assert found["Pet"]["discriminator"]["mapping"] == {"hound": f"{prefix}Dog", "cat": f"{prefix}Cat"}


def test_a_base_with_a_discriminator_stands_for_its_descendants(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
        PetDto:
          type: object
          properties: {kind: {type: string}}
          discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
        Cat: {allOf: [{$ref: '#/components/schemas/PetDto'}, {properties: {meow: {type: boolean}}}]}
        """,
    )
    assert found["PetDto"]["anyOf"] == [{"$ref": f"#/components/schemas/{key}"} for key in ("Cat", "PetBase")]
    assert found["PetDto"]["discriminator"]["mapping"]["cat"] == "#/components/schemas/Cat"
    assert list(found["Cat"]["properties"]) == ["kind", "meow"]


def test_a_property_that_only_the_discriminator_names_is_one(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
        Pet: {type: object, properties: {id: {type: string}}, discriminator: {propertyName: kind}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {meow: {type: boolean}}}]}
        """,
    )
    assert list(found["Cat"]["properties"]) == ["id", "kind", "meow"]


def test_a_callback_may_refer_to_its_own_path(tmp_path: Path) -> None:
    document, problems = outcome(
        tmp_path,
        """
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    post:
      responses: {'204': {description: ok}}
      callbacks: {done: {'{$request.query.url}': {$ref: '#/paths/~1a'}}}
""",
    )
    assert list(document["paths"]["/a"]["post"]["callbacks"]) == ["done"]
    assert [problem.line for problem in problems] == [8]


def test_only_what_differs_between_request_and_answer_becomes_two(tmp_path: Path) -> None:
    use = "{content: {application/json: {schema: {$ref: '#/components/schemas/%s'}}}, description: ''}"
    paths = "\n".join(
        f"  /{key}: {{post: {{requestBody: {use % key}, responses: {{'200': {use % key}}}}}}}"
        for key in ("User", "Same")
    )
    document, _ = outcome(
        tmp_path,
        f"""
openapi: 3.1.0
info: {{title: t, version: '1'}}
paths:
{paths}
components:
  schemas:
    Same: {{type: object, properties: {{a: {{type: string}}}}}}
    User:
      type: object
      required: [id, name, password]
      properties:
        id: {{type: string, readOnly: true}}
        name: {{type: string}}
        password: {{type: string, writeOnly: true}}
""",
    )
    found = document["components"]["schemas"]
    assert list(found) == ["Same", "User", "UserRequest"]
    assert list(found["User"]["properties"]) == found["User"]["required"] == ["id", "name"]
    assert list(found["UserRequest"]["properties"]) == found["UserRequest"]["required"] == ["name", "password"]


def test_swagger_2_becomes_openapi_3(tmp_path: Path) -> None:
    document, _ = outcome(
        tmp_path,
        """
swagger: '2.0'
info: {title: t, version: '1'}
host: api.example.com
basePath: /v1
consumes: [application/json]
paths:
  /pets:
    post:
      parameters:
      - {in: body, name: pet, required: true, schema: {$ref: '#/definitions/Pet'}}
      - {in: query, name: ids, type: array, items: {type: string}, collectionFormat: pipes}
      responses: {200: {description: ok, schema: {type: array, items: {$ref: '#/definitions/Pet'}}}}
  /files:
    post:
      parameters: [{in: formData, name: file, type: file, required: true}]
      responses: {204: {description: ok}}
definitions:
  Pet: {type: object, properties: {name: {type: string, x-nullable: true}}}
""",
    )
    post = document["paths"]["/pets"]["post"]
    assert document["servers"] == [{"url": "https://api.example.com/v1"}]
    assert post["requestBody"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Pet"}
    assert post["parameters"][0]["style"] == "pipeDelimited"
    assert "multipart/form-data" in document["paths"]["/files"]["post"]["requestBody"]["content"]
    assert document["components"]["schemas"]["Pet"]["properties"]["name"] == {"type": ["string", "null"]}
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_references_lead_into_other_files_and_back(tmp_path: Path) -> None:
    document, problems = outcome(
        tmp_path,
        """
openapi: 3.0.3
info: {title: t, version: '1'}
x-base: spec/merged.yaml
paths:
  /pets: {$ref: 'other.yaml#/pets'}
components: {schemas: {Name: {type: string}}}
""",
        other="""
pets:
  get:
    parameters: [{$ref: '#/limit'}]
    responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/Pet'}}}}}
limit: {name: limit, in: query, schema: {type: integer}}
Pet: {type: object, properties: {name: {$ref: 'merged.yaml#/components/schemas/Name'}}}
""",
    )
    assert problems == ()
    assert document["paths"]["/pets"]["get"]["parameters"][0]["name"] == "limit"
    assert document["components"]["schemas"]["Pet"]["properties"]["name"] == {"$ref": "#/components/schemas/Name"}
    assert list(document["components"]["schemas"]) == ["Name", "Pet"]


def test_a_component_that_stands_in_another_file_is_one_component_with_its_own_name(tmp_path: Path) -> None:
    document, problems = outcome(
        tmp_path,
        """
openapi: 3.0.3
info: {title: t, version: '1'}
x-base: spec/merged.yaml
paths:
  /pets:
    get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'pet.yaml'}}}}}}
components:
  schemas:
    Animal: {$ref: pet.yaml}
    Same: {$ref: pet.yaml}
    Gone: {$ref: gone.yaml}
""",
        pet="""\
type: object
properties: {next: {$ref: pet.yaml}, home: {$ref: 'merged.yaml#/components/schemas/Animal'}}
""",
    )
    animal = {"$ref": "#/components/schemas/Animal"}
    assert [problem.line for problem in problems] == [12]
    assert document["components"]["schemas"] == {
        "Animal": {"type": "object", "properties": {"next": animal, "home": animal}},
        "Same": animal,
        "Gone": {},
    }


@pytest.mark.parametrize(
    ("said", "kind", "mapping"),
    [
        ("", "{type: string}", {"Cat": "Cat", "Pet": "PetBase"}),
        (", mapping: {p: '#/components/schemas/Pet'}", "{type: string}", {"p": "PetBase", "Cat": "Cat"}),
        ("", "{type: string, enum: [Cat, dog]}", {"Cat": "Cat", "dog": "PetBase"}),
    ],
)
def test_a_base_class_is_told_by_its_own_name_unless_the_document_says_another(
    tmp_path: Path, said: str, kind: str, mapping: dict[str, str]
) -> None:
    found = schemas(
        tmp_path,
        f"""
        Pet: {{discriminator: {{propertyName: kind{said}}}, properties: {{kind: {kind}}}}}
        Cat: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{properties: {{lives: {{type: integer}}}}}}]}}
        """,
    )
    assert found["Pet"]["discriminator"]["mapping"] == {
        value: f"#/components/schemas/{key}" for value, key in mapping.items()
    }


@pytest.mark.parametrize(
    "ref", ["http://127.0.0.1:9/a.json#/A", "file:///etc/passwd", "../../secret.yaml", "/etc/hosts"]
)
def test_nothing_outside_of_the_project_is_read(tmp_path: Path, ref: str) -> None:
    (tmp_path / "secret.yaml").write_text("type: string")
    project = tmp_path / "a"
    project.mkdir()
    text = f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n  schemas:\n    A: {{$ref: '{ref}'}}\n"
    document, problems = outcome(project, text)
    assert document["components"]["schemas"]["A"] == {}
    assert [(problem.line, bool(problem.settled)) for problem in problems] == [(5, True)]


def test_definitions_within_a_schema_become_components(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
        A:
          $id: https://example.com/a
          $defs: {L: {type: object, properties: {x: {type: string}}}}
          properties: {l: {$ref: '#/$defs/L'}, me: {$ref: 'https://example.com/a'}}
        """,
    )
    assert found["A"]["properties"]["me"] == {"$ref": "#/components/schemas/A"}
    assert found[found["A"]["properties"]["l"]["$ref"].rpartition("/")[2]]["properties"] == {"x": {"type": "string"}}


def test_a_reference_within_a_schema_with_an_address_begins_there(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
        Tree: {$id: 'https://example.com/a/tree', properties: {x: {type: string}, label: {$ref: 'tree#/properties/x'}}}
        Strict: {$id: 'https://example.com/a/strict', properties: {root: {$ref: tree}, other: {$ref: ../b/far}}}
        Far: {$id: 'https://example.com/b/far', type: integer}
        """,
    )
    assert found["Strict"]["properties"]["root"] == {"$ref": "#/components/schemas/Tree"}
    assert found["Strict"]["properties"]["other"] == {"$ref": "#/components/schemas/Far"}
    assert found[found["Tree"]["properties"]["label"]["$ref"].rpartition("/")[2]] == {"type": "string"}


EVENT = "type: object, properties: {event: {type: string}, data: {type: string, "
OF_JSON = "contentMediaType: application/json, contentSchema: "


@pytest.mark.parametrize(
    ("item", "data"),
    [
        (f"{{{EVENT}{OF_JSON}{{type: integer}}}}}}}}", {"type": "integer"}),
        (f"{{oneOf: [{{{EVENT}{OF_JSON}{{type: integer}}}}}}}}, {{{EVENT}{OF_JSON}{{type: boolean}}}}}}}}]}}",
         {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}),
        (f"{{oneOf: [{{{EVENT}{OF_JSON}{{type: integer}}}}}}}}, {{{EVENT}}}}}}}]}}", None),
        (f"{{{EVENT}}}}}}}", {"type": "string"}),
    ],
)  # fmt: skip
def test_the_data_of_an_event_is_what_its_text_holds(tmp_path: Path, item: str, data: Any) -> None:
    text = f"""
openapi: 3.2.0
info: {{title: t, version: '1'}}
paths:
  /events:
    get: {{responses: {{'200': {{description: ok, content: {{text/event-stream: {{itemSchema: {item}}}}}}}}}}}
"""
    document, _ = outcome(tmp_path, text)
    answer = document["paths"]["/events"]["get"]["responses"]["200"]["content"]["text/event-stream"]["x-itemSchema"]
    held = document["components"]["schemas"][answer["$ref"].rpartition("/")[2]]
    assert held.get("properties", {}).get("data") == data


def test_what_looks_like_a_reference_in_data_stays_data(tmp_path: Path) -> None:
    assert one(tmp_path, "{type: object, default: {$ref: '#/nope'}}")["default"] == {"$ref": "#/nope"}


LOST = [
    ("not", "{type: object, not: {required: [a]}}"),
    ("if", "{type: object, if: {required: [a]}, then: {required: [b]}}"),
    ("patternProperties", "{type: object, patternProperties: {'^x-': {type: string}}}"),
    ("prefixItems", "{type: array, prefixItems: [{type: string}, {type: integer}]}"),
    ("items", "{type: array, items: [{type: string}, {type: integer}]}"),
    ("enum", "{type: number, enum: [0.5, 1.5]}"),
    ("enum", "{enum: [{a: 1}]}"),
    ("const", "{const: 0.5}"),
    ("pattern", "{type: string, pattern: '^\\p{L}+$'}"),
    ("dependentRequired", "{type: object, dependentRequired: {a: [b]}}"),
    ("propertyNames", "{type: object, propertyNames: {pattern: '^x'}}"),
    ("unevaluatedProperties", "{type: object, unevaluatedProperties: {type: string}}"),
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
        "{type: array, prefixItems: [{type: string}, {type: string}], items: false}",
        "{type: object, additionalProperties: {type: string}, propertyNames: {type: string}}",
        "{type: string, enum: [a, null], pattern: '^a$'}",
        "{type: object, unevaluatedProperties: false, properties: {not: {type: string}, if: {const: a}}}",
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


def test_a_path_parameter_that_nobody_described_is_text(tmp_path: Path) -> None:
    text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a/{id}:\n    get: {responses: {}}\n"
    document, problems = outcome(tmp_path, text)
    expected = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    assert document["paths"]["/a/{id}"]["get"]["parameters"] == expected
    assert problems[0].line == 5
    assert "$.paths['/a/{id}'].get" in problems[0].fix


def test_methods_that_openapi_3_1_has_no_key_for_are_kept(tmp_path: Path) -> None:
    text = """
openapi: 3.2.0
info: {title: t, version: '1'}
paths:
  /q:
    query: {responses: {'200': {description: ok, content: {application/jsonl: {itemSchema: {type: string}}}}}}
    additionalOperations: {COPY: {responses: {'204': {description: ok}}}}
"""
    item = outcome(tmp_path, text)[0]["paths"]["/q"]["x-additionalOperations"]
    assert list(item) == ["QUERY", "COPY"]
    assert item["QUERY"]["responses"]["200"]["content"]["application/jsonl"] == {"x-itemSchema": {"type": "string"}}


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


CORPUS = Path(os.environ.get("CORPUS", "missing"))


def _corpus() -> list[Any]:
    index = CORPUS / "index.json"
    entries = json.loads(index.read_text()) if index.is_file() else []
    return [pytest.param(entry, id=entry["name"]) for entry in entries if entry["kind"] == "tricky"]


@pytest.mark.skipif(not _corpus(), reason="CORPUS names no folder with an index.json")
@pytest.mark.parametrize("entry", _corpus())
def test_every_operation_of_a_real_document_comes_out(tmp_path: Path, entry: dict[str, Any]) -> None:
    """One folder of the corpus is copied as the project's `spec/`, so that relative references hold."""
    source = CORPUS / entry["entry"]
    folder = source.parent if source.parent.parent == CORPUS else CORPUS / Path(*Path(entry["entry"]).parts[:2])
    (tmp_path / "spec").symlink_to(folder)
    if entry["expect"] == "reject":
        return
    tree = Tree(tmp_path)
    relative = source.relative_to(folder).as_posix()
    try:
        document = read(tree.text(f"spec/{relative}"), "entry").data
    except BadInput:
        assert entry["expect"] == "lenient"
        return
    tree.replace(["spec/merged.yaml"], {"spec/merged.yaml": json.dumps({**document, "x-base": f"spec/{relative}"})})
    made = normalize.run(tree, API)
    assert made.summary.split()[0] == str(entry["operations"])


def test_a_recursive_reference_means_the_component_that_it_stands_in(tmp_path: Path) -> None:
    tree = one(tmp_path, "{type: object, properties: {children: {type: array, items: {$recursiveRef: '#'}}}}")
    assert tree["properties"]["children"] == {"type": "array", "items": {"$ref": "#/components/schemas/A"}}


def test_a_dynamic_reference_that_each_user_binds_anew_is_anything(tmp_path: Path) -> None:
    template = "{type: object, $dynamicAnchor: item, properties: {all: {type: array, items: {$dynamicRef: '#item'}}}}"
    page = "{$defs: {item: {$dynamicAnchor: item, type: integer}}, $ref: '#/components/schemas/A'}"
    bound = schemas(tmp_path, f"A: {template}\nB: {page}")["A"]["properties"]["all"]
    assert bound == {"type": "array", "items": {}}
    alone = one(tmp_path, template)["properties"]["all"]
    assert alone == {"type": "array", "items": {"$ref": "#/components/schemas/A"}}


@pytest.mark.parametrize(
    ("call", "title"),
    [
        ("PUT /files/{id} put_files_id", "UpdateFile"),
        ("POST /files/{id} PostFilesId", "UpdateFile"),
        ("POST /v1/accounts PostAccounts", "CreateAccount"),
        ("POST /v1/people", "CreatePerson"),
        ("PUT /files/{id}#add_link put_files_id#add_link", "AddFileLink"),
        ("POST /files/{id}/copy post_files_id_copy", "CopyFile"),
        ("PUT /pets/{id} replacePet", "ReplacePet"),
        ("POST /pets addPet", "AddPet"),
        (f"PUT /templates/enterprise/{'very' * 9}LongName/schema", "UpdateSchema"),
    ],
)
def test_a_body_is_called_by_what_the_operation_does(tmp_path: Path, call: str, title: str) -> None:
    method, path, *ids = call.split()
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}
    said = {"requestBody": body, "responses": {}, **({"operationId": ids[0]} if ids else {})}
    made, _ = outcome(tmp_path, write({"openapi": "3.1.0", "info": {}, "paths": {path: {method.lower(): said}}}))
    assert [key.lower() for key in made["components"]["schemas"]] == [f"{title}Request".lower()]


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("/paths/~1pets/get/responses/200/content/application~1json/schema", "ListPetsResponse"),
        (
            "/paths/~1pets/get/responses/200/content/application~1json/schema/properties/pets/items",
            "ListPetsResponsePet",
        ),
        ("/components/responses/Missing/content/application~1json/schema", "MissingResponse"),
        ("/components/schemas/Pet/properties/owner/allOf/0", "PetOwner"),
    ],
)  # fmt: skip
def test_a_reference_into_the_middle_of_something_makes_a_component_with_a_name(
    tmp_path: Path, place: str, key: str
) -> None:
    pet = {"type": "object", "properties": {"id": {"type": "integer"}}}
    page = {"content": {"application/json": {"schema": {"properties": {"pets": {"items": pet}}}}}}
    made, _ = outcome(tmp_path, write({
        "openapi": "3.0.3", "info": {},
        "paths": {
            "/first": {"get": {"operationId": "first", "responses": {"200": {
                "content": {"application/json": {"schema": {"$ref": f"#{place}"}}}}}}},
            "/pets": {"get": {"operationId": "listPets", "responses": {"200": page}}},
        },
        "components": {"responses": {"Missing": page}, "schemas": {
            "Pet": {"properties": {"owner": {"allOf": [pet]}}}}},
    }))  # fmt: skip
    answer = made["paths"]["/first"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": f"#/components/schemas/{key}"}
