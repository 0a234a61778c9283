"""Does a release get the number that its changes ask for, with a changelog that tells what to do?"""

from __future__ import annotations

import ast
import datetime
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version
from test_diff_rules import Json, document, field, model, operation

from scripts import version
from scripts.diff.decisions import Severity
from scripts.diff.numbers import following
from scripts.documents import write
from scripts.name import give_names
from scripts.name.pins import Pins
from scripts.problems import BadInput
from scripts.project import load
from scripts.tree import Tree

DAY = datetime.date(2026, 3, 1)
LATER = datetime.date(2026, 4, 1)
SETTINGS = """# What a person says.
[package]  # and more
name = "pets"
version = "0.1.0"  # of the wheel
client = "Pets"

[sources]
documents = ["pets.yaml"]
"""


@pytest.mark.parametrize(
    ("last", "severity", "upcoming"),
    [
        ("1.2.3", Severity.MAJOR, "2.0.0"),
        ("1.2.3", Severity.MINOR, "1.3.0"),
        ("1.2.3", Severity.PATCH, "1.2.4"),
        ("1.2.3", Severity.NONE, "1.2.3"),
        ("0.2.3", Severity.MAJOR, "0.3.0"),
        ("0.2.3", Severity.MINOR, "0.3.0"),
        ("0.2.3", Severity.PATCH, "0.2.4"),
        ("2.0.0rc1", Severity.MAJOR, "2.0.0rc2"),
        ("2.0.0b2", Severity.PATCH, "2.0.0b3"),
        ("1.3.0rc1", Severity.MAJOR, "2.0.0rc1"),
        ("1.3.0rc1", Severity.MINOR, "1.3.0rc2"),
        ("1.3.1a1", Severity.MINOR, "1.4.0a1"),
    ],
)
def test_the_next_number_follows_from_the_gravest_change(last: str, severity: Severity, upcoming: str) -> None:
    assert following(Version(last), severity) == Version(upcoming)


@given(
    st.tuples(*[st.integers(0, 20)] * 3),
    st.sampled_from(["", "a1", "b2", "rc9"]),
    st.sampled_from([Severity.PATCH, Severity.MINOR, Severity.MAJOR]),
)
def test_a_change_always_gives_a_higher_number(parts: tuple[int, int, int], pre: str, severity: Severity) -> None:
    last = Version(".".join(map(str, parts)) + pre)
    assert following(last, severity) > last


def project(root: Path, doc: Json, code: str = "0") -> Tree:
    """A tree as the steps up to `diff` leave it, with what was released before as it is on disk."""
    tree = Tree(root)
    released = {path: tree.text(path) for path in tree.glob("spec/released/*")}
    names = give_names(doc, Pins())
    files = {
        "spec/api.toml": tree.text("spec/api.toml") if tree.exists("spec/api.toml") else SETTINGS,
        "spec/openapi.yaml": write(doc),
        "spec/names.lock": json.dumps(names),
        "spec/surface.lock": f"# code: {code * 64}\n",
        **released,
    }
    if tree.exists("spec/changelog.md"):
        files["spec/changelog.md"] = tree.text("spec/changelog.md")
    tree.replace(("spec/*",), files)
    return tree


def released(root: Path, doc: Json, day: datetime.date = DAY, wanted: str | None = None, **more: str | bool) -> str:
    """Makes a release and gives its summary."""
    tree = project(root, doc, str(more.get("code", "0")))
    outcome = version.run(tree, load(tree), day, wanted, bool(more.get("shrunk")))
    tree.replace(version.WRITES, outcome.files)
    tree.commit()
    return outcome.summary


def changelog(root: Path) -> str:
    return (root / "spec/changelog.md").read_text()


def test_the_first_release_has_the_version_of_the_settings(tmp_path: Path) -> None:
    assert released(tmp_path, document()) == "0.1.0 is the first release"
    assert "## [0.1.0] - 2026-03-01" in changelog(tmp_path)
    assert (tmp_path / "spec/api.toml").read_text() == SETTINGS


def test_a_release_without_changes_changes_nothing(tmp_path: Path) -> None:
    released(tmp_path, document())
    before = {path: path.read_bytes() for path in (tmp_path / "spec").rglob("*") if path.is_file()}
    assert released(tmp_path, document(), LATER) == "nothing changed for callers since 0.1.0"
    assert {path: path.read_bytes() for path in (tmp_path / "spec").rglob("*") if path.is_file()} == before


def test_prose_asks_for_no_release(tmp_path: Path) -> None:
    released(tmp_path, document())
    doc = document()
    doc["info"]["version"] = "7"
    operation(doc)["summary"] = "Makes a pet, now with joy"
    assert released(tmp_path, doc, LATER) == "nothing changed for callers since 0.1.0"


def test_the_settings_get_the_version_and_keep_everything_else(tmp_path: Path) -> None:
    released(tmp_path, document())
    doc = document()
    model(doc, "Pet")["properties"]["color"] = {"type": "string"}
    assert released(tmp_path, doc, LATER).startswith("0.1.0 -> 0.2.0: 1 minor")
    assert (tmp_path / "spec/api.toml").read_text() == SETTINGS.replace('"0.1.0"', '"0.2.0"')


def test_the_newest_release_stands_on_top(tmp_path: Path) -> None:
    released(tmp_path, document())
    doc = document()
    model(doc, "Pet")["properties"]["color"] = {"type": "string"}
    released(tmp_path, doc, LATER)
    assert re.findall(r"^## \[(.*)\] - (.*)$", changelog(tmp_path), re.MULTILINE) == [
        ("0.2.0", "2026-04-01"),
        ("0.1.0", "2026-03-01"),
    ]
    assert "### Added\n\n- `Pet.color: str | Unset` is new." in changelog(tmp_path)


def test_each_breaking_change_comes_with_code_before_and_after(tmp_path: Path) -> None:
    released(tmp_path, document(), wanted="1.0.0")
    doc = document()
    del model(doc, "NewPet")["properties"]["note"]
    field(doc, "Pet", "age").update(type="string")
    assert released(tmp_path, doc, LATER).startswith("1.0.0 -> 2.0.0: 2 major")
    text = changelog(tmp_path)
    assert "### Removed\n\n- **Breaking:** `client.pets.create()` does not take `note` any more." in text
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert "# before\nclient.pets.create(note=...)\n# after\nclient.pets.create(...)\n" in blocks
    assert "# before\nage: int = ...\n# after\nage: str = ...\n" in blocks
    for block in blocks:
        ast.parse(block)


def test_a_change_of_the_code_alone_is_a_patch(tmp_path: Path) -> None:
    released(tmp_path, document())
    assert released(tmp_path, document(), LATER, code="1").startswith("0.1.0 -> 0.1.1: 1 patch")


def test_a_document_that_lost_half_of_its_operations_needs_a_word(tmp_path: Path) -> None:
    released(tmp_path, document())
    doc = document()
    del doc["paths"]["/pets"]
    with pytest.raises(BadInput, match=r"2 of 4 operations are gone since the last release\. .*--shrunk"):
        released(tmp_path, doc, LATER)
    assert '"0.1.0"' in (tmp_path / "spec/api.toml").read_text()
    assert released(tmp_path, doc, LATER, shrunk=True).startswith("0.1.0 -> 0.2.0")


def test_a_person_may_ask_for_more_but_not_for_less(tmp_path: Path) -> None:
    released(tmp_path, document(), wanted="1.0.0")
    doc = document()
    del model(doc, "NewPet")["properties"]["note"]
    for low in ("1.1.0", "1.0.0", "0.9.0"):
        with pytest.raises(BadInput, match=f"{low} is too low.*the next version is 2.0.0"):
            released(tmp_path, doc, LATER, low)
    with pytest.raises(BadInput, match="is no version"):
        released(tmp_path, doc, LATER, "two")
    assert released(tmp_path, doc, LATER, "2.0.0rc1").startswith("1.0.0 -> 2.0.0rc1")
    assert released(tmp_path, doc, LATER, "2.0.0").startswith("2.0.0rc1 -> 2.0.0")


def test_a_damaged_release_is_a_problem(tmp_path: Path) -> None:
    released(tmp_path, document())
    for file, damage in (
        ("release.toml", 'version = "one"\ndate = "2026-03-01"\n'),
        ("release.toml", "version = "),
        ("surface.lock", "class:"),
        ("names.lock", "{"),
        ("openapi.yaml", "openapi: ["),
    ):
        path = tmp_path / "spec/released" / file
        good = path.read_text()
        path.write_text(damage)
        with pytest.raises(BadInput, match=f"spec/released/{file}"):
            released(tmp_path, document(), LATER)
        path.unlink()
        with pytest.raises(BadInput):
            released(tmp_path, document(), LATER)
        path.write_text(good)
