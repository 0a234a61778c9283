# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Values that may be one of several things."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any

from .drift import Context, Path, Trial, json_name, json_type, member
from .narrow import is_object
from .specs import ANYTHING, Anything, Fit, Literals, Plain, Spec, read

_MOST_TRIALS = 2
"""How deep unions within unions look which of several equals reads a value best."""


class Ranked(Spec):
    """A spec that can say how well a value fits it."""

    @abstractmethod
    def rank(self, value: object) -> tuple[int, ...] | None:
        """The higher the better; None if the value cannot be meant."""


class Union(Spec):
    """One of several specs.

    The one that a value's JSON type leaves is taken. Where several are left, a value goes to the best that accepts it;
    what none accepts stays as it is, so nothing is ever shown as something that it is not.
    """

    def __init__(self, members: Sequence[Spec]) -> None:
        self.members = tuple(members)
        self.textual = any(member.textual for member in members)
        self._may_be_null = any(isinstance(member, Plain) and member.fit(NoneType) is True for member in members)

    @property
    def name(self) -> str:
        return " or ".join(dict.fromkeys(member.name for member in self.members))

    def fit(self, kind: type[Any]) -> Fit:
        if kind is NoneType and self._may_be_null:
            return True  # without a look at the other members, which may be models that nobody needs
        fits: list[tuple[Spec, Fit]] = [
            (member, fit) for member in self.members if (fit := member.fit(kind)) is not False
        ]
        if not fits:
            return False
        if len(fits) == 1:
            return fits[0][1]
        return self._open_literals(kind, fits) or self._choice(kind, fits)

    def sole(self, kind: type[Any]) -> Spec:
        fits = [member for member in self.members if member.fit(kind) is not False]
        return fits[0].sole(kind) if len(fits) == 1 else self

    def _open_literals(self, kind: type[Any], fits: list[tuple[Spec, Fit]]) -> Fit | None:
        """`Literal[…] | str`: any string is fine, one that is not listed is a drift; none is in `str | Literal[…]`."""
        listed = [member for member, _ in fits if isinstance(member, Literals)]
        if not listed or not all(isinstance(member, Plain | Literals) for member, _ in fits):
            return None
        if isinstance(fits[0][0], Plain):
            return True
        return Literals([value for member in listed for value in member.values]).fit(kind)

    def _choice(self, kind: type[Any], fits: list[tuple[Spec, Fit]]) -> Fit:
        if any(member is ANYTHING for member, _ in fits) and kind is not dict:
            return True
        ranked = sorted(fits, key=lambda pair: isinstance(pair[0], Plain | Anything))

        def choose(value: Any, path: Path, context: Context) -> Any:
            scores = [(spec.rank(value) if isinstance(spec, Ranked) else None) for spec, _ in ranked]
            best = max((score for score in scores if score is not None), default=None)
            if best is not None:
                equals = [pair for pair, score in zip(ranked, scores, strict=True) if score == best]
                return _first_right(equals, value, path, context)
            for spec, fit in ranked:
                if spec.accepts(value):
                    return read(fit, spec, value, path, context)
            context.report(path, self.name, f"another {json_name(kind)}")
            return value

        return choose

    def accepts(self, value: object) -> bool:
        return any(member.accepts(value) for member in self.members)


def _first_right(equals: Sequence[tuple[Spec, Fit]], value: Any, path: Path, context: Context) -> Any:
    """The value, read by the first of these that finds nothing wrong with it; by the very first if all do."""
    if len(equals) > 1 and context.trials < _MOST_TRIALS:
        for spec, fit in equals:
            trial = Trial(context)
            found = read(fit, spec, value, path, trial)
            if trial.right:
                return found
    spec, fit = equals[0]
    return read(fit, spec, value, path, context)


class TaggedUnion(Ranked):
    """A union whose objects name the model they are in one of their members.

    An object with another name in it stays as it is, unless `models` has one under `""` for that; one without any is
    read like that of a union that names nothing.
    """

    def __init__(self, union: Spec, wire: str, models: Mapping[str, Spec]) -> None:
        self._union = union
        self._wire = wire
        self._models = dict(models)
        self._other = self._models.get("")

    @property
    def name(self) -> str:
        return self._union.name

    def fit(self, kind: type[Any]) -> Fit:
        return self._read if kind is dict else self._union.fit(kind)

    def _model(self, value: dict[str, Any]) -> Spec | None:
        named = next(
            (self._models[tag] for tag in _written(value.get(self._wire, "")) if tag in self._models), self._other
        )
        return named or (self._union if self._wire not in value and self._union.accepts(value) else None)

    def _read(self, value: dict[str, Any], path: Path, context: Context) -> Any:
        model = self._model(value)
        if model is None:
            expected = Literals(list(self._models)).name
            context.report((path, member(self._wire)), expected, f"another {json_type(value.get(self._wire))}")
            return value
        return read(model.fit(dict), model, value, path, context)

    def accepts(self, value: object) -> bool:
        return self._model(value) is not None if is_object(value) else self._union.accepts(value)

    def rank(self, value: object) -> tuple[int, ...] | None:
        model = self._model(value) if is_object(value) else None
        return model.rank(value) if isinstance(model, Ranked) else None


def _written(tag: object) -> tuple[str, ...]:
    """How a discriminator writes a value: `1`, and `true` or `True`."""
    if isinstance(tag, str):
        return (tag,)
    return (str(tag), str(tag).lower()) if isinstance(tag, int) else ()


def may_be(spec: Spec, value: object) -> bool:
    """Whether a member speaks for its model: the right type, and a constant has its one value."""
    members = spec.members if isinstance(spec, Union) else (spec,)
    constants = [m for m in members if isinstance(m, Literals) and len(m.values) == 1]
    if constants and not any(m.accepts(value) for m in members if m in constants or m.name == "null"):
        return False
    return spec.fit(type(value)) is not False and (not isinstance(spec, Literals) or spec.accepts(value))
