"""What the proof of each operation stands on: what documents say of it, its recordings, and the modules it loads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from ..cache import Parts
from ..generate.plan import Operation as Planned
from ..name.client import client_of
from ..project import Api
from ..tree import Tree
from .catalog import Catalog
from .original.source import Source
from .pieces import DocumentPieces
from .proof import Task
from .reach import Reach


class Basis:
    """What the operations of a project stand on."""

    def __init__(self, tree: Tree, api: Api, catalog: Catalog, source: Source) -> None:
        self.source = source
        self.written = DocumentPieces(source.data, Parts(tree.root, "written"), source.others)
        self.canonical = DocumentPieces(catalog.document, Parts(tree.root, "canonical"))
        self.reach = Reach(tree, api)
        self.shared = repr((api.package, client_of(catalog.names, api), catalog.credentials)).encode()

    def key(self, task: Task) -> bytes:
        """A digest of all that the proof of an operation stands on, besides the code of this step."""
        one = task.operation
        planned = _unplaced(one.plan)
        said = (
            planned,
            one.server,
            one.age,
            one.error_models,
            one.elsewhere,
            task.recordings,
            task.varied,
            task.vectors,
        )
        digest = hashlib.sha256(self.shared)
        digest.update(repr(said).encode("utf-8", "surrogatepass"))
        digest.update(self.written.digest(one.place[0]) + self.canonical.digest(one.plan.path))
        digest.update(self.reach.digest(one.plan.resource).encode())
        return digest.digest()

    def part(self, tasks: Iterable[Task]) -> Source:
        """The original document as far as these operations stand on it."""
        found = self.source.corrected(self.written.only(one.operation.place[0] for one in tasks))
        found.combined = self.written.combined
        return found

    def files(self, tasks: Iterable[Task]) -> list[str]:
        """The files of the package that the methods of these operations load."""
        return self.reach.paths({one.operation.plan.resource for one in tasks})


def _unplaced(planned: Planned) -> Planned:
    """The operation without the line that it was read from."""
    return replace(planned, source="", streamed=planned.streamed and replace(planned.streamed, source=""))
