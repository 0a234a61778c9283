"""One side of a comparison: a project, a canonical document with its names, or any OpenAPI document at all."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from .. import canonical, extract, merge, name, normalize, pages
from ..documents import read
from ..generate.aliases import FILE as ALIASES
from ..generate.aliases import NO_ALIASES, Aliases, read_aliases
from ..generate.plan import Plan
from ..generate.read_plan import read_plan
from ..name import pins
from ..name.pins import Pins
from ..pages import Page
from ..problems import BadInput, Problem
from ..project import Api
from ..scratch import scratch
from ..tree import Tree

_PAGES = (".txt", ".md", ".mdx")
"""How the names of documentation pages end; documents are JSON or YAML."""
_STEPS = ((extract.run, "spec/fragments/*"), (merge.run, "spec/merged.yaml"), (normalize.run, canonical.PATH))


def plan_of(tree: Tree, folder: str = "spec", aliases: bool = True) -> Plan:
    """The package that a canonical document and the names beside it amount to, with the deprecated ones or without.

    Raises:
        BadInput: A file is missing or malformed, or a name is.
    """
    paths = f"{folder}/openapi.yaml", f"{folder}/names.lock"
    key = sha256(b"".join(map(tree.digest, paths))).digest()
    if key not in tree.parsed:
        tree.parsed[key] = read_plan(canonical.load(tree, paths[0]), pins.read(tree, paths[1]))
    plan: Plan = tree.parsed[key]
    return replace(plan, aliases=_aliases(tree, folder) if aliases else NO_ALIASES)


def _elsewhere(root: Path, folder: str = "spec") -> Plan:
    """The same of another project, in which nothing is written."""
    tree, path = Tree(root), f"{folder}/openapi.yaml"
    names = pins.read(tree, f"{folder}/names.lock")
    return read_plan(read(tree.text(path), path).data, names, _aliases(tree, folder))


def _aliases(tree: Tree, folder: str) -> Aliases:
    lock = f"{folder}/{ALIASES.rpartition('/')[2]}"
    return read_aliases(tree.text(lock), lock) if tree.exists(lock) else NO_ALIASES


def load(path: Path, known: dict[str, str] | None = None, earlier: Sequence[Path] = ()) -> Plan:
    """The package that a project's folder, an OpenAPI document, or documentation pages amount to.

    Args:
        path: A project, a folder with `openapi.yaml` and `names.lock`, a document in any dialect, or documentation
            pages: one, or a folder of them.
        known: Names that were given before; a document without names of its own keeps to them.
        earlier: What was compared before, oldest first: newer pages add to older ones, which may say more.

    Raises:
        BadInput: There is no such thing, or it cannot be read.
    """
    if (path / "spec/openapi.yaml").is_file():
        return _elsewhere(path)
    folder = path if path.is_dir() else path.parent
    if (folder / "names.lock").is_file() and path.name in (folder.name, "openapi.yaml"):
        return _elsewhere(folder.parent, folder.name)
    if _pages(path):
        return _foreign(known or {}, [*map(_pages, earlier), _pages(path)])
    if not path.is_file():
        fix = "Name a project's folder, an OpenAPI document, or pages."
        raise BadInput(Problem(str(path), "There is no document here.", fix))
    return _foreign(known or {}, document=path)


def _pages(path: Path) -> list[Path]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file for file in files if file.is_file() and file.suffix in _PAGES]


def _foreign(known: dict[str, str], ages: Sequence[list[Path]] = (), document: Path | None = None) -> Plan:
    """Any document or pages, brought into canonical form and named in a temporary project."""
    with scratch() as root:
        (root / "spec").mkdir()
        tree = Tree(root)
        if document:
            shutil.copyfile(document, root / "spec" / document.name)
        tree.replace(("spec/pages*",), _with_pages(ages))
        api = Api(package="api", client="Api", version="0", documents=(document.name,) if document else ())
        for step, files in _STEPS[0 if ages else 1 :]:
            tree.replace((files,), step(tree, api).files)
        made = canonical.load(tree)
        return read_plan(made, name.named(made, Pins(shipped=known))[1])


def _with_pages(ages: Sequence[list[Path]]) -> dict[str, str | bytes]:
    """Pages as a project has them, each age in a folder of its own."""
    files: dict[str, bytes] = {}
    listed = []
    for age, files_of_age in enumerate(ages, 1):
        for file in files_of_age:
            path, content = f"{pages.FOLDER}/{age}/{file.name}", file.read_bytes()
            files[path] = content
            listed.append(Page(file=path, origin="crawl", sha256=pages.digest(content), age=age))
    return {**files, pages.FILE: pages.dump(listed)} if files else {}
