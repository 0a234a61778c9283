"""Takes out of a choice what leads back to that very choice, and puts in its place what else that offers.

Item:                                   Item:
  anyOf:                                  anyOf:
  - $ref: '#/components/schemas/More' ->  - {type: string}
  - $ref: '#/components/schemas/Link'     - $ref: '#/components/schemas/Link'
More:
  anyOf:
  - $ref: '#/components/schemas/Item'
  - {type: string}
"""

from __future__ import annotations

from collections.abc import Iterator

from .context import PREFIX, Context, Json


def cut_loops(document: Json, context: Context) -> None:
    """No choice is one of its own alternatives, be it by way of others."""
    schemas: Json = document["components"]["schemas"]
    for key, schema in schemas.items():
        if not any(_leads_back(arm, key, schemas) for arm in schema.get("anyOf", ())):
            continue
        context.degrade(f"/components/schemas/{key}", f"{key} is one of its own alternatives.", "That one is left out.")
        arms = list(_others(schema, {key}, key, schemas))
        schema["anyOf"] = [arm for index, arm in enumerate(arms) if arm not in arms[:index]]
        if not arms:
            schemas[key] = {}


def _others(schema: Json, seen: set[str], key: str, schemas: Json) -> Iterator[Json]:
    """The alternatives of a choice, with those of the choices that lead back to the first one in place of them."""
    for arm in schema.get("anyOf", [schema]):
        name = _target(arm)
        if not _leads_back(arm, key, schemas):
            yield arm
        elif name not in seen:
            seen.add(name)
            yield from _others(schemas[name], seen, key, schemas)


def _leads_back(arm: Json, key: str, schemas: Json) -> bool:
    """Whether nothing but references and choices lie between an alternative and its own choice."""
    seen, todo = {""}, [_target(arm)]
    while todo:
        name = todo.pop()
        if name == key:
            return True
        if name not in seen and name in schemas:
            seen.add(name)
            todo += map(_target, (schemas[name], *schemas[name].get("anyOf", ())))
    return False


def _target(schema: Json) -> str:
    """The component that a reference leads to; empty for other schemas."""
    return str(schema.get("$ref", "")).removeprefix(PREFIX)
