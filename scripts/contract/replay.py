"""Runs calls through the generated package in processes of their own, each against its server on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from ..generate.plan import server_url
from ..problems import BadInput, Problem
from ..project import Api
from ..scratch import scratch
from ..tree import Tree
from .calls import Call
from .catalog import Catalog, absolute
from .recordings import Recording

WORKER = Path(__file__).with_name("worker.py")
MODES = ("sync", "async")
RECORDED = "as recorded"
SECONDS = 60.0
"""What a job may take, plus a second for each answer; a call that hangs ends by its own timeout."""


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
`status`, `model` and `message`."""


class Workers:
    """The processes that call the package, one for each kind of client; they start with the first job.

    `package` is the folder that the package is imported from; None where `python` has it installed.
    """

    def __init__(self, catalog: Catalog, api: Api, folder: Path, python: str, package: Path | None) -> None:
        self._work = {
            "package": api.package,
            "client": api.client,
            "base": base_of(catalog),
            "credentials": {name: fake_credential(scheme) for name, scheme in catalog.credentials.items()},
        }
        self._folder = folder
        self._command = [python, "-I", "-B", str(WORKER)], [str(package)] if package else []
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._late = False

    def ask(self, job: Job) -> Rows:
        """The results of a job.

        Raises:
            BadInput: The package cannot be imported, its clients cannot be made, or a call does not end.
        """
        for mode in MODES if not self._running else ():
            self._start(mode)
        line = json.dumps({**asdict(job.call), **asdict(job)})
        limit = threading.Timer(SECONDS + len(job.answers), self._kill)
        limit.start()
        try:
            for mode in MODES:
                self._say(mode, line)
            return {mode: json.loads(self._heard(mode)) for mode in MODES}
        finally:
            limit.cancel()

    def _start(self, mode: str) -> None:
        before, after = self._command
        with open(self._folder / f"{mode}.txt", "w", encoding="utf-8") as errors:
            self._running[mode] = subprocess.Popen(
                [*before, mode, *after],
                cwd=self._folder,
                env=bare_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
            )
        self._say(mode, json.dumps(self._work))

    def _say(self, mode: str, line: str) -> None:
        told = self._running[mode].stdin
        assert told is not None
        with contextlib.suppress(BrokenPipeError):  # why it ended is told when it is heard
            told.write(line + "\n")
            told.flush()

    def _heard(self, mode: str) -> str:
        process = self._running[mode]
        assert process.stdout is not None
        line = process.stdout.readline()
        if line:
            return line
        process.wait()
        if self._late:
            what = "The generated package did not finish its calls in time."
            raise BadInput(Problem("generated", what, "Look for a call that hangs."))
        errors = (self._folder / f"{mode}.txt").read_text(encoding="utf-8", errors="replace")
        told = errors.strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        what = f"The generated package cannot be used: {told[0][:300]}."
        raise BadInput(Problem("generated", what, "Correct what generate makes; no recording was replayed."))

    def _kill(self) -> None:
        self._late = True
        for process in self._running.values():
            process.kill()

    def close(self) -> None:
        """Ends the processes."""
        for process in self._running.values():
            with contextlib.suppress(BrokenPipeError):
                process.communicate()


@contextmanager
def workers(catalog: Catalog, api: Api, python: str = sys.executable, package: Path | None = None) -> Iterator[Workers]:
    """Workers that end with the block."""
    with scratch() as folder:
        found = Workers(catalog, api, folder, python, package)
        try:
            yield found
        finally:
            found.close()


@contextmanager
def exported(tree: Tree, catalog: Catalog, api: Api) -> Iterator[Workers]:
    """Workers that call the package that is in the tree."""
    with scratch() as folder:
        tree.export("generated", folder)
        with workers(catalog, api, package=folder) as found:
            yield found


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
    return "user:not-a-key" if scheme.get("scheme") == "basic" else "not-a-key"
