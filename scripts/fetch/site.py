"""One documentation site, asked politely: the only code of the project that opens a connection."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

import httpx

from . import addresses, robots
from .failure import FetchFailed, Refused, SiteFailed

AGENT = "sdk-from-docs"

Sleep = Callable[[float], None]
Clock = Callable[[], datetime]

_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_EXCLUDE = "Leave it out with `exclude` in spec/api.toml."
_AGAIN = "Check the address, and run fetch again later; it does not ask for finished pages again."


@dataclass(frozen=True)
class Limits:
    """How much the step takes from a site before it gives up."""

    page_bytes: int = 20 * 1024 * 1024
    pages: int = 5000
    tries: int = 4
    """Attempts for one address."""
    failures: int = 5
    """Addresses in a row that fail before the site counts as broken."""
    redirects: int = 5
    wait: float = 60.0
    """The longest wait in seconds that a site may ask for."""
    silence: float = 30.0
    """Seconds without a byte."""
    page_seconds: float = 300.0
    """Seconds for one attempt at one address."""


@dataclass(frozen=True)
class Answer:
    """What a site said about one address."""

    url: str
    """The address that was asked for."""
    status: int
    body: bytes = b""
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    links: tuple[str, ...] = ()
    """The values of its Link headers."""
    location: str = ""
    """Where a redirect leads, as the site wrote it."""
    retry_after: float = 0.0
    """Seconds that the site asks to wait."""

    @property
    def is_html(self) -> bool:
        """Whether a browser would show it as a web page."""
        start = self.body[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return start.startswith((b"<!doctype html", b"<html")) or (
            start.startswith(b"<") and self.media_type in ("text/html", "application/xhtml+xml")
        )


class Site:
    """Answers from one site (scheme, host and port), one at a time, with waits between them.

    The host is resolved once, and every request goes to the addresses found then: a name that changes its address
    half-way leads nowhere.
    """

    def __init__(
        self, url: str, *, delay: float, sleep: Sleep, clock: Clock, limits: Limits, contact: str = ""
    ) -> None:
        self.origin = addresses.origin(url)
        self.limits = limits
        self.delay = delay
        self.robots = robots.Robots()
        self._sleep, self._clock = sleep, clock
        self._addresses = addresses.resolve(url)
        self._failures = 0
        self._asked = False
        named = re.fullmatch(r"https?://[!-~]+", contact)
        self._headers = {
            "User-Agent": f"{AGENT} (+{contact})" if named else AGENT,
            "Accept": "text/markdown, text/plain;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        direct = httpx.HTTPTransport() if self._addresses else None  # else the environment's proxies
        self._client = httpx.Client(timeout=limits.silence, follow_redirects=False, transport=direct)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def read_robots(self) -> None:
        """The site's robots.txt holds from now on; a site without one allows everything.

        Raises:
            FetchFailed: The site cannot say what it allows.
        """
        try:
            answer = self.get(f"{self.origin}/robots.txt")
        except Refused:  # RFC 9309: rules that stand elsewhere may count as absent
            return
        if answer.status == 200 and not answer.is_html:
            self.robots = robots.parse(answer.body.decode(errors="replace"), AGENT)
        self.delay = max(self.delay, min(self.robots.delay, self.limits.wait))

    def get(self, url: str, etag: str = "", last_modified: str = "") -> Answer:
        """The answer to one address, redirects within the site followed; any status but those worth a retry.

        Raises:
            Refused: It may not be asked for.
            FetchFailed: There is no complete answer.
            SiteFailed: The same, for several addresses in a row.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        target = url
        for _ in range(self.limits.redirects + 1):
            self._permit(target)
            answer = self._insist(target, headers)
            if not answer.location:
                return replace(answer, url=url)
            target = addresses.parse(answer.location, target)
            if addresses.origin(target) != self.origin:
                what = f"{url} redirects to another site, {target}."
                raise Refused(what, "If the documentation has moved there, write its new address in spec/api.toml.")
        raise FetchFailed(f"{url} redirects more than {self.limits.redirects} times.", _EXCLUDE)

    def _permit(self, url: str) -> None:
        addresses.same_site(url, self.origin)
        path = httpx.URL(url).raw_path.decode("ascii")
        if path != "/robots.txt" and not self.robots.allows(path):
            raise Refused(f"robots.txt of {self.origin} does not allow {url}.", f"Ask the site's owner. {_EXCLUDE}")

    def _insist(self, url: str, headers: dict[str, str]) -> Answer:
        """The first answer that is no passing trouble."""
        trouble = "was not asked for"
        wait = self.delay if self._asked else 0.0
        for attempt in range(self.limits.tries):
            if wait > 0:
                self._sleep(wait)
            self._asked = True
            wait = max(self.delay, min(2.0**attempt, self.limits.wait))
            try:
                answer = self._ask(url, headers)
            except (httpx.TransportError, httpx.DecodingError) as error:
                trouble = f"gives no complete answer: {str(error) or type(error).__name__}"
                continue
            if answer.status not in _TRANSIENT:
                self._failures = 0
                return answer
            if answer.retry_after > self.limits.wait:
                raise SiteFailed(f"{url} answers {answer.status}: wait {answer.retry_after:.0f} seconds.", _AGAIN)
            wait = max(wait, answer.retry_after)
            trouble = f"answers {answer.status}, {attempt + 1} times in a row"
        self._failures += 1
        failure = SiteFailed if self._failures >= self.limits.failures else FetchFailed
        raise failure(f"{url} {trouble}.", _AGAIN)

    def _ask(self, url: str, headers: dict[str, str]) -> Answer:
        """One request and its answer, by the first of the site's network addresses that takes a connection."""
        *others, last = self._addresses or ("",)
        for address in others:
            try:
                return self._ask_at(address, url, headers)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._ask_at(last, url, headers)

    def _ask_at(self, address: str, url: str, headers: dict[str, str]) -> Answer:
        given = httpx.URL(url)
        target = given.copy_with(host=address) if address else given
        host = {"Host": given.netloc.decode("ascii")}
        deadline = time.monotonic() + self.limits.page_seconds
        with self._client.stream(
            "GET",
            target,
            headers=self._headers | host | headers,
            extensions={"sni_hostname": given.raw_host.decode("ascii")},
        ) as response:
            body = self._body(response, url, deadline) if response.status_code == 200 else b""
            return self._answer(url, response, body)

    def _body(self, response: httpx.Response, url: str, deadline: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self.limits.page_bytes:
                raise FetchFailed(f"{url} is larger than {self.limits.page_bytes:,} bytes.", _EXCLUDE)
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout(f"it took longer than {self.limits.page_seconds:.0f} seconds")
        return bytes(body)

    def _answer(self, url: str, response: httpx.Response, body: bytes) -> Answer:
        headers = response.headers
        redirected = response.status_code in _REDIRECTS
        return Answer(
            url=url,
            status=response.status_code,
            body=body,
            media_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=(response.charset_encoding or "").lower(),
            etag=_clean(headers.get("etag", "")),
            last_modified=_clean(headers.get("last-modified", "")),
            links=tuple(headers.get_list("link")),
            location=headers.get("location", "") if redirected else "",
            retry_after=self._retry_after(headers.get("retry-after", "")),
        )

    def _retry_after(self, value: str) -> float:
        """Seconds to wait, from a number or a date; 0 where the header says nothing that can be read."""
        if re.fullmatch(r"[0-9]+", value):
            return float(value)
        try:
            date = email.utils.parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            return 0.0
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        return max(0.0, (date - self._clock()).total_seconds())


def _clean(value: str) -> str:
    """A header value that can be stored and sent back, or nothing."""
    return value if re.fullmatch(r"[ -~]{1,500}", value) else ""
