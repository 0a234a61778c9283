"""Does a release reach a real index: pypiserver, asked by the real pip?"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from test_publish import released, upload

from scripts.contract.replay import bare_environment
from scripts.problems import BadInput
from scripts.publish.index import Index

pytest.importorskip("pypiserver", reason="pypiserver is not installed: pip install -e .[dev]")

TOKEN = "pypi-very-secret"


@pytest.fixture
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Path]]:
    """An empty index that takes uploads of whoever knows the token, and its folder."""
    from passlib.apache import HtpasswdFile

    folder = tmp_path_factory.mktemp("index")
    passwords = HtpasswdFile()
    passwords.set_password("__token__", TOKEN)
    (folder / "passwords").write_bytes(passwords.to_string())
    (folder / "packages").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pypiserver", "run", "-i", "127.0.0.1", "-p", str(port), "--disable-fallback"]
    command += ["-P", str(folder / "passwords"), "-a", "update", str(folder / "packages")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                httpx.get(address, trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield Index("shelf", f"{address}/", f"{address}/simple/", "SHELF_TOKEN"), folder / "packages"
        process.terminate()


def test_a_release_is_uploaded_installed_by_name_and_never_overwritten(
    tmp_path: Path, index: tuple[Index, Path]
) -> None:
    where, folder = index
    tree = released(tmp_path)
    assert upload(tree, where, TOKEN) == (2, 0)
    assert upload(tree, where, TOKEN) == (0, 2)
    pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "install", "--no-deps"]
    links = ["--index-url", where.simple, "--target", str(tmp_path / "site"), "pets>=0.1,<0.2"]
    subprocess.run([*pip, *links], env=bare_environment(), check=True, capture_output=True)
    assert (tmp_path / "site/pets/__init__.py").is_file()
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(BadInput, match=r"version 0\.1\.0 exists, and a version never changes"):
        upload(released(tmp_path, "print('other')"), where, TOKEN)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_an_upload_that_broke_off_is_finished_by_the_next(tmp_path: Path, index: tuple[Index, Path]) -> None:
    where, folder = index
    tree = released(tmp_path)
    upload(tree, where, TOKEN)
    (folder / "pets-0.1.0.tar.gz").unlink()
    assert upload(tree, where, TOKEN) == (1, 1)


def test_a_wrong_token_is_told_and_not_shown(tmp_path: Path, index: tuple[Index, Path]) -> None:
    where, folder = index
    with pytest.raises(BadInput, match=r"does not take pets-0\.1\.0-py3-none-any\.whl: 403 .*token") as caught:
        upload(released(tmp_path), where, "pypi-wrong-secret")
    assert "wrong-secret" not in str(caught.value)
    assert list(folder.iterdir()) == []
