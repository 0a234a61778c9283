"""What the proof of each operation stands on: what documents say of it, its recordings, and the modules it loads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..cache import Parts
from ..generate.module_names import module_name
from ..generate.plan import Operation as Planned
from ..generate.resources import module
from ..project import Api
from ..tree import Tree
from .catalog import Catalog
from .original.source import Source
from .pieces import DocumentPieces, Pieces
from .proof import Task

_PROSE = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""')
_CLASS = re.compile(r"\b[A-Za-z_]*[A-Z]\w*")
"""Words that can be the name of a model."""


class Basis:
    """What the operations of a project stand on."""

    def __init__(self, tree: Tree, api: Api, catalog: Catalog, source: Source) -> None:
        self.source = source
        self.written = DocumentPieces(source.data, Parts(tree.root, "written"), source.others)
        self.canonical = DocumentPieces(catalog.document, Parts(tree.root, "canonical"))
        self.package = Package(tree, api)
        shared = (api.package, api.client, catalog.credentials, self.written.rest, self.canonical.rest)
        self.shared = repr((shared, self.package.shared)).encode()

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
            task.share,
            task.shrinks,
        )
        digest = hashlib.sha256(self.shared)
        digest.update(repr(said).encode("utf-8", "surrogatepass"))
        digest.update(self.written.digest(one.place[0]) + self.canonical.digest(one.plan.path))
        digest.update(self.package.digest(one.plan.resource))
        return digest.digest()

    def part(self, tasks: Iterable[Task]) -> Source:
        """The original document as far as these operations stand on it."""
        found = self.source.corrected(self.written.only(one.operation.place[0] for one in tasks))
        found.combined = self.written.combined
        return found


def _unplaced(planned: Planned) -> Planned:
    """The operation without the line that it was read from."""
    return replace(planned, source="", streamed=planned.streamed and replace(planned.streamed, source=""))


class Package:
    """The generated package: what all of its operations load, and the modules of resources and models."""

    def __init__(self, tree: Tree, api: Api) -> None:
        self.home = f"generated/{api.package}/"
        paths = [path.removeprefix(self.home) for path in tree.glob(f"{self.home}*.py")]
        modules = {path for path in paths if path.startswith(("models/", "resources/")) and path.count("/") == 1}
        modules -= {"models/__init__.py", "resources/__init__.py"}
        apart = ("resources/_responses/", "testing/")
        self.common = [path for path in paths if path not in modules and not path.startswith(apart)]
        texts = {path: tree.text(self.home + path) for path in sorted(modules)}
        words = Parts(tree.root, "modules").made(
            texts.values(),
            lambda missing: {text: sorted(set(_CLASS.findall(_PROSE.sub("", text)))) for text in missing},
        )
        homes = {word: f"models/{module_name(word)}.py" for text in texts.values() for word in words[text]}
        references = {
            path: [home for word in words[text] if (home := homes[word]) in texts] for path, text in texts.items()
        }
        self.pieces = Pieces({path: tree.digest(self.home + path) for path in texts}, references)
        self.shared = [(path, tree.digest(self.home + path)) for path in self.common]

    def digest(self, resource: str) -> bytes:
        """A digest of the modules that the methods of a resource load."""
        above = b"".join(self.pieces.digests.get(path, b"-") for path in _above(resource))
        return above + self.pieces.digest([_module(resource)])

    def files(self, resources: Iterable[str]) -> list[str]:
        """The files that the methods of these resources load."""
        resources = set(resources)
        found = self.pieces.reached(map(_module, resources))
        found |= {path for resource in resources for path in _above(resource)}
        return [self.home + path for path in sorted(found & self.pieces.digests.keys()) + self.common]


def _module(resource: str) -> str:
    return f"resources/{module(resource)}.py"


def _above(resource: str) -> Iterator[str]:
    """The modules of the resources on the way to one: they are loaded, and none of the models that they name."""
    steps = resource.split(".")
    return (_module(".".join(steps[:count])) for count in range(1, len(steps)))
