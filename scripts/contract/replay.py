"""Runs calls through the generated package in processes of their own, each against its server on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
SECONDS = 30.0
"""What a run may take, plus a second for each job; a call that hangs ends by its own timeout."""


@dataclass(frozen=True)
class Answer:
    """What the server says to one call."""

    label: str
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str
    strict: bool = False
    """Whether the client is one that raises on every drift."""


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


Results = list[list[dict[str, Any]]]
"""For each job and answer: `sent`, `value`, and where it was raised `raised`, `status`, `model` and `message`."""


def run(
    catalog: Catalog, api: Api, jobs: Sequence[Job], python: str = sys.executable, package: Path | None = None
) -> dict[str, Results]:
    """The results of the jobs by `sync` and `async`.

    `package` is the folder that the package is imported from; None where `python` has it installed.

    Raises:
        BadInput: The package cannot be imported, or its clients cannot be made.
    """
    work = {
        "package": api.package,
        "client": api.client,
        "base": base_of(catalog),
        "credentials": {name: fake_credential(scheme) for name, scheme in catalog.credentials.items()},
        "jobs": [{**asdict(job.call), **asdict(job)} for job in jobs],
    }
    with scratch() as folder, ThreadPoolExecutor() as pool:
        inbox = Path(folder, "jobs.json")
        inbox.write_text(json.dumps(work), encoding="utf-8")

        def results(mode: str) -> Results:
            outbox = Path(folder, f"{mode}.json")
            command = [python, "-I", "-B", str(WORKER), mode, str(inbox), str(outbox)]
            _execute([*command, *([str(package)] if package else [])], folder, SECONDS + len(jobs))
            found: Results = json.loads(outbox.read_text(encoding="utf-8"))
            return found

        return dict(zip(MODES, pool.map(results, MODES), strict=True))


def exported(tree: Tree, catalog: Catalog, api: Api, jobs: Sequence[Job]) -> dict[str, Results]:
    """The results of the jobs through the package that is in the tree, as `run` has them.

    Raises:
        BadInput: The package cannot be imported, or its clients cannot be made.
    """
    if not jobs:
        return {mode: [] for mode in MODES}
    with scratch() as folder:
        tree.export("generated", folder)
        return run(catalog, api, jobs, package=folder)


def base_of(catalog: Catalog) -> str:
    """The path that the loopback server stands in for: that of the document's first server."""
    servers = catalog.document.get("servers") or [{"url": ""}]
    return quote(urlsplit(absolute(server_url(servers[0]))).path, safe="/%")


def _execute(command: Sequence[str], folder: Path, seconds: float) -> None:
    try:
        ended = subprocess.run(
            command, cwd=folder, env=bare_environment(), capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        what = f"The generated package did not finish its calls within {seconds:.0f} seconds."
        raise BadInput(Problem("generated", what, "Look for a call that hangs.")) from None
    if ended.returncode:
        told = ended.stderr.strip().splitlines()[-1:] or [f"exit code {ended.returncode}"]
        what = f"The generated package cannot be used: {told[0][:300]}."
        raise BadInput(Problem("generated", what, "Correct what generate makes; no recording was replayed."))


def bare_environment() -> dict[str, str]:
    """The environment of a child: no proxies, no keys, no search paths."""
    kept = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "PATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def fake_credential(scheme: Mapping[str, Any]) -> str:
    """A value that a security scheme takes and that opens nothing."""
    return "user:not-a-key" if scheme.get("scheme") == "basic" else "not-a-key"
