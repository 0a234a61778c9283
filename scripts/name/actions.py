"""Tells which paths end in a verb, or in what reads as one, so that their last segment is the method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .calls import Call
from .paths import Map, Path, Segment, Steps
from .verbs import CORE, NOUNS, VERBS

_REMOVING_TEXT = """
abort cancel clear deactivate delete destroy detach disable disconnect empty flush leave logout purge remove reset
revoke stop terminate unassign unblock unfollow unlink unlock unpin unpublish unset unstar unsubscribe unwatch wipe
"""
_REMOVING = frozenset(_REMOVING_TEXT.split())
"""What a DELETE of a path that ends in it does; one that ends in `lock` undoes that."""
_ACTING = frozenset({"get", "post", "put", "patch", "delete", "query"})


class Actions:
    """The paths of an API, with the calls of each."""

    def __init__(self, calls: Iterable[Call], places: Map) -> None:
        self._map = places
        self.verbs: dict[str, dict[str, Call]] = defaultdict(dict)
        """By path: its calls."""
        self._below: defaultdict[Steps, list[Path]] = defaultdict(list)
        """By path: those that go on from there by one segment or more."""
        for call in calls:
            self.verbs[call.path.text][call.verb] = call
            for end in range(1, len(call.path.segments)):
                self._below[call.path.steps[:end]].append(call.path)
        self._paths = {call.path.steps: call.path for call in calls}

    def words(self, call: Call) -> tuple[tuple[str, ...], ...]:
        """The words of each segment at the end of the path that says what to do; none where the HTTP method says it.

        `/pets/{id}/feed` ends in one, and so does `/pets/{id}/feed/twice`, in two.
        """
        segments = call.path.segments
        before = self._paths.get(call.path.steps[:-1]) if len(segments) > 2 else None
        if before and segments[-1].is_fixed and any(self.is_action(one) for one in self.verbs[before.text].values()):
            return segments[-2].words, segments[-1].words
        return (segments[-1].words,) if self.is_action(call) else ()

    def is_action(self, call: Call) -> bool:
        """Whether the path's last segment says what to do."""
        segments = call.path.segments
        if not segments or not segments[-1].is_fixed:
            return False
        last = segments[-1]
        if last.is_custom:
            return True
        verbs = self.verbs[call.path.text]
        if call.verb == "head" and "get" in verbs:
            return self.is_action(verbs["get"])
        if last.has_hole or call.verb not in _ACTING or self._map.is_collection(call.path):
            return last.is_verb and len(call.path.fixed) > 1 and last.has_hole
        if self._map.has_things(call.path) or not self._is_end(call.path):
            return False
        return self.switches(call) or self._does(call, last, verbs)

    def _does(self, call: Call, last: Segment, verbs: Mapping[str, Call]) -> bool:
        """Whether the last segment of a path that ends in no collection reads as a verb."""
        if call.verb == "delete" and last.words[0] not in _REMOVING:
            return False
        if len(verbs.keys() & {"get", "put", "patch", "delete"}) > 1 or _is_thing(call, last):
            return False
        only = len(verbs) == 1 and call.verb in ("post", "put")
        is_sentence = len(last.words) > 1 and last.words[0] in VERBS and call.verb == "post" and only
        if last.is_verb or (is_sentence and (last.words[0] not in NOUNS or call.begins_with(last.words[0]))):
            return True
        if not only or last.plural or not self._map.is_leaf(call.path):
            return False
        if call.said_by_id and call.said_by_id not in last.words:
            return False
        after_one = len(call.path.segments) > 1 and call.path.segments[-2].has_hole
        return (after_one and call.verb == "post") or (call.says_last and self._is_called(call.path.steps[:-1]))

    def switches(self, call: Call) -> bool:
        """Whether a path does something and its DELETE undoes that, or a GET asks for it: `/gists/{id}/star`."""
        last, verbs = call.path.segments[-1], self.verbs[call.path.text]
        made, undone = verbs.get("put") or verbs.get("post"), verbs.get("delete")
        if not last.is_verb or len(last.words) > 1 or {"put", "post"} <= verbs.keys() or "patch" in verbs:
            return False
        if undone and undone.undoing(last.words[0]):
            return not made or made.does_only(last.words[0]) or made.is_generic
        return made is not None and made.does_only(last.words[0]) and verbs.keys() not in ({"get", "post"}, {made.verb})

    def _is_called(self, steps: Steps) -> bool:
        """Whether what a path begins with is a resource with methods of its own."""
        return steps in self._paths or any(
            len(path.segments) == len(steps) + 1 and (path.segments[-1].has_hole or path.segments[-1].is_verb)
            for path in self._below[steps]
        )

    def _is_end(self, path: Path) -> bool:
        """Whether nothing goes on from here but by one more word, and calls of one kind."""
        return all(
            len(longer.segments) == len(path.segments) + 1
            and not longer.segments[-1].has_hole
            and not longer.segments[-1].is_custom
            and len(self.verbs[longer.text]) == 1
            for longer in self._below[path.steps]
        )


def _is_thing(call: Call, last: Segment) -> bool:
    """Whether the operationId tells that the words name a thing: `get-commit-activity`, `create-push-rule`."""
    verb = call.first_verb
    if verb not in CORE or verb in last.words or not {*last.words} <= {*call.id_words}:
        return False
    if call.verb == "get" or call.makes(last.words):
        return len(last.words) > 1
    return call.verb == "post" and not last.is_verb
