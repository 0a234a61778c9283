# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Where an answer differs from its documentation: recorded once per kind, never with the value itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeAlias

from .errors import DriftError
from .values import Value

logger = logging.getLogger(__name__.partition("._")[0] + ".drift")

Path: TypeAlias = "tuple[Path, str] | None"
"""The way to a value as linked steps, `None` at the root: it is only spelled out when there is something to say."""

_MOST_KINDS = 1000


class Drift(Value):
    """One kind of difference between what was documented and what came.

    `path` is a JSON path with `[*]` for any place in an array; `expected` and `came` name types.
    """

    operation: str
    path: str
    expected: str
    came: str

    def __str__(self) -> str:
        where = f"{self.operation} {self.path}" if self.operation else self.path
        return f"{where}: expected {self.expected}, got {self.came}"


OnDrift: TypeAlias = Callable[[Drift], object]

_NAMES: dict[type[Any], str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
    list: "array",
    dict: "object",
}


def json_name(kind: type[Any]) -> str:
    """The JSON word for a Python type."""
    return _NAMES.get(kind, kind.__name__)


def json_kind(value: object) -> type[Any]:
    """A value's type."""
    return type(value)


def json_type(value: object) -> str:
    """The JSON word for a value's type."""
    return json_name(type(value))


def spell(path: Path) -> str:
    """A path as a JSON path: `$.items[*].name`."""
    steps: list[str] = []
    while path is not None:
        path, step = path
        steps.append(step)
    return "$" + "".join(reversed(steps))


def member(name: str) -> str:
    """The step of a path into a member of an object; names that are no plain words are quoted and cut."""
    return f".{name}" if name.isidentifier() and len(name) < 80 else f"[{name[:80]!r}]"


class DriftReporter:
    """Hands each kind of drift on, once: to `on_drift` and to the logger; raises it instead if `strict`."""

    def __init__(self, on_drift: OnDrift | None = None, *, strict: bool = False) -> None:
        self.on_drift = on_drift
        self.strict = strict
        self.known: set[tuple[str, Path, str, str]] = set()
        """What was reported."""

    def report(self, operation: str, path: Path, expected: str, came: str) -> None:
        """Record one drift. Raises `DriftError` if strict."""
        drift = Drift(operation, spell(path), expected, came)
        if self.strict:
            raise DriftError(drift)
        if len(self.known) >= _MOST_KINDS:
            return
        self.known.add((operation, path, expected, came))
        logger.warning("%s", drift)
        if self.on_drift is not None:
            self.on_drift(drift)


class Context:
    """Who reads: the operation an answer belongs to, and where drifts go."""

    trials = 0
    """How many trials this is within."""

    def __init__(self, reporter: DriftReporter, operation: str = "") -> None:
        self.reporter = reporter
        self.operation = operation
        self.known: set[tuple[str, Path, str, str]] = reporter.known

    def report(self, path: Path, expected: str, came: str) -> None:
        """Report a drift that is not known yet; of one that comes again, this look is all there is."""
        if (self.operation, path, expected, came) not in self.known:
            self.reporter.report(self.operation, path, expected, came)


class Trial(Context):
    """Reads to see whether a value is right, and tells nobody."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.reporter, context.operation)
        self.trials = context.trials + 1
        self.right = True

    def report(self, path: Path, expected: str, came: str) -> None:
        """The value is not right."""
        self.right = False
