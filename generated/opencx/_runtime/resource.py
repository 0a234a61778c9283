# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What a package's resources stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from .arguments import check_arguments
from .operation import Operation, Parts, RequestOptions

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

    def _call(self, operation: Operation[T], options: RequestOptions, **parts: Unpack[Parts]) -> T:
        check_arguments(self, operation, parts)
        return self._bound_client._call(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    def _download(self, operation: Operation[Any], options: RequestOptions, **parts: Unpack[Parts]) -> Download:
        check_arguments(self, operation, parts)
        return self._bound_client._download(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    def _stream(self, operation: Operation[T], options: RequestOptions, **parts: Unpack[Parts]) -> Stream[T]:
        check_arguments(self, operation, parts)
        return self._bound_client._stream(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    def _page(self, operation: PagedOperation[T, R], options: PageOptions, **parts: Unpack[Parts]) -> SyncPage[T, R]:
        from .pagination import asked_for, first_page

        check_arguments(self, operation, parts)
        return first_page(self._bound_client, asked_for(operation, options, parts))


class AsyncResource:
    """A group of operations, called through an async client."""

    def __init__(self, client: AsyncClient) -> None:
        self._bound_client = client

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._bound_client!r}>"

    async def _call(self, operation: Operation[T], options: RequestOptions, **parts: Unpack[Parts]) -> T:
        check_arguments(self, operation, parts)
        return await self._bound_client._call(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    async def _download(
        self, operation: Operation[Any], options: RequestOptions, **parts: Unpack[Parts]
    ) -> AsyncDownload:
        check_arguments(self, operation, parts)
        return await self._bound_client._download(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    async def _stream(self, operation: Operation[T], options: RequestOptions, **parts: Unpack[Parts]) -> AsyncStream[T]:
        check_arguments(self, operation, parts)
        return await self._bound_client._stream(  # pyright: ignore[reportPrivateUsage]
            operation, options, **parts
        )

    def _page(self, operation: PagedOperation[T, R], options: PageOptions, **parts: Unpack[Parts]) -> AsyncPages[T, R]:
        from .pagination import AsyncPages, asked_for, async_first_page

        check_arguments(self, operation, parts)
        asked = asked_for(operation, options, parts)
        return AsyncPages(lambda: async_first_page(self._bound_client, asked))
