"""import: captured traffic becomes recordings; what stands there already is shown beside it, and kept."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..problems import BadInput, Problem
from ..project import Api
from ..tree import Tree
from . import catalog as catalogs
from . import recordings
from .capture import MAX_SIZE, Exchange, Skipped, read_capture
from .capture.exchange import Unusable
from .matching import Matcher
from .original import source
from .recordings import FOLDER, Recording
from .scrub.exchanges import Scrubber
from .validator import Validator


@dataclass
class Intake:
    """What became of captured traffic."""

    files: dict[str, str] = field(default_factory=dict)
    """New recordings by path, and those that are to replace others."""
    same: int = 0
    """Exchanges that are recorded already, to the letter."""
    skipped: list[str] = field(default_factory=list)
    """What was no call of the API, a line for each reason."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Names of headers and query parameters that are not on the list, and in how many exchanges."""
    differing: dict[str, str] = field(default_factory=dict)
    """By path of a recording that is to stay, how what was captured now differs: a unified diff."""
    replaced: dict[str, str] = field(default_factory=dict)
    """The same of recordings that are to be replaced."""
    problems: list[Problem] = field(default_factory=list)
    """Files that cannot be read, and calls of the API that cannot be recorded."""


@dataclass
class Taker:
    """Takes captures into a project.

    `replaces` says whether a recording that differs from what was captured now is overwritten.
    """

    tree: Tree
    api: Api
    servers: tuple[str, ...] = ()
    origin: str = "live"
    date: str = ""
    """The day of exchanges that do not say theirs."""
    replaces: bool = False
    intake: Intake = field(default_factory=Intake)

    def __post_init__(self) -> None:
        self.catalog = catalogs.load(self.tree)
        self.matcher = Matcher(self.catalog, self.servers)
        judge = Validator(source.load(self.tree, self.api))
        self.scrubber = Scrubber(self.catalog, judge, self.api.kept_headers, self.api.kept_fields)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Takes captures; a bad one is a problem, and the others are taken all the same."""
        for path in paths:
            try:
                if path.stat().st_size > MAX_SIZE:
                    what = f"The capture is {path.stat().st_size // 1_000_000} MB long."
                    fix = f"Capture less at a time: {MAX_SIZE // 1_000_000} MB can be read."
                    raise BadInput(Problem(str(path), what, fix))
                self.take(read_capture(path.read_bytes(), str(path)), str(path))
            except OSError as error:
                self.intake.problems.append(
                    Problem(str(path), f"It cannot be read: {error.strerror}.", "Name a file that can.")
                )
            except BadInput as bad:
                self.intake.problems += bad.problems

    def take(self, found: Iterable[Exchange | Skipped], where: str) -> None:
        """Takes exchanges; `where` names their source."""
        reasons: Counter[str] = Counter()
        taken: dict[str, set[str]] = {}
        for one in found:
            result = self._recorded(one) if isinstance(one, Exchange) else one
            if isinstance(result, Recording):
                self._keep(result, taken)
            elif result.harmless:
                reasons[result.why] += 1
            else:
                fix = "Capture it again, or leave it out."
                self.intake.problems.append(Problem(where, f"Entry {result.number}: {result.why}.", fix))
        self.intake.skipped += [f"{where}: {count} skipped: {why}" for why, count in sorted(reasons.items())]

    def _recorded(self, exchange: Exchange) -> Recording | Skipped:
        operation = self.matcher.match(exchange)
        if isinstance(operation, Skipped):
            return operation
        if exchange.status == 304:
            return Skipped(exchange.number, "answered from a cache (304)")
        address = self.matcher.address(operation, exchange.url)
        dated = replace(exchange, url=address, date=exchange.date or self.date)
        try:
            scrubbed = self.scrubber.recording(dated, operation, self.origin)
        except Unusable as error:
            return Skipped(exchange.number, f"{operation.id}: {error}", harmless=False)
        self.intake.left_out.update(scrubbed.left_out)
        return scrubbed.recording

    def _keep(self, recording: Recording, taken: dict[str, set[str]]) -> None:
        """Gives the recording its file, which its request and age name; the same exchange twice is one recording."""
        bare = _identity(recording)
        texts = taken.setdefault(bare, set())
        number = len(texts) + 1
        file = f"{FOLDER}/{recording.operation}/{bare}{'' if number == 1 else f'.{number}'}.har"
        content = recordings.write(replace(recording, file=file))
        if content in texts:
            self.intake.same += 1
            return
        texts.add(content)
        try:
            recordings.parse(content, file, self.catalog)
        except BadInput as bad:
            self.intake.problems += [Problem(file, problem.what, problem.fix) for problem in bad.problems]
            return
        before = self.intake.files.get(file) or (self.tree.text(file) if self.tree.exists(file) else None)
        if before == content:
            self.intake.same += 1
        elif before is None:
            self.intake.files[file] = content
        else:
            self._differs(file, before, content)

    def _differs(self, file: str, before: str, content: str) -> None:
        told = "\n".join(_diff(file, before, content))
        if self.replaces:
            self.intake.files[file] = content
            self.intake.replaced[file] = told
        else:
            self.intake.differing[file] = told


def _identity(recording: Recording) -> str:
    """The name of the file, but for its ending: age, status, and a digest of the request."""
    said = (recording.method, recording.url, recording.request_headers, recording.request_type, recording.request_text)
    digest = hashlib.sha256(repr(said).encode()).hexdigest()[:8]
    origin = recording.origin.replace(" ", "-")
    age = "" if recording.age is None else f"-{recording.age}"
    return f"{origin}{age}.{recording.status}.{digest}"


def _diff(file: str, before: str, after: str) -> Iterator[str]:
    sides = (_lines(before), _lines(after))
    return (line.rstrip("\n") for line in difflib.unified_diff(*sides, f"{file} (kept)", f"{file} (captured)", n=1))


def _lines(text: str) -> list[str]:
    """The lines of a recording, its bodies taken apart so that a diff shows the field that changed."""
    return text.replace(', \\"', ',\n \\"').splitlines()
