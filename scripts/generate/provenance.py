"""What a package was made from: the documents with their digests, the corrections, and the engines."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from .. import pages
from ..merge.sources import document_paths
from ..project import Api
from ..tree import Tree

ENGINES = ("datamodel-code-generator", "openapi-python-client")
_OVERLAY = "spec/overlay.yaml"
_CANONICAL = "spec/openapi.yaml"


def provenance(tree: Tree, api: Api) -> str:
    """The text of the package's `_provenance.json`.

    Raises:
        BadInput: A page is not what was fetched.
    """
    found: list[dict[str, Any]] = [
        {"file": page.file, "url": page.url, "sha256": page.sha256, "age": page.age, "state": page.state}
        for page in pages.load(tree)
    ]
    known = {page["file"] for page in found}
    found += [{"file": path, "sha256": _digest(tree, path)} for path in document_paths(api) if path not in known]
    overlays = [{"file": _OVERLAY, "sha256": _digest(tree, _OVERLAY)}] if tree.exists(_OVERLAY) else []
    said = {
        "version": api.version,
        "documents": found,
        "overlays": overlays,
        "canonical": {"file": _CANONICAL, "sha256": _digest(tree, _CANONICAL)},
        "engines": {engine: version(engine) for engine in ENGINES},
    }
    return json.dumps(said, indent=1) + "\n"


def _digest(tree: Tree, path: str) -> str:
    return pages.digest(tree.bytes(path))
