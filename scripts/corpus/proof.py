"""Proves one document, in a process of its own: `python -m scripts.corpus.proof CORPUS ENTRY FOLDER [pyright]`.

`FOLDER/row.json` is written after each stage, so that a crash hides nothing of what came before.
"""

from __future__ import annotations

import ast
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict
from pathlib import Path

import openapi_spec_validator

from .. import pipeline, project
from ..contract import catalog as catalogs
from ..contract import replay
from ..contract.original import source
from ..documents import read
from ..problems import BadInput
from ..tree import Tree
from . import kit, structure
from .entries import Entry
from .exchanges import Author, Exchange
from .row import PACKAGE, Row
from .verdict import Judge

_CACHE = "MYPY_CACHE"
"""The environment variable that names the folder in which the type checker keeps what it knows."""


def prove(corpus: Path, entry: Entry, folder: Path, *more: str) -> Row:
    """How the document fares; `folder` is empty, and everything made stands in it."""
    row = Row(entry, total=entry.operations)
    stages: list[Callable[[Path, Row], None]] = [_flow, _imports, _types, *(_MORE[name] for name in more), _drive]
    root = _project(corpus, entry, folder / "project")
    for stage in stages:
        row.stage = stage.__name__.strip("_")
        start = time.perf_counter()
        stage(root, row)
        row.took[row.stage] = round(time.perf_counter() - start, 2)
        row.strays = sorted(_strays(folder))
        _write(folder, row)
        if row.refused:
            break
    row.stage = "done"
    _write(folder, row)
    return row


def _write(folder: Path, row: Row) -> None:
    (folder / "row.json").write_text(json.dumps(asdict(row)), encoding="utf-8")


def _project(corpus: Path, entry: Entry, root: Path) -> Path:
    """A project with the document in its `spec/`."""
    target = root / "spec" / entry.inside
    if entry.folder:
        shutil.copytree(corpus / entry.folder, root / "spec" / entry.inside.split("/")[0])
    else:
        target.parent.mkdir(parents=True)
        shutil.copy(corpus / entry.file, target)
    settings = ["[package]", f'name = "{PACKAGE}"', "[sources]", f"documents = [{json.dumps(entry.inside)}]", ""]
    (root / project.FILE).write_text("\n".join(settings), encoding="utf-8")
    return root


def _strays(folder: Path) -> Iterator[str]:
    """Files that the flow has no reason to have written: in the scratch folders, beside or outside of the project."""
    known = {"project", "scratch", "row.json", "log.txt"}
    yield from (path.name for path in folder.iterdir() if path.name not in known)
    project_parts = {"spec", "generated", ".cache"}
    yield from (f"project/{path.name}" for path in (folder / "project").iterdir() if path.name not in project_parts)
    yield from (str(path.relative_to(folder)) for path in (folder / "scratch").rglob("*") if path.is_file())


def _flow(root: Path, row: Row) -> None:
    """The flow up to generate, and how many operations came out."""
    start = time.perf_counter()
    result = pipeline.run(root, "generate")
    row.seconds = round(time.perf_counter() - start, 2)
    unit = 1 if sys.platform == "darwin" else 1024
    row.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    row.refused = [str(problem) for problem in result.problems]
    if not row.refused:
        row.settled = (root / pipeline.PROBLEMS).read_text(encoding="utf-8").count("\n- `")
        row.out = methods(root)
        row.is_valid = row.entry.expect == "reject" and _is_valid(root / "spec" / row.entry.inside)


def _is_valid(file: Path) -> bool:
    """Whether an independent validator of API descriptions finds nothing wrong with the document."""
    try:
        openapi_spec_validator.validate(read(file.read_text(encoding="utf-8"), file.name).data)
    except Exception:  # whatever it dislikes, and however it says so
        return False
    return True


def methods(root: Path, broken: Collection[str] = ()) -> int:
    """The methods of a project's package, one for an operation; those of broken resource modules do not count.

    What `names.lock` has no name for is none: a twin that streams an operation's answer, a deprecated name.
    """
    named = frozenset(json.loads((root / "spec/names.lock").read_text(encoding="utf-8")).values())
    files = (root / "generated" / PACKAGE / "resources").glob("*.py")
    return sum(_methods(file, named) for file in files if f"{PACKAGE}.resources.{file.stem}" not in broken)


def _methods(file: Path, named: frozenset[str]) -> int:
    """The methods of a resource module, one for an operation; 0 where sync and async have not the same."""
    counts = [0, 0]
    body = ast.parse(file.read_text(encoding="utf-8")).body
    own = {id.rpartition(".")[2] for id in map(_operation, body) if id in named}
    classes = {node.name for node in body if isinstance(node, ast.ClassDef)}
    for node in body:
        if isinstance(node, ast.ClassDef):
            functions = [one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
            made = {one.name for one in functions if not _no_method(one)}
            counts[node.name[:5] == "Async" and node.name[5:] in classes] += len(made & own)
    return counts[0] if counts[0] == counts[1] else 0


def _operation(node: ast.stmt) -> str:
    """The name in an operation's value; empty for other statements."""
    value = node.value if isinstance(node, ast.AnnAssign) else None
    if isinstance(value, ast.Call) and value.args and isinstance(value.args[0], ast.Constant):
        return str(value.args[0].value)
    return ""


def _no_method(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it is a resource inside of this one, or one of several signatures of the method that follows."""
    words = {one.id for one in function.decorator_list if isinstance(one, ast.Name)}
    return bool(words & {"cached_property", "overload"})


def _imports(root: Path, row: Row) -> None:
    """Every module, in a clean process; how large they are, and whether they import each other."""
    script = Path(__file__).with_name("importing.py")
    command = [sys.executable, "-I", "-B", str(script), str(root / "generated"), PACKAGE]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=root.parent / "scratch", check=False)
    if ended.returncode:
        row.import_faults = {PACKAGE: ended.stderr.strip()[-300:]}
    else:
        row.import_faults = json.loads(ended.stdout)
    row.importable = _sound(root, row, set(row.import_faults))
    row.largest = structure.largest(root / "generated" / PACKAGE / "models")
    row.cycle = structure.cycle(root / "generated" / PACKAGE)


def _sound(root: Path, row: Row, broken: set[str]) -> int:
    """The operations in resource modules that are not broken; none where anything else is."""
    prefix = f"{PACKAGE}.resources."
    if any(not name.startswith(prefix) for name in broken):
        return 0
    return methods(root, broken)


def _types(root: Path, row: Row) -> None:
    """`mypy --strict` on the whole package."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-color-output", PACKAGE]
    command += ["--cache-dir", os.environ.get(_CACHE, os.devnull), "--python-executable", sys.executable]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=root / "generated", check=False)
    lines = (ended.stdout + ended.stderr).splitlines()
    row.type_faults = [line for line in lines if ": note:" not in line][:100]
    if ended.returncode and not row.type_faults:
        row.type_faults = [f"mypy ended with {ended.returncode}"]
    row.typed = _sound(root, row, {_module(line) for line in row.type_faults})


def _pyright(root: Path, row: Row) -> None:
    """`pyright` in its strict mode on the whole package."""
    folder = root.parent / "scratch"
    file = folder / "pyrightconfig.json"
    where = [str(root / "generated" / PACKAGE)]
    file.write_text(json.dumps({"include": where, "typeCheckingMode": "strict", "pythonVersion": "3.11"}))
    command = [sys.executable, "-m", "pyright", "--project", str(file), "--pythonpath", sys.executable]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    file.unlink()
    found = [line.strip() for line in ended.stdout.splitlines() if " - error: " in line]
    row.pyright_faults = [line.replace(f"{root}/generated/", "") for line in found][:100]
    if ended.returncode and not row.pyright_faults:
        row.pyright_faults = [f"pyright ended with {ended.returncode}: {(ended.stdout + ended.stderr).strip()[-300:]}"]
    row.pyright = _sound(root, row, {_module(line) for line in row.pyright_faults})


_MORE: dict[str, Callable[[Path, Row], None]] = {"pyright": _pyright}
"""Stages that are asked for by name, between those of every proof."""


def _module(line: str) -> str:
    """The module that a type checker's message is about."""
    return re.sub(r"(/__init__)?\.py:.*", "", line).replace("/", ".")


def _drive(root: Path, row: Row) -> None:
    """Every operation once, sync and async, judged by the document as it was; and once more through the test kit."""
    tree = Tree(root)
    catalog = catalogs.load(tree)
    api = project.load(tree)
    said_by = source.load(tree, api)
    row.total = max(row.total, len(said_by.request.operations))
    exchanges = list(_exchanges(catalog, Author(said_by.request, said_by.response), row))
    if not exchanges:
        return
    headers = tuple(
        str(one.get("name", "")).lower() for one in catalog.credentials.values() if one.get("in") == "header"
    )
    judge = Judge(said_by.request, replay.base_of(catalog))
    with replay.worker(catalog, api, package=root / "generated") as worker:
        for made, elsewhere in exchanges:
            rows = worker.ask(made.job(("authorization", *headers), elsewhere))
            row.sync += _judged(row, judge, made, rows["sync"], "sync")
            row.asynchronous += _judged(row, judge, made, rows["async"], "async")
    _mocked(root, row, [made for made, _ in exchanges])


def _exchanges(catalog: catalogs.Catalog, author: Author, row: Row) -> Iterator[tuple[Exchange, bool]]:
    """The exchange of each operation, and whether it has a server of its own."""
    for id, operation in catalog.operations.items():
        said = author.request.operations.get(operation.place)
        if said is None:
            row.call_faults[id] = ["the document has no such operation"]
        else:
            yield author.exchange(said, operation.plan), operation.elsewhere


def _mocked(root: Path, row: Row, exchanges: list[Exchange]) -> None:
    """Every operation through the package's own test kit, which must take the call and answer it."""
    for failed in kit.failures(root / "generated", PACKAGE, kit.jobs(exchanges)):
        row.kit_faults.setdefault(failed["operation"], []).append(failed["error"][:300])
    ids = [{made.planned.id, *([made.planned.streamed.id] if made.planned.streamed else [])} for made in exchanges]
    row.kit = sum(
        not made.unmade and not every & row.kit_faults.keys() for made, every in zip(exchanges, ids, strict=True)
    )
    if PACKAGE in row.kit_faults:
        row.kit = 0


def _judged(row: Row, judge: Judge, made: Exchange, found: list[dict[str, object]], mode: str) -> bool:
    faults = [*made.problems, *judge.faults(made, found)]
    if made.unmade:
        row.unmade[made.planned.id] = made.unmade
    if faults:
        told = row.call_faults.setdefault(made.planned.id, [])
        told += [one if mode == "sync" else f"async: {one}" for one in faults if one not in told]
    return not faults and not made.unmade


def main(corpus: str, entry: str, folder: str, *more: str) -> None:
    """Proves one entry; bad input that the flow did not tell is a crash of the proof."""
    try:
        prove(Path(corpus), Entry(**json.loads(entry)), Path(folder), *more)
    except BadInput as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main(*sys.argv[1:])
