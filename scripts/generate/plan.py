"""The package as plain values: which resources, methods, arguments and models it has, and what each is called.

Everything that a template prints is decided here or in `types.py`; the two engines get views made from the same values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from ..documents import escape, pointer
from ..problems import BadInput, Problem
from . import media
from .aliases import NO_ALIASES, Aliases
from .events import Event, events
from .prose import constraints
from .streams import with_stream

Schema = dict[str, Any]

MORE_VERBS = "x-additionalOperations"
"""Where the canonical document keeps the operations whose method OpenAPI 3.1 has no word for."""
VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
REF = "#/components/schemas/"
_DATA = frozenset({"enum", "const", "default", "example", "examples"})
"""Keywords whose values are no schemas."""
_SIGNS = re.compile(r"\{[+#./;?&]?([^{}]+?)\*?\}")
"""A parameter in a path, with the signs of RFC 6570 that say the same as its style: `{;id*}`."""
_IDEMPOTENCY = re.compile(r"(\w+-)*idempotency[-_]?key", re.IGNORECASE)
DEFAULT_STYLES = {"query": "form", "path": "simple", "header": "simple", "cookie": "form"}
_FLAT_MEDIA = re.compile(r"multipart/.*|.*(/|\+)json|application/x-www-form-urlencoded")
"""Media types of bodies whose members are arguments."""
"""The ends of the media types whose bodies have members."""


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


def read_plan(document: dict[str, Any], lock: dict[str, str], aliases: Aliases = NO_ALIASES) -> Plan:
    """The package that the canonical document, the names and the deprecated names amount to.

    Raises:
        BadInput: The lock has no name for something in the document.
    """
    names = Names(lock)
    components = document.get("components", {})
    models = tuple(_model(key, schema, names) for key, schema in components.get("schemas", {}).items())
    plan = Plan(
        title=document["info"].get("title", ""),
        description=document["info"].get("description", ""),
        servers=tuple(server_url(server) for server in document.get("servers", [])) or ("",),
        operations=tuple(_operations(document, names)),
        models=models,
        schemes=components.get("securitySchemes", {}),
        names=names,
        events=tuple(events(document, lock)),
        aliases=aliases,
    )
    if missing := dict.fromkeys(names.missing):
        fix = "Run `python -m scripts name`."
        raise BadInput(Problem("spec/names.lock", f"There is no name for {place}.", fix) for place in missing)
    return plan


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


def server_url(server: dict[str, Any]) -> str:
    """The server's URL with its variables at their defaults."""
    url = str(server.get("url", ""))
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return url.rstrip("/")


def _beside(server: str, document: dict[str, Any]) -> str:
    """An operation's own server; a mere path is on the server of the document, and `https://` alone is that one."""
    shared = document.get("servers", [])
    if server in ("http:", "https:"):
        return ""
    return urljoin(server_url(shared[0]), server) if shared and server.startswith("/") else server


def _model(key: str, schema: Schema, names: Names) -> Model:
    place = pointer("components", "schemas", key)
    fields = None
    if schema.get("type") == "object" and schema.get("properties"):
        required = schema.get("required", [])
        fields = tuple(
            Field(names[f"{place}/properties/{escape(wire)}"], wire, part, wire in required, *_says(part))
            for wire, part in schema["properties"].items()
        )
    return Model(
        key=key,
        name=names[place],
        schema=schema,
        fields=fields,
        text=schema.get("description", "") or schema.get("title", ""),
        source=schema.get("x-source", ""),
        discriminator=_discriminator(schema, names),
    )


def _says(schema: Schema) -> tuple[str, tuple[str, ...]]:
    return schema.get("description", "") or schema.get("title", ""), constraints(schema)


def _discriminator(schema: Schema, names: Names) -> tuple[str, dict[str, str]] | None:
    discriminator = schema.get("discriminator")
    if not discriminator or not (schema.get("oneOf") or schema.get("anyOf")):
        return None
    mapping = discriminator.get("mapping", {})
    targets = {value: names[pointer("components", "schemas", ref.removeprefix(REF))] for value, ref in mapping.items()}
    return discriminator["propertyName"], targets


def _operations(document: dict[str, Any], names: Names) -> Iterator[Operation]:
    found = [keys for path, item in document.get("paths", {}).items() for keys in _operation_keys(path, item)]
    for keys in found:
        yield _operation(document, keys, names)


def _operation_keys(path: str, item: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The keys that lead to each operation of a path item, from `paths` on; the last is the verb."""
    yield from ((path, verb) for verb in VERBS if verb in item)
    yield from ((path, MORE_VERBS, verb) for verb in item.get(MORE_VERBS, {}))


def _operation(document: dict[str, Any], keys: tuple[str, ...], names: Names) -> Operation:
    path, verb = keys[0], keys[-1]
    item = document["paths"][path]
    said = item[MORE_VERBS][verb] if MORE_VERBS in keys else item[verb]
    place = pointer("paths", *keys)
    body, key, whole, fields = _body(document, said, place, names)
    parameters = list(_parameters(said, place, names))
    keyed = next((a for a in parameters if a.place == "header" and _IDEMPOTENCY.fullmatch(a.wire)), None)
    arguments = [*(a for a in parameters if a is not keyed), *whole, *fields]
    servers = said.get("servers")
    operation = Operation(
        id=names[place],
        pointer=place,
        verb=verb.upper(),
        path=_SIGNS.sub(r"{\1}", path.partition("#")[0]),  # some tell operations on one path apart by a fragment
        summary=said.get("summary", ""),
        description=said.get("description", ""),
        source=said.get("x-source", ""),
        arguments=tuple(arguments),
        body=body,
        body_optional=bool(fields) and _better_none(said, verb, document["components"]["schemas"][key]),
        members=names[pointer("components", "schemas", key)] if key else "",
        answers=tuple(_answers(said, verb, document, media.plain)),
        security=tuple(tuple(alternative) for alternative in said.get("security", [])),
        server=_beside(server_url(servers[0]), document) if servers else "",
        deprecated=bool(said.get("deprecated")),
        sunset=said.get("x-sunset", ""),
        scopes=tuple(_scopes(said)),
        given=str(said.get("operationId", "")),
        idempotency_header=keyed.wire if keyed else "",
        encoding=tuple(media.encoding(body, said.get("requestBody", {}).get("content", {}).get(body, {}))),
    )
    return with_stream(operation, tuple(_answers(said, verb, document, media.stream)), names.lock)


def _scopes(said: dict[str, Any]) -> list[str]:
    """The scopes, sorted."""
    needed = (scopes for alternative in said.get("security", []) for scopes in alternative.values())
    return sorted({str(scope) for scopes in needed for scope in scopes or ()})


def _parameters(said: dict[str, Any], place: str, names: Names) -> Iterator[Argument]:
    for parameter in said.get("parameters", []):
        inside, wire = parameter["in"], parameter["name"]
        schema, media_type = parameter.get("schema"), ""
        if schema is None:
            media_type, content = next(iter(parameter.get("content", {"": {}}).items()))
            schema = content.get("schema", {})
        style = parameter.get("style", DEFAULT_STYLES.get(inside, "form"))
        explode = parameter.get("explode", style in ("form", "cookie"))
        text = parameter.get("description", "") or schema.get("description", "")
        flag = {"deprecated": True} if parameter.get("deprecated") else {}
        plain = (
            not media_type and not parameter.get("allowReserved") and not (inside == "path" and _may_be_object(schema))
        )
        default = plain and style == DEFAULT_STYLES.get(inside) and explode == (style == "form")
        yield Argument(
            name=names[place + pointer("parameters", f"{inside}.{wire}")],
            wire=_SIGNS.sub(r"\1", f"{{{wire}}}") if inside == "path" else wire,
            schema=schema,
            required=bool(parameter.get("required")) or inside == "path",
            text=text,
            notes=constraints({**schema, "description": text, **flag}),
            place=inside,
            style="" if default else style,
            explode=explode,
            media_type=media_type,
            allow_reserved=bool(parameter.get("allowReserved")),
        )


def _may_be_object(schema: Schema) -> bool:
    """Whether a path parameter takes an object; the runtime refuses one where the document does not ask for it."""
    return "$ref" in schema or schema.get("type") == "object"


def _body(
    document: dict[str, Any], said: dict[str, Any], place: str, names: Names
) -> tuple[str, str, list[Argument], list[Argument]]:
    """The media type to send, and the body as one argument or as one argument a property, with that component's key."""
    body = said.get("requestBody")
    if not body or not body.get("content"):
        return "", "", [], []
    schemas = document.get("components", {}).get("schemas", {})
    documented = media.sent_as(body["content"], schemas)
    schema = body["content"][documented].get("schema", {})
    media_type = media.within(documented, schema)
    required = bool(body.get("required"))
    key = schema.get("$ref", "").removeprefix(REF)
    target = schemas.get(key, {})
    members = _FLAT_MEDIA.fullmatch(media_type.partition(";")[0].strip().lower()) is not None
    flat = target.get("type") == "object" and target.get("properties") and members
    if not flat:
        if not media_type.startswith("multipart/") and not members:
            schema = media.read_as(media_type, schema)
        name = names.get(place + pointer("requestBody"), "body")
        text = body.get("description", "")
        return media_type, "", [Argument(name, "", schema, required, text, place="whole")], []
    home = pointer("components", "schemas", key, "properties")
    fields = []
    for wire, part in target["properties"].items():
        if part.get("readOnly"):
            continue
        if media_type.startswith("multipart/"):
            part = media.part(part)
        name = names.get(place + pointer("requestBody", "properties", wire), names[home + pointer(wire)])
        needed = required and wire in target.get("required", [])
        fields.append(Argument(name, wire, part, needed, *_says(part)))
    return media_type, key, [], fields


def _better_none(said: dict[str, Any], verb: str, schema: Schema) -> bool:
    """Whether an optional body is better left out than sent without members: it needs some, or the verb has few."""
    return not said["requestBody"].get("required") and (
        bool(schema.get("required")) or verb in ("get", "head", "delete")
    )


def _answers(
    said: dict[str, Any], verb: str, document: dict[str, Any], choose: Callable[..., media.Body | None]
) -> Iterator[Answer]:
    """The responses with the body that is chosen of those that each documents."""
    schemas = document.get("components", {}).get("schemas", {})
    for status, response in said.get("responses", {}).items():
        content = response.get("content") or {}
        if verb == "head" or status in ("204", "205"):  # HTTP has no body there, whatever is documented
            content = {}
        body = choose(content, schemas, sorted(content, key=media.preference))
        text, headers = response.get("description", ""), tuple(response.get("headers", ()))
        if body is None:
            yield Answer(status, "", None, text, headers)
        else:
            yield Answer(status, body.media_type, body.schema, text, headers, body.reads, body.accept)
