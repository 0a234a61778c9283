# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""What can go wrong, as a tree:

    APIError
    ├── ConfigurationError              the client or the call is set up wrong; nothing was sent
    │   ├── MissingCredentialError      no key: says which argument and which environment variable to set
    │   └── InvalidRequestError         an argument that cannot be sent (also a ValueError)
    │       └── ArgumentTypeError       an argument of another type than the method takes (also a TypeError)
    ├── APIConnectionError              no answer came
    │   ├── APITimeoutError             no answer came in time
    │   └── IncompleteError             an answer began to come and broke off before its end
    ├── RedirectError                   the server sends the call elsewhere, and it was not followed
    ├── ResponseError                   an answer came that cannot be used
    │   ├── DecodeError                 it is not what was documented, so far that nothing can be read
    │   └── ResponseTooLargeError       it is larger than `max_response_bytes`
    ├── PaginationError                 it leads to no next page that can be asked for
    ├── DriftError                      it differs from its documentation, and `strict` was asked for
    └── APIStatusError                  the server answered with an error
        ├── BadRequestError             400
        ├── AuthenticationError         401
        ├── PermissionDeniedError       403
        ├── NotFoundError               404
        ├── ConflictError               409
        ├── UnprocessableEntityError    422
        ├── RateLimitError              429
        └── InternalServerError         500 and above

Every one can be pickled, and none holds a credential.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .drift import Drift
    from .request import Sent


class APIError(Exception):
    """The base of all errors of this package."""

    request: Sent | None = None
    """What was sent, or was to be sent, with credentials blanked out."""
    attempts: int = 0
    """How many times it was sent."""
    elapsed: float = 0.0
    """Seconds from the call to the error."""
    delivered: bool | None = None
    """Whether the server got the request; None where that cannot be known: it may have been done."""
    request_id: str | None = None
    """The name that the server gave to the call, for its support to find it, where an answer came that says it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return f"{self.request}: {self.message}" if self.request else self.message

    def __reduce__(self) -> tuple[Callable[..., APIError], tuple[Any, ...]]:
        return _rebuild, (type(self), self.args, self.__dict__)

    def to_curl(self) -> str:
        """The request as a `curl` command, with credentials blanked out; empty if there was none."""
        return self.request.to_curl() if self.request else ""


def _rebuild(cls: type[APIError], args: tuple[Any, ...], state: dict[str, Any]) -> APIError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(APIError):
    """The client or the call is set up wrong; nothing was sent."""

    delivered: bool | None = False


class MissingCredentialError(ConfigurationError):
    """An operation needs a credential that the client was not given."""


class InvalidRequestError(ConfigurationError, ValueError):
    """An argument cannot be sent, such as an empty path value or a header with a line break in it."""


class ArgumentTypeError(InvalidRequestError, TypeError):
    """An argument of another type than the method takes; the message names it, and never its value."""


class APIConnectionError(APIError):
    """No answer came: the server was not reached, or the connection broke."""


class APITimeoutError(APIConnectionError):
    """No answer came in time."""


class IncompleteError(APIConnectionError):
    """An answer began to come and broke off before its end; the call was done."""

    delivered: bool | None = True


class RedirectError(APIError):
    """The server sends the call to another place, which it was not followed to."""


class ResponseError(APIError):
    """An answer came that cannot be used."""

    delivered: bool | None = True
    status: int = 0
    headers: Mapping[str, str] = {}


class DecodeError(ResponseError):
    """The answer says success, but is not what was documented; the call was done."""

    body: str = ""
    """The beginning of the answer."""


class ResponseTooLargeError(ResponseError):
    """The answer is larger than `max_response_bytes`; the call was done."""


class PaginationError(APIError):
    """The way to the next page leads in a circle, or to another origin, or there is none; this page's call was done."""

    delivered: bool | None = True


class DriftError(APIError):
    """An answer differs from its documentation, and `strict` was asked for."""

    delivered: bool | None = True

    def __init__(self, drift: Drift) -> None:
        super().__init__(f"{drift.path}: expected {drift.expected}, got {drift.came}")
        self.drift = drift
        self.args: tuple[Any, ...] = (drift,)


class APIStatusError(APIError):
    """The server answered with an error."""

    delivered: bool | None = True
    status: int = 0
    headers: Mapping[str, str] = {}
    body: Any = None
    """The answer's JSON, or its text if it is none."""
    model: Any = None
    """The body as its documented model; None if none is documented or it is no object."""
    retry_after: float | None = None
    """Seconds that the server asks to wait, where it does."""

    def __str__(self) -> str:
        return f"{self.request} -> {self.message}" if self.request else self.message


class BadRequestError(APIStatusError):
    """400: the server does not understand the request."""


class AuthenticationError(APIStatusError):
    """401: the credential is missing, wrong or expired."""


class PermissionDeniedError(APIStatusError):
    """403: the credential does not allow this."""


class NotFoundError(APIStatusError):
    """404: there is no such thing."""


class ConflictError(APIStatusError):
    """409: the thing is in a state that does not allow this."""


class UnprocessableEntityError(APIStatusError):
    """422: the request is well formed, but a value in it is not acceptable."""


class RateLimitError(APIStatusError):
    """429: too many requests."""


class InternalServerError(APIStatusError):
    """500 and above: the server failed."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def status_error(status: int) -> type[APIStatusError]:
    """The class of errors for an HTTP status."""
    return _BY_STATUS.get(status, InternalServerError if status >= 500 else APIStatusError)
