# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The fixture `opencx_mock`, which pytest finds by itself. The test kit is loaded when a test asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .testing import Mock

__all__ = ["opencx_mock"]


@pytest.fixture
def opencx_mock() -> Iterator[Mock]:
    """Clients of OpenCX that talk to nobody, anew for each test."""
    from .testing import mock

    with mock() as api:
        yield api
