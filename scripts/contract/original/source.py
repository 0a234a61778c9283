"""Which files the original document of a project is."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ... import merge
from ...documents import read
from ...problems import BadInput
from ...project import Api
from ...tree import Tree
from .document import Original

_FOLDER = "spec"


@dataclass(eq=False)
class Source:
    """A document before it was normalized, with the files that it refers to.

    What that is, for each kind of project: a whole document, of whatever version, as it stands in its file; where an
    overlay corrects it, as it was corrected; where pages are merged, what `merge` made of them, overlay applied.
    """

    entry: str
    """The file that references in `data` are relative to."""
    data: Any
    tree: Tree | None = None
    """Where other files are looked for."""
    combined: frozenset[str] | None = None
    """Pointers to schemas that others combine, where `data` is a part of the document and may lack those others."""
    _others: dict[str, Any] = field(default_factory=dict, repr=False)

    def file(self, path: str) -> Any:
        """A file's content; None where there is none in the project's folder, or none that can be read."""
        if path == self.entry:
            return self.data
        if path not in self._others:
            self._others[path] = self._read(path)
        return self._others[path]

    def _read(self, path: str) -> Any:
        if self.tree is None or not path.startswith(f"{_FOLDER}/"):
            return None
        try:
            inside = (self.tree.root / path).resolve().is_relative_to((self.tree.root / _FOLDER).resolve())
            return read(self.tree.text(path), path).data if inside else None
        except (OSError, ValueError, BadInput):
            return None

    def corrected(self, data: Any) -> Source:
        """The same with another entry."""
        return Source(self.entry, data, self.tree, self.combined, self._others)

    def others(self) -> dict[str, Any]:
        """The other files that it refers to, and those that it would."""
        assert self.request
        return self._others

    @cached_property
    def request(self) -> Original:
        """What it says of requests."""
        return Original(self.file, self.entry, "request")

    @cached_property
    def response(self) -> Original:
        """What it says of answers."""
        return Original(self.file, self.entry, "response")


def load(tree: Tree, api: Api) -> Source:
    """The original document of the project.

    Raises:
        BadInput: It cannot be read.
    """
    entry = merge.entry(tree, api)
    data = read(tree.text(entry), entry).data
    base = data.get("x-base") if isinstance(data, Mapping) else None
    return Source(posixpath.normpath(base) if isinstance(base, str) else entry, data, tree)
