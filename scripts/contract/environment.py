"""Virtual environments that hold what a package declares to need and nothing else, made without a network."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..problems import BadInput, Problem
from ..scratch import lay
from .replay import bare_environment


def make(folder: Path, declared: Iterable[str]) -> str:
    """The interpreter of a new environment with what is declared to be needed, lent by the running environment.

    What is not declared is not there, so that a missing declaration fails at import.

    Args:
        folder: Where the environment is made.
        declared: The requirements of a package, as its metadata words them.

    Raises:
        BadInput: No environment can be made, or the running one lacks something that is declared.
    """
    distributions, problems = needed(declared)
    if problems:
        raise BadInput(problems)
    _execute([sys.executable, "-m", "venv", "--without-pip", str(folder)], "No virtual environment can be made")
    variables = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", scheme="venv", vars=variables))
    for distribution in distributions:
        lend(distribution, site)
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def install(python: str, wheel: Path) -> None:
    """Installs a wheel, and nothing that it needs, into the environment of an interpreter.

    Raises:
        BadInput: It cannot be installed.
    """
    pip = [sys.executable, "-m", "pip", "--python", python, "--isolated", "--disable-pip-version-check", "install"]
    _execute([*pip, "--no-index", "--no-deps", "--no-compile", str(wheel)], "The wheel cannot be installed")


def _execute(command: list[str], failure: str) -> None:
    ended = subprocess.run(command, env=bare_environment(), capture_output=True, text=True, check=False)
    if ended.returncode:
        told = (ended.stderr or ended.stdout).strip().splitlines()[-1:] or ["it says nothing"]
        raise BadInput(
            Problem("", f"{failure}: {told[0][:300]}.", "Run the build with a Python that has venv and pip.")
        )


def declared_by(project: str) -> list[str]:
    """The requirements that a `pyproject.toml` of this text declares; none where it is not sound."""
    try:
        found = tomllib.loads(project)["project"]["dependencies"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def needed(declared: Iterable[str]) -> tuple[list[importlib.metadata.Distribution], list[Problem]]:
    """The installed distributions that are needed, directly or not, and what is missing."""
    found: dict[str, importlib.metadata.Distribution] = {}
    problems: dict[str, Problem] = {}
    todo = [(text, "") for text in declared]
    seen = set()
    while todo:
        text, extra = todo.pop()
        requirement = Requirement(text)
        if (text, extra) in seen or not (requirement.marker is None or requirement.marker.evaluate({"extra": extra})):
            continue
        seen.add((text, extra))
        name = canonicalize_name(requirement.name)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            problems[name] = _absent(requirement, "is not installed here")
            continue
        if not requirement.specifier.contains(distribution.version, prereleases=True):
            problems[name] = _absent(requirement, f"is installed here as {distribution.version}")
        found[name] = distribution
        todo += [(wanted, part) for wanted in distribution.requires or () for part in ("", *requirement.extras)]
    return [found[name] for name in sorted(found)], [problems[name] for name in sorted(problems)]


def _absent(requirement: Requirement, what: str) -> Problem:
    fix = "Add it to the dependencies in pyproject.toml and install the project again."
    return Problem("generated/pyproject.toml", f"The package needs {requirement}, which {what}.", fix)


def lend(distribution: importlib.metadata.Distribution, site: Path) -> None:
    """Lays the distribution's own files into another environment's site-packages."""
    for source, target in _files(distribution, site):
        target.parent.mkdir(parents=True, exist_ok=True)
        lay(source, target)


def _files(distribution: importlib.metadata.Distribution, site: Path) -> Iterator[tuple[Path, Path]]:
    for file in distribution.files or ():
        source = Path(str(distribution.locate_file(file)))
        if ".." not in file.parts and not file.is_absolute() and source.is_file():
            yield source, site.joinpath(*file.parts)
