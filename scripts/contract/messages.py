"""What the canonical document says of a message, and of the places in its body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .catalog import Catalog
from .drift import status_key

Place = tuple[str | int, ...]


def media_of(content: Any, media_type: str) -> Any:
    """What a message is documented with in a media type; None where it is not documented in that."""
    essence = media_type.partition(";")[0].strip().lower()
    for key, media in (content or {}).items():
        pattern = key.partition(";")[0].strip().lower()
        if pattern in (essence, "*/*", f"{essence.partition('/')[0]}/*"):
            return media
    return None


def schema_in(content: Any, media_type: str) -> Any:
    """The schema of a media type among those that a message is documented with."""
    media = media_of(content, media_type) or {}
    return media.get("schema", media.get("x-itemSchema", media.get("itemSchema", {})))


def response_of(responses: Any, status: int) -> Any:
    """What is documented of a response, if only of another status of its class."""
    keys = [str(key) for key in responses or {}]
    key = status_key(status, keys)
    if key is None or key.upper() == "DEFAULT":
        key = min((other for other in keys if other[:1] == str(status)[:1]), default=key)
    return next((value for name, value in (responses or {}).items() if str(name) == key), {})


def variant_places(catalog: Catalog, schema: Any, body: Any) -> Iterator[tuple[Place, str]]:
    """The places of a body that hold one of several kinds of objects, and the member that tells the kind, or ""."""
    todo: list[tuple[Place, Any, Any]] = [((), schema, body)]
    while todo:
        place, said, value = todo.pop()
        arms = catalog.arms(said)
        if isinstance(value, dict):
            objects = [arm for arm in arms if arm.get("properties")]
            unions = [arm for arm in arms if arm.get("oneOf") or arm.get("anyOf")]
            if len(objects) > 1 and unions:
                tags = [arm["discriminator"] for arm in arms if isinstance(arm.get("discriminator"), dict)]
                yield place, str(tags[0].get("propertyName", "")) if tags else ""
            for key, item in value.items():
                found = [arm["properties"][key] for arm in objects if key in arm["properties"]]
                todo += [((*place, key), {"anyOf": found}, item)] if found else []
        elif isinstance(value, list):
            found = [arm["items"] for arm in arms if isinstance(arm.get("items"), dict)]
            todo += [((*place, index), {"anyOf": found}, item) for index, item in enumerate(value) if found]
