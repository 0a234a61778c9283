"""The canonical document, which every step after normalize reads: kept as it was parsed, as YAML takes long to read."""

from __future__ import annotations

import hashlib
import marshal
from typing import Any

from .cache import Parts
from .documents import joined, read, write_pieces
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
        known = _parsed(tree, path).made([text], lambda _: {text: [((), marshal.dumps((0, read(text, path).data)))]})
        tree.parsed[digest] = joined(known[text])
    found: dict[str, Any] = tree.parsed[digest]
    return found


def dump(tree: Tree, document: dict[str, Any]) -> str:
    """The text of the file that says this."""
    text, pieces = write_pieces(document, Parts(tree.root, "yaml"))
    tree.parsed[hashlib.sha256(text.encode()).digest()] = document
    _parsed(tree, PATH).keep({text: pieces})
    return text


def _parsed(tree: Tree, path: str) -> Parts:
    """The pieces of the file's last content."""
    return Parts(tree.root, path.replace("/", "."))
