"""Brings OpenAPI 3.0 to 3.1 where sources of both are merged into one document."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ..problems import BadInput
from .sources import Source

_DATA = frozenset({"example", "examples", "default", "enum", "const"})
"""Keywords whose values are data, and no schemas."""


def version(source: Source) -> tuple[int, int]:
    """The OpenAPI version that a source is written in; a source that does not say is 3.1."""
    found = re.match(r"(\d+)\.(\d+)", str(source.document.get("openapi", source.document.get("swagger", "3.1"))))
    return (int(found[1]), int(found[2])) if found else (3, 1)


def unified(sources: list[Source]) -> tuple[str, list[Source]]:
    """The version text of the merged document, and the sources in one dialect.

    Raises:
        BadInput: A Swagger 2.0 document stands beside other sources.
    """
    problems = [
        source.problem("", "A Swagger 2.0 document cannot be merged with other sources.", "Convert it to OpenAPI 3.0.")
        for source in sources
        if version(source) < (3, 0)
    ]
    if problems:
        raise BadInput(problems)
    newest = max(sources, key=lambda source: (version(source), str(source.document.get("openapi", ""))))
    if version(newest) > (3, 0):
        sources = [_modern(source) if version(source) == (3, 0) else source for source in sources]
    return str(newest.document.get("openapi", "3.1.0")), sources


def _modern(source: Source) -> Source:
    return replace(source, document=modernised(source.document))


def modernised(value: Any) -> Any:
    """The part of a 3.0 document as 3.1 says it.

    Before: {type: string, nullable: true}, {minimum: 0, exclusiveMinimum: true}
    After:  {type: [string, 'null']}, {exclusiveMinimum: 0}
    """
    if isinstance(value, list):
        return [modernised(child) for child in value]
    if not isinstance(value, dict):
        return value
    result = {key: _modernised_value(key, child) for key, child in value.items()}
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag = result.get(exclusive)
        if isinstance(flag, bool):
            del result[exclusive]
            if flag and limit in result:
                result[exclusive] = result.pop(limit)
    return _nullable(result) if isinstance(result.get("nullable"), bool) else result


def _modernised_value(key: str, value: Any) -> Any:
    if key == "properties" and isinstance(value, dict):  # its keys are names, and may be those of keywords
        return {name: modernised(child) for name, child in value.items()}
    return value if key in _DATA else modernised(value)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in schema.items() if key != "nullable"}
    if not schema["nullable"]:
        return rest
    if not isinstance(rest.get("type"), str):
        return {"anyOf": [rest, {"type": "null"}]} if rest else {}
    enum = rest.get("enum")
    more = {"enum": [*enum, None]} if isinstance(enum, list) and None not in enum else {}
    return rest | {"type": [rest["type"], "null"]} | more
