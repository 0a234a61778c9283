"""Does pytest find the fixture of an installed package by itself, and cost nothing where no test asks for it?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.build import archive
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]

TWO_TESTS = """
from opencx import NotFoundError
from opencx.testing import Mock
import pytest

def test_one(opencx_mock: Mock):
    opencx_mock.on(opencx_mock.client.phone.create).raises(NotFoundError)
    with pytest.raises(NotFoundError):
        opencx_mock.client.phone.create(name="Ada")

def test_two(opencx_mock: Mock):
    assert not opencx_mock.calls
    assert opencx_mock.client.phone.create(name="Ada").id
"""
LOADED = """
import sys

def test_nothing_is_loaded():
    assert "opencx._pytest_plugin" in sys.modules
    loaded = {"httpx", "attrs", "opencx.testing", "opencx._client", "opencx._runtime"} & sys.modules.keys()
    assert not loaded
"""
SWALLOWED = """
def test_swallowed(opencx_mock):
    try:
        opencx_mock.client.request("GET", "/nothing")
    except AssertionError:
        pass
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel is installed in."""
    package, site = tmp_path_factory.mktemp("package"), tmp_path_factory.mktemp("site")
    Tree(ROOT).export("generated", package)
    wheel = archive.build(package, package / "dist", "wheel")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", str(site)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return site


def run(site: Path, folder: Path, text: str, *arguments: str) -> tuple[int, str]:
    (folder / "test_user.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments, "test_user.py"]
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_each_test_has_a_mock_of_its_own(site: Path, tmp_path: Path, workers: tuple[str, ...]) -> None:
    code, out = run(site, tmp_path, TWO_TESTS, *workers)
    assert code == 0, out
    assert "2 passed" in out


def test_a_run_that_asks_for_no_mock_loads_nothing_of_the_package(site: Path, tmp_path: Path) -> None:
    code, out = run(site, tmp_path, LOADED)
    assert code == 0, out


def test_a_refused_request_that_was_swallowed_fails_the_test(site: Path, tmp_path: Path) -> None:
    code, out = run(site, tmp_path, SWALLOWED)
    assert code == 1
    assert "UnexpectedRequest: GET /nothing: the API has no such operation" in out


def test_a_refused_request_is_told_once_without_the_inside_of_the_kit(site: Path, tmp_path: Path) -> None:
    code, out = run(site, tmp_path, "def test_it(opencx_mock):\n    opencx_mock.client.phone.create(name=1)\n")
    assert code == 1
    assert "1 failed" in out
    assert "error" not in out.splitlines()[-1]
    assert "board.py" not in out.replace("opencx/testing/board.py:", "", 1)


def test_the_fixture_is_listed_with_what_it_does(site: Path, tmp_path: Path) -> None:
    _, out = run(site, tmp_path, LOADED, "--fixtures", "-v")
    assert "opencx_mock" in out
    assert "Clients of OpenCX that talk to nobody, anew for each test." in out
