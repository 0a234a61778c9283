# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The sync client: it does what an exchange asks for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, Unpack, cast, overload

from .base import NOTHING, Arguments, BaseClient, ClientOptions, ClientSettings, raw_operation
from .errors import APIError, ConfigurationError
from .exchange import Await, Call, Exchange, Send, Step, exchange, resumed
from .operation import ApiSpec, Operation, Parts, RequestOptions
from .pool import Pool
from .raw import Opened, wanted_live
from .request import Sent
from .response import Response
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from .client_responses import ClientWithRawResponse, ClientWithStreamingResponse
    from .download import Download
    from .live import Live
    from .stream import Stream

A = TypeVar("A")
T = TypeVar("T")
P = ParamSpec("P")


class SyncClient(BaseClient):
    """The base of a package's client."""

    def __init__(self, api: ApiSpec, *, http_client: Any = None, **settings: Unpack[ClientSettings]) -> None:
        super().__init__(api, settings)
        self._pool = Pool(http_client)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, unless they are those of an `http_client` of one's own. May be done twice."""
        self._pool.close()

    def with_options(self, **changes: Unpack[ClientOptions]) -> Self:
        """A client with other settings that shares the connections."""
        return self._shared(changes)

    @property
    def with_raw_response(self) -> ClientWithRawResponse:
        """Calls by hand, with the answer behind their result: `client.with_raw_response.request(...)`."""
        from .client_responses import ClientWithRawResponse

        return ClientWithRawResponse(self)

    @property
    def with_streaming_response(self) -> ClientWithStreamingResponse:
        """Calls by hand, which give, in a `with` block, the answer before its body is read."""
        from .client_responses import ClientWithStreamingResponse

        return ClientWithStreamingResponse(self)

    def dry_run(self, method: Callable[P, object], /, *args: P.args, **arguments: P.kwargs) -> Sent:
        """What a call would send, with credentials blanked out; nothing is: `client.dry_run(client.things.list)`."""
        from .dryrun import DryPool, NotSent, rebound

        dry = self._dry(DryPool())
        try:
            rebound(method, dry)(*args, **arguments)
        except NotSent as instead:
            return cast(Sent, instead.request)
        raise ConfigurationError("dry_run() takes a method that makes a call")

    @overload
    def map(self, method: Callable[[A], T], items: Iterable[A], *, concurrency: int = ...) -> list[T | APIError]: ...

    @overload
    def map(
        self, method: Callable[..., T], items: Iterable[Arguments], *, concurrency: int = ...
    ) -> list[T | APIError]: ...

    def map(self, method: Callable[..., T], items: Iterable[Any], *, concurrency: int = 8) -> list[T | APIError]:
        """Call a method for each item, at most `concurrency` at a time; the results in the order of the items.

        An item is the method's only argument; a tuple is its arguments by place, a dict its named ones. Where a call
        fails, its `APIError` stands in the place of the result.
        """
        from .concurrency import map_in_threads

        return map_in_threads(method, items, concurrency)

    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        returns: type[T],
        query: Mapping[str, Any] | None = ...,
        body: Any = ...,
        **options: Unpack[RequestOptions],
    ) -> T: ...

    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        returns: str = ...,
        query: Mapping[str, Any] | None = ...,
        body: Any = ...,
        **options: Unpack[RequestOptions],
    ) -> Any: ...

    def request(
        self,
        method: str,
        path: str,
        *,
        returns: type[T] | str = "Any",
        query: Mapping[str, Any] | None = None,
        body: Any = UNSET,
        **options: Unpack[RequestOptions],
    ) -> Any:
        """Call what this package has no method for; `returns` is a model or the text of an annotation."""
        from .returns import annotation

        operation = raw_operation(method, path, annotation(returns, self._api.models), self._raw_security())
        return self._call(operation, options, query=query, body=body)

    def _call(
        self,
        operation: Operation[T],
        options: RequestOptions,
        *,
        path: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        header: Mapping[str, Any] | None = None,
        cookie: Mapping[str, Any] | None = None,
        body: Any = UNSET,
    ) -> T:
        """Do an operation. Raises an `APIError` of the class that says what went wrong."""
        if wanted_live():
            given: Parts = {"path": path or NOTHING, "query": query or NOTHING, "header": header or NOTHING}
            self._open(operation, options, {**given, "cookie": cookie or NOTHING, "body": body})
        call = self._call_state(
            operation, options, path or NOTHING, query or NOTHING, header or NOTHING, cookie or NOTHING, body
        )
        self._pool.http()
        response = self._drive(call, exchange(call), options.get("timeout", self._timeout))
        return cast(T, self._result(call, response, operation, options))

    def _open(self, operation: Operation[Any], options: RequestOptions, parts: Parts) -> Live:
        """The answer to an operation with its body still to be read. Raises what `_call` does."""
        call = self._prepared(operation, options, parts)
        live = self._send_live(operation, options, call)
        if call.wanted is not None and call.wanted.live:
            from .download import Download

            raise Opened(Download(live))
        return live

    def _send_live(self, operation: Operation[Any], options: RequestOptions, call: Call) -> Live:
        self._pool.http()
        response = self._drive(call, exchange(call), options.get("timeout", self._timeout))
        return self._opened(call, response, operation, options)

    def _download(self, operation: Operation[Any], options: RequestOptions, **parts: Unpack[Parts]) -> Download:
        """Do an operation whose answer is a file. Raises what `_call` does."""
        from .download import Download

        live = self._open(operation, options, parts)
        download = Download(live)
        self._hand_over(live.call, live.response, download, live.received)
        return download

    def _stream(self, operation: Operation[T], options: RequestOptions, **parts: Unpack[Parts]) -> Stream[T]:
        """Do an operation whose answer is a stream. Raises what `_call` does."""
        from .stream import Stream

        live = self._open(operation, options, parts)
        try:
            items = self._items(live, operation, options)
        except APIError:
            live.close()
            raise

        def reopen(broken: Live, after: str) -> Live:
            again = resumed(broken.call, operation.resume_header, after)
            return self._send_live(operation, options, again)

        stream: Stream[T] = Stream(live, items, bool(operation.resume_header), reopen)
        self._hand_over(live.call, live.response, stream, live.received)
        return stream

    def _drive(self, call: Call, steps: Exchange, timeout: float | Unset | None) -> Response:
        try:
            step = next(steps)
            while True:
                try:
                    came = self._do(step, timeout)
                except Exception as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(came)
        except StopIteration as stop:
            return cast(Response, stop.value)
        except APIError as error:
            raise call.blame(error)  # noqa: B904
        finally:
            steps.close()

    def _do(self, step: Step, timeout: float | Unset | None) -> Response | None:
        if isinstance(step, Send):
            return self._pool.send(step, timeout, self._max_response_bytes)
        if isinstance(step, Await):
            step.begun.close()
            raise ConfigurationError("hooks: a hook with async methods needs the async client")
        time.sleep(step.seconds)
        return None
