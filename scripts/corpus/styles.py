"""Takes the parameters of a request apart again, by their documented styles: what came, as texts.

A value's texts are a text, a list of texts, or a dict of texts: all that a style can carry.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote, unquote_plus

from ..contract.original.said import Parameter

Texts = str | list[str] | dict[str, str]

_SEPARATORS = {
    "spaceDelimited": r"%20|\+| ",
    "pipeDelimited": r"\||%7[Cc]",
    "tabDelimited": r"%09|\t",
}


def texts(value: Any) -> Any:
    """The value with its leaves as the texts that they are sent as."""
    if isinstance(value, dict):
        return {key: texts(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [texts(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value) if not isinstance(value, float) else _number(str(value))


def _number(text: str) -> str:
    return text.removesuffix(".0")


def same(wanted: Any, found: Any) -> bool:
    """Whether two values' texts are the same, numbers by value."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return wanted.keys() == found.keys() and all(same(wanted[key], found[key]) for key in wanted)
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(same, wanted, found))
    return bool(wanted == found or (isinstance(found, str) and wanted == _number(found)))


def carried(parameter: Parameter, value: Any) -> bool:
    """Whether the style says how such a value is written: no style says it for nested ones."""
    if parameter.media_type:
        return True
    if parameter.style == "deepObject":
        return isinstance(value, dict) and bool(value) and not any(isinstance(v, dict | list) for v in value.values())
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    nested = any(isinstance(item, dict | list) or item is None for item in inner)
    return value is not None and value not in ("", [], {}) and not nested


def in_path(parameter: Parameter, raw: str, like: Any) -> Any:
    """The texts of a path parameter; `like` is a value of the same shape."""
    if parameter.media_type:
        return texts(json.loads(unquote(raw)))
    name = re.escape(parameter.name)
    if parameter.style == "label":
        raw = raw.removeprefix(".")
        return _shaped(raw.split("." if parameter.explode else ","), parameter.explode, like)
    if parameter.style == "matrix":
        parts = raw.removeprefix(";").split(";")
        if isinstance(like, dict) and parameter.explode:
            return _shaped(parts, True, like)
        items = [item for part in parts for item in re.sub(f"^{name}=", "", part).split(",")]
        return _shaped(items, False, like)
    return _shaped(raw.split(",") if isinstance(like, list | dict) else [raw], parameter.explode, like)


def _shaped(items: list[str], explode: bool, like: Any) -> Any:
    if isinstance(like, dict):
        if explode:
            return {unquote(one.partition("=")[0]): unquote(one.partition("=")[2]) for one in items}
        return dict(zip(map(unquote, items[::2]), map(unquote, items[1::2]), strict=False))
    found = [unquote(one) for one in items]
    return found if isinstance(like, list) else ",".join(found)


def in_header(parameter: Parameter, raw: str, like: Any) -> Any:
    """The texts of a header parameter."""
    if parameter.media_type:
        return texts(json.loads(raw))
    if not isinstance(like, list | dict):
        return raw
    items = [one.strip() for one in raw.split(",")]
    if isinstance(like, list):
        return items
    if parameter.explode:
        return {one.partition("=")[0]: one.partition("=")[2] for one in items}
    return dict(zip(items[::2], items[1::2], strict=False))


def in_query(parameter: Parameter, pairs: list[tuple[str, str]], like: Any) -> Any:
    """The texts of a query or cookie parameter, taken out of the raw pairs; None where it is not there."""
    if parameter.style == "deepObject":
        found = {unquote_plus(key): unquote_plus(value) for key, value in _take(pairs, _deep(parameter.name))}
        return {key[len(parameter.name) + 1 : -1]: value for key, value in found.items()} or None
    if isinstance(like, dict) and parameter.explode and not parameter.media_type:
        return {unquote_plus(key): unquote_plus(value) for key, value in _take(pairs, set(like).__contains__)} or None
    values = [value for _, value in _take(pairs, parameter.name.__eq__)]
    if not values:
        return None
    if parameter.media_type:
        return texts(json.loads(unquote_plus(values[0])))
    if isinstance(like, list) and parameter.explode:
        return [unquote_plus(value) for value in values]
    if isinstance(like, list | dict):
        items = re.split(_SEPARATORS.get(parameter.style, ","), values[0])
        return _shaped([item.replace("+", " ") for item in items], False, like)
    return unquote_plus(values[0]) if len(values) == 1 else [unquote_plus(value) for value in values]


def _deep(name: str) -> Any:
    return lambda key: key.startswith(f"{name}[") and key.endswith("]")


def _take(pairs: list[tuple[str, str]], mine: Any) -> list[tuple[str, str]]:
    """The pairs whose decoded key is the parameter's, which leave the list."""
    taken = [pair for pair in pairs if mine(unquote_plus(pair[0]))]
    pairs[:] = [pair for pair in pairs if pair not in taken]
    return taken
