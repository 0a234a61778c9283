"""Says what is wrong with a file that is no API description that we can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..documents import Document, pointer
from ..problems import BadInput, Problem
from .walk import METHODS

_CLEAR = "Give the address or the file of the OpenAPI description itself."


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
        what = "The document has neither 'openapi' nor 'swagger', so it is no API description."
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
    for key in ("info", "paths", "webhooks", "components", "definitions"):
        value = data.get(key, {})
        if not isinstance(value, dict) and not (value is None and key in ("paths", "components", "webhooks")):
            yield document.problem(pointer(key), f"'{key}' must be a mapping.", f"Write a mapping under '{key}'.")
        elif key == "paths":
            yield from _paths(document, value or {})


def _paths(document: Document, paths: dict[str, Any]) -> Iterator[Problem]:
    for path, item in paths.items():
        if path.startswith("x-"):
            continue
        if not isinstance(item, dict):
            what = f"The path {path[:200]!r} has no operations."
            yield document.problem(pointer("paths", path), what, "Write its operations as a mapping, or remove it.")
            continue
        for method in METHODS:
            if method in item and not isinstance(item[method], dict):
                what = f"The operation {method.upper()} {path[:200]} is not a mapping."
                fix = "Describe it, or remove it."
                yield document.problem(pointer("paths", path, method), what, fix)
