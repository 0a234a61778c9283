# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What a package's resources stand on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .client import AsyncClient, SyncClient
from .operation import Operation, RequestOptions
from .unset import UNSET

T = TypeVar("T")


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
