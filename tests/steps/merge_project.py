"""Small projects for the tests of merge: fragments written by hand, without pages to extract them from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scripts import documents, merge
from scripts.problems import Problem
from scripts.project import Api
from scripts.step import Outcome
from scripts.tree import Tree

API = Api(package="acme", client="Acme", version="0.1.0")
METHODS = {"get", "post", "patch", "put", "delete"}

Json = dict[str, Any]


def table(*names: str, required: bool = True, **fields: Json) -> Json:
    """An object with text fields of these names, and others as given."""
    properties = {name: {"type": "string"} for name in names} | fields
    return {"type": "object", "properties": properties} | ({"required": list(properties)} if required else {})


def answer(schema: Json, words: str = "OK") -> Json:
    """A response with a JSON body."""
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def body(schema: Json) -> Json:
    """A request body in JSON."""
    return {"content": {"application/json": {"schema": schema}}}


def ref(name: str) -> Json:
    """A reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def fragment(
    page: str,
    call: str,
    operation: Json,
    *,
    kind: str = "markdown",
    age: int = 1,
    unstated: tuple[str, ...] = (),
    lines: dict[str, int] | None = None,
    **document: Any,
) -> Json:
    """What one page says about one operation; the operation stands on line 7 of the page."""
    method, path = call.split(" ")
    place = documents.pointer("paths", path, method.lower())
    whole = {"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}} | document
    schemas = whole.pop("schemas", None)
    if schemas:
        whole.setdefault("components", {})["schemas"] = schemas
    return {
        "page": f"spec/pages/{page}.md",
        "kind": kind,
        "age": age,
        "operation": call,
        "document": whole | {"paths": {path: {method.lower(): {"responses": {}} | operation}}},
        "unstated": list(unstated),
        "samples": [],
        "lines": {place: 7} | (lines or {}),
    }


def project(root: Path, *fragments: Json, overlay: str = "", **files: str) -> Tree:
    """A project with these fragments, in files named so that their order is the given one."""
    tree = Tree(root)
    made = {f"spec/fragments/p{n:03}/op.yaml": documents.write(data) for n, data in enumerate(fragments)}
    tree.replace(["spec/fragments/*"], made)
    if overlay:
        tree.replace(["spec/overlay.yaml"], {"spec/overlay.yaml": overlay})
    tree.replace(list(files), files)
    return tree


def merged(outcome: Outcome) -> Json:
    """The document that merge made."""
    content = outcome.files[merge.MERGED]
    assert isinstance(content, str)
    data: Json = documents.read(content, merge.MERGED).data
    return data


def run(root: Path, *fragments: Json, overlay: str = "") -> tuple[Json, tuple[Problem, ...]]:
    """The merged document of these fragments, and the problems."""
    outcome = merge.run(project(root, *fragments, overlay=overlay), API)
    return merged(outcome), outcome.problems


def about(problems: tuple[Problem, ...], *words: str) -> list[Problem]:
    """The problems whose text holds all of these words."""
    return [problem for problem in problems if all(word in str(problem) for word in words)]


def unsettled(problems: tuple[Problem, ...]) -> list[Problem]:
    """The problems that stop the run."""
    return [problem for problem in problems if problem.settled is None]
