"""The original document is the judge: a fault that the canonical document would hide shows, whatever the source is."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from scripts import contract, overlay, pipeline, project
from scripts.contract import catalog, recordings
from scripts.contract.findings import Findings
from scripts.documents import read, write
from scripts.tree import Tree

CUP: dict[str, Any] = {
    "type": "object",
    "required": ["size", "glaze"],
    "properties": {
        "size": {"type": "integer", "maximum": 9},
        "glaze": {"type": "string", "enum": ["matt", "shiny"]},
        "note": {"type": "string", "x-nullable": True},
    },
}
SWAGGER: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "Kiln", "version": "1"},
    "host": "api.kiln.example",
    "basePath": "/v2",
    "schemes": ["https"],
    "produces": ["application/json"],
    "consumes": ["application/json"],
    "paths": {
        "/cups": {
            "post": {
                "parameters": [{"name": "cup", "in": "body", "schema": {"$ref": "#/definitions/Cup"}}],
                "responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/Cup"}}},
            }
        }
    },
    "definitions": {"Cup": CUP},
}
_CONTENT = {"application/json": {"schema": {"$ref": "../schemas/cup.yaml#/Cup"}}}
FILES: dict[str, Any] = {
    "source/openapi.yaml": {
        "openapi": "3.0.3",
        "info": {"title": "Kiln", "version": "1"},
        "servers": [{"url": "https://api.kiln.example/v2"}],
        "paths": {"/cups": {"$ref": "./paths/cups.yaml"}},
    },
    "source/paths/cups.yaml": {
        "post": {
            "requestBody": {"content": _CONTENT},
            "responses": {"200": {"description": "", "content": _CONTENT}},
        }
    },
    "source/schemas/cup.yaml": {
        "Cup": {**CUP, "properties": {**CUP["properties"], "note": {"type": "string", "nullable": True}}}
    },
}
KINDS: dict[str, dict[str, Any]] = {"swagger": {"source/kiln.yaml": SWAGGER}, "files": FILES}


@pytest.fixture(scope="module", params=KINDS)
def kiln(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of a document, generated."""
    root = tmp_path_factory.mktemp(request.param)
    files = KINDS[request.param]
    for name, data in files.items():
        (root / "spec" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "spec" / name).write_text(write(data))
    (root / "spec/api.toml").write_text(f'[package]\nname = "kiln"\n[sources]\ndocuments = ["{next(iter(files))}"]\n')
    assert [str(problem) for problem in pipeline.run(root, "generate").problems] == []
    return root


def examined(root: Path, body: Any, status: int = 200) -> Findings:
    """What a live recording with this answer comes to; the canonical document has lost every rule."""
    tree = Tree(root)
    canonical = read(tree.text(catalog.CANONICAL), catalog.CANONICAL).data
    blind = copy.deepcopy(canonical)
    cup = blind["components"]["schemas"]["Cup"]
    cup["properties"] = {key: {} for key in cup["properties"]}
    cup.pop("required")
    tree.replace((catalog.CANONICAL,), {catalog.CANONICAL: write(blind)})
    known = catalog.load(tree)
    sent = json.dumps({"size": 1, "glaze": "matt"})
    entry = {
        "request": {
            "method": "POST",
            "url": "https://api.kiln.example/v2/cups",
            "headers": [],
            "postData": {"mimeType": "application/json", "text": sent},
        },
        "response": {
            "status": status,
            "headers": [],
            "content": {"mimeType": "application/json", "text": json.dumps(body)},
        },
        "_operation": "cups.create",
        "_origin": "live",
    }
    path = "tests/recordings/cups.create/one.har"
    one = recordings.parse(json.dumps({"log": {"version": "1.2", "entries": [entry]}}), path, known)
    return contract.examined(tree, project.load(tree), known, [one], [])


@pytest.mark.parametrize(
    ("body", "drifts"),
    [
        ({"size": 9, "glaze": "matt", "note": None}, []),
        ({"size": 10, "glaze": "matt"}, ["response.size: maximum is not met: 9"]),
        ({"size": 1, "glaze": "raw"}, ["response.glaze: 'raw' is not among matt, shiny"]),
        ({"size": "1", "glaze": "matt"}, ["response.size: string → integer"]),
        ({"size": 1}, ["response.glaze: missing, documented as required"]),
        ({"size": 1, "glaze": "matt", "tint": 1}, ["response.tint: not documented"]),
    ],
)
def test_a_fault_that_the_canonical_document_hides_is_drift(kiln: Path, body: Any, drifts: list[str]) -> None:
    (verdict,) = examined(kiln, body).verdicts
    assert list(map(str, verdict.drifts)) == drifts


def test_what_is_proposed_corrects_the_original_and_nothing_is_where_another_file_says_it(kiln: Path) -> None:
    (advice,) = examined(kiln, {"size": None, "glaze": "raw"}).advice
    assert advice is not None
    assert advice.side == "document"
    if kiln.name.startswith("files"):
        assert advice.actions == ""
        return
    actions = read(advice.actions, "actions").data
    (kiln / "spec/overlay.yaml").write_text(
        write({"overlay": "1.0.0", "info": {"title": "Corrections", "version": "1"}, "actions": actions})
    )
    assert overlay.apply(SWAGGER, read((kiln / "spec/overlay.yaml").read_text(), "overlay")).problems == ()
    assert pipeline.run(kiln, "normalize").problems == ()
    assert examined(kiln, {"size": None, "glaze": "raw"}).verdicts[0].drifts == ()
    (kiln / "spec/overlay.yaml").unlink()
    assert pipeline.run(kiln, "normalize").problems == ()


def test_references_of_a_corrected_document_lead_where_they_led_before(kiln: Path) -> None:
    action = {"target": "$.info", "description": "It has a name.", "update": {"title": "The kiln"}}
    text = {"overlay": "1.0.0", "info": {"title": "Corrections", "version": "1"}, "actions": [action]}
    (kiln / "spec/overlay.yaml").write_text(write(text))
    assert pipeline.run(kiln, "normalize").problems == ()
    (verdict,) = examined(kiln, {"size": 10, "glaze": "matt"}).verdicts
    assert list(map(str, verdict.drifts)) == ["response.size: maximum is not met: 9"]
    (kiln / "spec/overlay.yaml").unlink()
    assert pipeline.run(kiln, "normalize").problems == ()
