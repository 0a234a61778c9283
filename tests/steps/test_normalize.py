"""Does each construct of the source dialects become its one canonical form?"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from normalized import API, one, outcome, schemas
from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts import normalize
from scripts.documents import read, write
from scripts.problems import BadInput
from scripts.tree import Tree

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
         {"type": "array", "prefixItems": [{"type": "string"}], "minItems": 1, "maxItems": 1}),
        ("3.1.0", "{prefixItems: [{type: string}], items: {type: integer}}",
         {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}, "minItems": 1}),
        ("3.1.0", "{prefixItems: [{type: string}], minItems: 1}",
         {"type": "array", "prefixItems": [{"type": "string"}], "items": {}, "minItems": 1}),
        ("3.1.0", "{prefixItems: [{type: string}, {type: integer}], maxItems: 1}",
         {"type": "array", "prefixItems": [{"type": "string"}], "minItems": 1, "maxItems": 1}),
        ("3.0.3", "{items: [{type: string}], additionalItems: false}",
         {"type": "array", "prefixItems": [{"type": "string"}], "minItems": 1, "maxItems": 1}),
        ("3.1.0", "{prefixItems: [{type: string}, {type: integer}], minItems: 1}",
         {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "minItems": 1}),
        ("3.1.0", "{prefixItems: [], items: {type: string}}", {"type": "array", "items": {"type": "string"}}),
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


def test_a_discriminator_beside_properties_of_its_own_keeps_its_values(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
        Pet:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind, mapping: {hound: '#/components/schemas/Dog', cat: Cat}}
          properties: {kind: {type: string}}
        Cat: {type: object, properties: {kind: {type: string}, claws: {type: integer}}}
        Dog: {type: object, properties: {kind: {type: string}}}
        """,
    )
    mapping = found["Pet"]["discriminator"]["mapping"]
    assert mapping.keys() == {"hound", "cat"}
    assert "claws" in found[mapping["cat"].rpartition("/")[2]]["properties"]


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
      - {in: query, name: tabs, type: array, items: {type: string}, collectionFormat: tsv}
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
    assert post["parameters"][1]["x-style"] == "tabDelimited"
    assert "multipart/form-data" in document["paths"]["/files"]["post"]["requestBody"]["content"]
    assert document["components"]["schemas"]["Pet"]["properties"]["name"] == {"type": ["string", "null"]}
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


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


EVENT = "type: object, properties: {event: {type: string}, data: {type: string, "
OF_JSON = "contentMediaType: application/json, contentSchema: "


@pytest.mark.parametrize(
    ("item", "data"),
    [
        (f"{{{EVENT}{OF_JSON}{{type: integer}}}}}}}}", {"type": "integer"}),
        (f"{{oneOf: [{{{EVENT}{OF_JSON}{{type: integer}}}}}}}}, {{{EVENT}{OF_JSON}{{type: boolean}}}}}}}}]}}",
         {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}),
        (f"{{oneOf: [{{{EVENT}{OF_JSON}{{type: integer}}}}}}}}, {{{EVENT}}}}}}}]}}",
         {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        (f"{{oneOf: [{{{EVENT}{OF_JSON}{{type: integer}}}}}}}}, {{properties: {{event: {{const: ping}}}}}}]}}",
         {"type": "integer"}),
        (f"{{oneOf: [{{{EVENT}{OF_JSON}{{type: integer}}}}}}}}, {{properties: {{other: {{type: string}}}}}}]}}", None),
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


@pytest.mark.parametrize("hole", ["name", "+name", "name:[a-z]+", "name=projects/*/places/*"])
def test_a_hole_of_a_path_may_say_more_than_the_parameter_s_name(tmp_path: Path, hole: str) -> None:
    said = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 9}}
    paths = {f"/{{{hole}}}": {"get": {"parameters": [said], "responses": {}}}}
    made, problems = outcome(tmp_path, write({"openapi": "3.0.3", "info": {}, "paths": paths}))
    assert made["paths"][f"/{{{hole}}}"]["get"]["parameters"] == [{**said, "name": hole}]
    assert problems == ()


def test_types_are_known_however_they_are_written(tmp_path: Path) -> None:
    assert one(tmp_path, "{type: String}") == {"type": "string"}
    assert one(tmp_path, "{type: Object, properties: {a: {}}}")["type"] == "object"


def test_text_made_of_parts_is_no_class(tmp_path: Path) -> None:
    text = "Id: {oneOf: [{title: id, allOf: [{type: string, format: uuid}]}, {type: integer}]}"
    assert list(schemas(tmp_path, text)) == ["Id"]
