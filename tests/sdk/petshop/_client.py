from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ._runtime import UNSET, ApiKey, ApiSpec, AsyncClient, Basic, Bearer, OnDrift, SyncClient, Unset

if TYPE_CHECKING:
    import httpx

    from .resources.pets import AsyncPets, Pets

_SPEC = ApiSpec(
    name="Petshop",
    version="1.2.3",
    package="petshop",
    base_url="https://api.petshop.test",
    base_url_variable="PETSHOP_API_URL",
    schemes={
        "bearerAuth": Bearer("api_key", variable="PETSHOP_API_KEY"),
        "queryKey": ApiKey("query_key", place="query", name="k", variable="PETSHOP_QUERY_KEY"),
        "cookieKey": ApiKey("cookie_key", place="cookie", name="sid"),
        "basicAuth": Basic("login"),
    },
    errors="Error",
)


class Petshop(SyncClient):
    """The client of the pet shop's API."""

    def __init__(
        self,
        *,
        api_key: str | Callable[[], str] | None = None,
        query_key: str | None = None,
        cookie_key: str | None = None,
        login: tuple[str, str] | None = None,
        base_url: str | None = None,
        timeout: float | Unset | None = UNSET,
        total_timeout: float | None = None,
        max_retries: int = 2,
        default_headers: Mapping[str, str] | None = None,
        max_response_bytes: int = 1_000_000,
        http_client: httpx.Client | None = None,
        strict: bool = False,
        on_drift: OnDrift | None = None,
    ) -> None:
        super().__init__(
            _SPEC,
            credentials={
                "bearerAuth": api_key, "queryKey": query_key, "cookieKey": cookie_key, "basicAuth": login,
            },
            base_url=base_url,
            timeout=timeout,
            total_timeout=total_timeout,
            max_retries=max_retries,
            default_headers=default_headers,
            max_response_bytes=max_response_bytes,
            http_client=http_client,
            strict=strict,
            on_drift=on_drift,
        )  # fmt: skip

    @cached_property
    def pets(self) -> Pets:
        from .resources.pets import Pets

        return Pets(self)


class AsyncPetshop(AsyncClient):
    """The async client of the pet shop's API."""

    def __init__(self, *, api_key: str | None = None, base_url: str | None = None, **settings: Any) -> None:
        super().__init__(_SPEC, credentials={"bearerAuth": api_key}, base_url=base_url, **settings)

    @cached_property
    def pets(self) -> AsyncPets:
        from .resources.pets import AsyncPets

        return AsyncPets(self)
