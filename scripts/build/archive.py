"""The wheel and the sdist as files, and whether the wheel is what it should be."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from email.parser import BytesParser
from pathlib import Path

from packaging.metadata import InvalidMetadata, Metadata

from ..contract.replay import bare_environment
from ..problems import BadInput, Problem
from ..project import Api

_NEEDED = (".py", ".pyi", ".json", "/py.typed")
"""The ends of the names of files in a package that users need."""
_ENDS = {"wheel": "*.whl", "sdist": "*.tar.gz"}
EPOCH = "1580601600"
"""2020-02-02: a fixed time in the archives, so that the same package is the same bytes."""


def build(package: Path, into: Path, target: str) -> Path:
    """The archive of the package in a folder: a `wheel` or an `sdist`.

    Raises:
        BadInput: The package cannot be built.
    """
    into.mkdir(parents=True, exist_ok=True)  # of two that are built at once, each looks before it makes it
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    environment = {**bare_environment(), "SOURCE_DATE_EPOCH": EPOCH, "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(command, cwd=package, env=environment, capture_output=True, text=True, check=False)
    files = list(into.glob(_ENDS[target]))
    if ended.returncode or len(files) != 1:
        told = (ended.stderr or ended.stdout).strip().splitlines()[-1:] or ["it says nothing"]
        what = f"hatchling cannot build the package: {told[0][:300]}."
        raise BadInput(Problem("generated/pyproject.toml", what, "Correct templates/package/pyproject.toml.jinja."))
    return files[0]


def wrong(wheel: Path, api: Api, package: Path) -> Iterator[Problem]:
    """What is wrong with the wheel of the package in a folder: it has all of its files, and no path of this machine."""
    with zipfile.ZipFile(wheel) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    yield from _wrong_names(wheel.name, list(contents), api)
    for name, content in contents.items():
        if str(package.parent).encode() in content:
            fix = "Take the path out of the template or the metadata."
            yield Problem(f"dist/{wheel.name}", f"{name} holds a path of the machine that built it.", fix)
    yield from _missing(wheel.name, contents, package, api)
    metadata = [name for name in contents if name.endswith(".dist-info/METADATA")]
    if metadata:
        yield from _wrong_metadata(wheel.name, contents[metadata[0]], api)


def declared(wheel: Path) -> list[str]:
    """The requirements that a wheel's metadata declares."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return BytesParser().parsebytes(archive.read(name)).get_all("Requires-Dist") or []


def _missing(wheel: str, contents: Mapping[str, bytes], package: Path, api: Api) -> Iterator[Problem]:
    """Files of the package that the wheel does not have as they are."""
    for file in sorted((package / api.package).rglob("*")):
        name = file.relative_to(package).as_posix()
        if file.is_file() and contents.get(name) != file.read_bytes():
            fix = "Correct [tool.hatch.build.targets.wheel] in templates/package/pyproject.toml.jinja."
            yield Problem(f"dist/{wheel}", f"{name} is not in the wheel as it was generated.", fix)


def _wrong_names(wheel: str, names: list[str], api: Api) -> Iterator[Problem]:
    fix = "Correct [tool.hatch.build.targets.wheel] in templates/package/pyproject.toml.jinja."
    for name in names:
        parts = name.split("/")
        if parts[0] == api.package and (not name.endswith(_NEEDED) or "__pycache__" in parts):
            yield Problem(f"dist/{wheel}", f"{name} is in the wheel, and users have no need of it.", fix)
        allowed = parts[0] == api.package or parts[0].endswith(f"-{api.version}.dist-info")
        if not allowed or {"", ".", ".."} & set(parts):
            yield Problem(f"dist/{wheel}", f"{name} is in the wheel, outside of the package.", fix)
    for needed in (f"{api.package}/__init__.py", f"{api.package}/py.typed"):
        if needed not in names:
            yield Problem(f"dist/{wheel}", f"{needed} is not in the wheel.", fix)


def _wrong_metadata(wheel: str, content: bytes, api: Api) -> Iterator[Problem]:
    try:
        Metadata.from_email(content, validate=True)
    except* (ValueError, InvalidMetadata) as errors:
        for error in errors.exceptions:
            what = f"The wheel's metadata is not sound: {str(error)[:300]}."
            yield Problem(f"dist/{wheel}", what, "Correct templates/package/pyproject.toml.jinja.")
    metadata = BytesParser().parsebytes(content)
    if metadata["Version"] != api.version:
        what = f"The wheel's version is {metadata['Version']}, that of spec/api.toml is {api.version}."
        yield Problem(f"dist/{wheel}", what, "Run generate again.")
    for field in ("Name", "Summary", "Requires-Python"):
        if not metadata[field]:
            fix = "Correct templates/package/pyproject.toml.jinja."
            yield Problem(f"dist/{wheel}", f"The wheel's metadata has no {field}.", fix)
