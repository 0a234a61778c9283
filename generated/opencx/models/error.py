# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The model `Error`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .._runtime import UNSET, Model

if TYPE_CHECKING:
    from typing import ClassVar

    from .._runtime import Unset

__all__ = ["Error"]


@attrs.define(kw_only=True, eq=False, repr=False)
class Error(Model):
    """`ErrorDto` of the API.

    Source: `ErrorDto`, spec/pages/003_343cdb29b8451413.txt:322
    """

    __wire__: ClassVar[dict[str, str]] = {"status_code": "statusCode"}

    status_code: int | Unset = UNSET
    """Wire name: `statusCode`."""
    message: str | Unset = UNSET
    error: str | Unset = UNSET
