# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Bodies of requests, by media type."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from .encode import encode
from .errors import InvalidRequestError
from .files import NO_BODY, Body, file_body
from .jsontext import dumps
from .multipart import form_text, multipart_body
from .narrow import is_array, is_mapping, is_object, is_tuple
from .unset import UNSET

_SEPARATORS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
"""Between the items of a list that is one field."""


def make_body(
    media_type: str | None,
    value: Any,
    extra: Mapping[str, object] | None,
    encoding: Mapping[str, str],
    base64: Collection[str] = (),
) -> Body:
    """The body for a value in the media type of its operation.

    `encoding` tells how the fields of a form are written; bytes of those in `base64` are sent as text.

    Raises `InvalidRequestError` for a value that has no form in it.
    """
    if value is UNSET and extra is None:
        return NO_BODY
    kind = (media_type or "application/json").partition(";")[0].strip().lower()
    try:
        value = {} if value is UNSET else value
        if kind.startswith("multipart/"):
            return multipart_body(kind, _with_extra(value, extra), encoding, base64)
        return _make(kind, media_type or kind, value, extra, encoding)
    except (TypeError, ValueError, OSError, RecursionError) as error:
        raise InvalidRequestError(f"the body cannot be sent as {kind}: {error}") from None


def _make(
    kind: str, media_type: str, value: Any, extra: Mapping[str, object] | None, encoding: Mapping[str, str]
) -> Body:
    if kind.endswith(("/json", "+json")):
        return Body(media_type, dumps(_with_extra(encode(value), extra)))
    if kind == "application/x-www-form-urlencoded" and not isinstance(value, str):  # text is a form made by hand
        return Body(media_type, urlencode(list(_fields(_with_extra(encode(value), extra), encoding))).encode())
    if extra:
        raise TypeError("extra_body needs a body with members")
    return _single(media_type, value)


def _with_extra(value: Any, extra: Mapping[str, object] | None) -> Any:
    if not extra:
        return value
    if not is_mapping(value):
        raise TypeError("extra_body needs a body with members")
    return {**value, **encode(extra)}


def _fields(value: Any, encoding: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    if not is_object(value):
        raise TypeError(f"expected members, not {type(value).__name__}")
    for name, item in value.items():
        said = encoding.get(name, "")
        if item is None:
            continue
        if said.endswith(("/json", "+json")) and not isinstance(item, str):  # a text of JSON is JSON already
            yield name, dumps(item).decode()
        elif is_array(item) and said in _SEPARATORS:
            yield name, _SEPARATORS[said].join(map(form_text, item))
        else:
            yield from _brackets(name, item, numbered=said == "deepObject")


def _brackets(name: str, value: Any, numbered: bool) -> Iterable[tuple[str, str]]:
    if is_object(value):
        for key, item in value.items():
            yield from _brackets(f"{name}[{key}]", item, numbered)
    elif is_array(value):
        for index, item in enumerate(value):
            yield from _brackets(f"{name}[{index}]" if numbered else name, item, numbered)
    elif value is not None:
        yield name, form_text(value)


def _single(media_type: str, value: Any) -> Body:
    if isinstance(value, str) or (isinstance(value, int | float) and media_type.startswith("text/")):
        return Body(media_type, form_text(value).encode())
    if is_tuple(value) and len(value) == 3:
        media_type = str(value[2])
    if is_tuple(value) and len(value) in (2, 3):
        value = value[1]  # a body of its own has no place for a file's name
    part = file_body(value)
    if part is None:
        raise TypeError(f"expected text, bytes, a path, a file or an iterable of bytes, not {type(value).__name__}")
    part.media_type = media_type
    return part
