"""The step that reads every page of the project into fragments."""

from __future__ import annotations

import re

from .. import pages
from ..pages import Page
from ..problems import BadInput, Problem
from ..project import Api
from ..step import Outcome
from ..tree import Tree
from . import markdown, rendered
from .fragment import Fragment, Notes, files

_MAX_SIZE = 5_000_000
"""Bytes of a page; a page about one operation has thousands."""
_DOCUMENT = re.compile(r"""(?:\s|#[^\n]*\n|---)*[{]?\s*["']?(openapi|swagger)["']?\s*:""")
_HTML = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def run(tree: Tree, api: Api) -> Outcome:
    """A fragment for each operation of each page.

    Raises:
        BadInput: The list of pages does not agree with the pages; see `scripts.pages.load`.
    """
    fragments: list[Fragment] = []
    problems: list[Problem] = []
    listed = pages.load(tree)
    whole = {f"spec/{file.removeprefix('spec/')}" for file in api.documents}
    for page in listed:
        if page.file not in whole and api.reads(page.file, page.url):
            notes = Notes(page.file, page.url)
            fragments.extend(_read(tree, page, notes))
            problems.extend(notes.problems)
    if not listed and not whole:
        problems.append(Problem(pages.FILE, "There is no page to read.", "Run the fetch step, or add pages."))
    summary = f"{_count(len(listed), 'page')}, {_count(len(fragments), 'fragment')}"
    return Outcome(files(fragments), summary, tuple(problems))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _read(tree: Tree, page: Page, notes: Notes) -> list[Fragment]:
    """The fragments of one page; what is wrong is noted."""
    try:
        text = _text(tree, page, notes)
    except BadInput as error:
        notes.problems.extend(error.problems)
        return []
    if text is None:
        return []
    blocks = markdown.blocks(text)
    if blocks:
        return markdown.read(page.file, page.age, blocks, text, notes)
    if _DOCUMENT.match(text):
        fix = f'Add "{page.file.removeprefix("spec/")}" to documents in spec/api.toml.'
        notes.refuse(1, "This is a whole OpenAPI document and no page.", fix)
        return []
    fragment = rendered.read(page.file, page.age, text, notes)
    return [fragment] if fragment else []


def _text(tree: Tree, page: Page, notes: Notes) -> str | None:
    """The page's text; None, and a problem, when it cannot be a documentation page."""
    content = tree.bytes(page.file)
    if len(content) > _MAX_SIZE:
        what = f"The page has {len(content):,} bytes, too many for a page about one operation."
        notes.refuse(None, what, notes.again)
    elif b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        notes.refuse(line, "The page is binary, not text.", notes.again)
    elif not content.strip():
        notes.refuse(1, "The page is empty.", notes.again)
    else:
        text = tree.text(page.file)
        if not _HTML.match(text[:10_000]):
            return text
        notes.refuse(1, "The page is HTML, not Markdown or text: often an error page of the site.", notes.again)
    return None
