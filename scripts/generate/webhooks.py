"""What the template of `webhooks.py` prints: one row and one overload for each event of the API."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from .annotations import double_quoted, literal, names_in, text_literal
from .code import call, mapping
from .events import Event, tag_of
from .model_view import ModelView, event_field
from .models import modules
from .plan import Plan
from .prose import cell, clean, docstring, entry, paragraphs
from .types import Types


@dataclass(frozen=True)
class EventText:
    """An event, ready to print."""

    name: str
    literal: str
    """The name, as code."""
    annotation: str
    """What its body is read as."""
    hint: str
    """The same as code, with models by way of their package."""
    text: str
    """What the document says about it, on one line."""

    @property
    def cell(self) -> str:
        """The name for a cell of a Markdown table."""
        return cell(self.name)

    @property
    def model_cell(self) -> str:
        """The body's type for a cell of a Markdown table."""
        return cell(self.annotation)


@dataclass(frozen=True)
class Webhooks:
    """The module `webhooks`, ready to print."""

    events: tuple[EventText, ...]
    table: str
    """`Webhooks(...)`"""
    union: str
    """Any event's body, as a text literal."""
    standard_imports: tuple[str, ...]
    """Modules of the standard library that annotations use."""
    tag: str
    """The property that names the event; empty where none does."""
    unverified: ClassVar[str] = (
        "It does not check who sent the body: documents do not say how, so do that first, on the raw bytes."
    )

    @property
    def must_be_named(self) -> bool:
        """Whether a body alone does not tell which event it is."""
        return not self.tag and len(self.events) > 1

    @property
    def example(self) -> str:
        """How a body is read."""
        return 'parse(body, event="...")' if self.must_be_named else "parse(body)"

    @property
    def doc(self) -> str:
        """The module's docstring."""
        first = "The events that the API sends by itself: from a body as it came in to its model."
        program = ["```python", f"event = webhooks.{self.example}", "```"]
        return docstring([first, "", *program, "", *paragraphs(self.unverified, 96)], 0)

    @property
    def parse_doc(self) -> str:
        """The docstring of `parse`."""
        named = f"by default what the body says in `{' '.join(clean(self.tag).split())}`"
        if not self.tag:
            named = "`EVENTS` lists them" if self.must_be_named else "there is only one"
        arguments = {
            "body": "The raw body, JSON as text or bytes, or what a framework made of it.",
            "event": f"The name of the event; {named}.",
            "strict": "Raise when the body is not as documented, instead of reporting drift.",
            "on_drift": "Called once for each kind of difference between the body and the document.",
        }
        lines = ["The model that the body of an event stands for.", "", *paragraphs(self.unverified, 92), "", "Args:"]
        lines += [f"    {line}".rstrip() for name, text in arguments.items() for line in entry(name, text, 8)]
        lines += ["", "Raises:", "    DecodeError: The body is no JSON.", "    DriftError: It differs, and `strict`."]
        return docstring(lines, 4)


def webhooks(plan: Plan, package: str, view: ModelView, types: Types) -> Webhooks | None:
    """The module of a package; None where the API sends nothing by itself that can be read."""
    if not any(event.payloads for event in plan.events):
        return None
    home = set(modules(plan, view))
    said = types.get(view.events, {})
    found = [_event_text(number, event, said, home) for number, event in enumerate(plan.events) if event.payloads]
    tag = tag_of(plan.events, {model.key: model.schema for model in plan.models})
    table = [
        literal(package),
        mapping({event.name: literal(event.annotation) for event in found}),
        f"tag={literal(tag.wire)}" if tag else "",
        f"named={mapping({value: literal(name) for value, name in tag.events.items()})}" if tag else "",
    ]
    hints = dict.fromkeys(event.hint for event in found)
    names = names_in(event.annotation for event in found)
    return Webhooks(
        events=tuple(found),
        table=call("_Webhooks", table),
        union=text_literal("Any" if "Any" in hints else " | ".join([*hints, "dict[str, Any]"])),
        standard_imports=tuple(_standard(names - home)),
        tag=tag.wire if tag else "",
    )


def _event_text(number: int, event: Event, types: dict[str, str], home: set[str]) -> EventText:
    parts = list(dict.fromkeys(types[event_field(number, index)] for index in range(len(event.payloads))))
    annotation = "Any" if "Any" in parts else " | ".join(parts)
    hint = double_quoted(_Homed(home).visit(ast.parse(annotation, mode="eval").body))
    text = " ".join(clean(event.text).split()).replace("|", "\\|")
    return EventText(event.name, literal(event.name), annotation, hint, text)


class _Homed(ast.NodeTransformer):
    """Writes models as members of their package: an API may call one `Event`, as this module calls another thing."""

    def __init__(self, home: set[str]) -> None:
        self._home = home

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Attribute(ast.Name("models"), node.id) if node.id in self._home else node


def _standard(names: set[str]) -> Iterator[str]:
    known = {"datetime": "import datetime", "UUID": "from uuid import UUID", "Decimal": "from decimal import Decimal"}
    yield from (known[name] for name in sorted(names & known.keys()))
