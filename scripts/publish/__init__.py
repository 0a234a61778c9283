"""publish: brings the wheel and the sdist of the last release to a package index, each once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping

from packaging.utils import canonicalize_name

from ..diff import released, since_release
from ..pages import digest
from ..problems import BadInput, Problem
from ..project import Api
from ..tree import Tree
from .index import Client, Index, metadata_of


def run(
    tree: Tree, api: Api, index: Index, environment: Mapping[str, str], tell: Callable[[str], None]
) -> tuple[int, int]:
    """How many files were uploaded, and how many were there before with the same content.

    Args:
        tree: The project, built and up to date.
        api: Its settings.
        index: Where to.
        environment: Holds the index's token.
        tell: Is told of each file that is done.

    Raises:
        BadInput: There are changes that no release has, the index has other files of this version, or it fails.
    """
    files = _files(tree, api)
    if problems := _unready(tree, api, index, environment, files):
        raise BadInput(problems)
    client = Client(index, environment.get(index.variable, ""))
    there = client.files(canonicalize_name(api.package))
    if problems := [_taken(index, api, name) for name, content in files.items() if _differs(there, name, content)]:
        raise BadInput(problems)
    metadata = metadata_of(next(content for name, content in files.items() if name.endswith(".whl")))
    missing = [name for name in files if name not in there]
    for name in missing:
        client.upload(name, files[name], metadata)
        tell(f"{name} is on {index.name}")
    return len(missing), len(files) - len(missing)


def _files(tree: Tree, api: Api) -> dict[str, bytes]:
    """The release's files by name, the wheel first, so that whoever installs in between gets it."""
    paths = sorted(tree.glob(f"dist/{api.package}-{api.version}*"), key=lambda path: not path.endswith(".whl"))
    return {path.removeprefix("dist/"): tree.bytes(path) for path in paths}


def _unready(
    tree: Tree, api: Api, index: Index, environment: Mapping[str, str], files: Mapping[str, bytes]
) -> list[Problem]:
    last = released.load(tree)
    problems = []
    if last is None or str(last.version) != api.version:
        what = f"{api.version} is not a release: nobody made one of that version."
        problems.append(Problem(released.RELEASE, what, "Run: python -m scripts version"))
    elif (changes := since_release(tree, api, last)).severity:
        what = f"There are changes that {last.version} does not have: {changes.counts}."
        problems.append(Problem("spec/changes.md", what, "Run: python -m scripts version"))
    if [name.rpartition(".")[2] for name in files] != ["whl", "gz"]:
        what = f"The wheel and the sdist of {api.version} are not there."
        problems.append(Problem("dist", what, "Run: python -m scripts regenerate"))
    if index.variable and not environment.get(index.variable):
        what = f"The environment variable {index.variable} holds no token."
        problems.append(Problem("", what, f"Set it to a token of {index.name}, or publish from the workflow."))
    if index.variable and (dirty := _uncommitted(tree)):
        problems.append(Problem("", f"{dirty} files are not committed.", "Commit them, then publish."))
    return problems


def _uncommitted(tree: Tree) -> int:
    """How many files git sees as changed; none where the project is in no repository."""
    command = ["git", "status", "--porcelain", "--", "."]
    ended = subprocess.run(command, cwd=tree.root, capture_output=True, text=True, check=False)
    return len(ended.stdout.splitlines()) if not ended.returncode else 0


def _differs(there: Mapping[str, str], name: str, content: bytes) -> bool:
    return name in there and there[name] != digest(content)


def _taken(index: Index, api: Api, name: str) -> Problem:
    what = f"The index {index.name} has another {name}: version {api.version} exists, and a version never changes."
    return Problem(f"dist/{name}", what, "Run: python -m scripts version")
