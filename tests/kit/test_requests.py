"""Is a request read as the styles of its parameters write it, and held against what is documented?"""

from __future__ import annotations

from typing import Any

import pytest
from opencx.testing.asked import Asked, RequestChecker
from opencx.testing.document import Document

COUNT_OR_WORD = {"anyOf": [{"type": "integer", "minimum": 2}, {"enum": ["all", "none"], "type": "string"}]}


def faults(parameter: dict[str, Any], query: str) -> list[str]:
    """What is wrong with a query, of an operation with this parameter."""
    operation = {"method": "GET", "path": "/things", "parameters": [{"in": "query", "name": "of", **parameter}]}
    document = Document({"servers": [""], "operations": {"a.b": operation}, "schemas": {}, "models": {}}, {})
    chosen, found = RequestChecker(document).chosen(Asked("GET", f"https://x.example/things?{query}", {}, b""))
    assert chosen is not None
    return [str(fault) for fault in found]


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        (COUNT_OR_WORD, ("of=3", "of=all"), ("of=1", "of=some")),
        ({"type": "array", "items": COUNT_OR_WORD}, ("of=3&of=all",), ("of=3&of=1",)),
        ({"enum": [1, 2]}, ("of=1",), ("of=3", "of=a")),
        ({"enum": ["1", "2"]}, ("of=1",), ("of=3",)),
        ({"type": ["string", "boolean"], "maxLength": 3}, ("of=true", "of=abc"), ("of=abcd",)),
        ({"type": "string"}, ("of=1", "of=null"), ()),
        ({"type": "number"}, ("of=1.5",), ("of=x", "of=")),
    ],
)
def test_text_is_read_as_what_the_schema_takes(
    schema: dict[str, Any], right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    assert [faults({"schema": schema}, query) for query in right] == [[]] * len(right)
    assert all(faults({"schema": schema}, query) for query in wrong)
