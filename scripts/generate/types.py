"""The type of every field, argument and answer, as the model engine says it."""

from __future__ import annotations

import json

from .. import engines
from ..cache import Parts
from .model_view import ModelView

Types = dict[str, dict[str, str]]
"""Annotation by component key and field name; an alias has the one field `""`."""


def typed(view: ModelView, parts: Parts) -> Types:
    """Everything in the view with its type.

    The engine is asked for each distinct schema once, and only where `parts` does not know it: a large API says
    `string` ten thousand times.
    """
    parted = {key: schema.get("properties", {"": schema}) for key, schema in view.schemas.items()}
    asked = {key: {name: repr(part) for name, part in properties.items()} for key, properties in parted.items()}
    distinct = {text: parted[key][name] for key, texts in asked.items() for name, text in texts.items()}

    def ask(texts: list[str]) -> dict[str, str | None]:
        said = {text: _said(distinct[text]) for text in texts}
        hints = engines.ask(engines.MODELS, "hints", list(dict.fromkeys(said.values())))
        return {text: hints[one] for text, one in said.items()}

    made = parts.made(distinct, ask)
    return {
        key: {name: made[text] for name, text in texts.items() if made[text] is not None}
        for key, texts in asked.items()
    }


_said = json.JSONEncoder(sort_keys=True).encode
