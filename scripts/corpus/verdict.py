"""Judges one exchange: whether the request is the one that the document describes, and the result the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

from ..contract.equality import json_differences
from ..contract.original.document import Original
from ..contract.original.said import Parameter
from ..contract.recordings import is_json
from ..contract.styles import BETWEEN, in_header, in_path, in_query, same, texts
from .exchanges import Exchange


class Judge:
    """Judges the exchanges of one document."""

    def __init__(self, original: Original, base: str) -> None:
        self.original = original
        self.schemes = original.schemes
        self.base = base

    def faults(self, made: Exchange, results: list[dict[str, Any]]) -> list[str]:
        """What went wrong, worst first."""
        found: list[str] = []
        for (answer, value), result in zip(made.answers, results, strict=True):
            if result["sent"] is None:
                return [f"nothing was sent: {result.get('raised')} {result.get('message')}"]
            found += self._request(made, result["sent"])
            found += _result(made, answer, value, result)
        return list(dict.fromkeys(found))

    def _request(self, made: Exchange, sent: Mapping[str, Any]) -> Iterator[str]:
        if sent["method"] != made.said.verb:
            yield f"the verb is {sent['method']} in place of {made.said.verb}"
        raw_path, _, raw_query = sent["target"].partition("?")
        yield from self._path(made, raw_path)
        yield from self._query(made, raw_query)
        yield from _headers(made, sent["headers"])
        yield from self._filled(made, sent["headers"])
        yield from self._secured(made, sent)
        yield from _body(self.original, made, sent)

    def _path(self, made: Exchange, raw: str) -> Iterator[str]:
        template = re.sub(r"\{[+*?#./;&]*([^{}]*?)\*?\}", r"{\1}", made.said.path.partition("#")[0].partition("?")[0])
        names: list[str] = []
        pieces = re.split(r"(\{[^{}]+\})", template)
        pattern = "".join(_hole(piece, names) if piece[:1] == "{" else _literal(piece) for piece in pieces)
        bases = {self.base.rstrip("/"), *made.said.bases}
        found = next((m for base in bases if (m := re.fullmatch(_literal(base) + pattern, raw))), None)
        if found is None:
            yield f"the path is {raw} in place of {template}"
            return
        values = {parameter.name: (parameter, value) for parameter, value in made.values if parameter.place == "path"}
        for name, text in zip(names, found.groups(), strict=True):
            if name in values and "}{" not in template:  # where values touch, nothing tells where one ends
                yield from _compared(
                    values[name][0], texts(values[name][1]), in_path(values[name][0], text, values[name][1])
                )

    def _query(self, made: Exchange, raw: str) -> Iterator[str]:
        pairs = [(key, value) for key, _, value in (part.partition("=") for part in raw.split("&") if part)]
        fixed, asked = made.said.path.partition("#")[0].partition("?")[2], set[str]()
        for part in filter(None, re.split("&", fixed)):
            key, _, value = part.partition("=")
            if "{" in value:
                asked.add(key)
            else:
                if (key, value) not in pairs:
                    yield f"the query lacks {part}, which stands in the path"
                pairs = [pair for pair in pairs if pair != (key, value)]
        for parameter, value in made.values:
            if parameter.place == "query":
                yield from _compared(parameter, texts(value), in_query(parameter, pairs, value))
        whole = [value for parameter, value in made.values if parameter.place == "querystring"]
        if whole:
            found: dict[str, list[str]] = {}
            for key, value in pairs:
                found.setdefault(unquote_plus(key), []).append(unquote_plus(value))
            wanted = {key: value if isinstance(value, list) else [value] for key, value in texts(whole[0]).items()}
            yield from () if found == wanted else [f"the query string is {raw}"]
            return
        keys = {str(one.get("name")) for one in self.schemes.values() if one.get("in") == "query"}
        left = [unquote(key) for key, _ in pairs if unquote(key).partition("[")[0] not in {*keys, *asked, *made.loose}]
        yield from (f"the query has {key!r}, which nobody gave" for key in left if not made.loose)

    def _filled(self, made: Exchange, headers: Mapping[str, str]) -> Iterator[str]:
        for parameter in made.filled:
            value = headers.get(parameter.name.lower())
            if value is None:
                yield f"the header parameter {parameter.name!r} was not sent"
            elif faults := self.original.faults(parameter.schema, value):
                yield f"the header parameter {parameter.name!r} is {_short(value)}: {faults[0]}"

    def _secured(self, made: Exchange, sent: Mapping[str, Any]) -> Iterator[str]:
        known = [one for one in made.said.security if one <= self.schemes.keys()]
        if known and not any(all(self._placed(name, sent) for name in alternative) for alternative in known):
            yield f"no credential for {' or '.join('+'.join(sorted(one)) for one in known)}"

    def _placed(self, name: str, sent: Mapping[str, Any]) -> bool:
        scheme = self.schemes[name]
        kind, key = scheme.get("type"), str(scheme.get("name", ""))
        if kind == "apiKey":
            if scheme.get("in") == "query":
                return key in dict(parse_qsl(urlsplit(sent["target"]).query))
            if scheme.get("in") == "cookie":
                return f"{key}=" in sent["headers"].get("cookie", "")
            return key.lower() in sent["headers"]
        if kind in ("http", "basic", "oauth2", "openIdConnect"):
            prefix = "basic " if "basic" in (kind, str(scheme.get("scheme")).lower()) else ""
            return bool(
                sent["headers"].get("authorization", "").lower().startswith(prefix)
                and "authorization" in sent["headers"]
            )
        return True  # of other kinds there is nothing to see in a request


def _hole(piece: str, names: list[str]) -> str:
    names.append(piece[1:-1])
    return "([^/]+)"


def _literal(text: str) -> str:
    """A pattern for the text, percent-encoded or not."""
    return "".join(
        re.escape(char) if char.isalnum() and char.isascii() else f"(?:{re.escape(char)}|{_encoded(char)})"
        for char in text
    )


def _encoded(char: str) -> str:
    return "".join(f"(?i:%{byte:02X})" for byte in char.encode("utf-8", "replace"))


def _compared(parameter: Parameter, wanted: Any, found: Any) -> Iterator[str]:
    if found is None:
        yield f"the {parameter.place} parameter {parameter.name!r} was not sent"
    elif not same(wanted, found):
        yield f"the {parameter.place} parameter {parameter.name!r} is {_short(found)} in place of {_short(wanted)}"


def _short(value: Any) -> str:
    return repr(value)[:80]


def _headers(made: Exchange, headers: Mapping[str, str]) -> Iterator[str]:
    cookies = [
        (key.strip(), value) for key, _, value in (one.partition("=") for one in headers.get("cookie", "").split(";"))
    ]
    for parameter, value in made.values:
        if parameter.place == "header":
            raw = headers.get(parameter.name.lower())
            yield from _compared(parameter, texts(value), None if raw is None else in_header(parameter, raw, value))
        elif parameter.place == "cookie":
            yield from _compared(parameter, texts(value), in_query(parameter, cookies, value))


def _body(original: Original, made: Exchange, sent: Mapping[str, Any]) -> Iterator[str]:
    kind, text = sent["headers"].get("content-type", ""), sent["text"]
    if not made.media_type:
        if text and not made.unmade:
            yield f"a body was sent: {text[:60]!r}"
        return
    wanted = made.media_type.partition(";")[0].strip().lower()
    if kind.partition(";")[0].strip().lower() != wanted:
        if not (made.body in ({}, None) and not text):
            yield f"the content type is {kind or 'not there'} in place of {made.media_type}"
        return
    if is_json(wanted) or ("json" in wanted and not isinstance(made.body, str)):
        yield from _json(made.body, text)
    elif "urlencoded" in wanted and not isinstance(made.body, str):
        yield from _form(made.body, parse_qsl(text, keep_blank_values=True), made.encoding)
    elif wanted.startswith("multipart/"):
        yield from _form(made.body, list(_parts(kind, text)), {})
    elif text != made.body:
        yield f"the body is {text[:60]!r} in place of {_short(made.body)}"


def _json(wanted: Any, text: str) -> Iterator[str]:
    try:
        found = json.loads(text)
    except ValueError:
        yield "the body is no JSON"
        return
    differences = list(json_differences(wanted, found, "the body"))
    yield from differences[:3]


def _parts(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """The name and text of each part."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n{text}".encode())
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        yield str(name), content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _form(wanted: Any, pairs: list[tuple[str, str]], encoding: Mapping[str, Any]) -> Iterator[str]:
    """A form's fields against the value: repeated for the items of an array, in brackets or as JSON for an object's.

    A list is one field where its encoding says so.
    """
    left = list(pairs)
    for key, value in wanted.items():
        names = {name for name, _ in left if name == key or (name.startswith(f"{key}[") and name not in wanted)}
        mine = [text for name, text in left if name in names]
        left = [pair for pair in left if pair[0] not in names]
        items = value if isinstance(value, list) else [value]
        nested = any(isinstance(item, dict | list) for item in items)
        if not _has_leaves(value):
            continue
        if isinstance(value, list) and not nested and encoding.get(key, {}).get("explode") is False:
            mine = [item for text in mine for item in text.split(BETWEEN.get(encoding[key].get("style"), ","))]
        if (
            nested
            and len(mine) == len(items)
            and all(_parsed(text) == item for text, item in zip(mine, items, strict=True))
        ):
            continue
        if (nested and not mine) or (not nested and not same([texts(item) for item in items], mine)):
            yield f"the field {key!r} is {_short(mine)} in place of {_short(value)}"
    yield from (f"the form has {name!r}, which nobody gave" for name, _ in left)


def _has_leaves(value: Any) -> bool:
    """Whether anything of it can be seen in a form: nothing says how one holds an empty object or list."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return value is not None if inner is None else any(map(_has_leaves, inner))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _result(made: Exchange, answer: Any, value: Any, result: Mapping[str, Any]) -> Iterator[str]:
    if answer.status >= 300:
        if result.get("status") != answer.status:
            yield f"status {answer.status} gave {result.get('raised', 'a result')}: {result.get('message', '')}"
    elif "raised" in result:
        yield f"{answer.label}: {result['raised']}: {result['message']}"
    elif value is None and not answer.text:
        if result["value"] not in (None, ""):
            yield f"the empty answer became {_short(result['value'])}"
    else:
        told = list(json_differences(value, result["value"], "the result"))
        yield from (f"{answer.label}: {one}" for one in told[:3])
