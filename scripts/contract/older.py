"""Packages as they were, made of older documents by the flow as it is now: their users are answered today, too."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import pages
from ..documents import read
from ..problems import BadInput
from ..project import FILE, Api
from ..scratch import scratch
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


def older_packages(tree: Tree, api: Api, current: catalogs.Catalog) -> Iterator[Older]:
    """The packages, oldest first; what cannot be made of a project's older documents is left out."""
    ages = sorted({page.age for page in current.pages.values()})[:-1]
    with scratch() as nowhere:
        for age in ages[-MOST:]:
            if found := _of_age(tree, api, current, age, nowhere):
                yield found
        if found := _released(tree, api, nowhere):
            yield found


def _of_age(tree: Tree, api: Api, current: catalogs.Catalog, age: int, nowhere: Path) -> Older | None:
    known = [page for page in current.pages.values() if page.age <= age]
    kept = {page.file for page in known}
    fragments = {path: read(tree.text(path), path).data for path in tree.glob(FRAGMENTS)}
    chosen = [path for path, data in fragments.items() if data["page"] in kept]
    if not chosen:
        return None
    copies = [*(path for path in _SETTINGS if tree.exists(path)), *chosen, *sorted(kept)]
    then = Tree(nowhere)
    then.replace(("*",), {**{path: tree.bytes(path) for path in copies}, pages.FILE: pages.dump(known)})
    return _made(then, api, ("merge", "normalize", "name", "generate"), f"age {age}")


def _released(tree: Tree, api: Api, nowhere: Path) -> Older | None:
    """The package of the last release, where the document is another one since."""
    document, release = f"{_RELEASED}/openapi.yaml", f"{_RELEASED}/release.toml"
    if not all(map(tree.exists, (document, release))) or tree.bytes(document) == tree.bytes(catalogs.CANONICAL):
        return None
    then = Tree(nowhere)
    files = {path: tree.bytes(path) for path in (FILE, pages.FILE, *current_pages(tree)) if tree.exists(path)}
    names = tree.bytes(f"{_RELEASED}/names.lock")
    then.replace(("*",), {**files, catalogs.CANONICAL: tree.bytes(document), catalogs.NAMES: names})
    version = tomllib.loads(tree.text(release)).get("version", "")
    return _made(then, api, ("generate",), f"release {version}")


def current_pages(tree: Tree) -> list[str]:
    """The files of all pages."""
    return tree.glob(f"{pages.FOLDER}/*")


def _made(tree: Tree, api: Api, words: tuple[str, ...], label: str) -> Older | None:
    from ..pipeline import STEPS

    steps = {step.name: step for step in STEPS}
    try:
        for word in words:
            outcome = steps[word].run(tree, api)  # what is doubtful now was doubtful then, and is told now
            tree.replace(steps[word].writes, outcome.files)
        catalog = catalogs.load(tree)
        written = source.load(tree, api) if "merge" in words else source.Source(catalogs.CANONICAL, catalog.document)
    except (BadInput, json.JSONDecodeError):
        return None
    return Older(label, tree, catalog, Validator(written))
