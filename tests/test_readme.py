"""The README says what is true: its commands are the ones that CI runs, and its program works."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
AGENT = json.loads(
    json.loads((ROOT / "tests/recordings/phone.update/004_3f0f7a5e8e341b73.200.documented.har").read_text())["log"][
        "entries"
    ][0]["response"]["content"]["text"]
)


class Api(BaseHTTPRequestHandler):
    """Creates and lists an agent, and finds none to update."""

    seen: list[tuple[str, str, object]]

    def answer(self, status: int, body: object) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        sent = json.loads(self.rfile.read(length)) if length else None
        self.seen.append((self.command, self.path, sent))
        assert self.headers["Authorization"] == "Bearer test-key"
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Request-Id", "r-1")
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        self.answer(200, AGENT | {"id": "a/1"})

    def do_GET(self) -> None:
        self.answer(200, [AGENT])

    def do_PATCH(self) -> None:
        self.answer(404, {"statusCode": 404, "message": "Route not found"})

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def api() -> Iterator[tuple[str, list[tuple[str, str, object]]]]:
    handler = type("Handler", (Api,), {"seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", handler.seen
    server.shutdown()
    server.server_close()


def fences(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_quickstart_works(api: tuple[str, list[tuple[str, str, object]]]) -> None:
    url, seen = api
    (program,) = fences("python")
    environment = os.environ | {
        "OPENCX_API_KEY": "test-key",
        "OPENCX_API_URL": url,
        "PYTHONPATH": str(ROOT / "generated"),
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert seen == [
        ("POST", "/phone", {"name": "Ada", "language": ["en", "fr"], "voice_id": None}),
        ("GET", "/phone", None),
        ("PATCH", "/phone/a%2F1", {"first_message": "Hello, this is Ada."}),
    ]
    assert "a/1 ['<string>']" in done.stdout
    assert "<string> oppie-vox" in done.stdout
    assert "r-1 curl" in done.stdout
    assert "test-key" not in done.stdout + done.stderr


def test_the_two_commands_are_one_line_each_and_ci_runs_the_second() -> None:
    main_job, tests = (fence.strip() for fence in fences("sh")[:2])
    assert "\n" not in main_job + tests
    assert main_job.endswith("nox -s regenerate")
    steps = [line.strip() for line in tests.split("&&")]
    ci = (ROOT / ".ci/run").read_text().splitlines()
    assert [step for step in steps[:-1] if step in ci] == steps[:-1]
    assert steps[-1] == ".venv/bin/nox -s test"
    assert any(line.startswith(".venv/bin/nox -s") and line.endswith(" test") for line in ci)


def test_every_linked_file_exists() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert "docs/flow.svg" in links


def test_the_recipe_for_another_api_leaves_the_document_alone(tmp_path: Path) -> None:
    recipe = fences("sh")[2].replace(".venv/bin/python", f"PYTHONPATH={shlex.quote(str(ROOT))} {sys.executable}")
    document = (ROOT / "tests/golden/enums/openapi.yaml").read_bytes()
    (tmp_path / "openapi.yaml").write_bytes(document)
    done = subprocess.run(["sh", "-ec", recipe], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "acme/spec/source/openapi.yaml").read_bytes() == document
    assert len(list((tmp_path / "acme/dist").glob("acme-*.whl"))) == 1
