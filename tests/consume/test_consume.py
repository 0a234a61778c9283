"""Can a project depend on the package by a version range, and is it told at the right line when a release breaks it?"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts import pipeline, version
from scripts.__main__ import OK, PROBLEMS, main
from scripts.build import archive
from scripts.contract.replay import bare_environment
from scripts.project import load
from scripts.tree import Tree

HERE = Path(__file__).parent
KENNEL = HERE / "kennel"
FIRST = (HERE / "api/0.1.yaml").read_text()
TAG = "        tag: {type: [string, 'null']}\n"
SECOND = FIRST.replace(TAG, TAG + "        age: {type: integer}\n") + (
    "    Toy:\n      type: object\n      properties:\n        name: {type: string}\n"
)
"""Both models have one more field, which may be left out, and there is a new model."""
THIRD = SECOND.replace(TAG, "        tag: {type: array, items: {type: string}}\n")
"""A tag became a list of tags."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with three releases of its package: wheels 0.1.0, 0.2.0 and 1.0.0 in `wheels`."""
    root = tmp_path_factory.mktemp("shop")
    (root / "spec").mkdir()
    settings = '[package]\nname = "petshop"\n[environment]\ncredentials = { key = "PETSHOP_KEY" }\n'
    (root / "spec/api.toml").write_text(f'{settings}[sources]\ndocuments = ["api.yaml"]\n')
    for day, (document, wanted) in enumerate([(FIRST, None), (SECOND, None), (THIRD, "1.0.0")], 1):
        (root / "spec/api.yaml").write_text(document)
        release(root, datetime.date(2026, 1, day), wanted)
    return root


def release(root: Path, day: datetime.date, wanted: str | None) -> None:
    """One release and its wheel, without the build step's own calls."""
    assert not pipeline.run(root, "diff").problems
    tree = Tree(root)
    tree.replace(version.WRITES, version.run(tree, load(tree), day, wanted).files)
    tree.commit()
    assert not pipeline.run(root, "generate").problems
    (root / "wheels").mkdir(exist_ok=True)
    wheel = archive.build(root / "generated", root / f"dist-{day}", "wheel")
    wheel.rename(root / "wheels" / wheel.name)


@pytest.fixture
def server() -> Iterator[str]:
    """A shop that sells what it is asked for."""

    class Shop(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_address[1]}"
    listening.shutdown()
    thread.join()
    listening.server_close()


def install(shop: Path, into: Path, limit: str) -> str:
    """Installs what the kennel depends on, as pip resolves it, and gives the version that it chose."""
    (wanted,) = tomllib.loads((KENNEL / "pyproject.toml").read_text())["project"]["dependencies"]
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--isolated",
        "--disable-pip-version-check",
        "install",
        "--no-index",
        "--no-deps",
    ]
    links = ["--find-links", str(shop / "wheels"), "--target", str(into), f"{wanted},{limit}"]
    subprocess.run([*pip, *links], check=True, capture_output=True)
    (found,) = into.glob("petshop-*.dist-info")
    return found.name.removeprefix("petshop-").removesuffix(".dist-info")


def typecheck(packages: Path) -> str:
    """What mypy --strict says of the kennel."""
    shutil.copytree(KENNEL / "kennel", packages / "kennel")
    quiet = ["--no-error-summary", "--follow-imports", "silent", "--cache-dir", str(HERE / ".mypy_cache")]
    command = [sys.executable, "-m", "mypy", "--strict", *quiet]
    environment = {**bare_environment(), "MYPYPATH": str(packages)}
    done = subprocess.run(
        [*command, "kennel"], cwd=packages, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def run(packages: Path, address: str) -> str:
    """What the kennel's program prints, and the version that the package says it has."""
    program = f"import petshop; from kennel import admit; print(admit('Ada', {address!r}), petshop.__version__)"
    environment = {**bare_environment(), "PYTHONPATH": str(packages)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=packages, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(("limit", "chosen"), [("<0.2", "0.1.0"), ("<1", "0.2.0")])
def test_the_kennel_runs_and_checks_unchanged(shop: Path, server: str, tmp_path: Path, limit: str, chosen: str) -> None:
    assert install(shop, tmp_path, limit) == chosen
    assert typecheck(tmp_path) == ""
    assert run(tmp_path, server) == f"Ada (dog) {chosen}"


def test_a_breaking_release_is_told_at_the_line_and_in_the_migration_note(shop: Path, tmp_path: Path) -> None:
    assert install(shop, tmp_path, ">=1") == "1.0.0"
    told = typecheck(tmp_path)
    line = 1 + (KENNEL / "kennel/__init__.py").read_text().splitlines().index(
        '        pet = client.pets.create(name=name, tag="dog")'
    )
    assert re.findall(r"^kennel/__init__\.py:(\d+): error: .*\btag\b.*list\[str\]", told, re.MULTILINE) == [str(line)]
    note = (shop / "generated/CHANGELOG.md").read_text()
    assert "**Breaking:** `client.pets.create(tag)` takes `list[str]`; it took `str | None`." in note
    assert "# before\ntag: str | None = ...\n# after\ntag: list[str] = ...\n" in note


def test_the_changelog_tells_each_release_once(shop: Path) -> None:
    text = (shop / "generated/CHANGELOG.md").read_text()
    assert re.findall(r"^## \[(.*?)\]", text, re.MULTILINE) == ["1.0.0", "0.2.0", "0.1.0"]
    assert text.count("`Pet.age: int | Unset` is new.") == 1


def test_a_release_is_made_once_and_a_broken_fetch_is_not_released(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "shop"
    shutil.copytree(shop, root)
    command = ["version", "--project", str(root), "--today", "2027-01-01"]
    assert main(command) == OK
    assert sorted(path.name for path in (root / "dist").iterdir()) == [
        "petshop-1.0.0-py3-none-any.whl",
        "petshop-1.0.0.tar.gz",
    ]
    made = contents(root)
    assert main(command) == OK
    assert contents(root) == made
    (root / "spec/api.yaml").write_text(THIRD.replace("The pet", "A pet, with love").replace("1.0-beta", "9"))
    assert main(command) == OK
    assert capsys.readouterr().out.count("nothing changed for callers since 1.0.0") == 3
    (root / "spec/api.yaml").write_text(THIRD.replace("  /pets:\n    post:", "  /cats:\n    put:"))
    before = contents(root)
    assert main(command) == PROBLEMS
    assert "1 of 1 operations are gone" in capsys.readouterr().out
    assert contents(root) == before


def contents(root: Path) -> dict[Path, bytes]:
    """Every file below a folder, except what is kept for the next run."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts}
