"""One command at a time in a project: two would write over each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .cache import FOLDER
from .problems import BadInput, Problem


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Holds the project for the time of a command.

    Raises:
        BadInput: Another command is at work in it, or nothing can be written there.
    """
    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / "lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise BadInput(Problem("", "Another command is at work in this project.", "Wait until it is done.")) from None
    except OSError as error:
        fix = "Make the folder writable."
        raise BadInput(Problem(FOLDER, f"The project cannot be locked: {error.strerror}.", fix)) from None
    try:
        yield
    finally:
        lock.release()
