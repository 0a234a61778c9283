"""The canonical document, which every step after normalize reads: kept as it was parsed, as YAML takes long to read."""

from __future__ import annotations

import hashlib
from typing import Any

from .cache import Parts
from .documents import read, write_pieces
from .tree import Tree

PATH = "spec/openapi.yaml"


def load(tree: Tree, path: str = PATH) -> dict[str, Any]:
    """What a canonical document says, for reading alone: it is the same for all; that of a release stands elsewhere.

    Raises:
        BadInput: It is missing or cannot be parsed.
    """
    digest = tree.digest(path)
    if digest not in tree.parsed:
        text = tree.text(path)
        tree.parsed[digest] = _parsed(tree, path).made([text], lambda _: {text: read(text, path).data})[text]
    found: dict[str, Any] = tree.parsed[digest]
    return found


def dump(tree: Tree, document: dict[str, Any]) -> str:
    """The text of the file that says this."""
    text = write_pieces(document, Parts(tree.root, "yaml"))
    tree.parsed[hashlib.sha256(text.encode()).digest()] = document
    _parsed(tree, PATH).keep({text: document})
    return text


def _parsed(tree: Tree, path: str) -> Parts:
    return Parts(tree.root, path.replace("/", "."))
