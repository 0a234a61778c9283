"""build: the wheel and the sdist of the generated package, tried out in an environment that has nothing else."""

from __future__ import annotations

from ..problems import BadInput
from ..project import Api
from ..scratch import scratch
from ..step import Outcome
from ..tree import Tree
from . import archive, calls, environment


def run(tree: Tree, api: Api) -> Outcome:
    """The wheel and the sdist; every operation was called from the installed wheel, sync and async.

    Raises:
        BadInput: The package cannot be built or installed, or its wheel is not what it should be.
    """
    with scratch() as folder:
        root = folder.resolve()
        tree.export("generated", root / "package")
        files = archive.build(root / "package", root / "dist")
        wheel = next(file for file in files if file.suffix == ".whl")
        if problems := list(archive.wrong(wheel, api, str(root))):
            raise BadInput(problems)
        python = environment.make(root / "environment", wheel)
        called, failed = calls.run(tree, api, python)
        contents = {f"dist/{file.name}": file.read_bytes() for file in files}
    size = len(contents[f"dist/{wheel.name}"]) // 1024 + 1
    summary = f"dist/{wheel.name}, {size} KB, {called} operation{'s' * (called != 1)} called from a fresh environment"
    return Outcome(contents, summary, tuple(failed))
