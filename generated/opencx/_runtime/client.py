# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""The clients, sync and async: they do what an exchange asks for."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, Unpack, cast, overload

from .base import NOTHING, BaseClient, ClientOptions, ClientSettings, raw_operation
from .errors import APIError, ConfigurationError
from .exchange import Call, Exchange, Send, Wait, exchange
from .operation import ApiSpec, Operation, RequestOptions
from .pool import AsyncPool, Pool
from .raw import WANTED, RawResponse, Wanted
from .response import Response
from .unset import UNSET, Unset

T = TypeVar("T")
P = ParamSpec("P")


class SyncClient(BaseClient):
    """The base of a package's client."""

    def __init__(
        self, api: ApiSpec, *, http_client: Any = None, **settings: Unpack[ClientSettings]
    ) -> None:
        super().__init__(api, settings)
        self._pool = Pool(http_client)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, unless they are those of an `http_client` of one's own. May be done twice."""
        self._pool.close()

    def with_options(self, **changes: Unpack[ClientOptions]) -> Self:
        """A client with other settings that shares the connections."""
        return self._shared(changes)

    def raw(self, method: Callable[P, T], *args: P.args, **arguments: P.kwargs) -> RawResponse[T]:
        """Call a method of this client; its result with the answer: `client.raw(client.things.list, limit=3)`."""
        wanted = Wanted()
        token = WANTED.set(wanted)
        try:
            method(*args, **arguments)
        finally:
            WANTED.reset(token)
        if wanted.answer is None:
            raise ConfigurationError("raw() takes a method that makes a call")
        return cast("RawResponse[T]", wanted.answer)

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
        operation = raw_operation(method, path, returns, self._raw_security())
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
        call = self._call_state(
            operation,
            options,
            path or NOTHING,
            query or NOTHING,
            header or NOTHING,
            cookie or NOTHING,
            body,
        )
        self._pool.http()
        response = self._drive(call, exchange(call), options.get("timeout", self._timeout))
        return cast(T, self._result(call, response, operation, options))

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

    def _do(self, step: Send | Wait, timeout: float | Unset | None) -> Response | None:
        if isinstance(step, Send):
            return self._pool.send(step, timeout, self._max_response_bytes)
        time.sleep(step.seconds)
        return None


class AsyncClient(BaseClient):
    """The base of a package's async client."""

    def __init__(
        self, api: ApiSpec, *, http_client: Any = None, **settings: Unpack[ClientSettings]
    ) -> None:
        super().__init__(api, settings)
        self._pool = AsyncPool(http_client)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections, unless they are those of an `http_client` of one's own. May be done twice."""
        await self._pool.close()

    def with_options(self, **changes: Unpack[ClientOptions]) -> Self:
        """A client with other settings that shares the connections."""
        return self._shared(changes)

    async def raw(
        self, method: Callable[P, Awaitable[T]], *args: P.args, **arguments: P.kwargs
    ) -> RawResponse[T]:
        """Call a method of this client; its result with the answer: `client.raw(client.things.list, limit=3)`."""
        wanted = Wanted()
        token = WANTED.set(wanted)
        try:
            await method(*args, **arguments)
        finally:
            WANTED.reset(token)
        if wanted.answer is None:
            raise ConfigurationError("raw() takes a method that makes a call")
        return cast("RawResponse[T]", wanted.answer)

    @overload
    async def request(
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
    async def request(
        self,
        method: str,
        path: str,
        *,
        returns: str = ...,
        query: Mapping[str, Any] | None = ...,
        body: Any = ...,
        **options: Unpack[RequestOptions],
    ) -> Any: ...

    async def request(
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
        operation = raw_operation(method, path, returns, self._raw_security())
        return await self._call(operation, options, query=query, body=body)

    async def _call(
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
        call = self._call_state(
            operation,
            options,
            path or NOTHING,
            query or NOTHING,
            header or NOTHING,
            cookie or NOTHING,
            body,
        )
        self._pool.http()
        response = await self._drive(call, exchange(call), options.get("timeout", self._timeout))
        return cast(T, self._result(call, response, operation, options))

    async def _drive(self, call: Call, steps: Exchange, timeout: float | Unset | None) -> Response:
        try:
            step = next(steps)
            while True:
                try:
                    came = await self._do(step, timeout)
                except Exception as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(came)
        except StopIteration as stop:
            return cast(Response, stop.value)
        except APIError as error:
            raise call.blame(error)  # noqa: B904

    async def _do(self, step: Send | Wait, timeout: float | Unset | None) -> Response | None:
        if isinstance(step, Send):
            return await self._pool.send(step, timeout, self._max_response_bytes)
        from anyio import sleep

        await sleep(step.seconds)
        return None
