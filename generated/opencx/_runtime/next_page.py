# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Where the next page is: what an operation's answers say about it, and how it is asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from .codec import codec_of
from .links import next_link
from .model import Model
from .narrow import is_array, is_mapping, is_nested
from .unset import UNSET
from .values import Value


class Answered(Value):
    """One page as it came: the call's result, its items, the headers of the answer, and the query that was sent.

    `before` is the number of items on the pages before it.
    """

    result: object
    items: list[Any]
    headers: Mapping[str, str]
    sent: Mapping[str, Any]
    before: int = 0


class Move(Value):
    """The way to the next page: an argument that changes, or else a link.

    `mark` is what must not come twice, or the walk goes in circles; empty where the answer has no such thing.
    """

    mark: str
    send: str = ""
    value: Any = None
    link: str = ""


class NextPage(Value, ABC):
    """How an operation's pages follow each other.

    Names of members are wire names, `meta.next` for one in an object; `items=""` is the answer itself.
    """

    items: str

    @abstractmethod
    def move(self, page: Answered) -> Move | None:
        """The way to the next page; None at the end. A page without items is the end, whatever else it says."""

    def start(self, sent: Mapping[str, Any]) -> str:
        """The mark of the page that the caller asked for; empty for the first."""
        return ""

    def items_of(self, result: object) -> list[Any]:
        """The items of a page; none where the answer has no list of them."""
        found = dig(result, self.items)
        return found if is_array(found) else []


class NextCursor(NextPage):
    """The answer holds what is sent to get the page after it."""

    items: str
    next: str
    send: str
    more: str = ""

    def move(self, page: Answered) -> Move | None:
        value = dig(page.result, self.next)
        if not page.items or dig(page.result, self.more) is False or not _is_cursor(value):
            return None
        return Move(str(value), self.send, value)

    def start(self, sent: Mapping[str, Any]) -> str:
        return _text(sent.get(self.send))


class NextItem(NextPage):
    """The next page begins after the last item, which is named by its `id`."""

    items: str
    id: str
    send: str
    more: str = ""

    def move(self, page: Answered) -> Move | None:
        value = dig(page.items[-1], self.id) if page.items else None
        if dig(page.result, self.more) is False or not _is_cursor(value):
            return None
        return Move(str(value), self.send, value)

    def start(self, sent: Mapping[str, Any]) -> str:
        return _text(sent.get(self.send))


class NextLink(NextPage):
    """The answer holds the URL of the page after it: in a member, or in its header `Link` (RFC 8288)."""

    items: str = ""
    next: str = ""

    def move(self, page: Answered) -> Move | None:
        link = dig(page.result, self.next) if self.next else next_link(page.headers.get("link", ""))
        if not page.items or not isinstance(link, str) or not link:
            return None
        return Move(link, link=link)


class NextNumber(NextPage):
    """Pages are counted, from `first` on.

    The end is told by `more` (false), by `last` (how many pages there are) or by `total` (how many items there are).
    """

    items: str
    send: str
    current: str = ""
    more: str = ""
    last: str = ""
    total: str = ""
    first: int = 1

    def move(self, page: Answered) -> Move | None:
        came = _number(dig(page.result, self.current))
        number = next((n for n in (_number(page.sent.get(self.send)), came) if n is not None), self.first)
        last, total = _number(dig(page.result, self.last)), _number(dig(page.result, self.total))
        before = page.before or (number - self.first) * len(page.items)
        over = (last is not None and number - self.first + 1 >= last) or (
            total is not None and before + len(page.items) >= total
        )
        if not page.items or over or dig(page.result, self.more) is False:
            return None
        return Move("" if came is None else str(came), self.send, number + 1)


class NextOffset(NextPage):
    """The next page begins at the number of items before it, counted from `first` on; the end is told as by numbers."""

    items: str
    send: str
    current: str = ""
    more: str = ""
    total: str = ""
    first: int = 0

    def move(self, page: Answered) -> Move | None:
        came = _number(dig(page.result, self.current))
        offset = next((n for n in (_number(page.sent.get(self.send)), came) if n is not None), self.first)
        total = _number(dig(page.result, self.total))
        following = offset + len(page.items)
        over = total is not None and following - self.first >= total
        if not page.items or over or dig(page.result, self.more) is False:
            return None
        return Move("" if came is None else str(came), self.send, following)


def dig(value: object, path: str) -> object:
    """The member of a model or an object, `meta.next` for one further in; `UNSET` if there is none."""
    if not path:
        return value
    found = _member(value, path)
    if found is UNSET and "." in path:
        head, _, rest = path.partition(".")
        return dig(_member(value, head), rest)
    return found


def _member(value: object, wire: str) -> object:
    if isinstance(value, Model):
        field = codec_of(type(value)).fields.get(wire)
        found: object = value.unknown_fields.get(wire, UNSET) if field is None else getattr(value, field.name, UNSET)
        return found
    return value.get(wire, UNSET) if is_mapping(value) else UNSET


def _is_cursor(value: object) -> bool:
    absent = value is None or value is UNSET or value is False or value == ""
    return not absent and not is_nested(value) and not isinstance(value, Model)


def _number(value: object) -> int | None:
    """A page's number, also where it came or was sent as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: object) -> str:
    return str(value) if _is_cursor(value) else ""
