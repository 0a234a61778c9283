"""Reads the rendered text of a reference page into a fragment."""

from __future__ import annotations

import re
from typing import Any

from ..documents import pointer
from . import lines as page_lines
from . import outline as outlines
from . import responses, security
from .content import NOTHING, Message, Reader
from .fields import Field
from .fragment import Fragment, Notes
from .outline import Outline
from .responses import Block, Sample
from .samples import Scanner
from .types import Schema

_JSON = "application/json"
_OVERLAY = "State it in spec/overlay.yaml if that is wrong."
_PLACEHOLDER_HOSTS = re.compile(
    r"https?://(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\]|sandbox\.mintlify\.com|(api\.)?example\.(com|org)|[^/]*[<{].*)(:\d+)?(/.*)?"
)


def read(page: str, age: int, text: str, notes: Notes) -> Fragment | None:
    """What the page says; None, and a problem, when it describes no operation."""
    raw = page_lines.raw_lines(text)
    outline = outlines.read(page_lines.split(text), raw, notes)
    return _Assembly(page, age, outline, Scanner(raw), notes).fragment() if outline else None


class _Assembly:
    """Puts the parts of one page together."""

    def __init__(self, page: str, age: int, outline: Outline, scanner: Scanner, notes: Notes) -> None:
        self.outline = outline
        self.header = outline.header
        self.scanner = scanner
        self.notes = notes
        words = re.findall(r"[A-Za-z0-9_-]+", re.sub(r"\{[^}]*\}", "", self.header.path))
        self.reader = Reader(scanner=scanner, notes=notes, subject=words[-1] if words else "Value")
        self.place = pointer("paths", self.header.path, self.header.method.lower())
        self.operation: dict[str, Any] = {}
        title = outline.title
        self.document: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": title, "version": ""}}
        self.result = Fragment(page, "rendered", age, self.header.method, self.header.path, self.document)
        self.result.lines = self.reader.lines
        self.result.lines[self.place] = self.header.line

    def fragment(self) -> Fragment:
        self.prose()
        schemes = self.security()
        self.parameters()
        self.body()
        self.responses()
        self.servers()
        self.document["paths"] = {self.header.path: {self.header.method.lower(): self.operation}}
        components: dict[str, Any] = {}
        if self.reader.inference.components:
            components["schemas"] = self.reader.inference.components
        if schemes:
            components["securitySchemes"] = schemes
        if components:
            self.document["components"] = components
        if not self.outline.sections:
            what = "The page has no section about request or answer."
            self.notes.settle(self.header.line, what, "Only its samples, if any, tell more.", _OVERLAY)
        self.result.unstated.append("operationId")
        order = ("title", "servers", "security", "status", "fields", "operationId", "errors")
        self.result.unstated.sort(key=order.index)
        return self.result

    def unstated(self, word: str) -> None:
        if word not in self.result.unstated:
            self.result.unstated.append(word)

    def prose(self) -> None:
        if self.outline.title:
            self.operation["summary"] = self.outline.title
        else:
            self.unstated("title")
        if self.outline.description:
            self.operation["description"] = self.outline.description
        if self.outline.deprecated:
            self.operation["deprecated"] = True

    def servers(self) -> None:
        server = self.header.server
        if server and not _PLACEHOLDER_HOSTS.fullmatch(server):
            self.document["servers"] = [{"url": server}]
            return
        self.unstated("servers")

    def security(self) -> dict[str, Any]:
        lines = self.outline.sections.get("security", [])
        command = self.outline.command
        table = self.reader.table(lines)
        schemes = security.from_fields(table.fields, command)
        if not schemes and lines:
            schemes = security.from_prose("\n".join(line.text for line in table.intro), command)
        if not schemes and not lines and command:
            schemes = security.from_command(command)
            if schemes:
                what = "Only the curl command says which credentials the operation takes."
                self.notes.settle(command.line, what, f"It takes {', '.join(schemes)}.", _OVERLAY)
        if not schemes:
            self.unstated("security")
            return {}
        self.operation["security"] = [{key: [] for key in schemes}]
        line = self.outline.section_lines.get("security", command.line if command else self.header.line)
        for key in schemes:
            self.result.lines[pointer("components", "securitySchemes", key)] = line
        return schemes

    def parameters(self) -> None:
        names = re.findall(r"\{([^}]*)\}", self.header.path)
        found: list[dict[str, Any]] = []
        for place in ("path", "query", "header", "cookie"):
            lines = self.outline.sections.get(place, [])
            table = self.reader.table(lines)
            if not table.fields and any(line.text for line in table.intro):
                self.fields_missing(place, table.intro[0].number)
            for row, schema in self.rows(table.fields, place):
                if place == "path" and row.name not in names:
                    what = f"The path has no {{{row.name}}}."
                    self.notes.settle(row.line, what, "The path parameter is left out.", _OVERLAY)
                elif not any((one["name"], one["in"]) == (row.name, place) for one in found):
                    self.place_parameter(row, place, len(found))
                    found.append(_parameter(row, schema, place))
        for name in names:
            if not any((one["name"], one["in"]) == (name, "path") for one in found):
                what = f"The path parameter {name!r} is in no table."
                self.notes.settle(self.header.line, what, "It is a required string.", _OVERLAY)
                self.result.lines[f"{self.place}/parameters/{len(found)}"] = self.header.line
                schema = {"type": "string", "x-inferred-from": "path"}
                found.append({"name": name, "in": "path", "required": True, "schema": schema})
        if found:
            self.operation["parameters"] = found

    def rows(self, rows: list[Field], place: str) -> list[tuple[Field, Schema]]:
        """Each parameter and its schema; rows such as `filter.name` are part of `filter`."""
        made = self.reader.object(rows, NOTHING, place).get("properties", {})
        return [(row, made[row.name]) for row in rows if row.name in made]

    def place_parameter(self, row: Field, place: str, index: int) -> None:
        """Notes where the parameter and what is inside of it stand in the page."""
        lines, before = self.result.lines, place + pointer("properties", row.name)
        after = f"{self.place}/parameters/{index}"
        for inner in [one for one in lines if one == before or one.startswith(f"{before}/")]:
            line = lines.pop(inner)
            lines[f"{after}/schema{inner.removeprefix(before)}" if inner != before else after] = line

    def fields_missing(self, what: str, line: int) -> None:
        self.unstated("fields")
        sentence = f"Names and types of the {what} fields are missing from the page."
        self.notes.settle(line, sentence, "Only a sample can tell the schema.", _OVERLAY)

    def body(self) -> None:
        command = self.outline.command
        media_types, lines = responses.media_types(self.outline.sections.get("body", []))
        sample: Any = NOTHING
        if command and command.media_type:
            media_types = media_types or [command.media_type]
            sample = self.request_sample(media_types[0])
        if not media_types and not any(line.text for line in lines):
            return
        media_type = (media_types or [_JSON])[0]
        place = f"{self.place}/requestBody{pointer('content', media_type, 'schema')}"
        message = self.reader.message(lines, sample, place)
        section = self.outline.section_lines.get("body", command.line if command else self.header.line)
        self.result.lines[f"{self.place}/requestBody"] = section
        if message.schema is None or not message.stated:
            self.fields_missing("body", section)
        content = {one: _media(message.schema) for one in (media_types or [_JSON])}
        described = {"description": message.description()} if message.intro else {}
        required = {"required": True} if (message.schema or {}).get("required") else {}
        self.operation["requestBody"] = {**described, **required, "content": content}

    def request_sample(self, media_type: str) -> Any:
        command = self.outline.command
        assert command
        try:
            body = command.body()
        except ValueError:
            what = "The request sample of the curl command is no JSON."
            self.notes.settle(command.line, what, "The sample is left out.", "Fetch the page again.")
            return NOTHING
        self.result.samples.append({"role": "request", "media_type": media_type, "body": body})
        return body if isinstance(body, dict | list) else NOTHING

    def responses(self) -> None:
        section = self.outline.section_lines.get("response", self.header.line)
        blocks = responses.blocks(self.outline.sections.get("response", []), section)
        found, named = responses.samples(self.outline.samples, self.scanner)
        successes = [status for status in named if responses.is_success(status)]
        if not blocks[0].statuses and len(successes) == 1:
            blocks[0].statuses = successes
        made: dict[str, Any] = {}
        for block in blocks:
            made.setdefault(block.status, self.response(block, blocks, found))
            for status in block.statuses[1:]:
                made.setdefault(status, {"description": ""})
        for status in [*named, *(sample.status for sample in found)]:
            if status:
                made.setdefault(status, {"description": ""})
        for sample in found:
            self.response_sample(sample, blocks, made)
        if not blocks[0].statuses:
            self.unstated("status")
        if all(responses.is_success(status) for status in made):
            self.unstated("errors")
        self.operation["responses"] = made

    def response(self, block: Block, blocks: list[Block], found: list[Sample]) -> dict[str, Any]:
        sample = self.sample_of(block, blocks, found)
        media_type = (block.media_types or [_JSON])[0]
        place = f"{self.place}{pointer('responses', block.status, 'content', media_type, 'schema')}"
        value = sample.value if sample else NOTHING
        message = self.reader.message(block.lines, value, place)
        if sample and not message.stated and responses.belongs_elsewhere(sample, block, has_table=False):
            self.move_to_error(sample, blocks, found)
            message = Message(None, message.intro, stated=True)
        self.result.lines[f"{self.place}{pointer('responses', block.status)}"] = block.line
        response: dict[str, Any] = {"description": message.description()}
        if not message.stated:
            self.fields_missing("response", block.line)
        if message.schema is not None or block.media_types:
            response["content"] = {one: _media(message.schema) for one in (block.media_types or [_JSON])}
        return response

    def sample_of(self, block: Block, blocks: list[Block], found: list[Sample]) -> Sample | None:
        """The sample of a block: the one with its status, or else, for the first, the first without one."""
        exact = next((one for one in found if one.status and one.status == block.status), None)
        if exact or block is not blocks[0] or block.status == "204":
            return exact
        return next((one for one in found if not one.status), None)

    def move_to_error(self, sample: Sample, blocks: list[Block], found: list[Sample]) -> None:
        named = [status for block in blocks for status in block.statuses if status[0] in "45"]
        status = named[0] if len(named) == 1 else "default"
        what = "The example answer is an error, and the page shows no body of the success."
        self.notes.settle(sample.line, what, f"The example is that of status {status}.", _OVERLAY)
        found[found.index(sample)] = Sample(status, sample.value, sample.line)

    def response_sample(self, sample: Sample, blocks: list[Block], made: dict[str, Any]) -> None:
        status = sample.status or blocks[0].status
        if status == "204":
            named = [one for one in made if one[0] in "45"]
            status = named[0] if len(named) == 1 else "default"
            rule = f"The example is that of status {status}."
            self.notes.settle(sample.line, "Status 204 has no body, and the page shows one.", rule, _OVERLAY)
        response = made.setdefault(status, {"description": ""})
        media_type = next(iter(response.get("content", {})), _JSON)
        if "content" not in response:
            schema = self.reader.inference.schema(sample.value, self.reader.subject)
            response["content"] = {media_type: {"schema": schema}}
        entry = {"role": "response", "status": status, "media_type": media_type, "body": sample.value}
        self.result.samples.append(entry)


def _media(schema: Schema | None) -> dict[str, Any]:
    return {} if schema is None else {"schema": schema}


def _parameter(row: Field, schema: Schema, place: str) -> dict[str, Any]:
    described: dict[str, Any] = {name: schema.pop(name) for name in ("description", "deprecated") if name in schema}
    required = {"required": True} if row.required or place == "path" else {}
    return {"name": row.name, "in": place, **required, **described, "schema": schema}
