"""A project's files as a run sees them: what earlier steps made, laid over what is on disk.

Nothing is written while steps run. `Tree.commit` writes everything at the end, as one transaction.
"""

from __future__ import annotations

import builtins
import hashlib
import json
import os
import re
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase, translate
from itertools import count
from pathlib import Path
from typing import Any, Literal

from .problems import BadInput, Problem
from .scratch import lay

STAGING = ".staging"
_JOURNAL = "journal.json"


@dataclass(frozen=True, order=True)
class Change:
    """What a commit does to one file."""

    path: str
    kind: str
    """`added`, `changed` or `removed`."""

    def __str__(self) -> str:
        return f"{self.kind} {self.path}"


Stamp = tuple[int, int, int, int]
"""Size, when the content and when the file was last changed, in nanoseconds, and the number of the file."""


@dataclass(frozen=True)
class _Staged:
    """The new content of a file, written beside the project's own."""

    content: builtins.bytes
    name: str
    stamp: Stamp


class Tree:
    """Files by their path relative to the project, with `/` between folders.

    A file on disk is read once, and a folder listed once: all steps see the same, whoever changes it meanwhile.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._made: dict[str, builtins.bytes | None] = {}
        self._found: dict[str, builtins.bytes | None] = {}
        self._digests: dict[str, tuple[builtins.bytes, builtins.bytes]] = {}
        """Content and its digest, by path."""
        self._stamps: dict[str, Stamp] = {}
        self._staged: dict[str, _Staged] = {}
        self._numbers = count()
        self._laid: set[str] = set()
        """The files that are or were in another folder, too."""
        self._known: dict[str, builtins.bytes] = {}
        """The digests of files that need not be read to be compared with."""
        self._listed: dict[str, frozenset[str]] = {}
        """The files on disk by the folder that they stand below."""
        self.parsed: dict[builtins.bytes, Any] = {}
        """What a file says, by the digest of its content, for those who read it more than once."""

    def bytes(self, path: str) -> builtins.bytes:
        """The file's content.

        Raises:
            BadInput: There is no such file, or it cannot be read.
        """
        content = self._made[path] if path in self._made else self._on_disk(path)
        if content is None:
            fix = "Restore it from git, or run the step that writes it."
            raise BadInput(Problem(path, "The file is missing.", fix))
        return content

    def _on_disk(self, path: str) -> builtins.bytes | None:
        if path not in self._found:
            file = f"{self.root}{os.sep}{path}"
            try:
                self._found[path] = self._content(path, file) if _is_file(file) else None
            except OSError as error:
                what = f"The file cannot be read: {error.strerror}."
                raise BadInput(Problem(path, what, "Make it readable, or remove it.")) from None
        return self._found[path]

    def _content(self, path: str, file: str) -> builtins.bytes:
        """What is in a file; there are thousands, and a `Path` of each takes as long as reading it."""
        with open(file, "rb", buffering=0) as opened:
            self._stamps[path] = _stamp(os.fstat(opened.fileno()))
            return opened.read()

    def stamp(self, path: str) -> Stamp | None:
        """How the file was when it was read or written; None where that is not known."""
        stamp = self._stamps.get(path)
        if stamp and path in self._laid:  # a link to a file counts as a change of it
            now = self.stamp_now(path)
            return now if now and _same(stamp, now) else stamp
        return stamp

    def stamp_now(self, path: str) -> Stamp | None:
        """How the file on disk is; None where there is none."""
        try:
            return _stamp(os.stat(f"{self.root}{os.sep}{path}"))
        except OSError:
            return None

    def know(self, path: str, digest: builtins.bytes, stamp: Stamp) -> None:
        """Takes the word of an earlier run for what is in a file that is as it was then."""
        self._known[path] = digest
        self._stamps.setdefault(path, stamp)

    def digest(self, path: str) -> builtins.bytes:
        """The SHA-256 of the file's content; of nothing where none can be read, such as of a broken link."""
        try:
            content = (self._made[path] if path in self._made else self._on_disk(path)) or b""
        except BadInput:
            content = b""
        before, digest = self._digests.get(path, (None, b""))
        if before is not content:
            digest = hashlib.sha256(content).digest()
            self._digests[path] = content, digest
        return digest

    def text(self, path: str) -> str:
        """The file's content as text, with `\\n` line ends.

        Raises:
            BadInput: There is no such file, or it is not UTF-8.
        """
        try:
            return self.bytes(path).decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = self.bytes(path).count(b"\n", 0, error.start) + 1
            raise BadInput(Problem(path, "The file is not UTF-8 text.", "Save it as UTF-8.", line)) from None

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        if path in self._made:
            return self._made[path] is not None
        return (self.root / path).is_file()

    def glob(self, pattern: str) -> list[str]:
        """The paths that match, sorted; `*` also matches `/`."""
        start, star, _ = pattern.partition("*")
        if not star:
            return [pattern] if self.exists(pattern) else []
        made = {path for path, content in self._made.items() if content is not None}
        paths = made | (self._below(start.rpartition("/")[0]) - self._made.keys())
        return sorted(filter(re.compile(translate(pattern)).match, paths))

    def _below(self, folder: str) -> frozenset[str]:
        """The files on disk in a folder and those in it."""
        if folder not in self._listed:
            found: set[str] = set()
            todo = [folder]
            while todo:
                home = todo.pop()
                for entry in _entries(self.root / home):
                    path = f"{home}/{entry.name}" if home else entry.name
                    if not _is_folder(entry):
                        found.add(path)
                    elif entry.name != "__pycache__" and not entry.is_symlink():
                        todo.append(path)
            self._listed[folder] = frozenset(found)
        return self._listed[folder]

    def replace(
        self, patterns: Iterable[str], files: Mapping[str, str | builtins.bytes], spared: Iterable[str] = ()
    ) -> None:
        """Makes `files` all that there is under `patterns`; what else stands there counts as removed.

        What matches one of the patterns `spared` stays as it is.
        """
        patterns = tuple(patterns)
        for path in files:
            parts = path.split("/")
            if not any(fnmatchcase(path, pattern) for pattern in patterns) or ".." in parts or "" in parts:
                raise ValueError(f"{path} is outside of {patterns}")
        found = {path for pattern in patterns for path in self.glob(pattern)}
        found -= {path for pattern in spared for path in self.glob(pattern)}
        self._made.update(dict.fromkeys(sorted(found)))
        for path, content in files.items():
            self._made[path] = content.encode() if isinstance(content, str) else content

    def only(self, pattern: str) -> Tree:
        """The same tree with no change but those to files that match."""
        other = Tree(self.root)
        other._made = {path: content for path, content in self._made.items() if fnmatchcase(path, pattern)}
        return other

    def changes(self, of: Callable[[str], bool] = bool) -> list[Change]:
        """What a commit would do, sorted by path; with `of`, to the paths that it is true of."""
        changes = []
        for path, content in self._made.items():
            if not of(path) or self._is_known(path, content):
                continue
            before = self._on_disk(path)
            if before != content:
                kind = "removed" if content is None else "added" if before is None else "changed"
                changes.append(Change(path, kind))
        return sorted(changes)

    def _is_known(self, path: str, content: builtins.bytes | None) -> bool:
        """Whether an earlier run says that a file has this content, so that nobody need read it."""
        if content is None or path in self._found:
            return False
        return self._known.get(path) == self.digest(path)

    def export(self, folder: str, into: Path, only: Iterable[str] | None = None) -> None:
        """Writes the files below `folder`, or those of them alone, to `into`, outside of the project."""
        found = self.glob(f"{folder}/*") if only is None else only
        files = {path: f"{into}{os.sep}{path.removeprefix(f'{folder}/')}" for path in found}
        for home in {os.path.dirname(file) for file in files.values()}:
            os.makedirs(home, exist_ok=True)
        for path, file in files.items():
            self._lay(path, file)

    def _lay(self, path: str, file: str) -> None:
        """Writes the file elsewhere; nobody is to change it there, as it may be the same one."""
        content = self._made.get(path) if path in self._made else self._on_disk(path)
        is_there = self._is_known(path, content) or self._on_disk(path) == content is not None
        if not is_there:
            lay(self._staging(self._staged_as(path, self.bytes(path)).name), file)
        elif self.stamp(path) == self.stamp_now(path):
            lay(f"{self.root}{os.sep}{path}", file)
            self._laid.add(path)
        else:  # somebody changed it after it was read
            _write(file, self.bytes(path))

    def _staged_as(self, path: str, content: builtins.bytes) -> _Staged:
        """The new content of a file on its way there; it is written once, whoever wants it as a file before."""
        staged = self._staged.get(path)
        while staged is None or staged.content is not content:
            (self.root / STAGING).mkdir(exist_ok=True)
            name = f"{next(self._numbers)}.new"
            with suppress(FileExistsError):  # what another tree of the same folder has on its way
                staged = self._staged[path] = _Staged(content, name, _write(self._staging(name), content, "xb"))
        return staged

    def _staging(self, name: str) -> str:
        return f"{self.root}{os.sep}{STAGING}{os.sep}{name}"

    def discard(self) -> None:
        """Forgets what is on its way to files, as nobody will commit it."""
        self._staged.clear()
        if not (self.root / STAGING / _JOURNAL).exists():
            shutil.rmtree(self.root / STAGING, ignore_errors=True)

    def commit(self) -> list[Change]:
        """Writes all changes, or none.

        A run that is killed on the way is finished by the next `recover`; Ctrl-C waits until all is written.

        Raises:
            BadInput: A file cannot be written; what was written before it is taken back.
        """
        changes = self.changes()
        if not changes:
            return changes
        staging = self.root / STAGING
        staging.mkdir(exist_ok=True)
        staged: dict[str, _Staged] = {}
        for change in changes:
            content = self._made[change.path]
            if content is not None:
                staged[change.path] = self._staged_as(change.path, content)
        draft = staging / "journal.draft"
        names = {path: one.name for path, one in staged.items()}
        journal = [[change.path, change.kind, names.get(change.path, "")] for change in changes]
        draft.write_text(json.dumps(journal), encoding="utf-8")
        with _undisturbed():
            os.replace(draft, staging / _JOURNAL)
            recover(self.root)
        self._found.update({change.path: self._made[change.path] for change in changes})
        self._listed.clear()
        self._staged.clear()
        moved = ((path, one.stamp, self.stamp_now(path)) for path, one in staged.items())
        self._stamps.update({path: now for path, before, now in moved if now and _same(before, now)})
        return changes


def _is_file(file: str) -> bool:
    return os.path.isfile(file) or Path(file).is_file()  # which raises where that cannot be told


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError:  # none, or none that can be listed
        return


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _stamp(said: os.stat_result) -> Stamp:
    return said.st_size, said.st_mtime_ns, said.st_ctime_ns, said.st_ino


def _same(staged: Stamp, now: Stamp) -> bool:
    """Whether it is the file that was staged: all but when it was last changed, which the move counts as, too."""
    return (staged[:2], staged[3]) == (now[:2], now[3])


def _write(file: str, content: bytes, mode: Literal["wb", "xb"] = "wb") -> Stamp:
    with open(file, mode, buffering=0) as opened:
        opened.write(content)
        return _stamp(os.fstat(opened.fileno()))


def recover(root: Path) -> bool:
    """Finishes a commit that was interrupted after its decision, and forgets one interrupted before it.

    Returns:
        Whether a commit was finished.

    Raises:
        BadInput: A file cannot be written; the commit is taken back.
    """
    staging = root / STAGING
    journal = staging / _JOURNAL
    decided = journal.is_file()
    if decided:
        said = json.loads(journal.read_text(encoding="utf-8"))
        moves = [_Move(root, Change(path, kind), number, new) for number, (path, kind, new) in enumerate(said)]
        try:
            homes = set[str]()
            for move in moves:
                move.make(homes)
        except OSError as error:
            for move in moves:
                move.take_back()
            shutil.rmtree(staging, ignore_errors=True)
            place = Path(error.filename or said[0][0])
            where = place.relative_to(root).as_posix() if place.is_relative_to(root) else str(place)
            fix = "Make it writable and run again; nothing was changed."
            raise BadInput(Problem(where, f"The file cannot be written: {error.strerror}.", fix)) from None
        _remove_empty(root, {(root / path).parent for path, kind, _ in said if kind == "removed"})
        journal.unlink()
    shutil.rmtree(staging, ignore_errors=True)
    return decided


class _Move:
    """A staged change on its way to its place; there are thousands, and a `Path` of each takes as long as the move."""

    def __init__(self, root: Path, change: Change, number: int, new: str) -> None:
        self.change = change
        self.target = f"{root}{os.sep}{change.path}"
        staging = f"{root}{os.sep}{STAGING}{os.sep}"
        self.new, self.old = f"{staging}{new}", f"{staging}{number}.old"

    def make(self, homes: set[str]) -> None:
        """Moves the file's old content aside and its new content, if any, into place; done twice, it does no more.

        Args:
            homes: The folders that are known to be there.
        """
        removes = self.change.kind == "removed"
        if not removes and not os.path.isfile(self.new):
            return
        if os.path.isfile(self.target) and not os.path.exists(self.old):
            os.replace(self.target, self.old)
        if not removes:
            home = os.path.dirname(self.target)
            if home not in homes:
                os.makedirs(home, exist_ok=True)
                homes.add(home)
            os.replace(self.new, self.target)

    def take_back(self) -> None:
        """Undoes `make`, as far as it came."""
        if os.path.isfile(self.old):
            os.replace(self.old, self.target)
        elif self.change.kind == "added" and not os.path.exists(self.new):
            Path(self.target).unlink(missing_ok=True)


def _remove_empty(root: Path, folders: Iterable[Path]) -> None:
    """Removes these folders, and those that they stand in, if nothing is left in them."""
    for start in folders:
        for folder in (start, *start.parents):
            if folder == root or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Puts Ctrl-C off until the block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
