"""The flow beside the two engines alone, on documents of the corpus: `python -m scripts.corpus.peers FOLDER NAME...`.

Each run is a process of its own; what it printed is dropped. Seconds are of the clock.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from .. import project
from ..documents import read
from ..problems import BadInput
from ..scratch import scratch
from .entries import Entry, load
from .proof import methods
from .row import PACKAGE

_FLOWS = {"generate": "this flow", "regenerate": "this flow, proved and built"}
"""The words that are run, and what the table says of them."""
_BIN = Path(sys.executable).parent
_IMPORTS = [sys.executable, "-I", "-B", str(Path(__file__).with_name("importing.py"))]


@dataclass(frozen=True)
class Run:
    """What one command took."""

    seconds: float
    cpu: float
    megabytes: int
    """At its peak."""


def main(arguments: Sequence[str]) -> int:
    """Prints a table; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.corpus.peers", description=__doc__)
    parser.add_argument("folder", type=Path, help="documents, with their index.json")
    parser.add_argument("names", nargs="+", metavar="NAME", help="a document of the index")
    chosen = parser.parse_args(arguments)
    try:
        _print(chosen.folder, load(chosen.folder, chosen.names))
    except BadInput as error:
        print("\n".join(map(str, error.problems)), file=sys.stderr)
        return 1
    return 0


def _print(corpus: Path, entries: Sequence[Entry]) -> None:
    print("| document | by | operations | imports | seconds | CPU seconds | MB |")
    print("| --- | --- | ---: | --- | ---: | ---: | ---: |")
    for entry in entries:
        document = read((corpus / entry.file).read_text(encoding="utf-8"), entry.file).data
        with scratch() as folder:
            flows = [_flow(copy.deepcopy(document), folder / word, word) for word in _FLOWS]
            for words, out, imports, run in chain(*flows, _peers(document, folder)):
                cells = (entry.name, words, out, imports, f"{run.seconds:.1f}", f"{run.cpu:.1f}", run.megabytes)
                print(f"| {' | '.join(map(str, cells))} |", flush=True)


def _flow(document: dict[str, Any], root: Path, word: str) -> Iterator[tuple[str, str, str, Run]]:
    (root / "spec").mkdir(parents=True)
    settings = ["[package]", f'name = "{PACKAGE}"', "[sources]", 'documents = ["api.json"]', ""]
    (root / project.FILE).write_text("\n".join(settings), encoding="utf-8")
    command = [sys.executable, "-m", "scripts", word, "--project", str(root)]
    for what in ("", ", one schema changed", ", nothing changed"):
        if "schema" in what:
            _change(document)
        if "nothing" not in what:
            (root / "spec/api.json").write_text(json.dumps(document), encoding="utf-8")
        run = _run(command)
        yield f"{_FLOWS[word]}{what}", str(methods(root)), _imports(root / "generated" / PACKAGE), run


def _change(document: dict[str, Any]) -> None:
    """Gives the first schema with properties one more."""
    schemas = document.get("components", {}).get("schemas") or document["definitions"]
    next(one for one in schemas.values() if "properties" in one)["properties"]["one_more"] = {"type": "string"}


def _peers(document: dict[str, Any], folder: Path) -> Iterator[tuple[str, str, str, Run]]:
    file = folder / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    home = folder / "client/peer"
    command = [str(_BIN / "openapi-python-client"), "generate", "--path", str(file), "--meta", "none"]
    run = _run([*command, "--output-path", str(home), "--overwrite"])
    files = [file.read_text(encoding="utf-8") for file in (home / "api").rglob("*.py")]
    made = sum(text.count("\nasync def asyncio_detailed(") for text in files)
    yield "openapi-python-client", str(made), _imports(home), run
    models = folder / "models/peer"
    models.mkdir(parents=True)
    command = [str(_BIN / "datamodel-codegen"), "--input", str(file), "--input-file-type", "openapi"]
    command += ["--output", str(models / "__init__.py"), "--output-model-type", "pydantic_v2.BaseModel"]
    run = _run(command)
    yield "datamodel-code-generator", "models only", _imports(models), run


def _run(command: Sequence[str]) -> Run:
    start = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, _, used = os.wait4(process.pid, 0)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    seconds = time.perf_counter() - start
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // unit)


def _imports(home: Path) -> str:
    """Whether every module can be imported."""
    if not any(home.glob("*.py")):
        return "nothing made"
    ended = subprocess.run([*_IMPORTS, str(home.parent), home.name], capture_output=True, text=True, check=False)
    if ended.returncode:
        return "no"
    broken = len(json.loads(ended.stdout))
    return f"{broken} modules do not" if broken else "yes"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
