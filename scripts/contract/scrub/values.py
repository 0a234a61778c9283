"""JSON values without what is private: by the schema of their place, their name, and their look."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from ..catalog import Arms, Catalog
from ..examples import BY_FORMAT
from . import detect
from .pseudonyms import Pseudonyms, harmless_name

_SHOWN = ("enum", "const", "example", "examples", "default")
_LISTED_LIKE = re.compile(r"[A-Za-z][A-Za-z_.-]{0,39}", re.ASCII)
"""What a value of an enumeration looks like, also one that no document lists yet."""
_LANGUAGE = re.compile(r"[a-z]{2}([_-][A-Z]{2})?", re.ASCII)
_MOMENTS = ((978_307_200, 2_051_222_400), (978_307_200_000, 2_051_222_400_000))
"""Seconds and milliseconds from 2001 to 2035."""


class Values:
    """Scrubs values; `fields` are names of fields, or the ends of paths, that a person says are harmless."""

    def __init__(self, catalog: Catalog, pseudonyms: Pseudonyms, fields: Collection[str] = ()) -> None:
        self.catalog = catalog
        self.pseudonyms = pseudonyms
        self.fields = tuple(fields)
        self.known = known_values(catalog.document)

    def value(self, value: Any, schema: Any, path: tuple[str, ...] = ()) -> Any:
        """The value without what is private; its type, and what makes it valid, stay."""
        arms = self.catalog.arms(schema)
        if isinstance(value, dict):
            return self._object(value, arms, path)
        if isinstance(value, list):
            items = [arm["items"] for arm in arms if isinstance(arm.get("items"), dict)]
            return [self.value(item, {"anyOf": items} if items else {}, path) for item in value]
        if isinstance(value, str):
            return self.text(value, arms, path)
        if isinstance(value, bool) or value is None:
            return value
        return self._number(value, arms, path)

    def _object(self, value: dict[str, Any], arms: Arms, path: tuple[str, ...]) -> dict[str, Any]:
        properties: dict[str, list[Any]] = {}
        for arm in arms:
            for key, schema in (arm.get("properties") or {}).items():
                properties.setdefault(key, []).append(schema)
        others = [arm["additionalProperties"] for arm in arms if isinstance(arm.get("additionalProperties"), dict)]
        result: dict[str, Any] = {}
        for key, item in value.items():
            known = key in properties
            schemas = properties.get(key, others)
            name = key if known or (harmless_name(key) and not others) else self._key(key)
            result[name] = self.value(item, {"anyOf": schemas} if schemas else {}, (*path, key))
        return result

    def _key(self, key: str) -> str:
        """A name that is data itself, as in a map from users to roles."""
        return key if key in self.known else self.pseudonyms.of(key)

    def text(self, text: str, arms: Arms, path: tuple[str, ...] = ()) -> str:
        """The text, or its pseudonym."""
        words = detect.words_of(path[-1]) if path else set()
        listed = {value for arm in arms for value in (*(arm.get("enum") or ()), arm.get("const"))}
        if text in listed or not text.strip():
            return text
        if words & detect.SECRET_NAMES and text not in ("true", "false"):
            return self._replaced(text)
        if detect.is_date(text):
            return "1970-01-01" + text[10:] if words & detect.PRIVATE_NAMES and len(text) >= 10 else text
        if text in self.known or _LANGUAGE.fullmatch(text) or self._is_allowed(text, path):
            return text
        if any("enum" in arm for arm in arms) and _LISTED_LIKE.fullmatch(text) and not any(detect.marks(text)):
            return text
        inside = self._json(text, path)
        return self.pseudonyms.of(text) if inside is None else inside

    def _replaced(self, text: str) -> str:
        made = self.pseudonyms.of(text)
        return made if made != text else self.pseudonyms.of(f"{text}x" * 4)[: len(text)]

    def _is_allowed(self, text: str, path: tuple[str, ...]) -> bool:
        """Whether a person said that the field is harmless, and nothing in it looks otherwise."""
        dotted = "." + ".".join(path)
        return any(dotted.endswith(f".{field}") for field in self.fields) and not any(detect.marks(text))

    def _json(self, text: str, path: tuple[str, ...]) -> str | None:
        """JSON inside of a text, scrubbed in its turn; None where the text is no JSON object or array."""
        if text.strip()[:1] not in ("{", "["):
            return None
        try:
            value = json.loads(text)
            return json.dumps(self.value(value, {}, path), ensure_ascii=False)
        except (ValueError, RecursionError):
            return None

    def _number(self, value: float, arms: Arms, path: tuple[str, ...]) -> float:
        words = detect.words_of(path[-1]) if path else set()
        if words & detect.PLACE_NAMES:
            return round(value) if isinstance(value, int) else float(round(value))
        listed = [item for arm in arms for item in (*(arm.get("enum") or ()), arm.get("const"))]
        if value in listed:
            return value
        if isinstance(value, float):
            whole = self._number(int(value), arms, path)
            return value if whole == int(value) else float(whole)
        digits = str(abs(value))
        secret = bool(words & (detect.SECRET_NAMES - {"token", "session", "auth"}))
        moment = any(low <= abs(value) <= high for low, high in _MOMENTS) and not words & detect.PRIVATE_NAMES
        if (len(digits) < 7 and not secret) or (moment and not secret) or set(digits[1:]) <= {"0"}:
            return value
        made = int(self.pseudonyms.of(digits.rjust(7, "9"))) if secret else int(self.pseudonyms.of(digits))
        made = int(str(made)[-len(digits) :])
        return -made if value < 0 else made


def known_values(document: Any) -> frozenset[str]:
    """Every text that the document itself shows as a value, and those that stand for a format."""
    return frozenset({*_shown(document, False), *BY_FORMAT.values()})


def _shown(node: Any, inside: bool) -> Iterator[str]:
    todo = [(node, inside)]
    while todo:
        node, inside = todo.pop()
        if isinstance(node, dict):
            todo += [(value, inside or key in _SHOWN) for key, value in node.items()]
        elif isinstance(node, list):
            todo += [(value, inside) for value in node]
        elif inside and isinstance(node, str):
            yield node
