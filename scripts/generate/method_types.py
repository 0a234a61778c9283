"""The types of a method: what callers give, what comes back, and what pages and streams hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import media
from .aliases import deprecated_operations
from .annotations import argument_hint, file_hint, item_hint
from .model_view import ModelView, answer_field, stream_field
from .pagination import Paging, Shape
from .plan import Answer, Argument, Operation, Plan
from .types import Types


class MethodTypes:
    """What the arguments and results of methods are, as annotations."""

    def __init__(self, plan: Plan, view: ModelView, types: Types, pages: Mapping[str, Paging]) -> None:
        self.plan = plan
        self.pages = dict(pages)
        self.fields = types
        self.types = {op.id: types[view.calls[op.id]] for op in plan.operations}
        self.types |= {op.streamed.id: _stream_types(self.types[op.id]) for op in plan.operations if op.streamed}
        for alias, op in deprecated_operations(plan):
            self._share(alias, op)

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


def _union(hints: Iterable[str]) -> str:
    unique = sorted(dict.fromkeys(hints), key=lambda hint: hint == "None")
    return " | ".join(unique) if "Any" not in unique else "Any"


def _stream_types(types: Mapping[str, str]) -> dict[str, str]:
    """The types of an operation's arguments, and of its streams in place of the answers of the same status."""
    streams = {name: hint for name, hint in types.items() if name.startswith(stream_field(""))}
    return {**types, **{answer_field(name.removeprefix(stream_field(""))): hint for name, hint in streams.items()}}


def _with_unset(hint: str) -> str:
    return hint if hint == "Any" else f"{hint} | Unset"
