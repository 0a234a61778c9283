# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What sync and async clients have in common: what they are told, and how a call is made ready and read."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Required, Self, TypeAlias, TypedDict, cast
from urllib.parse import unquote
from uuid import uuid4

from .auth import ApiKey, Credential, Credentials, OAuth2
from .deprecation import warn_deprecated, warn_of_end
from .drift import Context, DriftReporter, OnDrift
from .errors import APIError, ArgumentTypeError, ConfigurationError, InvalidRequestError
from .exchange import Call, origin
from .files import NO_BODY, Body
from .logs import switch_on
from .operation import ApiSpec, Operation, Parts, RequestOptions
from .parameters import check_header, cookie_header, fill_path, header_text, query_pairs
from .ratelimit import RateLimit, RateLimits
from .raw import RawResponse, Received, info, knowing, take
from .request import Request
from .response import Response, named, read_error, read_result
from .retry import is_idempotent
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from .around import Around
    from .hooks import AsyncHook, Hook
    from .items import Events, Values
    from .links import Target
    from .live import Live
    from .oauth import TokenSource

DEFAULT_MAX_RETRIES = 2
DEFAULT_MAX_RESPONSE_BYTES = 256 * 1024 * 1024
_OPTION_TYPES: Mapping[str, tuple[type, ...]] = {
    "extra_headers": (Mapping,),
    "extra_query": (Mapping,),
    "extra_body": (Mapping,),
    "timeout": (int, float, type(None)),
    "total_timeout": (int, float, type(None)),
    "max_retries": (int,),
    "idempotency_key": (str,),
    "strict": (bool,),
}
NOTHING: Mapping[str, Any] = {}

Arguments: TypeAlias = tuple[Any, ...] | dict[str, Any]
"""What a method is called with: arguments by place, or by name."""


class ClientOptions(TypedDict, total=False):
    """What `with_options` changes; the meaning is that of the client's own arguments."""

    timeout: float | Unset | None
    total_timeout: float | None
    max_retries: int
    default_headers: Mapping[str, str] | None
    max_response_bytes: int
    strict: bool
    on_drift: OnDrift | None
    hooks: Sequence[Hook | AsyncHook]
    wait_for_rate_limit: bool


class ClientSettings(ClientOptions, total=False):
    """What a client is told when it is made."""

    credentials: Required[Mapping[str, Credential]]
    oauth_clients: Mapping[str, tuple[str | None, str | None]]
    base_url: str | None


class BaseClient:
    """What sync and async clients have in common: everything but the sending."""

    def __init__(self, api: ApiSpec, settings: ClientSettings) -> None:
        switch_on(api.package)
        _check_settings(settings)
        self._api = api
        self._base_url = checked_base(settings.get("base_url") or api.base_from_environment())
        given = settings["credentials"]
        self._sources = _token_sources(api, settings, self._base_url)
        self._credentials = Credentials(api.schemes, given, self._sources)
        self._credentials.need(api.security)
        self._limits = RateLimits()
        self._hooks: Sequence[Hook | AsyncHook] = settings.get("hooks", ())
        self._wait_for_rate_limit = settings.get("wait_for_rate_limit", False)
        self._timeout: float | Unset | None = settings.get("timeout", UNSET)
        self._total_timeout = settings.get("total_timeout")
        self._max_retries = settings.get("max_retries", DEFAULT_MAX_RETRIES)
        if self._max_retries < 0:
            raise ConfigurationError(f"max_retries: expected 0 or more, not {self._max_retries}")
        self._max_response_bytes = settings.get("max_response_bytes", DEFAULT_MAX_RESPONSE_BYTES)
        self._reporter = DriftReporter(settings.get("on_drift"), strict=settings.get("strict", False))
        agent = api.user_agent or f"{api.package}-python/{api.version}"
        self._headers = {"User-Agent": check_header("User-Agent", agent), "Accept": "application/json"}
        self._override(self._headers, settings.get("default_headers"))

    @property
    def base_url(self) -> str:
        """Where the client sends its calls, without a slash at the end."""
        return self._base_url

    @property
    def rate_limit(self) -> RateLimit | None:
        """What the server said last of the calls it still takes; None if it never did."""
        return self._limits.last

    def preload(self) -> None:
        """Load now what is otherwise loaded at first use: for servers, before they fork or take calls."""
        from .preload import preload

        preload(self._api)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} base_url={self._base_url!r}>"

    def __reduce__(self) -> str:
        raise TypeError(f"a {type(self).__name__} holds connections and credentials and is not pickled; make a new one")

    def _shared(self, changes: Mapping[str, Any]) -> Self:
        """A client with the same connections and some other settings."""
        if unknown := changes.keys() - _CHANGEABLE:
            raise TypeError(f"with_options() got an unexpected argument {sorted(unknown)[0]!r}")
        _check_settings(changes)
        other = object.__new__(type(self))
        vars(other).update((name, value) for name, value in vars(self).items() if not hasattr(value, "_bound_client"))
        for name, value in changes.items():
            if name == "strict":
                other._reporter = DriftReporter(self._reporter.on_drift, strict=value)
            elif name == "on_drift":
                other._reporter = DriftReporter(value, strict=other._reporter.strict)
            elif name == "default_headers":
                other._headers = dict(self._headers)
                self._override(other._headers, value)
            else:
                setattr(other, f"_{name}", value)
        return other

    def _dry(self, pool: Any) -> Self:
        """A client with the same settings that sends nothing, and holds no credential."""
        other = self._shared({})
        other._credentials = self._credentials.blank()
        other._sources = {}
        other._wait_for_rate_limit = False
        vars(other)["_pool"] = pool
        return other

    def _call_state(
        self,
        operation: Operation[Any],
        options: RequestOptions,
        path: Mapping[str, Any],
        query: Mapping[str, Any],
        header: Mapping[str, Any],
        cookie: Mapping[str, Any],
        body: Any,
    ) -> Call:
        """The call, ready to be sent. Raises `ConfigurationError` for what cannot be; nothing is sent by then."""
        wanted = take()
        if not options.keys() <= _OPTION_TYPES.keys():
            raise TypeError(_unexpected(operation, options))
        _check_options(options)
        if operation.required:
            operation.check_given({"query": query, "header": header, "cookie": cookie, "body": body})
        if operation.deprecated:
            warn_deprecated(operation)
        security = self._credentials.need(operation.security) if operation.security else ()
        styles = operation.parameters
        made = _body(operation, body, options.get("extra_body"))
        headers = dict(self._headers)
        if operation.accept:
            self._override(headers, {"Accept": operation.accept})
        if made.media_type:
            headers["Content-Type"] = made.media_type
        for name, value in header.items():
            if value is not UNSET and value is not None:
                headers[name] = header_text(name, value, styles.get(name))
        if cookie and (text := cookie_header(cookie, styles)):
            headers["Cookie"] = text
        retryable = self._idempotency(operation, options, headers)
        self._override(headers, options.get("extra_headers"))
        pairs = query_pairs(query, styles) + query_pairs(options.get("extra_query", NOTHING), NOTHING)
        filled = fill_path(operation.path, path, styles)
        request = Request(operation.method, filled, self._base(operation), pairs, headers, made, retryable)
        total = options.get("total_timeout", self._total_timeout)
        deadline = None if total is None else time.monotonic() + total
        call = Call(request, self._credentials, security, options.get("max_retries", self._max_retries), deadline)
        call.wanted = wanted
        call.limits = self._limits
        call.around = self._around(operation, security)
        return call

    def _override(self, headers: dict[str, str], extra: Mapping[str, str] | None) -> None:
        """Put headers in the place of those of the same name, however that is written."""
        for name, value in (extra or NOTHING).items():
            text = check_header(name, value)
            for present in [key for key in headers if key.lower() == name.lower()]:
                del headers[present]
            headers[self._credentials.headers.get(name.lower(), name)] = text

    def _idempotency(self, operation: Operation[Any], options: RequestOptions, headers: dict[str, str]) -> bool:
        """Whether the request may be repeated; sets the header that makes it so."""
        key = options.get("idempotency_key")
        name = operation.idempotency_header
        if key is None and name is None:
            return is_idempotent(operation.method)
        name = name or "Idempotency-Key"
        headers[name] = check_header(name, key if key is not None else str(uuid4()))
        return True

    def _base(self, operation: Operation[Any]) -> str:
        """The base URL of an operation: its own server, moved along if the user sends all of that origin elsewhere."""
        server, declared = operation.server, self._api.base_url
        if server is None:
            return self._base_url
        if origin(server) == origin(declared) != origin(self._base_url):
            from .links import moved

            return moved(server, declared, self._base_url)
        return server.rstrip("/")

    def _linked(self, link: str, asked: str, operation: Operation[Any]) -> Target:
        """Where a link in an answer leads; `asked` is the URL that was answered. Raises `PaginationError`."""
        keys = [scheme for scheme in self._api.schemes.values() if isinstance(scheme, ApiKey)]
        secrets = [key.name for key in keys if key.place == "query"]
        from .links import resolve

        return resolve(link, asked, self._base(operation), operation.server or self._api.base_url, secrets)

    def _raw_security(self) -> tuple[tuple[str, ...], ...]:
        """What a call by hand is sent with: what every operation needs, or else the first credential there is."""
        return self._api.security or (*((name,) for name in self._credentials.names), ())

    def _context(self, operation: Operation[Any], options: RequestOptions) -> Context:
        strict = options.get("strict", self._reporter.strict)
        reporter = self._reporter
        if strict != reporter.strict:
            reporter = DriftReporter(reporter.on_drift, strict=strict)
        return Context(reporter, operation.label)

    def _result(self, call: Call, response: Response, operation: Operation[Any], options: RequestOptions) -> Any:
        """What the call gives back. Raises the error that the answer stands for."""
        context = self._context(operation, options)
        try:
            if 200 <= response.status < 300:
                warn_of_end(operation, response.headers)
                received = self._received(call, response)
                result = knowing(read_result(response, operation, self._api, context), received)
                self._hand_over(call, response, result, received)
                return result
            raise read_error(response, operation, self._api, _lenient(context))
        except APIError as error:
            raise self._blame(call, response, error)  # noqa: B904

    def _prepared(self, operation: Operation[Any], options: RequestOptions, parts: Parts) -> Call:
        """The call, ready to be sent, for an answer whose body is still to be read."""
        path, query = parts.get("path", NOTHING), parts.get("query", NOTHING)
        header, cookie = parts.get("header", NOTHING), parts.get("cookie", NOTHING)
        call = self._call_state(operation, options, path, query, header, cookie, parts.get("body", UNSET))
        call.live = True
        return call

    def _opened(self, call: Call, response: Response, operation: Operation[Any], options: RequestOptions) -> Live:
        """The answer with its body still to be read. Raises the error that it stands for."""
        if not 200 <= response.status < 300:
            context = _lenient(self._context(operation, options))
            raise self._blame(call, response, read_error(response, operation, self._api, context))
        from .live import Live

        warn_of_end(operation, response.headers)
        return Live(call, response, self._received(call, response), self._max_response_bytes)

    def _items(self, live: Live, operation: Operation[Any], options: RequestOptions) -> Events | Values:
        """What reads the items of a stream. Raises `DecodeError` for an answer that is none."""
        from .items import items_of

        reader = operation.reader(operation.result(live.response.status) or "Any", self._api.models)
        try:
            return items_of(live, reader, self._context(operation, options), operation.reads)
        except APIError as error:
            raise self._blame(live.call, live.response, error)  # noqa: B904

    def _blame(self, call: Call, response: Response, error: APIError) -> APIError:
        """The error with what is known of the call and of its answer."""
        error.request_id = named(response.headers, self._api.request_id_headers)
        return call.blame(error)

    def _received(self, call: Call, response: Response) -> Received:
        """What a result keeps of its answer."""
        elapsed = time.monotonic() - call.started
        return response.status, response.headers, self._api.request_id_headers, call.attempts, elapsed

    def _hand_over(self, call: Call, response: Response, result: object, received: Received) -> None:
        """Put the answer where it is wanted, if it is."""
        wanted = call.wanted
        if wanted is not None:
            known = info(received)
            wanted.received = received
            wanted.answer = RawResponse(
                status=known.status,
                headers=response.headers,
                request_id=known.request_id,
                attempts=known.attempts,
                elapsed=known.elapsed,
                result=result,
                content=response.content,
                request=call.sent or call.request.sent(),
            )

    def _around(self, operation: Operation[Any], security: tuple[str, ...]) -> Around | None:
        """What is done around the attempts of a call; mostly nothing."""
        traced = "opentelemetry.trace" in sys.modules
        if not (self._hooks or self._sources or self._wait_for_rate_limit or traced):
            return None
        from .around import Around
        from .tracing import Spans

        api = self._api
        return Around(
            operation.id,
            [self._sources[name] for name in security if name in self._sources],
            self._limits if self._wait_for_rate_limit else None,
            self._hooks,
            Spans(api.package, api.version, operation.path, origin(self._base_url)[1]) if traced else None,
        )


_CHANGEABLE = frozenset(ClientOptions.__annotations__)


def _token_sources(api: ApiSpec, settings: ClientSettings, base: str) -> dict[str, TokenSource]:
    if not any(isinstance(scheme, OAuth2) for scheme in api.schemes.values()):
        return {}
    from .oauth import token_sources

    return token_sources(api, settings["credentials"], settings.get("oauth_clients", NOTHING), base)


def _body(operation: Operation[Any], value: Any, extra: Mapping[str, object] | None) -> Body:
    if extra is None and (value is UNSET or operation.leaves_out(value)):
        return NO_BODY
    from .body import make_body

    return make_body(operation.body, value, extra, operation.encoding, operation.base64)


def _lenient(context: Context) -> Context:
    """The same, for error bodies: an odd one must not hide the error itself."""
    if not context.reporter.strict:
        return context
    return Context(DriftReporter(context.reporter.on_drift), context.operation)


def checked_base(url: str) -> str:
    """The address that a client is given, without slashes at its end. Raises `ConfigurationError` if it is none."""
    if not isinstance(url, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(f"base_url: expected a text, not {type(url).__name__}")
    scheme, host, _ = origin(url)
    if scheme not in ("http", "https") or not host or "?" in url or "#" in url or any(c.isspace() for c in url):
        raise ConfigurationError(f"base_url: expected something like 'https://api.example.com', not {url!r}")
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise ConfigurationError("base_url: a user or password does not belong into it; pass credentials by argument")
    return url.rstrip("/")


def _check_options(options: Mapping[str, Any]) -> None:
    """Raise `ArgumentTypeError` for an option of the wrong type, before anything is sent."""
    for name, value in options.items():
        expected = _OPTION_TYPES[name]
        if not isinstance(value, expected):
            names = " or ".join("None" if kind is type(None) else kind.__name__ for kind in expected)
            raise ArgumentTypeError(f"{name}: expected {names}, not {type(value).__name__}")


def _check_settings(settings: Mapping[str, Any]) -> None:
    """Raise `ArgumentTypeError` for a setting of a client of the wrong type."""
    known = {name: value for name, value in settings.items() if name in _OPTION_TYPES and value is not UNSET}
    _check_options(known)
    hooks = settings.get("hooks", ())
    if not isinstance(hooks, Sequence) or not all(hasattr(hook, "before") for hook in cast("Sequence[object]", hooks)):
        raise ArgumentTypeError("hooks: expected a list of Hook objects")


def _unexpected(operation: Operation[Any], options: Mapping[str, Any]) -> str:
    name = sorted(options.keys() - _OPTION_TYPES.keys())[0]
    return f"{operation.id}() got an unexpected argument {name!r}"


def raw_operation(method: str, path: str, returns: str, security: tuple[tuple[str, ...], ...]) -> Operation[Any]:
    """The operation that a call by hand stands for; `security` is what it is sent with."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        raise InvalidRequestError(f"expected a path below the base URL, such as '/things', not {path!r}")
    if any(part in (".", "..") for part in unquote(path).split("/")) or re.search(r"[\s\x00-\x1f?#{}]", path):
        raise InvalidRequestError(f"{path!r}: a path has no '.' or '..' segments, white space, query or braces")
    more: dict[str, Any] = {"reads": "file", "accept": "*/*"} if returns == "bytes" else {}
    return Operation(path, method, path, body="application/json", returns={"2XX": returns}, security=security, **more)
