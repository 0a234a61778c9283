"""Is a change of the documentation brought in by one command, as a whole or not at all?"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from scripts.__main__ import OK, OUT_OF_DATE, PROBLEMS, _parser, main

ROOT = Path(__file__).parents[2]
FIRST = (ROOT / "tests/consume/api/0.1.yaml").read_text()
SECOND = FIRST.replace("        tag: {type: [string, 'null']}\n", "        tag: {type: array, items: {type: string}}\n")
LATER = ["--today", "2026-02-03"]


def contents(root: Path) -> dict[str, bytes]:
    """Every file below a folder, except what is kept for the next run."""
    files = {file.relative_to(root): file for file in root.rglob("*") if file.is_file()}
    return {path.as_posix(): file.read_bytes() for path, file in files.items() if path.parts[0] != ".cache"}


def project(root: Path, document: str = FIRST) -> Path:
    (root / "spec").mkdir(parents=True)
    (root / "spec/api.toml").write_text('[package]\nname = "petshop"\n[sources]\ndocuments = ["api.yaml"]\n')
    (root / "spec/api.yaml").write_text(document)
    return root


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project with a release, and a folder with what the API says now."""
    root = project(tmp_path_factory.mktemp("update") / "project")
    assert main(["version", "--project", str(root), "--today", "2026-01-02"]) == OK
    news = root.parent / "news"
    news.mkdir()
    (news / "api.yaml").write_text(SECOND)
    return root, news


def copy(root: Path, into: Path) -> Path:
    subprocess.run(["cp", "-a", str(root), str(into)], check=True)
    return into


def command(root: Path, news: Path, *more: str) -> list[str]:
    return ["update", "--project", str(root), "--from", str(news), *LATER, *more]


def test_check_tells_what_is_new_and_writes_nothing(
    made: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, news = copy(made[0], tmp_path / "project"), made[1]
    before = contents(root)
    assert main(command(root, news, "--check")) == OUT_OF_DATE == 3
    out = capsys.readouterr().out
    assert "major (wire: major) type-changed request: `client.pets.create(tag)` takes `list[str]`" in out
    assert re.search(r"^\d+ major.* since 0\.1\.0$", out, re.MULTILINE)
    (tmp_path / "same").mkdir()
    (tmp_path / "same/api.yaml").write_text(FIRST)
    assert main(command(root, tmp_path / "same", "--check")) == OK
    assert contents(root) == before


@pytest.fixture(scope="module")
def whole(made: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an undisturbed update comes to."""
    root = copy(made[0], tmp_path_factory.mktemp("whole") / "project")
    assert main(command(root, made[1])) == OK
    return contents(root)


def test_update_makes_the_release(whole: dict[str, bytes]) -> None:
    assert b'version = "0.2.0"' in whole["spec/released/release.toml"]
    assert b"## [0.2.0] - 2026-02-03" in whole["generated/CHANGELOG.md"]
    assert sorted(path for path in whole if path.startswith("dist/")) == [
        "dist/petshop-0.2.0-py3-none-any.whl",
        "dist/petshop-0.2.0.tar.gz",
    ]


def end(root: Path, news: Path, seconds: float, number: signal.Signals) -> None:
    """Starts an update, and ends it after some time, or in the moment in which it begins to write."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts", *command(root, news)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until and not (root / ".staging").exists():
        time.sleep(0.001)
    process.send_signal(number)
    assert process.wait() != 0


def test_an_update_that_was_interrupted_leaves_everything_as_it_was(made: tuple[Path, Path], tmp_path: Path) -> None:
    root = copy(made[0], tmp_path / "project")
    end(root, made[1], 2, signal.SIGINT)
    assert contents(root) == contents(made[0])


def test_an_update_that_was_killed_while_it_wrote_is_finished_by_the_next(
    made: tuple[Path, Path], whole: dict[str, bytes], tmp_path: Path
) -> None:
    root = copy(made[0], tmp_path / "project")
    end(root, made[1], 60, signal.SIGKILL)
    assert main(command(root, made[1])) == OK
    assert contents(root) == whole


def test_a_folder_without_half_of_the_operations_needs_a_word(
    made: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy(made[0], tmp_path / "project")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/api.yaml").write_text(FIRST.replace("  /pets:\n    post:", "  /cats:\n    put:"))
    before = contents(root)
    assert main(command(root, tmp_path / "broken")) == PROBLEMS
    assert "say so with --shrunk" in capsys.readouterr().out
    assert contents(root) == before


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("spec/names.lock", "{", "spec/names.lock:1: This is not JSON. Restore it from git"),
        ("spec/released/release.toml", "version = 1", "spec/released/release.toml: The version and the date"),
        ("spec/released/surface.lock", "class (", "spec/released/surface.lock:"),
        (
            "spec/released/aliases.lock",
            '{"operations": {"a": "b; c"}, "arguments": {}, "fields": {}, "models": {}}',
            "This is no list of deprecated names",
        ),
        ("spec/released/openapi.yaml", "openapi: [", "spec/released/openapi.yaml"),
    ],
)
def test_a_damaged_lock_is_named_and_nothing_is_written(
    made: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, content: str, says: str
) -> None:
    root = copy(made[0], tmp_path / "project")
    (root / file).write_text(content)
    before = contents(root)
    assert main(command(root, made[1])) == PROBLEMS
    assert says in capsys.readouterr().out
    assert contents(root) == before


def test_an_empty_folder_and_a_page_with_a_known_name_are_problems(
    made: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "none").mkdir()
    assert main(command(made[0], tmp_path / "none")) == PROBLEMS
    assert "There are no files here" in capsys.readouterr().out
    page = next((ROOT / "spec/pages").glob("*.txt"))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / page.name).write_text("Something else")
    assert main(["update", "--project", str(ROOT), "--check", "--from", str(tmp_path / "pages")]) == PROBLEMS
    assert "Another page has this name" in capsys.readouterr().out


def test_the_same_pages_from_a_folder_are_nothing_new(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", "--project", str(ROOT), "--check", "--from", str(ROOT / "spec/pages")]) == OK
    assert "0 new pages" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["publish", "regenerate"])
def test_a_workflow_runs_commands_that_there_are(name: str) -> None:
    workflow = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text())
    scripts = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    for script in scripts:
        subprocess.run(["bash", "-n", "-c", script], check=True)
    commands = re.findall(r"python -m scripts ([\w -]+?)(?: >| \||$)", "\n".join(scripts), re.MULTILINE)
    assert commands
    for one in commands:
        _parser().parse_args(one.split())
    for job in workflow["jobs"].values():
        done = {step["id"] for step in job["steps"] if "id" in step}
        for step in job["steps"]:
            assert set(re.findall(r"steps\.(\w+)\.", step.get("if", ""))) <= done
            assert "run" in step or re.fullmatch(r"[\w.-]+/[\w.-]+@[\w./-]+", step["uses"])


def test_the_nightly_look_passes_on_exit_codes(made: tuple[Path, Path], tmp_path: Path) -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/regenerate.yml").read_text())
    look = next(step for step in workflow["jobs"]["look"]["steps"] if step.get("id") == "look")
    root = copy(made[0], tmp_path / "project")
    script = look["run"].replace("update --check", " ".join(command(root, made[1], "--check")))
    script = script.replace("python -m", f"{sys.executable} -m")
    environment = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "output"), "PATH": "/usr/bin:/bin"}
    subprocess.run(["bash", "-e", "-c", script], cwd=ROOT, env=environment, check=True)
    assert (tmp_path / "output").read_text() == "code=3\n"
    assert "type-changed" in (tmp_path / "changes.txt").read_text()
