"""The discovery ladder: where a site may keep its whole OpenAPI document, the surest place first.

A rung is a function from what is known of the site to the addresses to try, as the site wrote them. The first rung
that gives a document ends the climb.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from .failure import FetchFailed
from .site import Answer, Site

MAX_CANDIDATES = 50
"""Different addresses tried on one rung."""
MAX_LINKS = 100_000
"""Links looked at on one rung: each page may name the same file."""

_LINK = re.compile(r"<([^<>]*)>([^<>]*)")
_SERVICE_DESC = re.compile(r""";\s*rel\s*=\s*(?:"[^"]*\bservice-desc\b[^"]*"|service-desc\b)""", re.IGNORECASE)
_FENCE = re.compile(r"(?m)^`{3,20}(?:ya?ml|json)[ \t]+(\S{1,1000})[ \t]+[A-Za-z]{3,10}[ \t]+/")


@dataclass(frozen=True)
class Survey:
    """What is known of a site before its documents are looked for."""

    site: Site
    index: Answer
    listed: tuple[str, ...]
    """Addresses in the index that end or are called like documents."""
    pages: tuple[bytes, ...]


Rung = Callable[[Survey], Iterator[str]]


def api_catalog(survey: Survey) -> Iterator[str]:
    """The `service-desc` links of `/.well-known/api-catalog` (RFC 9727)."""
    url = f"{survey.site.origin}/.well-known/api-catalog"
    answer = survey.site.get(url)
    if answer.status != 200:
        raise FetchFailed(f"{url} answers {answer.status}.", "")
    try:
        sets = json.loads(answer.body)["linkset"]
        links = [link["href"] for context in sets for link in context.get("service-desc", [])]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise FetchFailed(f"{url} is no linkset.", "") from None
    yield from (_joined(url, link) for link in links if isinstance(link, str))


def link_header(survey: Survey) -> Iterator[str]:
    """`Link: <...>; rel="service-desc"` (RFC 8631) on the index."""
    for value in survey.index.links:
        for href, parameters in _LINK.findall(value[:8000]):
            if _SERVICE_DESC.search(parameters):
                yield _joined(survey.index.url, href)


def index_link(survey: Survey) -> Iterator[str]:
    """Items of the index that end in json, yaml or openapi."""
    yield from survey.listed


def fence_source(survey: Survey) -> Iterator[str]:
    """The file that the embedded blocks of the pages were cut from, as their fences name it."""
    for page in survey.pages:
        for source in _FENCE.findall(page.decode(errors="replace")):
            yield _joined(f"{survey.site.origin}/", source)


def _joined(base: str, href: str) -> str:
    """The address that a link means; whether it may be asked is decided when it is."""
    try:
        return urljoin(base, href)
    except ValueError:
        return href


RUNGS: tuple[tuple[str, Rung], ...] = (
    ("api-catalog", api_catalog),
    ("link-header", link_header),
    ("index-link", index_link),
    ("fence-source", fence_source),
)
