"""What was made of the same input before, by the content of that input; safe to delete at any time.

`Cache` keeps what whole steps made. `Parts` keeps what a step made of pieces of its input, so that a change to one of
them is worked through alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from .problems import Problem
from .step import Outcome, Step
from .tree import Tree

FOLDER = ".cache"
_HOME = Path(__file__).parents[1]
_KEPT = 40
"""Outcomes that are kept; the oldest go first."""
_PARTS = ".parts"


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
        digest = hashlib.sha256(f"{step.name}\0{code()}\0{self.settings}".encode())
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
        kept = {
            "summary": outcome.summary,
            "problems": [asdict(problem) for problem in outcome.problems],
            "files": {path: _encoded(content) for path, content in outcome.files.items()},
        }
        _write(self.folder / key, kept)
        outcomes = [file for file in self.folder.iterdir() if file.name != "lock" and file.suffix != _PARTS]
        for old in sorted(outcomes, key=lambda file: file.stat().st_mtime_ns)[:-_KEPT]:
            old.unlink(missing_ok=True)


class Parts:
    """What one kind of work made of each of its inputs in the last run; an input that the run had no more is forgotten.

    The work must be a function of each input alone: what else is made in the same run must not show in the result.
    """

    def __init__(self, root: Path, kind: str) -> None:
        self.file = root / FOLDER / f"{kind}{_PARTS}"

    def made(self, inputs: Iterable[str], make: Callable[[list[str]], Mapping[str, Any]]) -> dict[str, Any]:
        """What is made of each input, as JSON values.

        Args:
            inputs: Texts that say all that a result depends on, besides the pipeline's own code.
            make: Gives the results of those inputs whose results are not known, by input.
        """
        names = {text: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32] for text in inputs}
        known = self._known()
        missing = [text for text, name in names.items() if name not in known]
        fresh = make(missing) if missing else {}
        results = {text: known[name] if name in known else fresh[text] for text, name in names.items()}
        if missing or len(known) > len(names):
            _write(self.file, {"code": code(), "parts": {names[text]: result for text, result in results.items()}})
        return results

    def _known(self) -> dict[str, Any]:
        """The results of the last run, if the same code made them."""
        try:
            kept = json.loads(self.file.read_bytes())
            parts = kept["parts"] if kept["code"] == code() else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return parts if isinstance(parts, dict) else {}


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


def _write(file: Path, data: Any) -> None:
    """Puts JSON into a file as a whole: a run that ends halfway leaves what was there."""
    file.parent.mkdir(exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.draft")
    draft.write_text(json.dumps(data), encoding="utf-8")
    os.replace(draft, file)


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _encoded(content: str | bytes) -> Any:
    return content if isinstance(content, str) else {"base64": base64.b64encode(content).decode()}


def _decoded(files: Mapping[str, Any]) -> dict[str, str | bytes]:
    return {path: text if isinstance(text, str) else base64.b64decode(text["base64"]) for path, text in files.items()}
