"""merge: what all pages say about the API becomes one OpenAPI document, corrected by the overlay.

Which page is believed, from the strongest rule to the weakest: a live page over one that is gone, a newer page over an
older one, a whole document over an embedded block over rendered text. Where none of these decides and two pages
contradict each other, a person does, by an overlay action.
"""

from __future__ import annotations

from ..problems import BadInput, Problem
from ..project import FILE, Api
from ..step import Outcome
from ..tree import Tree
from .correct import corrected, has_overlay
from .sources import FRAGMENTS, document_paths, load, read_document, require

MERGED = "spec/merged.yaml"


def run(tree: Tree, api: Api) -> Outcome:
    """`spec/merged.yaml`, or nothing where the project's only source is a whole document without corrections.

    Raises:
        BadInput: There is no source, or one is unreadable.
    """
    path = _only_document(tree, api)
    if path and not has_overlay(tree):
        require(tree, path)
        return Outcome({}, f"1 document, as it is: {path}")
    from .assemble import merged, with_sources  # only here, as this loads the readers of pages

    if path:
        document = read_document(tree, path)
        data = {"x-base": path} | with_sources(document.data, path, document.line)
        text, problems = corrected(tree, data, ())
        return Outcome({MERGED: text}, f"1 document, corrected: {path}", problems)
    sources = load(tree, api)
    if not sources:
        raise BadInput(Problem(FILE, "There is nothing to merge.", "Fetch pages, or name a file in `documents`."))
    result = merged(sources, api)
    text, problems = corrected(tree, result.document, result.conflicts)
    counts = [(result.operations, "operation"), (result.models, "model"), (result.pages, "page")]
    operations, models, pages = (f"{count} {noun}" if count == 1 else f"{count} {noun}s" for count, noun in counts)
    summary = f"{operations} and {models} from {pages}"
    return Outcome({MERGED: text}, summary, (*result.problems, *problems))


def entry(tree: Tree, api: Api) -> str:
    """The document that later steps read: merged.yaml, or the only whole document, which merge does not copy.

    References to other files are relative to the folder of its `x-base` if it has one, which is the whole document
    that was corrected, and else to its own.
    """
    path = _only_document(tree, api)
    return path if path and not has_overlay(tree) else MERGED


def _only_document(tree: Tree, api: Api) -> str | None:
    """The path of the project's only source, if that is a whole document."""
    paths = document_paths(api)
    return paths[0] if len(paths) == 1 and not tree.glob(FRAGMENTS) else None
