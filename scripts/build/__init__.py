"""build: the wheel and the sdist of the generated package, tried out in an environment that has nothing else."""

from __future__ import annotations

from pathlib import Path

from ..beside import beside
from ..problems import BadInput
from ..project import Api
from ..scratch import scratch
from ..step import Outcome
from ..tree import Tree
from . import archive, environment
from .calls import Calls


def run(tree: Tree, api: Api) -> Outcome:
    """The wheel and the sdist; every operation was called from the installed wheel, sync and async.

    Raises:
        BadInput: The package cannot be built or installed, or its wheel is not what it should be.
    """
    with scratch() as folder:
        root = folder.resolve()
        tree.export("generated", root / "package")
        sources = beside(lambda: archive.build(root / "package", root / "dist", "sdist"))
        with beside(lambda: _installed(root, api)) as wheel, sources as sdist:
            calls = Calls(tree, api)
            python, binary = wheel()
            source = sdist()
        failed = calls.made(python, tree.root)
        contents = {f"dist/{file.name}": file.read_bytes() for file in (binary, source)}
    name, content = next(iter(contents.items()))
    called = len(calls.jobs)
    work = f"{called} operation{'s' * (called != 1)} work{'s' * (called == 1)}"
    summary = f"{name}, {len(content) // 1024 + 1} KB, {work} from a fresh environment"
    return Outcome(contents, summary, tuple(failed))


def _installed(root: Path, api: Api) -> tuple[str, Path]:
    """The interpreter of an environment with the wheel of the package that stands in a folder, and the wheel."""
    wheel = archive.build(root / "package", root / "dist", "wheel")
    if problems := list(archive.wrong(wheel, api, root / "package")):
        raise BadInput(problems)
    return environment.make(root / "environment", wheel), wheel
