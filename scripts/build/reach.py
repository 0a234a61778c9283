"""Which files of a generated package a call can load, so that it need not be made again while these are the same."""

from __future__ import annotations

import hashlib
import re

from ..generate.resources import module
from ..project import Api
from ..tree import Tree

_LISTED = re.compile(r"^from \.(\w+) import (\w+)", re.MULTILINE)
_RESOURCE = re.compile(r"resources/(_responses/)?\w+\.py")
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
        self._led: dict[str, set[str]] = {}
        apart = {one for one in self._files if one.startswith(_APART) or _is_resource(one)} | {*self._models.values()}
        self.common = sorted(self._files - apart)
        """What every call may load: all but resources and models."""

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
            fresh = self._leads(file) - found
            found |= fresh
            todo += fresh
        return found

    def _leads(self, file: str) -> set[str]:
        """The models whose names stand in a file."""
        if file not in self._led:
            words = set(re.findall(r"\w+", self.tree.text(self.home + file))) if file in self._files else set()
            self._led[file] = {self._models[word] for word in words & self._models.keys()}
        return self._led[file]

    def digest(self, resource: str) -> str:
        """Names the content of all that the calls of a resource's methods can load, and what the package needs."""
        digest = hashlib.sha256(self.tree.digest("generated/pyproject.toml"))
        for file in (*self.common, *sorted(self.files(resource))):
            digest.update(f"\0{file}\0".encode() + self.tree.digest(self.home + file))
        return digest.hexdigest()


def _is_resource(file: str) -> bool:
    return _RESOURCE.fullmatch(file) is not None and not file.endswith("__init__.py")
