"""A fresh virtual environment that holds a wheel and what the wheel declares to need, made without a network."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from email.parser import BytesParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..contract.replay import bare_environment
from ..problems import BadInput, Problem


def make(folder: Path, wheel: Path) -> str:
    """The interpreter of a new environment with the wheel; what the wheel needs is lent by the running environment.

    What the metadata does not declare is not there, so that a missing declaration fails at import.

    Raises:
        BadInput: The wheel cannot be installed, or the running environment lacks something that it declares.
    """
    _execute([sys.executable, "-m", "venv", "--without-pip", str(folder)], "No virtual environment can be made")
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    pip = [sys.executable, "-m", "pip", "--python", python, "--isolated", "--disable-pip-version-check", "install"]
    _execute([*pip, "--no-index", "--no-deps", "--no-compile", str(wheel)], "The wheel cannot be installed")
    variables = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", scheme="venv", vars=variables))
    distributions, problems = needed(wheel)
    if problems:
        raise BadInput(problems)
    for distribution in distributions:
        lend(distribution, site)
    return python


def _execute(command: list[str], failure: str) -> None:
    ended = subprocess.run(command, env=bare_environment(), capture_output=True, text=True, check=False)
    if ended.returncode:
        told = (ended.stderr or ended.stdout).strip().splitlines()[-1:] or ["it says nothing"]
        raise BadInput(
            Problem("", f"{failure}: {told[0][:300]}.", "Run the build with a Python that has venv and pip.")
        )


def needed(wheel: Path) -> tuple[list[importlib.metadata.Distribution], list[Problem]]:
    """The installed distributions that the wheel needs by its metadata, directly or not, and what is missing."""
    found: dict[str, importlib.metadata.Distribution] = {}
    problems: dict[str, Problem] = {}
    todo = [(text, "") for text in _declared(wheel)]
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


def _declared(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return BytesParser().parsebytes(archive.read(name)).get_all("Requires-Dist") or []


def _absent(requirement: Requirement, what: str) -> Problem:
    fix = "Add it to the dependencies in pyproject.toml and install the project again."
    return Problem("generated/pyproject.toml", f"The package needs {requirement}, which {what}.", fix)


def lend(distribution: importlib.metadata.Distribution, site: Path) -> None:
    """Copies the distribution's own files into another environment's site-packages."""
    for source, target in _files(distribution, site):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _files(distribution: importlib.metadata.Distribution, site: Path) -> Iterator[tuple[Path, Path]]:
    for file in distribution.files or ():
        source = Path(str(distribution.locate_file(file)))
        inside = ".." not in file.parts and "__pycache__" not in file.parts and not file.is_absolute()
        if inside and source.is_file():
            yield source, site.joinpath(*file.parts)
