"""A whole in pieces that refer to each other: what something stands on is what can be reached from where it begins."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from ..beside import shared
from ..cache import Parts
from ..documents import pointer
from .original.dialect import DATA, NAMED

_HELD = {"components": 2, "paths": 1, "definitions": 1, "parameters": 1, "responses": 1, "webhooks": 1}
"""What a document keeps its pieces in, and how far below it they are."""
_PROSE = frozenset({"info", "tags", "externalDocs"})
_COMBINED = ("allOf", "anyOf", "oneOf")
_ELSEWHERE = ("$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$self")
"""Keywords by which references lead otherwise than by pointers within the document."""
_LINES = re.compile(r'("x-source": "[^"]*?):\d+"')


@dataclass(frozen=True)
class Pieces:
    """Pieces by name."""

    digests: Mapping[str, bytes]
    references: Mapping[str, Iterable[str]]
    """The names of those that a piece refers to, be they there or not."""

    def reached(self, starts: Iterable[str]) -> set[str]:
        """The names of these pieces and of all that they lead to."""
        found, todo = set[str](), list(starts)
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self.references.get(name, ())
        return found

    def digest(self, starts: Iterable[str]) -> bytes:
        """A digest of these pieces and of all that they lead to."""
        digest = hashlib.sha256()
        for name in sorted(self.reached(starts)):
            digest.update(f"{name}\0".encode("utf-8", "surrogatepass") + self.digests.get(name, b"-"))
        return digest.digest()


class DocumentPieces:
    """A document in pieces: its path items and its components.

    One with references that are no pointers into it is one piece, with all of its `others`, the files they lead to.
    """

    def __init__(self, data: Any, parts: Parts, others: Callable[[], Mapping[str, Any]] = dict) -> None:
        self.data = data
        found = dict(_pieces(data) if isinstance(data, dict) else ())
        texts = {name: _text(piece) for name, piece in found.items()}
        said = parts.made(texts.values(), lambda missing: shared(missing, _all_said))
        rest = {key: value for key, value in data.items() if key not in {*_HELD, *_PROSE}} if found else data
        whole = not found or any(said[text]["elsewhere"] for text in texts.values())
        self.rest = _digest(_text([data, others()] if whole else rest))
        self.combined = None if whole else frozenset(one for text in texts.values() for one in said[text]["combined"])
        """The pointers to schemas that others combine; None where it is one piece."""
        self.pieces = Pieces(
            {name: _digest(text) + self._combined_in(name) for name, text in texts.items()},
            {name: said[text]["references"] for name, text in texts.items()},
        )

    def _combined_in(self, name: str) -> bytes:
        """Which schemas of a piece are parts of a combination somewhere in the document."""
        return " ".join(self._combined_by_piece.get(name, ())).encode("utf-8", "surrogatepass")

    @cached_property
    def _combined_by_piece(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for place in sorted(self.combined or ()):
            found.setdefault(_piece_of(place), []).append(place)
        return found

    def digest(self, path: str) -> bytes:
        """A digest of all that the operations of a path stand on."""
        return self.rest + (self.pieces.digest([pointer("paths", path)]) if self.combined is not None else b"")

    def only(self, paths: Iterable[str]) -> Any:
        """The document without what the operations of these paths do not refer to; in the same order."""
        if self.combined is None:
            return self.data
        kept = self.pieces.reached(pointer("paths", path) for path in paths)
        return {key: _only(value, pointer(key), _HELD.get(key, 0), kept) for key, value in self.data.items()}


def _only(held: Any, place: str, depth: int, kept: set[str]) -> Any:
    if not depth or not isinstance(held, dict):
        return held
    inside = {str(key): f"{place}{pointer(str(key))}" for key in held}
    if depth == 1:
        return {key: value for key, value in held.items() if inside[str(key)] in kept}
    return {key: _only(value, inside[str(key)], depth - 1, kept) for key, value in held.items()}


def _pieces(data: dict[Any, Any]) -> Iterator[tuple[str, Any]]:
    for key, held in data.items():
        kinds = held.items() if _HELD.get(key) == 2 and isinstance(held, dict) else [(None, held)]
        for kind, pieces in kinds if key in _HELD else ():
            for name, piece in pieces.items() if isinstance(pieces, dict) else ():
                yield pointer(key, *([str(kind)] if kind is not None else []), str(name)), piece


def _text(value: Any) -> str:
    """The value as text; a line that it was read from, which moves with what stands above, is no part of it."""
    return _LINES.sub(r'\1"', json.dumps(value, ensure_ascii=False, default=str))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _all_said(texts: list[str]) -> dict[str, dict[str, Any]]:
    return {text: _said(json.loads(text)) for text in texts}


def _said(piece: Any) -> dict[str, Any]:
    """Which pieces one refers to, which schemas it combines, and whether it refers otherwise than by pointers."""
    references: dict[str, None] = {}
    combined: dict[str, None] = {}
    elsewhere = False
    todo: list[tuple[Any, bool]] = [(piece, False)]
    while todo:
        node, named = todo.pop()
        if isinstance(node, list):
            todo += [(item, False) for item in node]
        elif isinstance(node, dict):
            todo += [(value, not named and key in NAMED) for key, value in node.items() if named or key not in DATA]
            found = [_place(one) for one in _targets(node)]
            references |= dict.fromkeys(_piece_of(place) for place in found if place)
            elsewhere = elsewhere or "" in found or any(isinstance(node.get(key), str) for key in _ELSEWHERE)
            combined |= dict.fromkeys(place for one in _arms(node) if (place := _place(one)))
    return {"references": [*references], "combined": [*combined], "elsewhere": elsewhere}


def _targets(node: dict[str, Any]) -> Iterator[str]:
    """The references of a node; a discriminator may name a schema by its key alone."""
    if isinstance(node.get("$ref"), str):
        yield node["$ref"]
    said = node.get("discriminator")
    mapping = said.get("mapping") if isinstance(said, dict) else None
    for target in mapping.values() if isinstance(mapping, dict) else ():
        if isinstance(target, str) and target.startswith("#"):
            yield target
        elif isinstance(target, str):
            yield from (f"#{pointer(*home, target)}" for home in (("components", "schemas"), ("definitions",)))


def _arms(node: dict[str, Any]) -> Iterator[str]:
    """The references to schemas that a node combines."""
    for word in _COMBINED:
        arms = node.get(word)
        if isinstance(arms, list) and (word == "allOf" or "properties" in node or "allOf" in node):
            yield from (arm["$ref"] for arm in arms if isinstance(arm, dict) and isinstance(arm.get("$ref"), str))


def _place(reference: str) -> str:
    """The pointer that a reference is; "" where it is another one."""
    return unquote(reference[1:]).rstrip("/") if reference.startswith("#/") else ""


def _piece_of(place: str) -> str:
    """The piece in which a pointer leads to something."""
    steps = place.split("/")
    return "/".join(steps[: _HELD.get(steps[1], 0) + 2])
