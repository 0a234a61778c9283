"""What a fetch means for the pages that are already there: new versions, unchanged ones, gone ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..pages import GONE, LIVE, Page, digest
from ..problems import BadInput, Problem
from .filenames import page_file


@dataclass(frozen=True)
class Taken:
    """One address that the site still serves."""

    url: str
    origin: str
    """The rung of the ladder."""
    content: bytes
    extension: str
    etag: str = ""
    last_modified: str = ""


def newest(pages: Iterable[Page]) -> dict[str, Page]:
    """By address, the newest version of each page that has one."""
    return {page.url: page for page in sorted(pages, key=lambda page: page.age) if page.url}


def settle(
    pages: list[Page], taken: Iterable[Taken], unknown: set[str], day: str
) -> tuple[list[Page], dict[str, bytes]]:
    """The new list of pages, and the content of the new files in it.

    A file never changes: what a page says now gets a file and an entry of its own, one age higher than anything
    before, and the entry of what it said before becomes `gone`, as does a page that was not taken. Addresses in
    `unknown` keep their state. An unchanged page keeps its entry to the letter, its old ETag included.

    Raises:
        BadInput: A file that came by hand has the name that a new one needs.
    """
    age = max((page.age for page in pages), default=0) + 1
    current = newest(pages)
    entries = {page.file: page for page in pages}
    files: dict[str, bytes] = {}
    served = set(unknown)
    for one in taken:
        served.add(one.url)
        before = current.get(one.url)
        if before and before.sha256 == digest(one.content):
            entries[before.file] = replace(before, state=LIVE)
            continue
        if before:
            entries[before.file] = replace(before, state=GONE)
        page = _new(one, age, day)
        if page.file in entries:
            what = f"The file is there already, and {one.url} needs its name."
            raise BadInput(Problem(page.file, what, "Rename the file, in spec/pages.lock too."))
        entries[page.file] = page
        files[page.file] = one.content
    for url, page in current.items():
        if url not in served:
            entries[page.file] = replace(page, state=GONE)
    return list(entries.values()), files


def _new(one: Taken, age: int, day: str) -> Page:
    return Page(
        file=page_file(one.url, age, one.extension),
        url=one.url,
        origin=one.origin,
        sha256=digest(one.content),
        age=age,
        etag=one.etag,
        last_modified=one.last_modified,
        fetched=day,
    )


def vanished(before: list[Page], after: list[Page]) -> list[str]:
    """Addresses that were live and are not, in their order."""
    now = newest(after)
    return [url for url, page in newest(before).items() if page.state == LIVE and now[url].state == GONE]


def summary(before: list[Page], after: list[Page]) -> str:
    """What there is and what is new, in a few words."""
    live = sum(page.state == LIVE for page in after)
    return f"{live} live pages, {len(after) - len(before)} new or changed, {len(vanished(before, after))} gone"
