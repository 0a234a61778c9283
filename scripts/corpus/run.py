"""Proves many documents at once, each in a process of its own that may crash or hang."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from .entries import Entry
from .row import Row

SECONDS = 420.0
"""What one document may take; it counts as hanging after that."""
REJECT_SECONDS = 120.0
"""The same for a document that is to be refused: time for a whole proof, should it turn out to be valid."""
MARKER = "PWNED*"
"""What hostile documents of the corpus leave behind where their text becomes code."""


def run(
    corpus: Path, entries: Iterable[Entry], work: Path, jobs: int, done: Callable[[Row], None], *more: str
) -> list[Row]:
    """The rows of all entries, in the order of the entries; the largest documents are proved first.

    `more` are stages that a proof has besides its own.
    """
    before = _markers(work)
    entries = list(entries)
    caches = Caches(work, jobs)
    running: set[subprocess.Popen[bytes]] = set()

    def prove(entry: Entry) -> Row:
        with caches.taken() as cache:
            row = _prove(corpus, entry, work / entry.name, cache, running, more)
        done(row)
        return row

    with ThreadPoolExecutor(jobs) as pool:
        largest = sorted(entries, key=lambda entry: -entry.operations)
        try:
            rows = {row.entry.name: row for row in pool.map(prove, largest)}
        except BaseException:  # an interrupt ends those at work, and begins no other
            pool.shutdown(wait=False, cancel_futures=True)
            for process in tuple(running):
                _end(process)
            raise
    found = _markers(work) - before
    if found and entries:
        rows[entries[-1].name].strays += sorted(found)
    return [rows[entry.name] for entry in entries]


class Caches:
    """Folders for the type checker, one for each process that runs at a time: what it knows of libraries is kept."""

    def __init__(self, work: Path, jobs: int) -> None:
        self._free = [work / f".types{number}" for number in range(jobs)]
        self._lock = threading.Lock()

    def taken(self) -> Taken:
        """One that nobody else has, for a `with` block."""
        with self._lock:
            return Taken(self._free, self._free.pop())


class Taken:
    """A folder that goes back to the free ones at the end of the block."""

    def __init__(self, free: list[Path], folder: Path) -> None:
        self._free = free
        self.folder = folder

    def __enter__(self) -> Path:
        return self.folder

    def __exit__(self, *_: object) -> None:
        self._free.append(self.folder)


def _prove(
    corpus: Path,
    entry: Entry,
    folder: Path,
    cache: Path,
    running: set[subprocess.Popen[bytes]],
    more: tuple[str, ...],
) -> Row:
    scratch = folder / "scratch"
    scratch.mkdir(parents=True)
    command = [sys.executable, "-W", "ignore", "-m", "scripts.corpus.proof", str(corpus), json.dumps(asdict(entry))]
    home = {"HOME": str(scratch), "TMPDIR": str(scratch), "MYPY_CACHE": str(cache)}
    paths = {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
    limit = REJECT_SECONDS if entry.expect == "reject" else SECONDS
    start = time.perf_counter()
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [*command, str(folder), *more],
            cwd=scratch,
            env={**os.environ, **home, **paths},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        running.add(process)
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(process)
            running.discard(process)
    row = _read(folder, entry)
    if code != 0:
        told = (folder / "log.txt").read_text("utf-8", "replace").strip().splitlines()[-1:] or ["nothing was told"]
        after = f"after {limit:.0f} s, at {row.stage}" if code is None else f"with {code} after {row.stage}"
        row.crash = f"{'no end' if code is None else 'ended'} {after}: {told[0][:300]}"
    row.took["all"] = round(time.perf_counter() - start, 2)
    return row


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _read(folder: Path, entry: Entry) -> Row:
    """What the process wrote last."""
    file = folder / "row.json"
    if not file.is_file():
        return Row(entry, total=entry.operations)
    return Row(**{**json.loads(file.read_text(encoding="utf-8")), "entry": entry})


def _markers(work: Path) -> set[str]:
    """Files that hostile text would make, wherever such text can aim at without knowing more."""
    places = {Path("/tmp"), Path.cwd(), Path.cwd().parent, Path.home(), Path("/"), work, work.parent}
    return {str(file) for place in places if place.is_dir() for file in place.glob(MARKER)}
