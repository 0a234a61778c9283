"""Takes the pages and documents of a site, one after the other, and notes every decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import httpx

from ..pages import Page
from ..problems import Problem
from ..project import FILE, Api
from ..tree import Tree
from . import addresses, content
from .discovery import LEFT_OUT, Found
from .failure import FetchFailed, Refused, SiteFailed
from .history import Taken
from .journal import Journal
from .ladder import MAX_CANDIDATES, MAX_LINKS, RUNGS, Rung, Survey
from .progress import Report
from .site import Answer, Site

_WITH_TEXT = (".md", ".mdx", ".txt", ".json", ".yaml", ".yml", ".html", ".htm")
_ABSENT = (404, 410)


@dataclass
class Collection:
    """What one fetch has got so far."""

    tree: Tree
    api: Api
    site: Site
    journal: Journal
    known: dict[str, Page]
    """By address, the newest version of the pages that are there."""
    report: Report
    taken: dict[str, Taken] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    """Listed addresses at which there is nothing."""
    unknown: set[str] = field(default_factory=set)
    """Addresses of which nothing was learned; what is known of them stays."""
    problems: list[Problem] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    """How documents were looked for, for `spec/pages.lock`."""

    def take_pages(self, urls: tuple[str, ...]) -> None:
        """Every listed page is taken or has its problem.

        Raises:
            SiteFailed: The site broke down.
        """
        for number, url in enumerate(urls):
            self.report(number, len(urls), url)
            try:
                self._keep(self._answer(url), "page")
            except SiteFailed:
                raise
            except Refused as failure:
                self.unknown.update((url, *self._spellings(url)))
                self.problems.append(failure.problem(LEFT_OUT))
            except FetchFailed as failure:
                self.problems.append(failure.problem())
        self.report(len(urls), len(urls), "")

    def unsettled(self) -> list[Problem]:
        """The problems that nothing settled."""
        return [problem for problem in self.problems if problem.settled is None]

    def _answer(self, url: str) -> Answer:
        """The answer to a listed address: a Markdown twin of the page where the site has one.

        Raises:
            FetchFailed: There is none, or it holds nothing to keep.
        """
        before = self.journal.get(url)
        if before and (before.status == 200 or before.url in self.known):
            return before
        *twins, last = self._spellings(url)
        answers = (answer for twin in twins if (answer := self._twin(twin)) is not None)
        answer = next(answers, None) or self._ask(last)
        if answer.status in (200, 304):
            self._body(answer)  # what cannot be kept is asked for anew by the next run
            self.journal.put(url, answer)
        return answer

    def _spellings(self, url: str) -> Iterator[str]:
        path = httpx.URL(url).path
        if url not in self.known and path.strip("/") and not path.lower().endswith(_WITH_TEXT):
            head, mark, query = url.partition("?")
            yield f"{head.rstrip('/')}.md{mark}{query}"
        yield url

    def _twin(self, url: str) -> Answer | None:
        try:
            answer = self._ask(url)
        except Refused:
            return None
        return answer if answer.status == 304 or (answer.status == 200 and not answer.is_html) else None

    def _ask(self, url: str) -> Answer:
        page = self.known.get(url)
        answer = self.site.get(url, page.etag, page.last_modified) if page else self.site.get(url)
        if answer.status == 304 and page is None:
            raise FetchFailed(f"{url} answers 304 to an unconditional request.", "Tell the site's owner.")
        return answer

    def _keep(self, answer: Answer, origin: str) -> None:
        if answer.status in _ABSENT:
            self.absent.add(answer.url)
            what = f"{answer.url} is listed but answers {answer.status}."
            self._settle(what, LEFT_OUT if answer.url not in self.known else "It counts as gone.")
            return
        if answer.status not in (200, 304):
            fix = "Leave it out with `exclude` in spec/api.toml, or ask the site's owner."
            raise FetchFailed(f"{answer.url} answers {answer.status}.", fix)
        if content.is_transcoded(answer):
            self._settle(f"{answer.url} is in {answer.charset}.", "It is kept as UTF-8.")
        body = self._body(answer)
        ending = content.extension(answer)
        if origin != "page" and ending not in ("json", "yaml"):
            ending = "json" if body.lstrip()[:1] == b"{" else "yaml"
        self.taken[answer.url] = Taken(answer.url, origin, body, ending, answer.etag, answer.last_modified)

    def _body(self, answer: Answer) -> bytes:
        if answer.status == 304:
            return self.tree.bytes(self.known[answer.url].file)
        return content.body(answer)

    def take_documents(self, found: Found) -> None:
        """The first rung of the ladder that has whole OpenAPI documents gave them; every rung is a decision.

        Raises:
            SiteFailed: The site broke down.
        """
        if found.is_document:
            self._keep(found.front, "explicit")
            self._decide(f"explicit: {found.front.url} is one.", "It is all that is taken.")
            return
        pages = tuple(one.content for one in self.taken.values())
        survey = Survey(self.site, found.front, found.index.documents, pages)
        for name, rung in RUNGS:
            if self._climb(name, rung, survey):
                return

    def _climb(self, name: str, rung: Rung, survey: Survey) -> bool:
        """Whether the rung gave a document."""
        try:
            found = list(dict.fromkeys(islice(rung(survey), MAX_LINKS)))
        except SiteFailed:
            raise
        except FetchFailed as failure:
            self._decide(f"{name}: {failure.what}", "The next rung was tried.")
            return False
        got = sum([self._try(name, url) for url in found[:MAX_CANDIDATES]])
        rest = f"; only {MAX_CANDIDATES} were tried" if len(found) > MAX_CANDIDATES else ""
        rule = "No further rung was tried." if got else "The next rung was tried."
        self._decide(f"{name}: {got} documents at {len(found)} addresses{rest}.", rule)
        return got > 0

    def _try(self, name: str, href: str) -> bool:
        """Whether the address gave a whole document; one that was there before must answer."""
        url = href
        try:
            url = addresses.parse(href)
            addresses.same_site(url, self.site.origin)
            if not self.api.wants(url):
                self._settle(f"{url} is not included by spec/api.toml.", LEFT_OUT)
                return False
            answer = self._answer(url)
            good = answer.status in (200, 304) and content.is_document(self._body(answer))
        except SiteFailed:
            raise
        except FetchFailed as failure:
            self.unknown.add(url)
            settled = LEFT_OUT if isinstance(failure, Refused) or url not in self.known else None
            self.problems.append(failure.problem(settled))
            return False
        if good:
            self._keep(answer, name)
        else:
            self._settle(f"{url} (status {answer.status}) is no whole OpenAPI document.", LEFT_OUT)
        return good

    def _decide(self, what: str, rule: str) -> None:
        self.decisions.append(f"{what} {rule}")
        self._settle(f"Discovery, {what}", rule)

    def _settle(self, what: str, rule: str) -> None:
        self.problems.append(Problem(FILE, what, "", settled=rule))
