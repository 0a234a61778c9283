"""Do references of every kind lead to the component that they mean?"""

from __future__ import annotations

from pathlib import Path

import pytest
from normalized import one, outcome, schemas

from scripts.documents import write


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


def test_what_looks_like_a_reference_in_data_stays_data(tmp_path: Path) -> None:
    assert one(tmp_path, "{type: object, default: {$ref: '#/nope'}}")["default"] == {"$ref": "#/nope"}


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


@pytest.mark.parametrize("place", ["#/components/schemas", "#/components", "#", "#/", "#/info", "\0"])
def test_a_reference_to_what_holds_schemas_is_no_crash(tmp_path: Path, place: str) -> None:
    schemas = {"A": {"type": "object", "properties": {"b": {"$ref": place}}}}
    text = write({"openapi": "3.0.3", "info": {}, "components": {"schemas": schemas}})
    assert "A" in outcome(tmp_path, text)[0]["components"]["schemas"]
