# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The base of every model."""

from __future__ import annotations

from collections.abc import Mapping
from reprlib import recursive_repr
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self

import attrs

from .codec import EXTRA, Codec, Extra, codec_of, field_names
from .drift import Context, DriftReporter, OnDrift
from .jsontext import dumps
from .narrow import is_mapping
from .unset import UNSET

_SHARED = DriftReporter()


class Model:
    """An object of the API.

    Its fields hold a value, `None` for null, or `UNSET` if left out. What the documentation does not know is kept:
    members without a field in `unknown_fields`, and a value of another type than documented as it came. `to_dict` and
    `to_json` give back what came, or what was changed.
    """

    __slots__ = ("__extra__", "__received__")
    __wire__: ClassVar[dict[str, str]] = {}
    __additional__: ClassVar[str] = ""
    __codec__: ClassVar[Codec]
    __extra__: Extra | None
    __received__: Any
    """Set on the result of a call only, for `response_of`; no copy or pickle has it."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, strict: bool = False, on_drift: OnDrift | None = None) -> Self:
        """The model that a JSON object in wire form stands for.

        `on_drift` is called once for each kind of difference from the documentation. Raises `DriftError` for the first
        one if `strict`, `TypeError` if `data` is no mapping.
        """
        if not is_mapping(data):
            raise TypeError(f"{cls.__name__}.from_dict takes a mapping, not {type(data).__name__}")
        instance: Self = codec_of(cls).decode(dict(data), None, cls.__context(strict, on_drift))
        return instance

    @classmethod
    def from_json(cls, text: str | bytes, *, strict: bool = False, on_drift: OnDrift | None = None) -> Self:
        """The model that the text of a JSON object stands for; `strict` and `on_drift` are as in `from_dict`.

        Raises `ValueError` if the text is no JSON, `TypeError` if it is something else than an object.
        """
        content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        instance: object = codec_of(cls).reader.read(content, cls.__context(strict, on_drift))
        if not isinstance(instance, cls):
            raise TypeError(f"{cls.__name__}.from_json takes a JSON object")
        return instance

    @classmethod
    def __context(cls, strict: bool, on_drift: OnDrift | None) -> Context:
        return Context(DriftReporter(on_drift, strict=strict) if strict or on_drift else _SHARED, cls.__name__)

    def to_dict(self) -> dict[str, Any]:
        """The object in wire form, as JSON values: fields left out are left out, null is `None`."""
        return codec_of(type(self)).encode(self)

    def to_json(self) -> str:
        """The object in wire form, as compact JSON text."""
        return dumps(self.to_dict()).decode()

    @classmethod
    def type_hints(cls) -> dict[str, Any]:
        """The types of the fields by name, as `typing.get_type_hints` gives them for classes that know each other.

        Models load each other at first use, so a module has no name for another module's model before this is called;
        `get_type_hints` and `attrs.resolve_types` work on the class from then on.
        """
        from .hints import type_hints

        return type_hints(cls)

    @property
    def unknown_fields(self) -> Mapping[str, Any]:
        """The members that came and that the documentation does not know, by their wire names."""
        extra = self.__extra__
        return MappingProxyType(extra.unknown if extra else {})

    def __encode__(self) -> dict[str, Any]:
        return codec_of(type(self)).encode(self)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        assert isinstance(other, Model)
        return _values(self) == _values(other) and self.unknown_fields == other.unknown_fields

    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    @recursive_repr()
    def __repr__(self) -> str:
        shown = [f"{name}={value!r}" for name, value in _values(self).items() if value is not UNSET]
        if self.unknown_fields:
            shown.append(f"unknown_fields={dict(self.unknown_fields)!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[Any, ...]:
        extra = self.__extra__
        return _rebuild, (type(self), _values(self), extra and (extra.unknown, extra.texts))


def _values(model: Model) -> dict[str, Any]:
    return {name: getattr(model, name, UNSET) for name in field_names(type(model))}


def _rebuild(cls: type[Model], values: dict[str, Any], extra: tuple[dict[str, Any], dict[str, Any]] | None) -> Model:
    """What a copy and a pickle are made by. Fields that a newer release of the class has are left out."""
    instance = object.__new__(cls)
    for name in field_names(cls):
        setattr(instance, name, values.get(name, UNSET))
    instance.__extra__ = extra and Extra(*extra)
    return instance


if not TYPE_CHECKING:
    # What `attrs.evolve` hands to the new instance, so that a changed copy keeps what is unknown of the old one.
    _EXTRA = {EXTRA: attrs.field(default=None, alias=EXTRA, eq=False, repr=False)}
    Model = attrs.define(these=_EXTRA, slots=False, kw_only=True, eq=False, repr=False)(Model)
