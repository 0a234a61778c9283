"""Says what is wrong with a file that is no API description that we can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import Document, pointer
from ..problems import BadInput, Problem

_CLEAR = "Give the address or the file of the OpenAPI description itself."
_NEITHER = "The document has neither 'openapi' nor 'swagger', so it is no API description."
_OTHERS = {
    "asyncapi": "an AsyncAPI document",
    "item": "a Postman collection",
    "__schema": "a GraphQL schema",
    "discoveryVersion": "a Google discovery document",
    "log": "a HAR recording",
    "resources": "an Insomnia export",
    "overlay": "an OpenAPI overlay",
    "arazzo": "an Arazzo description of workflows",
    "$schema": "a JSON Schema",
}
"""What other documents that people mistake for it are, by a key of theirs."""


def check(document: Document) -> None:
    """Returns if the document is OpenAPI 3 or Swagger 2.0.

    Raises:
        BadInput: It is something else; carries all that is wrong with its outline.
    """
    data = document.data
    if not isinstance(data, dict):
        raise BadInput(_kind(document))
    problems = [*_version(document, data), *_outline(document, data)]
    if problems:
        raise BadInput(problems)


def _kind(document: Document) -> Problem:
    data = document.data
    if data is None:
        return Problem(document.where, "The file is empty.", _CLEAR, 1)
    if document.text.lstrip()[:1] == "<":
        return document.problem("", "This is a web page and not an API description.", _CLEAR)
    kind = "a list" if isinstance(data, list) else "a single value"
    return document.problem("", f"This is {kind} and not an API description.", _CLEAR)


def _version(document: Document, data: dict[str, Any]) -> Iterator[Problem]:
    key = next((key for key in ("openapi", "swagger", "swaggerVersion") if key in data), None)
    if key is None:
        other = next((name for mark, name in _OTHERS.items() if mark in data), None)
        what = f"This is {other} and not an API description in OpenAPI." if other else _NEITHER
        yield document.problem("", what, _CLEAR)
        return
    version = str(data[key])
    if not ((key == "openapi" and version.startswith("3.")) or (key == "swagger" and version in ("2.0", "2"))):
        what = f"{key} {version[:50]!r} is a version that we do not know."
        yield document.problem(pointer(key), what, "Use Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2.")
    elif not {"paths", "webhooks", "components", "definitions"} & data.keys():
        what = "The document has neither paths nor webhooks nor components."
        yield document.problem(pointer(key), what, "Add 'paths', or fetch the whole description.")


def _outline(document: Document, data: dict[str, Any]) -> Iterator[Problem]:
    for key in ("paths", "webhooks", "components", "definitions"):
        if not isinstance(data.get(key), dict | None):
            yield document.problem(pointer(key), f"'{key}' must be a mapping.", f"Write a mapping under '{key}'.")
