"""The two engines, each in a process of its own that begins to load it while the steps before generate are at work.

Loading one takes as long as a step, and its functions are asked for little once most of what they say is known.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from .beside import Loaded, called

MODELS = f"{__package__}.generate.model_engine"
ENDPOINTS = f"{__package__}.generate.endpoint_engine"
_LOADED: dict[str, Loaded] = {}


def load() -> None:
    """Both engines are loaded, or begin to be, until `loading` ends."""
    for engine in (MODELS, ENDPOINTS):
        if engine not in sys.modules and engine not in _LOADED:
            _LOADED[engine] = Loaded(engine)


@contextmanager
def loading() -> Iterator[None]:
    """Ends, with the block, the processes that `load` begins in it."""
    try:
        yield
    finally:
        while _LOADED:
            _LOADED.popitem()[1].end()


def beside(engine: str) -> bool:
    """Whether the engine is in a process of its own."""
    return engine in _LOADED


def ask(engine: str, function: str | Callable[..., Any], *values: Any) -> Any:
    """What a function of the engine's module says, or one that uses the engine.

    Raises:
        BadInput: As the function does.
    """
    if engine in _LOADED:
        return _LOADED[engine](function, *values)
    return called(engine, function)(*values)
