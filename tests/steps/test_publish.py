"""Does a release reach an index once and whole, whatever the index does?"""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from email.parser import BytesParser
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from test_diff_rules import document, model
from test_version import project

from scripts import publish, version
from scripts.contract.replay import bare_environment
from scripts.problems import BadInput
from scripts.project import load
from scripts.publish.index import INDEXES, Index, local
from scripts.tree import Tree

TOKEN = "pypi-secret"
METADATA = """Metadata-Version: 2.4
Name: pets
Version: 0.1.0
Summary: Pets
Classifier: Typing :: Typed
Classifier: Programming Language :: Python :: 3
Requires-Python: >=3.11

All about pets.
"""


class Shelf(BaseHTTPRequestHandler):
    """An index of packages: takes uploads, never overwrites, and lists what it has as pip expects it."""

    files: dict[str, bytes]
    forms: list[dict[str, list[str]]]
    failures: list[int]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.failures:
            return self.answer(self.failures.pop(), b"<h1>Out of order for " + TOKEN.encode() + b"</h1>")
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        fields: dict[str, list[str]] = {"authorization": [self.headers.get("Authorization", "")]}
        for part in BytesParser().parsebytes(head + body).get_payload():
            name = str(part.get_param("name", header="content-disposition"))
            content = part.get_payload(decode=True)
            if file := part.get_filename():
                self.files[file] = content
            else:
                fields.setdefault(name, []).append(content.decode())
        self.forms.append(fields)
        return self.answer(200, b"")

    def do_GET(self) -> None:
        if self.path.startswith("/files/"):
            return self.answer(200, self.files[self.path.rpartition("/")[2]])
        if self.path != "/simple/pets/" or not self.files:
            return self.answer(404, b"")
        links = (
            f'<a href="/files/{name}#sha256={sha256(body).hexdigest()}">x</a>' for name, body in self.files.items()
        )
        return self.answer(200, "".join(links).encode())

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def shelf() -> Iterator[tuple[str, type[Shelf]]]:
    """The address of an empty index, and what it holds."""
    handler = type("One", (Shelf,), {"files": {}, "forms": [], "failures": []})
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_address[1]}", handler
    listening.shutdown()
    thread.join()
    listening.server_close()


def released(root: Path, content: str = "") -> Tree:
    """A project with the release 0.1.0, and its files."""
    tree = project(root, document())
    tree.replace(version.WRITES, version.run(tree, load(tree), datetime.date(2026, 3, 1)).files)
    wheel = root / "pets-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {
            "pets/__init__.py": content,
            "pets-0.1.0.dist-info/METADATA": METADATA,
            "pets-0.1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "pets-0.1.0.dist-info/RECORD": "",
        }.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    files: dict[str, str | bytes] = {"dist/pets-0.1.0.tar.gz": b"sdist", f"dist/{wheel.name}": wheel.read_bytes()}
    wheel.unlink()
    tree.replace(("dist/*",), files)
    return tree


def upload(tree: Tree, index: Index, token: str = "") -> tuple[int, int]:
    return publish.run(tree, load(tree), index, {index.variable: token} if token else {}, lambda line: None)


def test_a_release_is_uploaded_once_and_installs_by_name(tmp_path: Path, shelf: tuple[str, type[Shelf]]) -> None:
    address, holds = shelf
    tree = released(tmp_path)
    assert upload(tree, local(address)) == (2, 0)
    assert upload(tree, local(address)) == (0, 2)
    first = holds.forms[0]
    assert first["filetype"] == ["bdist_wheel"]
    assert first["classifiers"] == ["Typing :: Typed", "Programming Language :: Python :: 3"]
    assert first["requires_python"] == [">=3.11"]
    assert first["description"] == ["All about pets.\n"]
    pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "install", "--no-deps"]
    links = ["--index-url", f"{address}/simple/", "--target", str(tmp_path / "site"), "pets>=0.1"]
    subprocess.run([*pip, *links], env=bare_environment(), check=True, capture_output=True)
    assert (tmp_path / "site/pets/__init__.py").is_file()


def test_a_version_is_never_overwritten(tmp_path: Path, shelf: tuple[str, type[Shelf]]) -> None:
    address, holds = shelf
    upload(released(tmp_path), local(address))
    before = dict(holds.files)
    with pytest.raises(BadInput, match=r"version 0\.1\.0 exists, and a version never changes"):
        upload(released(tmp_path, "print('other')"), local(address))
    assert holds.files == before


def test_an_index_that_fails_half_way_is_told_and_the_next_run_goes_on(
    tmp_path: Path, shelf: tuple[str, type[Shelf]]
) -> None:
    address, holds = shelf
    tree = released(tmp_path)
    index = Index("shelf", f"{address}/", f"{address}/simple/", "SHELF_TOKEN")
    holds.failures.append(500)
    with pytest.raises(BadInput, match=r"does not take pets-0.1.0-py3-none-any.whl: 500 Out of order") as caught:
        upload(tree, index, TOKEN)
    assert TOKEN not in str(caught.value)
    assert upload(tree, index, TOKEN) == (2, 0)
    del holds.files["pets-0.1.0.tar.gz"]
    assert upload(tree, index, TOKEN) == (1, 1)
    assert all(form["authorization"][0].startswith("Basic ") for form in holds.forms)


def test_an_index_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be reached: ConnectError"):
        upload(released(tmp_path), local("http://127.0.0.1:9"))


@pytest.mark.parametrize("url", ["https://pypi.org", "file:///tmp", "http://me:secret@localhost", "http://10.0.0.1"])
def test_a_local_index_is_on_this_machine(url: str) -> None:
    with pytest.raises(BadInput, match="no address of a local index"):
        local(url)


def test_what_is_not_ready_is_told_all_at_once(tmp_path: Path) -> None:
    tree = project(tmp_path, document())
    with pytest.raises(BadInput) as caught:
        upload(tree, INDEXES["pypi"])
    told = str(caught.value)
    for part in ("nobody made one of that version", "wheel and the sdist", "PYPI_TOKEN holds no token"):
        assert part in told


def test_unreleased_changes_are_not_published(tmp_path: Path) -> None:
    tree = released(tmp_path)
    doc = document()
    model(doc, "Pet")["properties"]["color"] = {"type": "string"}
    after = project(tmp_path, doc)
    tree.replace(("spec/openapi.yaml",), {"spec/openapi.yaml": after.bytes("spec/openapi.yaml")})
    tree.replace(("spec/names.lock",), {"spec/names.lock": after.bytes("spec/names.lock")})
    with pytest.raises(BadInput, match=r"changes that 0\.1\.0 does not have: 1 minor"):
        upload(tree, local("http://127.0.0.1:9"))


def test_a_token_is_never_shown() -> None:
    from scripts.publish.index import Client

    assert TOKEN not in repr(Client(INDEXES["pypi"], TOKEN))
    assert re.search("PYPI_TOKEN", repr(INDEXES["pypi"]))
