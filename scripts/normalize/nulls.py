"""Gives `null` its one place: in `type`, or as the last alternative of `anyOf`; alternatives are `anyOf`, flat, unique.

x-null: true                  type: [string, 'null']
type: string           ->     enum: [a, null]
enum: [a]

x-null: true                  anyOf:
$ref: …/Pet            ->     - $ref: …/Pet
                              - type: 'null'

oneOf:                        anyOf:
- $ref: …/Cat                 - $ref: …/Cat
- anyOf:               ->     - $ref: …/Dog
  - $ref: …/Dog               - type: 'null'
  - type: 'null'

anyOf: [{}, {type: 'null'}]  ->  {}
"""

from __future__ import annotations

from .context import Json
from .dialect import NULL
from .each import Tell
from .walk import Slot

BESIDE_REF = ("description", "default", "deprecated", "readOnly", "writeOnly", "title", "examples", "x-source")
_ABOUT = (*BESIDE_REF, "discriminator")
_LIMITS = ("required", "minProperties", "maxProperties", "type", "description", "title")


def place_nulls(slot: Slot, tell: Tell) -> None:
    """No `oneOf`, no nullable flags, no alternatives within alternatives."""
    tidy(slot.schema)


def tidy(schema: Json) -> None:
    """One schema, whose alternatives are tidy, in its canonical form."""
    null = schema.pop(NULL, False)
    arms = _arms(schema)
    if arms is not None:
        null = _union(schema, arms) or null
    if null:
        _nullable(schema)


def _arms(schema: Json) -> list[Json] | None:
    one, any_of = schema.pop("oneOf", None), schema.pop("anyOf", None)
    if one and any_of:
        schema["allOf"] = [*schema.get("allOf", ()), {"anyOf": one}]
    found: list[Json] | None = any_of or one
    return found


def _union(schema: Json, arms: list[Json]) -> bool:
    """Puts the alternatives into the schema; whether `null` is one of them."""
    flat, null = _flat(arms)
    flat = _one_list(flat)
    rest = {key: value for key, value in schema.items() if key not in _ABOUT}
    shaped = bool({"properties", "allOf", "enum"} & rest.keys())
    if (flat and shaped) or schema.get("type") in ("object", "array"):
        own = (None, schema.get("type"))
        if not any(arm.keys() - set(_LIMITS) or arm.get("type") not in own for arm in flat):
            return False  # such as: at least one of these properties is required
    if not shaped and any(arm == {} for arm in flat):
        for key in list(schema):
            if key not in _ABOUT or key == "discriminator":
                del schema[key]
        return False
    if len(flat) == 1 and (not rest or ("$ref" not in flat[0] and not rest.keys() - {"type", "format"})):
        about = {key: value for key, value in schema.items() if key in BESIDE_REF}
        if "enum" in flat[0] and flat[0].get("description") and about.get("description"):
            about["description"] = f"{about['description']}\n\n{flat[0]['description']}"
        schema.clear()
        schema.update({**rest, **flat[0], **about})
        return null
    if flat:
        if schema.get("type") in ("string", "integer", "number", "boolean"):
            _push_down(schema, flat)
        schema["anyOf"] = flat
    return null


def _push_down(schema: Json, arms: list[Json]) -> None:
    """Keywords of a plain value that stand beside its alternatives belong into each of them."""
    shared = {key: schema.pop(key) for key in list(schema) if key not in _ABOUT}
    for arm in arms:
        if "$ref" not in arm and "anyOf" not in arm and "type" not in arm:
            for key, value in shared.items():
                arm.setdefault(key, value)


def _flat(arms: list[Json]) -> tuple[list[Json], bool]:
    flat: list[Json] = []
    seen: set[str] = set()
    null = False
    for arm in arms:
        inner = arm.get("anyOf")
        if inner is not None and not arm.keys() - {"anyOf", *BESIDE_REF}:
            found, inner_null = _flat(inner)
            null = null or inner_null
        else:
            found = [arm]
        for item in found:
            kind = item.get("type")
            if kind == "null":
                null = True
                continue
            if isinstance(kind, list):
                null = True
                item = _without_null(item)
            mark = _mark(item)
            if mark not in seen:
                seen.add(mark)
                flat.append(item)
    return flat, null


def _one_list(arms: list[Json]) -> list[Json]:
    """The alternatives with one in place of all those that list values of one type, and what is said of each value."""
    listed = [arm for arm in arms if "enum" in arm and not arm.keys() - {"type", "enum", *BESIDE_REF}]
    if len(listed) < 2 or len({str(arm.get("type")) for arm in listed}) > 1:
        return arms
    told = [
        (", ".join(f"`{value}`" for value in arm["enum"]), arm.get("description") or arm.get("title")) for arm in listed
    ]
    merged = {**listed[0], "enum": list(dict.fromkeys(value for arm in listed for value in arm["enum"]))}
    merged = {key: merged[key] for key in ("type", "enum") if key in merged}
    lines = [f"- {values}: {' '.join(said.split())}" for values, said in told if isinstance(said, str)]
    merged |= {"description": "\n".join(lines)} if lines else {}
    return [
        merged if arm is listed[0] else arm for arm in arms if arm is listed[0] or not any(arm is one for one in listed)
    ]


def _mark(schema: Json) -> str:
    ref = schema.get("$ref")
    return ref if ref is not None else repr({key: value for key, value in schema.items() if key not in BESIDE_REF})


def _without_null(schema: Json) -> Json:
    result = {**schema, "type": next(item for item in schema["type"] if item != "null")}
    if "enum" in result:
        result["enum"] = [value for value in result["enum"] if value is not None]
    return result


def _nullable(schema: Json) -> None:
    kind = schema.get("type")
    if isinstance(kind, str) and not {"anyOf", "allOf"} & schema.keys() and "properties" not in schema:
        if kind != "null":
            schema["type"] = [kind, "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
    elif "anyOf" in schema and not schema.keys() - {"anyOf", *_ABOUT}:
        schema["anyOf"] = [*schema["anyOf"], {"type": "null"}]
    elif "enum" in schema and "anyOf" not in schema:
        schema["enum"] = [*schema["enum"], None]
    elif schema.keys() - {*_ABOUT}:
        inner = {key: schema.pop(key) for key in list(schema) if key not in BESIDE_REF}
        schema["anyOf"] = [inner, {"type": "null"}]
