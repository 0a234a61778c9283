"""What steps made of the same input before, by the content of all that they read; safe to delete at any time."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from fnmatch import fnmatchcase
from functools import cached_property
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from .problems import Problem
from .step import Outcome, Step
from .tree import Tree

FOLDER = ".cache"
_HOME = Path(__file__).parents[1]
_KEPT = 40
"""Outcomes that are kept; the oldest go first."""


class Cache:
    """The outcomes of one project's steps."""

    def __init__(self, tree: Tree, settings: str) -> None:
        self.tree = tree
        self.settings = settings
        self.folder = tree.root / FOLDER

    def key(self, step: Step, later: Iterable[str]) -> str:
        """Names an outcome: by the step, the pipeline's own code, and every file that the step may read.

        Args:
            step: The step to run.
            later: Patterns of what this and later steps write; it is no input unless the step names it outright.
        """
        digest = hashlib.sha256(f"{step.name}\0{self._code}\0{self.settings}".encode())
        for path in self._inputs(step, tuple(later)):
            digest.update(f"\0{path}\0".encode())
            digest.update(hashlib.sha256(self.tree.bytes(path)).digest())
        return digest.hexdigest()[:32]

    def _inputs(self, step: Step, later: tuple[str, ...]) -> list[str]:
        found: set[str] = set()
        for pattern in step.reads:
            paths = self.tree.glob(pattern)
            found |= set(paths if "*" not in pattern else (p for p in paths if not _matches(p, later)))
        return sorted(found)

    @cached_property
    def _code(self) -> str:
        """The pipeline's code, its templates, and the libraries that it stands on."""
        digest = hashlib.sha256(sys.version.encode())
        for one in sorted(f"{found.name}=={found.version}" for found in distributions()):
            digest.update(one.encode())
        for folder in ("scripts", "templates"):
            for file in sorted((_HOME / folder).rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    digest.update(file.relative_to(_HOME).as_posix().encode() + b"\0" + file.read_bytes())
        return digest.hexdigest()

    def get(self, key: str) -> Outcome | None:
        """The outcome of that name, if it was kept; one that cannot be read counts as not kept."""
        try:
            kept = json.loads((self.folder / key).read_bytes())
            problems = tuple(Problem(**problem) for problem in kept["problems"])
            return Outcome(_decoded(kept["files"]), kept["summary"], problems)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, outcome: Outcome) -> None:
        """Keeps an outcome."""
        self.folder.mkdir(exist_ok=True)
        kept = {
            "summary": outcome.summary,
            "problems": [asdict(problem) for problem in outcome.problems],
            "files": {path: _encoded(content) for path, content in outcome.files.items()},
        }
        draft = self.folder / f"{key}.{os.getpid()}.draft"
        draft.write_text(json.dumps(kept), encoding="utf-8")
        os.replace(draft, self.folder / key)
        kept_files = [file for file in self.folder.iterdir() if file.name != "lock"]
        for old in sorted(kept_files, key=lambda file: file.stat().st_mtime_ns)[:-_KEPT]:
            old.unlink(missing_ok=True)


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _encoded(content: str | bytes) -> Any:
    return content if isinstance(content, str) else {"base64": base64.b64encode(content).decode()}


def _decoded(files: Mapping[str, Any]) -> dict[str, str | bytes]:
    return {path: text if isinstance(text, str) else base64.b64decode(text["base64"]) for path, text in files.items()}
