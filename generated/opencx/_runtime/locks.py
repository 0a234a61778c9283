# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""A lock that survives a fork."""

from __future__ import annotations

import os
import threading
from types import TracebackType


class ProcessLock:
    """A lock of which a forked process has its own, as the thread that held it at the fork is not there to let go."""

    def __init__(self) -> None:
        self._locks: dict[int, threading.Lock] = {}

    def __enter__(self) -> None:
        self._locks.setdefault(os.getpid(), threading.Lock()).acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._locks[os.getpid()].release()
