"""A second process for what need not wait: work goes on there while this one does something else."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

_T = TypeVar("_T")


def beside(work: Callable[[], _T]) -> Callable[[], _T]:
    """Begins the work in a copy of this process; the function that is returned waits for its result, or raises what it
    raised.

    The copy sees everything as it is now, and what it changes in memory stays with it. It must not print.
    """
    if not hasattr(os, "fork"):
        return work
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _answer(work, writer)
    os.close(writer)

    def result() -> _T:
        with os.fdopen(reader, "rb") as answer:
            said = answer.read()
        os.waitpid(child, 0)
        if not said:
            return work()  # it was killed
        made, error = pickle.loads(said)
        if error is not None:
            raise error
        found: _T = made
        return found

    return result


def _answer(work: Callable[[], Any], writer: int) -> None:
    """Works, says what came of it, and ends the process without what others would do at its end."""
    try:
        try:
            said: tuple[Any, Exception | None] = work(), None
        except Exception as error:
            said = None, error
        with os.fdopen(writer, "wb") as answer:
            pickle.dump(said, answer)
    finally:
        os._exit(0)
