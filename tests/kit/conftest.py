"""A test kit to test: that of the package in `generated/`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

GENERATED = Path(__file__).parents[2] / "generated"
sys.path.insert(0, str(GENERATED))

from opencx.testing import Mock, mock  # noqa: E402


@pytest.fixture
def api() -> Iterator[Mock]:
    """A mock of the API of `generated/`."""
    with mock() as api:
        yield api
