"""The operations of the canonical document as recordings need them: address, arguments, and how old what is said is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from .. import canonical, pages
from ..documents import pointer, unescape
from ..generate import plan as plans
from ..generate.read_plan import read_plan
from ..tree import Tree
from .provenance import Ages

CANONICAL = canonical.PATH
NAMES = "spec/names.lock"
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
"""Headers that can hold a secret whatever the API is."""

Arms = list[dict[str, Any]]
_MAX_ARMS = 200
"""Schemas that one combines; those that combine themselves end there."""


@dataclass(frozen=True)
class Operation:
    """One operation of the API."""

    plan: plans.Operation
    server: str
    """The URL of its server, without a slash at the end."""
    data: Mapping[str, Any]
    """What the canonical document says."""
    age: int | None
    """Of the newest page that the operation or one of its models stands on."""

    error_models: Mapping[str, str]
    """The class of an error's body by status; "" where another schema than one model's is documented."""
    elsewhere: bool
    """Whether its server is of another origin than the document's first."""

    @property
    def id(self) -> str:
        """Its resource and method: `users.create`."""
        return self.plan.id

    @property
    def key(self) -> str:
        """Verb and path: `POST /users`."""
        return f"{self.plan.verb} {self.plan.path}"

    @property
    def template(self) -> str:
        """The path that is sent, with parameters in braces: what documents tell operations apart by is left out."""
        return self.plan.path.partition("#")[0]

    @property
    def pointer(self) -> str:
        """Where it stands in a document."""
        return self.plan.pointer

    @property
    def place(self) -> tuple[str, str]:
        """Its path and its verb, in lower case, as the original document has them."""
        parts = self.pointer.split("/")
        return unescape(parts[2]), unescape(parts[-1]).lower()

    @property
    def base(self) -> str:
        """The path of its server's URL, without a slash at the end."""
        return urlsplit(self.server).path.rstrip("/")


@dataclass(frozen=True)
class Catalog:
    """The canonical document with its operations by id, and the fetched pages by file."""

    document: Mapping[str, Any]
    operations: Mapping[str, Operation]
    pages: Mapping[str, pages.Page]
    credentials: Mapping[str, Mapping[str, Any]]
    """The security schemes by the constructor's argument for each."""
    names: Mapping[str, str]
    """Python names by pointer, from `spec/names.lock`."""

    def secrets(self, place: str) -> frozenset[str]:
        """Names of the headers, or of the query parameters, that carry credentials, in lower case."""
        schemes = self.credentials.values()
        named = {str(scheme.get("name", "")).lower() for scheme in schemes if scheme.get("in") == place}
        return frozenset(named | (SECRET_HEADERS if place == "header" else set()))

    def resolve(self, schema: Any) -> Any:
        """The schema that a reference leads to; what is no reference stays, what leads nowhere is anything."""
        for _ in range(100):
            if not isinstance(schema, dict) or not isinstance(schema.get("$ref"), str):
                return schema
            schema = self._schemas.get(schema["$ref"].removeprefix(plans.REF).replace("~1", "/").replace("~0", "~"), {})
        return {}

    def arms(self, schema: Any) -> Arms:
        """The schema and all that it combines and chooses from, without references."""
        found: Arms = []
        todo = [schema]
        while todo and len(found) < _MAX_ARMS:
            node = self.resolve(todo.pop(0))
            if isinstance(node, dict):
                found.append(node)
                todo += [arm for key in ("allOf", "anyOf", "oneOf") for arm in node.get(key) or ()]
        return found

    @cached_property
    def _schemas(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.document.get("components", {}).get("schemas", {})
        return found


def load(tree: Tree) -> Catalog:
    """The catalog of the project's canonical document.

    Raises:
        BadInput: The document, the names or the list of pages cannot be read.
    """
    said = b"".join(map(tree.digest, (CANONICAL, NAMES, pages.FILE)))
    if said not in tree.parsed:
        tree.parsed[said] = _made(tree)
    found: Catalog = tree.parsed[said]
    return found


def _made(tree: Tree) -> Catalog:
    document = canonical.load(tree)
    names = json.loads(tree.text(NAMES))
    known = {page.file: page for page in pages.load(tree)}
    ages = Ages(known, document)
    plan = read_plan(document, names)
    first = absolute(plan.servers[0])
    operations = {}
    for planned in plan.operations:
        data = _at(document, planned.pointer)
        server = absolute(planned.server or first)
        worked = planned.successes
        models = ((one.status, plan.model(one.schema)) for one in planned.answers if one.schema and one not in worked)
        errors = {status: model.name if model and model.fields is not None else "" for status, model in models}
        operations[planned.id] = Operation(
            planned, server, data, ages.of(data), errors, _origin(server) != _origin(first)
        )
    schemes = plan.schemes.items()
    credentials = {names[place]: scheme for key, scheme in schemes if (place := _scheme(key)) in names}
    return Catalog(document, dict(sorted(operations.items())), known, credentials, names)


def _at(document: Any, place: str) -> Any:
    for key in place.split("/")[1:]:
        document = document[unescape(key)]
    return document


def _origin(url: str) -> tuple[str, str]:
    return urlsplit(url)[:2]


def _scheme(key: str) -> str:
    return pointer("components", "securitySchemes", key)


def absolute(server: str) -> str:
    """The server's URL; a relative one is taken to be on a host that cannot exist."""
    return (server if "://" in server else f"https://api.invalid/{server.lstrip('/')}").rstrip("/")
