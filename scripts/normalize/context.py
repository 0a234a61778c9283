"""What all passes share: where things came from, the problems found, and fresh component keys."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .. import overlay
from ..documents import Document
from ..merge import MERGED
from ..name.words import parts, pascal, short_hash, singular, stem
from ..problems import Problem
from .ties import Ties

if TYPE_CHECKING:
    from .walk import Root

Json = dict[str, Any]
PREFIX = "#/components/schemas/"
MOST = 10
"""Places at which the same is told; the rest are counted."""
_KINDS_TEXT = """
attributes common components definitions models parameters properties requests responses schemas shared source spec
types
"""
_KINDS = frozenset(_KINDS_TEXT.split())
"""Folders that say of what kind their files are, and not of what they tell."""


@dataclass
class Context:
    """One run of the passes."""

    entry: Document
    problems: list[Problem] = field(default_factory=list)
    said: list[tuple[str, str, str, str]] = field(default_factory=list)
    """What `tell` was told about the entry file."""
    origins: dict[str, tuple[Document, str]] = field(default_factory=dict)
    """Pointer of an operation or a component in the result -> file and pointer where it stood."""
    keys: set[str] = field(default_factory=set)
    """Every component key."""
    _folded: set[str] = field(default_factory=set)
    """The keys as they look without case and punctuation, from which names are made."""
    has_conditions: bool = False
    """Whether a schema says that something holds under a condition alone."""
    placed: list[Root] = field(default_factory=list)
    """The schemas in operations, from the pass on that settles these: later ones change schemas where they stand."""
    roots: dict[str, str] = field(default_factory=dict)
    """For a key that was derived from another component's: the first of that line."""
    ties: Ties = field(default_factory=Ties)

    def degrade(self, pointer: str, what: str, rule: str = "It is read as anything.") -> None:
        """Notes that the value at a pointer of the result could not be expressed, and how we went on."""
        self.tell(*self.locate(pointer), what, rule)

    def tell(self, document: Document, pointer: str, what: str, rule: str, change: str = "update: {…}") -> None:
        """Notes a settled problem with the value at a pointer of a file, and the overlay action that would correct it.

        The merged document is made, so a place in it is told as the page and line that it came from.
        """
        fix = "Correct it in that file."
        if document is self.entry:
            self.said.append((pointer, what, rule, change))
            target = json_path(document, pointer)
            fix = f"To say what is meant, add an action to {overlay.FILE}: target: {target}, {change}."
        problem = document.problem(pointer, what, fix, rule)
        if document.where == MERGED and (page := _page(document, pointer)):
            problem = replace(problem, where=page[1], line=int(page[2]))
        self.problems.append(problem)

    def told(self) -> Iterator[Problem]:
        """The problems that were noted: one that many places have is told at a few of them, and then counted."""
        counts = Counter((problem.what, problem.settled) for problem in self.problems)
        seen: Counter[tuple[str, str | None]] = Counter()
        for problem in self.problems:
            kind = problem.what, problem.settled
            seen[kind] += 1
            more = counts[kind] - MOST
            if seen[kind] <= MOST or more == 1 or problem.settled is None:
                yield problem
            elif seen[kind] == MOST + 1:
                yield replace(problem, what=f"{problem.what} So it is in {more} more places; the first is here.")

    def locate(self, pointer: str) -> tuple[Document, str]:
        """The file and the pointer in it for a pointer of the result."""
        head, rest = pointer, ""
        while head:
            if head in self.origins:
                document, origin = self.origins[head]
                return document, origin + rest
            head, _, last = head.rpartition("/")
            rest = f"/{last}{rest}"
        return self.entry, pointer

    def fresh_key(self, *candidates: str) -> str:
        """The first candidate that no component has, ignoring case and punctuation; else one with a number."""
        self.ties.asked.append(candidates)
        for candidate in candidates:
            if candidate and self._claim(candidate):
                return candidate
        number = 2
        while not self._claim(f"{candidates[0]}{number}"):
            number += 1
        return f"{candidates[0]}{number}"

    def source_key(self, name: str, file: str = "") -> str:
        """The key of a component that its source calls `name`: that name, where it is a legal key.

        Of a name that another file has, too, it begins with what tells the folders apart, `VpcUrn`.
        """
        key = legal_key(name)
        if self._claim(key, derive=False):
            return key
        told = [singular(parts(step)) for step in reversed(file.split("/")[:-1]) if step.lower() not in _KINDS]
        named = [derived(pascal(step), key) for step in told if step]
        return self.fresh_key(*named, f"{key}_{short_hash(name)}")

    def release(self, key: str) -> None:
        """Frees the key of a component that is no more."""
        self.ties.asked.append(("", key))
        self.keys.discard(key)
        self._folded.discard(_folded(key))

    def _claim(self, key: str, derive: bool = True) -> bool:
        folded = _folded(key)
        if key in self.keys or (derive and folded in self._folded):
            return False
        self.keys.add(key)
        self._folded.add(folded)
        return True


def _folded(key: str) -> str:
    """The key without case and punctuation."""
    return key.lower().replace("-", "").replace("_", "").replace(".", "")


def legal_key(name: str) -> str:
    """The name with what a component key must not hold replaced; the name itself nearly always."""
    if re.fullmatch(r"[a-zA-Z0-9._-]{1,200}", name):
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-zA-Z0-9._-]+", "_", plain)[:100].strip("_")
    return plain if re.search("[a-zA-Z]", plain) else f"Schema_{short_hash(name)}"


@lru_cache(65536)
def derived(*texts: str) -> str:
    """A component key in CapWords from the words of several names."""
    return pascal(part for text in texts for part in _capital(text))


def _capital(text: str) -> Iterable[str]:
    return parts(stem(legal_key(text)) if text else "")


def json_path(document: Document, pointer: str) -> str:
    """The JSONPath (RFC 9535) of the value at a JSON pointer, or of its nearest ancestor that the file has."""
    return overlay.query(*(key for key, _ in _steps(document, pointer)))


def _page(document: Document, pointer: str) -> re.Match[str] | None:
    """The page and the line that the nearest `x-source` at or above a place names."""
    holders = [node for _, node in _steps(document, pointer) if isinstance(node, dict) and "x-source" in node]
    return re.fullmatch(r"(spec/[\w ./+@-]+):([0-9]{1,9})", str(holders[-1]["x-source"])) if holders else None


def _steps(document: Document, pointer: str) -> Iterator[tuple[str | int, Any]]:
    """The keys of a pointer, each with the value that it leads to, as far as the file has them."""
    node = document.data
    for raw in pointer.split("/")[1:]:
        key: str | int = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and raw.isdecimal() and int(raw) < len(node):
            key = int(raw)
        elif not isinstance(node, dict) or key not in node:
            return
        node = node[key]
        yield key, node
