"""Do references of every kind lead to the component that they mean?"""

from __future__ import annotations

from pathlib import Path

import pytest
from normalized import one, outcome, schemas

from scripts.documents import write
from scripts.problems import BadInput


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


def test_schemas_of_one_name_in_several_files_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    spec = tmp_path / "spec"
    for folder in ("shared/attributes", "vpcs/attributes"):
        (spec / folder).mkdir(parents=True)
        (spec / folder / "urn.yaml").write_text(f"type: string\ndescription: {folder}\n")
    found = schemas(tmp_path, write({
        "Pet": {"type": "object", "properties": {"urn": {"$ref": "shared/attributes/urn.yaml"}}},
        "Net": {"type": "object", "properties": {"urn": {"$ref": "vpcs/attributes/urn.yaml"}}},
    }))  # fmt: skip
    assert found.keys() == {"Pet", "Net", "urn", "VpcUrn"}


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


def test_a_dynamic_reference_leads_to_its_own_schema_unless_another_binds_it_anew(tmp_path: Path) -> None:
    template = "{type: object, $dynamicAnchor: item, properties: {all: {type: array, items: {$dynamicRef: '#item'}}}}"
    page = "{$defs: {item: {$dynamicAnchor: item, type: integer}}, $ref: '#/components/schemas/A'}"
    bound = schemas(tmp_path, f"A: {template}\nB: {page}")["A"]["properties"]["all"]
    assert bound == {"type": "array", "items": {"$ref": "#/components/schemas/A"}}
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


PAGE = """
Page:
  type: object
  properties: {items: {type: array, items: {$dynamicRef: '#T'}}, next: {$ref: '#/components/schemas/Page'}}
  $defs: {T: {$dynamicAnchor: T}}
Pet: {type: object, properties: {name: {type: string}}}
"""
OF_PETS = "$defs: {T: {$dynamicAnchor: T, $ref: '#/components/schemas/Pet'}}"


def test_a_schema_that_binds_a_name_is_the_one_that_it_refers_to_with_that(tmp_path: Path) -> None:
    found = schemas(tmp_path, f"{PAGE}Pets: {{$ref: '#/components/schemas/Page', description: Many., {OF_PETS}}}")
    assert list(found) == ["Page", "Pet", "Pets"]
    assert found["Page"]["properties"]["items"] == {"type": "array", "items": {}}
    assert found["Pets"]["description"] == "Many."
    assert found["Pets"]["properties"] == {
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
        "next": {"$ref": "#/components/schemas/Pets"},
    }


def test_a_name_is_bound_however_far_the_reference_to_it_is(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        f"""{PAGE}
Wrap: {{type: object, properties: {{page: {{$ref: '#/components/schemas/Page'}}}}}}
Pets: {{allOf: [{{$ref: '#/components/schemas/Wrap'}}, {{properties: {{more: {{type: string}}}}}}], {OF_PETS}}}
Numbers: {{$ref: '#/components/schemas/Wrap', $defs: {{T: {{$dynamicAnchor: T, type: integer}}}}}}
""",
    )
    page = found["Pets"]["properties"]["page"]["$ref"].rpartition("/")[2]
    assert page == "PetPage"
    assert found[page]["properties"]["items"]["items"] == {"$ref": "#/components/schemas/Pet"}
    assert set(found["Pets"]["properties"]) == {"page", "more"}
    other = found["Numbers"]["properties"]["page"]["$ref"].rpartition("/")[2]
    assert found[other]["properties"]["items"] == {"type": "array", "items": {"type": "integer"}}
    assert found["Wrap"]["properties"]["page"] == {"$ref": "#/components/schemas/Page"}


def test_a_schema_that_extends_a_recursive_one_holds_itself(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
Tree: {$dynamicAnchor: node, type: object, properties: {children: {type: array, items: {$dynamicRef: '#node'}}}}
Strict: {$dynamicAnchor: node, $ref: '#/components/schemas/Tree', unevaluatedProperties: false}
""",
    )
    assert found["Tree"]["properties"]["children"]["items"] == {"$ref": "#/components/schemas/Tree"}
    strict = found["Strict"]
    while "$ref" in strict:
        strict = found[strict["$ref"].rpartition("/")[2]]
    assert strict["properties"]["children"]["items"] == {"$ref": "#/components/schemas/Strict"}


@pytest.mark.parametrize(
    ("ref", "key"),
    [
        ("A/properties/b/properties/id", "BId"),
        ("A/properties/list/items/properties/id", "BId"),
        ("A/properties/b/x", ""),
    ],
)
def test_a_pointer_leads_on_through_a_reference(tmp_path: Path, ref: str, key: str) -> None:
    found = schemas(
        tmp_path,
        f"""
A:
  type: object
  properties: {{b: {{$ref: '#/components/schemas/B'}}, list: {{$ref: '#/components/schemas/Bs'}}}}
B: {{type: object, properties: {{id: {{type: object, properties: {{n: {{type: integer}}}}}}}}}}
Bs: {{type: array, items: {{$ref: '#/components/schemas/B'}}}}
C: {{type: object, properties: {{id: {{$ref: '#/components/schemas/{ref}'}}}}}}
""",
    )
    target = {"$ref": f"#/components/schemas/{key}"} if key else {}
    assert found["C"]["properties"]["id"] == target
    assert found["B"]["properties"]["id"] == {"$ref": "#/components/schemas/BId"}


def test_a_pointer_that_leads_round_in_a_circle_ends(tmp_path: Path) -> None:
    found = schemas(tmp_path, "A: {$ref: '#/components/schemas/B/x'}\nB: {$ref: '#/components/schemas/A/x'}")
    assert found == {"A": {}, "B": {}}


def test_what_is_referred_to_within_another_schema_is_one_component(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
A:
  type: object
  properties:
    b: {type: object, properties: {c: {type: object, properties: {n: {type: integer}}}}}
    first: {$ref: '#/components/schemas/A/properties/b'}
    second: {$ref: '#/components/schemas/A/properties/b/properties/c'}
""",
    )
    assert list(found) == ["A", "AB", "ABC"]
    assert found["A"]["properties"]["b"] == found["A"]["properties"]["first"] == {"$ref": "#/components/schemas/AB"}
    assert found["AB"]["properties"]["c"] == found["A"]["properties"]["second"] == {"$ref": "#/components/schemas/ABC"}


def test_a_name_that_is_bound_to_itself_is_anything(tmp_path: Path) -> None:
    found = schemas(
        tmp_path, PAGE + "Odd: {$ref: '#/components/schemas/Page', $defs: {T: {$dynamicAnchor: T, $dynamicRef: '#T'}}}"
    )
    assert found["Odd"]["properties"]["items"]["type"] == "array"


def test_a_reference_to_a_reference_within_a_schema_is_that_reference(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
Kind: {type: string, enum: [a]}
Pet: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}}}
Owner: {type: object, properties: {kind: {$ref: '#/components/schemas/Pet/properties/kind'}}}
""",
    )
    assert list(found) == ["Kind", "Pet", "Owner"]
    assert found["Owner"]["properties"]["kind"] == {"$ref": "#/components/schemas/Kind"}


def test_references_within_a_schema_that_lead_back_to_themselves_are_anything(tmp_path: Path) -> None:
    home = "#/components/schemas/A/properties"
    text = f"{{properties: {{a: {{$ref: '{home}/b'}}, b: {{$ref: '{home}/a'}}}}}}"
    assert one(tmp_path, text)["properties"] == {"a": {}, "b": {}}


def lost(root: Path, paths: str, **files: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        outcome(root, f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}", **files)
    assert all(problem.settled is None and problem.line for problem in caught.value.problems)
    return [problem.what for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("{$ref: lost.yaml}", "'lost.yaml' cannot be followed: there is no file spec/lost.yaml"),
        ("{get: {$ref: 'lost.yaml#/get'}}", "'lost.yaml#/get' cannot be followed: there is no file spec/lost.yaml"),
        ("{$ref: broken.yaml}", "'broken.yaml' cannot be followed: the file cannot be read"),
        ("{$ref: there.yaml}", "'gone.yaml' cannot be followed: there is no file spec/gone.yaml"),
    ],
)
def test_operations_in_a_file_that_cannot_be_read_are_not_lost_but_stop_the_run(
    tmp_path: Path, path: str, why: str
) -> None:
    (told,) = lost(tmp_path, f"  /a: {path}", broken="a: [", there="$ref: gone.yaml")
    assert told.startswith(f"The reference {why}")


def test_of_many_files_that_were_forgotten_some_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    told = lost(tmp_path, "\n".join(f"  /a{number}: {{$ref: lost{number}.yaml}}" for number in range(15)))
    assert len(told) == 10
    assert told[-1].endswith("there is no file spec/lost9.yaml. So it is in 5 more places.")


@pytest.mark.parametrize("ref", ["http://127.0.0.1:9/a.json", "#/paths/~1lost"])
def test_a_path_that_refers_to_what_is_no_file_is_left_out(tmp_path: Path, ref: str) -> None:
    text = f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n  /a: {{$ref: '{ref}'}}\n"
    document, problems = outcome(tmp_path, text)
    assert document["paths"] == {"/a": {}}
    assert [problem.settled for problem in problems] == ["It is left out."]
