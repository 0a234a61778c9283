"""Reads the credentials of an operation from its Authorizations section, or else from its curl command."""

from __future__ import annotations

import re
from typing import Any

from .curl import Command
from .fields import Field

Schemes = dict[str, dict[str, Any]]


def from_fields(rows: list[Field], command: Command | None) -> Schemes:
    """Security schemes by key, from the rows of the section."""
    return dict(_scheme(row.name, row.place or "header", "\n".join(row.prose).strip(), command) for row in rows)


def from_prose(prose: str, command: Command | None) -> Schemes:
    """Security schemes by key, where names and types are missing; none when prose and curl do not tell."""
    if re.search(r"\bBearer\b|\bBasic\b", prose):
        return dict([_scheme("Authorization", "header", prose, command)])
    return from_command(command) if command else {}


def from_command(command: Command) -> Schemes:
    """Security schemes by key, from the headers that hold a placeholder for a credential."""
    schemes: Schemes = {}
    for name, value in command.headers.items():
        is_key = re.search(r"api[-_]?key|token|secret", name) and re.fullmatch(r"<[^>]*>", value)
        if name == "authorization" or is_key:
            key, scheme = _scheme(command.names.get(name, "Authorization"), "header", "", command)
            schemes[key] = scheme
    return schemes


def _scheme(name: str, place: str, prose: str, command: Command | None) -> tuple[str, dict[str, Any]]:
    described = {"description": prose} if prose else {}
    shown = command.headers.get("authorization", "") if command else ""
    if name.lower() == "authorization" and place == "header":
        said = re.findall(r"\b(Bearer|Basic)\b", prose) or [shown.partition(" ")[0]]
        for word in ("Bearer", "Basic"):
            if said[0] == word:
                return f"{word.lower()}Auth", {"type": "http", "scheme": word.lower(), **described}
    key = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-")[:100] or "apiKey"
    place = place if place in ("header", "query", "cookie") else "header"
    return key, {"type": "apiKey", "in": place, "name": name, **described}
