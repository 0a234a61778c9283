"""What is found about one document: a row of the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .entries import Entry

PACKAGE = "proved"
"""The name that every generated package gets."""
LARGEST = 200_000
"""The bytes that no module may exceed."""
REJECT_SECONDS = 10.0
"""Within which a document that is none must have been refused."""


@dataclass
class Row:
    """How one document fared. Operations are counted in `total`, and everywhere else those that got that far."""

    entry: Entry
    total: int = 0
    out: int = 0
    importable: int = 0
    typed: int = 0
    sync: int = 0
    asynchronous: int = 0
    kit: int = 0
    """Those that the package's own test kit takes the call of, and answers, both ways."""
    settled: int = 0
    """Problems that were settled."""
    seconds: float = 0.0
    """Of the flow, up to generate."""
    memory: int = 0
    """The most that the flow held, in bytes."""
    refused: list[str] = field(default_factory=list)
    """The problems that stopped the flow."""
    is_valid: bool = False
    """Whether an independent validator has nothing against the document; it is asked where one to refuse was not."""
    crash: str = ""
    """What ended the proof itself."""
    strays: list[str] = field(default_factory=list)
    """Files where none belongs."""
    largest: int = 0
    """The bytes of the largest module of models."""
    cycle: list[str] = field(default_factory=list)
    """Modules that import each other."""
    import_faults: dict[str, str] = field(default_factory=dict)
    type_faults: list[str] = field(default_factory=list)
    pyright: int | None = None
    """Operations that are typed by the word of pyright as well, where it was asked."""
    pyright_faults: list[str] = field(default_factory=list)
    call_faults: dict[str, list[str]] = field(default_factory=dict)
    """What went wrong, by operation: those that cannot be called are in `unmade`."""
    kit_faults: dict[str, list[str]] = field(default_factory=dict)
    """The same for calls through the test kit; under the package's name what ended all of them."""
    unmade: dict[str, list[str]] = field(default_factory=dict)
    """Operations for which no value was found that the document allows, for a parameter, the body or the answer."""
    stage: str = "flow"
    """How far the proof got."""
    took: dict[str, float] = field(default_factory=dict)
    """Seconds by stage."""

    def misses(self) -> list[str]:
        """Which bars the document misses."""
        found = [f"crash: {self.crash}"] if self.crash else []
        found += [f"stray file {name}" for name in self.strays]
        if self.entry.expect == "reject" and not (self.is_valid and not self.refused):
            return found + self._acceptance()
        if self.refused and self.entry.expect == "ok":
            found.append(f"refused: {self.refused[0]}")
        if self.refused or self.crash:
            return found
        return found + list(self._incomplete())

    def _incomplete(self) -> Iterator[str]:
        if self.largest > LARGEST:
            yield f"a module of models of {self.largest // 1000} kB"
        if self.pyright_faults:
            yield f"pyright: {self.pyright} of {self.total} ({self.pyright_faults[0]})"
        if self.cycle:
            yield f"an import cycle: {' -> '.join(self.cycle)}"
        whole = self.entry.expect != "lenient"
        imports = [f"{name}: {told}" for name, told in self.import_faults.items()]
        told = {"out": [], "importable": imports, "typed": self.type_faults}
        for name, faults in told.items() if whole else [("importable", imports)]:
            count, wanted = getattr(self, name), self.total if whole else self.out
            if faults or count != wanted:
                yield f"{name}: {count} of {wanted}{f' ({faults[0]})' if faults else ''}"

    def _acceptance(self) -> list[str]:
        if not self.refused:
            return ["it was not refused"]
        slow = [f"refused after {self.seconds:.1f} s"] if self.seconds > REJECT_SECONDS else []
        told = self.refused[0].partition(": ")[0]
        return slow if told.rpartition(":")[2].isdigit() else [*slow, f"the message names no line: {self.refused[0]}"]
