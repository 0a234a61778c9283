"""What a server or a document said about one exchange: a HAR 1.2 subset, one entry per file.

HAR reserves names that begin with `_` for the writer's own fields; ours say where the exchange comes from.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..documents import Document, read
from ..generate.media import is_stream
from ..problems import BadInput, Problem
from ..tree import Tree
from .catalog import SECRET_HEADERS, Catalog

FOLDER = "tests/recordings"
IMPORTED = f"{FOLDER}/*.documented.har"
"""The files that the importer owns; every other recording is a person's."""
CREATOR = "sdk-from-docs"
MAX_SIZE = 10_000_000
"""Bytes of one recording; longer bodies belong into a test of their own."""
ORIGINS = ("live", "documented sample", "example in the spec", "mock")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Recording:
    """One request and the response to it."""

    file: str
    operation: str
    """`users.create`, the folder that the file is in."""
    origin: str
    """One of `ORIGINS`."""
    source: str
    """The page it was read from, or whatever a person wrote."""
    age: int | None
    """The age of the page; None is as new as the newest document."""
    document: str
    """The SHA-256 of the page; empty when it was not read from one."""
    method: str
    url: str
    request_headers: Pairs
    request_type: str
    """The media type of the request's body; empty when there is none."""
    request_text: str
    status: int
    response_headers: Pairs
    response_type: str
    """The media type of the response's body; empty when there is none."""
    response_text: str
    date: str = ""
    """The day on which a server said it, as `YYYY-MM-DD`; empty where nobody wrote it down."""

    @property
    def live(self) -> bool:
        """Whether a server took the request and gave the response; only that proves what servers accept."""
        return self.origin == "live"

    @property
    def documented(self) -> bool:
        """Whether a document made it up; such samples may leave fields out and hold placeholders."""
        return self.origin in ("documented sample", "example in the spec")

    @property
    def request_body(self) -> Any:
        """The request's JSON; its text where it is no JSON."""
        return body_of(self.request_type, self.request_text)

    @property
    def response_body(self) -> Any:
        """The response's JSON; its text where it is no JSON."""
        return body_of(self.response_type, self.response_text)


def is_json(media_type: str) -> bool:
    """Whether bodies of this media type are JSON."""
    essence = media_type.partition(";")[0].strip().lower()
    known = essence in ("application/json", "text/json") or essence.endswith("+json")
    return known and not is_stream(essence)


def body_of(media_type: str, text: str) -> Any:
    """The body that a text of this media type is."""
    return json.loads(text) if is_json(media_type) and text else text


def write(recording: Recording) -> str:
    """The recording as HAR; headers that can hold a secret are left out."""
    request: dict[str, Any] = {
        "method": recording.method,
        "url": recording.url,
        "headers": _pairs(recording.request_headers),
    }
    if recording.request_type:
        request["postData"] = {"mimeType": recording.request_type, "text": recording.request_text}
    response = {
        "status": recording.status,
        "headers": _pairs(recording.response_headers),
        "content": {"mimeType": recording.response_type, "text": recording.response_text},
    }
    entry = {
        **({"startedDateTime": f"{recording.date}T00:00:00Z"} if recording.date else {}),
        "request": request,
        "response": response,
        "_operation": recording.operation,
        "_origin": recording.origin,
        "_source": recording.source,
        "_age": recording.age,
        "_document": recording.document,
    }
    log = {"version": "1.2", "creator": {"name": CREATOR, "version": "1"}, "entries": [entry]}
    return json.dumps({"log": log}, indent=2, ensure_ascii=False) + "\n"


def _pairs(headers: Pairs) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers if name.lower() not in SECRET_HEADERS]


def load(tree: Tree, catalog: Catalog, made: Mapping[str, str]) -> tuple[list[Recording], list[Problem]]:
    """Every readable recording, in the order of their paths, and what is wrong with the others.

    `made` are those that the importer made now; they stand in for what it made before.
    """
    recordings: list[Recording] = []
    found = [path for path in tree.glob(f"{FOLDER}/*") if not fnmatchcase(path, IMPORTED)]
    problems = list(_strangers(tree, found))
    for path in sorted({*made, *(path for path in found if path.endswith(".har") and path.isprintable())}):
        try:
            text = made[path] if path in made else _text(tree, path)
            recordings.append(parse(text, path, catalog))
        except BadInput as bad:
            problems += bad.problems
    return recordings, problems


def _strangers(tree: Tree, found: Iterable[str]) -> Iterator[Problem]:
    """What is among the recordings and can be none, by its name alone; what is hidden is nobody's recording."""
    for path in found:
        name = path.rpartition("/")[2]
        if not path.isprintable():  # nor are half characters, which no file could be written with
            yield Problem(repr(path)[1:-1], "The file's name holds what cannot be shown.", "Rename it.")
        elif not name.startswith(".") and not name.endswith((".har", ".md")):
            fix = f"Take it in by `python -m scripts import {path}`, and remove it; or call it .har."
            yield Problem(path, "This is among the recordings, and no .har file.", fix)
    for folder in sorted((tree.root / FOLDER).glob("*")):
        if folder.is_symlink() and folder.is_dir():
            what = "This folder is a link, which is not followed."
            yield Problem(repr(f"{FOLDER}/{folder.name}")[1:-1], what, "Put the folder itself there.")


def _text(tree: Tree, path: str) -> str:
    size = len(tree.bytes(path))
    if size > MAX_SIZE:
        what = f"The recording is {size // 1_000_000} MB long, more than {MAX_SIZE // 1_000_000} MB."
        raise BadInput(Problem(path, what, "Record a shorter answer."))
    return tree.text(path)


def parse(text: str, path: str, catalog: Catalog) -> Recording:
    """The recording in a file's text.

    Raises:
        BadInput: The text is no HAR, holds a binary body or a secret, or names no operation of the API.
    """
    document = read(text, path)
    problems = list(_wrong(document))
    if problems:
        raise BadInput(problems)
    recording = _recording(path, document.data["log"]["entries"][0])
    problems = list(_unusable(recording, document, catalog))
    if problems:
        raise BadInput(problems)
    return recording


_SHAPE: tuple[tuple[str, type | tuple[type, ...], bool], ...] = (  # place below the entry, its type, whether it must be
    ("request", dict, True),
    ("request/method", str, True),
    ("request/url", str, True),
    ("request/headers", list, False),
    ("request/postData", dict, False),
    ("request/postData/mimeType", str, False),
    ("request/postData/text", str, False),
    ("response", dict, True),
    ("response/status", int, True),
    ("response/headers", list, False),
    ("response/content", dict, False),
    ("response/content/mimeType", str, False),
    ("response/content/text", str, False),
    ("_operation", str, True),
    ("_origin", str, True),
    ("_source", str, False),
    ("_age", (int, type(None)), False),
    ("_document", str, False),
    ("startedDateTime", str, False),
)
_ABSENT = object()


def _wrong(document: Document) -> Iterator[Problem]:
    log = document.data.get("log") if isinstance(document.data, dict) else None
    if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
        yield document.problem("", "This is no HAR: it has no log with entries.", "Save it as HAR 1.2, or remove it.")
        return
    if len(log["entries"]) != 1:
        what = f"The recording holds {len(log['entries'])} entries."
        yield document.problem("/log/entries", what, "Keep one entry in each file.")
        return
    entry = log["entries"][0]
    for place, kind, needed in _SHAPE:
        value = _at(entry, place)
        if value is _ABSENT and not needed:
            continue
        if not isinstance(value, kind) or isinstance(value, bool):
            what = f"{place} is missing." if value is _ABSENT else f"{place} is {type(value).__name__}."
            yield document.problem(f"/log/entries/0/{place}", what, "Write it as HAR 1.2 has it.")
    for side in ("request", "response"):
        for number, header in enumerate(_list(_at(entry, f"{side}/headers"))):
            if not isinstance(header, dict) or not all(isinstance(header.get(key), str) for key in ("name", "value")):
                place = f"/log/entries/0/{side}/headers/{number}"
                yield document.problem(place, "A header has no name or no value.", "Write both as text.")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _at(entry: Any, place: str) -> Any:
    for key in place.split("/"):
        if not isinstance(entry, dict) or key not in entry:
            return _ABSENT
        entry = entry[key]
    return entry


def _recording(path: str, entry: dict[str, Any]) -> Recording:
    request, response = entry["request"], entry["response"]
    post, content = request.get("postData", {}), response.get("content", {})
    answered = content.get("text", "")
    return Recording(
        file=path,
        operation=entry["_operation"],
        origin=entry["_origin"],
        source=entry.get("_source", ""),
        age=entry.get("_age"),
        document=entry.get("_document", ""),
        method=request["method"].upper(),
        url=request["url"],
        request_headers=_headers(request),
        request_type=post.get("mimeType", ""),
        request_text=post.get("text", ""),
        status=response["status"],
        response_headers=_headers(response),
        response_type=content.get("mimeType", ""),
        response_text=_decoded(answered) or answered if content.get("encoding") == "base64" else answered,
        date=entry.get("startedDateTime", "")[:10],
    )


def _decoded(text: str) -> str | None:
    """The text that base64 stands for; None where it stands for bytes that are none."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return None


def _headers(message: dict[str, Any]) -> Pairs:
    return tuple((header["name"], header["value"]) for header in message.get("headers", []))


def _unusable(recording: Recording, document: Document, catalog: Catalog) -> Iterator[Problem]:
    entry = "/log/entries/0"
    if recording.operation not in catalog.operations:
        what = f"The recording is of {recording.operation!r}, which is no operation of this API."
        yield document.problem(f"{entry}/_operation", what, "Write the operation's name, or remove the recording.")
    elif recording.file.split("/")[-2] != recording.operation:
        what = f"A recording of {recording.operation!r} is in the folder of another operation."
        yield document.problem(f"{entry}/_operation", what, f"Move it to {FOLDER}/{recording.operation}.")
    if recording.origin not in ORIGINS:
        what = f"The origin {recording.origin!r} is not known."
        yield document.problem(f"{entry}/_origin", what, f"Write one of {', '.join(ORIGINS)}.")
    if not 200 <= recording.status <= 599:
        what = f"The status {recording.status} ends no exchange."
        yield document.problem(f"{entry}/response/status", what, "Record the final answer.")
    if not _is_url(recording.url):
        yield document.problem(f"{entry}/request/url", "The address is no http(s) URL.", "Write the whole URL.")
    content = document.data["log"]["entries"][0]["response"].get("content", {})
    if content.get("encoding") and (content["encoding"] != "base64" or _decoded(content.get("text", "")) is None):
        what = f"The response's body is {content['encoding']!r}, a binary body."
        yield document.problem(f"{entry}/response/content", what, "Record an answer with a text body.")
    yield from _leaks(recording, document, catalog)
    bodies = (
        ("request/postData", recording.request_type, recording.request_text),
        ("response/content", recording.response_type, recording.response_text),
    )
    for place, media_type, text in bodies:
        yield from _unreadable(document, f"{entry}/{place}", media_type, text)


def _leaks(recording: Recording, document: Document, catalog: Catalog) -> Iterator[Problem]:
    """Headers and query parameters that hold a secret, and headers that cannot be sent."""
    entry, fix = "/log/entries/0", "Remove it; revoke the secret if others have seen the file."
    for side, headers in (("request", recording.request_headers), ("response", recording.response_headers)):
        for name, value in headers:
            if name.lower() in catalog.secrets("header"):
                what = f"The recording holds the header {name}, which can be a secret."
                yield document.problem(f"{entry}/{side}/headers", what, fix)
            elif not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) or not re.fullmatch(r"[\t -~]*", value):
                what = f"The header {name!r} holds characters that HTTP forbids."
                yield document.problem(f"{entry}/{side}/headers", what, "Remove the header.")
    for name, _ in parse_qsl(urlsplit(recording.url).query) if _is_url(recording.url) else ():
        if name.lower() in catalog.secrets("query"):
            what = f"The address holds {name}, which is a secret."
            yield document.problem(f"{entry}/request/url", what, fix)


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and "@" not in parts.netloc and url.isascii()


def _unreadable(document: Document, place: str, media_type: str, text: str) -> Iterator[Problem]:
    if "\0" in text:
        yield document.problem(place, "The body is binary.", "Record an exchange with a text body.")
        return
    try:
        text.encode()
        if is_json(media_type) and text:
            read(text, document.where)
            json.dumps(json.loads(text), allow_nan=False)
    except (ValueError, RecursionError, BadInput):
        yield document.problem(place, f"The body is no {media_type} text.", "Record the exchange again.")
