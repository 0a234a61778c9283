"""A generated package that the tests of this room share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from studio import DOCUMENT, SETTINGS

from scripts import pipeline
from scripts.contract import vectors
from scripts.documents import write


@pytest.fixture(scope="module", autouse=True)
def few_vectors() -> Iterator[None]:
    """Fewer vectors than a run tries, in these tests alone: most are about something else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "MOST", 3)
        yield


@pytest.fixture(scope="session")
def studio_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the made-up API, generated; not to be changed."""
    root = tmp_path_factory.mktemp("studio")
    (root / "spec/source").mkdir(parents=True)
    (root / "spec/api.toml").write_text(SETTINGS)
    (root / "spec/source/studio.yaml").write_text(write(DOCUMENT))
    result = pipeline.run(root, "generate")
    assert [str(problem) for problem in result.problems] == []
    return root


@pytest.fixture
def studio(studio_made: Path, tmp_path: Path) -> Path:
    """A copy of the project of the made-up API."""
    return Path(shutil.copytree(studio_made, tmp_path / "studio"))
