"""Does a package made from each feature of OpenAPI import, type-check, and send exactly the documented requests?

Each folder holds one feature: a document, a user's program (`use.py`), and the requests that the program is to send,
with the answers that it gets (`exchanges.yaml`).
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import pipeline
from scripts.corpus.kit import failures
from tests.kit.jobs import jobs

HOME = Path(__file__).parent
FEATURES = sorted(path.parent.name for path in HOME.glob("*/openapi.yaml"))
_PROJECT = '[package]\nname = "golden_{0}"\nclient = "Golden"\n[sources]\ndocuments = ["source/openapi.yaml"]\n'
_TRANSPORT = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-length"}
"""Headers that say nothing about the operation."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated package of every feature, and its program as `use_<feature>.py`."""
    site = tmp_path_factory.mktemp("site")
    for feature in FEATURES:
        project = tmp_path_factory.mktemp(feature)
        (project / "spec/source").mkdir(parents=True)
        (project / "spec/api.toml").write_text(_PROJECT.format(feature))
        shutil.copy(HOME / feature / "openapi.yaml", project / "spec/source")
        result = pipeline.run(project, "generate")
        assert not result.problems, [str(problem) for problem in result.problems]
        assert {path.name for path in project.iterdir()} <= {"spec", "generated", ".cache"}
        (site / f"{feature}.jobs").write_text(json.dumps(jobs(project)))
        shutil.copytree(project / f"generated/golden_{feature}", site / f"golden_{feature}")
        shutil.copy(HOME / feature / "use.py", site / f"use_{feature}.py")
    return site


class Server(ThreadingHTTPServer):
    """A server on loopback that gives answers in their order and keeps what was asked as `exchanges.yaml` writes it."""

    def __init__(self, answers: list[dict[str, Any]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = iter(answers)
        self.seen: list[dict[str, Any]] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""

    def _exchange(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append(self._seen({n: v for n, v in headers.items() if n not in _TRANSPORT}))
        answer = next(self.server.answers, {"status": 599, "text": "no such exchange"})
        content, media_type = _content(answer)
        self.send_response(answer.get("status", 200))
        for name, value in {"Content-Type": media_type, **answer.get("headers", {})}.items():
            self.send_header(name, value)
        if answer.get("status") != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _exchange

    def _seen(self, headers: dict[str, str]) -> dict[str, Any]:
        length = self.headers.get("Content-Length")
        body = self.rfile.read(int(length)) if length else b""
        seen: dict[str, Any] = {"request": f"{self.command} {self.path}"}
        media_type = headers.get("content-type", "")
        if media_type == "application/json":
            del headers["content-type"]
            seen["json"] = json.loads(body)
        elif body:
            boundary = re.search("boundary=(.*)", media_type)
            if boundary:
                headers["content-type"] = media_type.replace(boundary[1], "BOUNDARY")
                body = body.replace(boundary[1].encode(), b"BOUNDARY")
            seen["text"] = body.decode("latin-1").replace("\r\n", "\n")
        return {**seen, **({"headers": headers} if headers else {})}


def _content(answer: dict[str, Any]) -> tuple[bytes, str]:
    if "json" in answer:
        return json.dumps(answer["json"]).encode(), answer.get("type", "application/json")
    if "bytes" in answer:
        return bytes.fromhex(answer["bytes"]), answer.get("type", "application/octet-stream")
    return answer.get("text", "").encode(), answer.get("type", "text/plain")


@pytest.mark.parametrize("feature", FEATURES)
def test_the_program_sends_the_documented_requests_and_gets_the_documented_answers(site: Path, feature: str) -> None:
    said = yaml.safe_load((HOME / feature / "exchanges.yaml").read_text())
    expected = [{key: value for key, value in one.items() if key != "answer"} for one in said["exchanges"]]
    server = Server([one["answer"] for one in said["exchanges"]] * 2)
    command = [sys.executable, "-W", "error", HOME / "program.py", f"golden_{feature}", f"use_{feature}.py"]
    environment = {**os.environ, **said.get("environment", {}), "PYTHONPATH": str(site)}
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        done = subprocess.run([*command, url], cwd=site, env=environment, capture_output=True, text=True, check=False)
    finally:
        server.shutdown()
        server.server_close()
    assert done.returncode == 0, done.stderr
    assert server.seen == expected * 2


@pytest.mark.parametrize("feature", FEATURES)
def test_every_operation_answers_through_the_test_kit_of_its_package(site: Path, feature: str) -> None:
    work = json.loads((site / f"{feature}.jobs").read_text())
    assert not failures(site, f"golden_{feature}", work)


def test_every_module_of_every_package_parses_and_nothing_of_a_document_ran(site: Path) -> None:
    for module in site.rglob("*.py"):
        ast.parse(module.read_bytes())
    assert not list(site.rglob("*PWNED*"))
    assert not Path("PWNED").exists()


@pytest.fixture(scope="session")
def typed_site(site: Path) -> Path:
    """The same folder, but with one runtime and test kit for all packages: they are the same, and checked once."""
    typed = site.with_name("typed")
    first, *others = (f"golden_{feature}" for feature in FEATURES)
    shutil.copytree(site, typed, ignore=shutil.ignore_patterns("__pycache__"))
    for package in others:
        kit = (typed / package / "testing/__init__.py").read_text().replace("from ..", "from .")
        for part in ("_runtime", "testing"):
            shutil.rmtree(typed / package / part)
        kit = re.sub(r"from \.([a-z]+) ", rf"from {first}.testing.\1 ", kit)
        (typed / package / "testing.py").write_text(kit.replace("from . ", f"from {first}.testing "))
        (typed / package / "_pytest_plugin.py").unlink()
        (typed / package / "_runtime.py").write_text(f"from {first}._runtime import *\n")
    settings = {"include": ["."], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (typed / "pyrightconfig.json").write_text(json.dumps(settings))
    return typed


def test_mypy_finds_every_package_and_program_well_typed(typed_site: Path) -> None:
    arguments = ("--strict", "--python-version=3.11", "--no-error-summary", "--cache-dir=.mypy_cache")
    assert not (errors := _check(typed_site, "mypy", *arguments, ".")), errors


def test_pyright_finds_every_package_and_program_well_typed(typed_site: Path) -> None:
    found = _check(typed_site, "pyright", "--pythonpath", sys.executable)
    assert found.startswith("0 errors"), found


def _check(folder: Path, checker: str, *arguments: str) -> str:
    command = [sys.executable, "-m", checker, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
