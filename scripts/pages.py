"""The list of documentation pages that a project holds: `spec/pages.lock`."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from typing import Any

from .problems import BadInput, Problem, printable
from .tree import Tree

FILE = "spec/pages.lock"
FOLDER = "spec/pages"

LIVE = "live"
GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One version of one page; a page that changed at its address has one entry for each version."""

    file: str
    """Where its bytes are, relative to the project."""
    url: str = ""
    """Its address; empty when it came as a file without one."""
    origin: str
    """How it was found: the rung of the discovery ladder, or `crawl` when it came as a file."""
    sha256: str
    """Digest of the file, in hexadecimal."""
    age: int
    """Higher is newer; pages of the same age were published together."""
    etag: str = ""
    last_modified: str = ""
    fetched: str = ""
    """The day on which this content was first seen, as `YYYY-MM-DD`."""
    state: str = LIVE
    """`live` while the site serves this very content, `gone` after that."""


def digest(content: bytes) -> str:
    """The SHA-256 of a page, as `pages.lock` has it."""
    return hashlib.sha256(content).hexdigest()


def load(tree: Tree) -> list[Page]:
    """The project's pages, sorted by file; none when there is no `spec/pages.lock`.

    Raises:
        BadInput: The list is malformed, or does not agree with the files below `spec/pages/`.
    """
    text = tree.text(FILE) if tree.exists(FILE) else ""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise BadInput(Problem(FILE, f"This is not TOML: {error}.", "Restore the file from git.", line)) from None
    entries = tables.pop("page", [])
    if tables or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadInput(Problem(FILE, "Something else than [[page]] stands here.", "Restore the file from git."))
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[page]]"]
    places: list[int | None] = [*lines] if len(lines) == len(entries) else [None] * len(entries)
    problems = [problem for entry, line in zip(entries, places, strict=True) for problem in _malformed(entry, line)]
    if problems:
        raise BadInput(problems)
    pages = sorted((Page(**entry) for entry in entries), key=lambda page: page.file)
    problems = list(_disagreements(tree, pages))
    if problems:
        raise BadInput(problems)
    return pages


def dump(pages: Iterable[Page], decisions: Iterable[str] = ()) -> str:
    """The text of `spec/pages.lock`: sorted by file, optional values left out when empty.

    `decisions` stand above the pages as comments: how whole documents were looked for, and what was found.
    """
    optional = {"etag", "last_modified", "fetched"}
    notes = [f"# - {' '.join(printable(decision).split())}\n" for decision in decisions]
    heading = "#\n# How whole OpenAPI documents were looked for:\n" if notes else ""
    blocks = ["# Written by the fetch step: where each file below spec/pages/ came from.\n" + heading + "".join(notes)]
    for page in sorted(pages, key=lambda page: page.file):
        values = {field.name: getattr(page, field.name) for field in fields(Page)}
        kept = {name: value for name, value in values.items() if value or name not in optional}
        blocks.append("[[page]]\n" + "".join(f"{name} = {toml(value)}\n" for name, value in kept.items()))
    return "\n".join(blocks)


def toml(value: str | int) -> str:
    """The value as TOML writes it; JSON's text is none, as it has large characters in two halves."""
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in escaped) + '"'


def _malformed(entry: dict[str, Any], line: int | None) -> Iterator[Problem]:
    fix = "Restore the file from git, or correct the entry."
    for field in fields(Page):
        expected = int if field.name == "age" else str
        if field.name not in entry:
            if field.default is MISSING:
                yield Problem(FILE, f"The page has no {field.name!r}.", fix, line)
        elif type(entry[field.name]) is not expected:
            yield Problem(FILE, f"{field.name!r} is no {expected.__name__}.", fix, line)
    for key in sorted(entry.keys() - {field.name for field in fields(Page)}):
        yield Problem(FILE, f"Nothing reads {key!r} of a page.", fix, line)
    if entry.get("state", LIVE) not in (LIVE, GONE):
        yield Problem(FILE, f"{entry['state']!r} is no state of a page.", f"Write {LIVE!r} or {GONE!r}.", line)
    file = entry.get("file")
    if isinstance(file, str) and not (file.startswith(f"{FOLDER}/") and {"", ".", ".."}.isdisjoint(file.split("/"))):
        yield Problem(FILE, f"{file!r} is no file below {FOLDER}/.", fix, line)


def _disagreements(tree: Tree, pages: list[Page]) -> Iterator[Problem]:
    """Problems where the list and the files differ: pages are evidence, nobody may have edited them."""
    listed: set[str] = set()
    for page in pages:
        if page.file in listed:
            yield Problem(FILE, f"{page.file} is listed twice.", "Keep one of the two entries.")
        listed.add(page.file)
        if not tree.exists(page.file):
            yield Problem(page.file, "The page is listed in spec/pages.lock but missing.", "Restore it from git.")
        elif digest(tree.bytes(page.file)) != page.sha256:
            fix = "Restore it from git, without changed line ends; corrections go to spec/overlay.yaml."
            yield Problem(page.file, "The page is not what was fetched: its sha256 differs from pages.lock.", fix)
    for file in tree.glob(f"{FOLDER}/*"):
        if file not in listed:
            fix = 'Add a [[page]] entry for it with origin = "crawl", its sha256 and an age.'
            yield Problem(file, "The page is not listed in spec/pages.lock.", fix)
