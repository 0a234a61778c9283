"""Where does each keyword of JSON Schema and OpenAPI go? None is lost in silence.

Each is put into a document that lacks it. Then either the canonical document changes, or a problem tells that it
cannot, or it is among those that mean nothing to a client, with the reason.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from scripts import normalize
from scripts.documents import read, write
from scripts.problems import Problem
from scripts.project import Api
from scripts.tree import Tree

URL = "https://a.example"
BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://{region}.example", "variables": {"region": {"default": "eu"}}}],
    "paths": {"/pets/{id}": {"post": {
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "all", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
        ],
        "requestBody": {"content": {
            "multipart/form-data": {"schema": {"$ref": "#/components/schemas/Pet"}, "encoding": {"text": {}}}}},
        "responses": {"200": {"description": "ok", "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}},
    }}},
    "tags": [{"name": "a"}],
    "security": [{"key": []}, {"login": []}, {"oidc": []}, {"bearer": []}],
    "components": {
        "schemas": {
            "Pet": {"type": "object", "properties": {
                "text": {"type": "string"}, "number": {"type": "number"}, "any": {}, "list": {"type": "array"},
                "object": {"type": "object"}, "owner": {"$ref": "#/components/schemas/Owner"},
                "name": {"$ref": "#/components/schemas/Name"}}},
            "Owner": {"type": "object", "properties": {"kind": {"type": "string"}}},
            "Name": {"type": "string"},
        },
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "login": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": URL, "scopes": {}}}},
            "oidc": {"type": "openIdConnect", "openIdConnectUrl": URL},
            "bearer": {"type": "http", "scheme": "bearer"},
        },
    },
}  # fmt: skip
PET = "components/schemas/Pet/properties"
POST = "paths/~1pets~1{id}/post"
BODY = f"{POST}/requestBody/content/multipart~1form-data"
ANSWER = f"{POST}/responses/200"
STRING: dict[str, Any] = {"type": "string"}
MEANT: dict[str, dict[str, Any]] = {
    f"{PET}/text": {
        "title": "T", "description": "D", "default": "d", "deprecated": True, "readOnly": True, "writeOnly": True,
        "examples": ["e"], "example": "e", "enum": ["a"], "const": "a", "format": "date", "minLength": 1,
        "maxLength": 2, "pattern": "^a", "contentEncoding": "base64", "contentMediaType": "image/png", "nullable": True,
        "x-nullable": True, "type": "integer",
    },
    f"{PET}/number": {"minimum": 1, "maximum": 2, "exclusiveMinimum": 1, "exclusiveMaximum": 2, "multipleOf": 2},
    f"{PET}/list": {
        "items": STRING, "prefixItems": [STRING, {"type": "integer"}], "minItems": 1, "maxItems": 2,
        "uniqueItems": True, "contains": STRING, "unevaluatedItems": STRING,
    },
    f"{PET}/object": {
        "properties": {"a": STRING}, "patternProperties": {"^a": STRING}, "additionalProperties": STRING,
        "propertyNames": {"pattern": "^a"}, "required": ["a"], "minProperties": 1, "maxProperties": 2,
        "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"a": {"required": ["b"]}}, "dependencies": {"a": ["b"]},
        "unevaluatedProperties": STRING,
    },
    f"{PET}/any": {
        "allOf": [STRING], "anyOf": [STRING], "oneOf": [STRING], "not": STRING, "if": {"required": ["a"]},
        "$ref": "#/components/schemas/Owner", "$dynamicRef": "#/components/schemas/Owner",
        "$recursiveRef": "#/components/schemas/Owner",
    },
    f"{PET}/name": {"description": "D", "maxLength": 3, "pattern": "^a", "default": "x", "deprecated": True},
    f"{PET}/owner": {"properties": {"more": STRING}, "required": ["kind"], "nullable": True},
    "info": {
        "summary": "S", "description": "D", "termsOfService": "T", "contact": {"name": "N"}, "license": {"name": "L"},
    },
    "": {"webhooks": {"made": {"post": {"responses": {}}}}, "security": []},
    "servers/0": {"description": "D"},
    "servers/0/variables/region": {"enum": ["eu", "us"], "description": "D", "default": "us"},
    "tags/0": {"description": "D"},
    "paths/~1pets~1{id}": {
        "summary": "S", "description": "D", "servers": [{"url": "/x"}], "get": {"responses": {}},
        "parameters": [{"name": "b", "in": "query"}], "additionalOperations": {"COPY": {"responses": {}}},
        "query": {"responses": {}},
    },
    POST: {
        "tags": ["a"], "summary": "S", "description": "D", "operationId": "o", "deprecated": True, "security": [],
        "servers": [{"url": "/x"}], "callbacks": {"c": {"{$url}": {"post": {"responses": {}}}}},
    },
    f"{POST}/parameters/1": {
        "description": "D", "required": True, "deprecated": True, "style": "pipeDelimited", "explode": False,
        "allowReserved": True, "content": {"application/json": {}},
    },
    f"{POST}/requestBody": {"description": "D", "required": True},
    BODY: {"itemSchema": STRING, "prefixEncoding": [{}], "itemEncoding": {}},
    f"{BODY}/encoding/text": {
        "contentType": "text/csv", "style": "form", "explode": True, "allowReserved": True,
        "headers": {"X-A": {"schema": STRING}},
    },
    ANSWER: {"headers": {"X-A": {"schema": STRING}}},
    f"{ANSWER}/content/application~1json": {"itemSchema": STRING},
    "components/securitySchemes/key": {"description": "D", "name": "X-Other", "in": "query", "type": "http"},
    "components/securitySchemes/bearer": {"bearerFormat": "JWT", "scheme": "basic"},
    "components/securitySchemes/login/flows": {
        "implicit": {"authorizationUrl": URL, "scopes": {}}, "password": {"tokenUrl": "https://b.example"},
        "authorizationCode": {"authorizationUrl": URL, "tokenUrl": "https://b.example"},
    },
    "components/securitySchemes/login/flows/clientCredentials": {"refreshUrl": URL, "scopes": {"a": "A"}},
}  # fmt: skip
"""By place: keywords, each with a value that says something new there."""
HELD = "it names a place for references, and means nothing without one"
WRITERS = "it is for those who write the document"
BESIDE = "it qualifies a keyword that is told as lost"
NOTHING: dict[str, dict[str, tuple[Any, str]]] = {
    f"{PET}/text": {
        "xml": ({"name": "x"}, "the client speaks JSON"), "externalDocs": ({"url": URL}, WRITERS),
        "$comment": ("c", WRITERS), "$id": ("https://a.example/s", HELD), "$anchor": ("a", HELD),
        "$dynamicAnchor": ("b", HELD), "$defs": ({"A": STRING}, HELD), "definitions": ({"A": STRING}, HELD),
        "$recursiveAnchor": (True, HELD), "$schema": ("https://json-schema.org/draft/2020-12/schema", WRITERS),
        "$vocabulary": ({}, WRITERS), "then": (STRING, "without `if` it says nothing"),
        "else": (STRING, "without `if` it says nothing"),
        "contentSchema": (STRING, "text stays text: who sends it has written it"),
    },
    f"{PET}/list": {
        "minContains": (1, BESIDE), "maxContains": (2, BESIDE),
        "additionalItems": (STRING, "without a list in `items` it says nothing"),
    },
    "": {
        "externalDocs": ({"url": URL}, WRITERS), "$self": ("https://a.example/api", HELD),
        "jsonSchemaDialect": ("https://json-schema.org/draft/2020-12/schema", WRITERS),
    },
    "servers/0": {"name": ("N", "servers are known by their address")},
    "tags/0": {
        "externalDocs": ({"url": URL}, WRITERS), "summary": ("S", WRITERS), "kind": ("nav", WRITERS),
        "parent": ("b", WRITERS),
    },
    POST: {"externalDocs": ({"url": URL}, WRITERS)},
    f"{POST}/parameters/1": {
        "allowEmptyValue": (True, "an empty text is sent as one"), "example": ("e", WRITERS),
        "examples": ({"a": {"value": "e"}}, WRITERS),
    },
    BODY: {"example": ({}, "the test kit reads it from the document"), "examples": ({"a": {"value": {}}}, "the same")},
    "components/schemas/Owner": {
        "discriminator": ({"propertyName": "kind"}, "without a union, or models that extend it, it says nothing"),
    },
    ANSWER: {
        "summary": ("S", "the description says it"),
        "links": ({"a": {"operationId": "o"}}, "which call comes next is the caller's choice"),
    },
    "components/securitySchemes/login": {
        "oauth2MetadataUrl": (URL, "the flow's own addresses are used"), "deprecated": (True, WRITERS),
    },
    "components/securitySchemes/login/flows": {
        "deviceAuthorization": ({"tokenUrl": URL}, "who runs it gives the client the token"),
    },
}  # fmt: skip
"""By place: what means nothing to a client, with a value and the reason."""


def put(place: str, keyword: str, value: Any) -> dict[str, Any]:
    """The document with the keyword at a place."""
    document = copy.deepcopy(BASE)
    node: Any = document
    for step in filter(None, place.split("/")):
        key = step.replace("~1", "/")
        node = node[int(key) if isinstance(node, list) else key]
    node[keyword] = value
    return document


def normalized(folder: Path, document: dict[str, Any]) -> tuple[Any, tuple[Problem, ...]]:
    (folder / "spec").mkdir(exist_ok=True)
    (folder / "spec/merged.yaml").write_text(write(document))
    made = normalize.run(Tree(folder), Api("pets", "Pets", "1"))
    return read(str(made.files["spec/openapi.yaml"]), "out").data, made.problems


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Any:
    document, problems = normalized(tmp_path_factory.mktemp("plain"), BASE)
    assert problems == ()
    return document


CASES = [(place, keyword) for place, held in MEANT.items() for keyword in held]


@pytest.mark.parametrize(("place", "keyword"), CASES, ids=[f"{place}:{keyword}" for place, keyword in CASES])
def test_a_keyword_has_a_meaning_or_a_problem(tmp_path: Path, plain: Any, place: str, keyword: str) -> None:
    document, problems = normalized(tmp_path, put(place, keyword, MEANT[place][keyword]))
    told = [problem for problem in problems if f"`{keyword}`" in problem.what or "overlay" in problem.fix]
    assert document != plain or told
    assert all(problem.line and problem.settled and "overlay" in problem.fix for problem in told)


IDLE = [(place, keyword) for place, held in NOTHING.items() for keyword in held]


@pytest.mark.parametrize(("place", "keyword"), IDLE, ids=[f"{place}:{keyword}" for place, keyword in IDLE])
def test_a_keyword_without_a_meaning_changes_nothing(tmp_path: Path, plain: Any, place: str, keyword: str) -> None:
    value, reason = NOTHING[place][keyword]
    document, problems = normalized(tmp_path, put(place, keyword, value))
    assert reason
    assert (document, problems) == (plain, ())


def test_what_may_follow_the_items_of_an_old_tuple_is_taken_as_well(tmp_path: Path) -> None:
    document = put(f"{PET}/list", "items", [STRING])
    document["components"]["schemas"]["Pet"]["properties"]["list"]["additionalItems"] = {"type": "integer"}
    made, _ = normalized(tmp_path, document)
    found = made["components"]["schemas"]["Pet"]["properties"]["list"]
    assert (found["prefixItems"], found["items"]) == ([STRING], {"type": "integer"})


def test_a_limit_beside_a_reference_to_text_holds_there_alone(tmp_path: Path) -> None:
    made, _ = normalized(tmp_path, put(f"{PET}/name", "maxLength", 3))
    schemas = made["components"]["schemas"]
    assert schemas["Pet"]["properties"]["name"] == {"type": "string", "maxLength": 3}
    assert schemas["Name"] == {"type": "string"}
