"""Names that are taken before the first one is given."""

from __future__ import annotations

import builtins
import keyword

KEYWORDS = frozenset(keyword.kwlist)

BUILTINS = frozenset(name for name in dir(builtins) if name.islower())
"""Names that an argument may have as people write it, `type` or `filter`; one engine would mark them."""

CLASSES = frozenset(
    {name for name in dir(builtins) if name[0].isupper()}
    | {"Any", "Literal", "UUID", "Decimal", "Unset", "UNSET", "Model", "ClassVar", "TYPE_CHECKING", "Self", "TypeAlias"}
    | {
        "Discriminator",
        "FileContent",
        "FileInput",
        "Unpack",
        "Operation",
        "Resource",
        "AsyncResource",
        "RequestOptions",
        "PageOptions",
        "PagedOperation",
        "SyncPage",
        "AsyncPages",
        "NextCursor",
        "NextItem",
        "NextLink",
        "NextNumber",
        "NextOffset",
        "Style",
        "List",
        "AsyncDownload",
        "AsyncStream",
        "Download",
        "ServerSentEvent",
        "Stream",
        "Client",
        "AsyncClient",
    }
)
"""What a module of the generated package may import or find among the builtins."""
_EXPORTS_TEXT = """
UNSET AsyncDownload AsyncHook AsyncPage AsyncPages AsyncStream Attempt Download Drift FileInput Hook Model
RateLimit RawResponse Reply ResponseInfo Sent ServerSentEvent Stream SyncPage Unset response_of
APIConnectionError APIError APIStatusError APITimeoutError ArgumentTypeError AuthenticationError
BadRequestError ConfigurationError ConflictError DecodeError DriftError IncompleteError InternalServerError
InvalidRequestError MissingCredentialError NotFoundError PaginationError PermissionDeniedError RateLimitError
RedirectError ResponseError ResponseTooLargeError UnprocessableEntityError
"""
EXPORTS = tuple(_EXPORTS_TEXT.split())
"""Names of the runtime that users of every package import, its errors among them."""
MODULES = frozenset({"str", "int", "float", "bool", "list", "dict", "bytes", "object", "datetime", "attrs", "typing"})
"""Modules of the generated package that would read as something else."""
FIELDS = frozenset(
    {"str", "int", "float", "bool", "list", "dict", "bytes"}  # annotations of later fields in the class body
    | {"from_dict", "from_json", "to_dict", "to_json", "type_hints", "unknown_fields"}
    | {"self", "cls", "attrs", "mro", "datetime"}
)
"""What a field of a model must not be called: it would hide this."""
ARGUMENTS = frozenset(
    {"self", "cls", "options"}
    | {
        "extra_headers",
        "extra_query",
        "extra_body",
        "timeout",
        "total_timeout",
        "max_retries",
        "idempotency_key",
        "strict",
        "max_items",
        "max_pages",
    }
)
"""What an argument of a method must not be called: the keys of `RequestOptions` and the method's own names."""
CREDENTIALS = frozenset(
    {
        "self",
        "base_url",
        "timeout",
        "total_timeout",
        "max_retries",
        "http_client",
        "default_headers",
        "strict",
        "on_drift",
        "hooks",
        "wait_for_rate_limit",
    }
    | {"options", "transport", "max_response_bytes"}
)
"""Arguments that the client's constructor has for itself."""
RESOURCES = frozenset(
    {"base_url", "close", "dry_run", "map", "preload", "rate_limit", "request", "with_options"}
    | {"with_raw_response", "with_streaming_response"}
)
"""What a client has for itself."""
METHODS = frozenset({"mro", "with_raw_response", "with_streaming_response"})
"""What a resource has for itself."""
