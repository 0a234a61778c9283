"""What a document says about its operations, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Parameter:
    """One parameter of an operation, in the words of OpenAPI 3."""

    name: str
    place: str
    schema: Any
    required: bool
    style: str
    explode: bool
    media_type: str
    """Where it is described by `content`."""


@dataclass(frozen=True)
class Operation:
    """What the document says about one operation."""

    verb: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Mapping[str, Any]
    """The media types of its body, each with its schema; empty where it takes none."""
    body_required: bool
    answers: Mapping[str, Mapping[str, Any]]
    """By status: the media types of the response, as `{schema, itemSchema, example, examples}`."""
    security: tuple[frozenset[str], ...]
    """Alternatives of scheme names; empty where none is needed."""
    bases: tuple[str, ...]
    """The paths of the servers that it is on."""
