# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Warnings about what the API will take away, at the line of the program that uses it."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from .operation import Operation
from .response import one_line

if TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(message):
        """Tell type checkers and editors what is deprecated; at run time the call itself warns."""
        return lambda function: function


R = TypeVar("R")

_PACKAGE = __name__.partition("._runtime")[0]
_NOT_CALLERS = frozenset(("asyncio", "anyio", "concurrent", "contextlib", "contextvars", "importlib", "threading"))


def warn_deprecated(operation: Operation[Any]) -> None:
    """Warn that an operation is deprecated by the documents, or was called by a name that is."""
    instead = operation.deprecated if isinstance(operation.deprecated, str) else ""
    _warn(f"{operation.id} ({operation.label}) is deprecated{instead and f': write {instead}'}")


def warn_renamed(old: str, new: str) -> None:
    """Warn that something was called by its deprecated name."""
    _warn(f"{old} is deprecated: write {new}")


def renamed(names: Mapping[str, str]) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Let a method take arguments under their deprecated names as well; `names` gives the present ones."""

    def decorate(method: Callable[..., R]) -> Callable[..., R]:
        @wraps(method)
        def call(*args: Any, **arguments: Any) -> R:
            for old, new in names.items():
                if old in arguments:
                    warn_renamed(f"the argument {old}", new)
                    if new in arguments:
                        raise TypeError(f"{method.__name__}() got {new!r}, and {old!r}, which is the same")
                    arguments[new] = arguments.pop(old)
            return method(*args, **arguments)

        return call

    return decorate


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
