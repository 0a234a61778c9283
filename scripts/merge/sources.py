"""What merge starts from: the fragments of pages, and whole documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath, relpath
from typing import Any

from .. import documents, pages, project
from ..documents import Document
from ..problems import BadInput, Problem
from ..project import Api
from ..tree import Tree

FRAGMENTS = "spec/fragments/*.yaml"
FOLDER = "spec"

KINDS = ("rendered", "markdown", "document")
"""From the least to the most exact: text made for reading, a block made for machines, a document a person chose."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


@dataclass(frozen=True)
class Source:
    """What one page, or one whole document, says."""

    page: str
    """The file that a person can open to check, relative to the project."""
    kind: str
    age: int
    """Higher is newer."""
    document: dict[str, Any] = field(repr=False)
    line: Callable[[str], int | None] = field(repr=False, compare=False)
    """The page's line for a JSON pointer into `document`."""
    unstated: frozenset[str] = frozenset()
    gone: bool = False
    """Whether the page vanished from the documentation site."""

    @property
    def weight(self) -> tuple[bool, int, int, bool]:
        """Which of two sources is believed: a live page, the newer, the more exact kind, fields over a mere sample."""
        return not self.gone, self.age, KINDS.index(self.kind), "fields" not in self.unstated

    def at(self, pointer: str) -> str:
        """The page and line of a JSON pointer into `document`, as text."""
        line = self.line(pointer)
        return self.page if line is None else f"{self.page}:{line}"

    def problem(self, pointer: str, what: str, fix: str, settled: str | None = None) -> Problem:
        """A problem with what the page says there."""
        return Problem(self.page, what, fix, self.line(pointer), settled)


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else an empty one: what a page says need not be sound."""
    return value if isinstance(value, dict) else {}


def best_first(sources: list[Source]) -> list[Source]:
    """The sources, the most believed first; the page's name decides between equals, so that order never does."""
    by_name = sorted(sources, key=lambda source: (source.page, str(source.document.get("paths"))))
    return sorted(by_name, key=lambda source: source.weight, reverse=True)


def load(tree: Tree, api: Api) -> list[Source]:
    """Every fragment and every whole document.

    Raises:
        BadInput: A fragment or a document is unreadable; names each.
    """
    listed = pages.load(tree)
    gone = frozenset(page.file for page in listed if page.state == pages.GONE)
    ages = {page.file: page.age for page in listed}
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in tree.glob(FRAGMENTS):
        try:
            sources.append(_fragment(documents.read(tree.text(path), path), gone))
        except BadInput as error:
            problems += error.problems
    newest = max((source.age for source in sources), default=0)
    for path in document_paths(api):
        try:
            sources.append(_document(read_document(tree, path), ages.get(path, newest)))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return sources


def document_paths(api: Api) -> list[str]:
    """The project's whole documents, as paths relative to the project."""
    return [normpath(join(FOLDER, name)) for name in api.documents]


def require(tree: Tree, path: str) -> None:
    """Raises BadInput unless the document exists."""
    if not tree.exists(path):
        fix = f"Put the file there, or correct `documents` in {project.FILE}."
        raise BadInput(Problem(path, "The API's document is missing.", fix))


def read_document(tree: Tree, path: str) -> Document:
    """A whole OpenAPI document, parsed.

    Raises:
        BadInput: It is missing, unreadable, or something else than an OpenAPI document.
    """
    require(tree, path)
    document = documents.read(tree.text(path), path)
    if not isinstance(document.data, dict) or not {"openapi", "swagger"} & document.data.keys():
        what = "This is no OpenAPI document: it has neither `openapi` nor `swagger`."
        raise BadInput(document.problem("", what, f"Name another file in `documents` of {project.FILE}."))
    return document


def _fragment(document: Document, gone: frozenset[str]) -> Source:
    data = document.data
    problems = list(_malformed(document))
    if problems:
        raise BadInput(problems)
    lines = {str(key): line for key, line in mapping(data.get("lines")).items() if isinstance(line, int)}
    return Source(
        page=data["page"],
        kind=data["kind"],
        age=data["age"],
        document=data["document"],
        line=lambda pointer: _nearest(lines, pointer),
        unstated=frozenset(map(str, data.get("unstated") or ())),
        gone=data["page"] in gone,
    )


def _malformed(document: Document) -> Iterator[Problem]:
    fix = "Run extract again: it writes this file."
    if not isinstance(document.data, dict):
        yield document.problem("", "This is no fragment.", fix)
        return
    expected: dict[str, type] = {"page": str, "age": int, "document": dict}
    for key, kind in expected.items():
        if not isinstance(document.data.get(key), kind):
            yield document.problem(f"/{key}", f"The fragment's {key!r} is missing or no {kind.__name__}.", fix)
    if document.data.get("kind") not in KINDS:
        yield document.problem("/kind", f"The fragment's kind is none of {', '.join(KINDS)}.", fix)
    if not isinstance(document.data.get("unstated", []), list | None):
        yield document.problem("/unstated", "The fragment's 'unstated' is no list.", fix)
    if isinstance(document.data.get("document"), dict) and not _has_operations(document.data["document"]):
        yield document.problem("/document/paths", "The fragment describes no operation.", fix)


def _has_operations(document: dict[str, Any]) -> bool:
    items = [*mapping(document.get("paths")).values(), *mapping(document.get("webhooks")).values()]
    return any("$ref" in mapping(item) or set(METHODS) & mapping(item).keys() for item in items)


def _nearest(lines: Mapping[str, int], pointer: str) -> int | None:
    while pointer not in lines:
        if not pointer:
            return None
        pointer = pointer.rpartition("/")[0]
    return lines[pointer]


def _document(document: Document, age: int) -> Source:
    data = rebased(document.data, dirname(document.where))
    return Source(page=document.where, kind="document", age=age, document=data, line=document.line)


def rebased(document: Any, folder: str) -> Any:
    """The document with references to other files written from `spec/`, where merged.yaml stands.

    Before, in spec/vendor/openapi.yaml: {$ref: models/pet.yaml#/Pet}
    After, in spec/merged.yaml:          {$ref: vendor/models/pet.yaml#/Pet}
    """
    if isinstance(document, dict):
        return {
            key: _from_folder(value, folder) if key == "$ref" and isinstance(value, str) else rebased(value, folder)
            for key, value in document.items()
        }
    if isinstance(document, list):
        return [rebased(value, folder) for value in document]
    return document


def _from_folder(reference: str, folder: str) -> str:
    file, mark, inside = reference.partition("#")
    if not file or file.startswith("/") or ":" in file.partition("/")[0]:
        return reference
    return relpath(join(folder, file), FOLDER) + mark + inside
