# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Values of parameters as text, in the styles of OpenAPI; and paths that stay on their route."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from .encode import encode
from .errors import ArgumentTypeError, InvalidRequestError
from .jsontext import dumps
from .narrow import is_array, is_nested, is_object
from .operation import Place, Style
from .unset import UNSET

_DEFAULTS: dict[Place, Style] = {
    "path": Style("path", "simple", explode=False),
    "query": Style("query", "form", explode=True),
    "header": Style("header", "simple", explode=False),
    "cookie": Style("cookie", "form", explode=True),
}
_SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C", "tabDelimited": "%09"}
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_RESERVED = ":/?@!$'()*,;="
"""Of those that OpenAPI calls reserved, what neither ends a value in a query nor means another sign there."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def fill_path(template: str, values: Mapping[str, Any], styles: Mapping[str, Style]) -> str:
    """The path with its values, percent-encoded so that each stays within its own segment.

    Raises `InvalidRequestError` for a value that is missing, empty, or would make a segment `.` or `..`.
    """

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        text = _path_text(name, values.get(name, UNSET), styles.get(name, _DEFAULTS["path"]))
        if not text:
            raise InvalidRequestError(f"path parameter {name!r} is empty: it would be another path")
        return text

    path = _PLACEHOLDER.sub(fill, template)
    if path is not template and any(segment in (".", "..") for segment in path.split("/")):
        raise InvalidRequestError(f"path values of {template!r} make a segment '.' or '..': it would be another path")
    return path


def _path_text(name: str, value: Any, style: Style) -> str:
    value = _wire(name, value)
    if value is None or value is UNSET:
        raise InvalidRequestError(f"path parameter {name!r} is {value!r}: it needs a value")
    if style.content:
        return _escape(name, _content(value, style))
    kind = style.style or "simple"
    if isinstance(value, dict) and style is _DEFAULTS["path"]:
        raise InvalidRequestError(f"path parameter {name!r} is an object: it needs a plain value, such as an id")
    explode = bool(style.explode)
    if kind == "matrix":
        return _matrix(name, value, explode)
    separator = "." if kind == "label" and explode else ","
    text = separator.join(_items(name, value, "=" if explode else ","))
    return f".{text}" if kind == "label" else text


def _matrix(name: str, value: Any, explode: bool) -> str:
    key = _escape(name, name)
    if explode and is_object(value):
        return "".join(f";{item}" for item in _items(name, value, "="))
    if explode and is_array(value):
        return "".join(f";{key}={item}" for item in _items(name, value, ","))
    return f";{key}={','.join(_items(name, value, ','))}"


def query_pairs(values: Mapping[str, Any], styles: Mapping[str, Style]) -> list[str]:
    """The query's `name=value` parts, percent-encoded; values that are `UNSET` or `None` are left out."""
    pairs: list[str] = []
    for name, value in values.items():
        if value is UNSET or value is None:
            continue
        style = styles.get(name, _DEFAULTS["query"])
        pairs.extend(_query(name, _wire(name, value), style))
    return pairs


def _query(name: str, value: Any, style: Style) -> Iterable[str]:
    key, safe = _escape(name, name), _RESERVED if style.allow_reserved else ""
    if style.content:
        return [f"{key}={_escape(name, _content(value, style))}"]
    kind = style.style or "form"
    if kind == "deepObject" and is_object(value):
        return _deep(name, name, value)
    if kind == "deepObject" and is_array(value):  # no standard says it; servers that ask for it count
        return [pair for index, item in enumerate(value) for pair in _query(f"{name}[{index}]", item, style)]
    if not is_nested(value):
        return [f"{key}={_text(name, value, safe)}"]
    if not value:
        return []
    if style.explode if style.explode is not None else kind == "form":
        items = _items(name, value, "=", safe)
        return items if is_object(value) else [f"{key}={item}" for item in items]
    separator = _SEPARATORS.get(kind, ",")
    return [f"{key}={separator.join(_items(name, value, separator, safe))}"]


def _deep(name: str, prefix: str, value: dict[str, Any]) -> Iterable[str]:
    for key, item in value.items():
        inner = f"{prefix}[{key}]"
        if is_object(item):
            yield from _deep(name, inner, item)
        else:
            for one in item if is_array(item) else [item]:
                yield f"{_escape(name, inner)}={_text(name, one)}"


def header_text(name: str, value: Any, style: Style | None = None) -> str:
    """A header's value in the style `simple`.

    Raises `InvalidRequestError` for control characters, which could start another header, and what is not Latin-1.
    """
    style = style or _DEFAULTS["header"]
    wire = _wire(name, value)
    if style.content:
        text = _content(wire, style)
    elif is_object(wire):
        glue = "=" if style.explode else ","
        text = ",".join(f"{key}{glue}{_plain(name, item)}" for key, item in wire.items())
    else:
        text = ",".join(_plain(name, item) for item in (wire if is_array(wire) else [wire]))
    return check_header(name, text)


def check_header(name: str, text: str) -> str:
    """The text, if it can stand in a header. Raises `InvalidRequestError` if not."""
    if not re.fullmatch(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", name):
        raise InvalidRequestError(f"{name!r} is no name for a header")
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ArgumentTypeError(f"header {name!r}: expected a text, not {type(text).__name__}")
    if _FORBIDDEN.search(text):
        raise InvalidRequestError(f"header {name!r} has a line break or another control character in its value")
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        raise InvalidRequestError(f"header {name!r} has characters that a header cannot carry") from None
    return text.strip(" \t")


def cookie_header(values: Mapping[str, Any], styles: Mapping[str, Style]) -> str:
    """The header `Cookie`; empty if no value is left."""
    pairs: list[str] = []
    for name, value in values.items():
        if value is not UNSET and value is not None:
            pairs.extend(_query(name, _wire(name, value), styles.get(name, _DEFAULTS["cookie"])))
    return "; ".join(pairs)


def _items(name: str, value: Any, glue: str, safe: str = "") -> list[str]:
    if is_object(value):
        return [f"{_escape(name, key)}{glue}{_text(name, item, safe)}" for key, item in value.items()]
    if is_array(value):
        return [_text(name, item, safe) for item in value]
    return [_text(name, value, safe)]


def _text(name: str, value: Any, safe: str = "") -> str:
    return _escape(name, _plain(name, value), safe)


def _plain(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_nested(value):
        return dumps(value).decode()
    return str(value)


def _content(value: Any, style: Style) -> str:
    """A value in the media type of its parameter: JSON, or a text as it is."""
    is_json = style.content.partition(";")[0].strip().lower().endswith(("/json", "+json"))
    return value if isinstance(value, str) and not is_json else dumps(value).decode()


def _escape(name: str, text: str, safe: str = "") -> str:
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError:
        raise InvalidRequestError(f"parameter {name!r} has half of a surrogate pair in it") from None


def _wire(name: str, value: Any) -> Any:
    if value is UNSET:
        return value
    try:
        return encode(value)
    except TypeError as error:
        raise InvalidRequestError(f"parameter {name!r}: {error}") from None
