# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What a generated package says about its API: operations, parameter styles, options of a call, and the API itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from copy import copy
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypedDict, TypeVar

from .auth import Scheme
from .codec import annotation_spec
from .errors import ArgumentTypeError
from .reader import Reader
from .unset import UNSET
from .values import Value

if TYPE_CHECKING:
    from .arguments import Arguments

T_co = TypeVar("T_co", covariant=True)

Place = Literal["path", "query", "header", "cookie"]


class Style(Value):
    """How the values of a parameter are written, where that is not the default of its place.

    `explode=None` is the default of the style. With a media type as `content`, the value is written as that instead.
    """

    place: Place
    style: str = ""
    explode: bool | None = None
    content: str = ""
    allow_reserved: bool = False


class Parts(TypedDict, total=False):
    """What a method gives to a call: values by wire name, and the body."""

    path: Mapping[str, Any]
    query: Mapping[str, Any]
    header: Mapping[str, Any]
    cookie: Mapping[str, Any]
    body: Any


class RequestOptions(TypedDict, total=False):
    """What can be said for one call only."""

    extra_headers: Mapping[str, str]
    """Sent as well, over headers of the same name."""
    extra_query: Mapping[str, object]
    """Added to the query."""
    extra_body: Mapping[str, object]
    """Added to a JSON body's members."""
    timeout: float | None
    """Seconds to wait for the connection, and for each piece of the answer; None waits for ever."""
    total_timeout: float | None
    """Seconds for the whole call with all its attempts."""
    max_retries: int
    idempotency_key: str
    """Sent with every attempt; the server does what it names once, so that a POST or PATCH may be retried."""
    strict: bool
    """Whether an answer that differs from its documentation raises `DriftError`."""


class Operation(Generic[T_co]):
    """One operation of the API, with the type of its result.

    `returns` and `errors` map a status (`"200"`), a range (`"2XX"`) or `"default"` to the annotation of the body; an
    empty annotation reads none. `security` lists alternatives, each the names of schemes that are needed together.
    `server` is the operation's own base URL. `parameters` lists those that are not in the default style of their place.
    `idempotency_header` is the header that the API declares for this; the client then fills it by itself.

    `reads` says how a body comes that is not one JSON value: as `events` or `lines`, whose annotation is that of one
    item, or as a `file`. `accept` is asked for in place of JSON. With a `resume_header`, a stream of events that broke
    off is asked for again from where it was. `encoding` maps fields of a form to their media types, or to the style of
    their lists. Fields in `base64` are text that stands for bytes, and no files. `required` names the
    arguments that cannot be left out, by their place and wire name; a body that is one argument has the name "".
    `names` has what those are called in Python whose wire name is another, by place and wire name; a
    body that is one argument stands in the place `whole`. With `body_optional` there is no body at all, in place of one
    without members, where none of the arguments that it is made of is given.
    """

    def __init__(
        self,
        id: str,
        method: str,
        path: str,
        *,
        body: str | None = None,
        returns: Mapping[str, str] = MappingProxyType({}),
        errors: Mapping[str, str] = MappingProxyType({}),
        security: tuple[tuple[str, ...], ...] = (),
        parameters: Mapping[str, Style] = MappingProxyType({}),
        server: str | None = None,
        deprecated: bool | str = False,
        idempotency_header: str | None = None,
        reads: Literal["", "events", "lines", "file"] = "",
        accept: str = "",
        resume_header: str = "",
        encoding: Mapping[str, str] = MappingProxyType({}),
        base64: tuple[str, ...] = (),
        required: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        names: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
        body_optional: bool = False,
    ) -> None:
        self.id = id
        self.method: str = method.upper()
        self.path = path
        self.body = body
        self.returns = returns
        self.errors = errors
        self.security = security
        self.parameters = parameters
        self.server = server
        self.deprecated = deprecated
        self.idempotency_header = idempotency_header
        self.reads = reads
        self.accept = accept
        self.resume_header = resume_header
        self.encoding = encoding
        self.base64 = base64
        self.required = required
        self.names = names
        self.body_optional = body_optional
        self.arguments: Arguments | None = None
        """What its method takes, by place, once it was called."""
        self.label: str = f"{self.method} {path}"
        self._readers: dict[tuple[str, str], Reader] = {}

    def __repr__(self) -> str:
        return f"Operation({self.id!r}, {self.method!r}, {self.path!r})"

    def check_given(self, parts: Mapping[str, Any]) -> None:
        """Raise `ArgumentTypeError` for a required argument that is `UNSET`; `parts` has what was given, by place."""
        for place, names in self.required.items():
            part = parts[place]
            for name in names:
                if (part.get(name) if name else part) is UNSET:
                    what = f"{name!r} in the {place}" if name else "a body"
                    raise ArgumentTypeError(f"{self.id}() needs {what}, not UNSET")

    def leaves_out(self, body: Any) -> bool:
        """Whether nothing is sent for a body: it may be left out, and so is each argument that it is made of."""
        return self.body_optional and all(value is UNSET for value in body.values())

    def result(self, status: int) -> str:
        """The annotation of a success's body: of the very status, its range, or else of any documented success."""
        found = pick_status(self.returns, status)
        if found is None:
            found = next((a for k, a in self.returns.items() if k[:1] == "2" and a), "")
        return found

    def at(self, server: str, path: str) -> Self:
        """The same operation at another place, which needs no values for the path or style for the query."""
        other = copy(self)
        other.server, other.path = server, path
        other.parameters = {name: style for name, style in self.parameters.items() if style.place != "query"}
        return other

    def reader(self, annotation: str, package: str) -> Reader:
        """How bodies of an annotation of this operation are read; `package` holds the models."""
        reader = self._readers.get((annotation, package))
        if reader is None:
            reader = self._readers[annotation, package] = Reader(annotation_spec(annotation, package))
        return reader


def pick_status(documented: Mapping[str, str], status: int) -> str | None:
    """What is documented for a status: for itself, its range, or by default; None if nothing is."""
    for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
        if key in documented:
            return documented[key]
    return None


class ApiSpec(Value):
    """What is true of the whole API.

    `errors` is the annotation of error bodies where an operation documents none; `security` the alternatives of schemes
    that *every* operation needs, so that their absence is told when the client is made; `user_agent` replaces the usual
    one.
    """

    name: str
    version: str
    package: str
    base_url: str
    base_url_variable: str = ""
    schemes: Mapping[str, Scheme] = MappingProxyType({})
    security: tuple[tuple[str, ...], ...] = ()
    errors: str = ""
    user_agent: str = ""
    request_id_headers: tuple[str, ...] = (
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "x-amzn-requestid",
        "cf-ray",
    )

    @property
    def models(self) -> str:
        """The module that holds the models."""
        return f"{self.package}.models"

    def base_from_environment(self) -> str:
        """The base URL that the environment names, or the documented one."""
        return (os.environ.get(self.base_url_variable, "") if self.base_url_variable else "") or self.base_url
