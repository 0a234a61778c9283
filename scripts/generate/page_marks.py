"""The names by which APIs speak of pages. All are compared word by word: `nextPageToken` is `next_page_token`."""

# ruff: noqa: SIM905 -- names in a row are read faster than one to a line

from __future__ import annotations

import re
from typing import Any

from ..name.words import snake, words

ITEMS = frozenset(
    "data items results entries records values objects rows hits content elements nodes edges list resources".split()
)
"""Arrays that are the items where an answer has several arrays."""

CONTAINERS = frozenset(
    "meta metadata paging pagination page pages pager link links cursor cursors next result info response".split()
)
"""Words of the names of objects that speak of the page."""

PAGE_WORDS = CONTAINERS | frozenset(
    "count total limit offset first last previous prev has more next start end size per current object href uri".split()
)
"""Words of the names of members that speak of the page."""

CURSORS = frozenset(
    "cursor page_cursor start_cursor next_cursor after_cursor token page_token next_token next_page_token "
    "pagination_token paging_token continuation_token continuation continue marker next_marker bookmark "
    "pagination_key scroll_id start_key exclusive_start_key after page_after starting_after start_after after_id "
    "since since_id last_id from page offset start".split()
)
"""Arguments that take what an answer named as the next page."""
SAME_WORD = CURSORS - frozenset("page offset start from since after page_after starting_after start_after".split())
"""Those whose own name, in an answer, is the next page and no echo of the request."""
FIRST_ITEM = frozenset("after starting_after start_after after_id page_after since_id".split())
"""Arguments that take the last item's id."""
_NEXT = frozenset("next next_cursor end_cursor next_page_cursor next_token next_page_token next_page next_key".split())
_LAST = frozenset("last_id last_key".split())
_STARTS = frozenset("start starting after since from last next exclusive".split())

LINKS = frozenset(
    "next next_url next_link next_uri next_href next_page next_page_url next_page_link next_page_uri "
    "odata_next_link".split()
)
"""Members with the URL of the next page."""

NUMBERS = frozenset("page page_number page_num page_no page_index pageno p current_page".split())
CURRENT = frozenset("page page_number page_num current_page current page_index".split())
OFFSETS = frozenset("offset skip start start_at start_index start_position result_offset page_offset from".split())
SIZES = frozenset("limit per_page page_size size max_results page_limit count first top results_per_page".split())

ENDS = {
    "more": (
        "boolean",
        frozenset(
            "has_more has_next has_next_page more has_more_results has_more_items has_more_pages more_available".split()
        ),
    ),
    "last": (
        "number",
        frozenset("total_pages page_count pages last_page num_pages pages_count number_of_pages pages_total".split()),
    ),
    "total": (
        "number",
        frozenset(
            "total total_count total_items total_results total_entries total_records total_size total_elements "
            "total_hits total_rows count_total total_number total_objects".split()
        ),
    ),
}
"""Members that tell the end: their type and their names."""

_URL_WORDS = frozenset({"url", "uri", "link", "links", "href"})
_URL_TEXT = re.compile(r"\bURLs?\b|\bURIs?\b|\bhyperlink|https?://", re.IGNORECASE)


def normal(name: str) -> str:
    """The name in lower case with underscores between its words."""
    return snake(words(name))


def cursor_fits(argument: str, path: tuple[str, ...]) -> int:
    """How well a member of an answer fits an argument as its next value: 1 is best, 0 is not at all."""
    leaf, home = normal(path[-1]), set("_".join(map(normal, path[:-1])).split("_"))
    begins, known = argument.split("_")[0] in _STARTS, argument in CURSORS
    if leaf.startswith("next_") and (known or begins) and _stem(leaf) == _stem(argument):
        return 1
    if known and leaf in _NEXT and (argument in SAME_WORD or begins):
        return 2
    if leaf == argument and (argument in SAME_WORD or (known and home & {"next", "cursor", "cursors"})):
        return 3
    return 4 if begins and leaf.startswith("last_") and (_stem(leaf) == _stem(argument) or leaf in _LAST) else 0


def _stem(name: str) -> str:
    """The name without the words for the direction: `start_after_item_id` and `last_item_id` are both `item_id`."""
    parts = name.split("_")
    while len(parts) > 1 and parts[0] in _STARTS:
        parts = parts[1:]
    return "_".join(parts)


def is_url(path: tuple[str, ...], schema: dict[str, Any]) -> bool:
    """Whether the text at a path is a URL, by its format, its name, or what is said of it."""
    if str(schema.get("format", "")).startswith(("uri", "url")):
        return True
    named = _URL_WORDS & {word for key in path for word in normal(key).split("_")}
    said = [schema.get("description", ""), schema.get("example", ""), *schema.get("examples", [])]
    return bool(named) or any(_URL_TEXT.search(str(text)) for text in said)
