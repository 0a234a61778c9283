"""Takes pages and documents from a folder, where somebody else fetched them."""

from __future__ import annotations

from pathlib import Path

from ..merge.sources import document_paths
from ..pages import FILE, FOLDER, Page, digest, dump, load
from ..problems import BadInput, Problem
from ..project import Api
from ..step import Outcome
from ..tree import Tree


def take(tree: Tree, api: Api, folder: Path, day: str) -> Outcome:
    """The files that are new or other than the project's: documents in their place, all else as pages without address.

    Args:
        tree: The project.
        api: Its settings.
        folder: Its files stand as they do below `spec/`: `openapi.yaml`, `source/main.json`, `005_some_page.txt`.
        day: On which the pages were brought, as `YYYY-MM-DD`.

    Raises:
        BadInput: There is no such folder, it is empty, or a page has the name of another one.
    """
    plain = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith(".")]
    found = {file.relative_to(folder).as_posix().removeprefix("pages/"): file.read_bytes() for file in plain}
    if not found:
        raise BadInput(Problem(str(folder), "There are no files here.", "Name a folder of pages or documents."))
    known = load(tree)
    places = {path.removeprefix("spec/") for path in document_paths(api)}
    homes = tuple(f"{place.rpartition('/')[0]}/" for place in places if "/" in place)
    documents = {f"spec/{name}": body for name, body in found.items() if name in places or name.startswith(homes)}
    files: dict[str, bytes] = {path: body for path, body in documents.items() if _new(tree, path, body)}
    digests = {page.sha256 for page in known}
    rest = {name: body for name, body in found.items() if f"spec/{name}" not in documents}
    pages = {name: body for name, body in rest.items() if digest(body) not in digests}
    if problems := [_taken(name) for name in pages if tree.exists(f"{FOLDER}/{name}")]:
        raise BadInput(problems)
    age = max((page.age for page in known), default=0) + 1
    new = [
        Page(file=f"{FOLDER}/{name}", origin="crawl", sha256=digest(body), age=age, fetched=day)
        for name, body in pages.items()
    ]
    files |= {f"{FOLDER}/{name}": body for name, body in pages.items()}
    made: dict[str, str | bytes] = {**files, **({FILE: dump([*known, *new])} if new else {})}
    return Outcome(made, f"{len(new)} new pages, {len(files) - len(new)} changed documents")


def _new(tree: Tree, path: str, body: bytes) -> bool:
    return not tree.exists(path) or tree.bytes(path) != body


def _taken(name: str) -> Problem:
    what = "Another page has this name, and a page never changes."
    return Problem(f"{FOLDER}/{name}", what, "Give the new one another name.")
