# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""What the API's document says of each operation, and what its servers were recorded to say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache, cached_property
from importlib import import_module
from importlib.resources import files
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import attrs

from .._runtime.narrow import is_array, is_object
from .._runtime.operation import Operation as Called
from .._runtime.operation import pick_status

PACKAGE: str = __name__.partition(".testing.")[0]

_LIKE = 0.8
"""How like each other two paths are of which one may be a slip of the other, from 0 to 1."""

Schema = Any
"""A JSON Schema, whose references are keys of `Document.schemas`."""


@attrs.frozen
class Parameter:
    """A parameter of an operation."""

    place: str
    name: str
    schema: Schema
    required: bool = False
    style: str = ""
    explode: bool | None = None
    media_type: str = ""


@attrs.frozen
class Documented:
    """One documented answer; `reads` is how its body comes: `events`, `lines`, `file`, or as one value."""

    media_type: str = ""
    schema: Schema = None
    reads: str = ""


@attrs.frozen(eq=False)
class Operation:
    """One operation of the API."""

    id: str
    method: str
    path: str
    server: str
    """Empty where it is the API's."""
    parameters: tuple[Parameter, ...]
    bodies: Mapping[str, Schema]
    """By media type."""
    needs_body: bool
    answers: Mapping[str, Documented]
    fixed: tuple[tuple[str, str, bool], ...]
    """What the client sends by itself: place, name and value."""

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    @cached_property
    def called(self) -> Called[Any]:
        """The same as the client knows it."""
        resource = self.id.rpartition(".")[0].replace(".", "_")
        module = import_module(f"{PACKAGE}.resources.{resource}")
        every: list[Called[Any]] = [one for one in vars(module).values() if isinstance(one, Called)]
        return next(one for one in every if one.id == self.id)

    def answer(self, status: int) -> Documented:
        """What is documented for a status, nearest first; an answer without a body if nothing is."""
        return self.answers.get(self._key(status) or "", Documented())

    def documents(self, status: int) -> bool:
        """Whether an answer of this status is documented; anything is where nothing is."""
        return not self.answers or self._key(status) is not None

    def _key(self, status: int) -> str | None:
        return pick_status({key: key for key in self.answers}, status)

    @cached_property
    def success(self) -> int:
        """The status of an answer to a call that worked."""
        known = sorted(key for key in self.answers if key[:1] == "2")
        named = [key for key in known if self.answers[key].media_type] or known
        return int(named[0]) if named and named[0].isdigit() else 200

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The path with a group for each parameter in it; a query that is part of it is left out."""
        pieces = re.split(r"\{([^{}]+)\}", self.path.partition("?")[0])
        touching = {index + step for index in range(2, len(pieces) - 1, 2) if not pieces[index] for step in (-1, 1)}
        made = [
            self._listed(piece) if index in touching else "([^/]*)" if index % 2 else re.escape(_normal(piece))
            for index, piece in enumerate(pieces)
        ]
        return re.compile("".join(made))

    def _listed(self, name: str) -> str:
        """The group of a parameter beside another one: where its texts are listed, they tell where it begins."""
        schema = next((one.schema for one in self.parameters if (one.place, one.name) == ("path", name)), None)
        listed: object = schema.get("enum") if is_object(schema) else None
        texts = [re.escape(_normal(str(text))) for text in listed] if is_array(listed) else []
        return f"({'|'.join(texts)})" if texts else "([^/]+)"

    def path_values(self, path: str) -> dict[str, str] | None:
        """The parameters in a path, percent-decoded; None if it is not of this operation."""
        found = self.pattern.fullmatch(_normal(path))
        if found is None:
            return None
        names = re.findall(r"\{([^{}]+)\}", self.path.partition("?")[0])
        return {name: unquote(text) for name, text in zip(names, found.groups(), strict=True)}


def _normal(path: str) -> str:
    """A path, or a part of one, in which nothing is percent-encoded that need not be."""
    return "/".join(quote(unquote(part), safe="~!$&'()*+,;=:@") for part in path.split("/"))


@attrs.frozen
class Recorded:
    """One answer as a server or a document gave it."""

    status: int
    media_type: str
    body: str


class Document:
    """The API as it is documented and was recorded."""

    def __init__(self, said: Mapping[str, Any], recorded: Mapping[str, Any]) -> None:
        self.server: str = said["servers"][0]
        self.operations: dict[str, Operation] = {id: _operation(id, one) for id, one in said["operations"].items()}
        self.schemas: dict[str, Schema] = said["schemas"]
        self.models: dict[str, str] = said["models"]
        """The keys of schemas by the names of their classes."""
        self._recorded = recorded

    def resolve(self, schema: Schema) -> Schema:
        """The schema that a reference leads to; what is no reference stays as it is."""
        for _ in range(100):
            if not is_object(schema) or "$ref" not in schema:
                return schema
            schema = self.schemas.get(schema["$ref"], {})
        return {}

    def recorded(self, operation: str) -> list[Recorded]:
        """The answers that were recorded for an operation, the best first."""
        return [Recorded(*one) for one in self._recorded.get(operation, ())]

    def at(self, method: str, url: str) -> list[tuple[Operation, dict[str, str]]]:
        """The operations that a request may be for, with the parameters in its path; the most literal paths first."""
        found = [pair for path in self._paths(url) for pair in self._matching(method, path)]
        return sorted(found, key=lambda pair: -len(re.sub(r"\{[^{}]+\}", "", pair[0].path)))

    def methods_at(self, url: str) -> list[str]:
        """The methods that there are at an address."""
        every = {one.method for one in self.operations.values()}
        return sorted(method for method in every if self.at(method, url))

    def near(self, url: str) -> list[str]:
        """The paths of up to three operations that an address is nearly one of."""
        found: dict[str, float] = {}
        for path in self._paths(url):
            sent = path.split("/")
            for known in {one.path for one in self.operations.values() if one.path.count("/") == len(sent) - 1}:
                filled = [ours if "{" in part else part for part, ours in zip(known.split("/"), sent, strict=True)]
                found[known] = SequenceMatcher(None, "/".join(filled), path).ratio() - known.count("{") / 100
        return sorted((path for path, like in found.items() if like > _LIKE), key=lambda path: (-found[path], path))[:3]

    def _paths(self, url: str) -> Iterator[str]:
        """The path of a URL below the server's, and the path as a whole."""
        path = urlsplit(url).path
        bases = {urlsplit(server).path.rstrip("/") for server in self._servers}
        yield from (path[len(base) :] for base in sorted(bases, reverse=True) if base and path.startswith(f"{base}/"))
        yield path

    @cached_property
    def _servers(self) -> set[str]:
        return {self.server, *(one.server for one in self.operations.values())}

    def _matching(self, method: str, path: str) -> Iterator[tuple[Operation, dict[str, str]]]:
        first = path.split("/")[1:2]
        for operation in self.operations.values():
            start = operation.path.split("/")[1:2]
            if operation.method != method or (start != first and "{" not in start[0] and "?" not in start[0]):
                continue
            values = operation.path_values(path)
            if values is not None:
                yield operation, values


def _operation(id: str, said: Mapping[str, Any]) -> Operation:
    body: Mapping[str, Any] = said.get("body", {})
    answers: Mapping[str, Any] = said.get("answers", {})
    return Operation(
        id=id,
        method=said["method"],
        path=said["path"],
        server=said.get("server", ""),
        parameters=tuple(Parameter(place=one.pop("in"), **one) for one in map(dict, said.get("parameters", ()))),
        bodies=body.get("content", {}),
        needs_body=body.get("required", False),
        answers={status: Documented(**one) for status, one in answers.items()},
        fixed=tuple((place, name, value) for place, name, value in said.get("fixed", ())),
    )


@cache
def document() -> Document:
    """The API of this package."""
    home = files(f"{PACKAGE}.testing")
    recorded = home.joinpath("recordings.json")
    answers: Mapping[str, Any] = json.loads(recorded.read_text(encoding="utf-8")) if recorded.is_file() else {}
    return Document(json.loads(home.joinpath("api.json").read_text(encoding="utf-8")), answers)
