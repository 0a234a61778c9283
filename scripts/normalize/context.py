"""What all passes share: where things came from, the problems found, and fresh component keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..documents import Document
from ..name.words import parts, pascal, short_hash, stem
from ..problems import Problem

Json = dict[str, Any]
PREFIX = "#/components/schemas/"


@dataclass
class Context:
    """One run of the passes."""

    entry: Document
    problems: list[Problem] = field(default_factory=list)
    origins: dict[str, tuple[Document, str]] = field(default_factory=dict)
    """Pointer of an operation or a component in the result -> file and pointer where it stood."""
    keys: set[str] = field(default_factory=set)
    """Every component key."""
    _folded: set[str] = field(default_factory=set)
    """The keys as they look without case and punctuation, from which names are made."""
    roots: dict[str, str] = field(default_factory=dict)
    """For a key that was derived from another component's: the first of that line."""

    def degrade(self, pointer: str, what: str, rule: str = "It is read as anything.") -> None:
        """Notes that the value at a pointer of the result could not be expressed, and how we went on."""
        document, origin = self.locate(pointer)
        if document is self.entry:
            fix = f"To say what is meant, add to spec/overlay.yaml: target: {json_path(origin)}, update: {{…}}."
        else:
            fix = "Correct it in that file."
        self.problems.append(document.problem(origin, what, fix, rule))

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
        for candidate in candidates:
            if candidate and self._claim(candidate):
                return candidate
        number = 2
        while not self._claim(f"{candidates[0]}{number}"):
            number += 1
        return f"{candidates[0]}{number}"

    def source_key(self, name: str) -> str:
        """The key of a component that its source calls `name`: that name, where it is a legal key."""
        key = legal_key(name)
        if self._claim(key, derive=False):
            return key
        return self.fresh_key(f"{key}_{short_hash(name)}")

    def _claim(self, key: str, derive: bool = True) -> bool:
        folded = key.lower().replace("-", "").replace("_", "").replace(".", "")
        if key in self.keys or (derive and folded in self._folded):
            return False
        self.keys.add(key)
        self._folded.add(folded)
        return True


def legal_key(name: str) -> str:
    """The name with what a component key must not hold replaced; the name itself nearly always."""
    if re.fullmatch(r"[a-zA-Z0-9._-]{1,200}", name):
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-zA-Z0-9._-]+", "_", plain)[:100].strip("_")
    return plain if re.search("[a-zA-Z]", plain) else f"Schema_{short_hash(name)}"


def derived(*texts: str) -> str:
    """A component key in CapWords from the words of several names."""
    return pascal(part for text in texts for part in _capital(text))


def _capital(text: str) -> Iterable[str]:
    return parts(stem(legal_key(text)) if text else "")


def json_path(pointer: str) -> str:
    """The JSONPath (RFC 9535) of a JSON pointer."""
    path = "$"
    for raw in pointer.split("/")[1:]:
        key = raw.replace("~1", "/").replace("~0", "~")
        if re.fullmatch(r"[A-Za-z_]\w*", key, re.ASCII):
            path += f".{key}"
        elif key.isdecimal():
            path += f"[{key}]" if "paths" not in path or "responses" not in path else f"['{key}']"
        else:
            quoted = key.replace("\\", "\\\\").replace("'", "\\'")
            path += f"['{quoted}']"
    return path
