"""build: the wheel and the sdist of the generated package, tried out in an environment that has nothing else."""

from __future__ import annotations

from pathlib import Path

from ..beside import beside
from ..contract import catalog as catalogs
from ..contract import environment
from ..problems import BadInput
from ..project import Api
from ..scratch import scratch
from ..step import Outcome
from ..tree import Tree
from . import archive, calls


def run(tree: Tree, api: Api) -> Outcome:
    """The wheel and the sdist; operations were called from the installed wheel, sync and async.

    Raises:
        BadInput: The package cannot be built or installed, or its wheel is not what it should be.
    """
    with scratch() as folder:
        root = folder.resolve()
        tree.export("generated", root / "package")
        sources = beside(lambda: archive.build(root / "package", root / "dist", "sdist"))
        with beside(lambda: _installed(root, api)) as wheel, sources as sdist:
            catalog = catalogs.load(tree)
            python, binary = wheel()
            source = sdist()
        chosen = calls.chosen(catalog)
        failed = calls.failed(catalog, api, chosen, python)
        contents = {f"dist/{file.name}": file.read_bytes() for file in (binary, source)}
    name, content = next(iter(contents.items()))
    some = f"{len(chosen)} of " if len(chosen) < len(catalog.operations) else ""
    called = len(catalog.operations)
    work = f"{some}{called} operation{'s' * (called != 1)} work{'s' * (called == 1)}"
    summary = f"{name}, {len(content) // 1024 + 1} KB, {work} from a fresh environment"
    return Outcome(contents, summary, tuple(failed))


def _installed(root: Path, api: Api) -> tuple[str, Path]:
    """The interpreter of an environment with the wheel of the package that stands in a folder, and the wheel."""
    wheel = archive.build(root / "package", root / "dist", "wheel")
    with beside(lambda: list(archive.wrong(wheel, api, root / "package"))) as wrong:
        python = environment.make(root / "environment", archive.declared(wheel))
        environment.install(python, wheel)
        if problems := wrong():
            raise BadInput(problems)
    return python, wheel
