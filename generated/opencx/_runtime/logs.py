# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The package's log: the standard library's, named after the package, with a switch in the environment."""

from __future__ import annotations

import logging
import os

_FORMAT = "%(asctime)s %(name)s %(levelname)s %(message)s"
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


class _Switched(logging.StreamHandler):  # type: ignore[type-arg]
    """The handler that the environment asked for; there is one at most."""


def switch_on(package: str) -> None:
    """Log to standard error if the environment says so, as in `<PACKAGE>_LOG=debug`."""
    level = _LEVELS.get(os.environ.get(f"{package.upper()}_LOG", "").strip().lower())
    if level is None:
        return
    logger = logging.getLogger(package)
    logger.setLevel(level)
    if not any(isinstance(handler, _Switched) for handler in logger.handlers):
        handler = _Switched()
        handler.setFormatter(logging.Formatter(_FORMAT))
        logger.addHandler(handler)
