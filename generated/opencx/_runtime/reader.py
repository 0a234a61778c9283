# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""From JSON text to what it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .drift import Context
from .errors import DriftError
from .jsontext import loads
from .specs import Fit, Spec, read

_FIRST = 2
"""So many texts are read before it is worth while to make ready for more."""
_LONGEST_REST = 1024


class Reader:
    """Reads texts of one spec: by way of JSON values, and once a few came, those that are as documented by a shortcut.

    A text that the shortcut does not take is read the first way, and then the shortcut rests: the longer, the more it
    did not take in a row. What comes out is the same either way.
    """

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self._shortcut: Callable[[bytes], Any] | None = None
        self._rest: float = _FIRST
        self._refused = 0
        self._fits: dict[type[Any], Fit] = {}

    def read(self, content: bytes, context: Context) -> Any:
        """What the text stands for. Raises `ValueError` if it is no JSON, `RecursionError` if it is nested too deep."""
        if self._rest:
            self._rest -= 1
        else:
            try:
                result = (self._shortcut or self._make())(content)
            except (ValueError, ArithmeticError, RecursionError, DriftError):
                self._refused += 1
                self._rest = min(2**self._refused, _LONGEST_REST)
            else:
                self._refused = 0
                return result
        value: object = loads(content)
        kind = type(value)
        fit = self._fits.get(kind)
        if fit is None:
            fit = self._fits[kind] = self.spec.fit(kind)
        return read(fit, self.spec, value, None, context)

    def _make(self) -> Callable[[bytes], Any]:
        """The shortcut. Raises `ValueError` where there is none, and then none is looked for again."""
        try:
            from .typed import decoder

            self._shortcut = decoder(self.spec)
        except (ImportError, TypeError, ValueError, RecursionError):
            self._shortcut = _none
        return self._shortcut


def _none(content: bytes) -> Any:
    raise ValueError("there is no shortcut")
