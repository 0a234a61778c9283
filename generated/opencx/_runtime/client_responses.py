# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""`with_raw_response` and `with_streaming_response` of a client itself: calls by hand."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar, Unpack, overload

from .async_client import AsyncClient
from .client import SyncClient
from .operation import RequestOptions
from .raw import RawResponse
from .unset import UNSET
from .with_response import (
    WithResponse,
    async_raw_response,
    async_streaming_response,
    raw_response,
    streaming_response,
)

if TYPE_CHECKING:
    from .download import AsyncDownload, Download

T = TypeVar("T")


class ClientWithRawResponse(WithResponse):
    """A client's call by hand, with the answer behind its result."""

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
    ) -> RawResponse[T]: ...

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
    ) -> RawResponse[Any]: ...

    def request(self, method: str, path: str, **more: Any) -> RawResponse[Any]:
        """Call what this package has no method for, as `client.request` does."""
        return _raw(self, method, path, **more)


class AsyncClientWithRawResponse(WithResponse):
    """The same of an async client."""

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
    ) -> RawResponse[T]: ...

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
    ) -> RawResponse[Any]: ...

    async def request(self, method: str, path: str, **more: Any) -> RawResponse[Any]:
        """Call what this package has no method for, as `client.request` does."""
        return await _async_raw(self, method, path, **more)


class ClientWithStreamingResponse(WithResponse):
    """A client's call by hand, with the answer before its body is read."""

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = UNSET,
        **options: Unpack[RequestOptions],
    ) -> AbstractContextManager[Download]:
        """Call what this package has no method for, in a `with` block."""
        return _streamed(self, method, path, query=query, body=body, **options)


class AsyncClientWithStreamingResponse(WithResponse):
    """The same of an async client."""

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = UNSET,
        **options: Unpack[RequestOptions],
    ) -> AbstractAsyncContextManager[AsyncDownload]:
        """Call what this package has no method for, in an `async with` block."""
        return _async_streamed(self, method, path, query=query, body=body, **options)


def _of_client(client: SyncClient, /, method: str, path: str, **more: Any) -> Any:
    return client.request(method, path, **more)


async def _of_async_client(client: AsyncClient, /, method: str, path: str, **more: Any) -> Any:
    return await client.request(method, path, **more)


def _place(_: Any) -> None:
    """Lends no more than its place."""


_raw = raw_response(_of_client)(_place)
_async_raw = async_raw_response(_of_async_client)(_place)
_streamed = streaming_response(_of_client)(_place)
_async_streamed = async_streaming_response(_of_async_client)(_place)
