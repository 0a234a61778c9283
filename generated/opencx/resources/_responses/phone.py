# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The methods of the resource `phone` with the answer behind their results."""

from __future__ import annotations

from ..._runtime import (
    WithResponse,
    async_raw_response,
    async_streaming_response,
    raw_response,
    streaming_response,
)
from ..phone import AsyncPhoneResource, PhoneResource


class PhoneResourceWithRawResponse(WithResponse):
    """`PhoneResource`, each method with the answer behind its result."""

    @raw_response(PhoneResource.list)
    def list(self) -> None: ...

    @raw_response(PhoneResource.create)
    def create(self) -> None: ...

    @raw_response(PhoneResource.update)
    def update(self) -> None: ...


class AsyncPhoneResourceWithRawResponse(WithResponse):
    """`AsyncPhoneResource`, each method with the answer behind its result."""

    @async_raw_response(AsyncPhoneResource.list)
    def list(self) -> None: ...

    @async_raw_response(AsyncPhoneResource.create)
    def create(self) -> None: ...

    @async_raw_response(AsyncPhoneResource.update)
    def update(self) -> None: ...


class PhoneResourceWithStreamingResponse(WithResponse):
    """`PhoneResource`, each method with the answer before its body is read, in a `with` block."""

    @streaming_response(PhoneResource.list)
    def list(self) -> None: ...

    @streaming_response(PhoneResource.create)
    def create(self) -> None: ...

    @streaming_response(PhoneResource.update)
    def update(self) -> None: ...


class AsyncPhoneResourceWithStreamingResponse(WithResponse):
    """`AsyncPhoneResource`, each method with the answer before its body is read, in an `async with` block."""

    @async_streaming_response(AsyncPhoneResource.list)
    def list(self) -> None: ...

    @async_streaming_response(AsyncPhoneResource.create)
    def create(self) -> None: ...

    @async_streaming_response(AsyncPhoneResource.update)
    def update(self) -> None: ...
