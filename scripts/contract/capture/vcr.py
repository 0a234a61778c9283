"""VCR cassettes: of vcrpy (`interactions`) and of Ruby's VCR (`http_interactions`)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from ...yaml_text import Base64
from .exchange import Exchange, Pairs, Skipped, Unusable, day, from_base64, header, member, pairs, unpacked


def entries(data: Any) -> list[Any] | None:
    """The interactions; None where this is no cassette."""
    if not isinstance(data, dict):
        return None
    found = data.get("interactions", data.get("http_interactions"))
    return found if isinstance(found, list) else None


def exchange(entry: Any, number: int) -> Exchange | Skipped:
    """The exchange of one interaction, or why it is none."""
    try:
        request, response = member(entry, "request", dict), member(entry, "response", dict)
        status = _status(response)
        if not 200 <= status <= 599:
            return Skipped(number, f"the status {status} ends no exchange")
        asked, told = _headers(request), _headers(response)
        sent = unpacked(_content(request.get("body")), asked)
        return Exchange(
            number=number,
            date=day(entry.get("recorded_at"), header(told, "date")),
            method=member(request, "method", str).upper(),
            url=member(request, "uri", str),
            request_headers=asked,
            request_type=header(asked, "content-type") if sent else "",
            request_content=sent,
            status=status,
            response_headers=told,
            response_type=header(told, "content-type"),
            response_content=unpacked(_content(response.get("body", response.get("content"))), told),
        )
    except Unusable as error:
        return Skipped(number, str(error), harmless=False)


def _status(response: dict[str, Any]) -> int:
    status = response.get("status", response.get("status_code"))
    code: int = member(status, "code", int) if isinstance(status, dict) else member({"status": status}, "status", int)
    return code


def _headers(message: dict[str, Any]) -> Pairs:
    """The headers; cassettes have a list of values for each, or one value."""
    found = []
    for name, values in member(message, "headers", dict, {}).items():
        found += [(name, value) for value in (values if isinstance(values, list) else [values])]
    return pairs(found)


def _content(body: Any) -> bytes:
    """The bytes of a body: text, marked as base64, or an object around either."""
    if body is None:
        return b""
    if isinstance(body, Base64):
        return from_base64(body)
    if isinstance(body, str):
        return body.encode("utf-8", "surrogatepass")
    if not isinstance(body, dict):
        raise Unusable(f"a body is {type(body).__name__}")
    if isinstance(body.get("base64_string"), str):
        return from_base64(body["base64_string"])
    if "string" in body:
        return _content(body["string"])
    if not body or set(body) <= {"encoding"}:
        return b""
    flat = all(isinstance(value, str | int | float) for value in body.values())
    return urlencode(body).encode() if flat and "encoding" not in body else json.dumps(body).encode()
