from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, Resource, Style, Unset

if TYPE_CHECKING:
    from ..models import Pet
    from ._responses.pets import (
        AsyncPetsWithRawResponse,
        AsyncPetsWithStreamingResponse,
        PetsWithRawResponse,
        PetsWithStreamingResponse,
    )

_BEARER = (("bearerAuth",),)

_CREATE: Operation[Pet] = Operation(
    "pets.create", "POST", "/pets",
    body="application/json",
    returns={"200": "Pet"},
    errors={"500": "Error"},
    security=_BEARER,
)  # fmt: skip
_LIST: Operation[list[Pet]] = Operation(
    "pets.list", "GET", "/pets",
    returns={"200": "list[Pet]"},
    security=_BEARER,
    parameters={"ids": Style("query", "pipeDelimited", explode=False), "filter": Style("query", "deepObject")},
)  # fmt: skip
_RETRIEVE: Operation[Pet] = Operation(
    "pets.retrieve", "GET", "/pets/{pet_id}", returns={"200": "Pet"}, security=_BEARER
)
_UPDATE: Operation[Pet] = Operation(
    "pets.update", "PATCH", "/pets/{pet_id}", body="application/json", returns={"200": "Pet"}, security=_BEARER
)
_DELETE: Operation[None] = Operation("pets.delete", "DELETE", "/pets/{pet_id}", returns={"204": ""}, security=_BEARER)
_PHOTO: Operation[bytes] = Operation("pets.photo", "GET", "/photo", returns={"200": "bytes"}, security=_BEARER)
_UPLOAD: Operation[Any] = Operation(
    "pets.upload", "PUT", "/photo", body="multipart/form-data", returns={"200": "Any"}, security=_BEARER
)
_PAY: Operation[Any] = Operation(
    "pets.pay", "POST", "/pay", body="application/x-www-form-urlencoded", returns={"200": "Any"},
    security=_BEARER, idempotency_header="Idempotency-Key",
)  # fmt: skip
_OLD: Operation[Any] = Operation("pets.old", "GET", "/old", returns={"200": "Any"}, deprecated=True)
_PUBLIC: Operation[Any] = Operation("pets.public", "GET", "/public", returns={"200": "Any"})
_KEYED: Operation[Any] = Operation(
    "pets.keyed", "GET", "/keyed", returns={"200": "Any"}, security=(("queryKey", "cookieKey"), ("basicAuth",))
)


class Pets(Resource):
    def create(self, *, name: str, tag: str | Unset | None = UNSET, **options: Unpack[RequestOptions]) -> Pet:
        return self._call(_CREATE, options, body={"name": name, "tag": tag})

    def list(
        self,
        *,
        ids: list[int] | Unset = UNSET,
        filter: Mapping[str, Any] | Unset = UNSET,
        limit: int | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> list[Pet]:
        return self._call(_LIST, options, query={"ids": ids, "filter": filter, "limit": limit})

    def retrieve(self, pet_id: str, **options: Unpack[RequestOptions]) -> Pet:
        return self._call(_RETRIEVE, options, path={"pet_id": pet_id})

    def update(self, pet_id: str, *, name: str | Unset = UNSET, **options: Unpack[RequestOptions]) -> Pet:
        return self._call(_UPDATE, options, path={"pet_id": pet_id}, body={"name": name})

    def delete(self, pet_id: str, *, if_match: str | Unset = UNSET, **options: Unpack[RequestOptions]) -> None:
        return self._call(_DELETE, options, path={"pet_id": pet_id}, header={"If-Match": if_match})

    def photo(self, **options: Unpack[RequestOptions]) -> bytes:
        return self._call(_PHOTO, options)

    def upload(self, body: Mapping[str, Any], **options: Unpack[RequestOptions]) -> Any:
        return self._call(_UPLOAD, options, body=body)

    def pay(self, *, amount: int, **options: Unpack[RequestOptions]) -> Any:
        return self._call(_PAY, options, body={"amount": amount})

    def public(self, *, theme: str | Unset = UNSET, **options: Unpack[RequestOptions]) -> Any:
        return self._call(_PUBLIC, options, cookie={"theme": theme})

    def old(self, **options: Unpack[RequestOptions]) -> Any:
        return self._call(_OLD, options)

    def keyed(self, **options: Unpack[RequestOptions]) -> Any:
        return self._call(_KEYED, options)

    @cached_property
    def with_raw_response(self) -> PetsWithRawResponse:
        from ._responses.pets import PetsWithRawResponse

        return PetsWithRawResponse(self)

    @cached_property
    def with_streaming_response(self) -> PetsWithStreamingResponse:
        from ._responses.pets import PetsWithStreamingResponse

        return PetsWithStreamingResponse(self)


class AsyncPets(AsyncResource):
    async def create(self, *, name: str, tag: str | Unset | None = UNSET, **options: Unpack[RequestOptions]) -> Pet:
        return await self._call(_CREATE, options, body={"name": name, "tag": tag})

    async def retrieve(self, pet_id: str, **options: Unpack[RequestOptions]) -> Pet:
        return await self._call(_RETRIEVE, options, path={"pet_id": pet_id})

    async def upload(self, body: Mapping[str, Any], **options: Unpack[RequestOptions]) -> Any:
        return await self._call(_UPLOAD, options, body=body)

    @cached_property
    def with_raw_response(self) -> AsyncPetsWithRawResponse:
        from ._responses.pets import AsyncPetsWithRawResponse

        return AsyncPetsWithRawResponse(self)

    @cached_property
    def with_streaming_response(self) -> AsyncPetsWithStreamingResponse:
        from ._responses.pets import AsyncPetsWithStreamingResponse

        return AsyncPetsWithStreamingResponse(self)
