# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What every generated package runs on: models, operations, clients, errors."""

from __future__ import annotations

from .auth import ApiKey, Basic, Bearer, Credential, OAuth2
from .base import ClientOptions
from .client import AsyncClient, SyncClient
from .discriminator import Discriminator
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
    InternalServerError,
    InvalidRequestError,
    MissingCredentialError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RedirectError,
    ResponseError,
    ResponseTooLargeError,
    UnprocessableEntityError,
)
from .model import Model
from .operation import ApiSpec, Operation, RequestOptions, Style
from .raw import RawResponse
from .resource import AsyncResource, Resource
from .unset import UNSET, Unset

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "ApiKey",
    "ApiSpec",
    "AsyncClient",
    "AsyncResource",
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
    "Drift",
    "DriftError",
    "InternalServerError",
    "InvalidRequestError",
    "MissingCredentialError",
    "Model",
    "NotFoundError",
    "OAuth2",
    "OnDrift",
    "Operation",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "RedirectError",
    "RequestOptions",
    "Resource",
    "ResponseError",
    "ResponseTooLargeError",
    "Style",
    "SyncClient",
    "UnprocessableEntityError",
    "Unset",
]
