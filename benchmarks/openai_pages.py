"""The pages of the benchmark as the openai library is told to walk them."""

from __future__ import annotations

from typing import Generic, List, Optional, TypeVar  # noqa: UP035

from openai._base_client import BasePage, BaseSyncPage, PageInfo

T = TypeVar("T")


class Page(BaseSyncPage[T], BasePage[T], Generic[T]):  # type: ignore[misc]
    """Some objects, and the cursor of the next page."""

    data: List[T]  # noqa: UP006
    next_cursor: Optional[str] = None  # noqa: UP045

    def _get_page_items(self) -> list[T]:
        return self.data

    def next_page_info(self) -> PageInfo | None:
        """Which page is next; None after the last."""
        return PageInfo(params={"cursor": self.next_cursor}) if self.next_cursor else None
