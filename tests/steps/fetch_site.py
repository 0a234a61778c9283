"""A documentation site on loopback that does what a test tells it to."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts import fetch, pages
from scripts.fetch import Limits
from scripts.pages import Page
from scripts.problems import BadInput
from scripts.project import Api
from scripts.step import Outcome
from scripts.tree import Tree

Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class DocsSite:
    """Pages by path; `behave` overrides what one path does."""

    url: str = ""
    pages: dict[str, str | bytes] = field(default_factory=dict)
    behave: dict[str, Behaviour] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    """Path and status of each request."""
    agents: set[str] = field(default_factory=set)

    def list_pages(self, *paths: str, more: str = "") -> None:
        """Writes llms.txt."""
        items = "".join(f"- [{path}]({self.url}{path}): A page.\n" for path in paths)
        self.pages["/llms.txt"] = f"# Docs\n\n## Docs\n\n{items}{more}"

    def paths(self, status: int | None = None) -> list[str]:
        """What was asked for, in order."""
        return [path for path, answered in self.asked if status in (None, answered)]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        self.agents.add(handler.headers["User-Agent"])
        if path in self.behave:
            self.behave[path](handler)
        elif path in self.pages:
            content = self.pages[path]
            body = content.encode() if isinstance(content, str) else content
            etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
            same = handler.headers["If-None-Match"] == etag
            self.send(
                handler, 304 if same else 200, b"" if same else body, {"ETag": etag, **self.headers.get(path, {})}
            )
        else:
            self.send(handler, 404, b"nothing here")

    def send(
        self, handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> None:
        self.asked.append((handler.path, status))
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def answers(self, status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> Behaviour:
        """A behaviour: always the same answer."""
        return lambda handler: self.send(handler, status, body, headers)


@contextmanager
def serving() -> Iterator[DocsSite]:
    """A site at an address that nothing else uses."""
    site = DocsSite()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: else each answer waits for the client's acknowledgement

        def do_GET(self) -> None:
            try:
                site.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Project:
    """A project folder and the fetches that ran on it."""

    root: Path
    site: DocsSite
    waits: list[float] = field(default_factory=list)
    day: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    limits: Limits = field(default_factory=lambda: Limits(silence=5.0))
    index: str = "/llms.txt"
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    delay: float = 1.0
    reports: list[tuple[int, int, str]] = field(default_factory=list)

    def fetch(self) -> Outcome:
        """Runs the step and commits what it made, as the pipeline does."""
        api = Api(
            package="demo",
            client="Demo",
            version="0.1.0",
            index=self.site.url + self.index,
            include=self.include,
            exclude=self.exclude,
            delay=self.delay,
        )
        tree = Tree(self.root)
        outcome = fetch.run(
            tree,
            api,
            clock=lambda: self.day,
            sleep=self.waits.append,
            progress=lambda done, total, url: self.reports.append((done, total, url)),
            limits=self.limits,
        )
        assert [problem for problem in outcome.problems if problem.settled is None] == []
        tree.replace(("spec/pages/*", "spec/pages.lock"), outcome.files)
        tree.commit()
        return outcome

    def fails(self) -> str:
        """Runs the step, which must refuse; returns its message."""
        before = self.snapshot()
        with pytest.raises(BadInput) as raised:
            self.fetch()
        assert self.snapshot() == before
        assert all(problem.settled is None and problem.fix for problem in raised.value.problems)
        return str(raised.value)

    def pages(self) -> list[Page]:
        return pages.load(Tree(self.root))

    def page(self, path: str) -> Page:
        """The newest version of the page at a path."""
        return max((page for page in self.pages() if page.url == self.site.url + path), key=lambda page: page.age)

    def content(self, path: str) -> bytes:
        return (self.root / self.page(path).file).read_bytes()

    def snapshot(self) -> dict[str, bytes]:
        """Every file of the project but the journal, with its content."""
        files = sorted(file for file in self.root.rglob("*") if file.is_file() and ".fetching" not in file.parts)
        return {file.relative_to(self.root).as_posix(): file.read_bytes() for file in files}
