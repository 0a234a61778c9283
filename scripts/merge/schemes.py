"""Tells whether two security schemes are one, however the pages spell them."""

from __future__ import annotations

import json
import re
from typing import Any

from .schemas import canonical
from .sources import Source, best_first, mapping


def scheme_identity(scheme: Any) -> str:
    """Equal for two ways of saying one security scheme; a header described as `Bearer <token>` is one of them."""
    scheme = mapping(scheme)
    name, words = str(scheme.get("name", "")).lower(), str(scheme.get("description", "")).lower()
    if scheme.get("type") == "apiKey" and scheme.get("in") == "header" and name == "authorization":
        found = re.search(r"\b(bearer|basic)\b", words)
        scheme = {"type": "http", "scheme": found[1]} if found else scheme
    said = canonical({key: value for key, value in scheme.items() if key != "bearerFormat"})
    if said.get("type") == "http":
        said["scheme"] = str(said.get("scheme", "")).lower()
    return json.dumps(said, sort_keys=True, default=str)


def scheme_names(sources: list[Source]) -> dict[str, str]:
    """For each way of saying a security scheme, its name on the best source that has it."""
    names: dict[str, str] = {}
    for source in best_first(sources):
        for name, scheme in schemes(source).items():
            names.setdefault(scheme_identity(scheme), name)
    return names


def schemes(source: Source) -> dict[str, Any]:
    """The security schemes that a source defines, by its own names."""
    return mapping(mapping(source.document.get("components")).get("securitySchemes"))
