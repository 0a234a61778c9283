"""Deprecated names: what callers of an earlier release write, and what it is called now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..problems import BadInput, Problem

if TYPE_CHECKING:
    from .plan import Operation, Plan

FILE = "spec/aliases.lock"


@dataclass(frozen=True)
class Aliases:
    """The deprecated names that still work, each with what it stands for."""

    operations: Mapping[str, str] = field(default_factory=dict)
    """`pets.create`: `animals.create`"""
    arguments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Of a method under its old or its present name: old argument names, and what they are called now."""
    models: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By the model's present name."""

    def text(self) -> str:
        """The content of `spec/aliases.lock`."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    def told(self) -> Iterator[tuple[str, str]]:
        """Every deprecated name and what it stands for, as callers write them."""
        yield from ((f"client.{old}()", f"client.{new}()") for old, new in sorted(self.operations.items()))
        for method, arguments in sorted(self.arguments.items()):
            yield from ((f"client.{method}({old})", f"client.{method}({new})") for old, new in arguments.items())
        yield from sorted(self.models.items())
        for model, fields in sorted(self.fields.items()):
            yield from ((f"{model}.{old}", f"{model}.{new}") for old, new in fields.items())

    def __bool__(self) -> bool:
        return bool(self.operations or self.arguments or self.models or self.fields)


NO_ALIASES = Aliases()


def read_aliases(text: str, where: str = FILE) -> Aliases:
    """The deprecated names in a lock.

    Raises:
        BadInput: It is no such file.
    """
    try:
        found = json.loads(text)
        flat = all(_names(found[part]) for part in ("operations", "models"))
        nested = all(_names(inner) for part in ("arguments", "fields") for inner in found[part].values())
        if not flat or not nested:
            raise ValueError(where)
        return Aliases(**found)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        line = getattr(error, "lineno", None)
        raise BadInput(Problem(where, "This is no list of deprecated names.", "Restore it from git.", line)) from None


def _names(value: Any) -> bool:
    return all(isinstance(one, str) and one.replace(".", "_").isidentifier() for pair in value.items() for one in pair)


def deprecated_operations(plan: Plan) -> Iterator[tuple[Operation, Operation]]:
    """Each operation under its deprecated name, with its arguments' old names, and as it is called now."""
    named = {one.id: one for operation in plan.operations for one in (operation, operation.streamed) if one}
    for old, new in sorted(plan.aliases.operations.items()):
        operation = named[new]
        former = {now: before for before, now in plan.aliases.arguments.get(old, {}).items()}
        arguments = tuple(replace(one, name=former.get(one.name, one.name)) for one in operation.arguments)
        instead = f"client.{new}()"
        yield (
            replace(operation, id=old, arguments=arguments, deprecated=True, instead=instead, streamed=None),
            operation,
        )
