"""Makes recordings of what documents show: the samples of pages, and error bodies documented without a sample."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ..documents import read
from ..problems import BadInput, Problem
from ..tree import Tree
from . import made
from .catalog import Catalog, Operation
from .drift import status_key
from .examples import example
from .recordings import CREATOR, FOLDER, IMPORTED, Recording, is_json, write

FRAGMENTS = "spec/fragments/*.yaml"


def documented(tree: Tree, catalog: Catalog) -> tuple[dict[str, str], list[Problem]]:
    """The recordings that the fragments amount to, by path, and files of a person that they would overwrite."""
    files: dict[str, str] = {}
    by_key = {operation.key: operation for operation in catalog.operations.values()}
    for path in tree.glob(FRAGMENTS):
        fragment = read(tree.text(path), path).data
        operation = by_key.get(fragment["operation"])
        if operation is not None:
            for recording in _Import(catalog, operation, fragment).recordings():
                files[recording.file] = write(recording)
    problems = [_taken(path) for path in tree.glob(IMPORTED) if not _is_ours(tree, path)]
    return files, problems


def _is_ours(tree: Tree, path: str) -> bool:
    try:
        creator = read(tree.text(path), path).data["log"]["creator"]["name"]
    except (BadInput, KeyError, TypeError):
        return False
    return bool(creator == CREATOR)


def _taken(path: str) -> Problem:
    what = "The file has the name of a recording that is made from a document, and was not made so."
    return Problem(path, what, "Name it without '.documented', or remove it to have it made again.")


class _Import:
    """The recordings of one fragment."""

    def __init__(self, catalog: Catalog, operation: Operation, fragment: dict[str, Any]) -> None:
        self.catalog = catalog
        self.operation = operation
        self.page = fragment["page"]
        self.age = fragment["age"]
        known = catalog.pages.get(self.page)
        self.sha256 = known.sha256 if known else ""
        self.samples = fragment.get("samples") or ()
        document = fragment["document"]
        self.data = document["paths"][operation.plan.path][operation.plan.verb.lower()]
        self.components = document.get("components", {})
        self.used: dict[str, int] = {}

    def recordings(self) -> Iterator[Recording]:
        """One recording per response sample, or one of the request alone, then the errors that have no sample."""
        requests = [sample for sample in self.samples if sample["role"] == "request"]
        responses = [sample for sample in self.samples if sample["role"] == "response"]
        request = requests[0] if requests else made.request_body(self.catalog, self.operation) if responses else None
        for sample in responses:
            status = self._status(str(sample.get("status", "2XX")))
            origin = str(sample.get("origin", "documented sample"))
            yield self._recording(request, status, sample.get("media_type", "application/json"), sample["body"], origin)
        sampled = {str(sample.get("status")) for sample in responses}
        for status, response in self.data.get("responses", {}).items():
            if str(status) not in sampled:
                yield from self._error(str(status), self._resolve(response))

    def _error(self, key: str, response: Any) -> Iterator[Recording]:
        if key[:1] not in ("4", "5"):
            return
        status = int(key[0] + key[1:].upper().replace("X", "0"))
        for media_type, content in response.get("content", {}).items():
            if is_json(media_type) and "schema" in content:
                body = self._content_example(content)
                if not content.keys() & {"example", "examples"}:
                    body = _told(body, self._resolve(content["schema"]), status, response.get("description", ""))
                yield self._recording(
                    made.request_body(self.catalog, self.operation), status, media_type, body, "example in the spec"
                )
                return

    def _content_example(self, content: dict[str, Any]) -> Any:
        if "example" in content:
            return content["example"]
        for named in (content.get("examples") or {}).values():
            if isinstance(named, dict) and "value" in named:
                return named["value"]
        return example(content["schema"], self._resolve)

    def _resolve(self, node: Any) -> Any:
        for _ in range(100):
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                return node
            found: Any = {"components": self.components}
            for key in node["$ref"].removeprefix("#").split("/")[1:]:
                found = found.get(key.replace("~1", "/").replace("~0", "~"), {}) if isinstance(found, dict) else {}
            node = found
        return {}

    def _status(self, stated: str) -> int:
        """The status in figures: a range stands for the documented one of its class."""
        if stated.isdigit():
            return int(stated)
        keys = sorted(key for key in map(str, self.operation.data.get("responses", {})) if key.isdigit())
        return next((int(key) for key in keys if status_key(int(key), [stated])), 200)

    def _recording(self, request: dict[str, Any] | None, status: int, kind: str, body: Any, origin: str) -> Recording:
        return Recording(
            file=self._file(status),
            operation=self.operation.id,
            origin=origin,
            source=self.page,
            age=self.age,
            document=self.sha256,
            method=self.operation.plan.verb,
            url=made.address(self.catalog, self.operation),
            request_headers=(("Content-Type", request["media_type"]),) if request else (),
            request_type=request["media_type"] if request else "",
            request_text=_text(request["media_type"], request["body"]) if request else "",
            status=status,
            response_headers=(("Content-Type", kind),),
            response_type=kind,
            response_text=_text(kind, body),
        )

    def _file(self, status: int) -> str:
        name = f"{FOLDER}/{self.operation.id}/{PurePosixPath(self.page).stem}.{status}"
        count = self.used[name] = self.used.get(name, 0) + 1
        return f"{name}{'' if count == 1 else f'.{count}'}.documented.har"


def _told(body: Any, schema: Any, status: int, description: str) -> Any:
    """The error body with the status and its documented meaning where its fields have the usual names."""
    if not isinstance(body, dict):
        return body
    known = {"statusCode": status, "status": status, "message": description, "error": description}
    kinds = {key: rule.get("type") for key, rule in schema.get("properties", {}).items() if isinstance(rule, dict)}
    fits = {int: ("integer", "number"), str: ("string",)}
    told = {key: value for key, value in known.items() if value and kinds.get(key) in fits[type(value)]}
    return {key: told.get(key, value) for key, value in body.items()}


def _text(media_type: str, body: Any) -> str:
    return json.dumps(body, ensure_ascii=False) if is_json(media_type) or not isinstance(body, str) else body
