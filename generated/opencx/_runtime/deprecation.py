# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Warnings about what the API will take away, at the line of the program that uses it."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from types import FrameType
from typing import Any

from .operation import Operation
from .response import one_line

_PACKAGE = __name__.partition("._runtime")[0]
_NOT_CALLERS = frozenset(("asyncio", "anyio", "concurrent", "contextvars", "threading"))


def warn_deprecated(operation: Operation[Any]) -> None:
    """Warn that the documents call an operation deprecated."""
    _warn(f"{operation.id} ({operation.label}) is deprecated")


def warn_of_end(operation: Operation[Any], headers: Mapping[str, str]) -> None:
    """Warn if an answer says that the operation is deprecated, or when it ends."""
    if "deprecation" not in headers and "sunset" not in headers:
        return
    deprecated = headers.get("deprecation", "false").strip().lower() not in ("false", "?0", "")
    sunset = one_line(headers.get("sunset", ""))
    if deprecated or sunset:
        until = f" and will be gone on {sunset}" if sunset else ""
        _warn(f"{operation.id} ({operation.label}) is deprecated{until}")


def _warn(message: str) -> None:
    """Issue the warning at the caller's line. Python's own filters show it once per line."""
    frame = _caller()
    if frame is None:
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return
    registry = frame.f_globals.setdefault("__warningregistry__", {})
    module = frame.f_globals.get("__name__", "<unknown>")
    file = frame.f_code.co_filename
    warnings.warn_explicit(message, DeprecationWarning, file, frame.f_lineno, module, registry, frame.f_globals)


def _caller() -> FrameType | None:
    """The nearest frame that belongs neither to this package nor to what runs its tasks and threads."""
    frame: FrameType | None = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    while frame is not None:
        home = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if home != _PACKAGE and home not in _NOT_CALLERS:
            return frame
        frame = frame.f_back
    return None
