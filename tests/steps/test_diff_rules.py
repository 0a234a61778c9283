"""Is every kind of change seen, and judged as the rules say? One small case for each rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from scripts.alias.renames import aliases
from scripts.diff.compare import compare
from scripts.diff.decisions import Decision, Severity
from scripts.diff.rules import RULES, Rule
from scripts.diff.schemas import Schemas
from scripts.generate.aliases import NO_ALIASES, Aliases
from scripts.generate.read_plan import read_plan
from scripts.name import give_names, known_names
from scripts.name.pins import Pins

Json = dict[str, Any]
TEXT: Json = {"type": "string"}


def ref(key: str) -> Json:
    return {"$ref": f"#/components/schemas/{key}"}


def content(schema: Json, media_type: str = "application/json") -> Json:
    return {media_type: {"schema": schema}}


def document() -> Json:
    """Pets: made, listed, changed, removed."""
    pet_id = {"name": "pet_id", "in": "path", "required": True, "schema": TEXT}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100, "default": 20}}
    pet = {
        "id": TEXT,
        "name": {"type": "string", "maxLength": 40},
        "kind": {"type": "string", "enum": ["cat", "dog"]},
        "age": {"type": "integer"},
        "born": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        "home": ref("Home"),
        "keeper": {"anyOf": [ref("Person"), ref("Shop")]},
    }
    new = {
        "name": {"type": "string", "maxLength": 40},
        "kind": {"type": "string", "enum": ["cat", "dog"]},
        "note": {"type": ["string", "null"]},
        "size": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        "home": ref("Home"),
        "keeper": {"anyOf": [ref("Person"), ref("Shop")]},
    }
    error = {"description": "", "content": content(ref("Error"))}
    found = {"200": {"description": "", "content": content(ref("Pet"))}, "404": error}
    secure = [{"key": []}]
    body = {"required": True, "content": content(ref("NewPet"))}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "https://pets.example"}],
        "paths": {
            "/pets": {
                "post": {"requestBody": body, "responses": found, "security": secure},
                "get": {
                    "parameters": [limit],
                    "responses": {
                        "200": {"description": "", "content": content({"type": "array", "items": ref("Pet")})}
                    },
                    "security": secure,
                },
            },
            "/pets/{pet_id}": {
                "get": {"parameters": [pet_id], "responses": found, "security": secure},
                "delete": {"parameters": [pet_id], "responses": {"204": {"description": ""}}, "security": secure},
            },
        },
        "components": {
            "schemas": {
                "Pet": {"type": "object", "properties": pet, "required": list(pet)},
                "NewPet": {"type": "object", "properties": new, "required": ["name"]},
                "Home": {"type": "object", "properties": {"city": TEXT, "street": TEXT}, "required": ["city"]},
                "Person": {"type": "object", "properties": {"name": TEXT}},
                "Shop": {"type": "object", "properties": {"title": TEXT}},
                "Error": {"type": "object", "properties": {"message": TEXT}},
            },
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def field(doc: Json, model: str, name: str) -> Json:
    found: Json = doc["components"]["schemas"][model]["properties"][name]
    return found


def model(doc: Json, key: str) -> Json:
    found: Json = doc["components"]["schemas"][key]
    return found


def operation(doc: Json, verb: str = "post", path: str = "/pets") -> Json:
    found: Json = doc["paths"][path][verb]
    return found


def put(target: Json, **values: Any) -> None:
    """Makes the values all that there is."""
    target.clear()
    target.update(values)


def move_path(doc: Json) -> None:
    operation(doc, "delete", "/pets/{pet_id}")["operationId"] = "x"
    doc["paths"]["/animals/{pet_id}"] = {"delete": doc["paths"]["/pets/{pet_id}"].pop("delete")}


def rename_path_parameter(doc: Json) -> None:
    item = doc["paths"]["/pets/{id}"] = doc["paths"].pop("/pets/{pet_id}")
    for said in item.values():
        said["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": TEXT}]


def rename_model(doc: Json) -> None:
    doc["components"]["schemas"]["House"] = doc["components"]["schemas"].pop("Home")
    put(field(doc, "Pet", "home"), **ref("House"))
    put(field(doc, "NewPet", "home"), **ref("House"))


def another_home(doc: Json, owner: str) -> None:
    """A copy of a model in the place of one that is still there."""
    doc["components"]["schemas"]["Kennel"] = model(doc, "Home")
    put(field(doc, owner, "home"), **ref("Kennel"))


def query_to_path(doc: Json) -> None:
    operation(doc, "get", "/pets/{pet_id}")["parameters"] = [
        {"name": "pet_id", "in": "query", "required": True, "schema": TEXT}
    ]


def parameter(doc: Json) -> Json:
    found: Json = operation(doc, "get")["parameters"][0]
    return found


def answer(doc: Json, verb: str = "post", path: str = "/pets") -> Json:
    found: Json = operation(doc, verb, path)["responses"]
    return found


def oauth(doc: Json, *scopes: str) -> None:
    flow = {"tokenUrl": "https://pets.example/token", "scopes": dict.fromkeys(("read", "write"), "")}
    doc["components"]["securitySchemes"]["key"] = {"type": "oauth2", "flows": {"clientCredentials": flow}}
    operation(doc)["security"] = [{"key": list(scopes)}]


def tag(doc: Json, key: str, wire: str) -> None:
    refs = {"person": "#/components/schemas/Person", "shop": "#/components/schemas/Shop"}
    put(field(doc, key, "keeper"), oneOf=[ref("Person"), ref("Shop")])
    field(doc, key, "keeper")["discriminator"] = {"propertyName": wire, "mapping": refs}


def page(doc: Json) -> None:
    members = {"data": {"type": "array", "items": ref("Pet")}, "next_cursor": NULLABLE}
    doc["components"]["schemas"]["Page"] = {"type": "object", "properties": members, "required": ["data"]}
    answer(doc, "get")["200"]["content"] = content(ref("Page"))


CURSOR = {"name": "cursor", "in": "query", "schema": {"type": "string"}}
BORN = {"requestBody": {"content": content(ref("Pet"))}, "responses": {}}
NULLABLE = {"type": ["string", "null"]}
NO_CREDENTIAL: list[Json] = []
Change = Callable[[Json], Any]

CASES: dict[tuple[str, str], Change | tuple[Change, Change]] = {
    ("operation-added", ""): lambda d: d["paths"].update({"/shops": {"get": {"responses": {}}}}),
    ("operation-removed", ""): lambda d: d["paths"]["/pets"].pop("get"),
    ("operation-deprecated", ""): lambda d: operation(d).update(deprecated=True),
    ("operation-restored", ""): (lambda d: operation(d).update(deprecated=True), lambda d: None),
    ("sunset-set", ""): lambda d: operation(d).update({"x-sunset": "2027-01-01"}),
    ("sunset-sooner", ""): (
        lambda d: operation(d).update({"x-sunset": "2027-01-01"}),
        lambda d: operation(d).update({"x-sunset": "2026-12-31"}),
    ),
    ("sunset-later", ""): (
        lambda d: operation(d).update({"x-sunset": "2027-01-01"}),
        lambda d: operation(d).update({"x-sunset": "2027-06-30"}),
    ),
    ("argument-added", "request"): lambda d: model(d, "NewPet")["properties"].update(color=TEXT),
    ("argument-added-required", "request"): lambda d: operation(d, "get")["parameters"].append(
        {"name": "shop", "in": "query", "required": True, "schema": TEXT}
    ),
    ("argument-removed", "request"): lambda d: model(d, "NewPet")["properties"].pop("note"),
    ("argument-renamed", "request"): rename_path_parameter,
    ("argument-required", "request"): lambda d: model(d, "NewPet")["required"].append("kind"),
    ("argument-optional", "request"): lambda d: model(d, "NewPet")["required"].clear(),
    ("argument-moved", "request"): lambda d: parameter(d).update({"in": "header"}),
    ("argument-keyword", "request"): query_to_path,
    ("argument-style", "request"): (
        lambda d: parameter(d).update(schema={"type": "array", "items": TEXT}),
        lambda d: parameter(d).update(schema={"type": "array", "items": TEXT}, style="pipeDelimited"),
    ),
    ("default-changed", "request"): lambda d: parameter(d)["schema"].update(default=50),
    ("argument-deprecated", "request"): lambda d: field(d, "NewPet", "note").update(deprecated=True),
    ("media-type-changed", "request"): lambda d: operation(d)["requestBody"].update(
        content=content(ref("NewPet"), "multipart/form-data")
    ),
    ("media-type-changed", "response"): lambda d: answer(d)["200"].update(
        content=content(ref("Pet"), "application/hal+json")
    ),
    ("result-added", "response"): (lambda d: answer(d)["200"].pop("content"), lambda d: None),
    ("result-removed", "response"): lambda d: answer(d)["200"].pop("content"),
    ("reading-changed", "response"): lambda d: answer(d)["200"].update(content=content(TEXT, "text/event-stream")),
    ("status-changed", "response"): lambda d: answer(d).update({"201": answer(d).pop("200")}),
    ("status-added", "response"): lambda d: answer(d).update({"202": answer(d)["200"]}),
    ("error-added", "response"): lambda d: answer(d).update({"409": answer(d)["404"]}),
    ("error-removed", "response"): lambda d: answer(d).pop("404"),
    ("field-added", "request"): lambda d: model(d, "Home")["properties"].update(zip=TEXT),
    ("field-added", "response"): lambda d: model(d, "Pet")["properties"].update(color=TEXT),
    ("field-added-required", "request"): lambda d: (
        model(d, "Home")["properties"].update(zip=TEXT),
        model(d, "Home")["required"].append("zip"),
    ),
    ("field-removed", "request"): lambda d: model(d, "Home")["properties"].pop("street"),
    ("field-removed", "response"): lambda d: model(d, "Pet")["properties"].pop("age"),
    ("field-required", "request"): lambda d: model(d, "Home")["required"].append("street"),
    ("field-required", "response"): lambda d: model(d, "Home")["required"].append("street"),
    ("field-optional", "request"): lambda d: model(d, "Home")["required"].clear(),
    ("field-optional", "response"): lambda d: model(d, "Pet")["required"].remove("age"),
    ("field-deprecated", ""): lambda d: field(d, "Pet", "age").update(deprecated=True),
    ("type-changed", "request"): lambda d: put(field(d, "NewPet", "note"), type="array", items=TEXT),
    ("type-changed", "response"): lambda d: put(field(d, "Pet", "id"), type="string", format="date-time"),
    ("model-replaced", "request"): lambda d: another_home(d, "NewPet"),
    ("model-replaced", "response"): lambda d: another_home(d, "Pet"),
    ("type-narrowed", "request"): lambda d: put(field(d, "NewPet", "size"), type="integer"),
    ("type-narrowed", "response"): (
        lambda d: field(d, "Pet", "age").update(type="number"),
        lambda d: field(d, "Pet", "age").update(type="integer"),
    ),
    ("type-widened", "request"): lambda d: put(field(d, "NewPet", "name"), type=["string", "integer"]),
    ("type-widened", "response"): lambda d: put(field(d, "Pet", "age"), type="number"),
    ("type-lost", "response"): lambda d: put(field(d, "Pet", "age")),
    ("null-added", "request"): lambda d: put(field(d, "NewPet", "name"), type=["string", "null"], maxLength=40),
    ("null-added", "response"): lambda d: put(field(d, "Pet", "id"), **NULLABLE),
    ("null-removed", "request"): lambda d: put(field(d, "NewPet", "note"), **TEXT),
    ("null-removed", "response"): lambda d: put(field(d, "Pet", "born"), type="string", format="date-time"),
    ("enum-value-added", "request"): lambda d: field(d, "NewPet", "kind")["enum"].append("fish"),
    ("enum-value-added", "response"): lambda d: field(d, "Pet", "kind")["enum"].append("fish"),
    ("enum-value-removed", "request"): lambda d: field(d, "NewPet", "kind")["enum"].remove("dog"),
    ("enum-value-removed", "response"): lambda d: field(d, "Pet", "kind")["enum"].remove("dog"),
    ("enum-closed", "request"): lambda d: field(d, "NewPet", "name").update(enum=["Ada", "Bob"]),
    ("enum-closed", "response"): lambda d: field(d, "Pet", "name").update(enum=["Ada", "Bob"]),
    ("enum-opened", "request"): lambda d: field(d, "NewPet", "kind").pop("enum"),
    ("enum-opened", "response"): lambda d: field(d, "Pet", "kind").pop("enum"),
    ("variant-added", "request"): lambda d: field(d, "NewPet", "keeper")["anyOf"].append(ref("Home")),
    ("variant-added", "response"): lambda d: field(d, "Pet", "keeper")["anyOf"].append(ref("Home")),
    ("variant-removed", "request"): (
        lambda d: field(d, "NewPet", "keeper")["anyOf"].append(ref("Home")),
        lambda d: None,
    ),
    ("variant-removed", "response"): (
        lambda d: field(d, "Pet", "keeper")["anyOf"].append(ref("Home")),
        lambda d: None,
    ),
    ("constraint-tightened", "request"): lambda d: field(d, "NewPet", "name").update(maxLength=20),
    ("constraint-loosened", "request"): lambda d: field(d, "NewPet", "name").update(maxLength=80),
    ("constraint-tightened", "response"): lambda d: field(d, "Pet", "name").update(maxLength=20),
    ("constraint-loosened", "response"): lambda d: field(d, "Pet", "name").pop("maxLength"),
    ("model-added", ""): lambda d: d["components"]["schemas"].update(Toy=model(d, "Home")),
    ("model-removed", ""): (
        lambda d: d["components"]["schemas"].update(Toy=model(d, "Home")),
        lambda d: None,
    ),
    ("model-renamed", ""): rename_model,
    ("server-changed", ""): lambda d: d["servers"][0].update(url="https://other.example"),
    ("operation-server-changed", ""): lambda d: operation(d).update(servers=[{"url": "https://upload.example"}]),
    ("credential-added", ""): lambda d: d["components"]["securitySchemes"].update(
        other={"type": "apiKey", "in": "header", "name": "X-Key"}
    ),
    ("credential-removed", ""): lambda d: d["components"]["securitySchemes"].pop("key"),
    ("credential-changed", ""): lambda d: put(
        d["components"]["securitySchemes"]["key"], type="apiKey", **{"in": "header", "name": "X-Key"}
    ),
    ("security-added", ""): (lambda d: operation(d).pop("security"), lambda d: None),
    ("security-removed", ""): lambda d: operation(d).update(security=NO_CREDENTIAL),
    ("security-changed", ""): lambda d: operation(d).update(security=[{"key": [], "other": []}]),
    ("security-alternative", ""): lambda d: operation(d).update(security=[{"key": []}, {"other": []}]),
    ("operation-moved", ""): move_path,
    ("argument-aliased", "request"): rename_path_parameter,
    ("argument-wire", "request"): (
        lambda d: field(d, "NewPet", "note").update(description="For the keeper."),
        lambda d: (
            model(d, "NewPet")["properties"].pop("note"),
            model(d, "NewPet")["properties"].update(Note={**NULLABLE, "description": "For the keeper."}),
        ),
    ),
    ("field-wire", ""): lambda d: model(d, "Pet").update(
        properties={{"age": "Age"}.get(key, key): value for key, value in model(d, "Pet")["properties"].items()},
        required=["Age" if key == "age" else key for key in model(d, "Pet")["required"]],
    ),
    ("model-aliased", ""): rename_model,
    ("alias-removed", ""): lambda d: None,
    ("scope-added", ""): (lambda d: oauth(d, "read"), lambda d: oauth(d, "read", "write")),
    ("scope-removed", ""): (lambda d: oauth(d, "read", "write"), lambda d: oauth(d, "read")),
    ("header-added", "response"): lambda d: answer(d)["200"].update(headers={"X-Left": {"schema": TEXT}}),
    ("header-removed", "response"): (
        lambda d: answer(d)["200"].update(headers={"X-Left": {"schema": TEXT}}),
        lambda d: None,
    ),
    ("members-refused", "request"): lambda d: model(d, "Home").update(additionalProperties=False),
    ("members-taken", "request"): (lambda d: model(d, "Home").update(additionalProperties=False), lambda d: None),
    ("members-refused", "response"): lambda d: model(d, "Shop").update(additionalProperties=False),
    ("members-taken", "response"): (lambda d: model(d, "Shop").update(additionalProperties=False), lambda d: None),
    ("discriminator-changed", "response"): (lambda d: tag(d, "Pet", "kind"), lambda d: tag(d, "Pet", "type")),
    ("discriminator-changed", "request"): (lambda d: tag(d, "NewPet", "kind"), lambda d: tag(d, "NewPet", "type")),
    ("event-added", "response"): lambda d: d.update(webhooks={"pet.born": {"post": BORN}}),
    ("event-removed", "response"): (lambda d: d.update(webhooks={"pet.born": {"post": BORN}}), lambda d: None),
    ("paging-changed", "response"): (page, lambda d: (page(d), operation(d, "get")["parameters"].append(CURSOR))),
}

PINNED: dict[tuple[str, str], tuple[str, str]] = {
    ("operation-renamed", ""): ("/paths/~1pets/post", "pets.make"),
    ("operation-moved", ""): ("/paths/~1animals~1{pet_id}/delete", "pets.delete"),
    ("operation-aliased", ""): ("/paths/~1pets/post", "pets.make"),
    ("field-aliased", ""): ("/components/schemas/Pet/properties/age", "years"),
    ("field-renamed", ""): ("/components/schemas/Pet/properties/age", "years"),
    ("credential-renamed", ""): ("/components/securitySchemes/key", "token"),
}
"""Names that a person gave otherwise, in cases where that is the change, or part of it."""


def changes(
    after: Change | None, before: Change | None = None, pin: tuple[str, str] | None = None, kind: str = ""
) -> tuple[Decision, ...]:
    """What comes of a change to the pets; `before` changes what there was, and kinds of aliases give some."""
    documents: list[Json] = [json.loads(json.dumps(document())) for _ in "ab"]  # nothing is shared
    for doc, change in zip(documents, (before, after), strict=True):
        if change:
            change(doc)
    names = give_names(documents[0], Pins())
    given = Pins(names, dict([pin]) if pin else {})
    had = Aliases({"pets.make": "pets.create"}) if kind == "alias-removed" else NO_ALIASES
    old = read_plan(documents[0], names, had)
    lock = give_names(documents[1], known_names(documents[1], given))
    kept = aliases(old, read_plan(documents[1], lock)) if kind.endswith("-aliased") else NO_ALIASES
    return compare(old, read_plan(documents[1], lock, kept), "pets")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}-{rule.direction}".strip("-"))
def test_each_rule_has_a_case_that_it_alone_explains(rule: Rule) -> None:
    key = rule.kind, rule.direction
    case = CASES.get(key)
    before, after = case if isinstance(case, tuple) else (None, case)
    found = changes(after, before, PINNED.get(key), rule.kind)
    assert rule in [decision.rule for decision in found], list(map(str, found))
    assert max(decision.callers for decision in found) == _expected(rule), list(map(str, found))
    for decision in found:
        assert "{" not in str(decision).replace("{pet_id}", "").replace("{id}", ""), str(decision)
        assert (decision.before != "") == (decision.callers == Severity.MAJOR or decision.kind.endswith("-aliased"))


def _expected(rule: Rule) -> Severity:
    """Of the whole case: some rules come with a graver one, as their cases change both directions at once."""
    with_graver = {
        ("field-required", "response"): Severity.MAJOR,
        ("field-optional", "request"): Severity.MAJOR,
        ("field-added", "request"): Severity.MINOR,
        ("credential-changed", ""): Severity.PATCH,
        ("members-refused", "response"): Severity.PATCH,
        ("members-taken", "response"): Severity.PATCH,
    }
    return with_graver.get((rule.kind, rule.direction), rule.callers)


def test_no_case_is_left_over() -> None:
    assert {*CASES, *PINNED} == {(rule.kind, rule.direction) for rule in RULES}


def test_the_same_document_has_no_changes() -> None:
    assert changes(None) == ()


PROSE: dict[str, Change] = {
    "a description": lambda d: operation(d).update(summary="Makes a pet", description="It will bark."),
    "a field's description": lambda d: field(d, "Pet", "age").update(description="In years", examples=[3]),
    "the version that the document claims": lambda d: d["info"].update(version="9.0", title="Pets!"),
    "a developer's server": lambda d: d["servers"][0].update(url="http://localhost:8080"),
    "no server": lambda d: d.pop("servers"),
    "no security section": lambda d: operation(d).pop("security"),
    "a default that is stated": lambda d: parameter(d)["schema"].pop("default"),
    "another order": lambda d: d.update(paths=dict(reversed(d["paths"].items()))),
    "another order of values": lambda d: field(d, "Pet", "kind").update(enum=["dog", "cat"]),
    "null said in another way": lambda d: put(field(d, "NewPet", "note"), anyOf=[{"type": "null"}, TEXT]),
    "a schema with a name of its own": lambda d: (
        d["components"]["schemas"].update(Note=NULLABLE),
        put(field(d, "NewPet", "note"), **ref("Note")),
    ),
}


@pytest.mark.parametrize("name", PROSE)
def test_what_is_said_otherwise_never_asks_for_a_new_version(name: str) -> None:
    found = [one for one in changes(PROSE[name]) if one.kind != "model-added"]
    assert not any(decision.callers for decision in found), list(map(str, found))


def test_a_field_that_says_nothing_of_itself_is_not_taken_for_a_renamed_one() -> None:
    def after(doc: Json) -> None:
        fields = model(doc, "Home")["properties"]
        fields["road"] = fields.pop("street")

    kinds = {decision.kind for decision in changes(after, kind="field-aliased")}
    assert {"field-removed", "field-added"} <= kinds
    assert not any("renamed" in kind or "aliased" in kind for kind in kinds)


def test_what_another_model_lacks_in_the_place_of_one_is_told() -> None:
    def after(doc: Json) -> None:
        another_home(doc, "Pet")
        doc["components"]["schemas"]["Kennel"] = {"type": "object", "properties": {"city": TEXT}, "required": ["city"]}

    found = {(one.kind, one.subject, str(one.rule.wire)) for one in changes(after)}
    assert ("model-replaced", "Pet.home", "none") in found
    assert ("field-removed", "Kennel.street", "major") in found


def test_a_model_with_other_fields_is_another_type() -> None:
    found = changes(lambda doc: put(field(doc, "Pet", "home"), **ref("Shop")))
    assert ("type-changed", "Pet.home") in {(one.kind, one.subject) for one in found}


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ({"anyOf": [{"type": "integer"}, {"enum": ["all"]}]}, "enum-value-removed"),
        ({"anyOf": [{"type": "integer"}, {"enum": ["all", "none", "some"]}]}, "enum-value-added"),
        ({"anyOf": [{"type": "integer"}, TEXT]}, "enum-opened"),
        ({"anyOf": [{"type": "integer", "maximum": 9}, {"enum": ["all", "none"]}]}, "constraint-tightened"),
        ({"anyOf": [{"type": "integer"}, {"enum": ["none", "all"]}, {"type": "null"}]}, "null-added"),
        ({"anyOf": [{"enum": ["none"]}, {"enum": ["all"]}, {"type": "integer"}]}, None),
    ],
)
def test_values_and_ranges_beside_another_type_are_compared(after: Json, kind: str | None) -> None:
    def size(schema: Json) -> Change:
        return lambda doc: put(field(doc, "NewPet", "size"), **schema)

    found = changes(size(after), size({"anyOf": [{"type": "integer"}, {"enum": ["all", "none"]}]}))
    assert [one.kind for one in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "kind", [ref("Sort"), {"anyOf": [ref("Sort"), {"type": "null"}]}, {"type": "array", "items": ref("Sort")}]
)
def test_what_changes_behind_the_same_reference_is_told(kind: Json) -> None:
    def with_values(*values: str) -> Change:
        def change(doc: Json) -> None:
            doc["components"]["schemas"] |= {"Sort": ref("Kind"), "Kind": {"type": "string", "enum": [*values]}}
            put(field(doc, "Pet", "kind"), **kind)

        return change

    found = changes(with_values("cat", "dog", "fish"), with_values("cat", "dog"))
    assert [(one.kind, one.subject.removesuffix("[...]")) for one in found] == [("enum-value-added", "Pet.kind")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}-{rule.direction}".strip("-"))
def test_passing_over_what_is_equal_loses_nothing(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    key = rule.kind, rule.direction
    case = CASES.get(key)
    before, after = case if isinstance(case, tuple) else (None, case)
    found = changes(after, before, PINNED.get(key), rule.kind)
    monkeypatch.setattr(Schemas, "_leads", lambda self, schema: None)
    assert changes(after, before, PINNED.get(key), rule.kind) == found


def test_members_that_a_flat_body_refuses_are_told() -> None:
    (found,) = changes(lambda doc: model(doc, "NewPet").update(additionalProperties=False))
    assert (found.kind, found.subject) == ("members-refused", "NewPet")


def test_an_arm_of_a_union_with_the_same_fields_is_the_same_under_another_name() -> None:
    def after(doc: Json) -> None:
        doc["components"]["schemas"]["Human"] = doc["components"]["schemas"].pop("Person")
        for owner in ("Pet", "NewPet"):
            put(field(doc, owner, "keeper"), anyOf=[ref("Human"), ref("Shop")])

    assert [(one.kind, one.subject) for one in changes(after)] == [("model-renamed", "Human")]


def test_a_new_operation_with_other_results_is_not_taken_for_one_that_is_gone() -> None:
    def after(doc: Json) -> None:
        doc["paths"]["/shops"] = {"post": doc["paths"]["/pets"].pop("post")}
        answer(doc, path="/shops")["200"]["content"] = content(ref("Shop"))

    kinds = [decision.kind for decision in changes(after)]
    assert "operation-removed" in kinds
    assert "operation-added" in kinds
