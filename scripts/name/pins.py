"""What was decided before the rules: names that were shipped, and exceptions that a person wrote."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from json.encoder import encode_basestring as _said

from ..problems import BadInput, Problem
from ..tree import Tree
from .reserved import KEYWORDS

LOCK = "spec/names.lock"
EXCEPTIONS = "spec/names.toml"
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


@dataclass(frozen=True)
class Pins:
    """Names by pointer that stand before any rule is asked."""

    shipped: dict[str, str] = field(default_factory=dict)
    exceptions: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """What is wrong with lines of names.toml that are no exceptions."""

    def without_exceptions(self) -> Pins:
        """What would hold had nobody written an exception."""
        return Pins({key: name for key, name in self.shipped.items() if key not in self.exceptions})

    @property
    def names(self) -> dict[str, str]:
        """All of them; an exception beats what was shipped."""
        return {**self.shipped, **self.exceptions}


def load(tree: Tree) -> Pins:
    """The project's pins; none where a file is missing.

    Raises:
        BadInput: A file cannot be read.
    """
    problems: list[Problem] = []
    exceptions = dict(_exceptions(tree, problems))
    return Pins(read(tree), exceptions, tuple(problems))


def line_of(tree: Tree, key: str) -> int | None:
    """The line of names.toml on which a pointer stands."""
    for number, line in enumerate(tree.text(EXCEPTIONS).splitlines(), 1):
        if line.strip().startswith((f'"{key}"', f"'{key}'", json.dumps(key))):
            return number
    return None


def read(tree: Tree, path: str = LOCK) -> dict[str, str]:
    """The names in a lock by pointer, for reading alone; none where there is no such file.

    Raises:
        BadInput: The file is no lock.
    """
    if not tree.exists(path):
        return {}
    digest = tree.digest(path)
    if digest not in tree.parsed:
        tree.parsed[digest] = _read(tree, path)
    found: dict[str, str] = tree.parsed[digest]
    return found


def written(tree: Tree, lock: dict[str, str]) -> str:
    """The text of a lock, one name a line; by hand, as the library takes ten times as long with an indent."""
    lines = ",\n".join(f" {_said(place)}: {_said(name)}" for place, name in sorted(lock.items()))
    text = f"{{\n{lines}\n}}\n" if lock else "{}\n"
    tree.parsed[hashlib.sha256(text.encode()).digest()] = lock
    return text


def _read(tree: Tree, path: str) -> dict[str, str]:
    fix = "Restore it from git: it holds the names that were published."
    try:
        found = json.loads(tree.text(path))
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise BadInput(Problem(path, "This is not JSON.", fix, line)) from None
    if not isinstance(found, dict) or not _are_names(found.values()):
        raise BadInput(Problem(path, "This is not a mapping from pointers to names.", fix))
    return found


def _are_names(values: Collection[object]) -> bool:
    texts = {value for value in values if isinstance(value, str)}  # most are there often
    return all(isinstance(value, str) for value in values) and all(map(_NAME.fullmatch, texts))


def _exceptions(tree: Tree, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """The sound lines of names.toml; the others become problems."""
    if not tree.exists(EXCEPTIONS):
        return
    try:
        tables = tomllib.loads(tree.text(EXCEPTIONS))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise BadInput(Problem(EXCEPTIONS, f"This is not TOML: {error}.", "Correct the line.", line)) from None
    names = tables.pop("names", {})
    unread = [f"Nothing reads [{table}]." for table in tables]
    if not isinstance(names, dict):
        unread.append("`names` is no table.")
    problems += [Problem(EXCEPTIONS, what, "Write exceptions under [names].") for what in unread]
    for key, name in names.items() if isinstance(names, dict) else ():
        if not isinstance(name, str) or not _NAME.fullmatch(name) or set(name.split(".")) & KEYWORDS:
            what = f"The name for {key!r} is no Python name."
            problems.append(Problem(EXCEPTIONS, what, "Write an identifier in quotes.", line_of(tree, key)))
        else:
            yield key, name
