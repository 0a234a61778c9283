"""One side of a comparison: a project, a canonical document with its names, or any OpenAPI document at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from .. import merge, name, normalize
from ..documents import read
from ..generate.aliases import FILE as ALIASES
from ..generate.aliases import NO_ALIASES, read_aliases
from ..generate.plan import Plan, read_plan
from ..name import pins
from ..name.pins import Pins
from ..problems import BadInput, Problem
from ..project import Api
from ..scratch import scratch
from ..tree import Tree

DOCUMENT = "spec/openapi.yaml"


def plan_of(tree: Tree, folder: str = "spec", aliases: bool = True) -> Plan:
    """The package that a canonical document and the names beside it amount to, with the deprecated ones or without.

    Raises:
        BadInput: A file is missing or malformed, or a name is.
    """
    path = f"{folder}/openapi.yaml"
    document = read(tree.text(path), path).data
    lock = f"{folder}/{ALIASES.rpartition('/')[2]}"
    deprecated = read_aliases(tree.text(lock), lock) if aliases and tree.exists(lock) else NO_ALIASES
    return read_plan(document, pins.read(tree, f"{folder}/names.lock"), deprecated)


def load(path: Path, known: dict[str, str] | None = None) -> Plan:
    """The package that a project's folder, or an OpenAPI document, amounts to.

    Args:
        path: A project, a folder with `openapi.yaml` and `names.lock`, or a document in any dialect.
        known: Names that were given before; a document without names of its own keeps to them.

    Raises:
        BadInput: There is no such thing, or it cannot be read.
    """
    if (path / "spec/openapi.yaml").is_file():
        return plan_of(Tree(path))
    folder = path if path.is_dir() else path.parent
    if (folder / "names.lock").is_file() and path.name in (folder.name, "openapi.yaml"):
        return plan_of(Tree(folder.parent), folder.name)
    if not path.is_file():
        fix = "Name a project's folder or an OpenAPI document."
        raise BadInput(Problem(str(path), "There is no document here.", fix))
    return _foreign(path, known or {})


def _foreign(path: Path, known: dict[str, str]) -> Plan:
    """Any document, brought into canonical form and named in a temporary project."""
    with scratch() as root:
        (root / "spec").mkdir()
        shutil.copyfile(path, root / "spec" / path.name)
        tree = Tree(root)
        api = Api(package="api", client="Api", version="0", documents=(path.name,))
        for step, files in ((merge, "spec/merged.yaml"), (normalize, DOCUMENT)):
            outcome = step.run(tree, api)
            tree.replace((files,), outcome.files)
        document = read(tree.text(DOCUMENT), DOCUMENT).data
        pinned = name.known_names(document, Pins(shipped=known))
        return read_plan(document, name.give_names(document, pinned))
