"""Makes recordings of what documents show: samples of pages, the document's examples, and errors that have none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlencode

from ..documents import read
from ..generate.media import is_stream
from ..problems import BadInput, Problem
from ..tree import Tree
from . import made, streams
from .catalog import Catalog, Operation
from .drift import status_key
from .examples import example
from .provenance import sources
from .recordings import CREATOR, FOLDER, IMPORTED, Recording, is_json, write

FRAGMENTS = "spec/fragments/*.yaml"


def documented(tree: Tree, catalog: Catalog) -> tuple[dict[str, str], list[Problem]]:
    """The recordings that the documents amount to, by path, and files of a person that they would overwrite."""
    importer = _Importer(catalog)
    by_key = {operation.key: operation for operation in catalog.operations.values()}
    for path in tree.glob(FRAGMENTS):
        fragment = read(tree.text(path), path).data
        if fragment["operation"] in by_key:
            importer.take_samples(by_key[fragment["operation"]], fragment)
    for operation in catalog.operations.values():
        importer.take_examples(operation)
    problems = [_taken(path) for path in tree.glob(IMPORTED) if not _is_ours(tree, path)]
    return importer.files, problems


def _is_ours(tree: Tree, path: str) -> bool:
    try:
        creator = read(tree.text(path), path).data["log"]["creator"]["name"]
    except (BadInput, KeyError, TypeError):
        return False
    return bool(creator == CREATOR)


def _taken(path: str) -> Problem:
    what = "The file has the name of a recording that is made from a document, and was not made so."
    return Problem(path, what, "Name it without '.documented', or remove it to have it made again.")


@dataclass
class _Importer:
    catalog: Catalog
    files: dict[str, str] = field(default_factory=dict)

    def take_samples(self, operation: Operation, fragment: Mapping[str, Any]) -> None:
        """One recording per response that the page shows."""
        samples = fragment.get("samples") or ()
        request = next((sample for sample in samples if sample["role"] == "request"), None)
        request = request or made.request_body(self.catalog, operation)
        for sample in samples:
            if sample["role"] == "response":
                status = status_of(operation, str(sample.get("status", "2XX")))
                media_type = sample.get("media_type", "application/json")
                message = _Message("documented sample", status, media_type, sample["body"])
                self._record(operation, request, message, fragment["page"], fragment["age"])

    def take_examples(self, operation: Operation) -> None:
        """One recording per example of a response in the document, and one per error that has no example.

        Not for multipart bodies: their parts have no text that two senders would agree on.
        """
        if operation.plan.body.startswith("multipart/"):
            return
        request = made.request_body(self.catalog, operation)
        for key, response in operation.data.get("responses", {}).items():
            status = status_of(operation, str(key))
            for media_type, content in (response.get("content") or {}).items():
                source = self._page(content.get("schema"), operation)
                page = self.catalog.pages.get(source)
                bodies = list(self._bodies(status, response, content)) if is_json(media_type) else []
                for origin, body in bodies:
                    message = _Message(origin, status, media_type, body)
                    self._record(operation, request, message, source, page.age if page else operation.age)

    def _page(self, schema: Any, operation: Operation) -> str:
        """The page that shows the response: that of its model, else that of the operation."""
        target = self.catalog.resolve(schema)
        found = [*(sources(target) if isinstance(target, dict) else ()), *sources(operation.data)]
        return found[0] if found else ""

    def _bodies(
        self, status: int, response: Mapping[str, Any], content: Mapping[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        """Origin and body of each example; an error that has none gets one made from its schema, a `mock`."""
        named = (content.get("examples") or {}).values()
        shown = [one["value"] for one in named if isinstance(one, dict) and "value" in one]
        if "example" in content:
            shown.append(content["example"])
        yield from (("example in the spec", body) for body in shown)
        if not shown and status >= 400 and "schema" in content:
            schema = self.catalog.resolve(content["schema"])
            made_up = example(schema, self.catalog.resolve)
            yield "mock", _told(made_up, schema, status, response.get("description", ""))

    def _record(
        self, operation: Operation, request: Mapping[str, Any] | None, message: _Message, page: str, age: int | None
    ) -> None:
        known = self.catalog.pages.get(page)
        recording = Recording(
            file=self._file(operation, page, message.status),
            operation=operation.id,
            origin=message.origin,
            source=page,
            age=age,
            document=known.sha256 if known else "",
            method=operation.plan.verb,
            url=made.address(self.catalog, operation),
            request_headers=made.headers(self.catalog, operation),
            request_type=request["media_type"] if request else "",
            request_text=text_of(request["media_type"], request["body"]) if request else "",
            status=message.status,
            response_headers=(("Content-Type", message.media_type),),
            response_type=message.media_type,
            response_text=text_of(message.media_type, message.body),
        )
        self.files[recording.file] = write(recording)

    def _file(self, operation: Operation, page: str, status: int) -> str:
        stem = f"{FOLDER}/{operation.id}/{PurePosixPath(page).stem or 'document'}.{status}"
        number = 1
        while (file := f"{stem}{'' if number == 1 else f'.{number}'}.documented.har") in self.files:
            number += 1
        return file


@dataclass(frozen=True)
class _Message:
    """A response that a document shows."""

    origin: str
    status: int
    media_type: str
    body: Any


def status_of(operation: Operation, stated: str) -> int:
    """The status in figures: a range stands for the documented one of its class, the default for a failed server."""
    if stated.isdigit():
        return int(stated)
    keys = sorted(key for key in map(str, operation.data.get("responses", {})) if key.isdigit())
    first = int(stated[0]) * 100 if stated[0].isdigit() else 500
    return next((int(key) for key in keys if status_key(int(key), [stated]) and stated[0].isdigit()), first)


def _told(body: Any, schema: Any, status: int, description: str) -> Any:
    """The error body with the status and its documented meaning where its fields have the usual names."""
    if not isinstance(body, dict):
        return body
    known = {"statusCode": status, "status": status, "message": description, "error": description}
    kinds = {key: rule.get("type") for key, rule in schema.get("properties", {}).items() if isinstance(rule, dict)}
    fits = {int: ("integer", "number"), str: ("string",)}
    told = {key: value for key, value in known.items() if value and kinds.get(key) in fits[type(value)]}
    return {key: told.get(key, value) for key, value in body.items()}


def text_of(media_type: str, body: Any) -> str:
    """The body as a recording has it."""
    if is_stream(media_type):
        return streams.written(media_type, body)
    if "urlencoded" in media_type and isinstance(body, dict):
        return urlencode(body)
    if media_type.startswith("multipart/"):  # its parts have no text that two senders would agree on
        return ""
    return json.dumps(body, ensure_ascii=False) if is_json(media_type) or not isinstance(body, str) else body
