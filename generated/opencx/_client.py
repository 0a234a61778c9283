# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""OpenCX API: a typed client, synchronous and asynchronous.

```python
from opencx import OpenCX

with OpenCX() as client:  # OPENCX_API_KEY from the environment
    print(client.phone.list())
    print(client.phone.create(name="..."))
```
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime import UNSET, ApiSpec, AsyncClient, Bearer, SyncClient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import httpx

    from ._runtime import AsyncHook, Hook, OnDrift, Unset
    from .resources.phone import AsyncPhoneResource, PhoneResource

__all__ = ["AsyncOpenCX", "OpenCX"]

_SPEC = ApiSpec(
    name="OpenCX",
    version="0.1.0",
    package="opencx",
    base_url="https://api.open.cx",
    base_url_variable="OPENCX_API_URL",
    schemes={"bearerAuth": Bearer("api_key", variable="OPENCX_API_KEY")},
    security=(("bearerAuth",),),
    errors="Error",
)


class OpenCX(SyncClient):
    """The client of OpenCX API.

    Args:
        api_key: The credential, or a function that returns it; default: the variable
            `OPENCX_API_KEY`.
        base_url: Where the API is; default: the variable `OPENCX_API_URL`, else
            `https://api.open.cx`.
        timeout: Seconds to wait for the connection and for each piece of an answer; None waits
            for ever; default: 5 to connect, 600 to read.
        total_timeout: Seconds for a whole call with all its attempts.
        max_retries: How often a call is sent again that can safely be sent again.
        max_response_bytes: The largest answer that is read.
        default_headers: Sent with every call.
        http_client: Your own `httpx.Client`, with its own settings; this client does not close
            it.
        strict: Raise when an answer is not as documented, instead of reporting drift.
        hooks: Called around each attempt of a call; see `Hook`.
        wait_for_rate_limit: Hold calls back while the server says that none are left, rather
            than let it refuse them.
        on_drift: Called once for each kind of difference between an answer and the document.
    """

    def __init__(
        self,
        *,
        api_key: str | Callable[[], str] | None = None,
        base_url: str | None = None,
        timeout: float | Unset | None = UNSET,
        total_timeout: float | None = None,
        max_retries: int = 2,
        max_response_bytes: int = 268_435_456,
        default_headers: Mapping[str, str] | None = None,
        http_client: httpx.Client | None = None,
        hooks: Sequence[Hook] = (),
        wait_for_rate_limit: bool = False,
        strict: bool = False,
        on_drift: OnDrift | None = None,
    ) -> None:
        super().__init__(
            _SPEC,
            credentials={"bearerAuth": api_key},
            base_url=base_url,
            timeout=timeout,
            total_timeout=total_timeout,
            max_retries=max_retries,
            max_response_bytes=max_response_bytes,
            default_headers=default_headers,
            http_client=http_client,
            hooks=hooks,
            wait_for_rate_limit=wait_for_rate_limit,
            strict=strict,
            on_drift=on_drift,
        )

    @cached_property
    def phone(self) -> PhoneResource:
        """The resource `phone`."""
        from .resources.phone import PhoneResource

        return PhoneResource(self)


class AsyncOpenCX(AsyncClient):
    """The asynchronous client of OpenCX API.

    Args:
        api_key: The credential, or a function that returns it; default: the variable
            `OPENCX_API_KEY`.
        base_url: Where the API is; default: the variable `OPENCX_API_URL`, else
            `https://api.open.cx`.
        timeout: Seconds to wait for the connection and for each piece of an answer; None waits
            for ever; default: 5 to connect, 600 to read.
        total_timeout: Seconds for a whole call with all its attempts.
        max_retries: How often a call is sent again that can safely be sent again.
        max_response_bytes: The largest answer that is read.
        default_headers: Sent with every call.
        http_client: Your own `httpx.AsyncClient`, with its own settings; this client does not
            close it.
        strict: Raise when an answer is not as documented, instead of reporting drift.
        hooks: Called around each attempt of a call; see `AsyncHook`.
        wait_for_rate_limit: Hold calls back while the server says that none are left, rather
            than let it refuse them.
        on_drift: Called once for each kind of difference between an answer and the document.
    """

    def __init__(
        self,
        *,
        api_key: str | Callable[[], str] | None = None,
        base_url: str | None = None,
        timeout: float | Unset | None = UNSET,
        total_timeout: float | None = None,
        max_retries: int = 2,
        max_response_bytes: int = 268_435_456,
        default_headers: Mapping[str, str] | None = None,
        http_client: httpx.AsyncClient | None = None,
        hooks: Sequence[Hook | AsyncHook] = (),
        wait_for_rate_limit: bool = False,
        strict: bool = False,
        on_drift: OnDrift | None = None,
    ) -> None:
        super().__init__(
            _SPEC,
            credentials={"bearerAuth": api_key},
            base_url=base_url,
            timeout=timeout,
            total_timeout=total_timeout,
            max_retries=max_retries,
            max_response_bytes=max_response_bytes,
            default_headers=default_headers,
            http_client=http_client,
            hooks=hooks,
            wait_for_rate_limit=wait_for_rate_limit,
            strict=strict,
            on_drift=on_drift,
        )

    @cached_property
    def phone(self) -> AsyncPhoneResource:
        """The resource `phone`."""
        from .resources.phone import AsyncPhoneResource

        return AsyncPhoneResource(self)
