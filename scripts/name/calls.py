"""One operation, with what its name can be made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..documents import escape
from .paths import Path
from .verbs import CORE, VERBS, apart, joined, said_verb, undoes
from .words import singular, snake, without_tail, words

MORE_METHODS = "x-additionalOperations"
HINT = "x-sdk-name"
"""What the document says that client libraries call the operation: its resource and method."""
_DEEPEST = 8
"""Resources that are in one another, where the document names them."""
_HTTP = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_LISTING = frozenset({"list", "search", "find", "query", "browse", "index"})
_FOR_ONE = frozenset({"one", "by", "first", "unique"})
"""What follows `find` where one thing is found."""
_IN_BULK = frozenset({"all", "batch", "bulk", "many", "multiple"})


@dataclass(frozen=True)
class Call:
    """One operation."""

    pointer: str
    verb: str
    path: Path
    value: dict[str, Any]

    @property
    def version(self) -> str:
        """The version that the path says, or nothing."""
        first = self.path.fixed[:1]
        return first[0].words[0] if first and first[0].is_version else self.path.version or ""

    @property
    def shape(self) -> tuple[str, tuple[tuple[str, ...], ...]]:
        """What calls of two versions of the API share."""
        steps = tuple(segment.words for segment in self.path.segments if not segment.is_version)
        return self.verb, steps

    @cached_property
    def hint(self) -> tuple[tuple[str, ...], str]:
        """The resource and the method that the document names itself; each may be empty."""
        group, _, method = str(self.value.get(HINT, "")).rpartition(".")
        return tuple(snake(words(step)) for step in group.split(".") if step)[:_DEEPEST], snake(words(method))

    @cached_property
    def id_words(self) -> tuple[str, ...]:
        """The words of its operationId, without the path and method that frameworks append."""
        given = self.value.get("operationId")
        said = without_tail(words(given), self.path.text, self.verb) if isinstance(given, str) else ()
        return tuple(word for word in apart(said, self.known) if word != "controller")

    @cached_property
    def _tip(self) -> tuple[str, ...]:
        """The words of its operationId behind those of a group: `list`, `refs` of `git/list-refs`."""
        given = self.value.get("operationId")
        inside = re.split(r"[/.:]|(?<=Controller)_", given)[-1] if isinstance(given, str) else ""
        group, _, rest = inside.partition("_")
        if rest[:1].isupper() and group[:1].isupper() and words(group)[0] not in VERBS:
            inside = rest  # `WebApps_CreateOrUpdate`
        said = apart(joined(without_tail(words(inside), self.path.text, self.verb)), self.known)
        mark = self.path.mark
        return said[: -len(mark)] if mark and said[-len(mark) :] == mark else said

    @property
    def says_list(self) -> bool:
        """Whether its operationId begins with a word for many."""
        first, second = (*self._tip[:2], "", "")[:2]
        return first in _LISTING and not (first == "find" and second in _FOR_ONE)

    @property
    def is_bulk(self) -> bool:
        """Whether its operationId says that it is about many at once."""
        return not _IN_BULK.isdisjoint(self._tip)

    @property
    def bulk_verb(self) -> str:
        """What its operationId says is done in bulk: `update` of `bulk-update-members`."""
        first, second = (*self._tip[:2], "", "")[:2]
        return second if first in ("batch", "bulk") and second in VERBS else ""

    @property
    def says_all(self) -> bool:
        """Whether its operationId says that it is about all there are."""
        return "all" in self._tip

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of the path, of many and of one."""
        said = {*self.path.mark, *(word for segment in self.path.fixed for word in segment.words)}
        return frozenset(said | {singular((word,))[0] for word in said})

    @property
    def _says_http(self) -> bool:
        """Whether its operationId names the HTTP method somewhere: `connectCoreV1GetNamespacedPod`."""
        return self.verb in self._tip

    @cached_property
    def said_by_id(self) -> str:
        """The verb that its operationId says and its path does not."""
        return "" if self.is_generic or self.verb in self._tip[1:] else said_verb(self._tip, self.known)

    @property
    def front(self) -> str:
        """The verb that its operationId begins with, where the path has no more than what is made of it."""
        first = self._tip[:1]
        return first[0] if first and first[0] in VERBS - self.known and not self._says_http else ""

    @cached_property
    def said_by_summary(self) -> str:
        """The verb with which its summary begins, where the operationId says nothing: `Restore file`."""
        first = words(str(self.value.get("summary", "")))[:1] if self.is_generic else ()
        return said_verb(first, self.known) if first and first[0] not in CORE else ""

    @property
    def is_generic(self) -> bool:
        """Whether its operationId says no more than method and path: `put_files_id`."""
        return {*self._tip} <= {self.verb, "id", *self.known, *words(self.path.text)}

    def begins_with(self, verb: str) -> bool:
        """Whether its operationId begins with this verb."""
        return self._tip[:1] == (verb,)

    def makes(self, thing: tuple[str, ...]) -> bool:
        """Whether its operationId says that this thing is created: `create-remove-token`."""
        return self.verb == "post" and self._tip[: len(thing) + 1] == ("create", *thing)

    def undoing(self, verb: str) -> str:
        """The verb by which its operationId or summary begins to say that it undoes this one; or nothing."""
        summary = words(str(self.value.get("summary", "")))[:1]
        return next((word for word in (self.first_verb, *self._tip[:1], *summary) if undoes(word, verb)), "")

    def does_only(self, verb: str) -> bool:
        """Whether its operationId has this verb and no other."""
        return not self._says_http and {word for word in self._tip if word in VERBS} == {verb}

    @cached_property
    def first_verb(self) -> str:
        """The first verb in its operationId, be it one that the path says, too."""
        return next((word for word in self._tip if word in VERBS), "")

    @property
    def says_last(self) -> bool:
        """Whether its operationId begins or ends with what the path ends with: `ContainerPrune`, `prune_containers`."""
        last = self.path.fixed[-1].words
        if self._tip[:1] == (self.verb,) or {*self._tip} & VERBS - {*last} - self.known:
            return False
        return last in (self._tip[: len(last)], self._tip[-len(last) :])


def calls(document: dict[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Pointer, verb, path and description of every operation."""
    for path, item in document["paths"].items():
        for verb in _HTTP:
            if verb in item:
                yield f"/paths/{escape(path)}/{verb}", verb, path, item[verb]
        for verb, value in item.get(MORE_METHODS, {}).items():
            yield f"/paths/{escape(path)}/{MORE_METHODS}/{escape(verb)}", verb.lower(), path, value
