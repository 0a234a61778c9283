"""Folders of a run: are they gone whatever ends the run?"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.scratch import scratch


@pytest.mark.parametrize("ending", [KeyboardInterrupt, OSError])
def test_a_folder_is_gone_also_where_its_removal_is_interrupted(
    monkeypatch: pytest.MonkeyPatch, ending: type[BaseException]
) -> None:
    remove: Callable[..., Any] = shutil.rmtree
    calls: list[Path] = []

    def interrupted(folder: Path, ignore_errors: bool = False) -> None:
        calls.append(folder)
        if len(calls) == 1:
            raise ending
        remove(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    try:
        with scratch() as folder:
            (folder / "file").write_text("x")
    except KeyboardInterrupt:
        assert ending is KeyboardInterrupt
    assert len(calls) == 2
    assert not folder.exists()


def test_a_folder_is_gone_after_an_interrupt_in_it() -> None:
    folders: list[Path] = []

    def interrupted() -> None:
        with scratch() as folder:
            folders.append(folder)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not folders[0].exists()
