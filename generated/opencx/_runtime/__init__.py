# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What every generated package runs on: models, operations, clients, errors; each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .async_client import AsyncClient as AsyncClient
    from .auth import ApiKey as ApiKey
    from .auth import Basic as Basic
    from .auth import Bearer as Bearer
    from .auth import Credential as Credential
    from .auth import OAuth2 as OAuth2
    from .base import ClientOptions as ClientOptions
    from .client import SyncClient as SyncClient
    from .deprecation import deprecated as deprecated
    from .deprecation import renamed as renamed
    from .deprecation import warn_renamed as warn_renamed
    from .discriminator import Discriminator as Discriminator
    from .download import AsyncDownload as AsyncDownload
    from .download import Download as Download
    from .drift import Drift as Drift
    from .drift import OnDrift as OnDrift
    from .errors import APIConnectionError as APIConnectionError
    from .errors import APIError as APIError
    from .errors import APIStatusError as APIStatusError
    from .errors import APITimeoutError as APITimeoutError
    from .errors import ArgumentTypeError as ArgumentTypeError
    from .errors import AuthenticationError as AuthenticationError
    from .errors import BadRequestError as BadRequestError
    from .errors import ConfigurationError as ConfigurationError
    from .errors import ConflictError as ConflictError
    from .errors import DecodeError as DecodeError
    from .errors import DriftError as DriftError
    from .errors import IncompleteError as IncompleteError
    from .errors import InternalServerError as InternalServerError
    from .errors import InvalidRequestError as InvalidRequestError
    from .errors import MissingCredentialError as MissingCredentialError
    from .errors import NotFoundError as NotFoundError
    from .errors import PaginationError as PaginationError
    from .errors import PermissionDeniedError as PermissionDeniedError
    from .errors import RateLimitError as RateLimitError
    from .errors import RedirectError as RedirectError
    from .errors import ResponseError as ResponseError
    from .errors import ResponseTooLargeError as ResponseTooLargeError
    from .errors import UnprocessableEntityError as UnprocessableEntityError
    from .files import FileContent as FileContent
    from .files import FileInput as FileInput
    from .hooks import AsyncHook as AsyncHook
    from .hooks import Attempt as Attempt
    from .hooks import Hook as Hook
    from .hooks import Reply as Reply
    from .model import Model as Model
    from .next_page import NextCursor as NextCursor
    from .next_page import NextItem as NextItem
    from .next_page import NextLink as NextLink
    from .next_page import NextNumber as NextNumber
    from .next_page import NextOffset as NextOffset
    from .operation import ApiSpec as ApiSpec
    from .operation import Operation as Operation
    from .operation import RequestOptions as RequestOptions
    from .operation import Style as Style
    from .pagination import AsyncPage as AsyncPage
    from .pagination import AsyncPages as AsyncPages
    from .pagination import PagedOperation as PagedOperation
    from .pagination import PageOptions as PageOptions
    from .pagination import SyncPage as SyncPage
    from .ratelimit import RateLimit as RateLimit
    from .raw import RawResponse as RawResponse
    from .raw import ResponseInfo as ResponseInfo
    from .raw import response_of as response_of
    from .request import Sent as Sent
    from .resource import AsyncResource as AsyncResource
    from .resource import Resource as Resource
    from .sse import ServerSentEvent as ServerSentEvent
    from .stream import AsyncStream as AsyncStream
    from .stream import Stream as Stream
    from .unset import UNSET as UNSET
    from .unset import Unset as Unset
    from .webhooks import Webhooks as Webhooks
    from .with_response import WithResponse as WithResponse
    from .with_response import async_raw_response as async_raw_response
    from .with_response import async_streaming_response as async_streaming_response
    from .with_response import raw_response as raw_response
    from .with_response import streaming_response as streaming_response

_MODULES = {
    "async_client": ("AsyncClient",),
    "auth": (
        "ApiKey",
        "Basic",
        "Bearer",
        "Credential",
        "OAuth2",
    ),
    "base": ("ClientOptions",),
    "client": ("SyncClient",),
    "deprecation": (
        "deprecated",
        "renamed",
        "warn_renamed",
    ),
    "discriminator": ("Discriminator",),
    "download": (
        "AsyncDownload",
        "Download",
    ),
    "drift": (
        "Drift",
        "OnDrift",
    ),
    "errors": (
        "APIConnectionError",
        "APIError",
        "APIStatusError",
        "APITimeoutError",
        "ArgumentTypeError",
        "AuthenticationError",
        "BadRequestError",
        "ConfigurationError",
        "ConflictError",
        "DecodeError",
        "DriftError",
        "IncompleteError",
        "InternalServerError",
        "InvalidRequestError",
        "MissingCredentialError",
        "NotFoundError",
        "PaginationError",
        "PermissionDeniedError",
        "RateLimitError",
        "RedirectError",
        "ResponseError",
        "ResponseTooLargeError",
        "UnprocessableEntityError",
    ),
    "files": (
        "FileContent",
        "FileInput",
    ),
    "hooks": (
        "AsyncHook",
        "Attempt",
        "Hook",
        "Reply",
    ),
    "model": ("Model",),
    "next_page": (
        "NextCursor",
        "NextItem",
        "NextLink",
        "NextNumber",
        "NextOffset",
    ),
    "operation": (
        "ApiSpec",
        "Operation",
        "RequestOptions",
        "Style",
    ),
    "pagination": (
        "AsyncPage",
        "AsyncPages",
        "PagedOperation",
        "PageOptions",
        "SyncPage",
    ),
    "ratelimit": ("RateLimit",),
    "raw": (
        "RawResponse",
        "ResponseInfo",
        "response_of",
    ),
    "request": ("Sent",),
    "resource": (
        "AsyncResource",
        "Resource",
    ),
    "sse": ("ServerSentEvent",),
    "stream": (
        "AsyncStream",
        "Stream",
    ),
    "unset": (
        "UNSET",
        "Unset",
    ),
    "webhooks": ("Webhooks",),
    "with_response": (
        "WithResponse",
        "async_raw_response",
        "async_streaming_response",
        "raw_response",
        "streaming_response",
    ),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "ApiKey",
    "ApiSpec",
    "ArgumentTypeError",
    "AsyncClient",
    "AsyncDownload",
    "AsyncHook",
    "AsyncPage",
    "AsyncPages",
    "AsyncResource",
    "AsyncStream",
    "Attempt",
    "AuthenticationError",
    "BadRequestError",
    "Basic",
    "Bearer",
    "ClientOptions",
    "ConfigurationError",
    "ConflictError",
    "Credential",
    "DecodeError",
    "Discriminator",
    "Download",
    "Drift",
    "DriftError",
    "FileContent",
    "FileInput",
    "Hook",
    "IncompleteError",
    "InternalServerError",
    "InvalidRequestError",
    "MissingCredentialError",
    "Model",
    "NextCursor",
    "NextItem",
    "NextLink",
    "NextNumber",
    "NextOffset",
    "NotFoundError",
    "OAuth2",
    "OnDrift",
    "Operation",
    "PageOptions",
    "PagedOperation",
    "PaginationError",
    "PermissionDeniedError",
    "RateLimit",
    "RateLimitError",
    "RawResponse",
    "RedirectError",
    "Reply",
    "RequestOptions",
    "Resource",
    "ResponseError",
    "ResponseInfo",
    "ResponseTooLargeError",
    "Sent",
    "ServerSentEvent",
    "Stream",
    "Style",
    "SyncClient",
    "SyncPage",
    "UnprocessableEntityError",
    "Unset",
    "Webhooks",
    "WithResponse",
    "async_raw_response",
    "async_streaming_response",
    "deprecated",
    "raw_response",
    "renamed",
    "response_of",
    "streaming_response",
    "warn_renamed",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Loads the module of a name on first use, so that a program waits only for what it uses."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
