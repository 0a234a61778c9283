"""The methods of the package, as the endpoint engine makes them of the document's operations."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .. import engines
from ..cache import Parts
from .endpoint_view import endpoint_view, operation_view
from .plan import Plan

Endpoints = dict[str, list[str] | None]
"""The names of the parameters of each operation, by the operation's id; None for one that the engine drops."""


def endpoints(plan: Plan, package: str, parts: Parts) -> Endpoints:
    """What the engine makes of every operation; it is asked for those alone that `parts` does not know."""
    asked = {operation.id: json.dumps(operation_view(operation, plan)) for operation in plan.operations}

    def ask(texts: Iterable[str]) -> dict[str, list[str] | None]:
        numbered = {f"operation_{number}": text for number, text in enumerate(texts)}
        view = endpoint_view({name: json.loads(text) for name, text in numbered.items()})
        made: dict[str, list[str]] = engines.ask(engines.ENDPOINTS, "parameters", package, view)
        return {text: made.get(name) for name, text in numbered.items()}

    made = parts.made(asked.values(), ask)
    return {id: made[text] for id, text in asked.items()}
