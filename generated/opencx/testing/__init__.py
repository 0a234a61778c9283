# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""Tests of code that uses OpenCX, without a network.

```python
from opencx.testing import make, mock

with mock() as api:
    ...  # run your code with `api.client` or `api.async_client`
    print(api.calls)
```
"""

from __future__ import annotations

from typing import Unpack

from .._client import AsyncOpenCX, OpenCX
from .._runtime import ClientOptions
from . import scenarios as scenarios
from .board import UnexpectedRequest as UnexpectedRequest
from .calls import Call as Call
from .making import make as make
from .mock import BaseMock

__all__ = ["Call", "Mock", "UnexpectedRequest", "make", "mock", "scenarios"]


class Mock(BaseMock[OpenCX, AsyncOpenCX]):
    """Clients of OpenCX whose calls are answered in this process, and what they called.

    Args:
        check: Whether a request that differs from what is documented raises `UnexpectedRequest`.
        options: What else the clients are told, as `max_retries`.
    """

    def __init__(self, *, check: bool = True, **options: Unpack[ClientOptions]) -> None:
        super().__init__((OpenCX, AsyncOpenCX), check, options)


def mock(*, check: bool = True, **options: Unpack[ClientOptions]) -> Mock:
    """A mock of the API; see `Mock` for the arguments."""
    return Mock(check=check, **options)
