"""What all tests share: the project's own spec as a copy to break, and what the corpus is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this project's inputs, with nothing generated yet."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    shutil.copytree(ROOT / "tests/recordings", tmp_path / "tests/recordings")
    return tmp_path
