"""Sees whether a call answers one thing or many."""

from __future__ import annotations

from typing import Any

from .calls import Call
from .paths import Segment
from .words import words

_PREFIX = "#/components/schemas/"
_PAGE_KEYS_TEXT = """
data items results records entries values rows list hits objects elements content
"""
_PAGE_KEYS = frozenset(_PAGE_KEYS_TEXT.split())
_ARRAYS = ("array", ["array", "null"])


class Answers:
    """What calls answer, by the schemas of one document."""

    def __init__(self, schemas: dict[str, Any]) -> None:
        self._schemas = schemas

    def is_many(self, call: Call) -> bool:
        """Whether an array is answered, or a page of one."""
        schema = self._of(call)
        last = call.path.segments[-1] if call.path.segments else None
        return self._is_array(schema) or self._is_page(schema, last, call.says_list)

    def is_array(self, call: Call) -> bool:
        """Whether no more than an array is answered."""
        return self._is_array(self._of(call))

    def _of(self, call: Call) -> dict[str, Any]:
        """The schema of the first answer that means success and has a body."""
        for status, response in call.value.get("responses", {}).items():
            if status[:1] == "2":
                for media in response.get("content", {}).values():
                    return self._follow(media.get("schema", {}))
        return {}

    def _is_array(self, schema: dict[str, Any]) -> bool:
        arms = [self._follow(arm) for arm in schema.get("anyOf", ())]
        kinds = {str(arm.get("type")) for arm in arms} - {"null"}
        return schema.get("type") in _ARRAYS or kinds == {"array"}

    def _is_page(self, schema: dict[str, Any], last: Segment | None, says_so: bool) -> bool:
        properties = schema.get("properties", {})
        lists = [name for name, value in properties.items() if self._is_array(self._follow(value))]
        plural = last is not None and last.plural
        if len(lists) == 1 and (says_so or (last and plural and words(lists[0])[-1:] == last.words[-1:])):
            return True
        return sum(name.lower() in _PAGE_KEYS for name in lists) == 1 and (plural or len(lists) == 1)

    def _follow(self, schema: dict[str, Any]) -> dict[str, Any]:
        for _ in range(20):
            if "$ref" not in schema:
                return schema
            schema = self._schemas.get(schema["$ref"].removeprefix(_PREFIX), {})
        return {}
