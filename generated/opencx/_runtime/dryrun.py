# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""A call that is made ready to the last byte, and not sent."""

from __future__ import annotations

from typing import Any, NoReturn, cast

from .errors import APIError
from .exchange import Send
from .pool import AsyncPool, Pool
from .unset import Unset
from .with_response import WithResponse, bound


class NotSent(APIError):
    """The way out of a call that is not to be sent; it never leaves `dry_run`."""

    delivered = False


class DryPool(Pool):
    """Stands where the connections are."""

    def __init__(self) -> None:
        super().__init__(None)

    def http(self) -> None:
        """None, as none is needed."""

    def send(self, send: Send, timeout: float | Unset | None, most: int) -> NoReturn:
        raise NotSent("this is a dry run")


class AsyncDryPool(AsyncPool):
    """The same for an async client."""

    def __init__(self) -> None:
        super().__init__(None)

    def http(self) -> None:
        """None, as none is needed."""

    async def send(self, send: Send, timeout: float | Unset | None, most: int) -> NoReturn:
        raise NotSent("this is a dry run")


def rebound(method: Any, client: Any) -> Any:
    """The method, on another client. Raises `TypeError` for what is no method of a client or resource."""
    return getattr(_on(client, getattr(method, "__self__", None)), method.__name__)


def _on(client: Any, owner: Any) -> Any:
    """What has the method: the client, a resource of it, or the methods of either `with_raw_response`."""
    if isinstance(owner, type(client)):
        return client
    kind = cast(Any, type(owner))
    if isinstance(owner, WithResponse):
        return kind(_on(client, bound(owner)))
    if not hasattr(owner, "_bound_client"):
        raise TypeError("expected a method of a client, such as client.things.create")
    return kind(client)
