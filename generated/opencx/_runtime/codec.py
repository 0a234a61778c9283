# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""How one model class is read from and written to JSON values.

Answers of an operation look alike, so what has to be done to one is worked out once per *shape*: the names of an object
in their order, and the types of its values. Reading an object of a known shape is then one comparison, a visit to those
values that need reading, and one assignment to all fields.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, cast

import attrs

from .annotations import may_be_unset, read_annotation
from .discriminator import Discriminator
from .drift import Context, Path, json_name, member
from .encode import ATOMS, BY_KIND, encode
from .narrow import is_object
from .reader import Reader
from .scalars import WRITERS, is_usual
from .specs import Convert, Fit, Listed, Spec
from .straight import fill, write
from .unions import Ranked, TaggedUnion, may_be
from .unset import UNSET
from .values import Value

_MOST_SHAPES = 64
EXTRA = "__extra__"
"""Where a model holds its `Extra`."""


class Extra:
    """What came with a model beside its fields' values.

    `unknown` holds members that the class has no field for. `texts` holds for a member what its field is (or is written
    as, if that is a list) and the JSON value it came as, if it may be another: `12:00:00.000Z` stays that.
    """

    __slots__ = ("texts", "unknown")

    def __init__(self, unknown: dict[str, Any], texts: dict[str, tuple[Any, Any]]) -> None:
        self.unknown: dict[str, Any] = unknown
        self.texts: dict[str, tuple[Any, Any]] = texts


def remember_text(model: Any, wire: str, value: Any, came: Any) -> None:
    """Keep for a member of a model just read that `value` came as `came`, unless it is written so anyway."""
    if type(value) not in WRITERS:
        value = encode(value)
        if value == came:
            return
    extra: Extra | None = model.__extra__
    if extra is None:
        extra = model.__extra__ = Extra({}, {})
    extra.texts[wire] = (value, came)


def _member(texts: dict[str, tuple[Any, Any]], wire: str, value: Any) -> Any:
    """The JSON value that a member is written as: the one it came as, if it is still what was made of that."""
    made, came = texts[wire]
    return came if made is value or encode(made) == encode(value) else encode(value)


def _put_back(extra: Extra, data: dict[str, Any]) -> None:
    """Add what there is no field for."""
    for wire, value in extra.unknown.items():
        data[wire] = _member(extra.texts, wire, value) if wire in extra.texts else encode(value)


class Field(Value):
    """One field of a model: its Python and wire names, its spec, and whether it may be left out."""

    name: str
    wire: str
    spec: Spec
    optional: bool


class Shape(Value):
    """What is to be done to objects with members of these names and types."""

    names: tuple[str, ...]
    kinds: tuple[type[Any], ...]
    pick: Callable[[Sequence[Any]], tuple[Any, ...]] | None
    """From the values and `UNSET` after them to the fields' values; None where they are all there in order."""
    converts: tuple[tuple[int, Convert, str], ...]
    listed: tuple[tuple[int, Listed, str], ...]
    """Literals, which need no more than a look."""
    textual: tuple[tuple[int, str], ...]
    """Where values stand whose text may have to be remembered, and the names of their fields."""
    unknown: tuple[tuple[int, str], ...]
    """Where values stand that there is no field for, and their names."""
    drifts: tuple[tuple[str, str, str], ...]
    special: bool
    """Whether there is anything to report or to remember."""


class Codec:
    """Reads and writes the instances of one model class."""

    def __init__(self, cls: Any) -> None:
        package = cls.__module__.rpartition(".")[0]
        fields = [_field(name, cls.__annotations__[name], cls.__wire__, package) for name in field_names(cls)]
        self.cls: Any = cls
        self.fields: dict[str, Field] = {field.wire: field for field in fields}
        self._additional = _additional(cls.__additional__, package)
        self.reader: Reader = Reader(ModelRef(cls.__name__, package, self))
        self.typed: object = None
        """How it is read without a codec, kept here by `typed`."""
        self._new = object.__new__
        self._wires = tuple(self.fields)
        self._fill: Callable[[Any, Sequence[Any]], None] = self._fill_first
        self._shapes: dict[tuple[tuple[str, ...], tuple[type[Any], ...]], Shape] = {}
        self._last = self._shape((), ())

    @cached_property
    def encode(self) -> Callable[[Any], dict[str, Any]]:
        """Writes an instance: left-out fields left out, unknown members and original texts put back."""
        fields = [(field.name, field.wire) for field in self.fields.values()]
        made = BY_KIND[self.cls] = write(fields, ATOMS, BY_KIND, _member, _put_back)
        return made

    def _fill_first(self, instance: Any, values: Sequence[Any]) -> None:
        """Fill one by hand; only who reads a second one waits until there is a function that does it."""
        for field, value in zip(self.fields.values(), values, strict=True):
            setattr(instance, field.name, value)
        self._fill = self._fill_second

    def _fill_second(self, instance: Any, values: Sequence[Any]) -> None:
        self._fill = fill(field.name for field in self.fields.values())
        self._fill(instance, values)

    @property
    def used(self) -> bool:
        """Whether an instance was read already."""
        return bool(self._last.names)

    def decode(self, data: dict[str, Any], path: Path, context: Context) -> Any:
        """The instance that an object stands for; plain arrays and objects in it are used as they are."""
        names = tuple(data)
        values = list(data.values())
        kinds = tuple(map(type, values))
        shape = self._last
        if shape.names != names or shape.kinds != kinds:
            self._last = shape = self._shapes.get((names, kinds)) or self._shape(names, kinds)
        instance = self._new(self.cls)
        for index, listed, step in shape.listed:
            if values[index] not in listed:
                listed(values[index], (path, step), context)
        for index, convert, step in shape.converts:
            values[index] = convert(values[index], (path, step), context)
        instance.__extra__ = self._extra(shape, data, values, path, context) if shape.special else None
        if shape.pick is None:
            self._fill(instance, values)
        else:
            values.append(UNSET)
            self._fill(instance, shape.pick(values))
        return instance

    def _extra(
        self, shape: Shape, data: dict[str, Any], values: list[Any], path: Path, context: Context
    ) -> Extra | None:
        for step, expected, kind in shape.drifts:
            context.report((path, step), expected, kind)
        texts: dict[str, tuple[Any, Any]] = {}
        for index, wire in shape.textual:
            came = data[wire]
            if type(came) is str and is_usual(came):
                continue
            written = encode(values[index])
            if written != came:
                texts[wire] = (written, came)
        unknown: dict[str, Any] = {}
        for index, wire in shape.unknown:
            unknown[wire] = values[index]
        return Extra(unknown, texts) if unknown or texts else None

    def _shape(self, names: tuple[str, ...], kinds: tuple[type[Any], ...]) -> Shape:
        """Work out a shape, and remember it unless objects of this class come in ever new ones."""
        converts: list[tuple[int, Convert, str]] = []
        listed: list[tuple[int, Listed, str]] = []
        textual: list[tuple[int, str]] = []
        unknown: list[tuple[int, str]] = []
        drifts: list[tuple[str, str, str]] = []
        for index, (wire, kind) in enumerate(zip(names, kinds, strict=True)):
            field = self.fields.get(wire)
            if field is None:
                unknown.append((index, wire))
            spec = field.spec if field else self._additional
            if not spec:
                drifts.append((member(wire), "no such member", json_name(kind)))
                continue
            fit = spec.fit(kind)
            if fit is False:
                drifts.append((member(wire), spec.name, json_name(kind)))
            elif isinstance(fit, Listed):
                listed.append((index, fit, member(wire)))
            elif fit is not True:
                converts.append((index, fit, member(wire)))
                if spec.textual:
                    textual.append((index, wire))
        places = {wire: index for index, wire in enumerate(names)}
        missing = [f for f in self.fields.values() if f.wire not in places and not f.optional]
        drifts.extend((member(field.wire), field.spec.name, "nothing") for field in missing)
        order = [places.get(wire, len(names)) for wire in self._wires]
        shape = Shape(
            names, kinds, None if order == list(range(len(names))) else _tuple_of(itemgetter, order),
            tuple(converts), tuple(listed), tuple(textual), tuple(unknown), tuple(drifts),
            bool(textual or unknown or drifts),
        )  # fmt: skip
        if len(names) <= 2 * len(self.fields) + 16:
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            self._shapes[names, kinds] = shape
        return shape

    def rank(self, data: dict[str, Any]) -> tuple[int, ...] | None:
        """How well an object fits: known members, then as few unknown ones; None if it cannot be this model."""
        known = 0
        for wire, field in self.fields.items():
            if wire in data:
                if not may_be(field.spec, data[wire]):
                    return None
                known += 1
            elif not field.optional:
                return None
        return known, known - len(data)


def _tuple_of(getter: Callable[..., Any], keys: Sequence[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """`itemgetter` or `attrgetter`, giving a tuple for any number of keys."""
    if len(keys) > 1:
        return cast(Callable[[Any], tuple[Any, ...]], getter(*keys))
    gets = [getter(key) for key in keys]
    return lambda source: tuple(get(source) for get in gets)


def field_names(cls: Any) -> list[str]:
    """The names of a model's fields."""
    return [attribute.name for attribute in attrs.fields(cls) if attribute.name != EXTRA]


def _field(name: str, annotation: object, wire: dict[str, str], package: str) -> Field:
    if not isinstance(annotation, str):
        raise TypeError(f"{name}: a model's module needs `from __future__ import annotations`")
    spec = read_annotation(annotation, lambda model: ModelRef(model, package))
    return Field(name, wire.get(name, name), spec, may_be_unset(annotation))


def _additional(annotation: str, package: str) -> Spec | None:
    """The spec of members without a field; None where none are documented."""
    return read_annotation(annotation, lambda name: ModelRef(name, package)) if annotation else None


class ModelRef(Ranked):
    """A model or an alias by its name, looked up in the package of models when it is first needed."""

    def __init__(self, name: str, package: str, target: Codec | None = None) -> None:
        self._name = name
        self._package = package
        self._target: Codec | Spec | None = target

    @property
    def name(self) -> str:
        return self._name

    def fit(self, kind: type[Any]) -> Fit:
        target = self._resolve()
        if isinstance(target, Spec):
            return target.fit(kind)
        return target.decode if kind is dict else False

    def sole(self, kind: type[Any]) -> Spec:
        target = self._resolve()
        return target.sole(kind) if isinstance(target, Spec) else self

    def codec(self) -> Codec | None:
        """The codec of the model; None for an alias."""
        target = self._resolve()
        return target if isinstance(target, Codec) else None

    def accepts(self, value: object) -> bool:
        target = self._resolve()
        if isinstance(target, Spec):
            return target.accepts(value)
        return is_object(value) and target.rank(value) is not None

    def rank(self, value: object) -> tuple[int, ...] | None:
        target = self._resolve()
        if isinstance(target, Ranked):
            return target.rank(value)
        return target.rank(value) if isinstance(target, Codec) and is_object(value) else None

    def _resolve(self) -> Codec | Spec:
        if self._target is None:
            self._target = self._look_up()
        return self._target

    def _look_up(self) -> Codec | Spec:
        models = importlib.import_module(self._package)
        target = getattr(models, self._name)
        if isinstance(target, str):
            tag = getattr(models, f"{self._name}_discriminator", None)
            return annotation_spec(target, self._package, tag)
        return codec_of(target)


def codec_of(cls: type) -> Codec:
    """The codec of a model class, made at first use."""
    codec = cls.__dict__.get("__codec__")
    if codec is None:
        codec = Codec(cls)
        cls.__codec__ = codec  # type: ignore[attr-defined]
    return codec


def annotation_spec(text: str, package: str, tag: Discriminator | None = None) -> Spec:
    """The spec of an annotation whose names stand in a package of models; `tag` tells its objects apart."""
    spec = read_annotation(text, lambda name: ModelRef(name, package))
    if tag is None:
        return spec
    return TaggedUnion(spec, tag.wire, {key: ModelRef(name, package) for key, name in tag.models.items()})
