"""Finds the parts of a rendered page: the operation it is about, its prose, its samples and its sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from . import curl, fields
from .fragment import Notes
from .lines import Line

_METHOD = re.compile(r"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE)(?:(?:\s+|(?=/|https?://))(\S+))?")
_SEGMENT = re.compile(r"[^\s/?#]+(?:/[^\s?#]*)*")
_URL = re.compile(r"[\"'`](https?://[^/?#\s\"'`]+)(/[^?#\s\"'`]*)")
_SUFFIX = re.compile(r"[:.][\w.:-]+|\{[\w-]+\}\S*")
_TITLES = {
    "authorizations": "security", "authorization": "security", "authentication": "security",
    "path parameters": "path", "path params": "path",
    "query parameters": "query", "query params": "query",
    "headers": "header", "header parameters": "header",
    "cookies": "cookie", "cookie parameters": "cookie",
    "body": "body", "request body": "body", "body parameters": "body",
    "response": "response", "responses": "response",
}  # fmt: skip
_LANGUAGES = frozenset(
    [
        "curl", "shell", "bash", "python", "javascript", "typescript", "node", "node.js", "php", "go", "java", "ruby",
        "c#", "csharp", "kotlin", "swift", "rust", "http", "powershell",
    ]
)  # fmt: skip
_MAX_SEGMENTS = 60
_MAX_PROSE = 20
_MAX_COMMANDS = 100


@dataclass(frozen=True)
class Header:
    """The operation that a page is about."""

    method: str
    path: str
    server: str
    """What stands before the path in the URL; empty when the page does not say."""
    line: int
    end: int
    """Index of the line after it."""


@dataclass
class Outline:
    """A page in parts."""

    header: Header
    command: curl.Command | None
    title: str = ""
    title_line: int = 1
    description: str = ""
    deprecated: bool = False
    """A badge beside the title says so."""
    samples: list[Line] = field(default_factory=list)
    """The lines between the header and the first section that are no curl command."""
    sections: dict[str, list[Line]] = field(default_factory=dict)
    """Lines by kind: security, path, query, header, cookie, body, response."""
    section_lines: dict[str, int] = field(default_factory=dict)


def read(lines: list[Line], raw: list[str], notes: Notes) -> Outline | None:
    """The parts of a page; None, and a problem, when it describes no operation."""
    commands = list(_commands(lines, raw))
    header = _header(lines, commands, notes)
    if header is None:
        return None
    matching = [one for one in commands if _agree(header, one)]
    outline = Outline(header, matching[0] if matching else None)
    starts = dict(_section_starts(lines, header.end, commands))
    first = min(starts, default=len(lines))
    last_code = _prose(outline, lines, first)
    covered = {number for one in commands for number in range(one.line, one.end + 1)}
    outline.samples = [line for line in lines[last_code:first] if line.number not in covered]
    ends = [*sorted(starts)[1:], len(lines)][: len(starts)]
    for (start, kind), end in zip(sorted(starts.items()), ends, strict=True):
        outline.sections.setdefault(kind, []).extend(_until_footer(lines, start + 1, end))
        outline.section_lines.setdefault(kind, lines[start].number)
    return outline


def _commands(lines: list[Line], raw: list[str]) -> Iterator[curl.Command]:
    end, seen = 0, 0
    for line in lines:
        if line.number > end and seen < _MAX_COMMANDS and line.text.startswith("curl "):
            seen += 1
            command = curl.parse(raw, line.number)
            end = command.end
            if re.match(r"[/{]", command.path) and not re.search(r"\s", command.url):
                yield command


def _header(lines: list[Line], commands: list[curl.Command], notes: Notes) -> Header | None:
    candidates = list(_candidates(lines))
    for command in commands:
        agreeing = [one for one in candidates if _agree(one, command)]
        if agreeing:
            best = max((one for one in agreeing if one.line == agreeing[0].line), key=lambda one: one.end)
            base = _base(best.path, command.path) or ""
            return Header(best.method, best.path, best.server or command.origin + base, best.line, best.end)
    longest = {one.line: one for one in candidates if _complete(one.path)}
    operations = {(one.method, one.path): one for one in reversed(longest.values())}
    if commands and operations:
        one = next(iter(longest.values()))
        other = f"{commands[0].method} {commands[0].path} (line {commands[0].line})"
        what = f"The page says {one.method} {one.path}, and its curl command {other}."
        notes.refuse(one.line, what, notes.again)
        return None
    if len(operations) > 1:
        words = " and ".join(sorted(f"{method} {path}" for method, path in operations)[:5])
        notes.refuse(max(longest), f"The page is about several operations: {words}.", _no_operation(notes))
        return None
    if not operations:
        return _header_of_command(lines, commands, notes)
    (header,) = operations.values()
    return replace(header, server=header.server or _server(lines, header.path))


def _no_operation(notes: Notes) -> str:
    return f"If this is no page about an operation, {notes.exclusion}; else fetch it again."


def _server(lines: list[Line], path: str) -> str:
    """The server of a URL in the samples of other languages, when it ends in the path; or nothing."""
    for line in lines:
        for origin, url_path in _URL.findall(line.text):
            base = _base(path, url_path)
            if base is not None and url_path.strip("/"):
                return str(origin + base)
    return ""


def _agree(header: Header, command: curl.Command) -> bool:
    return header.method == command.method and _base(header.path, command.path) is not None


def _header_of_command(lines: list[Line], commands: list[curl.Command], notes: Notes) -> Header | None:
    if len({(one.method, one.path) for one in commands}) == 1 and commands[0].path:
        command = commands[0]
        end = next(index for index, line in enumerate(lines) if line.number == command.line)
        what = "Method and path stand in the curl command only."
        rule = "Taken from the curl command, the whole path as the operation's."
        notes.settle(command.line, what, rule, "Correct it in spec/overlay.yaml.")
        return Header(command.method, command.path, command.origin, command.line, end)
    method = next((line for line in lines if _METHOD.fullmatch(line.text)), None)
    if method:
        notes.refuse(method.number, f"No path follows the method {method.text.split()[0]}.", _no_operation(notes))
    else:
        what = "The page describes no operation: no method with a path, no OpenAPI block."
        notes.refuse(1, what, _no_operation(notes))
    return None


def _candidates(lines: list[Line]) -> Iterator[Header]:
    """Every reading of a method and the lines after it as an operation, shorter paths first."""
    for index, line in enumerate(lines):
        found = _METHOD.fullmatch(line.text)
        if not found or (found[2] and not re.match(r"/|https?://", found[2])):
            continue
        origin = re.match(r"https?://[^/]+", found[2] or "")
        path = (found[2] or "")[origin.end() if origin else 0 :]
        server = origin[0] if origin else ""
        if path:
            yield Header(found[1], path, server, line.number, index + 1)
        for longer, end in _segments(lines, index + 1, path):
            yield Header(found[1], longer, server, line.number, end)


def _segments(lines: list[Line], index: int, path: str) -> Iterator[tuple[str, int]]:
    """The path with one more line each time: segments and slashes stand on lines of their own."""
    for end in range(index, min(index + _MAX_SEGMENTS, len(lines))):
        text = lines[end].text
        if not text:
            if end > index + 1 and not lines[end - 1].text:
                return
            following = lines[end + 1].text if end + 1 < len(lines) else ""
            if path and not path.endswith("/") and not following.startswith("/"):
                return
            continue
        is_segment = bool(_SEGMENT.fullmatch(text)) and not _METHOD.fullmatch(text) and text.lower() not in _TITLES
        if re.fullmatch(r"/\S*", text) and not (path.endswith("/") and text != "/"):
            path += text if not path.endswith("/") else ""
        elif (is_segment and path.endswith("/") and not lines[end].noise) or (path and _SUFFIX.fullmatch(text)):
            path += text
        else:
            return
        yield path, end + 1


def _complete(path: str) -> bool:
    return bool(path) and (path == "/" or "//" not in path)


def _base(path: str, url_path: str) -> str | None:
    """What precedes the path in a URL's path; None when the URL is about another path."""
    wanted = path.strip("/").split("/")
    actual = url_path.strip("/").split("/")
    if len(actual) < len(wanted):
        return None
    for template, segment in zip(reversed(wanted), reversed(actual), strict=False):
        pattern = "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in _parts(template))
        if not re.fullmatch(pattern, segment):
            return None
    prefix = actual[: len(actual) - len(wanted)]
    return "".join(f"/{segment}" for segment in prefix)


def _parts(template: str) -> list[str]:
    return [part for part in re.split(r"(\{[^}]*\})", template) if part]


def _section_starts(lines: list[Line], index: int, commands: list[curl.Command]) -> Iterator[tuple[int, str]]:
    covered = {number for one in commands for number in range(one.line, one.end + 1)}
    while index < len(lines):
        line = lines[index]
        kind = _TITLES.get(line.text.lower())
        if kind and line.number not in covered and not fields.starts_field(lines, index) and line.text[:1].isupper():
            yield index, kind
        index += 1


def _prose(outline: Outline, lines: list[Line], first: int) -> int:
    """Takes title and description; the index of the first line that may be a sample."""
    header = outline.header
    begin = next((index for index, line in enumerate(lines) if line.number == header.line), 0)
    before = _title_before(lines, begin)
    texts: list[Line] = []
    if before is not None:
        outline.title, outline.title_line = lines[before].text, lines[before].number
        texts = [line for line in lines[before + 1 : begin] if not line.noise]
    index = header.end
    while index < first and not _is_code(lines[index].text):
        if not lines[index].noise:
            texts.append(lines[index])
        index += 1
    outline.deprecated = any(line.text.lower() == "deprecated" for line in texts)
    texts = [line for line in texts if line.text not in ("", outline.title) and line.text.lower() != "deprecated"]
    if not outline.title and texts:
        outline.title, outline.title_line = texts[0].text, texts[0].number
        texts = texts[1:]
    outline.description = "\n".join(line.text for line in texts)
    return index


def _title_before(lines: list[Line], begin: int) -> int | None:
    """Where the page's title stands when it precedes the operation, near enough not to be the site's."""
    texts = 0
    for index in range(begin - 1, -1, -1):
        if lines[index].heading == 1:
            return index
        if lines[index].title_ends:
            return next((at for at in range(index - 1, -1, -1) if lines[at].text), None)
        texts += bool(lines[index].text)
        if texts > _MAX_PROSE or _is_code(lines[index].text):
            return None
    return None


def _is_code(text: str) -> bool:
    is_sample = text[:1] in ("{", "[") or text.startswith(("curl ", "```", "import "))
    return is_sample or text.lower() in _LANGUAGES or bool(re.fullmatch(r"[1-5](\d\d|XX)|default", text))


def _until_footer(lines: list[Line], start: int, end: int) -> list[Line]:
    for index in range(start, end):
        if lines[index].footer and not fields.starts_field(lines, index):
            while index > start and (not lines[index - 1].text or lines[index - 1].widget):
                index -= 1
            return lines[start:index]
    return lines[start:end]
