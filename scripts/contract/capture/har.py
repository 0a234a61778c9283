"""HAR as browsers and proxies write it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ..forms import Part, written
from .exchange import Exchange, Pairs, Skipped, Unusable, day, from_base64, header, member, pairs, unpacked


def entries(data: Any) -> list[Any] | None:
    """The entries; None where this is no HAR."""
    log = data.get("log") if isinstance(data, dict) else None
    found = log.get("entries") if isinstance(log, dict) else None
    return found if isinstance(found, list) else None


def exchange(entry: Any, number: int) -> Exchange | Skipped:
    """The exchange of one entry, or why it is none."""
    try:
        request, response = member(entry, "request", dict), member(entry, "response", dict)
        status = member(response, "status", int)
        if entry.get("_resourceType") == "websocket" or status == 101:
            return Skipped(number, "a web socket")
        if entry.get("_fromCache"):
            return Skipped(number, "answered from a browser's cache")
        if not 200 <= status <= 599:
            return Skipped(number, "it has no answer" if status < 100 else f"the status {status} ends no exchange")
        return _exchange(entry, request, response, status, number)
    except Unusable as error:
        return Skipped(number, str(error), harmless=False)


def _exchange(entry: dict[str, Any], request: Any, response: Any, status: int, number: int) -> Exchange:
    asked, told = _headers(request), _headers(response)
    media_type, sent = _sent(request, asked)
    content = member(response, "content", dict, {})
    text = member(content, "text", str, "")
    encoding = member(content, "encoding", str, "").lower()
    if encoding not in ("", "base64", "utf-8", "utf8"):
        raise Unusable("a body has an encoding that HAR does not know")
    answered = from_base64(text) if encoding == "base64" else text.encode("utf-8", "surrogatepass")
    if not text and response.get("_error"):
        raise Unusable("the answer never arrived whole")
    if not text and _lacks_body(request, status, told, content):
        raise Unusable("the body of the answer was not captured; save the traffic with its content")
    return Exchange(
        number=number,
        date=day(entry.get("startedDateTime"), header(told, "date")),
        method=member(request, "method", str).upper(),
        url=member(request, "url", str),
        request_headers=asked,
        request_type=media_type,
        request_content=unpacked(sent, asked),
        status=status,
        response_headers=told,
        response_type=_media_type(header(told, "content-type"), content, answered),
        response_content=unpacked(answered, told),
    )


def _lacks_body(request: Any, status: int, headers: Pairs, content: dict[str, Any]) -> bool:
    """Whether an answer had a body that the capture is without, as browsers save what they let go of."""
    if status in (204, 205, 304) or request.get("method") == "HEAD":
        return False
    size, length = content.get("size"), header(headers, "content-length")
    if content.get("text") is None and length != "0" and (length or header(headers, "content-type")):
        return True
    return isinstance(size, int) and size > 0


def _media_type(said: str, content: dict[str, Any], body: bytes) -> str:
    """The header's media type; of the entry's own word only what a browser did not make up for an empty body."""
    own = member(content, "mimeType", str, "")
    return said or (own if body and own != "x-unknown" else "")


def _headers(message: dict[str, Any]) -> Pairs:
    found = member(message, "headers", list, [])
    return pairs([(member(one, "name", str), member(one, "value", str, "")) for one in found])


def _sent(request: dict[str, Any], headers: Pairs) -> tuple[str, bytes]:
    """The media type and the bytes of the request's body; `params` stand for a form that has no text."""
    post = member(request, "postData", dict, {})
    text = member(post, "text", str, "")
    media_type = member(post, "mimeType", str, "") or header(headers, "content-type")
    if text and (post.get("encoding") == "base64" or post.get("_encoding") == "base64"):
        return media_type, from_base64(text)
    params = member(post, "params", list, [])
    if params and not text:
        return _form(media_type, params)
    return (media_type if post else ""), text.encode("utf-8", "surrogatepass")


def _form(media_type: str, params: list[Any]) -> tuple[str, bytes]:
    parts = [
        Part(
            member(one, "name", str),
            member(one, "value", str, ""),
            member(one, "fileName", str, ""),
            member(one, "contentType", str, ""),
        )
        for one in params
    ]
    if media_type.startswith("multipart/"):
        media_type, text = written(media_type, parts)
        return media_type, text.encode("utf-8", "surrogatepass")
    return media_type, urlencode([(part.name, part.text) for part in parts]).encode()
