"""Do type checkers accept what a user should write, and refuse what a user must not write, line by line?"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts import pipeline

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "generated"
PROGRAMS = ["good.py", "bad.py", "good_workshop.py", "bad_workshop.py"]
PROJECT = '[package]\nname = "workshop"\nclient = "Workshop"\n[sources]\ndocuments = ["source/openapi.yaml"]\n'
Errors = Mapping[tuple[str, int], str]
"""The rule that is broken, by file and line."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's folder: the programs, and settings that lead to the package, and to one of what OpenCX has none of."""
    folder = tmp_path_factory.mktemp("user")
    for name in PROGRAMS:
        shutil.copy(HERE / name, folder)
    project = tmp_path_factory.mktemp("project")
    (project / "spec/source").mkdir(parents=True)
    (project / "spec/api.toml").write_text(PROJECT)
    shutil.copy(HERE / "openapi.yaml", project / "spec/source")
    result = pipeline.run(project, "generate")
    assert not result.problems
    shutil.copytree(project / "generated/workshop", folder / "libraries/workshop")
    settings = json.loads((HERE / "pyrightconfig.json").read_text())
    settings |= {"include": PROGRAMS, "extraPaths": [str(PACKAGE), "libraries"]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    return folder


def expected(word: int) -> Errors:
    """What the comments `# E: <mypy's code> <pyright's rule>` ask for."""
    lines = ((name, *line) for name in PROGRAMS for line in enumerate((HERE / name).read_text().splitlines(), 1))
    return {(name, number): line.split("# E: ")[1].split()[word] for name, number, line in lines if "# E: " in line}


def run(folder: Path, checker: str, *arguments: str, **more: str) -> str:
    command = [sys.executable, "-m", checker, *arguments]
    environment = {**os.environ, "MYPYPATH": f"{PACKAGE}{os.pathsep}libraries", **more}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def test_mypy_refuses_exactly_the_wrong_lines(folder: Path) -> None:
    arguments = ("--strict", "--python-version=3.11", "--no-error-summary", "--hide-error-context")
    out = run(folder, "mypy", *arguments, "--follow-imports=silent", *PROGRAMS)
    found = re.findall(r"^(\w+\.py):(\d+): error: .*\[([\w-]+)\]$", out, re.MULTILINE)
    assert {(name, int(line)): code for name, line, code in found} == expected(0), out


def test_pyright_refuses_exactly_the_wrong_lines(folder: Path) -> None:
    report = json.loads(run(folder, "pyright", "--outputjson", "--pythonpath", sys.executable))
    found = {
        (Path(one["file"]).name, one["range"]["start"]["line"] + 1): one["rule"]
        for one in report["generalDiagnostics"]
        if one["severity"] == "error"
    }
    assert found == expected(1)


def test_every_public_type_is_known(tmp_path: Path) -> None:
    """As an installed package, for checkers that read no code of libraries: `pyright --verifytypes`."""
    venv.create(tmp_path, symlinks=True)
    libraries = next(tmp_path.glob("**/site-packages"))
    (libraries / "ours.pth").write_text(sysconfig.get_path("purelib"))
    shutil.copytree(PACKAGE / "opencx", libraries / "opencx", ignore=shutil.ignore_patterns("__pycache__"))
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    arguments = ("--ignoreexternal", "--verifytypes", "opencx")
    out = run(tmp_path, "pyright", *arguments, VIRTUAL_ENV=str(tmp_path), PATH=path)
    assert "Type completeness score: 100%" in out, out
