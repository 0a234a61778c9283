"""Packages as they were, made of older documents by the flow as it is now: their users are answered today, too."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import pages
from ..documents import read
from ..problems import BadInput
from ..project import FILE, Api
from ..tree import Tree
from . import catalog as catalogs
from .importer import FRAGMENTS
from .original import source
from .validator import Validator

MOST = 6
"""Older packages that are made; the newest of them."""
_RELEASED = "spec/released"
_SETTINGS = (FILE, "spec/overlay.yaml", "spec/names.lock")


@dataclass(frozen=True)
class Older:
    """One older package; its files are in `tree`."""

    label: str
    """`age 2` of the documents, or `release 1.2.0`."""
    tree: Tree
    catalog: catalogs.Catalog
    validator: Validator


@dataclass(frozen=True)
class Recipe:
    """What an older package is made of."""

    label: str
    files: Mapping[str, bytes]
    steps: tuple[str, ...]
    api: Api

    def made(self, nowhere: Path) -> Older | None:
        """The package; None where it cannot be made. `nowhere` is a folder for what is kept meanwhile."""
        from ..pipeline import STEPS

        steps = {step.name: step for step in STEPS}
        tree = Tree(nowhere)
        tree.replace(("*",), self.files)
        try:
            for word in self.steps:
                outcome = steps[word].run(tree, self.api)  # what is doubtful now was doubtful then, and is told now
                tree.replace(steps[word].writes, outcome.files)
            catalog = catalogs.load(tree)
            whole = "merge" not in self.steps
            written = source.Source(catalogs.CANONICAL, catalog.document) if whole else source.load(tree, self.api)
        except (BadInput, json.JSONDecodeError):
            return None
        return Older(self.label, tree, catalog, Validator(written))


def recipes(tree: Tree, api: Api, current: catalogs.Catalog) -> Iterator[Recipe]:
    """The older packages, oldest first; what a project's older documents say nothing of is left out."""
    ages = sorted({page.age for page in current.pages.values()})[:-1]
    for age in ages[-MOST:]:
        if found := _of_age(tree, api, current, age):
            yield found
    if found := _released(tree, api):
        yield found


def _of_age(tree: Tree, api: Api, current: catalogs.Catalog, age: int) -> Recipe | None:
    known = [page for page in current.pages.values() if page.age <= age]
    kept = {page.file for page in known}
    fragments = {path: read(tree.text(path), path).data for path in tree.glob(FRAGMENTS)}
    chosen = [path for path, data in fragments.items() if data["page"] in kept]
    if not chosen:
        return None
    copies = [*(path for path in _SETTINGS if tree.exists(path)), *chosen, *sorted(kept)]
    files = {**{path: tree.bytes(path) for path in copies}, pages.FILE: pages.dump(known).encode()}
    return Recipe(f"age {age}", files, ("merge", "normalize", "name", "generate"), api)


def _released(tree: Tree, api: Api) -> Recipe | None:
    """The package of the last release, where the document is another one since."""
    document, release = f"{_RELEASED}/openapi.yaml", f"{_RELEASED}/release.toml"
    if not all(map(tree.exists, (document, release))) or tree.bytes(document) == tree.bytes(catalogs.CANONICAL):
        return None
    files = {path: tree.bytes(path) for path in (FILE, pages.FILE, *current_pages(tree)) if tree.exists(path)}
    files |= {catalogs.CANONICAL: tree.bytes(document), catalogs.NAMES: tree.bytes(f"{_RELEASED}/names.lock")}
    version = tomllib.loads(tree.text(release)).get("version", "")
    return Recipe(f"release {version}", files, ("generate",), api)


def current_pages(tree: Tree) -> list[str]:
    """The files of all pages."""
    return tree.glob(f"{pages.FOLDER}/*")
