"""Fetches the documentation of an API from its site: the only step that touches the network."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime

from ..pages import FILE as PAGES_FILE
from ..pages import LIVE, Page, digest, dump, load
from ..problems import BadInput, Problem
from ..project import FILE, Api
from ..step import Outcome
from ..tree import Tree
from . import addresses, discovery, history
from .collect import Collection
from .discovery import LEFT_OUT, Found
from .failure import FetchFailed
from .folder import take
from .journal import Journal
from .progress import Report, bar
from .site import Clock, Limits, Site, Sleep

__all__ = ["WRITES", "Limits", "run", "take"]

WRITES = ("spec/pages/*", PAGES_FILE)


_MOST_REASONS = 10


def _now() -> datetime:
    return datetime.now(UTC)


def run(
    tree: Tree,
    api: Api,
    *,
    clock: Clock = _now,
    sleep: Sleep = time.sleep,
    progress: Report | None = None,
    limits: Limits | None = None,
) -> Outcome:
    """All pages that the site serves now, and all that it served before, with `spec/pages.lock`.

    `clock` gives the time with its time zone. `progress` takes how many pages are done, how many there are and the
    next address; without it a terminal shows a bar.

    Raises:
        BadInput: The site cannot be reached, is broken, or lost so much that it is more likely broken than changed.
    """
    if not api.index:
        raise BadInput(
            Problem(FILE, "There is no `index` in [sources].", "Write the URL of the site's llms.txt there.")
        )
    before = load(tree)
    limits = limits or Limits()
    try:
        index = addresses.parse(api.index)
        site = Site(index, delay=api.delay, sleep=sleep, clock=clock, limits=limits, contact=api.repository)
    except FetchFailed as failure:
        raise BadInput(failure.problem()) from None
    journal = Journal(tree.root, index, digest(dump(before).encode()), clock())
    with site, bar() if progress is None else nullcontext(progress) as report:
        collection = Collection(tree, api, site, journal, history.newest(before), report)
        _collect(collection, limits)
    return _outcome(collection, before, clock().date().isoformat())


def _collect(collection: Collection, limits: Limits) -> None:
    try:
        collection.site.read_robots()
        found = discovery.find(collection.site, collection.api)
        _refuse_too_many(found, limits)
        collection.problems.extend(found.problems)
        collection.take_pages(found.index.pages)
        collection.take_documents(found)
    except FetchFailed as failure:
        collection.problems.append(failure.problem())
    if collection.unsettled():
        raise BadInput(collection.unsettled())
    _refuse_half(collection)


def _refuse_too_many(found: Found, limits: Limits) -> None:
    if len(found.index.pages) > limits.pages:
        what = f"{found.front.url} lists {len(found.index.pages)} pages, more than {limits.pages}."
        raise BadInput(Problem(FILE, what, "Narrow `include` in [sources] to the API reference."))


def _refuse_half(collection: Collection) -> None:
    """A site that lost most of its pages at once is more likely broken than changed.

    A page that says the same as another does not count: that is how sites answer when they mean "not found".
    """
    live = {url for url, page in collection.known.items() if page.state == LIVE}
    included = {url for url in live if collection.api.wants(url)}
    expected = len(collection.taken.keys() | collection.absent | included)
    got = len({digest(one.content) for one in collection.taken.values()})
    if got * 2 < expected or not got:
        collection.journal.remove()
        what = f"Only {got} of {expected} pages that were listed or known are there and differ from each other."
        what = what if got else "Not one of the pages that were listed or known is there."
        fix = f'Look at the site. If it is right, set the state of those pages to "gone" in {PAGES_FILE}; fetch again.'
        raise BadInput([Problem(FILE, what, fix), *_reasons(collection)])


def _reasons(collection: Collection) -> list[Problem]:
    """Why pages were left out, redirects to another site among them: the first of many will do."""
    fix = "Correct the link, or leave it out with `exclude` in [sources]."
    left_out = [problem for problem in collection.problems if problem.settled == LEFT_OUT]
    reasons = [replace(problem, settled=None, fix=problem.fix or fix) for problem in left_out]
    if len(reasons) > _MOST_REASONS:
        more = Problem(FILE, f"{len(reasons) - _MOST_REASONS} more addresses were left out.", "Look at the first ones.")
        reasons[_MOST_REASONS:] = [more]
    return reasons


def _outcome(collection: Collection, before: list[Page], day: str) -> Outcome:
    after, new = history.settle(before, collection.taken.values(), collection.unknown, day)
    files: dict[str, str | bytes] = {page.file: collection.tree.bytes(page.file) for page in before}
    files |= new
    files[PAGES_FILE] = dump(after, collection.decisions)
    collection.journal.remove()
    rule = "It is listed as gone, and its file is kept."
    gone = [
        Problem(PAGES_FILE, f"{url} is not there any more.", "", settled=rule)
        for url in history.vanished(before, after)
    ]
    return Outcome(files, history.summary(before, after), (*collection.problems, *gone))
