"""Finds the index of a documentation site, and what it and its further indexes list."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import BadInput, Problem
from ..project import FILE, Api
from . import addresses, content
from . import index as listing
from .failure import FetchFailed, SiteFailed
from .site import Answer, Site

MAX_INDEXES = 50

LEFT_OUT = "It was left out."


@dataclass(frozen=True)
class Found:
    """Where the fetch begins."""

    front: Answer
    """The index, or the document that stands in its place."""
    index: listing.Index
    problems: tuple[Problem, ...]
    """The decisions on the way, all settled."""

    @property
    def is_document(self) -> bool:
        """Whether the address in the settings is itself a whole OpenAPI document."""
        return not self.index.pages and not self.index.documents


def find(site: Site, api: Api) -> Found:
    """The index of the site, at its address or where indexes usually are.

    Raises:
        BadInput: There is none, or it lists nothing that the settings include.
        SiteFailed: The site does not answer.
    """
    failures: list[Problem] = []
    places = (api.index, f"{site.origin}/llms.txt", f"{site.origin}/.well-known/llms.txt")
    for url in dict.fromkeys(addresses.parse(place) for place in places):
        try:
            front = _front(site, url)
        except SiteFailed:
            raise
        except FetchFailed as failure:
            failures.append(failure.problem())
            continue
        if content.is_document(front.body):
            return Found(front, listing.Index(), tuple(_settled(failures)))
        index, problems = _read_all(site, front)
        if index.pages or index.documents:
            return _wanted(front, index, api, (*_settled(failures), *problems))
        failures.append(Problem(FILE, f"{url} lists no page.", "Write the URL of the site's llms.txt as `index`."))
        failures += problems
    raise BadInput(failures)


def _settled(failures: list[Problem]) -> list[Problem]:
    rule = "Another usual place of an index was tried."
    return [Problem(one.where, one.what, one.fix, settled=rule) for one in failures if one.settled is None]


def _front(site: Site, url: str) -> Answer:
    front = site.get(url)
    fix = "Write the URL of the site's llms.txt as `index` in [sources]."
    if front.status != 200:
        raise FetchFailed(f"The index {url} answers {front.status}.", fix)
    if front.is_html:
        raise FetchFailed(f"The index {url} is a web page, no llms.txt.", fix)
    content.body(front)
    return front


def _read_all(site: Site, front: Answer) -> tuple[listing.Index, list[Problem]]:
    """What the index lists, together with the indexes that it lists."""
    pages: dict[str, None] = {}
    documents: dict[str, None] = {}
    problems: dict[Problem, None] = {}
    seen, waiting = {front.url}, [front]
    while waiting:
        answer = waiting.pop(0)
        index = listing.read(content.body(answer).decode("utf-8-sig"), answer.url)
        pages.update(dict.fromkeys(index.pages))
        documents.update(dict.fromkeys(index.documents))
        problems.update(dict.fromkeys(failure.problem(LEFT_OUT) for failure in index.refused))
        for url in index.indexes:
            if url not in seen and len(seen) < MAX_INDEXES:
                seen.add(url)
                try:
                    waiting.append(_front(site, url))
                except FetchFailed as failure:
                    raise BadInput(failure.problem()) from None
    return listing.Index(tuple(pages), tuple(documents)), list(problems)


def _wanted(front: Answer, index: listing.Index, api: Api, problems: tuple[Problem, ...]) -> Found:
    pages = tuple(url for url in index.pages if api.wants(url))
    documents = tuple(url for url in index.documents if api.wants(url))
    if not pages and not documents:
        what = f"None of the {len(index.pages)} pages that {front.url} lists is included."
        raise BadInput(Problem(FILE, what, "Widen `include` or narrow `exclude` in [sources]."))
    return Found(front, listing.Index(pages, documents), problems)
