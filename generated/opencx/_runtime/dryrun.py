# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""A call that is made ready to the last byte, and not sent."""

from __future__ import annotations

from typing import Any, NoReturn

from .errors import APIError
from .exchange import Send
from .pool import AsyncPool, Pool
from .unset import Unset


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
    owner: Any = getattr(method, "__self__", None)
    if isinstance(owner, type(client)):
        return getattr(client, method.__name__)
    if not hasattr(owner, "_bound_client"):
        raise TypeError("expected a method of a client, such as client.things.create")
    resource: Any = owner.__class__
    return getattr(resource(client), method.__name__)
