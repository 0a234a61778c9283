# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""A real client of this package that talks to nobody: its calls are answered in this process."""

# mypy: disable-error-code="overload-overlap"
# pyright: reportOverlappingOverload=false
# The last overloads of `on` take any method; which one is meant is told by their order.

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from functools import cached_property
from importlib import import_module
from types import TracebackType
from typing import Any, Generic, ParamSpec, Self, TypeVar, cast, overload

import httpx

from .._runtime.async_client import AsyncClient
from .._runtime.auth import ApiKey, Basic
from .._runtime.base import ClientOptions, checked_base
from .._runtime.client import SyncClient
from .._runtime.download import AsyncDownload, Download
from .._runtime.errors import ConfigurationError
from .._runtime.exchange import Step, Wait
from .._runtime.operation import ApiSpec
from .._runtime.operation import Operation as Called
from .._runtime.pagination import AsyncPages, SyncPage
from .._runtime.pool import CONNECT_TIMEOUT, READ_TIMEOUT
from .._runtime.response import Response
from .._runtime.stream import AsyncStream, Stream
from .._runtime.unset import Unset
from .board import Board, UnexpectedRequest
from .calls import Call
from .document import PACKAGE, document
from .scenarios import Scenario
from .stubs import FileStub, PageStub, StreamStub, Stub
from .transport import Announcing, InProcess

C = TypeVar("C", bound=SyncClient)
A = TypeVar("A", bound=AsyncClient)
P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


class _Unhurried(SyncClient):
    """Waits no time at all, but remembers how long it would have."""

    _waits: list[float]

    def _do(self, step: Step, timeout: float | Unset | None) -> Response | None:
        if isinstance(step, Wait) and not self._wait_for_rate_limit:
            self._waits.append(step.seconds)
            return None
        return super()._do(step, timeout)


class _AsyncUnhurried(AsyncClient):
    """The same for an async client."""

    _waits: list[float]

    async def _do(self, step: Step, timeout: float | Unset | None) -> Response | None:
        if isinstance(step, Wait) and not self._wait_for_rate_limit:
            self._waits.append(step.seconds)
            return None
        return await super()._do(step, timeout)


class BaseMock(Generic[C, A]):
    """Clients whose calls are answered in this process, and what they called.

    An operation answers as it was recorded, else with an example made from its schema, until `on` says otherwise.
    Used as a context manager, it raises `UnexpectedRequest` at the end if that was caught on the way.
    """

    def __init__(self, classes: tuple[type[C], type[A]], check: bool, options: ClientOptions) -> None:
        if unknown := sorted(options.keys() - ClientOptions.__optional_keys__ - ClientOptions.__required_keys__):
            raise TypeError(f"mock() got an unexpected keyword argument {unknown[0]!r}")
        spec: ApiSpec = import_module(f"{PACKAGE}._client")._SPEC
        secrets = [scheme.name for scheme in spec.schemes.values() if isinstance(scheme, ApiKey)]
        self._classes = classes
        self._spec = spec
        self._options = options
        self._board = Board(document(), secrets, check=check)
        self.waits: list[float] = []
        """The seconds that the clients would have waited between attempts; no time passes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None and self.unexpected:
            raise UnexpectedRequest("\n".join(self.unexpected))

    @cached_property
    def client(self) -> C:
        """The client."""
        made = type(self._classes[0].__name__, (_Unhurried, self._classes[0]), {"_waits": self.waits})
        return cast(C, made(http_client=self.http_client, **self._settings))

    @cached_property
    def async_client(self) -> A:
        """The asynchronous client; both are answered alike."""
        made = type(self._classes[1].__name__, (_AsyncUnhurried, self._classes[1]), {"_waits": self.waits})
        return cast(A, made(http_client=self.async_http_client, **self._settings))

    @cached_property
    def http_client(self) -> httpx.Client:
        """For a client that your own code makes: `http_client=` of it."""
        return httpx.Client(transport=InProcess(self._board), timeout=_patience())

    @cached_property
    def async_http_client(self) -> httpx.AsyncClient:
        """The same for an asynchronous client."""
        return httpx.AsyncClient(transport=InProcess(self._board), timeout=_patience())

    @property
    def _settings(self) -> dict[str, Any]:
        """Arguments that need nothing of the environment."""
        schemes = self._spec.schemes.values()
        keys = {one.argument: ("user", "password") if isinstance(one, Basic) else "test-key" for one in schemes}
        hooks = (Announcing(), *self._options.get("hooks", ()))
        return {**keys, "base_url": _address(self._spec.base_url), **self._options, "hooks": hooks}

    @property
    def calls(self) -> list[Call]:
        """All requests, in the order in which they came."""
        return list(self._board.calls)

    @property
    def unexpected(self) -> deque[str]:
        """Why requests were refused: there is no such operation, or they differ from what is documented."""
        return self._board.unexpected

    def reset(self) -> None:
        """Forget all calls, and all that `on` and `first` were told."""
        self._board.reset()
        self.waits.clear()

    def first(self, *scenarios: Scenario) -> Self:
        """Let each of these happen once, in their order, to whatever is called next."""
        self._board.queue("", scenarios)
        return self

    @overload
    def on(self, method: Callable[P, SyncPage[T, R]]) -> PageStub[P, T]: ...
    @overload
    def on(self, method: Callable[P, AsyncPages[T, R]]) -> PageStub[P, T]: ...
    @overload
    def on(self, method: Callable[P, Stream[T]]) -> StreamStub[P, T]: ...
    @overload
    def on(self, method: Callable[P, Coroutine[Any, Any, AsyncStream[T]]]) -> StreamStub[P, T]: ...
    @overload
    def on(self, method: Callable[P, Download]) -> FileStub[P]: ...
    @overload
    def on(self, method: Callable[P, Coroutine[Any, Any, AsyncDownload]]) -> FileStub[P]: ...
    @overload
    def on(self, method: Callable[P, Coroutine[Any, Any, T]]) -> Stub[P, T]: ...
    @overload
    def on(self, method: Callable[P, T]) -> Stub[P, T]: ...

    def on(self, method: Callable[..., Any]) -> Any:
        """What is to be said of one operation, named by its method: `api.on(api.client.things.create)`."""
        called = operation_of(method)
        kind: Any = _STUBS.get(called.reads) or (PageStub if hasattr(called, "page") else Stub)
        return kind(self._board, self._board.document.operations[called.id], lambda: self.client)


_STUBS: Mapping[str, Any] = {"events": StreamStub, "lines": StreamStub, "file": FileStub}


def _patience() -> httpx.Timeout:
    """The timeouts of a client's own connections."""
    return httpx.Timeout(READ_TIMEOUT, connect=CONNECT_TIMEOUT)


def _address(server: str) -> str:
    """The API's server; where its document has a mere path, or what is no URL, one that there is not."""
    try:
        return checked_base(server)
    except ConfigurationError:
        return "https://api.invalid" + (server.rstrip("/") if server.startswith("/") else "")


def operation_of(method: Callable[..., Any]) -> Called[Any]:
    """The operation that a method calls. Raises `TypeError` for what is no method of this API's resources."""
    module, name = type(getattr(method, "__self__", None)).__module__, getattr(method, "__name__", "")
    if module.startswith(f"{PACKAGE}.resources."):
        every: list[Called[Any]] = [one for one in vars(import_module(module)).values() if isinstance(one, Called)]
        for one in every:
            if one.id.rpartition(".")[2] == name:
                return one
    raise TypeError(f"expected a method of a client of {PACKAGE} itself, such as client.things.create")
