"""What all tests share: the project's own spec as a copy to break, and what the corpus is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# The same examples in every run, however slow the machine; `--hypothesis-profile=default` looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this project's inputs, with nothing generated yet."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    shutil.copytree(ROOT / "tests/recordings", tmp_path / "tests/recordings")
    return tmp_path
