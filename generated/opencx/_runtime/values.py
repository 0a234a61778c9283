# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Values with named fields.

They are what `attrs.frozen` makes, without the half millisecond that each class of it takes before a program has begun.
Classes whose instances come by the thousand write out their own `__init__`, which is faster.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Value:
    """Immutable; equal to another of its class whose fields are. Fields are what the class annotates, as in `attrs`.

    Those in `__hidden__` are not shown: they are long, or secret.
    """

    __fields__: ClassVar[tuple[str, ...]] = ()
    __needed__: ClassVar[frozenset[str]] = frozenset()
    __hidden__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        own = (name for name in vars(cls).get("__annotations__", {}) if not name.startswith("__"))
        cls.__fields__ = tuple(dict.fromkeys((*cls.__fields__, *own)))
        type.__setattr__(cls, "__match_args__", cls.__fields__)  # type checkers make their own of it
        cls.__needed__ = frozenset(name for name in cls.__fields__ if not hasattr(cls, name))

    def __init__(self, *values: Any, **named: Any) -> None:
        self.__dict__.update(zip(self.__fields__, values, strict=False))
        if named or len(values) != len(self.__fields__):
            self.__rest(len(values), named)

    def __rest(self, count: int, named: dict[str, Any]) -> None:
        """Take the fields that are given by name; those that are not given stay the defaults in the class."""
        fields = self.__dict__
        fields.update(named)
        if len(fields) != count + len(named) or not self.__needed__ <= fields.keys() <= set(self.__fields__):
            raise TypeError(f"{type(self).__name__}() takes {', '.join(self.__fields__)}")

    def replace(self, **changes: Any) -> Self:
        """The same value with some fields changed."""
        return type(self)(**{**vars(self), **changes})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__fields__ if name not in self.__hidden__)
        return f"{type(self).__name__}({', '.join(shown)})"


def _values(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in value.__fields__)
