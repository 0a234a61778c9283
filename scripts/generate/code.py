"""Pieces of Python code from values, and the formatter that lays them out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from ruff import find_ruff_bin

from ..cache import Parts
from ..scratch import scratch
from .annotations import literal

_LINE = 100
_BATCH = 500
"""Modules that ruff lays out at a time."""
_ARGUMENTS = (
    "--isolated",
    "--quiet",
    "--no-cache",
    "--config",
    f"line-length={_LINE}",
    "--config",
    'target-version="py311"',
)


def call(function: str, items: Iterable[str]) -> str:
    """A call; empty items are left out."""
    return f"{function}({', '.join(item for item in items if item)})"


def mapping(entries: Mapping[str, str]) -> str:
    """A dict display from text keys to code."""
    return "{" + ", ".join(f"{literal(key)}: {value}" for key, value in entries.items()) + "}"


def tuple_of(items: Iterable[str]) -> str:
    """A tuple display of code items."""
    return f"({''.join(f'{item}, ' for item in items)})"


def pair_of(items: Iterable[str]) -> str:
    """A tuple display of two code items or more, on one line where it fits."""
    return f"({', '.join(items)})"


def security_code(alternatives: Iterable[Iterable[str]]) -> str:
    """Alternatives of security schemes as a tuple of tuples."""
    return tuple_of(tuple_of(map(literal, alternative)) for alternative in alternatives)


def import_lines(names: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """`from module import …` lines; a module without names is imported itself."""
    lines = ((module, ", ".join(sorted(parts))) for module, parts in sorted(names.items()))
    return tuple(f"from {module} import {parts}" if parts else f"import {module}" for module, parts in lines)


def formatted(files: Mapping[str, str], parts: Parts) -> dict[str, str]:
    """The files with every `.py` among them laid out, unless `parts` has it."""
    laid = parts.made((text for path, text in files.items() if path.endswith(".py")), laid_out)
    return {path: laid[text] if path.endswith(".py") else text for path, text in files.items()}


def laid_out(texts: Iterable[str]) -> dict[str, str]:
    """The modules as ruff lays them out: imports sorted, unused ones gone.

    Raises:
        ValueError: One is not Python: a template or a name let something through.
    """
    todo = iter(texts)
    laid: dict[str, str] = {}
    with scratch() as folder:
        while batch := list(islice(todo, _BATCH)):  # in the same files again: thousands of new ones take long to make
            files = {folder / f"{number}.py": text for number, text in enumerate(batch)}
            for file, text in files.items():
                file.write_text(text, encoding="utf-8")
            _ruff(folder, "check", "--fix-only", "--select=I,F401")
            _ruff(folder, "format")
            laid |= {text: file.read_text(encoding="utf-8") for file, text in files.items()}
    return laid


def _ruff(folder: Path, *command: str) -> None:
    asked = [find_ruff_bin(), *command, *_ARGUMENTS, "."]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        raise ValueError(f"ruff {command[0]} refuses a generated file: {done.stdout}{done.stderr}"[:2000])
