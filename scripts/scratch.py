"""A folder for what exists only while a step runs, and how files come into it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch() -> Iterator[Path]:
    """A new folder that is gone afterwards, also where an interrupt comes while it is being removed."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        _remove(folder)


def lay(file: str | Path, target: str | Path) -> None:
    """Puts a file where it is only read: as a link, which takes no time, or as a copy where none can be."""
    try:
        if os.path.islink(file):
            raise OSError("a relative one would lead elsewhere from there")
        os.link(file, target)
    except OSError:  # as on another file system, or where it is somebody else's
        shutil.copyfile(file, target)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError:  # a child that was interrupted, too, may have written on for a moment
        shutil.rmtree(folder, ignore_errors=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
