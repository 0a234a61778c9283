"""What one page says about one operation, and the file it goes to."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .. import documents
from ..problems import Problem

FOLDER = "spec/fragments"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_MAX_SLUG = 100


@dataclass
class Fragment:
    """One operation as one page describes it; the fields are the keys of the file."""

    page: str
    kind: str
    """`rendered` or `markdown`."""
    age: int
    method: str
    path: str
    document: dict[str, Any]
    unstated: list[str] = field(default_factory=list)
    samples: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def operation(self) -> str:
        """Method and path in one line."""
        return f"{self.method.upper()} {self.path}"

    def text(self) -> str:
        """The file's content."""
        keys = ("page", "kind", "age", "operation", "document", "unstated", "samples", "lines")
        return documents.write({key: getattr(self, key) for key in keys})


@dataclass
class Notes:
    """Collects the problems of one page."""

    page: str
    url: str = ""
    """The page's address; empty when it came as a file."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def exclusion(self) -> str:
        """What a person does about a page that is not to be read: `add "pages/a.txt" to exclude in spec/api.toml`."""
        pattern = self.url if self.url and not re.search(r"[\s\"\\\[\]]", self.url) else self.page.removeprefix("spec/")
        return f'add "{pattern}" to exclude in spec/api.toml'

    @property
    def again(self) -> str:
        """What a person does about a page that is damaged."""
        return f"Fetch the page again, or {self.exclusion}."

    def settle(self, line: int | None, what: str, rule: str, fix: str) -> None:
        """Notes a doubt that a rule settled."""
        self.problems.append(Problem(self.page, what, fix, line, settled=rule))

    def refuse(self, line: int | None, what: str, fix: str) -> None:
        """Notes what makes the page unusable."""
        self.problems.append(Problem(self.page, what, fix, line))


def files(fragments: Iterable[Fragment]) -> dict[str, str]:
    """Content by path: one folder for each page, one file for each operation."""
    fragments = list(fragments)
    stems = {fragment.page: _stem(fragment.page) for fragment in fragments}
    shared = Counter(stem.lower() for stem in stems.values())
    places = []
    for fragment in fragments:
        stem = stems[fragment.page]
        folder = stem if shared[stem.lower()] == 1 else f"{stem}-{_digest(fragment.page)}"
        places.append(f"{FOLDER}/{folder}/{_slug(fragment)}")
    taken = Counter(place.lower() for place in places)
    return {
        (place if taken[place.lower()] == 1 else f"{place}-{_digest(fragment.operation)}") + ".yaml": fragment.text()
        for place, fragment in zip(places, fragments, strict=True)
    }


def _stem(page: str) -> str:
    name = page.rpartition("/")[2]
    return _safe(name.rpartition(".")[0] or name) or "page"


def _slug(fragment: Fragment) -> str:
    """A file name that no path can turn into something else: verb first, then letters, digits and `-_.` only."""
    return f"{fragment.method.lower()}-{_safe(fragment.path) or 'root'}"


def _safe(text: str) -> str:
    slug = re.sub(r"[^A-Za-z0-9_]+|\.\.+", "-", text).strip("-")
    return slug if len(slug) <= _MAX_SLUG else f"{slug[:_MAX_SLUG]}-{_digest(text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
