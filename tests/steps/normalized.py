"""What tests of normalize share: a document in, the canonical document and its problems out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scripts import normalize
from scripts.documents import read, write
from scripts.problems import Problem
from scripts.project import Api
from scripts.tree import Tree

API = Api("opencx", "OpenCX", "0.1.0")


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
