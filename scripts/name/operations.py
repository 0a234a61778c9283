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
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..documents import escape
from .engines import argument_name
from .paths import CORE, VERBS, Map, Path, Segment
from .reserved import METHODS, RESOURCES
from .scope import Scope
from .words import short_hash, singular, snake, spelled, words

_PREFIX = "#/components/schemas/"
MORE_METHODS = "x-additionalOperations"
_HTTP = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_ON_ONE = {
    "get": "retrieve",
    "patch": "update",
    "put": "update",
    "delete": "delete",
    "post": "update",
    "query": "query",
}
_ON_MANY = {"get": "list", "post": "create", "put": "replace", "patch": "update", "delete": "delete", "query": "query"}
_PAGE_KEYS_TEXT = """
data items results records entries values rows list hits objects elements content
"""
_PAGE_KEYS = frozenset(_PAGE_KEYS_TEXT.split())
_LISTING = frozenset({"list", "search", "find", "query", "browse", "index"})
_REMOVING_TEXT = """
abort cancel clear deactivate delete destroy detach disable disconnect empty flush leave logout purge remove reset
revoke stop terminate unassign unblock unfollow unlink unlock unpin unpublish unset unstar unsubscribe unwatch wipe
"""
_REMOVING = frozenset(_REMOVING_TEXT.split())
"""What a DELETE of a path that ends in it does; one that ends in `lock` undoes that."""
_SMALL = frozenset({"a", "an", "the", "of", "for", "by", "in", "on", "to", "from", "with", "and", "all", "at"})
_PREPOSITIONS = frozenset({"of", "for", "by", "in", "on", "to", "from", "with", "and", "at"})
_MOST_WORDS = 6
_LAST = 1_000
"""The rank of the path `/`, which has a resource by its tag alone."""


@dataclass(frozen=True)
class Call:
    """One operation, with what its name can be made of."""

    pointer: str
    verb: str
    path: Path
    value: dict[str, Any]

    @property
    def rank(self) -> tuple[bool, int, bool, bool]:
        """Operations of shorter paths choose their names first, and of one path, `POST` before `GET`.

        Those whose path says what the HTTP method says elsewhere come last: `POST /pets/delete` after
        `DELETE /pets/{id}`; of two that differ in the version alone, that without one is the first.
        """
        last = self.path.segments[-1:]
        is_core = bool(last) and len(last[0].words) == 1 and last[0].words[0] in CORE
        place = len(self.path.segments) or _LAST
        return is_core, place, self.path.version is not None, self.verb != "post"

    @property
    def version(self) -> str:
        """The version that the path says, or nothing."""
        first = self.path.fixed[:1]
        return first[0].words[0] if first and first[0].is_version else self.path.version or ""

    @property
    def id_words(self) -> tuple[str, ...]:
        """The words of its operationId."""
        given = self.value.get("operationId")
        return words(given) if isinstance(given, str) else ()

    @property
    def says_list(self) -> bool:
        """Whether its operationId begins with a word for many, be it in a group: `git/list-refs`."""
        given = self.value.get("operationId")
        return isinstance(given, str) and words(given.rpartition("/")[2])[:1] in {(word,) for word in _LISTING}


def calls(document: dict[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Pointer, verb, path and description of every operation."""
    for path, item in document["paths"].items():
        for verb in _HTTP:
            if verb in item:
                yield f"/paths/{escape(path)}/{verb}", verb, path, item[verb]
        for verb, value in item.get(MORE_METHODS, {}).items():
            yield f"/paths/{escape(path)}/{MORE_METHODS}/{escape(verb)}", verb.lower(), path, value


def name_operations(document: dict[str, Any], pinned: dict[str, str]) -> dict[str, str]:
    """`resource.method` by the operation's pointer."""
    return _Namer(document).names(pinned)


class _Namer:
    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas = document["components"]["schemas"]
        found = list(calls(document))
        self.map = Map([path for _, _, path, _ in found])
        self.calls = [Call(pointer, verb, self.map.paths[path], value) for pointer, verb, path, value in found]
        self.versions = {call.version for call in self.calls}
        self.verbs: dict[str, dict[str, Call]] = {}
        """By path: its calls."""
        for call in self.calls:
            self.verbs.setdefault(call.path.text, {})[call.verb] = call

    def names(self, pinned: dict[str, str]) -> dict[str, str]:
        scope = Scope(fold=_flat)
        for pointer, name in pinned.items():
            scope.pin(pointer, name)
        paths = self.resource_paths(pinned)
        for resource in {*paths.values(), *(name.rpartition(".")[0] for name in pinned.values())}:
            for depth in range(resource.count(".") + 1):
                scope.reserve(".".join(resource.split(".")[: depth + 1]))
        order = sorted(range(len(self.calls)), key=lambda index: (*self.calls[index].rank, index))
        for index in order:
            call = self.calls[index]
            resource = paths[call.pointer]
            scope.give(call.pointer, (f"{resource}.{name}" for name in self.methods(call, resource)))
        wanted = {call.pointer for call in self.calls}
        return {pointer: name for pointer, name in scope.names.items() if pointer in wanted}

    def resource_paths(self, pinned: dict[str, str]) -> dict[str, str]:
        """The resource of each operation; two that differ in punctuation only are kept apart."""
        result: dict[str, str] = {}
        flat: dict[str, str] = {}
        for name in pinned.values():
            resource = name.rpartition(".")[0]
            flat.setdefault(_flat(resource), resource)
        for call in self.calls:
            resource = ".".join(self.resource(call))
            if flat.setdefault(_flat(resource), resource) != resource:
                resource = f"{resource}_{short_hash(resource)}"
                flat[_flat(resource)] = resource
            result[call.pointer] = resource
        return result

    def spoken(self, call: Call) -> tuple[str, tuple[str, ...]] | None:
        """Verb and thing of a path that is a sentence."""
        fixed = call.path.fixed
        at = 1 if len(fixed) > 1 and fixed[0].is_version else 0
        return fixed[at].spoken if self.map.speaks and len(fixed) > at else None

    def resource(self, call: Call) -> tuple[str, ...]:
        fixed = call.path.fixed
        spoken = self.spoken(call)
        if spoken:
            return (_safe(snake(spoken[1]), RESOURCES),)
        if self.is_action(call):
            fixed = fixed[:-1]
        names = tuple(_attribute(segment, RESOURCES if not index else METHODS) for index, segment in enumerate(fixed))
        if names:
            return names
        tags = call.value.get("tags", ())
        tag = snake(words(tags[0])) if tags else ""
        return (_safe(tag or "root", RESOURCES),)

    def is_action(self, call: Call) -> bool:
        """Whether the path's last segment says what to do."""
        segments = call.path.segments
        if not segments or not segments[-1].is_fixed:
            return False
        last = segments[-1]
        if last.is_custom:
            return True
        if (
            last.has_hole
            or self.map.is_collection(call.path)
            or self.map.has_things(call.path)
            or call.verb not in ("get", "post", "put", "patch", "delete", "query")
        ):
            return last.is_verb and len(call.path.fixed) > 1 and last.has_hole
        verbs = self.verbs[call.path.text].keys()
        undoes = call.verb == "delete" and last.words[0] not in _REMOVING
        if undoes or len(verbs & {"get", "put", "patch", "delete"}) > 1:
            return False
        if last.is_verb or (verbs == {"post"} and last.words[0] in VERBS and len(last.words) > 1):
            return True
        if call.verb == "get" or not self.map.is_leaf(call.path) or last.plural:
            return False
        after_one = len(segments) > 1 and segments[-2].has_hole
        return after_one and verbs == {"post"}

    def methods(self, call: Call, resource: str) -> Iterator[str]:
        """Names for the method, the best first."""
        for name in self.candidates(call, resource):
            safe = _safe(name, METHODS)
            if safe and argument_name(f"{resource.replace('.', '_')}_{safe}"):
                yield safe

    def candidates(self, call: Call, resource: str) -> Iterator[str]:
        main = self.main(call)
        if call.path.mark:
            yield snake(call.path.mark if call.path.mark[0] in VERBS else (main, *call.path.mark))
        yield main
        if call.version and len(self.versions) > 1:
            yield f"{main}_{call.version}"
        if self.is_action(call) and len(self.verbs[call.path.text]) > 1:
            yield f"{call.verb}_{main}"
        said = _said(call, resource)
        if said:
            yield snake(said)
        if call.verb == "get" and self.is_action(call):
            yield f"get_{main}"
        inner = _owner(call.path)
        if inner:
            yield f"{main}_for_{snake(inner)}"
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

    def main(self, call: Call) -> str:
        verb = call.verb
        spoken = self.spoken(call)
        if spoken and spoken[0] in ("get", "fetch"):
            return "list" if self.answers_many(call) else "retrieve"
        if spoken:
            return spoken[0]
        if self.is_action(call):
            return snake(call.path.segments[-1].words)
        one = call.path.ends_in_hole
        if verb == "get":
            return "list" if self.lists(call) else "retrieve"
        others = self.verbs[call.path.text]
        if verb == "post" and one:
            said = call.id_words[:1]
            if said and said[0] in _POST_ON_ONE:
                return said[0]
            return (_spoken_of(call) or "create") if others.keys() & {"patch", "put"} else "update"
        if verb == "put" and not self.map.has_things(call.path):
            return _linking(call) or ("replace" if "patch" in others else "update")
        if verb == "delete" and "put" in others and _linking(others["put"]):
            return _linking(call) or "delete"
        known = (_ON_ONE if one else _ON_MANY).get(verb)
        if known and not one and verb != "post" and verb in self.on_one(call.path):
            known += "_many"
        return known or snake(words(verb)) or "call"

    def on_one(self, path: Path) -> set[str]:
        """The verbs with which one thing of this collection can be called."""
        found: set[str] = set()
        for call in self.calls if self.map.has_things(path) else ():
            if call.path.ends_in_hole and call.path.segments[:-1] == path.segments:
                found.add(call.verb)
        return found

    def lists(self, call: Call) -> bool:
        """Whether a GET answers many things; one of one thing does where paths lead on to things of its own."""
        many = self.answers_many(call)
        if many or call.path.ends_in_hole:
            return many and (call.says_list or not call.path.ends_in_hole or self.map.has_things(call.path))
        first = call.id_words[:1]
        if first and first[0] in _LISTING:
            return True
        last = call.path.segments[-1] if call.path.segments else None
        return self.map.has_things(call.path) and (last is None or last.plural or "post" in self.verbs[call.path.text])

    def answers_many(self, call: Call) -> bool:
        for status, response in call.value.get("responses", {}).items():
            if status[:1] == "2":
                for media in response.get("content", {}).values():
                    schema = self.follow(media.get("schema", {}))
                    last = call.path.segments[-1] if call.path.segments else None
                    return self.is_many(schema, last, call.says_list)
        return False

    def is_many(self, schema: dict[str, Any], last: Segment | None, says_so: bool) -> bool:
        arms = [self.follow(arm) for arm in schema.get("anyOf", ())]
        if schema.get("type") == "array" or (arms and all(arm.get("type") == "array" for arm in arms)):
            return True
        properties = schema.get("properties", {})
        lists = [
            name for name, value in properties.items() if self.follow(value).get("type") in ("array", ["array", "null"])
        ]
        if says_so and len(lists) == 1:
            return True
        plural = last is not None and last.plural
        if sum(name.lower() in _PAGE_KEYS for name in lists) == 1 and (plural or len(lists) == 1):
            return True
        return len(lists) == 1 and last is not None and plural and words(lists[0])[-1:] == last.words[-1:]

    def follow(self, schema: dict[str, Any]) -> dict[str, Any]:
        for _ in range(20):
            if "$ref" not in schema:
                return schema
            schema = self.schemas.get(schema["$ref"].removeprefix(_PREFIX), {})
        return {}


_POST_ON_ONE_TEXT = """
create add send start run execute upload submit trigger set save upsert replace assign copy restore complete call
"""
_POST_ON_ONE = frozenset(_POST_ON_ONE_TEXT.split())


_LINKING = (VERBS - CORE - {"edit", "replace", "save", "set", "update", "upsert"}) | {"add", "remove"}


def _linking(call: Call) -> str:
    """The verb of an operationId that says more than `update` or `delete`: `repos/add-collaborator`, `users/follow`."""
    known = {form for segment in call.path.fixed for word in segment.words for form in (word, *singular((word,)))}
    verbs = [word for word in call.id_words if word in VERBS and word not in known]
    return verbs[0] if verbs and verbs[0] in _LINKING else ""


def _spoken_of(call: Call) -> str:
    """The verb with which the summary begins: `Restore file`."""
    first = words(str(call.value.get("summary", "")))[:1]
    return first[0] if first and first[0] in VERBS - CORE else ""


def _flat(name: str) -> str:
    """The name as one identifier without trailing underscores, which is how the engines tell names apart."""
    return "_".join(part.rstrip("_") for part in name.lower().split("."))


def _attribute(segment: Segment, taken: frozenset[str]) -> str:
    return _safe(snake(segment.words), taken)


def _safe(name: str, taken: frozenset[str]) -> str:
    """The name as an attribute that hides nothing and is no keyword."""
    name = name.strip("_")
    if name[:1].isdecimal():
        name = f"n{name}"
    if name in taken or keyword.iskeyword(name) or name == "self":
        name += "_"
    return name


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
    """The class of a resource: `chat.sessions` is `ChatSessionsResource`; a model may be called `ChatSessions`."""
    return "".join(part[:1].upper() + part[1:] for part in path.replace(".", "_").split("_")) + "Resource"


def resource_classes(names: dict[str, str]) -> set[str]:
    """The class names of all resources: `chat.sessions` has `ChatSessionsResource` and its `Async` twin."""
    found = set()
    for name in names.values():
        parts = name.split(".")[:-1]
        for end in range(1, len(parts) + 1):
            one = resource_class(".".join(parts[:end]))
            found |= {one, f"Async{one}"}
    return found
