# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""From an answer to a result or an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .codec import annotation_spec
from .drift import Context
from .errors import APIStatusError, DecodeError, status_error
from .jsontext import loads
from .narrow import is_array, is_nested, is_object
from .operation import ApiSpec, Operation, pick_status
from .reader import Reader
from .retry import LONGEST_WAIT, asked_wait
from .specs import ANYTHING, read

_MOST_SHOWN = 500
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_PRIVATE_HEADERS = frozenset(("set-cookie", "authorization", "proxy-authorization"))
_AS_TEXT = frozenset(("Any", "int", "float", "bool"))
"""What text can say in the words of JSON."""
_MESSAGE_MEMBERS = ("message", "error", "detail", "title", "error_description", "errors")


class Response:
    """An answer as it came: status, headers by their names in lower case, and the whole body."""

    def __init__(self, status: int, headers: Mapping[str, str], content: bytes, answer: Any = None) -> None:
        self.status = status
        self.headers = headers
        self.content = content
        self.answer: Any = answer
        """The HTTP client's own answer, still open, where the body has not been read."""

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_json(self) -> bool:
        kind = self.media_type
        return kind.endswith(("/json", "+json")) or not kind

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")


def read_result(response: Response, operation: Operation[Any], api: ApiSpec, context: Context) -> Any:
    """The result of a success, whichever 2xx it is; None where no body is documented, or none came.

    The call was done, so an empty body where one is documented is a drift and no error; in place of a list it is one of
    nothing, as callers walk over it. Raises `DecodeError` for a body that cannot be read at all, `DriftError` for any
    difference if strict.
    """
    annotation = operation.result(response.status)
    if not annotation:
        return None
    reader = operation.reader(annotation, api.models)
    if operation.reads == "file" or (annotation == "bytes" and not response.is_json):
        return response.content
    if annotation == "str" and not response.is_json:
        return response.text
    if not response.content.strip():
        context.report(None, reader.spec.name, "nothing")
        return [] if annotation.startswith("list[") else None
    if annotation in _AS_TEXT and not response.is_json:
        return _read_text(response, reader, context)
    return read_json(response, reader, context)


def _read_text(response: Response, reader: Reader, context: Context) -> Any:
    """The value of a body that calls itself something else than JSON: text where it is none."""
    try:
        return read_json(response, reader, context)
    except DecodeError:
        if reader.spec is not ANYTHING:
            context.report(None, reader.spec.name, "string")
        return response.text


def read_json(response: Response, reader: Reader, context: Context) -> Any:
    """The body as the reader reads it. Raises `DecodeError` if it is no JSON or nested too deep."""
    try:
        return reader.read(response.content, context)
    except (ValueError, RecursionError) as error:
        why = "it is nested too deep" if isinstance(error, RecursionError) else one_line(str(error))
        kind = response.media_type or "of no stated type"
        raise _undecodable(f"{response.status}, but its body ({kind}) is no JSON: {why}", response) from None


def _undecodable(message: str, response: Response) -> DecodeError:
    error = DecodeError(message)
    error.status = response.status
    error.headers = public_headers(response.headers)
    error.body = response.text[:_MOST_SHOWN]
    return error


def read_error(response: Response, operation: Operation[Any], api: ApiSpec, context: Context) -> APIStatusError:
    """The error that an answer stands for, with its body as the documented model where it fits."""
    body: Any
    try:
        body = loads(response.content)
    except ValueError:
        body = response.text
    asked = asked_wait(response.headers)
    more = (
        f"; the server asks to wait {asked:.0f} s, and no call waits for so long" if (asked or 0) > LONGEST_WAIT else ""
    )
    error = status_error(response.status)(f"{response.status}: {_message(body, response)}{more}")
    error.status = response.status
    error.headers = public_headers(response.headers)
    error.body = body
    error.model = _error_model(body, response.status, operation, api, context)
    error.retry_after = asked
    return error


def named(headers: Mapping[str, str], id_headers: Iterable[str]) -> str | None:
    """The name that the server gave to the call, for its support to find it; `id_headers` may hold it."""
    return next((headers[name] for name in id_headers if headers.get(name)), None)


def _error_model(body: Any, status: int, operation: Operation[Any], api: ApiSpec, context: Context) -> Any:
    annotation = pick_status(operation.errors, status) or api.errors
    if not annotation or not is_nested(body):
        return None
    spec = annotation_spec(annotation, api.models)
    try:
        fit = spec.fit(type(body))
        return None if fit is False else read(fit, spec, body, None, context)
    except RecursionError:
        return None


def _message(body: Any, response: Response) -> str:
    text = _find_message(body)
    if not text and isinstance(body, str) and response.media_type != "text/html":
        text = body
    return one_line(text) or "no message"


def _find_message(body: object, depth: int = 4) -> str:
    """The first text that the body has to say, in the members where APIs put it."""
    if is_array(body) and body and depth:
        return _find_message(body[0], depth - 1) or (body[0] if isinstance(body[0], str) else "")
    if not is_object(body) or not depth:
        return ""
    for name in _MESSAGE_MEMBERS:
        inner = body.get(name)
        text = inner if isinstance(inner, str) else _find_message(inner, depth - 1)
        if text:
            return text
    return ""


def one_line(text: str) -> str:
    """Text from outside as one short line that cannot steer a terminal."""
    text = _UNPRINTABLE.sub(" ", text).strip()
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"


def public_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """An answer's headers as a plain dict, without cookies."""
    return {name: value for name, value in headers.items() if name not in _PRIVATE_HEADERS}
