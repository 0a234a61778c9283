"""Whether some tool has put functions of its own into `httpx`, to see or to answer what goes through it.

Test kits, tracers and recorders do so. They would not see connections of our own, so calls go by way of `httpx` then.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from types import FunctionType

_ENTRIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "httpx": {
        "Client": ("send", "_send_single_request", "_transport_for_url"),
        "AsyncClient": ("send", "_send_single_request", "_transport_for_url"),
        "HTTPTransport": ("handle_request",),
        "AsyncHTTPTransport": ("handle_async_request",),
    },
    "httpcore": {
        "ConnectionPool": ("handle_request",),
        "AsyncConnectionPool": ("handle_async_request",),
    },
}
"""The functions, by class and library, that each request of `httpx` goes through and that tools replace."""


def httpx_is_patched() -> bool:
    """Whether one of these functions is not the library's own."""
    return any(_is_foreign(library, function) for library, function in _functions())


def _functions() -> Iterator[tuple[str, object]]:
    for library in _ENTRIES.keys() & sys.modules.keys():
        for name, functions in _ENTRIES[library].items():
            members = vars(getattr(sys.modules[library], name, object))
            yield from ((library, members[function]) for function in functions if function in members)


def _is_foreign(library: str, function: object) -> bool:
    # A tool's stand-in may answer for the function that it stands for, even to `isinstance`, but not to `type`.
    if type(function) is not FunctionType:
        return True
    home: str = function.__globals__["__name__"]
    return home.partition(".")[0] != library
