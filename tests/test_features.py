"""Does `docs/features.md` name tests that exist, at least one for each promise?"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "docs/features.md").read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| ---") and not line.endswith("| proved by |")
]


@cache
def names_in(path: str) -> set[str]:
    """The names of the tests in a module."""
    return {node.name for node in ast.parse((ROOT / path).read_text()).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_a_promise_names_tests_that_exist(row: list[str]) -> None:
    assert len(row) == 3, row
    named = re.findall(r"`([^`]+)`", row[2])
    assert named
    for name in named:
        path, _, test = name.partition("::")
        assert test in names_in(path) if test else (ROOT / path / "use.py").exists(), name
