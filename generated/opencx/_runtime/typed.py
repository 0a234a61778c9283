# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Reading what is exactly as documented, at the speed of its parser.

For a spec there is a type that `msgspec` reads JSON text as: structs of the same members, which take no other member,
no other type and nothing missing. What they hold is copied into models by one straight-line function per class. All
this accepts less than the codecs do and makes the same of what it accepts; whatever is off in any way raises, and the
text is given to the codecs, which know how to go on and what to report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, Union, cast

import msgspec

from .codec import Codec, Field, ModelRef, remember_text
from .drift import Context, DriftReporter
from .scalars import is_usual
from .specs import Fit, Listed, ListOf, MapOf, Parsed, Plain, Spec, TupleOf
from .straight import Copied, copy
from .unset import UNSET
from .values import Value

Lift: TypeAlias = Callable[[Any], Any]
"""From what `msgspec` made of a value to the value that the codecs make of it."""

_KINDS: tuple[type[Any], ...] = (str, int, float, bool, type(None), list, dict)
_REFUSE = Context(DriftReporter(strict=True))


Lifts: TypeAlias = Mapping[type[Any], Lift]


class Typed(Value):
    """The type that `msgspec` reads a spec's values as, and by class how they are lifted to what they mean."""

    type: Any
    lifts: Lifts = MappingProxyType({})
    alone: bool = True
    """Whether all values are of one class."""

    def lift(self, *, there: bool = True) -> Lift | None:
        """For values of all classes, `UNSET` too if it need not be `there`; None if there is nothing to lift."""
        lifts = self.lifts
        if not lifts:
            return None
        if len(lifts) == 1:
            ((kind, only),) = lifts.items()
            return only if self.alone and there else lambda value: only(value) if type(value) is kind else value

        def lift(value: Any) -> Any:
            found = lifts.get(cast(Any, type(value)))
            return value if found is None else found(value)

        return lift


def decoder(spec: Spec) -> Callable[[bytes], Any]:
    """Reads JSON text as the spec does. It raises for everything that is not exactly as documented.

    Raises `TypeError` or `ValueError` where a spec has no such type.
    """
    typed = _typed(spec)
    decode = msgspec.json.Decoder(typed.type).decode
    lift = typed.lift()
    return decode if lift is None else lambda content: lift(decode(content))


def _typed(spec: Spec) -> Typed:
    arms = {kind: arm for kind in _KINDS if (arm := _arm(spec.sole(kind), kind)) is not None}
    if all(arms.get(kind) == Typed(kind) for kind in _KINDS):
        return Typed(Any)
    if not arms:
        raise TypeError(f"nothing is {spec.name}")
    lifts = {kind: lift for arm in arms.values() for kind, lift in arm.lifts.items()}
    return Typed(Union[tuple(arm.type for arm in arms.values())], lifts, len(arms) == 1)  # noqa: UP007


def _arm(spec: Spec, kind: type[Any]) -> Typed | None:
    """How values of one JSON type are read; None where they are not, or only by way of a codec."""
    fit = spec.fit(kind)
    if fit is True:
        return Typed(kind)
    if fit is False or isinstance(spec, Plain):
        return None
    if isinstance(fit, Listed) and kind in (str, int):
        return Typed(Literal[tuple(sorted(fit))])
    if isinstance(spec, ListOf):
        return _array(_typed(spec.item))
    if isinstance(spec, TupleOf) and spec.more is None and not spec.textual:
        return _tuple([_typed(item) for item in spec.items])
    if isinstance(spec, MapOf):
        return _object(_typed(spec.item))
    if isinstance(spec, Parsed):
        return Typed(str, {str: spec.parse})
    codec = spec.codec() if isinstance(spec, ModelRef) and kind is dict else None
    if codec is not None and codec.used:
        return _model(codec)
    return Typed(kind, {kind: _by_codec(fit)})


def _by_codec(fit: Fit) -> Lift:
    assert callable(fit)
    return lambda value: fit(value, None, _REFUSE)


def _array(item: Typed) -> Typed:
    lift = item.lift()
    if lift is None:
        return Typed(list[item.type])  # type: ignore[name-defined]
    return Typed(list[item.type], {list: lambda values: [lift(value) for value in values]})  # type: ignore[name-defined]


def _tuple(items: list[Typed]) -> Typed:
    made: Any = tuple.__class_getitem__(tuple(item.type for item in items))
    lifts = [item.lift() for item in items]
    if not any(lifts):
        return Typed(made)
    return Typed(
        made,
        {tuple: lambda values: tuple(lift(one) if lift else one for lift, one in zip(lifts, values, strict=True))},
    )


def _object(item: Typed) -> Typed:
    lift = item.lift()
    made = dict[str, item.type]  # type: ignore[name-defined]
    if lift is None:
        return Typed(made)
    return Typed(made, {dict: lambda values: {key: lift(value) for key, value in values.items()}})


_PENDING = object()


def _model(codec: Codec) -> Typed | None:
    """The struct of a model, made once; a model within itself is read by its codec."""
    if codec.typed is _PENDING:
        return Typed(dict, {dict: _by_codec(codec.decode)})
    if codec.typed is None:
        codec.typed = _PENDING
        try:
            codec.typed = _struct(codec)
        finally:
            if codec.typed is _PENDING:
                codec.typed = None
    return cast(Typed, codec.typed)


def _struct(codec: Codec) -> Typed:
    fields = list(codec.fields.values())
    members = [_typed(field.spec) for field in fields]
    slots = [f"f{index}" for index in range(len(fields))]
    struct = msgspec.defstruct(
        "Struct",
        [
            (slot, member.type, UNSET) if field.optional else (slot, member.type)
            for slot, member, field in zip(slots, members, fields, strict=True)
        ],
        rename={slot: field.wire for slot, field in zip(slots, fields, strict=True)},
        forbid_unknown_fields=True,
        kw_only=True,
        gc=False,
    )
    copied = [_copied(slot, field, member) for slot, field, member in zip(slots, fields, members, strict=True)]
    return Typed(struct, {struct: copy(codec.cls, copied)})


def _copied(slot: str, field: Field, member: Typed) -> Copied:
    """How a struct's slot becomes a model's field. Where its text may have to be remembered, that is done, too."""
    lift = member.lift(there=not field.optional)
    if lift is None or not field.spec.textual:
        return Copied(field.name, slot, lift, owned=False)
    keep = _keeping_text(member.lifts[str], field.wire) if [*member.lifts] == [str] else _keeping(lift, field.wire)
    return Copied(field.name, slot, keep, owned=True)


def _keeping_text(parse: Lift, wire: str) -> Callable[[Any, Any], Any]:
    def keep(came: Any, model: Any) -> Any:
        if type(came) is not str:
            return came
        value = parse(came)
        if not is_usual(came):
            remember_text(model, wire, value, came)
        return value

    return keep


def _keeping(lift: Lift, wire: str) -> Callable[[Any, Any], Any]:
    def keep(came: Any, model: Any) -> Any:
        value = lift(came)
        if value is not came:
            remember_text(model, wire, value, came)
        return value

    return keep
