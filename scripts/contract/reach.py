"""Which files of a generated package a call can load, so that it need not be made again while these are the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from ..beside import shared
from ..cache import Parts
from ..generate.resources import module
from ..project import Api
from ..tree import Tree

_LISTED = re.compile(r"^from \.(\w+) import (\w+)", re.MULTILINE)
_RESOURCE = re.compile(r"resources/(_responses/)?\w+\.py")
_PROSE = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""')
_NO_MODEL = re.compile("[a-z][a-z0-9_]*")
_APART = ("testing/", "_pytest_plugin.py")
"""What stands beside the client: no call loads it."""


class Reach:
    """A package's modules, and which lead to which: a model is only ever loaded by its name."""

    def __init__(self, tree: Tree, api: Api) -> None:
        self.tree = tree
        self.home = f"generated/{api.package}/"
        names = self.home + "models/__init__.pyi"
        listed = _LISTED.findall(tree.text(names)) if tree.exists(names) else []
        self._models = {name: f"models/{file}.py" for file, name in listed}
        self._files = {path.removeprefix(self.home) for path in tree.glob(f"{self.home}*.py")}
        apart = {one for one in self._files if one.startswith(_APART) or _is_resource(one)} | {*self._models.values()}
        self.common = sorted(self._files - apart)
        """What every call may load: all but resources and models."""
        texts = {file: tree.text(self.home + file) for file in sorted(self._files & apart) if file.count("/") == 1}
        self._words = Parts(tree.root, "words").made(texts.values(), lambda missing: shared(missing, _words))
        self._leads = {
            file: {self._models[word] for word in self._words[text] if word in self._models}
            for file, text in texts.items()
        }
        """The models whose names stand in a file."""
        self._digests: dict[str, str] = {}

    def files(self, resource: str) -> set[str]:
        """What only the calls of a resource's methods load: it, those that lead to it, and the models that it leads to.

        A superset: a model counts as loaded where its name stands in the text of one that does.
        """
        parts = resource.split(".")
        chain = [f"resources/{module('.'.join(parts[:depth]))}.py" for depth in range(1, len(parts) + 1)]
        found = set(chain) & self._files
        todo = chain[-1:]
        while todo:
            file = todo.pop()
            fresh = self._leads.get(file, set()) - found
            found |= fresh
            todo += fresh
        return found

    def paths(self, resources: Iterable[str]) -> list[str]:
        """The paths of all files that the calls of these resources' methods can load."""
        return [self.home + file for file in sorted({*self.common}.union(*map(self.files, resources)))]

    def digest(self, resource: str) -> str:
        """Names the content of all that the calls of a resource's methods can load, and what the package needs."""
        if resource not in self._digests:
            digest = hashlib.sha256(self.tree.digest("generated/pyproject.toml"))
            for file in (*self.common, *sorted(self.files(resource))):
                digest.update(f"\0{file}\0".encode() + self.tree.digest(self.home + file))
            self._digests[resource] = digest.hexdigest()
        return self._digests[resource]


def _words(texts: Iterable[str]) -> dict[str, list[str]]:
    """The words of each module that can be names of models: not what its methods and classes are about."""
    found = {text: set(re.findall(r"\w+", _PROSE.sub("", text))) for text in texts}
    return {text: sorted(word for word in words if not _NO_MODEL.fullmatch(word)) for text, words in found.items()}


def _is_resource(file: str) -> bool:
    return _RESOURCE.fullmatch(file) is not None and not file.endswith("__init__.py")
