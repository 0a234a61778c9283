"""Names every operation: the resource by the path's fixed segments, the method by what the call does.

| operation | name |
| --- | --- |
| `POST /chat/sessions` | `chat.sessions.create` |
| `GET /chat/sessions` | `chat.sessions.list` |
| `GET /chat/sessions/{id}` | `chat.sessions.retrieve` |
| `POST /chat/sessions/{id}/send` | `chat.sessions.send` |
"""

from __future__ import annotations

import keyword
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from .actions import Actions
from .answers import Answers
from .calls import Call, calls
from .engines import argument_name
from .methods import Place, method
from .paths import Map, Path, Steps
from .reserved import METHODS, RESOURCES
from .scope import Scope
from .verbs import CORE, VERBS
from .words import short_hash, singular, snake, spelled, words

_GENERIC = frozenset({"describe", "fetch", "get", "patch", "post", "put", "retrieve", "show", "view"})
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SMALL = frozenset({"a", "an", "the", "of", "for", "by", "in", "on", "to", "from", "with", "and", "all", "at"})
_PREPOSITIONS = frozenset({"of", "for", "by", "in", "on", "to", "from", "with", "and", "at"})
_MOST_WORDS = 6
_CROWD = 4
"""From so many paths on that are sent as one, that one says nothing."""
_LAST = 1_000
"""The rank of the path `/`, which has a resource by its tag alone."""


def name_operations(document: dict[str, Any], pinned: dict[str, str]) -> dict[str, str]:
    """`resource.method` by the operation's pointer."""
    there = {pointer for pointer, _, _, _ in calls(document)}
    names = pinned if pinned.keys() >= there else _Namer(document).names(pinned)  # mostly there is nothing to choose
    return {pointer: name for pointer, name in names.items() if pointer in there}


class _Namer:
    def __init__(self, document: dict[str, Any]) -> None:
        self.answers = Answers(document["components"]["schemas"])
        found = list(calls(document))
        self.map = Map([path for _, _, path, _ in found])
        self.calls = [Call(pointer, verb, self.map.paths[path], value) for pointer, verb, path, value in found]
        self.actions = Actions(self.calls, self.map)
        self.shapes = Counter(call.shape for call in self.calls)
        """How many calls differ in no more than the version of the API."""
        self.alike = Counter(path.plain for path in self.map.paths.values())
        """How many paths differ in no more than what stands behind the path itself: `/#Action=CreateTopic`."""
        self.made = {call.path.steps for call in self.calls if call.verb == "post"}
        self.of_one: defaultdict[Steps, list[Call]] = defaultdict(list)
        """By path of a collection: the calls of one thing of it."""
        for call in self.calls:
            if call.path.ends_in_hole:
                self.of_one[call.path.steps[:-1]].append(call)
        self.roots = {segment.words for call in self.calls for segment in call.path.fixed[:1]}

    def names(self, pinned: dict[str, str]) -> dict[str, str]:
        scope = Scope(fold=_flat)
        for pointer, name in pinned.items():
            scope.pin(pointer, name)
        paths = self.resource_paths(pinned)
        for resource in {*paths.values(), *(name.rpartition(".")[0] for name in pinned.values())}:
            for depth in range(resource.count(".") + 1):
                scope.reserve(".".join(resource.split(".")[: depth + 1]))
        order = sorted(range(len(self.calls)), key=lambda index: (*self.rank(self.calls[index]), index))
        for index in order:
            call = self.calls[index]
            resource = paths[call.pointer]
            scope.give(call.pointer, (f"{resource}.{name}" for name in self.methods(call, resource)))
        return scope.names

    def rank(self, call: Call) -> tuple[bool, bool, bool, bool, int, bool, bool]:
        """Calls that are at home where they stand choose their names first, then those of shorter paths.

        Those whose path says what the HTTP method says elsewhere come last: `POST /pets/delete` after
        `DELETE /pets/{id}`; before them, those about many at once; of two that differ in the version alone, that
        without one is the first, and of one path, `POST` before `GET`.
        """
        path = call.path
        last = path.segments[-1:]
        is_core = bool(last) and len(last[0].words) == 1 and last[0].words[0] in CORE
        tail = len(self.actions.words(call))
        is_home = path.segments[-tail - 1].has_hole if 0 < tail < len(path.segments) else self.map.has_things(path)
        length = len(path.segments) or _LAST
        return (
            not call.hint[1],
            is_core,
            call.is_bulk,
            not is_home,
            length,
            path.version is not None,
            call.verb != "post",
        )

    def resource_paths(self, pinned: dict[str, str]) -> dict[str, str]:
        """The resource of each operation; two that differ in punctuation only are kept apart."""
        flat: dict[str, str] = {}
        for name in pinned.values():
            for resource in _around(tuple(name.split(".")[:-1])):
                flat.setdefault(_flat(resource), resource)
        return {call.pointer: _apart(self.resource(call), flat) for call in self.calls}

    def spoken(self, call: Call) -> tuple[str, tuple[str, ...]] | None:
        """Verb and thing of a path that is a sentence."""
        fixed = call.path.fixed
        at = 1 if len(fixed) > 1 and fixed[0].is_version else 0
        return fixed[at].spoken if self.map.speaks and len(fixed) > at else None

    def resource(self, call: Call) -> tuple[str, ...]:
        if call.hint[0]:
            return tuple(_safe(name, METHODS if index else RESOURCES) for index, name in enumerate(call.hint[0]))
        spoken = self.spoken(call)
        if spoken:
            return (_safe(snake(spoken[1]), RESOURCES),)
        fixed = call.path.fixed
        fixed = fixed[: len(fixed) - len(self.actions.words(call))]
        if not fixed:
            return (self.tagged(call),)
        return tuple(_safe(snake(one.words), METHODS if index else RESOURCES) for index, one in enumerate(fixed))

    def tagged(self, call: Call) -> str:
        """The resource of a call whose path names none, by its tag; the one that others have where it is the same."""
        tags = call.value.get("tags", ())
        tag = words(tags[0]) if tags else ()
        same = [root for root in self.roots if singular(root) == singular(tag)]
        return _safe(snake(same[0] if len(same) == 1 else tag) or "root", RESOURCES)

    def methods(self, call: Call, resource: str) -> Iterator[str]:
        """Names for the method, the best first."""
        for name in self.candidates(call, resource):
            safe = _safe(name, METHODS)
            if safe and argument_name(f"{resource.replace('.', '_')}_{safe}"):
                yield safe

    def candidates(self, call: Call, resource: str) -> Iterator[str]:
        main = self.main(call)
        if call.hint[1]:
            yield call.hint[1]
        if told := self.told_by_id(call):
            yield from (snake(told), snake(call.id_words))
        if call.path.mark:
            yield snake(call.path.mark if call.path.mark[0] in VERBS else (main, *call.path.mark))
        if bare := _bare(words(main), words(resource.rpartition(".")[2])):
            yield snake(bare)
        yield main
        if main == "list" and call.path.ends_in_hole and not self.map.has_things(call.path):
            yield "retrieve"
        if call.version and self.shapes[call.shape] > 1:
            yield f"{main}_{call.version}"
        does = bool(self.actions.words(call))
        said = _said(call, resource)
        if does and len(self.actions.verbs[call.path.text]) > 1 and (len(said) < 2 or said[0] in (main, *_GENERIC)):
            yield f"{call.verb}_{main}"
        if said[:1] and said[0] in _GENERIC:
            said = (main, *(word for word in said[1:] if word != main))
        elif said and VERBS.isdisjoint(said) and main not in said:
            said = (main, *said)
        if said:
            yield snake(said)
        if does and call.says_all:
            yield f"{main}_all"
        if does and call.verb == "get" and main != "get":
            yield f"get_{main}"
        inner = _owner(call.path)
        if inner or does:
            yield f"{main}_for_{snake(inner)}" if inner else f"{main}_many"
        if call.path.ends_in_hole and call.path.holes:
            yield f"{main}_by_{snake(call.path.holes[-1])}"
        if 0 < len(call.id_words) <= _MOST_WORDS + 2:
            yield snake(call.id_words)
        if call.verb not in main:
            yield f"{main}_{snake(words(call.verb))}"
        holes = [part for hole in call.path.holes for part in hole]
        if holes:
            yield f"{main}_by_{snake(holes)}"
        yield f"{main}_{snake(spelled(call.path.text.rpartition('/')[2]))}"

    def told_by_id(self, call: Call) -> tuple[str, ...]:
        """The words of its operationId, where its path says nothing and many others have the same one."""
        if call.path.fixed or self.alike[call.path.plain] < _CROWD:
            return ()
        begins = str(call.value.get("operationId")).startswith(f"{call.verb.upper()}_")  # `POST_CreateTopic`
        return call.id_words[1:] if begins else call.id_words

    def main(self, call: Call) -> str:
        spoken = self.spoken(call)
        if spoken and spoken[0] in ("get", "fetch"):
            return "list" if self.answers.is_many(call) else "retrieve"
        if spoken:
            return spoken[0]
        does = self.actions.words(call)
        if not does:
            return method(call, self.place(call))
        if len(does) == 1 and self.actions.switches(call):
            return snake(_switch(call, does[0]))
        said = tuple(word for words in does for word in words)
        if said in (("batch",), ("bulk",)) and call.bulk_verb:
            said = (*said, call.bulk_verb)
        return snake(said)

    def place(self, call: Call, one: bool = False) -> Place:
        """What stands around a call; `one` if it is one of a thing whose collection asks."""
        on_one: set[str] = set()
        if not one and self.map.has_things(call.path):
            on_one = {method(other, self.place(other, one=True)) for other in self.of_one[call.path.steps]}
        return Place(
            self.actions.verbs[call.path.text],
            self.map.has_things(call.path),
            call.path.steps[:-1] in self.made,
            self.lists(call),
            frozenset(on_one),
        )

    def lists(self, call: Call) -> bool:
        """Whether a call answers many things; one of one thing does where nothing else lists those of its kind."""
        many = self.answers.is_many(call)
        if call.path.ends_in_hole:
            return many and (call.says_list or self.map.has_things(call.path) or self.answers.is_array(call))
        if many or call.says_list:
            return True
        last = call.path.segments[-1] if call.path.segments else None
        posts = "post" in self.actions.verbs[call.path.text]
        return self.map.has_things(call.path) and (last is None or last.plural or posts)


def _switch(call: Call, segment: tuple[str, ...]) -> tuple[str, ...]:
    """What a call of a path that ends in a verb does besides: `star`, `unstar`, `check_if_starred`."""
    if call.verb == "delete":
        undoing = call.undoing(segment[0])
        return (undoing,) if undoing else (call.said_by_id or "delete", *segment)
    if call.verb == "get":
        return tuple(word for word in call.id_words if word in segment or word not in call.known) or ("get", *segment)
    return segment


def _around(steps: tuple[str, ...]) -> Iterator[str]:
    """A resource, after those that it is in."""
    return (".".join(steps[:depth]) for depth in range(1, len(steps) + 1))


def _apart(steps: tuple[str, ...], flat: dict[str, str]) -> str:
    """The path of a resource of which no part has the module of another one; `flat` has those that were given.

    Beside `system_update.campaigns`, `system.update.policies` is `system.update_policies`.
    """
    for depth, resource in enumerate(_around(steps), 1):
        if flat.setdefault(_flat(resource), resource) == resource:
            continue
        if depth < len(steps):
            return _apart((*steps[: depth - 1], f"{steps[depth - 1]}_{steps[depth]}", *steps[depth + 1 :]), flat)
        resource = f"{resource}_{short_hash(resource)}"
        flat[_flat(resource)] = resource
        return resource
    return ".".join(steps)


def _flat(name: str) -> str:
    """The name as one identifier without trailing underscores, which is how the engines tell names apart."""
    return "_".join(part.rstrip("_") for part in name.lower().split("."))


def _safe(name: str, taken: frozenset[str]) -> str:
    """The name as an attribute that hides nothing and is no keyword."""
    name = name.strip("_")
    digit = re.match(r"(\d)_?(?=[^\W\d_])", name)
    if digit:
        name = f"{_DIGITS[int(digit[1])]}_{name[digit.end() :]}"
    elif name[:1].isdecimal():
        name = f"n{name}"
    if name in taken or keyword.iskeyword(name) or name == "self":
        name += "_"
    return name


def _bare(method: tuple[str, ...], resource: tuple[str, ...]) -> tuple[str, ...]:
    """The verb of a method that says its resource again, `swap` of `indexes.swap_indexes`; else nothing."""
    verb, thing = method[: -len(resource)], method[-len(resource) :]
    is_verb = bool(verb) and verb[0] in VERBS and verb[-1] not in _SMALL
    return verb if is_verb and singular(thing) == singular(resource) else ()


def _said(call: Call, resource: str) -> tuple[str, ...]:
    """What an operationId says that neither the resource nor verb and parameters do."""
    known = {one for name in resource.split(".") for word in words(name) for one in (word, *singular((word,)))}
    rest = [word for word in call.id_words if word not in known and singular((word,))[0] not in known]
    holes = {word for hole in call.path.holes for word in hole}
    if {*rest} <= {call.verb, "id", "ids", *holes}:
        return ()
    while rest and rest[-1] in _SMALL:
        rest.pop()
    while rest and rest[0] in _PREPOSITIONS:
        rest.pop(0)
    return tuple(rest) if len(rest) <= _MOST_WORDS else ()


def _owner(path: Path) -> tuple[str, ...]:
    """The thing that the last segment belongs to: `issue` in `/issues/{number}/comments`."""
    for index in range(len(path.segments) - 2, 0, -1):
        if path.segments[index].has_hole and path.segments[index - 1].is_fixed:
            return singular(path.segments[index - 1].words)
    return ()


def resource_class(path: str) -> str:
    """The class of a resource: `chat.sessions` is `ChatSessionsResource`; a model may be called `ChatSessions`.

    `AsyncJobsResource` is the twin of `JobsResource`, so `async_jobs` is `AsynchronousJobsResource`.
    """
    first, *others = path.replace(".", "_").split("_")
    words = ("asynchronous" if first == "async" else first, *others)
    return "".join(word[:1].upper() + word[1:] for word in words) + "Resource"


def resource_classes(names: dict[str, str]) -> set[str]:
    """The class names of all resources: `chat.sessions` has `ChatSessionsResource` and its `Async` twin."""
    found = set()
    for name in names.values():
        parts = name.split(".")[:-1]
        for end in range(1, len(parts) + 1):
            one = resource_class(".".join(parts[:end]))
            found |= {one, f"Async{one}"}
    return found
