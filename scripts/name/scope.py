"""Gives names that are unique within one scope: the classes, the fields of a model, the arguments of a method."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .words import short_hash

SCHEMAS = "/components/schemas/"
_SCHEMES = "/components/securitySchemes/"
CLIENT = "/info/title"
"""Where the client's class has its name."""


def scope_of(pointer: str) -> str:
    """What a name must be unique in, by the pointer of what has it: `models`, the model of a field, the operation."""
    if pointer.startswith(SCHEMAS):  # most: they are taken apart no further than it needs
        key = pointer.find("/", len(SCHEMAS))
        end = pointer.find("/", key + 1)
        return "models" if key < 0 else pointer[:end] if end >= 0 else pointer
    if pointer.startswith(_SCHEMES):
        return "credentials"
    if pointer == CLIENT:
        return "client"
    steps = pointer.split("/")
    end = 6 if len(steps) > 3 and steps[3] == "x-additionalOperations" else 4
    end = min(end, 5)
    return "operations" if len(steps) <= end else "/".join(steps[:end])


class Scope:
    """The names of one scope by pointer; what was shipped is never given to something new.

    `fold` says when two names are too alike: equal results must not occur twice.
    """

    def __init__(self, taken: Iterable[str] = (), fold: Callable[[str], str] = str) -> None:
        self._fold = fold
        self._taken = {fold(name) for name in taken}
        self.names: dict[str, str] = {}

    def pin(self, pointer: str, name: str) -> None:
        """Gives a name whatever the rules say."""
        self.names[pointer] = name
        self._taken.add(self._fold(name))

    def reserve(self, name: str) -> None:
        """Keeps a name from being given."""
        self._taken.add(self._fold(name))

    def free(self, name: str) -> bool:
        """Whether the name can be given."""
        return self._fold(name) not in self._taken

    def give(self, pointer: str, candidates: Iterable[str]) -> None:
        """Gives the first candidate that is free, or the first one with a hash of its pointer."""
        if pointer not in self.names:
            for name in _with_last_resort(candidates, pointer):
                if self.free(name):
                    self.pin(pointer, name)
                    return


def _with_last_resort(candidates: Iterable[str], pointer: str) -> Iterator[str]:
    first = None
    for name in candidates:
        if name:
            first = first or name
            yield name
    first = first or "unnamed"
    joint = "" if first[0].isupper() else "_"
    mark = short_hash(pointer)
    yield f"{first.rstrip('_')}{joint}{mark.title() if not joint else mark}"
    for number in range(2, 1_000_000):
        yield f"{first.rstrip('_')}{joint}{short_hash(f'{pointer} {number}')}"
