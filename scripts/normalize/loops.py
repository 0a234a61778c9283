"""Takes out of a choice what leads back to that very choice: it adds no value that the choice does not have.

Item:                                   Item:
  anyOf:                                  anyOf:
  - $ref: '#/components/schemas/Item'  -> - $ref: '#/components/schemas/Link'
  - $ref: '#/components/schemas/Link'
"""

from __future__ import annotations

from collections.abc import Iterator

from .context import PREFIX, Context, Json


def cut_loops(document: Json, context: Context) -> None:
    """No choice is one of its own alternatives, be it by way of others."""
    schemas: Json = document["components"]["schemas"]
    for key, schema in schemas.items():
        arms = schema.get("anyOf")
        if not isinstance(arms, list):
            continue
        kept = [arm for arm in arms if not _leads_back(arm, key, schemas)]
        if len(kept) == len(arms):
            continue
        context.degrade(f"/components/schemas/{key}", f"{key} is one of its own alternatives.", "That one is left out.")
        schema["anyOf"] = kept
        if not kept:
            schemas[key] = {}


def _leads_back(arm: Json, key: str, schemas: Json) -> bool:
    """Whether nothing but references and choices lie between an alternative and its own choice."""
    seen: set[str] = set()
    todo = list(_targets(arm))
    while todo:
        name = todo.pop()
        if name == key:
            return True
        if name not in seen and name in schemas:
            seen.add(name)
            todo += [target for one in (schemas[name], *schemas[name].get("anyOf", ())) for target in _targets(one)]
    return False


def _targets(schema: Json) -> Iterator[str]:
    if isinstance(schema.get("$ref"), str):
        yield schema["$ref"].removeprefix(PREFIX)
