"""Parameters and fields of forms in their documented styles: written as requests carry them, and taken apart again.

Taken apart, a value is texts: a text, or a list or dict of such, as deep as brackets go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote, unquote_plus

from .original.said import Parameter
from .recordings import is_json

Pair = tuple[str, str]

BETWEEN = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
"""Between the items of a list that is one text, by style."""
_SEPARATORS = {
    "spaceDelimited": r"%20|\+| ",
    "pipeDelimited": r"\||%7[Cc]",
    "tabDelimited": r"%09|\t",
}


def plain(value: Any) -> str:
    """The text of a value that is not spread; what no style says the form of is JSON."""
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def to_query(parameter: Parameter, value: Any) -> list[Pair]:
    """The pairs of a query parameter, percent-encoded."""
    name = _quoted(parameter.name)
    if parameter.media_type:
        return [(name, quote(_content(parameter, value), safe=""))]
    if parameter.style == "deepObject":
        deep = brackets(parameter.name, value, numbered=isinstance(value, list))
        return [(_quoted(key), _quoted(text)) for key, text in deep]
    if isinstance(value, dict) and parameter.explode:
        return [(_quoted(key), _quoted(item)) for key, item in value.items()]
    if isinstance(value, list) and parameter.explode:
        return [(name, _quoted(item)) for item in value]
    between = quote(BETWEEN.get(parameter.style, ","), safe=",")
    return [(name, between.join(_flat(value, _quoted)))]


def to_path(parameter: Parameter, value: Any) -> str:
    """The text of a path parameter, percent-encoded."""
    if parameter.media_type:
        return quote(_content(parameter, value), safe="")
    glued = isinstance(value, dict) and parameter.explode
    texts = [f"{_quoted(key)}={_quoted(item)}" for key, item in value.items()] if glued else [*_flat(value, _quoted)]
    if parameter.style == "matrix":
        name = f";{_quoted(parameter.name)}="
        if glued:
            return "".join(f";{text}" for text in texts)
        return "".join(name + text for text in texts) if parameter.explode else name + ",".join(texts)
    joined = ("." if parameter.style == "label" and parameter.explode else ",").join(texts)
    return f".{joined}" if parameter.style == "label" else joined


def to_header(parameter: Parameter, value: Any) -> str:
    """The text of a header parameter."""
    if parameter.media_type:
        return _content(parameter, value)
    if isinstance(value, dict) and parameter.explode:
        return ",".join(f"{key}={plain(item)}" for key, item in value.items())
    return ",".join(_flat(value, plain))


def query_text(pairs: Iterable[Pair]) -> str:
    """The query with its question mark; "" where there are no pairs."""
    text = "&".join(f"{key}={value}" for key, value in pairs)
    return f"?{text}" if text else ""


def brackets(name: str, value: Any, numbered: bool) -> Iterator[Pair]:
    """The pairs of a value as deep as it goes: `a[b]`, and `a[0]` where the items of lists are `numbered`."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from brackets(f"{name}[{key}]", item, numbered)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from brackets(f"{name}[{index}]" if numbered else name, item, numbered)
    elif value is not None:
        yield name, plain(value)


def _content(parameter: Parameter, value: Any) -> str:
    """A value in the media type of its parameter."""
    return value if isinstance(value, str) and not is_json(parameter.media_type) else json.dumps(value)


def _held(parameter: Parameter, text: str, like: Any) -> Any:
    """The texts of what a text in the media type of its parameter says."""
    return text if isinstance(like, str) and not is_json(parameter.media_type) else texts(json.loads(text))


def _flat(value: Any, text: Callable[[Any], str]) -> Iterable[str]:
    if isinstance(value, dict):
        return (text(one) for pair in value.items() for one in pair)
    return map(text, value if isinstance(value, list) else [value])


def _quoted(value: Any) -> str:
    return quote(plain(value), safe="")


def out_of_brackets(name: str, pairs: Iterable[Pair]) -> Any:
    """The texts of what is called `name`, with or without brackets; None where nothing is.

    What was there several times is a list of texts; whatever has brackets is a dict, with numbers or nothing for the
    keys of a list.
    """
    root: dict[str | None, Any] = {}
    for key, text in pairs:
        if key == name or (key.startswith(f"{name}[") and key.endswith("]")):
            node = root
            for part in key[len(name) + 1 : -1].split("][") if key != name else ():
                node = node.setdefault(part, {})
            node.setdefault(None, []).append(text)
    return _of_node(root) if root else None


def _of_node(node: dict[str | None, Any]) -> Any:
    own = node.pop(None, [])
    inner = {key: _of_node(item) for key, item in node.items()}
    if inner:
        return inner
    return own[0] if len(own) == 1 else own


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


def reads_back_in_query(parameter: Parameter, value: Any) -> bool:
    """Whether a query in the parameter's style tells the value, and not another one as well."""
    pairs = to_query(parameter, value) if carried(parameter, value) else []
    return bool(pairs) and same(texts(value), in_query(parameter, pairs, value)) and not pairs


def reads_back_in_path(parameter: Parameter, value: Any) -> bool:
    """The same of a path; a part that is empty or dots leads elsewhere."""
    text = to_path(parameter, value) if carried(parameter, value) else ""
    return text not in ("", ".", "..") and same(texts(value), in_path(parameter, text, value))


def reads_back_in_header(parameter: Parameter, value: Any) -> bool:
    """The same of a header, which takes what is printable alone."""
    text = to_header(parameter, value) if carried(parameter, value) else ""
    fits = re.fullmatch(r"[!-~]([ -~]*[!-~])?", text) is not None
    return fits and same(texts(value), in_header(parameter, text, value))


def in_path(parameter: Parameter, raw: str, like: Any) -> Any:
    """The texts of a path parameter; `like` is a value of the same shape."""
    if parameter.media_type:
        return _held(parameter, unquote(raw), like)
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
        return _held(parameter, raw, like)
    if not isinstance(like, list | dict):
        return raw
    items = [one.strip() for one in raw.split(",")]
    if isinstance(like, list):
        return items
    if parameter.explode:
        return {one.partition("=")[0]: one.partition("=")[2] for one in items}
    return dict(zip(items[::2], items[1::2], strict=False))


def in_query(parameter: Parameter, pairs: list[Pair], like: Any) -> Any:
    """The texts of a query or cookie parameter, taken out of the raw pairs; None where it is not there."""
    if parameter.style == "deepObject":
        found = _take(pairs, _deep(parameter.name))
        return out_of_brackets(parameter.name, ((unquote_plus(key), unquote_plus(value)) for key, value in found))
    if isinstance(like, dict) and parameter.explode and not parameter.media_type:
        return {unquote_plus(key): unquote_plus(value) for key, value in _take(pairs, set(like).__contains__)} or None
    values = [value for _, value in _take(pairs, parameter.name.__eq__)]
    if not values:
        return None
    if parameter.media_type:
        return _held(parameter, unquote_plus(values[0]), like)
    if isinstance(like, list) and parameter.explode:
        return [unquote_plus(value) for value in values]
    if isinstance(like, list | dict):
        items = re.split(_SEPARATORS.get(parameter.style, ","), values[0])
        return _shaped([item.replace("+", " ") for item in items], False, like)
    return unquote_plus(values[0]) if len(values) == 1 else [unquote_plus(value) for value in values]


def _deep(name: str) -> Any:
    return lambda key: key.startswith(f"{name}[") and key.endswith("]")


def _take(pairs: list[Pair], mine: Any) -> list[Pair]:
    """The pairs whose decoded key is the parameter's, which leave the list."""
    taken = [pair for pair in pairs if mine(unquote_plus(pair[0]))]
    pairs[:] = [pair for pair in pairs if pair not in taken]
    return taken
