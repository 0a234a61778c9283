# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The fixture `opencx_mock`, which pytest finds by itself. The test kit is loaded when a test asks for it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .testing import Mock

__all__ = ["opencx_mock"]


_FAILED = pytest.StashKey[bool]()


@pytest.fixture
def opencx_mock(request: pytest.FixtureRequest) -> Iterator[Mock]:
    """Clients of OpenCX that talk to nobody, anew for each test."""
    from .testing import mock

    with mock() as api:
        yield api
        if request.node.stash.get(_FAILED, False):
            api.unexpected.clear()  # a test that failed is not told a second time


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers whether a test failed."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report
