"""Nothing is half-written, whenever a run is interrupted."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from scripts import tree as tree_module
from scripts.problems import BadInput
from scripts.scratch import lay
from scripts.tree import STAGING, Tree, recover


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/old").write_text("old")
    (tmp_path / "out/kept").write_text("kept")
    return tmp_path


def files(root: Path) -> dict[str, str]:
    return {p.relative_to(root).as_posix(): p.read_text() for p in sorted(root.rglob("*")) if p.is_file()}


BEFORE = {"out/kept": "kept", "out/old": "old"}
AFTER = {"out/deep/new": "new", "out/kept": "kept"}


def planned(root: Path) -> Tree:
    tree = Tree(root)
    tree.replace(("out/*",), {"out/deep/new": "new", "out/kept": b"kept"})
    return tree


def test_a_step_sees_what_earlier_steps_made(root: Path) -> None:
    tree = planned(root)
    assert tree.glob("out/*") == ["out/deep/new", "out/kept"]
    assert tree.text("out/deep/new") == "new"
    assert not tree.exists("out/old")


def test_nothing_is_written_before_the_commit(root: Path) -> None:
    planned(root)
    assert files(root) == BEFORE


def test_a_commit_writes_and_removes_and_says_so(root: Path) -> None:
    changes = planned(root).commit()
    assert [str(change) for change in changes] == ["added out/deep/new", "removed out/old"]
    assert files(root) == AFTER
    assert planned(root).commit() == []


def test_links_are_listed_but_not_those_to_folders(root: Path) -> None:
    for name, target in (("loop", "loop"), ("lost", "nowhere"), ("link", "kept"), ("home", ".")):
        (root / "out" / name).symlink_to(target)
    (root / "out/__pycache__").mkdir()
    (root / "out/__pycache__/old").write_text("")
    tree = Tree(root)
    assert tree.glob("out/*") == ["out/kept", "out/link", "out/loop", "out/lost", "out/old"]
    nothing = tree.digest("out/absent")
    assert [tree.digest(f"out/{name}") == nothing for name in ("loop", "lost", "link")] == [True, True, False]


def test_a_file_may_become_a_folder(root: Path) -> None:
    tree = Tree(root)
    tree.replace(("out/*",), {"out/old/new": "new"})
    tree.commit()
    assert files(root) == {"out/old/new": "new"}


@pytest.mark.parametrize("stop_at", range(6))
def test_an_interrupted_commit_leaves_all_or_nothing(root: Path, stop_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = iter(range(100))
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if next(calls) == stop_at:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(tree_module.os, "replace", replace)
    decided = True
    try:
        planned(root).commit()
    except KeyboardInterrupt:  # as if the process were killed there
        decided = (root / STAGING / "journal.json").exists()
    monkeypatch.setattr(tree_module.os, "replace", real)
    recover(root)
    assert files(root) == (AFTER if decided else BEFORE)
    assert not (root / STAGING).exists()


@pytest.mark.parametrize("path", ["../out/x", "out/../../x", "elsewhere", "out//x"])
def test_a_step_cannot_write_what_it_does_not_own(root: Path, path: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        Tree(root).replace(("out/*",), {path: ""})


def test_a_missing_file_and_one_that_is_no_text_are_problems(root: Path) -> None:
    (root / "bad").write_bytes(b"a\nb\xff")
    with pytest.raises(BadInput, match="missing"):
        Tree(root).text("nothing")
    with pytest.raises(BadInput, match="bad:2: The file is not UTF-8"):
        Tree(root).text("bad")


def test_ctrl_c_while_files_are_written_waits_until_all_are(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        real(source, target)

    monkeypatch.setattr(tree_module.os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        planned(root).commit()
    assert files(root) == AFTER


@pytest.mark.parametrize("stop_at", [1, 2])
def test_a_file_that_cannot_be_written_takes_the_commit_back(
    root: Path, stop_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = iter(range(100))
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if next(calls) == stop_at:
            raise PermissionError(13, "Permission denied", str(target))
        real(source, target)

    monkeypatch.setattr(tree_module.os, "replace", replace)
    with pytest.raises(BadInput, match="cannot be written: Permission denied"):
        planned(root).commit()
    assert files(root) == BEFORE
    assert not (root / STAGING).exists()


def test_folders_that_a_commit_empties_go_and_each_is_looked_into_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = Tree(root)
    left = {"out/kept": "kept", "out/some/left": ""}
    tree.replace(("out/*",), {**left, **{f"out/some/{number}": "" for number in range(30)}, "out/deep/in/one": ""})
    tree.commit()
    looked: list[Path] = []
    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: looked.append(self) or real(self))
    tree.replace(("out/*",), left)
    tree.commit()
    assert {path.relative_to(root).as_posix() for path in root.rglob("*")} == {*left, "out", "out/some"}
    assert len(looked) == 4


def exported(tree: Tree, into: Path) -> dict[str, str]:
    into.mkdir()
    tree.export("out", into)
    return {file.relative_to(into).as_posix(): file.read_text() for file in into.rglob("*") if file.is_file()}


@pytest.fixture
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("there")


def test_what_is_exported_is_what_the_run_made_and_stays_when_it_is_committed(root: Path, there: Path) -> None:
    tree = planned(root)
    twice = [exported(tree, there / name) for name in ("first", "second")]
    assert twice[0] == twice[1] == {path.removeprefix("out/"): text for path, text in AFTER.items() if "out/" in path}
    assert {path: text for path, text in files(root).items() if "out/" in path} == BEFORE
    tree.commit()
    assert files(root) == AFTER
    assert not (root / STAGING).exists()
    assert exported(tree, there / "third") == twice[0]


def test_what_is_exported_and_then_made_anew_is_committed_as_it_is_then(root: Path, there: Path) -> None:
    tree = planned(root)
    exported(tree, there / "first")
    tree.replace(("out/deep/new",), {"out/deep/new": "newer"})
    assert exported(tree, there / "second")["deep/new"] == "newer"
    assert (there / "first/deep/new").read_text() == "new"
    tree.commit()
    assert files(root) == {**AFTER, "out/deep/new": "newer"}


def test_trees_of_one_folder_do_not_mix_what_they_export(root: Path, there: Path) -> None:
    trees = [Tree(root) for _ in "abc"]
    for number, tree in enumerate(trees):
        tree.replace(("out/*",), {"out/same": f"of {number}"})
    for number, tree in enumerate(trees):
        assert exported(tree, there / str(number)) == {"same": f"of {number}"}
    assert [(there / f"{number}/same").read_text() for number in range(3)] == ["of 0", "of 1", "of 2"]
    trees[0].discard()
    assert not (root / STAGING).exists()


def test_a_file_that_changed_after_it_was_read_is_exported_as_it_was_read(root: Path, there: Path) -> None:
    tree = Tree(root)
    before = tree.text("out/kept")
    (root / "out/kept").write_text("somebody else's, and longer")
    assert exported(tree, there / "copy")["kept"] == before


def test_the_stamp_of_a_file_holds_when_its_links_are_gone(root: Path, there: Path) -> None:
    tree = Tree(root)
    tree.bytes("out/kept")
    exported(tree, there / "copy")
    assert (there / "copy/kept").stat().st_ino == (root / "out/kept").stat().st_ino
    shutil.rmtree(there / "copy")
    assert tree.stamp("out/kept") == tree.stamp_now("out/kept")


def test_a_link_and_a_file_of_another_file_system_are_copied(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "link").symlink_to("out/kept")
    lay(root / "link", root / "copy")
    assert not (root / "copy").is_symlink()

    def elsewhere(file: object, target: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", elsewhere)
    lay(root / "out/kept", root / "other")
    assert (root / "copy").read_text() == (root / "other").read_text() == (root / "out/kept").read_text()
