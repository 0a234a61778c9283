"""Reads a Markdown page with an embedded OpenAPI block into fragments, one for each operation of the block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import documents
from ..documents import Document, pointer
from ..problems import BadInput
from .fragment import METHODS, Fragment, Notes

_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)")
_INFO = re.compile(rf"(?:\S+\s+)*(?P<method>{'|'.join(METHODS)})\s+(?P<path>/\S*)\s*", re.IGNORECASE)
_DESCRIPTION = re.compile(r"""[\s{]*["']?(openapi|swagger)["']?\s*:""")
_HEADING = re.compile(rf"#+\s+(?P<method>{'|'.join(METHODS).upper()})\s+(?P<path>/\S*)\s*")
_URL_LINE = re.compile(rf"(?:{'|'.join(METHODS).upper()})\s+(?P<url>https?://[^/\s]+)(?P<path>/\S*)?")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    info: str
    line: int
    """The line of the opening fence."""
    text: str
    closed: bool
    heading: str
    """The nearest heading above."""

    @property
    def named(self) -> tuple[str, str] | None:
        """The operation that fence or heading names: method in lower case, and path."""
        found = _INFO.fullmatch(self.info) or _HEADING.fullmatch(self.heading)
        return (found["method"].lower(), found["path"]) if found else None

    @property
    def is_description(self) -> bool:
        """Whether it holds a part of an OpenAPI document."""
        language = self.info.split()[0].lower() if self.info.split() else ""
        if language not in ("yaml", "yml", "json", ""):
            return False
        is_titled = bool(re.fullmatch(r"#+\s+OpenAPI( definition| Specification)?\s*", self.heading, re.IGNORECASE))
        return bool(_INFO.fullmatch(self.info)) or is_titled or bool(_DESCRIPTION.match(self.text))


def blocks(text: str) -> list[Block]:
    """The blocks of a page that hold OpenAPI."""
    return [block for block in _fenced(text.split("\n")) if block.is_description]


def read(page: str, age: int, found: list[Block], text: str, notes: Notes) -> list[Fragment]:
    """The fragments of these blocks; what is wrong with a block is noted."""
    fragments: list[Fragment] = []
    for block in found:
        if not block.closed:
            notes.refuse(block.line, "The block that begins here has no end: the page is cut off.", notes.again)
        try:
            document = documents.read(block.text, page, block.line + 1)
        except BadInput as error:
            notes.problems.extend(error.problems)
            continue
        if block.closed:
            fragments.extend(_of_block(page, age, block, document, text, notes))
    return _distinct(fragments, notes)


def _fenced(lines: list[str]) -> Iterator[Block]:
    heading, opened, start = "", None, 0
    for number, line in enumerate(lines, 1):
        found = _FENCE.fullmatch(line.rstrip())
        if opened:
            if found and not found["info"].strip() and found["marks"].startswith(opened["marks"]):
                yield _block(opened, lines, start, number - 1, True, heading)
                opened = None
        elif found:
            opened, start = found, number
        elif line.startswith("#"):
            heading = line.strip()
    if opened:
        yield _block(opened, lines, start, len(lines), False, heading)


def _block(opened: re.Match[str], lines: list[str], start: int, end: int, closed: bool, heading: str) -> Block:
    return Block(opened["info"].strip(), start, "\n".join(lines[start:end]), closed, heading)


def _of_block(page: str, age: int, block: Block, document: Document, text: str, notes: Notes) -> Iterator[Fragment]:
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("paths", {}), dict):
        notes.refuse(block.line, "The block is no OpenAPI document.", notes.again)
        return
    if "path" in data.get("paths", {}) and "method" in data["paths"]:
        what = "The block is in the documentation tool's own older form, not OpenAPI."
        notes.refuse(document.line("/paths"), what, "Fetch the page again from the live site.")
        return
    operations = [
        (method, path)
        for path, item in data.get("paths", {}).items()
        if isinstance(item, dict)
        for method in METHODS
        if isinstance(item.get(method), dict)
    ]
    if not operations:
        words = "a webhook" if data.get("webhooks") else "no operation"
        rule = "The page gives no fragment."
        notes.settle(block.line, f"The block describes {words}.", rule, f"To leave the page out, {notes.exclusion}.")
    if block.named and operations and block.named not in [(method, path) for method, path in operations]:
        named = f"{block.named[0].upper()} {block.named[1]}"
        notes.refuse(block.line, f"The block is said to be {named}, which is not in it.", notes.again)
        return
    for method, path in operations:
        yield _fragment(page, age, document, method, path, text)


def _fragment(page: str, age: int, document: Document, method: str, path: str, text: str) -> Fragment:
    data = dict(document.data)
    item = data["paths"][path]
    kept = {key: value for key, value in item.items() if key not in METHODS or key == method}
    data["paths"] = {path: kept}
    lines = {place: line for place in _mappings(data, "") if (line := document.line(place))}
    unstated = _unstated(data, kept[method])
    if "servers" in unstated and (server := _server(text, path)):
        data["servers"] = [{"url": server}]
        unstated.remove("servers")
    return Fragment(page, "markdown", age, method, path, data, unstated, list(_samples(kept[method])), lines)


def _unstated(data: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    words = [] if data.get("servers") or operation.get("servers") else ["servers"]
    words += [] if "security" in data or "security" in operation else ["security"]
    words += [] if operation.get("operationId") else ["operationId"]
    responses = operation.get("responses")
    statuses = list(responses) if isinstance(responses, dict) else []
    return words + ([] if any(status[:1] != "2" for status in statuses) else ["errors"])


def _server(text: str, path: str) -> str:
    """The server that a line such as `POST https://host/v1/path` names, or nothing."""
    for line in text.split("\n")[:200]:
        found = _URL_LINE.fullmatch(line.strip("` \r"))
        if found and (found["path"] or "").endswith(path):
            return str(found["url"] + found["path"].removesuffix(path))
    return ""


def _mappings(data: Any, place: str) -> Iterator[str]:
    """The pointers of all mappings, which are what problems and sources refer to."""
    todo = [(data, place)]
    while todo:
        node, here = todo.pop()
        if isinstance(node, dict):
            if here:
                yield here
            todo.extend((child, here + pointer(key)) for key, child in reversed(node.items()))
        elif isinstance(node, list):
            todo.extend((child, f"{here}/{index}") for index, child in reversed(list(enumerate(node))))


def _samples(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    body = operation.get("requestBody")
    yield from _examples(body, {"role": "request"})
    responses = operation.get("responses")
    for status, response in (responses if isinstance(responses, dict) else {}).items():
        yield from _examples(response, {"role": "response", "status": status})


def _examples(message: Any, head: dict[str, Any]) -> Iterator[dict[str, Any]]:
    content = message.get("content") if isinstance(message, dict) else None
    for media_type, media in (content if isinstance(content, dict) else {}).items():
        if not isinstance(media, dict):
            continue
        named = media.get("examples")
        entries = named.values() if isinstance(named, dict) else ()
        values = [entry["value"] for entry in entries if isinstance(entry, dict) and "value" in entry]
        for value in [media["example"], *values] if "example" in media else values:
            yield {**head, "media_type": media_type, "body": value}


def _distinct(fragments: list[Fragment], notes: Notes) -> list[Fragment]:
    """One fragment an operation; two that differ are a problem."""
    result: dict[str, Fragment] = {}
    for fragment in fragments:
        known = result.setdefault(fragment.operation, fragment)
        if known.document != fragment.document:
            line = fragment.lines.get(pointer("paths", fragment.path, fragment.method))
            notes.refuse(line, f"The page describes {fragment.operation} twice and differently.", notes.again)
    return list(result.values())
