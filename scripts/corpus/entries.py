"""The documents of a folder, as its `index.json` lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..problems import BadInput, Problem

EXPECTATIONS = ("ok", "lenient", "reject")


@dataclass(frozen=True)
class Entry:
    """One document of the corpus."""

    name: str
    file: str
    """The document, relative to the corpus."""
    expect: str
    """`ok`: a complete package; `reject`: a clear message; `lenient`: either."""
    operations: int
    """How many the index counted."""

    @property
    def inside(self) -> str:
        """The document, relative to its folder of documents: `spec/openapi.yaml` of `tricky/many/spec/openapi.yaml`."""
        return "/".join(self.file.split("/")[1:]) or self.file

    @property
    def folder(self) -> str:
        """The folder that comes along, relative to the corpus; empty where the document is one file."""
        parts = self.file.split("/")
        return "/".join(parts[:2]) if len(parts) > 2 else ""


def load(corpus: Path, only: Sequence[str] = ()) -> list[Entry]:
    """The entries of the corpus, or those named.

    Raises:
        BadInput: There is no index, it says something else than expected, or it lacks a name.
    """
    file = corpus / "index.json"
    fix = "Name a folder with an index.json: a list of objects with name, entry, expect and operations."
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        entries = [Entry(str(r["name"]), str(r["entry"]), str(r["expect"]), int(r["operations"])) for r in rows]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadInput(Problem(str(file), f"This is no index of a corpus: {error!r}.", fix)) from None
    problems = [Problem(str(file), told, fix) for entry in entries for told in _wrong(entry)]
    known = {entry.name for entry in entries}
    problems += [Problem(str(file), f"There is no {name!r}.", "Name one it has.") for name in only if name not in known]
    if problems:
        raise BadInput(problems)
    return [entry for entry in entries if not only or entry.name in only]


def _wrong(entry: Entry) -> list[str]:
    """What is wrong with an entry: its name becomes a folder, and its file must not lead out of the corpus."""
    parts = entry.file.split("/")
    told = []
    if not re.fullmatch(r"\w[\w.+-]*", entry.name):
        told.append(f"The name {entry.name!r} cannot be that of a folder.")
    if ".." in parts or "" in parts:
        told.append(f"The file {entry.file!r} is outside of the corpus.")
    if entry.expect not in EXPECTATIONS:
        told.append(f"{entry.name} expects {entry.expect!r}, which is none of {', '.join(EXPECTATIONS)}.")
    return told
