"""The flow as a whole: one run makes everything, a second run changes nothing, and bad input leaves no trace."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import pipeline
from scripts.__main__ import OK, OUT_OF_DATE, PROBLEMS, main
from scripts.lock import alone

ROOT = Path(__file__).parents[1]


def snapshot(folder: Path) -> dict[str, str]:
    """Hashes by path; not of bytecode, nor of what is kept for the next run."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and not {"__pycache__", ".cache"} & set(p.parts))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_what_is_committed_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """Except for the wheel, which is not committed."""
    assert main(["contract", "--check", "--project", str(ROOT)]) == OK, capsys.readouterr().out


def test_a_run_makes_everything_and_a_second_one_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["regenerate", "--project", str(project)]) == OK
    first = capsys.readouterr().out
    assert re.findall(r"^(\w+) ", first, re.MULTILINE)[: len(pipeline.STEPS)] == [step.name for step in pipeline.STEPS]
    wheel = project / "dist/opencx-0.1.0-py3-none-any.whl"
    assert str(wheel) in first.replace("\n", "")
    assert wheel.is_file()
    made = snapshot(project)
    assert main(["regenerate", "--project", str(project)]) == OK
    assert capsys.readouterr().out.count("nothing changed") == len(pipeline.STEPS)
    assert snapshot(project) == made
    assert {path: digest for path, digest in made.items() if path.startswith("generated/")} == {
        f"generated/{path}": digest for path, digest in snapshot(ROOT / "generated").items()
    }


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_order_of_sets_which_differs_from_run_to_run_shows_in_no_file(project: Path, seed: str) -> None:
    command = [sys.executable, "-m", "scripts", "diff", "--project", str(project)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    committed = {path: digest for path, digest in snapshot(ROOT / "generated").items() if "recordings.json" not in path}
    assert snapshot(project / "generated") == committed
    assert snapshot(project / "spec") == snapshot(ROOT / "spec")


def test_check_tells_what_is_out_of_date_and_what_to_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(project)
    assert main(["generate", "--check", "--project", str(project)]) == OUT_OF_DATE
    out = capsys.readouterr().out
    assert "added generated/opencx/resources/phone.py" in out
    assert f"-m scripts generate --project {project}" in out.replace("\n", "")
    assert snapshot(project) == before


def test_an_edit_in_generated_code_is_found_and_undone(project: Path) -> None:
    assert main(["generate", "--project", str(project)]) == OK
    made = snapshot(project / "generated")
    (project / "generated/opencx/resources/phone.py").write_text("edited")
    (project / "generated/opencx/left_over.py").write_text("")
    assert main(["generate", "--check", "--project", str(project)]) == OUT_OF_DATE
    assert main(["generate", "--project", str(project)]) == OK
    assert snapshot(project / "generated") == made


def test_a_given_name_is_kept_although_the_rules_say_otherwise(project: Path) -> None:
    lock = project / "spec/names.lock"
    names = json.loads(lock.read_text())
    names["/components/schemas/PhoneAgentDto"] = "Agent"
    lock.write_text(json.dumps(names, indent=1))
    assert main(["generate", "--project", str(project)]) == OK
    assert "-> Agent:" in (project / "generated/opencx/resources/phone.py").read_text()
    assert json.loads(lock.read_text())["/components/schemas/PhoneAgentDto"] == "Agent"


def rewrite(project: Path, page: str, old: str, new: str) -> None:
    """Edits a page as a broken fetch would have left it, with its hash brought in line."""
    path = next((project / "spec/pages").glob(f"{page}*"))
    text = path.read_text()
    assert old in text
    changed = text.replace(old, new, 1)
    path.write_text(changed)
    lock = project / "spec/pages.lock"
    digests = [hashlib.sha256(content.encode()).hexdigest() for content in (text, changed)]
    assert digests[0] in lock.read_text()
    lock.write_text(lock.read_text().replace(*digests))


def break_block(project: Path) -> None:
    text = next((project / "spec/pages").glob("003*")).read_text()
    rewrite(
        project,
        "003",
        text[text.index("        first_message:") : text.index("      required:\n        - name")],
        "        x: [\n",
    )


def remove_operation(project: Path) -> None:
    text = next((project / "spec/pages").glob("002*")).read_text()
    rewrite(project, "002", text, "Welcome to our documentation.\n\nHere is nothing about any operation.\n")


def stale_overlay(project: Path) -> None:
    overlay = project / "spec/overlay.yaml"
    overlay.write_text(
        overlay.read_text() + "  - target: $.paths['/fax']\n    description: It was renamed.\n    remove: true\n"
    )


def needless_name(project: Path) -> None:
    names = project / "spec/names.toml"
    names.write_text(names.read_text() + '"/components/schemas/Fax" = "Fax"\n')


BREAKS = {
    "truncated YAML": (break_block, r"spec/pages/003_\w+\.txt:\d+: .*fetch"),
    "a page with no operation": (remove_operation, r"spec/pages/002_\w+\.txt:\d+: .*exclude"),
    "an overlay that no longer applies": (stale_overlay, r"spec/overlay\.yaml:\d+: .*match"),
    "a needless exception": (needless_name, r"spec/names\.toml:\d+: .*[Rr]emove"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_bad_input_is_told_with_its_line_and_leaves_no_trace(
    project: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    damage, message = BREAKS[name]
    damage(project)
    before = snapshot(project)
    assert main(["regenerate", "--project", str(project)]) == PROBLEMS
    out = capsys.readouterr().out
    assert re.search(message, out), out
    assert "nothing was written" in out
    assert snapshot(project) == before


def test_problems_of_several_steps_are_told_at_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    remove_operation(project)
    stale_overlay(project)
    needless_name(project)
    assert main(["regenerate", "--project", str(project)]) == PROBLEMS
    out = capsys.readouterr().out
    for message in (BREAKS["a page with no operation"][1], BREAKS["an overlay that no longer applies"][1]):
        assert re.search(message, out), out


def test_two_pages_that_contradict_each_other_are_told_with_both_places(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second page of the same age and kind describes POST /phone otherwise."""
    page = next((project / "spec/pages").glob("003*"))
    text = page.read_text().replace(
        "        name:\n          type: string\n", "        name:\n          type: integer\n", 1
    )
    other = page.with_name("005_other.txt")
    other.write_text(text)
    lock = project / "spec/pages.lock"
    entry = next(part for part in lock.read_text().split("[[page]]") if page.name in part)
    entry = entry.replace(page.name, other.name)
    entry = entry.replace(hashlib.sha256(page.read_bytes()).hexdigest(), hashlib.sha256(text.encode()).hexdigest())
    lock.write_text(f"{lock.read_text().rstrip()}\n\n[[page]]{entry}")
    assert main(["regenerate", "--project", str(project)]) == PROBLEMS
    out = capsys.readouterr().out
    assert re.search(r"spec/pages/003_\w+\.txt:\d+", out), out
    assert re.search(r"spec/pages/005_other\.txt:\d+", out), out
    assert "overlay" in out


def test_a_schema_that_cannot_be_expressed_degrades_there_and_is_listed(project: Path) -> None:
    old = "          minItems: 1\n          type: array\n          items:\n            type: string\n"
    rewrite(project, "003", old, "          type: tensor\n")
    assert main(["generate", "--project", str(project)]) == OK
    assert "language: Any" in (project / "generated/opencx/resources/phone.py").read_text()
    assert re.search(r"tensor", (project / "spec/problems.md").read_text())


def test_a_folder_that_is_no_project_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--project", str(tmp_path)]) == PROBLEMS
    assert "is no project" in capsys.readouterr().out


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for word in ["fetch", "regenerate", "version", "publish", *(step.name for step in pipeline.STEPS)]:
        with pytest.raises(SystemExit) as done:
            main([word, "--help"])
        assert done.value.code == 0
        assert "--project" in capsys.readouterr().out


def test_scripts_and_templates_know_no_api() -> None:
    known = [
        path
        for folder in ("scripts", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and re.search("opencx|open\\.cx", path.read_text().lower())
    ]
    assert known == []


HEAVY = ("datamodel_code_generator", "openapi_python_client", "httpx")
"""What takes longer to load than an unchanged run does."""


def run_apart(project: Path, *arguments: str) -> tuple[int, str]:
    """The command in a process of its own, which then lists what it loaded of `HEAVY`."""
    program = (
        "import sys; from scripts.__main__ import main; code = main(sys.argv[1:]); "
        f"print([name for name in {HEAVY} if name in sys.modules]); "
        "sys.exit(code)"
    )
    command = [sys.executable, "-c", program, *arguments, "--project", str(project)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout


def test_an_unchanged_run_loads_no_engine(project: Path) -> None:
    assert run_apart(project, "generate")[0] == OK
    code, out = run_apart(project, "generate")
    assert code == OK
    assert out.count("nothing changed") == 6
    assert out.rstrip().endswith("[]")


def test_a_kept_outcome_that_was_damaged_is_made_again(project: Path) -> None:
    assert main(["generate", "--project", str(project)]) == OK
    made = snapshot(project / "generated")
    for file in (file for file in (project / ".cache").iterdir() if file.name != "lock"):
        file.write_text('{"files": {')
    assert main(["generate", "--project", str(project)]) == OK
    assert snapshot(project / "generated") == made


def test_a_changed_input_is_not_answered_from_what_was_kept(project: Path) -> None:
    assert main(["generate", "--project", str(project)]) == OK
    settings = project / "spec/api.toml"
    settings.write_text(settings.read_text().replace('client = "OpenCX"', 'client = "Phones"'))
    assert main(["generate", "--project", str(project)]) == OK
    assert "class Phones(SyncClient)" in (project / "generated/opencx/_client.py").read_text()


def test_a_second_command_in_the_same_project_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with alone(project):
        assert main(["merge", "--project", str(project)]) == PROBLEMS
    assert "Another command is at work" in capsys.readouterr().out
    assert main(["merge", "--project", str(project)]) == OK
