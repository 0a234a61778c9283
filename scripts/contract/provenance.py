"""How old what the canonical document says is, from the pages that its `x-source` name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..pages import Page


class Ages:
    """The ages of operations."""

    def __init__(self, pages: Mapping[str, Page], document: Mapping[str, Any]) -> None:
        self._pages = pages
        self._schemas = document.get("components", {}).get("schemas", {})

    def of(self, operation: Mapping[str, Any]) -> int | None:
        """The age of the newest page that the operation or a model that it uses stands on; None if none is named."""
        todo: list[Any] = [operation] if self._pages else []
        seen: set[str] = set()
        ages = []
        while todo:
            node = todo.pop()
            if isinstance(node, dict):
                ages += [self._pages[page].age for page in sources(node) if page in self._pages]
                key = str(node.get("$ref", "")).rpartition("/")[2].replace("~1", "/").replace("~0", "~")
                if key in self._schemas and key not in seen:
                    seen.add(key)
                    todo.append(self._schemas[key])
                todo.extend(node.values())
            elif isinstance(node, list):
                todo.extend(node)
        return max(ages, default=None)


def sources(node: Mapping[str, Any]) -> Iterator[str]:
    """The pages that a part of the canonical document names as where it came from."""
    source = node.get("x-source")
    for place in [source] if isinstance(source, str) else source if isinstance(source, list) else ():
        yield str(place).rpartition(":")[0] or str(place)
