from __future__ import annotations

from ..._runtime import (
    WithResponse,
    async_raw_response,
    async_streaming_response,
    raw_response,
    streaming_response,
)
from ..pets import AsyncPets, Pets


class PetsWithRawResponse(WithResponse):
    @raw_response(Pets.create)
    def create(self) -> None: ...

    @raw_response(Pets.list)
    def list(self) -> None: ...

    @raw_response(Pets.retrieve)
    def retrieve(self) -> None: ...

    @raw_response(Pets.delete)
    def delete(self) -> None: ...

    @raw_response(Pets.photo)
    def photo(self) -> None: ...

    @raw_response(Pets.old)
    def old(self) -> None: ...

    @raw_response(Pets.keyed)
    def keyed(self) -> None: ...


class AsyncPetsWithRawResponse(WithResponse):
    @async_raw_response(AsyncPets.retrieve)
    def retrieve(self) -> None: ...


class PetsWithStreamingResponse(WithResponse):
    @streaming_response(Pets.list)
    def list(self) -> None: ...

    @streaming_response(Pets.old)
    def old(self) -> None: ...


class AsyncPetsWithStreamingResponse(WithResponse):
    @async_streaming_response(AsyncPets.retrieve)
    def retrieve(self) -> None: ...
