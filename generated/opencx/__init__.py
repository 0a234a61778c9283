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

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from . import models as models
    from ._client import AsyncOpenCX as AsyncOpenCX
    from ._client import OpenCX as OpenCX
    from ._runtime import UNSET as UNSET
    from ._runtime import APIConnectionError as APIConnectionError
    from ._runtime import APIError as APIError
    from ._runtime import APIStatusError as APIStatusError
    from ._runtime import APITimeoutError as APITimeoutError
    from ._runtime import ArgumentTypeError as ArgumentTypeError
    from ._runtime import AsyncDownload as AsyncDownload
    from ._runtime import AsyncHook as AsyncHook
    from ._runtime import AsyncPage as AsyncPage
    from ._runtime import AsyncPages as AsyncPages
    from ._runtime import AsyncStream as AsyncStream
    from ._runtime import Attempt as Attempt
    from ._runtime import AuthenticationError as AuthenticationError
    from ._runtime import BadRequestError as BadRequestError
    from ._runtime import ConfigurationError as ConfigurationError
    from ._runtime import ConflictError as ConflictError
    from ._runtime import DecodeError as DecodeError
    from ._runtime import Download as Download
    from ._runtime import Drift as Drift
    from ._runtime import DriftError as DriftError
    from ._runtime import FileInput as FileInput
    from ._runtime import Hook as Hook
    from ._runtime import IncompleteError as IncompleteError
    from ._runtime import InternalServerError as InternalServerError
    from ._runtime import InvalidRequestError as InvalidRequestError
    from ._runtime import MissingCredentialError as MissingCredentialError
    from ._runtime import Model as Model
    from ._runtime import NotFoundError as NotFoundError
    from ._runtime import PaginationError as PaginationError
    from ._runtime import PermissionDeniedError as PermissionDeniedError
    from ._runtime import RateLimit as RateLimit
    from ._runtime import RateLimitError as RateLimitError
    from ._runtime import RawResponse as RawResponse
    from ._runtime import RedirectError as RedirectError
    from ._runtime import Reply as Reply
    from ._runtime import ResponseError as ResponseError
    from ._runtime import ResponseInfo as ResponseInfo
    from ._runtime import ResponseTooLargeError as ResponseTooLargeError
    from ._runtime import Sent as Sent
    from ._runtime import ServerSentEvent as ServerSentEvent
    from ._runtime import Stream as Stream
    from ._runtime import SyncPage as SyncPage
    from ._runtime import UnprocessableEntityError as UnprocessableEntityError
    from ._runtime import Unset as Unset
    from ._runtime import response_of as response_of

__version__ = "0.1.0"

_HOMES = {
    "AsyncOpenCX": "._client",
    "OpenCX": "._client",
    **dict.fromkeys(
        [
            "APIConnectionError",
            "APIError",
            "APIStatusError",
            "APITimeoutError",
            "ArgumentTypeError",
            "AsyncDownload",
            "AsyncHook",
            "AsyncPage",
            "AsyncPages",
            "AsyncStream",
            "Attempt",
            "AuthenticationError",
            "BadRequestError",
            "ConfigurationError",
            "ConflictError",
            "DecodeError",
            "Download",
            "Drift",
            "DriftError",
            "FileInput",
            "Hook",
            "IncompleteError",
            "InternalServerError",
            "InvalidRequestError",
            "MissingCredentialError",
            "Model",
            "NotFoundError",
            "PaginationError",
            "PermissionDeniedError",
            "RateLimit",
            "RateLimitError",
            "RawResponse",
            "RedirectError",
            "Reply",
            "response_of",
            "ResponseError",
            "ResponseInfo",
            "ResponseTooLargeError",
            "Sent",
            "ServerSentEvent",
            "Stream",
            "SyncPage",
            "UnprocessableEntityError",
            "UNSET",
            "Unset",
        ],
        "._runtime",
    ),
}

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "ArgumentTypeError",
    "AsyncDownload",
    "AsyncHook",
    "AsyncOpenCX",
    "AsyncPage",
    "AsyncPages",
    "AsyncStream",
    "Attempt",
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "ConflictError",
    "DecodeError",
    "Download",
    "Drift",
    "DriftError",
    "FileInput",
    "Hook",
    "IncompleteError",
    "InternalServerError",
    "InvalidRequestError",
    "MissingCredentialError",
    "Model",
    "models",
    "NotFoundError",
    "OpenCX",
    "PaginationError",
    "PermissionDeniedError",
    "RateLimit",
    "RateLimitError",
    "RawResponse",
    "RedirectError",
    "Reply",
    "response_of",
    "ResponseError",
    "ResponseInfo",
    "ResponseTooLargeError",
    "Sent",
    "ServerSentEvent",
    "spec_info",
    "Stream",
    "SyncPage",
    "UnprocessableEntityError",
    "UNSET",
    "Unset",
]


def spec_info() -> dict[str, Any]:
    """What this package was made from: documents with their digests, corrections, and the engines' versions."""
    import json
    from importlib.resources import files

    found: dict[str, Any] = json.loads(
        files(__name__).joinpath("_provenance.json").read_text(encoding="utf-8")
    )
    return found


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Loads a public name on first use, so that importing the package costs nothing."""
        if name in ("models",):
            return import_module(f".{name}", __name__)
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOMES[name], __name__), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
