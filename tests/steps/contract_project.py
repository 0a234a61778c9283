"""A small made-up API as a project folder: two versions of its pages, its documents, and a package written by hand.

The package keeps to the interface of a generated one. Its `FAULT` says what to get wrong, so that tests see the
contract step find it.
"""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

from scripts.documents import write
from scripts.project import Api

API = Api(package="acme", client="Acme", version="1.2.0", summary="A client for Acme.")

OLD, NEW = "spec/pages/old.txt", "spec/pages/new.txt"

THING: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "kind": {"type": "string", "enum": ["cup", "plate", "bowl"]},
        "sizes": {"type": "array", "items": {"type": "integer"}},
        "madeAt": {"type": "string", "format": "date-time"},
        "note": {"anyOf": [{"type": "string", "enum": ["fragile"]}, {"type": "null"}]},
    },
    "required": ["id", "kind", "sizes", "madeAt", "note"],
    "additionalProperties": False,
}
ERROR: dict[str, Any] = {
    "type": "object",
    "properties": {"statusCode": {"type": "integer"}, "message": {"type": "string"}},
}
NEW_THING: dict[str, Any] = {
    "type": "object",
    "properties": {"kind": THING["properties"]["kind"], "sizes": THING["properties"]["sizes"]},
    "required": ["kind"],
}
BODY = {"id": "t1", "kind": "cup", "sizes": [1], "madeAt": "2023-11-07T05:31:56Z", "note": None}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _ref(key: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{key}"}


def _sourced(schema: dict[str, Any], sourced: bool) -> dict[str, Any]:
    extra = {"x-source": f"{NEW}:1"} if sourced else {"$id": "#/components/schemas/Elsewhere"}
    return {**copy.deepcopy(schema), **extra}


def document(sourced: bool) -> dict[str, Any]:
    """The merged document, or the canonical one, in which everything has its source."""
    source = {"x-source": f"{NEW}:1"} if sourced else {}
    path = {"name": "thing_id", "in": "path", "required": True, "schema": {"type": "string"}}
    tags = {"name": "sizes", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}}
    trace = {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}
    thing = {"200": {"description": "", "content": _json(_ref("ThingDto"))}}
    failed = {"500": {"description": "It broke", "content": _json(_ref("ErrorDto"))}}
    body = {"required": True, "content": _json(_ref("NewThingDto"))}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://api.acme.example/v1"}],
        "security": [{"bearer": []}],
        "paths": {
            "/things": {
                "post": {"requestBody": body, "responses": {**thing, **failed}, "security": [{"bearer": []}], **source}
            },
            "/things/{thing_id}": {
                "get": {"parameters": [path, tags, trace], "responses": thing, "security": [{"bearer": []}], **source}
            },
        },
        "components": {
            "schemas": {
                "ThingDto": _sourced(THING, sourced),
                "NewThingDto": _sourced(NEW_THING, sourced),
                "ErrorDto": _sourced(ERROR, sourced),
            },
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _names() -> dict[str, str]:
    schemas = "/components/schemas"
    fields = {key: key for key in THING["properties"]} | {"madeAt": "made_at"}
    names = {f"{schemas}/ThingDto/properties/{key}": name for key, name in fields.items()}
    names |= {f"{schemas}/NewThingDto/properties/{key}": key for key in NEW_THING["properties"]}
    names |= {f"{schemas}/ErrorDto/properties/statusCode": "status_code"}
    names |= {f"{schemas}/ErrorDto/properties/message": "message"}
    names |= {f"{schemas}/{key}Dto": key for key in ("Thing", "NewThing")} | {f"{schemas}/ErrorDto": "Error"}
    get = "/paths/~1things~1{thing_id}/get"
    names |= {"/paths/~1things/post": "things.create", get: "things.retrieve"}
    names |= {f"{get}/parameters/path.thing_id": "thing_id", f"{get}/parameters/query.sizes": "sizes"}
    return names | {f"{get}/parameters/header.X-Trace": "trace", "/components/securitySchemes/bearer": "api_key"}


def _old_page() -> dict[str, Any]:
    """What the old page said: 201, one size as text, two kinds, no note."""
    kept = {key: value for key, value in THING["properties"].items() if key not in ("note", "sizes")}
    kind, size = {"type": "string", "enum": ["cup", "plate", "jug"]}, {"type": ["string", "null"]}
    answer = {"type": "object", "properties": {**kept, "kind": kind, "sizes": size, "colour": {"type": "string"}}}
    asked = {"type": "object", "properties": {"kind": kind, "sizes": size, "colour": {"type": "string"}}}
    body = {key: value for key, value in BODY.items() if key != "note"} | {"sizes": "1", "colour": "red"}
    return {
        "page": OLD,
        "kind": "rendered",
        "age": 1,
        "operation": "POST /things",
        "document": _fragment(
            {"requestBody": {"content": _json(asked)}, "responses": {"201": {"content": _json(answer)}}}
        ),
        "samples": [
            {
                "role": "request",
                "media_type": "application/json",
                "body": {"kind": "jug", "sizes": "1", "colour": "red"},
            },
            {"role": "response", "status": "201", "media_type": "application/json", "body": {**body, "kind": "jug"}},
        ],
    }


def _fragment(operation: dict[str, Any]) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {"/things": {"post": operation}}}


def _new_page() -> dict[str, Any]:
    merged = document(sourced=False)
    return {
        "page": NEW,
        "kind": "markdown",
        "age": 2,
        "operation": "POST /things",
        "document": {**_fragment(merged["paths"]["/things"]["post"]), "components": merged["components"]},
        "samples": [],
    }


def make(root: Path, fault: str = "") -> Path:
    """The project in a folder; `fault` is what its package gets wrong."""
    files: dict[str, str] = {
        "spec/api.toml": '[package]\nname = "acme"\nclient = "Acme"\nversion = "1.2.0"\n',
        OLD: "old\n",
        NEW: "new\n",
        "spec/merged.yaml": write(document(sourced=False)),
        "spec/openapi.yaml": write(document(sourced=True)),
        "spec/names.lock": json.dumps(_names()),
        "spec/fragments/old/post-things.yaml": write(_old_page()),
        "spec/fragments/new/post-things.yaml": write(_new_page()),
        "generated/acme/__init__.py": _package().replace('FAULT = ""', f"FAULT = {fault!r}"),
        "generated/acme/py.typed": "",
        "generated/README.md": "# Acme\n",
        "generated/pyproject.toml": PYPROJECT,
    }
    locks = [
        f'[[page]]\nfile = "{page}"\norigin = "crawl"\nsha256 = "{_sha(files[page])}"\nage = {age}\n'
        for age, page in ((1, OLD), (2, NEW))
    ]
    for path, text in {**files, "spec/pages.lock": "\n".join(locks)}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def _package() -> str:
    return Path(__file__).with_name("contract_package.txt").read_text(encoding="utf-8")


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "acme"
version = "1.2.0"
description = "A client for Acme."
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["httpx>=0.28,<1"]

[tool.hatch.build.targets.wheel]
packages = ["acme"]
"""


def har(**changes: Any) -> dict[str, Any]:
    """A live recording of today: `things.retrieve` of one thing. Names ending in `_` change our own fields."""
    entry: dict[str, Any] = {
        "request": {
            "method": "GET",
            "url": "https://api.acme.example/v1/things/a%2Fb?sizes=1&sizes=2",
            "headers": [{"name": "X-Trace", "value": "abc"}],
        },
        "response": {
            "status": 200,
            "headers": [],
            "content": {"mimeType": "application/json", "text": json.dumps(BODY)},
        },
        "_operation": "things.retrieve",
        "_origin": "live",
    }
    for place, value in changes.items():
        node = entry
        *parents, last = place.split("__") if "__" in place else [place]
        for key in parents:
            node = node[key]
        node[last] = value
    return {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": [entry]}}


def record(root: Path, name: str, content: dict[str, Any] | str, operation: str = "things.retrieve") -> str:
    """Puts a recording into the project; returns its path."""
    path = f"tests/recordings/{operation}/{name}.har"
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
    return path
