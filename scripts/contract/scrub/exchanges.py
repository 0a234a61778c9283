"""Captured exchanges as recordings: by allow-list, so that what nobody thought of is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from ..calls import path_values
from ..capture import Exchange
from ..capture.exchange import Unusable
from ..catalog import Arms, Catalog, Operation
from ..examples import example
from ..messages import response_of, schema_in
from ..recordings import Pairs, Recording, is_json
from ..validator import Validator
from . import detect
from .bodies import scrubbed
from .pseudonyms import Pseudonyms, harmless_name
from .values import Values

_NUMBER = r"\d{1,13}(?:\.\d{1,9})?"
_MOMENT = rf"(?:@?{_NUMBER}|{detect.DATE.pattern})"
_COUNT = rf"(?:{_MOMENT}|(?:{_NUMBER}(?:ms|[smhd]))+)"
_LIMIT = rf"(?:(?:[a-z]{{1,9}}=)?{_COUNT}|\"[a-z]{{1,12}}\")(?:\s*;\s*[a-z]{{1,9}}={_NUMBER})*"
_CACHING = (
    r"(?:no-cache|no-store|no-transform|public|private|immutable|must-revalidate|proxy-revalidate|must-understand"
    rf"|(?:max-age|s-maxage|stale-while-revalidate|stale-if-error)={_NUMBER})"
)
PLAIN_HEADERS = {
    "content-language": r"[a-z]{2,3}(?:-[A-Za-z]{2,4}){0,2}",
    "retry-after": _MOMENT,
    "retry-after-ms": _NUMBER,
    "deprecation": rf"(?:true|{_MOMENT})",
    "sunset": _MOMENT,
    "allow": r"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|QUERY)",
    "accept-ranges": r"(?:bytes|none)",
    "content-range": r"bytes (?:\d{1,13}-\d{1,13}|\*)/(?:\d{1,13}|\*)",
    "x-should-retry": r"(?:true|false)",
    "date": _MOMENT,
    "age": _NUMBER,
    "cache-control": _CACHING,
    "vary": r"(?:\*|accept(?:-encoding|-language)?|origin|authorization|cookie|user-agent|referer)",
}
"""Headers of answers that tell nothing about anybody, and what they may say, in lists once or more."""
ADDRESS_HEADERS = frozenset({"location", "content-location", "link"})
NUMBERED_HEADERS = frozenset(
    {
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "etag",
        "last-event-id",
        "x-next-cursor",
    }
)
"""Headers whose value becomes a pseudonym."""


@dataclass(frozen=True)
class Scrubbed:
    """A recording, and what was left out of it: names of headers and of query parameters."""

    recording: Recording
    left_out: tuple[str, ...]


class Scrubber:
    """Makes recordings of exchanges.

    Args:
        catalog: The operations.
        validator: The document as its authors wrote it; what was valid must stay valid.
        headers: Names of more response headers to keep; their values are scrubbed.
        fields: Names of fields, or ends of paths, whose values tell nothing about anybody.
    """

    def __init__(
        self, catalog: Catalog, validator: Validator, headers: Collection[str] = (), fields: Collection[str] = ()
    ) -> None:
        self.catalog = catalog
        self.validator = validator
        self.headers = frozenset(name.lower() for name in headers)
        operations = catalog.operations.values()
        segments = {part for one in operations for part in (one.base + one.template).split("/") if "{" not in part}
        hosts = {urlsplit(one.server).hostname or "" for one in operations}
        self.pseudonyms = Pseudonyms(hosts, segments)
        self.values = Values(catalog, self.pseudonyms, fields)

    def recording(self, exchange: Exchange, operation: Operation, origin: str) -> Scrubbed:
        """The exchange as a recording of the operation, without secrets and personal data.

        Raises:
            Unusable: Nothing can stand for a value in it.
        """
        asked, dropped_query = self._url(exchange, operation)
        request_type, request_text = self._request(exchange, operation)
        response_type, response_text = self._response(exchange, operation)
        recording = Recording(
            file="",
            operation=operation.id,
            origin=origin,
            source="",
            age=operation.age,
            document=self._document(operation),
            method=operation.plan.verb,
            url=asked,
            request_headers=tuple(self._request_headers(exchange, operation)),
            request_type=request_type,
            request_text=request_text,
            status=exchange.status,
            response_headers=tuple(self._response_headers(exchange, operation, response_type)),
            response_type=response_type,
            response_text=response_text,
            date=exchange.date,
        )
        kept = {name.lower() for name, _ in (*recording.request_headers, *recording.response_headers)}
        names = {name.lower() for name, _ in (*exchange.request_headers, *exchange.response_headers)} - kept
        return Scrubbed(recording, tuple(sorted(filter(harmless_name, {*names, *dropped_query}))))

    def _document(self, operation: Operation) -> str:
        """The hash of the newest page that the operation stands on."""
        pages = [page for page in self.catalog.pages.values() if page.age == operation.age]
        named = json.dumps(operation.data)
        found = [page.sha256 for page in pages if page.file in named] or [page.sha256 for page in pages]
        return found[0] if found else ""

    def _url(self, exchange: Exchange, operation: Operation) -> tuple[str, list[str]]:
        parts = urlsplit(exchange.url)
        path = operation.template
        known = {(one.place, one.wire): self.catalog.arms(one.schema) for one in operation.plan.arguments}
        for name, value in (path_values(operation, parts.path) or {}).items():
            text = self._scalar(value, known.get(("path", name), []), name)
            path = path.replace("{" + name + "}", quote(text, safe=""))
        secret, query, dropped = self.catalog.secrets("query"), [], []
        fixed = {name for place, name, _ in operation.plan.fixed if place == "query"}
        for key, value in parse_qsl(parts.query, keep_blank_values=True):
            name = key.partition("[")[0] if ("query", key) not in known else key
            is_known = (("query", name) in known or name in fixed) and harmless_name(key)
            if not is_known or name.lower() in secret:
                dropped.append(name)
            else:
                arms = known.get(("query", name), [])
                query.append((key, value if name in fixed else self._scalar(value, arms, name)))
        return operation.server + path + (f"?{urlencode(query)}" if query else ""), dropped

    def _scalar(self, text: str, arms: Arms, name: str) -> str:
        """A value of a path, query or header; of a list in one text, each item."""
        items = [arm for arm in arms for arm in self.catalog.arms(arm.get("items"))]
        if items and "," in text:
            return ",".join(self.values.text(item, items, (name,)) for item in text.split(","))
        arms = [*arms, *items]
        listed = {str(value) for arm in arms for value in arm.get("enum") or ()}
        return text if text in (*listed, "true", "false") else self.values.text(text, arms, (name,))

    def _request_headers(self, exchange: Exchange, operation: Operation) -> Iterator[tuple[str, str]]:
        known = {one.wire.lower(): one for one in operation.plan.arguments if one.place == "header"}
        for name, value in exchange.request_headers:
            argument = known.get(name.lower())
            if argument and name.lower() not in self.catalog.secrets("header"):
                yield argument.wire, self._scalar(value, self.catalog.arms(argument.schema), argument.wire)

    def _response_headers(self, exchange: Exchange, operation: Operation, kind: str) -> Iterator[tuple[str, str]]:
        documented = {name.lower() for answer in operation.plan.answers for name in answer.headers} | self.headers
        secret = self.catalog.secrets("header")
        for name, value in _distinct(exchange.response_headers):
            lower = name.lower()
            if lower in secret or not harmless_name(name) or not value.isascii() or not value.isprintable():
                continue
            if lower == "content-type":
                yield "Content-Type", kind
            elif lower == "content-disposition":
                yield name, "attachment"
            elif lower in ADDRESS_HEADERS:
                yield name, self._addresses(lower, value)
            elif (lower in PLAIN_HEADERS or is_rate_limit(lower)) and _is_plain(lower, value):
                yield name, value
            elif lower in NUMBERED_HEADERS or lower in documented:
                yield name, self.values.text(value, [], (name,))

    def _addresses(self, name: str, value: str) -> str:
        if name != "link":
            return self._address(value)
        links = re.findall(r"<([^<>]*)>((?:\s*;\s*(?:rel|type)=\"?[a-z/ -]{1,40}\"?)*)", value)
        return ", ".join(f"<{self._address(address)}>{rest}" for address, rest in links)

    def _address(self, address: str) -> str:
        if "://" in address:
            return self.pseudonyms.url(address)
        made = self.pseudonyms.url(f"https://{min(self.pseudonyms.hosts) or 'a'}/{address.lstrip('/')}")
        return "/" + made.split("/", 3)[-1]

    def _request(self, exchange: Exchange, operation: Operation) -> tuple[str, str]:
        body = operation.data.get("requestBody") or {}
        if exchange.request_content and not exchange.request_type:
            raise Unusable("the request has a body, and no media type says what it is")
        if not exchange.request_content or not exchange.request_type:
            return (exchange.request_type and "", "")
        schema = schema_in(body.get("content"), exchange.request_type)
        kind, text = scrubbed(self.values, exchange.request_type, exchange.request_content, schema)
        return kind, self._fitting(exchange, operation, None, schema, kind, text)

    def _response(self, exchange: Exchange, operation: Operation) -> tuple[str, str]:
        said = response_of(operation.data.get("responses"), exchange.status)
        schema = schema_in(said.get("content"), exchange.response_type) if isinstance(said, dict) else {}
        kind, text = scrubbed(self.values, exchange.response_type, exchange.response_content, schema)
        return (kind if text else ""), self._fitting(exchange, operation, exchange.status, schema, kind, text)

    def _fitting(
        self, exchange: Exchange, operation: Operation, status: int | None, schema: Any, kind: str, text: str
    ) -> str:
        """The text, changed where a pseudonym broke a rule of the document that the original kept.

        Raises:
            Unusable: No example keeps the rule, either.
        """
        content = exchange.request_content if status is None else exchange.response_content
        if not is_json(kind) or not text:
            return text
        try:
            before, body = json.loads(content), json.loads(text)
        except ValueError:
            return text
        wrong = self._wrong(operation, status, kind, before)
        for _ in range(3):
            places = sorted(self._wrong(operation, status, kind, body) - wrong)
            if not places:
                return json.dumps(body, ensure_ascii=False)
            for place in places:
                body = _put(body, place, self._example(schema, place))
        side = "request" if status is None else "response"
        where = "".join("[]" if isinstance(key, int) else f".{key}" for key in places[0])
        raise Unusable(f"no pseudonym fits the rules of {side}{where}; write this recording by hand")

    def _wrong(self, operation: Operation, status: int | None, kind: str, body: Any) -> set[tuple[str | int, ...]]:
        return {tuple(error.instance_path) for error in self.validator.errors(operation, status, kind, body)}

    def _example(self, schema: Any, place: tuple[str | int, ...]) -> Any:
        for key in place:
            arms = self.catalog.arms(schema)
            kind = "items" if isinstance(key, int) else "properties"
            found = [arm.get(kind) if kind == "items" else (arm.get(kind) or {}).get(key) for arm in arms]
            found = [one for one in found if isinstance(one, dict)]
            schema = {"anyOf": found} if len(found) != 1 else found[0]
        return example(schema, self.catalog.resolve)


def is_rate_limit(name: str) -> bool:
    """Whether a header, in lower case, tells how many calls are left."""
    return re.fullmatch(r"(x-)?rate-?limit(-[a-z-]{1,40})?", name) is not None


def _is_plain(name: str, value: str) -> bool:
    """Whether a value is what headers of that name say, once or in a list."""
    item = PLAIN_HEADERS.get(name, _LIMIT)
    return len(value) <= 200 and re.fullmatch(rf"{item}(?:\s*,\s*{item})*", value, re.I) is not None


def _put(body: Any, place: tuple[str | int, ...], value: Any) -> Any:
    if not place:
        return value
    node = body
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = value
    return body


def _distinct(headers: Pairs) -> Pairs:
    """The headers, of each name the first."""
    return tuple({name.lower(): (name, value) for name, value in reversed(headers)}.values())[::-1]
