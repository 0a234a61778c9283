"""The type of every field, argument and answer, as the model engine says it."""

from __future__ import annotations

import json
from typing import Any

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
    asked = {key: _texts(schema) for key, schema in view.schemas.items()}
    distinct = dict.fromkeys(text for texts in asked.values() for text in texts.values())
    made = parts.made(distinct, _ask)
    return {
        key: {name: made[text] for name, text in texts.items() if made[text] is not None}
        for key, texts in asked.items()
    }


_said = json.JSONEncoder(sort_keys=True).encode


def _texts(schema: dict[str, Any]) -> dict[str, str]:
    properties = schema.get("properties", {"": schema})
    return {name: _said(part) for name, part in properties.items()}


def _ask(texts: list[str]) -> dict[str, str | None]:
    said: dict[str, str | None] = engines.ask(engines.MODELS, "hints", texts)
    return said
