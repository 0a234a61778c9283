# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What every generated package runs on: models, operations, clients, errors."""

from __future__ import annotations

from .async_client import AsyncClient
from .auth import ApiKey, Basic, Bearer, Credential, OAuth2
from .base import ClientOptions
from .client import SyncClient
from .deprecation import deprecated, renamed, warn_renamed
from .discriminator import Discriminator
from .download import AsyncDownload, Download
from .drift import Drift, OnDrift
from .errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    DecodeError,
    DriftError,
    IncompleteError,
    InternalServerError,
    InvalidRequestError,
    MissingCredentialError,
    NotFoundError,
    PaginationError,
    PermissionDeniedError,
    RateLimitError,
    RedirectError,
    ResponseError,
    ResponseTooLargeError,
    UnprocessableEntityError,
)
from .files import FileContent, FileInput
from .hooks import AsyncHook, Attempt, Hook, Reply
from .model import Model
from .next_page import NextCursor, NextItem, NextLink, NextNumber, NextOffset
from .operation import ApiSpec, Operation, RequestOptions, Style
from .pagination import AsyncPage, AsyncPages, PagedOperation, PageOptions, SyncPage
from .ratelimit import RateLimit
from .raw import RawResponse
from .request import Sent
from .resource import AsyncResource, Resource
from .sse import ServerSentEvent
from .stream import AsyncStream, Stream
from .unset import UNSET, Unset
from .webhooks import Webhooks

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "ApiKey",
    "ApiSpec",
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
    "deprecated",
    "renamed",
    "warn_renamed",
]
