"""Where the names that annotations use come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .annotations import names_in

_STANDARD = {
    "Any": "typing",
    "ClassVar": "typing",
    "Literal": "typing",
    "List": "typing",
    "NotRequired": "typing",
    "Required": "typing",
    "Decimal": "decimal",
    "UUID": "uuid",
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
}

_RUNTIME = {
    "AsyncPages",
    "AsyncDownload",
    "AsyncStream",
    "Download",
    "FileContent",
    "FileInput",
    "ServerSentEvent",
    "Stream",
    "SyncPage",
    "Unset",
}


def imports(hints: Iterable[str], modules: Mapping[str, str], runtime: str, own: str = "") -> dict[str, set[str]]:
    """Names to import by module, for annotations; `modules` says where each model stands, `own` is made right there."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in sorted(names_in(hints)):
        if name == "datetime":
            found["datetime"] |= set()
        elif name in _STANDARD:
            found[_STANDARD[name]].add(name)
        elif name in _RUNTIME:
            found[runtime].add(name)
        elif name in modules and name != own:
            found[modules[name]].add(name)
    return found
