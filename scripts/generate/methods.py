"""The methods of resources, ready to print: each with the `Operation` value that it hands to the runtime."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from ..cache import Parts
from . import media
from .annotations import literal
from .code import call, mapping, security_code, tuple_of
from .method_docs import deprecation, method_doc
from .method_types import MethodTypes
from .pagination import Paging
from .plan import Argument, Operation
from .prose import cell, docstring

_DOES = {"": "_call", "events": "_stream", "lines": "_stream", "file": "_download"}
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


class MethodMaker:
    """Makes methods from operations and their types."""

    def __init__(self, types: MethodTypes) -> None:
        self.types = types

    def methods(self, operations: Iterable[Operation], parts: Parts) -> dict[str, Method]:
        """The method of each operation by its id; those that `parts` knows are not made again."""
        asked = {self._all_of(operation): operation for operation in operations}

        def make(texts: Iterable[str]) -> dict[str, dict[str, object]]:
            made = {text: self.method(asked[text]) for text in texts}
            return {text: {name: getattr(method, name) for name in _PLAIN} for text, method in made.items()}

        made = parts.made(asked, make)
        return {
            one.id: Method(one, paging=self.types.pages.get(one.id), said=_digest(text), **made[text])
            for text, one in asked.items()
        }

    def _all_of(self, operation: Operation) -> str:
        """All that the method of an operation is made of."""
        page = self.types.page_item(operation) if operation.id in self.types.pages else ""
        aliases = self.types.plan.aliases.arguments.get(operation.id)
        return repr((operation, self.types.types[operation.id], self.types.pages.get(operation.id), page, aliases))

    def method(self, operation: Operation) -> Method:
        """The method of an operation."""
        result = self.types.result(operation)
        results = _listed(result), _listed(_async(result))
        hints = {a.name: _listed(self.types.argument_hint(operation, a)) for a in operation.arguments}
        aliases = {} if operation.instead else self.types.plan.aliases.arguments.get(operation.id, {})
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
            paging=self.types.pages.get(operation.id),
            doc=docstring(method_doc(operation, self.types), 8),
            call=_call(operation, "_page" if operation.id in self.types.pages else _DOES[operation.reads]),
            deprecated=literal(deprecation(operation)) if operation.deprecated else "",
            renamed=mapping({before: literal(new) for before, new in aliases.items()}) if aliases else "",
            renaming=literal(words),
            former=self._signature(operation, hints, results[0], old) if old else "",
            async_former=self._signature(operation, hints, results[1], old) if old else "",
            hints=(*results, *hints.values()),
        )

    def _declared(self, operation: Operation) -> str:
        if operation.id in self.types.pages:
            return f"PagedOperation[{self.types.page_item(operation)}, {self.types.item(operation)}]"
        return f"Operation[{self.types.item(operation)}]"

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
        options = "PageOptions" if operation.id in self.types.pages else "RequestOptions"
        return f"({', '.join(['self', *parts, f'**options: Unpack[{options}]'])}) -> {result}:"

    def _declaration(self, operation: Operation) -> str:
        returns = {a.status: literal(self.types.answer_hint(operation, a)) for a in operation.successes}
        errors = {
            a.status: literal(self.types.answer_hint(operation, a)) for a in operation.failures if a.schema is not None
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
        paging = self.types.pages.get(operation.id)
        return call("PagedOperation", [*items, f"page={paging.code}"]) if paging else call("Operation", items)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _listed(hint: str) -> str:
    """The annotation with `List` for `list`, as a resource's own method may be called `list`."""
    return hint.replace("list[", "List[")


def _async(result: str) -> str:
    """What the asynchronous method returns where the other returns this."""
    return re.sub(r"^SyncPage\b", "AsyncPages", re.sub(r"^(Stream|Download)\b", r"Async\1", result))


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
