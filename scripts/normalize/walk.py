"""Where schemas stand: inside one another, and in a document whose references are already inlined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..documents import escape
from .context import Context, Json

SINGLE = ("items", "additionalProperties")
CONDITIONAL = "x-conditional"
"""Within these passes: the schemas that hold under conditions."""
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems", CONDITIONAL)
MAPS = ("properties", "patternProperties")
_HOLDERS = frozenset((*SINGLE, *LISTS, *MAPS))

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
MORE_METHODS = "x-additionalOperations"
"""Path item key, and OpenAPI 3.2's `additionalOperations`: methods for which OpenAPI 3.1 has no key."""
ITEM_SCHEMA = "x-itemSchema"
"""Media type key, and OpenAPI 3.2's `itemSchema`: what each item of a stream is."""


MORE_STYLE = "x-style"
"""Parameter and encoding key, in place of `style`: that of a list for which OpenAPI 3 has none, `tabDelimited`."""
SHARED = "x-shared"
"""Within these passes, media type key: the response or request body of the components that has the schema inline."""


@dataclass(slots=True)  # not frozen: a large document has a million of them, and each would take three times as long
class Slot:
    """A place that holds a schema: `holder[key]`."""

    holder: Any
    key: Any
    pointer: str

    @property
    def schema(self) -> Any:
        return self.holder[self.key]

    def put(self, schema: Any) -> None:
        self.holder[self.key] = schema


@dataclass(frozen=True)
class Operation:
    """An operation of the document, be it of a path, a webhook or a callback."""

    value: Json
    method: str
    path: str
    pointer: str
    kind: str = "path"
    """`path`, `webhook` or `callback`; for the last two the roles of request and response are swapped."""


@dataclass(slots=True)
class Root(Slot):
    """A schema that is not part of another one."""

    operation: Operation | None = None
    place: str = ""
    """`component`, `parameter`, `body`, `response` or `header`."""
    detail: str = ""
    """The parameter's or header's name, or the response's status."""

    @property
    def sent(self) -> bool:
        """Whether our client sends it, not receives it."""
        inwards = self.place in ("parameter", "body")
        return inwards if self.operation is None or self.operation.kind == "path" else not inwards


def holds(schema: Any) -> bool:
    """Whether other schemas can stand in a schema."""
    return isinstance(schema, dict) and not _HOLDERS.isdisjoint(schema)


def children(schema: Any, pointer: str = "") -> Iterator[Slot]:
    """The places directly in a schema that hold schemas."""
    if not holds(schema):
        return
    for key in SINGLE:
        if isinstance(schema.get(key), dict):
            yield Slot(schema, key, f"{pointer}/{key}")
    for key in LISTS:
        if key in schema:
            for index in range(len(schema[key])):
                yield Slot(schema[key], index, f"{pointer}/{key}/{index}")
    for key in MAPS:
        if key in schema:
            for name in list(schema[key]):
                yield Slot(schema[key], name, f"{pointer}/{key}/{escape(name)}")


def within(schema: Any) -> list[Any]:
    """The schema and all below it; quicker than `inside`, for those who need not know where they stand."""
    found = [schema]
    for current in found:  # which grows meanwhile
        if type(current) is dict and not _HOLDERS.isdisjoint(current):  # most hold none
            for key, value in current.items():
                if key in MAPS:
                    found.extend(value.values())
                elif key in LISTS:
                    found.extend(value)
                elif key in SINGLE and type(value) is dict:
                    found.append(value)
    return found


def inside(slot: Slot) -> Iterator[Slot]:
    """The slot and all places below it, innermost first."""
    todo, found = [slot], []
    while todo:
        current = todo.pop()
        found.append(current)
        schema = current.holder[current.key]
        if holds(schema):  # most hold none
            todo.extend(children(schema, current.pointer))
    return reversed(found)


def every(document: Json, context: Context, like: Callable[[Any], object]) -> Iterator[Slot]:
    """Every place that holds a schema, inner ones before outer ones, of the roots that hold one like this."""
    for root in list(roots(document, context)):
        if any(map(like, within(root.schema))):
            yield from inside(root)


def operations(document: Json) -> Iterator[Operation]:
    """Every operation, with those of webhooks and callbacks."""
    for path, item in document["paths"].items():
        yield from _of_item(item, path, f"/paths/{escape(path)}", "path")
    for name, item in document.get("webhooks", {}).items():
        yield from _of_item(item, name, f"/webhooks/{escape(name)}", "webhook")


def _of_item(item: Json, path: str, pointer: str, kind: str) -> Iterator[Operation]:
    for method in METHODS:
        if method in item:
            yield from _with_callbacks(Operation(item[method], method, path, f"{pointer}/{method}", kind))
    for method, value in item.get(MORE_METHODS, {}).items():
        yield from _with_callbacks(Operation(value, method, path, f"{pointer}/{MORE_METHODS}/{escape(method)}", kind))


def _with_callbacks(operation: Operation) -> Iterator[Operation]:
    yield operation
    for name, callback in operation.value.get("callbacks", {}).items():
        for expression, item in callback.items():
            pointer = f"{operation.pointer}/callbacks/{escape(name)}/{escape(expression)}"
            yield from _of_item(item, name, pointer, "callback")


def roots(document: Json, context: Context) -> Iterator[Root]:
    """Every schema that is not part of another one: of components first, then of operations, which are settled."""
    schemas = document["components"]["schemas"]
    for key in schemas:
        yield Root(schemas, key, f"/components/schemas/{escape(key)}", None, "component", key)
    yield from context.placed


def operation_roots(operation: Operation) -> Iterator[Root]:
    """The schemas of an operation's parameters, body and responses."""
    value, pointer = operation.value, operation.pointer
    for index, parameter in enumerate(value.get("parameters", ())):
        name = parameter["name"]
        yield from _of_parameter(parameter, f"{pointer}/parameters/{index}", operation, "parameter", name)
    body = value.get("requestBody", {})
    yield from _of_content(body, f"{pointer}/requestBody", operation, "body", "")
    for status, response in value.get("responses", {}).items():
        place = f"{pointer}/responses/{escape(status)}"
        yield from _of_content(response, place, operation, "response", status)
        for name, header in response.get("headers", {}).items():
            yield from _of_parameter(header, f"{place}/headers/{escape(name)}", operation, "header", name)


def _of_parameter(holder: Json, pointer: str, operation: Operation, place: str, detail: str) -> Iterator[Root]:
    if "schema" in holder:
        yield Root(holder, "schema", f"{pointer}/schema", operation, place, detail)
    yield from _of_content(holder, pointer, operation, place, detail)


def _of_content(holder: Json, pointer: str, operation: Operation, place: str, detail: str) -> Iterator[Root]:
    for media_type, media in holder.get("content", {}).items():
        for key in ("schema", ITEM_SCHEMA):
            if key in media:
                at = f"{pointer}/content/{escape(media_type)}/{key}"
                yield Root(media, key, at, operation, place, detail)
        for name, encoding in media.get("encoding", {}).items():
            for header, value in encoding.get("headers", {}).items():
                at = f"{pointer}/content/{escape(media_type)}/encoding/{escape(name)}/headers/{escape(header)}"
                yield from _of_parameter(value, at, operation, "parameter", header)
