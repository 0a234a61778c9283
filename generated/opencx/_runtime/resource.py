# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What a package's resources stand on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from .operation import Operation, Parts, RequestOptions
from .unset import UNSET

if TYPE_CHECKING:
    from .async_client import AsyncClient
    from .client import SyncClient
    from .download import AsyncDownload, Download
    from .pagination import AsyncPages, PagedOperation, PageOptions, SyncPage
    from .stream import AsyncStream, Stream

T = TypeVar("T")
R = TypeVar("R")


class Resource:
    """A group of operations, called through a client."""

    def __init__(self, client: SyncClient) -> None:
        self._bound_client = client

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._bound_client!r}>"

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
        return self._bound_client._call(  # pyright: ignore[reportPrivateUsage]
            operation, options, path=path, query=query, header=header, cookie=cookie, body=body
        )

    def _download(self, operation: Operation[Any], options: RequestOptions, **parts: Unpack[Parts]) -> Download:
        return self._bound_client._download(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    def _stream(self, operation: Operation[T], options: RequestOptions, **parts: Unpack[Parts]) -> Stream[T]:
        return self._bound_client._stream(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    def _page(self, operation: PagedOperation[T, R], options: PageOptions, **parts: Unpack[Parts]) -> SyncPage[T, R]:
        from .pagination import asked_for, first_page

        return first_page(self._bound_client, asked_for(operation, options, parts))


class AsyncResource:
    """A group of operations, called through an async client."""

    def __init__(self, client: AsyncClient) -> None:
        self._bound_client = client

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._bound_client!r}>"

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
        return await self._bound_client._call(  # pyright: ignore[reportPrivateUsage]
            operation, options, path=path, query=query, header=header, cookie=cookie, body=body
        )

    async def _download(
        self, operation: Operation[Any], options: RequestOptions, **parts: Unpack[Parts]
    ) -> AsyncDownload:
        return await self._bound_client._download(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    async def _stream(self, operation: Operation[T], options: RequestOptions, **parts: Unpack[Parts]) -> AsyncStream[T]:
        return await self._bound_client._stream(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    def _page(self, operation: PagedOperation[T, R], options: PageOptions, **parts: Unpack[Parts]) -> AsyncPages[T, R]:
        from .pagination import AsyncPages, asked_for, async_first_page

        asked = asked_for(operation, options, parts)
        return AsyncPages(lambda: async_first_page(self._bound_client, asked))
