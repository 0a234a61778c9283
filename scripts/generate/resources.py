"""What the endpoint templates print: one module per resource, its methods, and one `Operation` value per operation."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

from .. import engines
from ..cache import Parts
from ..name.operations import resource_class
from . import media
from .aliases import deprecated_operations
from .annotations import argument_hint, file_hint, item_hint, literal
from .code import call, import_lines, laid_out, mapping, security_code, tuple_of
from .model_view import ModelView, answer_field, stream_field
from .models import RUNTIME, modules
from .pagination import Paging, Shape
from .plan import Answer, Argument, Operation, Plan
from .prose import cell, docstring, entry, paragraphs
from .types import Types
from .vocabulary import imports

_DOES = {"": "_call", "events": "_stream", "lines": "_stream", "file": "_download"}
_WALKED = (
    "Iterate it for the items of all pages, with the async client by `async for`; `await` there gives the first page. "
    "`max_items` and `max_pages` end the walk early."
)
_PLACES = ("path", "query", "header", "cookie")
_NEEDED = ("query", "header", "cookie", "body")
"""The places of arguments that can be left out; a path is filled."""


@dataclass(frozen=True, repr=False)
class Method:
    """A method of a resource, ready to print; the asynchronous twin differs in one word."""

    operation: Operation
    name: str
    constant: str
    result: str
    declaration: str
    """`Operation(...)`"""
    signature: str
    """From the bracket after the name to the colon."""
    async_signature: str
    declared: str
    """The type of its `Operation`, with what the answer is made of."""
    paging: Paging | None
    doc: str
    call: str
    """From `self` to the end of the statement."""
    deprecated: str = ""
    """Why, as code, or empty."""
    renamed: str = ""
    """Its arguments' deprecated names, as code, or empty …"""
    renaming: str = ""
    """… what is said of them …"""
    former: str = ""
    """… and the signature with them."""
    async_former: str = ""
    hints: tuple[str, ...] = ()
    """Every annotation that its signatures print."""
    said: str = ""
    """A digest of all that it was made of."""

    def __repr__(self) -> str:
        return self.said  # a module is known by what its methods are made of

    @property
    def cell(self) -> str:
        """The result for a cell of a Markdown table."""
        result = cell(self.result.replace("List[", "list["))
        return f"{result}, pages by {self.paging.kind}" if self.paging else result

    @property
    def request(self) -> str:
        """Its verb and path for a cell of a Markdown table."""
        return cell(f"{self.operation.verb} {self.operation.path}")


_PLAIN = tuple(one.name for one in fields(Method) if one.name not in ("operation", "said", "paging"))
"""What a method has as text."""


@dataclass(frozen=True)
class Resource:
    """A resource and its operations, ready to print."""

    path: str
    """`chat.sessions`"""
    name: str
    """Its class: `ChatSessions`."""
    module: str
    methods: tuple[Method, ...]
    children: tuple[Resource, ...] = field(repr=False)
    imports: tuple[str, ...] = ()
    typing_imports: tuple[str, ...] = ()

    @property
    def present(self) -> list[Method]:
        """Its methods under the names that they have now."""
        return [method for method in self.methods if not method.operation.instead]

    @property
    def attribute(self) -> str:
        """Its name in its parent: `sessions`."""
        return self.path.rpartition(".")[2]


class MethodMaker:
    """Makes methods from operations and their types."""

    def __init__(self, plan: Plan, view: ModelView, types: Types, pages: Mapping[str, Paging]) -> None:
        self.plan = plan
        self.pages = dict(pages)
        self.fields = types
        self.types = {op.id: types[view.calls[op.id]] for op in plan.operations}
        self.types |= {op.streamed.id: _stream_types(self.types[op.id]) for op in plan.operations if op.streamed}
        for alias, op in deprecated_operations(plan):
            self._share(alias, op)
        self.modules = {name: f"..models.{module}" for name, module in modules(plan, view).items()}

    def _share(self, alias: Operation, operation: Operation) -> None:
        """Makes an operation under a deprecated name like the one that it stands for."""
        types = self.types[operation.id]
        names = zip(alias.arguments, operation.arguments, strict=True)
        self.types[alias.id] = {**types, **{old.name: types[new.name] for old, new in names}}
        if operation.id in self.pages:
            self.pages[alias.id] = self.pages[operation.id]

    def answer_hint(self, operation: Operation, answer: Answer) -> str:
        """The annotation of an answer; empty when it has no body."""
        return "" if answer.schema is None else self.types[operation.id][answer_field(answer.status)]

    def argument_hint(self, operation: Operation, argument: Argument) -> str:
        """The annotation of an argument as callers see it."""
        widened, body = argument_hint(self.types[operation.id][argument.name]), operation.body.lower()
        if argument.place in ("body", "whole") and not any(mark in body for mark in ("json", "urlencoded")):
            multipart = body.startswith("multipart/")
            if multipart and media.is_base64(argument.schema):
                return widened if argument.required else _with_unset(widened)
            widened = file_hint(widened, "FileInput" if multipart else "FileContent")
        return widened if argument.required else _with_unset(widened)

    def result(self, operation: Operation) -> str:
        """What the method returns, as an annotation."""
        item = self.item(operation)
        if operation.id in self.pages:
            return f"SyncPage[{self.page_item(operation)}, {item}]"
        return {"events": f"Stream[{item}]", "lines": f"Stream[{item}]", "file": "Download"}.get(operation.reads, item)

    def item(self, operation: Operation) -> str:
        """What an answer holds, or each item of a stream."""
        if operation.reads:
            found = [self.answer_hint(operation, answer) for answer in operation.successes if answer.reads]
            item = _union(found)
            return f"ServerSentEvent[{item}]" if operation.reads == "events" else item
        return _union([self.answer_hint(operation, answer) or "None" for answer in operation.successes] or ["None"])

    def page_item(self, operation: Operation) -> str:
        """What the pages of an operation hold."""
        paging = self.pages[operation.id]
        hint, schema, shape = self.item(operation), paging.schema, Shape(self.plan, paging.schema)
        for wire in paging.items:
            model = shape.model(schema)
            found = next((one for one in (model and model.fields) or () if one.wire == wire), None)
            if model is None or found is None:
                return "Any"
            hint, schema = self.fields[model.name][found.name], found.schema
        return item_hint(hint, self.fields)

    def methods(self, operations: Iterable[Operation], parts: Parts) -> dict[str, Method]:
        """The method of each operation by its id; those that `parts` knows are not made again."""
        asked = {self._all_of(operation): operation for operation in operations}

        def make(texts: Iterable[str]) -> dict[str, dict[str, object]]:
            made = {text: self.method(asked[text]) for text in texts}
            return {text: {name: getattr(method, name) for name in _PLAIN} for text, method in made.items()}

        made = parts.made(asked, make)
        return {
            one.id: Method(one, paging=self.pages.get(one.id), said=_digest(text), **made[text])
            for text, one in asked.items()
        }

    def _all_of(self, operation: Operation) -> str:
        """All that the method of an operation is made of."""
        page = self.page_item(operation) if operation.id in self.pages else ""
        aliases = self.plan.aliases.arguments.get(operation.id)
        return repr((operation, self.types[operation.id], self.pages.get(operation.id), page, aliases))

    def method(self, operation: Operation) -> Method:
        """The method of an operation."""
        result = self.result(operation)
        results = _listed(result), _listed(_async(result))
        hints = {a.name: _listed(self.argument_hint(operation, a)) for a in operation.arguments}
        aliases = {} if operation.instead else self.plan.aliases.arguments.get(operation.id, {})
        old = {new: before for before, new in aliases.items()}
        words = ", ".join(f"`{before}` is now called `{new}`" for before, new in aliases.items())
        return Method(
            operation=operation,
            name=operation.method,
            constant=f"_{operation.method.upper()}",
            result=results[0],
            declaration=self._declaration(operation),
            signature=self._signature(operation, hints, results[0]),
            async_signature=self._signature(operation, hints, results[1]),
            declared=_listed(self._declared(operation)),
            paging=self.pages.get(operation.id),
            doc=docstring(self._doc(operation), 8),
            call=_call(operation, "_page" if operation.id in self.pages else _DOES[operation.reads]),
            deprecated=literal(_deprecation(operation)) if operation.deprecated else "",
            renamed=mapping({before: literal(new) for before, new in aliases.items()}) if aliases else "",
            renaming=literal(words),
            former=self._signature(operation, hints, results[0], old) if old else "",
            async_former=self._signature(operation, hints, results[1], old) if old else "",
            hints=(*results, *hints.values()),
        )

    def _declared(self, operation: Operation) -> str:
        if operation.id in self.pages:
            return f"PagedOperation[{self.page_item(operation)}, {self.item(operation)}]"
        return f"Operation[{self.item(operation)}]"

    def _signature(
        self,
        operation: Operation,
        hints: Mapping[str, str],
        result: str,
        old: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """The signature; with deprecated names in place of those that `old` has."""
        positional = [a for a in operation.arguments if a.place == "path"]
        named = sorted((a for a in operation.arguments if a.place != "path"), key=lambda a: not a.required)
        if old and not any(a.name in old for a in named):  # by place, the signature with the new names has them all
            first = next(index for index, a in enumerate(positional) if a.name in old)
            positional, named = positional[:first], [*positional[first:], *named]
        parts = [f"{old.get(a.name, a.name)}: {hints[a.name]}" for a in positional]
        parts += ["*"] if named else []
        for argument in named:
            default = "" if argument.required else " = UNSET"
            parts.append(f"{old.get(argument.name, argument.name)}: {hints[argument.name]}{default}")
        options = "PageOptions" if operation.id in self.pages else "RequestOptions"
        return f"({', '.join(['self', *parts, f'**options: Unpack[{options}]'])}) -> {result}:"

    def _declaration(self, operation: Operation) -> str:
        returns = {a.status: literal(self.answer_hint(operation, a)) for a in operation.successes}
        errors = {
            a.status: literal(self.answer_hint(operation, a)) for a in failures(operation) if a.schema is not None
        }
        styles = {a.name: style for a in operation.arguments if (style := _style(a))}
        items = [
            *map(literal, (operation.id, operation.verb, operation.path)),
            f"body={literal(operation.body)}" if operation.body else "",
            f"returns={mapping(returns)}",
            f"errors={mapping(errors)}" if errors else "",
            f"security={security_code(operation.security)}" if operation.security else "",
            f"parameters={mapping({a.wire: styles[a.name] for a in operation.arguments if a.name in styles})}"
            if styles
            else "",
            f"server={literal(operation.server)}" if operation.server else "",
            f"deprecated={literal(operation.instead) if operation.instead else True}" if operation.deprecated else "",
            f"idempotency_header={literal(operation.idempotency_header)}" if operation.idempotency_header else "",
            *_reading(operation),
        ]
        paging = self.pages.get(operation.id)
        return call("PagedOperation", [*items, f"page={paging.code}"]) if paging else call("Operation", items)

    def _doc(self, operation: Operation) -> list[str]:
        lines = paragraphs(operation.summary or operation.description or f"Calls `{operation.id}`.", 92)
        if operation.summary and operation.description and operation.summary.strip() != operation.description.strip():
            lines += ["", *paragraphs(operation.description, 92)]
        lines += ["", f"`{operation.verb} {operation.path}`"]
        explained = [
            (a.name, text) for a in _in_order(operation) if (text := "\n\n".join(filter(None, (a.text, *a.notes))))
        ]
        if explained:
            lines += ["", "Args:"]
            lines += [f"    {line}".rstrip() for name, text in explained for line in entry(name, text, 12)]
        for section in (self._returns(operation), self._raises(operation)):
            lines += ["", *section] if section else []
        if operation.deprecated:
            lines += ["", _deprecation(operation)]
        return [*lines, *(["", f"Source: {operation.source}"] if operation.source else [])]

    def _returns(self, operation: Operation) -> list[str]:
        text = next((answer.text for answer in operation.successes if len(answer.text.split()) > 2), "")  # no "OK"
        result = self.result(operation)
        if operation.id in self.pages:
            text = f"{text} {_WALKED}".strip()
        return ["Returns:", *(f"    {line}" for line in entry(f"`{result}`", text, 12))] if result != "None" else []

    def _raises(self, operation: Operation) -> list[str]:
        lines = ["Raises:"]
        for answer in failures(operation):
            name = error_class(answer.status)
            hint = self.answer_hint(operation, answer)
            body = f" Its `model` is `{hint}`." if hint else ""
            lines += [f"    {line}" for line in entry(name, f"{_sentence(answer)}{body}", 12)]
        return lines if len(lines) > 1 else []


def _sentence(answer: Answer) -> str:
    """`500, Internal Server Error.`"""
    text = " ".join(answer.text.split()).rstrip(".")
    return f"{answer.status}, {text}." if text else f"{answer.status}."


_ERRORS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "422": "UnprocessableEntityError",
    "429": "RateLimitError",
}


def error_class(status: str) -> str:
    """The runtime's exception for a documented status."""
    return _ERRORS.get(status, "InternalServerError" if status[:1] == "5" else "APIStatusError")


def failures(operation: Operation) -> list[Answer]:
    """The documented errors."""
    worked = operation.successes
    return [a for a in operation.answers if a not in worked and a.status[:1] not in "123"]


def resources(plan: Plan, maker: MethodMaker, parts: Parts) -> tuple[Resource, ...]:
    """The top-level resources, with a method for each operation, and for each deprecated name of one."""
    operations = [*plan.operations, *(alias for alias, _ in deprecated_operations(plan))]
    operations = [one for operation in operations for one in (operation, operation.streamed) if one]
    methods = maker.methods(operations, parts)
    paths = {operation.resource for operation in operations}
    paths |= {".".join(path.split(".")[:depth]) for path in paths for depth in range(1, path.count(".") + 1)}
    found: dict[str, list[Method]] = {path: [] for path in sorted(paths)}
    for operation in operations:
        found[operation.resource].append(methods[operation.id])

    below: dict[str, list[str]] = {}
    for path in found:
        below.setdefault(path.rpartition(".")[0], []).append(path)

    def build(path: str) -> Resource:
        children = tuple(build(child) for child in below.get(path, ()))
        return _resource(path, found[path], children, maker)

    return tuple(build(path) for path in below.get("", ()))


def _with_response(name: str) -> Iterator[str]:
    """The classes that a resource's methods with their answers stand in."""
    for prefix in ("", "Async"):
        yield from (f"{prefix}{name}With{kind}Response" for kind in ("Raw", "Streaming"))


def every(resources: Iterable[Resource]) -> Iterator[Resource]:
    """The resources and all below them."""
    for resource in resources:
        yield resource
        yield from every(resource.children)


def resource_modules(resources: Iterable[Resource], package: str, parts: Parts) -> dict[str, str]:
    """The modules of each resource by their path; those that `parts` does not know are rendered in the environment of
    the endpoint engine, and laid out by ruff."""
    asked = {f"{resource!r} {[child.path for child in resource.children]}": resource for resource in every(resources)}

    def render(texts: Iterable[str]) -> dict[str, dict[str, str]]:
        texts = list(texts)
        rendered = engines.ask(engines.ENDPOINTS, "rendered", package, [asked[text] for text in texts])
        made: dict[str, dict[str, str]] = dict(zip(texts, rendered, strict=True))
        laid = laid_out(module for modules in made.values() for module in modules.values())
        return {text: {path: laid[module] for path, module in modules.items()} for text, modules in made.items()}

    return {path: module for modules in parts.made(asked, render).values() for path, module in modules.items()}


def _resource(path: str, methods: list[Method], children: tuple[Resource, ...], maker: MethodMaker) -> Resource:
    hints = [hint for method in methods for hint in method.hints]
    runtime = {"AsyncResource", "Operation", "Resource"}
    runtime |= {name for method in methods if method.paging for name in ("PagedOperation", method.paging.name)}
    runtime |= {"UNSET"} if any("UNSET" in method.signature for method in methods) else set()
    runtime |= {"deprecated"} if any(method.deprecated or method.renamed for method in methods) else set()
    runtime |= {"renamed"} if any(method.renamed for method in methods) else set()
    runtime |= {"Style"} if any("Style(" in method.declaration for method in methods) else set()
    found = imports(hints, maker.modules, RUNTIME)
    if methods:
        found["typing"].add("Unpack")
        found[RUNTIME] |= {"PageOptions", "RequestOptions"}
        found[f"._responses.{module(path)}"] |= set(_with_response(resource_class(path)))
    for child in children:
        found[f".{module(child.path)}"] |= {child.name, f"Async{child.name}"}
    return Resource(
        path=path,
        name=resource_class(path),
        module=module(path),
        methods=tuple(methods),
        children=children,
        imports=import_lines({RUNTIME: runtime}),
        typing_imports=import_lines(found),
    )


def module(path: str) -> str:
    """The module of a resource: `chat.sessions` stands in `chat_sessions`."""
    return path.replace(".", "_")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _listed(hint: str) -> str:
    """The annotation with `List` for `list`, as a resource's own method may be called `list`."""
    return hint.replace("list[", "List[")


def _async(result: str) -> str:
    """What the asynchronous method returns where the other returns this."""
    return re.sub(r"^SyncPage\b", "AsyncPages", re.sub(r"^(Stream|Download)\b", r"Async\1", result))


def _deprecation(operation: Operation) -> str:
    if operation.instead:
        return f"Deprecated: now called `{operation.instead}`."
    return "Deprecated by the API" + (f", which ends it on {operation.sunset}." if operation.sunset else ".")


def _union(hints: Iterable[str]) -> str:
    unique = sorted(dict.fromkeys(hints), key=lambda hint: hint == "None")
    return " | ".join(unique) if "Any" not in unique else "Any"


def _stream_types(types: Mapping[str, str]) -> dict[str, str]:
    """The types of an operation's arguments, and of its streams in place of the answers of the same status."""
    streams = {name: hint for name, hint in types.items() if name.startswith(stream_field(""))}
    return {**types, **{answer_field(name.removeprefix(stream_field(""))): hint for name, hint in streams.items()}}


def _reading(operation: Operation) -> Iterator[str]:
    """What an operation says of an answer that is not one JSON value, and of a body of several parts."""
    if operation.reads:
        yield f"reads={literal(operation.reads)}"
    worked = [answer for answer in operation.successes if answer.reads == operation.reads and answer.accept]
    if worked:
        yield f"accept={literal(worked[0].accept)}"
    named = [a.wire for a in operation.arguments if a.place == "header" and a.wire.lower() == "last-event-id"]
    if named and operation.reads == "events":
        yield f"resume_header={literal(named[0])}"
    if operation.encoding:
        yield f"encoding={mapping({wire: literal(kind) for wire, kind in operation.encoding})}"
    if operation.body.startswith("multipart/"):
        texts = [literal(a.wire) for a in operation.arguments if a.place == "body" and media.is_base64(a.schema)]
        if texts:
            yield f"base64={tuple_of(texts)}"
    if needed := {place: names for place in _NEEDED if (names := _needed(operation, place))}:
        yield f"required={mapping({place: tuple_of(names) for place, names in needed.items()})}"
    if called := {place: mapping(said) for place in (*_PLACES, "body", "whole") if (said := _called(operation, place))}:
        yield f"names={mapping(called)}"
    if operation.body_optional:
        yield "body_optional=True"


def _called(operation: Operation, place: str) -> dict[str, str]:
    """The names, as code, of the arguments of a place that are called otherwise than on the wire, by wire name."""
    return {a.wire: literal(a.name) for a in operation.arguments if a.place == place and a.name != a.wire}


def _needed(operation: Operation, place: str) -> list[str]:
    """The wire names of the required arguments of a place, as code; the body as one argument has none."""
    found = [a for a in operation.arguments if a.required and ("body" if a.place == "whole" else a.place) == place]
    return [literal(argument.wire) for argument in found]


def _with_unset(hint: str) -> str:
    return hint if hint == "Any" else f"{hint} | Unset"


def _in_order(operation: Operation) -> list[Argument]:
    return sorted(operation.arguments, key=lambda a: (a.place != "path", not a.required))


def _style(argument: Argument) -> str:
    """The `Style(...)` of a parameter that is not in the default style of its place."""
    if not argument.style:
        return ""
    items = [literal(argument.place)]
    items += (
        [f"content={literal(argument.media_type)}"]
        if argument.media_type
        else [literal(argument.style), f"explode={argument.explode}"]
    )
    items += ["allow_reserved=True"] if argument.allow_reserved else []
    return call("Style", items)


def _call(operation: Operation, does: str) -> str:
    """`_call(_CREATE, options, body={…})`."""
    items = [f"_{operation.method.upper()}", "options"]
    for place in (*_PLACES, "body"):
        values = {argument.wire: argument.name for argument in operation.arguments if argument.place == place}
        values |= {wire: str(value) for where, wire, value in operation.fixed if where == place}
        if values:
            items.append(f"{place}={mapping(values)}")
    items += [f"body={argument.name}" for argument in operation.arguments if argument.place == "whole"]
    return call(f"self.{does}", items)
