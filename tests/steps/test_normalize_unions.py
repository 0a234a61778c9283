"""Does an object reach the class that its document means, and does a reference keep what is said beside it?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from normalized import one, outcome, schemas

SHAPES = """
Square: {type: object, required: [k], properties: {k: {type: string}, side: {type: integer}}}
Circle: {type: object, required: [k], properties: {k: {type: string}, r: {type: integer}}}
Shape:
  oneOf: [{$ref: '#/components/schemas/Square'}, {$ref: '#/components/schemas/Circle'}]
  discriminator: {propertyName: k}
"""


def mapping(schema: Any) -> dict[str, str]:
    """Component key by the discriminator's value."""
    found: dict[str, str] = schema["discriminator"]["mapping"]
    return {value: ref.rpartition("/")[2] for value, ref in found.items()}


@pytest.mark.parametrize(
    ("said", "values"),
    [("", ["Square", "Circle"]), (", mapping: {sq: Square, box: Square, ci: Circle}", ["sq", "box", "ci"])],
)
def test_a_tagged_union_with_more_members_is_told_by_the_same_values(
    tmp_path: Path, said: str, values: list[str]
) -> None:
    text = SHAPES.replace("propertyName: k", f"propertyName: k{said}")
    more = "Named: {allOf: [{$ref: '#/components/schemas/Shape'}, {properties: {name: {type: string}}}]}"
    found = schemas(tmp_path, text + more)
    assert list(mapping(found["Named"])) == values
    assert set(mapping(found["Named"]).values()) == {"NamedSquare", "NamedCircle"}
    assert found["NamedCircle"]["properties"]["k"]["enum"] == values[-1:]


def test_classes_whose_tags_all_list_the_same_values_are_told_by_their_names(tmp_path: Path) -> None:
    kind = "Kind: {type: string, enum: [Square, Circle]}"
    text = SHAPES.replace("k: {type: string}", "k: {$ref: '#/components/schemas/Kind'}") + kind
    assert mapping(schemas(tmp_path, text)["Shape"]) == {"Square": "Square", "Circle": "Circle"}


def test_classes_that_share_one_value_leave_it_to_the_first(tmp_path: Path) -> None:
    text = SHAPES.replace("k: {type: string}", "k: {type: string, enum: [shape]}")
    assert mapping(schemas(tmp_path, text)["Shape"]) == {"shape": "Square"}


def test_the_tag_of_a_class_is_not_that_of_what_the_class_is_made_of(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
Record: {type: object, required: [k], properties: {k: {type: string}, v: {type: string}, w: {type: string}}}
RecordA: {allOf: [{$ref: '#/components/schemas/Record'}, {required: [v]}]}
RecordB: {allOf: [{$ref: '#/components/schemas/Record'}, {required: [w]}]}
Any:
  oneOf: [{$ref: '#/components/schemas/RecordA'}, {$ref: '#/components/schemas/RecordB'}]
  discriminator: {propertyName: k, mapping: {A: '#/components/schemas/RecordA', B: '#/components/schemas/RecordB'}}
Holder: {type: object, properties: {record: {$ref: '#/components/schemas/Record'}}}
""",
    )
    assert "enum" not in found["Record"]["properties"]["k"]


@pytest.mark.parametrize("word", ["x-ms-discriminator-value", "x-discriminator-value"])
def test_a_descendant_of_any_depth_is_told_by_the_value_that_it_says(tmp_path: Path, word: str) -> None:
    found = schemas(
        tmp_path,
        f"""
Pet: {{type: object, discriminator: {{propertyName: kind}}, properties: {{kind: {{type: string}}}}}}
Cat: {{{word}: '#cat', allOf: [{{$ref: '#/components/schemas/Pet'}}, {{properties: {{lives: {{type: integer}}}}}}]}}
Lion: {{{word}: '#lion', allOf: [{{$ref: '#/components/schemas/Cat'}}, {{properties: {{mane: {{type: string}}}}}}]}}
Pride: {{allOf: [{{$ref: '#/components/schemas/Lion'}}]}}
""",
        "3.0.3",
    )
    assert mapping(found["Pet"]) == {"#cat": "Cat", "#lion": "Lion", "Pride": "Pride", "Pet": "PetBase"}
    assert set(found["Lion"]["properties"]) == {"kind", "lives", "mane"}
    assert word not in found["Lion"]


@pytest.mark.parametrize(
    "field",
    [
        "{allOf: [{$ref: '#/components/schemas/Pet'}], description: Mine., default: {}, deprecated: true}",
        "{allOf: [{$ref: '#/components/schemas/Pet'}, {description: Mine., default: {}, deprecated: true}]}",
        "{type: object, allOf: [{$ref: '#/components/schemas/Pet'}], description: Mine., default: {}, "
        "deprecated: true}",
    ],
)
def test_a_reference_in_an_all_of_is_that_reference_with_what_is_said_beside_it(tmp_path: Path, field: str) -> None:
    found = schemas(
        tmp_path,
        f"A: {{type: object, properties: {{pet: {field}}}}}\nPet: {{properties: {{id: {{type: string}}}}}}",
        "3.0.3",
    )
    assert list(found) == ["A", "Pet"]
    expected = {"$ref": "#/components/schemas/Pet", "description": "Mine.", "default": {}, "deprecated": True}
    assert found["A"]["properties"]["pet"] == expected


@pytest.mark.parametrize(
    ("field", "target"),
    [
        ("{type: string, allOf: [{$ref: '#/components/schemas/Pet'}]}", "{properties: {id: {type: string}}}"),
        ("{maxLength: 3, allOf: [{$ref: '#/components/schemas/Pet'}]}", "{type: string}"),
    ],
)
def test_what_narrows_a_reference_in_an_all_of_is_kept(tmp_path: Path, field: str, target: str) -> None:
    found = schemas(tmp_path, f"A: {{type: object, properties: {{pet: {field}}}}}\nPet: {target}", "3.0.3")
    pet = found["A"]["properties"]["pet"]
    assert pet != {"$ref": "#/components/schemas/Pet"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("{const: 1.5}", {"type": "number"}),
        ("{enum: [1, 1.5, null]}", {"type": ["number", "null"]}),
        ("{const: {a: 1}}", {"type": "object"}),
        ("{enum: [[1], [2]]}", {"type": "array", "items": {}}),
        ("{enum: [1, {}]}", {}),
        ("{type: string, contentEncoding: base64}", {"type": "string", "format": "byte", "contentEncoding": "base64"}),
        ("{type: string, contentEncoding: base64url}", {"type": "string", "contentEncoding": "base64url"}),
        ("{type: object, unevaluatedProperties: {type: integer}}",
         {"type": "object", "additionalProperties": {"type": "integer"}}),
        ("{type: object, additionalProperties: {type: integer}, unevaluatedProperties: {type: string}}",
         {"type": "object", "additionalProperties": {"type": "integer"}}),
    ],
)  # fmt: skip
def test_what_has_no_word_of_its_own_keeps_its_type(tmp_path: Path, given: str, expected: Any) -> None:
    assert one(tmp_path, given) == expected


@pytest.mark.parametrize(
    ("more", "values"),
    [
        ("", ["Square"]),
        ("Same: {$ref: '#/components/schemas/Shape'}", ["Square"]),
        ("Other: {type: array, items: {$ref: '#/components/schemas/Square'}}", None),
        ("Other: {anyOf: [{$ref: '#/components/schemas/Square'}, {type: string}]}", None),
    ],
)
def test_a_class_that_only_its_tag_leads_to_has_that_tag(tmp_path: Path, more: str, values: list[str] | None) -> None:
    assert schemas(tmp_path, SHAPES + more)["Square"]["properties"]["k"].get("enum") == values


def test_a_class_that_any_other_tag_leads_to_may_have_any(tmp_path: Path) -> None:
    text = SHAPES.replace("propertyName: k", "propertyName: k, defaultMapping: Square")
    found = schemas(tmp_path, text)
    assert mapping(found["Shape"]) == {"": "Square", "Circle": "Circle"}
    assert "enum" not in found["Square"]["properties"]["k"]


def test_the_classes_of_a_base_in_another_file_are_found_though_nothing_refers_to_them(tmp_path: Path) -> None:
    document, problems = outcome(
        tmp_path,
        """
openapi: 3.0.3
info: {title: t, version: '1'}
x-base: spec/merged.yaml
paths: {}
components: {schemas: {Home: {type: object, properties: {pet: {$ref: 'models.yaml#/Pet'}}}}}
""",
        models="""
Pet: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
Cat: {allOf: [{$ref: '#/Pet'}, {properties: {lives: {type: integer}}}]}
Lion: {allOf: [{$ref: 'models.yaml#/Cat'}, {properties: {mane: {type: string}}}]}
Cart: {allOf: [{properties: {wheels: {type: integer}}}, {$ref: '#/nothing'}, 7]}
""",
    )
    found = document["components"]["schemas"]
    assert mapping(found["Pet"]) == {"Cat": "Cat", "Lion": "Lion", "Pet": "PetBase"}
    assert "Cart" not in found
    assert problems == ()


def test_what_an_object_has_under_a_condition_may_be_left_out(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
Nest: {type: object, properties: {id: {type: integer}, eggs: {type: integer}}}
Base: {type: object, properties: {id: {type: string}}}
Pet:
  required: [kind]
  properties: {kind: {type: string}}
  dependentSchemas: {kind: {properties: {since: {type: string}}}}
  allOf:
  - {$ref: '#/components/schemas/Base'}
  - if: {properties: {kind: {const: bird}, seen: {const: 1}}}
    then: {required: [wings], properties: {kind: {const: bird}, wings: {type: integer}}}
  - if: {properties: {kind: {const: fish}}}
    then: {properties: {wings: {type: boolean}}}
    else: {$ref: '#/components/schemas/Nest'}
Text: {type: string, if: {minLength: 1}, then: {properties: {a: {type: string}}}}
""",
    )
    assert found["Pet"]["properties"] == {
        "id": {"type": "string"},
        "kind": {"type": "string"},
        "since": {"type": "string"},
        "wings": {"anyOf": [{"type": "integer"}, {"type": "boolean"}]},
        "eggs": {"type": "integer"},
    }
    assert found["Pet"]["required"] == ["kind"]
    assert found["Text"] == {"type": "string"}


def test_alternatives_that_flattening_makes_others_of_leave_them_their_names(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        """
Base: {type: object, properties: {id: {type: string}}}
Event:
  allOf:
  - $ref: '#/components/schemas/Base'
  - oneOf:
    - {type: object, required: [kind], properties: {kind: {const: add}, what: {type: object, properties: {x: {}}}}}
    - {type: object, required: [kind], properties: {kind: {const: drop}}}
""",
    )
    assert list(found) == ["Base", "Event", "EventAddWhat", "EventAdd", "EventDrop"]
    assert list(found["EventAdd"]["properties"]) == ["id", "kind", "what"]


def test_an_alternative_that_only_requires_something_leaves_out_what_another_one_has(tmp_path: Path) -> None:
    text = "{type: object, properties: {tag: {}}, oneOf: [{required: [tag]}, {properties: {x: {}}, required: [x]}]}"
    found = schemas(tmp_path, f"A: {text}")
    arms = [found[arm["$ref"].rpartition("/")[2]] for arm in found["A"]["anyOf"]]
    assert [(list(arm["properties"]), arm["required"]) for arm in arms] == [(["tag"], ["tag"]), (["tag", "x"], ["x"])]


def test_an_alternative_that_says_nothing_leaves_what_all_share(tmp_path: Path) -> None:
    found = schemas(tmp_path, "A: {type: object, properties: {tag: {}}, anyOf: [{}, {properties: {x: {}}}]}")
    arms = [found[arm["$ref"].rpartition("/")[2]] for arm in found["A"]["anyOf"]]
    assert [list(arm["properties"]) for arm in arms] == [["tag"], ["tag", "x"]]


@pytest.mark.parametrize(
    ("kind", "one", "other", "told"),
    [("integer", "1", "2", ["1", "2"]), ("boolean", "true", "false", ["true", "false"])],
)
def test_classes_are_told_by_numbers_and_truths_as_well(
    tmp_path: Path, kind: str, one: str, other: str, told: list[str]
) -> None:
    text = SHAPES.replace("{type: string}", f"{{type: {kind}, enum: [{one}]}}", 1)
    text = text.replace("{type: string}", f"{{type: {kind}, enum: [{other}]}}", 1)
    assert mapping(schemas(tmp_path, text)["Shape"]) == dict(zip(told, ["Square", "Circle"], strict=True))


def test_an_alternative_that_has_what_stands_beside_the_union_stays_as_it_is(tmp_path: Path) -> None:
    both = "required: [k, n], properties: {k: {type: string}, n: {type: string}}"
    found = schemas(
        tmp_path,
        f"""
One: {{type: object, {both}}}
Two: {{type: object, {both.replace("}}", "}, i: {type: integer}}")}}}
Any:
  required: [k]
  properties: {{k: {{type: string}}, n: {{type: string}}}}
  oneOf: [{{$ref: '#/components/schemas/One'}}, {{$ref: '#/components/schemas/Two'}}]
  discriminator: {{propertyName: n}}
""",
    )
    assert list(found) == ["One", "Two", "Any"]
    assert mapping(found["Any"]) == {"One": "One", "Two": "Two"}


def test_values_with_a_text_of_their_own_are_one_list(tmp_path: Path) -> None:
    text = "{description: The order., oneOf: [{const: up, description: Smallest first.}, {const: down, title: Down}]}"
    assert one(tmp_path, text) == {
        "description": "The order.\n\n- `up`: Smallest first.\n- `down`: Down",
        "type": "string",
        "enum": ["up", "down"],
    }


def test_lists_of_values_of_two_types_stay_alternatives(tmp_path: Path) -> None:
    assert [arm["type"] for arm in one(tmp_path, "{oneOf: [{const: a}, {const: 1}]}")["anyOf"]] == ["string", "integer"]


def test_an_alternative_has_what_it_is_made_of_where_a_union_gets_more_members(tmp_path: Path) -> None:
    base = "Base: {type: object, properties: {id: {type: integer}}}"
    arm = "{allOf: [{$ref: '#/components/schemas/Base'}, {properties: {kind: {type: string, enum: [KIND]}}}]}"
    union = "{oneOf: [{$ref: '#/components/schemas/Y'}, {$ref: '#/components/schemas/Z'}]}"
    more = "{allOf: [{$ref: '#/components/schemas/U'}, {properties: {note: {type: string}}}]}"
    text = f"A: {more}\nU: {union}\nY: {arm.replace('KIND', 'y')}\nZ: {arm.replace('KIND', 'z')}\n{base}"
    found = schemas(tmp_path, text)
    arms = [found[arm["$ref"].removeprefix("#/components/schemas/")] for arm in found["A"]["anyOf"]]
    assert [list(arm["properties"]) for arm in arms] == [["id", "kind", "note"]] * 2


def test_a_union_of_classes_that_have_it_for_a_base_is_flat_all_the_same(tmp_path: Path) -> None:
    arm = "{allOf: [{$ref: '#/components/schemas/U'}, {type: object, properties: {n: {type: integer}}}]}"
    union = "{type: object, oneOf: [{$ref: '#/components/schemas/Y'}], properties: {kind: {type: string}}}"
    found = schemas(tmp_path, f"U: {union}\nY: {arm}\nA: {{allOf: [{{$ref: '#/components/schemas/U'}}, {arm}]}}")
    assert "allOf" not in str(found)
