"""Runs calls through the generated package in a process of its own, against its server on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

from ..generate.read_plan import server_url
from ..name.client import client_of
from ..problems import BadInput, Problem
from ..project import Api
from ..scratch import scratch
from ..tree import Tree
from .calls import Call
from .catalog import Catalog, absolute
from .recordings import Recording

WORKER = Path(__file__).with_name("worker.py")
RECORDED = "as recorded"
STRICT = "strict"
MODES = ("sync", "async")
"""The kinds of client."""
SECONDS = 60.0
"""What a job may take, plus a second for each answer; a call that hangs ends by its own timeout."""


_LAST_SECONDS = 5.0
"""What a worker may take to end."""


@dataclass(frozen=True)
class Answer:
    """What the server says to one call."""

    label: str
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str
    strict: bool = False
    """Whether the client is one that raises on every drift."""
    watched: bool = False
    """Whether the places of drift are told."""
    modes: tuple[str, ...] = MODES
    """The clients that read it."""


def answer_of(recording: Recording) -> Answer:
    """The recorded response."""
    return Answer(RECORDED, recording.status, _headers(recording), recording.response_text)


def _headers(recording: Recording) -> tuple[tuple[str, str], ...]:
    """The recorded headers but those that HTTP sets for each message anew."""
    own = {"content-length", "content-encoding", "transfer-encoding", "connection", "date", "server", "content-type"}
    kept = tuple(pair for pair in recording.response_headers if pair[0].lower() not in own)
    return (*kept, ("Content-Type", recording.response_type)) if recording.response_type else kept


@dataclass(frozen=True)
class Job:
    """One call, made once for each answer."""

    call: Call
    answers: tuple[Answer, ...]
    headers: tuple[str, ...] = ()
    """Names of the headers to tell, in lower case, besides the media types."""
    elsewhere: bool = False
    """Whether the operation is on a server of its own."""


Rows = dict[str, list[dict[str, Any]]]
"""By `sync` and `async`, for each answer of a job: `sent`, `value`, `drifts`, and where it was raised `raised`,
`status`, `model` and `message`; empty where this client does not read it."""


def failure(rows: Rows) -> str:
    """Which clients raised, and what: `(sync and async): KeyError: 'id'`; "" where none did."""
    raised = {mode: result for mode, results in rows.items() for result in results if "raised" in result}
    if not raised:
        return ""
    first = next(iter(raised.values()))
    return f"({' and '.join(raised)}): {first['raised']}: {first['message']}"


class Worker:
    """The process that calls the package; it starts with the first job.

    `package` is the folder that the package is imported from; None where `python` has it installed.
    """

    def __init__(self, catalog: Catalog, api: Api, folder: Path, python: str, package: Path | None) -> None:
        self._work = {
            "package": api.package,
            "client": client_of(catalog.names, api),
            "base": base_of(catalog),
            "credentials": {name: fake_credential(scheme) for name, scheme in catalog.credentials.items()},
        }
        self._folder = folder
        self._command = [python, "-I", "-B", str(WORKER), *([str(package)] if package else [])]
        self._process: subprocess.Popen[str] | None = None

    def ask(self, job: Job) -> Rows:
        """The results of a job.

        Raises:
            BadInput: The package cannot be imported, its clients cannot be made, or a call does not end.
        """
        process = self._process = self._process or self._started()
        assert process.stdout is not None
        _say(process, _json(job))
        if not _ready(process.stdout, SECONDS + 2 * len(job.answers)):
            process.kill()
            what = "The generated package did not finish its calls in time."
            raise BadInput(Problem("generated", what, "Look for a call that hangs."))
        if line := process.stdout.readline():
            rows: Rows = json.loads(line)
            return rows
        process.wait()
        errors = self._errors.read_text(encoding="utf-8", errors="replace")
        told = errors.strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        what = f"The generated package cannot be used: {told[0][:300]}."
        raise BadInput(Problem("generated", what, "Correct what generate makes; no recording was replayed."))

    @property
    def _errors(self) -> Path:
        return self._folder / "errors.txt"

    def _started(self) -> subprocess.Popen[str]:
        with open(self._errors, "w", encoding="utf-8") as errors:
            process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=bare_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
            )
        _say(process, json.dumps(self._work))
        return process

    def close(self) -> None:
        """Ends the process."""
        if self._process:
            try:
                with contextlib.suppress(BrokenPipeError, subprocess.TimeoutExpired):
                    self._process.communicate(timeout=_LAST_SECONDS)
            finally:
                self._process.kill()
                self._process.wait()


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # why it ended is told when it is heard
        process.stdin.write(line + "\n")
        process.stdin.flush()


def _ready(stream: IO[str], seconds: float) -> bool:
    """Whether there is something to read within so many seconds, if only the end."""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        return bool(selector.select(seconds))


def _json(job: Job) -> str:
    return json.dumps({**vars(job.call), **vars(job), "call": None, "answers": [vars(one) for one in job.answers]})


@contextmanager
def worker(catalog: Catalog, api: Api, python: str = sys.executable, package: Path | None = None) -> Iterator[Worker]:
    """A worker that ends with the block."""
    with scratch() as folder:
        found = Worker(catalog, api, folder, python, package)
        try:
            yield found
        finally:
            found.close()


@contextmanager
def exported(tree: Tree, paths: Iterable[str] | None = None) -> Iterator[Path]:
    """The folder of the package that is in the tree, or of those files of it, outside of the project."""
    with scratch() as folder:
        tree.export("generated", folder, paths)
        yield folder


def base_of(catalog: Catalog) -> str:
    """The path that the loopback server stands in for: that of the document's first server."""
    servers = catalog.document.get("servers") or [{"url": ""}]
    return quote(urlsplit(absolute(server_url(servers[0]))).path, safe="/%")


def bare_environment() -> dict[str, str]:
    """The environment of a child: no proxies, no keys, no search paths."""
    kept = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "PATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def fake_credential(scheme: Mapping[str, Any]) -> str:
    """A value that a security scheme takes and that opens nothing."""
    return "user:not-a-key" if str(scheme.get("scheme")).lower() == "basic" else "not-a-key"
