"""What was made of the same input before, by the content of that input; safe to delete at any time.

One idea three times: a result is kept under a digest of everything that it was made of, and is made again where nothing
kept has that digest. `Runs` keeps what whole runs came to, `Cache` what steps made, and `Parts` what a step made of
pieces of its input, so that a change to one of them is worked through alone. A file that is damaged, or that other code
made, counts as missing.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from .problems import BadInput, Problem
from .step import Outcome, Step
from .tree import Stamp, Tree

FOLDER = ".cache"
_HOME = Path(__file__).parents[1]
_KEPT = 40
"""Outcomes that are kept; the oldest go first."""
_OUTCOME, _PARTS, _RUN = ".outcome", ".parts", ".run"
_DRAFT = ".draft"
_Said = TypeVar("_Said", str, bytes)
_SECOND = 1_000_000_000
"""In nanoseconds; a time without a fraction of it is from a file system that knows no better."""
_MOMENT = _SECOND // 20
"""What times of files are surely exact to."""
_DIGEST = hashlib.sha256().digest_size


_File = tuple[bytes, Stamp | None]
"""The digest of a file, and how it was on disk."""


class Runs:
    """The last whole run up to one step: while every file is as that run left it, there is nothing to do."""

    def __init__(self, tree: Tree, last: str, patterns: Iterable[str]) -> None:
        self.tree = tree
        self.patterns = tuple(patterns)
        self.file = tree.root / FOLDER / f"{last}{_RUN}"

    def told(self) -> list[tuple[str, str]] | None:
        """What each step said of itself in that run; None where a file differs."""
        kept: tuple[dict[str, _File], list[tuple[str, str]]] | None = _read(self.file)
        if kept is None:
            return None
        files, told = kept
        paths, at = self._paths(), self.file.stat().st_mtime_ns
        read = [path for path in paths if not self._untouched(path, files.get(path), at)]
        for path in paths.keys() - read:
            digest, stamp = files[path]
            if stamp:
                self.tree.know(path, digest, stamp)
        if paths.keys() != files.keys() or any(self.tree.digest(path) != files[path][0] for path in read):
            return None
        if read:
            _write(self.file, (files | {path: self._file(path) for path in read}, told))
        return told

    def put(self, told: list[tuple[str, str]]) -> None:
        """Keeps what the steps said, for the files as they are now."""
        _write(self.file, ({path: self._file(path) for path in self._paths()}, told))

    def _file(self, path: str) -> _File:
        """A file as this run knows it."""
        return self.tree.digest(path), self.tree.stamp(path)

    def _untouched(self, path: str, kept: _File | None, at: int) -> bool:
        """Whether the file system says that a file is as it was kept, so that it need not be read.

        One that had changed in the moment before it was kept could have changed again under the same stamp.
        """
        stamp = kept[1] if kept else None
        if stamp is None or stamp != self.tree.stamp_now(path):
            return False
        changed = max(stamp[1:3])
        return changed % _SECOND != 0 and changed < at - _MOMENT

    def _paths(self) -> dict[str, None]:
        """All files, those first that a person writes: mostly one of them tells that there is something to do."""
        return dict.fromkeys(path for pattern in self.patterns for path in self.tree.glob(pattern))


class Cache:
    """The outcomes of one project's steps: what they said, and a digest of each file.

    The files themselves are in the project; an outcome whose files are not, or not any more, counts as missing.
    """

    def __init__(self, tree: Tree, settings: str) -> None:
        self.tree = tree
        self.settings = settings
        self.folder = tree.root / FOLDER

    def key(self, step: Step, later: Iterable[str]) -> str:
        """Names an outcome: by the step, and every file that the step may read.

        Args:
            step: The step to run.
            later: Patterns of what this and later steps write; it is no input unless the step names it outright.
        """
        digest = _digest_of(self.tree, self._inputs(step, tuple(later)))
        return hashlib.sha256(f"{step.name}\0{self.settings}\0".encode() + digest).hexdigest()[:32]

    def _inputs(self, step: Step, later: tuple[str, ...]) -> Iterator[str]:
        for pattern in step.reads:
            paths = self.tree.glob(pattern)
            yield from paths if "*" not in pattern else (path for path in paths if not _matches(path, later))

    def get(self, key: str) -> Outcome | None:
        """The outcome of that name, if it was kept and its files are in the project."""
        kept = _read(self.folder / f"{key}{_OUTCOME}")
        if kept is None:
            return None
        digests, summary, problems = kept
        try:
            files = {path: self.tree.bytes(path) for path in digests}
        except BadInput:
            return None
        if any(self.tree.digest(path) != digest for path, digest in digests.items()):
            return None
        return Outcome(files, summary, tuple(Problem(**problem) for problem in problems))

    def put(self, key: str, outcome: Outcome) -> None:
        """Keeps an outcome whose files the tree has."""
        digests = {path: self.tree.digest(path) for path in outcome.files}
        problems = [asdict(problem) for problem in outcome.problems]
        _write(self.folder / f"{key}{_OUTCOME}", (digests, outcome.summary, problems))
        for file in self.folder.glob(f"*{_DRAFT}"):  # of a run that was killed
            file.unlink(missing_ok=True)
        newest = sorted(self.folder.glob(f"*{_OUTCOME}"), key=lambda file: -file.stat().st_mtime_ns)
        for file in newest[_KEPT:]:
            file.unlink(missing_ok=True)


class Parts:
    """What one kind of work made of each of its inputs in the last run; an input that the run had no more is forgotten.

    The work must be a function of each input alone: what else is made in the same run must not show in the result.
    """

    def __init__(self, root: Path, kind: str) -> None:
        self.file = root / FOLDER / f"{kind}{_PARTS}"

    def made(self, inputs: Iterable[_Said], make: Callable[[list[_Said]], Mapping[_Said, Any]]) -> dict[_Said, Any]:
        """What is made of each input: text, bytes, numbers, None, and lists and dicts of these.

        Args:
            inputs: Texts or bytes that say all that a result depends on, besides the pipeline's own code.
            make: Gives the results of those inputs whose results are not known, by input.
        """
        names = {one: _named(one) for one in dict.fromkeys(inputs)}
        known = _read(self.file) or {}
        missing = [text for text, name in names.items() if name not in known]
        fresh = make(missing) if missing else {}
        results = {text: known[name] if name in known else fresh[text] for text, name in names.items()}
        if missing or len(known) > len(names):
            _write(self.file, {names[text]: result for text, result in results.items()})
        return results

    def found(self, one: str | bytes) -> Any:
        """What was made of an input; None where that is not known."""
        return (_read(self.file) or {}).get(_named(one))

    def keep(self, results: Mapping[_Said, Any]) -> None:
        """Makes these results, by input, all that is known."""
        _write(self.file, {_named(one): result for one, result in results.items()})


class Memo:
    """The results of functions of one text, as they are asked for; `kept` brings them from one run to the next."""

    def __init__(self) -> None:
        self._earlier: dict[str, str] = {}
        self._asked: dict[str, str] = {}
        self.fresh = 0
        """How many results are new since `kept` began."""

    def __call__(self, function: Callable[[str], str]) -> Callable[[str], str]:
        """The function, asked once for each text."""

        def remembered(text: str) -> str:
            key = f"{function.__name__} {text}"
            found = self._asked.get(key)
            if found is None:
                found = self._earlier.get(key)
                if found is None:
                    self.fresh += 1
                    found = function(text)
                self._asked[key] = found
            return found

        return remembered

    @contextmanager
    def kept(self, root: Path, kind: str) -> Iterator[None]:
        """Begins with what was asked for in the last such block, and keeps what is asked for in this one."""
        file = root / FOLDER / f"{kind}{_PARTS}"
        self._earlier, self._asked, self.fresh = _read(file) or {}, {}, 0
        yield
        if self._asked != self._earlier:
            _write(file, self._asked)


@cache
def code() -> str:
    """A name for the pipeline's code, its templates, and the libraries that it stands on."""
    digest = hashlib.sha256(sys.version.encode())
    for one in sorted(found.name for folder in sys.path for found in Path(folder).glob("*.dist-info")):
        digest.update(one.encode())
    for folder in ("scripts", "templates"):
        for file in sorted((_HOME / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(_HOME).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def frozen(value: Any) -> bytes:
    """The same bytes for the same plain value, and others for any other, whatever its parts share."""
    return marshal.dumps(value, 2)


def _read(file: Path) -> Any:
    """What was put into the file by this very code; None where there is no such thing."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    kept = content[_DIGEST:]
    return marshal.loads(kept) if content[:_DIGEST] == _seal(kept) else None


def _write(file: Path, data: Any) -> None:
    """Puts plain values into a file as a whole: a run that ends halfway leaves what was there."""
    file.parent.mkdir(exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}{_DRAFT}")
    kept = marshal.dumps(data)
    draft.write_bytes(_seal(kept) + kept)
    os.replace(draft, file)


def _named(said: str | bytes) -> bytes:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass") if isinstance(said, str) else said).digest()[:16]


def _seal(kept: bytes) -> bytes:
    return hashlib.sha256(code().encode() + kept).digest()


def _digest_of(tree: Tree, paths: Iterable[str]) -> bytes:
    """A digest of the names and contents of files."""
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        digest.update(f"{path}\0".encode("utf-8", "surrogateescape") + tree.digest(path))
    return digest.digest()


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)
