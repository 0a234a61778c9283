"""The package as plain values: which resources, methods, arguments and models it has, and what each is called.

Everything that a template prints is decided from these; the two engines get views made from the same values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .aliases import NO_ALIASES, Aliases
from .events import Event

Schema = dict[str, Any]

MORE_VERBS = "x-additionalOperations"
"""Where the canonical document keeps the operations whose method OpenAPI 3.1 has no word for."""
VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
REF = "#/components/schemas/"
_DATA = frozenset({"enum", "const", "default", "example", "examples"})
"""Keywords whose values are no schemas."""
DEFAULT_STYLES = {"query": "form", "path": "simple", "header": "simple", "cookie": "form"}


@dataclass(slots=True)  # not frozen: a large document has 50,000 of them, and each would take three times as long
class Field:
    """A property of a model, or an argument of a method."""

    name: str
    """In Python."""
    wire: str
    """In the API."""
    schema: Schema
    required: bool
    text: str = ""
    """What the document says about it, in Markdown."""
    notes: tuple[str, ...] = ()
    """What its schema says beyond its type: range, pattern, default."""


@dataclass(slots=True)
class Argument(Field):
    """An argument of a method, and where its value goes."""

    place: str = "body"
    """`path`, `query`, `header`, `cookie`, `body` (one property of it) or `whole` (the body itself)."""
    style: str = ""
    """The serialisation, where it is not the default of its place."""
    explode: bool = False
    media_type: str = ""
    allow_reserved: bool = False
    """Of a parameter that the document describes by `content`."""


@dataclass(slots=True)
class Answer:
    """One documented response."""

    status: str
    """A status, a range such as `2XX`, or `default`."""
    media_type: str
    schema: Schema | None
    """None when the document describes no body."""
    text: str = ""
    headers: tuple[str, ...] = ()
    """The names of its documented headers."""
    reads: str = ""
    """`events`, `lines` or `file` for a body that is not one value."""
    accept: str = ""
    """What is asked for, where it is not JSON."""

    @property
    def success(self) -> bool:
        """Whether it answers a call that worked."""
        return self.status[:1] == "2"


@dataclass(frozen=True)
class Operation:
    """One operation of the document as a method of a resource."""

    id: str
    """`phone.create`: the resource's path and the method."""
    pointer: str
    """Where it stands in the canonical document."""
    verb: str
    path: str
    summary: str
    description: str
    source: str
    arguments: tuple[Argument, ...]
    body: str
    """The media type that is sent, or empty."""
    body_optional: bool
    """Whether nothing is sent, rather than an object without members, if none of its arguments is given."""
    members: str
    """The name of the model whose fields are arguments, or empty."""
    answers: tuple[Answer, ...]
    security: tuple[tuple[str, ...], ...]
    """Alternatives; each is a set of schemes that go together, an empty one where credentials are optional. There is
    none when the operation is public."""
    server: str
    """Only where it is not the document's."""
    deprecated: bool
    idempotency_header: str = ""
    """The header that names a call, so that the server does it once; the client fills it."""
    scopes: tuple[str, ...] = ()
    """The OAuth scopes that its credentials must have, in every alternative together."""
    sunset: str = ""
    """The day on which the API will have it no more, as `YYYY-MM-DD`."""
    given: str = ""
    """Its operationId in the document."""
    instead: str = ""
    """Of a deprecated name: what callers write now, `client.pets.create()`."""
    encoding: tuple[tuple[str, str], ...] = ()
    """Media types of a form's fields, or the styles of their lists, by wire name."""
    fixed: tuple[tuple[str, str, bool], ...] = ()
    """What is always sent: place, wire name and value."""
    streamed: Operation | None = None
    """The same operation with its answer as a stream, where it has another answer as well."""

    @property
    def reads(self) -> str:
        """How the answer of a call that worked is read: `events`, `lines`, `file`, or empty for one value."""
        return next((answer.reads for answer in self.successes if answer.reads), "")

    @property
    def successes(self) -> list[Answer]:
        """The answers of a call that worked; `default` where the document names no success."""
        return [a for a in self.answers if a.success] or [a for a in self.answers if a.status == "default"]

    @property
    def failures(self) -> list[Answer]:
        """The documented errors."""
        worked = self.successes
        return [a for a in self.answers if a not in worked and a.status[:1] not in "123"]

    @property
    def resource(self) -> str:
        """The path of its resource: `phone`, `chat.sessions`."""
        return self.id.rpartition(".")[0]

    @property
    def method(self) -> str:
        """Its name in the resource: `create`."""
        return self.id.rpartition(".")[2]


@dataclass(frozen=True)
class Model:
    """One component of the document as a class, or as an alias of a type."""

    key: str
    """Its key in the document."""
    name: str
    schema: Schema
    fields: tuple[Field, ...] | None
    """None for an alias."""
    text: str
    source: str
    discriminator: tuple[str, dict[str, str]] | None = None
    """A union's discriminator: wire name, and model name by value."""


@dataclass(frozen=True)
class Plan:
    """The whole package."""

    title: str
    description: str
    servers: tuple[str, ...]
    operations: tuple[Operation, ...]
    models: tuple[Model, ...]
    schemes: dict[str, dict[str, Any]]
    """Security schemes by their key, as the document has them."""
    names: Names = field(repr=False)
    events: tuple[Event, ...] = ()
    """What the API sends by itself."""
    aliases: Aliases = NO_ALIASES

    def model(self, schema: Schema) -> Model | None:
        """The model that a reference leads to."""
        return self.by_key.get(schema.get("$ref", "").removeprefix(REF))

    @cached_property
    def references(self) -> dict[str, set[str]]:
        """The keys of the components that each one names directly, by its own."""
        return {model.key: set(references(model.schema)) for model in self.models}

    @cached_property
    def by_key(self) -> dict[str, Model]:
        """The models by their key in the document."""
        return {model.key: model for model in self.models}


class Names:
    """Python names by pointer, from `spec/names.lock`."""

    def __init__(self, lock: dict[str, str]) -> None:
        self.lock = lock
        self.missing: list[str] = []

    def __getitem__(self, place: str) -> str:
        name = self.lock.get(place)
        if name is None:
            self.missing.append(place)
            return "missing"
        return name

    def get(self, place: str, default: str) -> str:
        """The name at a pointer, or the default where the lock has no exception."""
        return self.lock.get(place, default)


def references(schema: Any) -> list[str]:
    """Keys of the components that a schema names directly."""
    found = []
    todo = [schema]
    for node in todo:  # which grows meanwhile
        if type(node) is list:
            todo.extend(node)
        elif type(node) is dict:
            for key, value in node.items():
                if type(value) is str:
                    if key == "$ref":
                        found.append(value.removeprefix(REF))
                elif key == "properties":  # which may be called as a keyword is
                    todo.extend(value.values())
                elif key not in _DATA:
                    todo.append(value)
    return found
