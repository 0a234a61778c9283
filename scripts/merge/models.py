"""Finds the named model behind a table of fields: text made for people shows fields and hides the model's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from .. import overlay
from ..problems import Problem
from .components import Component, Key, reachable, reference, several
from .operations import Statement, responses
from .schemas import compatible, differences, fingerprint
from .sources import mapping

MIN_FIELDS = 5
"""Fields that an older version must have: small objects (an error, an id and a name) look like parts of many models."""
FAMILY_SHARE = 0.6
"""Share of the model's fields that an older version has when both answer at the same fixed segments, /a and /a/{id}:
models grow, but seldom to twice their size, and a short answer there may be a summary."""
ANYWHERE_SHARE = 0.8
"""The same for an answer about another resource, where likeness of fields is the only evidence."""
MAX_CONTRADICTED = 0.2
"""Share of an older version's fields whose type may have changed since; with more it is another thing."""
MAX_EXPANDED = 5_000
"""Nodes to which a model is written out for comparison; models that refer to each other can expand to billions."""
MAX_REFERENCES = 50
"""References inside of each other that are written out; real models end after a few."""

REQUEST, RESPONSE = "request", "response"

_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
_SINGLE = ("items", "additionalProperties", "not")


@dataclass
class Model:
    """A named object that an unnamed one may turn out to be."""

    key: Key
    component: Component
    text: str
    """What equal schemas have in common; see `fingerprint`."""
    roles: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    """For requests and for responses, the families of the operations that use it there."""


def models(statements: list[Statement], components: dict[Key, Component]) -> list[Model]:
    """The named objects, with where they are used."""
    found = {
        key: Model(key, component, fingerprint(_expanded(component.definition, components)))
        for key, component in components.items()
        if key[0] == "schemas" and mapping(mapping(component.definition).get("properties"))
    }
    for statement in statements:
        sent = [statement.operation.get("requestBody"), statement.operation.get("parameters")]
        for role, values in ((REQUEST, sent), (RESPONSE, list(responses(statement.operation).values()))):
            for key in reachable(values, components) & found.keys():
                found[key].roles.setdefault(role, set()).add(family(statement.path))
    return list(found.values())


def family(path: str) -> tuple[str, ...]:
    """The fixed segments of a path: /phone/{id}/calls gives phone, calls."""
    return tuple(part for part in path.split("/") if part and "{" not in part)


def related(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two families are about one resource: equal, or one below the other."""
    shorter = min(len(one), len(other))
    return shorter > 0 and one[:shorter] == other[:shorter]


def _expanded(schema: Any, components: dict[Key, Component]) -> Any:
    """The schema with its references written out, as a table of fields shows it."""
    left = [MAX_EXPANDED]

    def expand(node: Any, above: tuple[str, ...]) -> Any:
        left[0] -= 1
        if isinstance(node, list):
            return [expand(child, above) for child in node]
        if not isinstance(node, dict):
            return node
        target = node.get("$ref")
        if isinstance(target, str):
            name = target.removeprefix("#/components/schemas/")
            key = ("schemas", name.replace("~1", "/").replace("~0", "~"))
            if key not in components or target in above or left[0] < 0 or len(above) >= MAX_REFERENCES:
                return node
            return expand(components[key].definition, (*above, target))
        return {key: expand(child, above) for key, child in node.items()}

    return expand(schema, ())


def recognise(statement: Statement, known: list[Model]) -> tuple[Statement, list[Problem]]:
    """The statement with references in the place of unnamed objects that are named models.

    Before: a rendered page's {type: array, items: {type: object, properties: {id, name, …}}}
    After:  {type: array, items: {$ref: '#/components/schemas/Agent'}}
    """
    if statement.source.kind != "rendered":
        return statement, []  # what was made for machines says $ref where it means one
    problems: list[Problem] = []
    operation = dict(statement.operation)
    if "requestBody" in operation:
        find = _finder(statement, known, REQUEST, problems)
        operation["requestBody"] = _in_content(operation["requestBody"], ("requestBody",), find)
    find = _finder(statement, known, RESPONSE, problems)
    if "responses" in operation:
        operation["responses"] = {
            status: _in_content(response, ("responses", status), find)
            for status, response in responses(operation).items()
        }
    return replace(statement, operation=operation), problems


_Find = Callable[[dict[str, Any], tuple[str, ...]], dict[str, str] | None]


def _in_content(message: Any, keys: tuple[str, ...], find: _Find) -> Any:
    """A request body or response with `find` applied to its schemas."""
    content = mapping(mapping(message).get("content"))
    if not content:
        return message
    done = {}
    for media_type, media in content.items():
        place = (*keys, "content", media_type, "schema")
        has_schema = isinstance(media, dict) and "schema" in media
        done[media_type] = media | {"schema": _walk(media["schema"], place, find)} if has_schema else media
    return message | {"content": done}


def _walk(schema: Any, keys: tuple[str, ...], find: _Find) -> Any:
    """The schema with `find` applied from the outside inwards, as the largest match says most."""
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("properties"), dict):
        found = find(schema, keys)
        if found is not None:
            return found
    result = dict(schema)
    for key in _SINGLE:
        if isinstance(schema.get(key), dict):
            result[key] = _walk(schema[key], (*keys, key), find)
    for key in _LISTS:
        if isinstance(schema.get(key), list):
            result[key] = [_walk(child, (*keys, key, str(i)), find) for i, child in enumerate(schema[key])]
    if isinstance(schema.get("properties"), dict):
        fields = schema["properties"].items()
        result["properties"] = {name: _walk(child, (*keys, "properties", name), find) for name, child in fields}
    return result


def _finder(statement: Statement, known: list[Model], role: str, problems: list[Problem]) -> _Find:
    """What looks one object up among the models; it adds what it judged to `problems`."""
    candidates = [model for model in known if role in model.roles]

    def find(schema: dict[str, Any], keys: tuple[str, ...]) -> dict[str, str] | None:
        text = fingerprint(schema)
        equal = [model for model in candidates if model.text == text]
        model = _only(equal, statement, role)
        if model:
            problems.append(_named(statement, keys, model))
            return reference(model.key)
        if equal:
            problems.append(_ambiguous(statement, keys, equal))
            return None
        if role == REQUEST:
            return None  # two operations take what they take: likeness is no proof that one takes the other's fields
        later = [model for model in candidates if _is_older_version(schema, statement, model)]
        model = _only(_closest(later), statement, role)
        if model:
            problems.extend(_updated(statement, keys, schema, model))
            return reference(model.key)
        return None

    return find


def _only(found: list[Model], statement: Statement, role: str) -> Model | None:
    """The one model that fits, or the one of them that belongs to the statement's resource."""
    if len(found) <= 1:
        return found[0] if found else None
    near = [model for model in found if _is_near(model, statement, role)]
    return near[0] if len(near) == 1 else None


def _is_near(model: Model, statement: Statement, role: str) -> bool:
    return any(related(family(statement.path), other) for other in model.roles[role])


def _closest(found: list[Model]) -> list[Model]:
    """The models with the fewest fields that the older version lacks."""
    sizes = [len(model.component.definition["properties"]) for model in found]
    return [model for model, size in zip(found, sizes, strict=True) if size == min(sizes)]


def _is_older_version(schema: dict[str, Any], statement: Statement, model: Model) -> bool:
    """Whether an unnamed answer is a model as it was on an older page, or a sample of it, which may be partial."""
    source, definition = model.component.source, model.component.definition
    sampled = schema.get("x-inferred-from") == "sample"
    if not (statement.source.age < source.age or (sampled and statement.source.age == source.age)):
        return False
    before, after = schema["properties"], definition["properties"]
    if len(before) < MIN_FIELDS or not before.keys() <= after.keys():
        return False
    share = FAMILY_SHARE if family(statement.path) in model.roles[RESPONSE] else ANYWHERE_SHARE
    contradicted = sum(not compatible(before[name], after[name]) for name in before)
    return len(before) >= share * len(after) and contradicted <= MAX_CONTRADICTED * len(before)


def _named(statement: Statement, keys: tuple[str, ...], model: Model) -> Problem:
    what = f"The object here has no name and is equal to {model.key[1]!r} on {model.component.line(model.key)}."
    fix = "If it is another thing that looks the same, say so in an overlay action."
    return statement.problem(keys, what, fix, f"Equal objects are one model, so {model.key[1]!r} is used.")


def _ambiguous(statement: Statement, keys: tuple[str, ...], equal: list[Model]) -> Problem:
    names = " and ".join(f"{model.key[1]!r} on {model.component.line(model.key)}" for model in equal)
    what = f"The object here has no name and is equal to more than one model: {names}."
    target = overlay.query(*statement.keys, *keys)
    fix = f"If it is one of them, say so in an overlay action with target: {target}."
    return statement.problem(keys, what, fix, "It is left as a model of its own.")


def _updated(statement: Statement, keys: tuple[str, ...], schema: dict[str, Any], model: Model) -> Iterator[Problem]:
    """The judgement that an answer is an older version, and each contradiction that this settles."""
    name, line = model.key[1], model.component.line(model.key)
    before, after = schema["properties"], model.component.definition["properties"]
    lacking = [key for key in after if key not in before]
    changes = list(differences(schema, model.component.definition))
    what = f"The object here has {len(before)} of the {len(after)} fields of {name!r} on {line}."
    what += f" It lacks {', '.join(lacking)}." if lacking else ""
    mild = [str(change) for change in changes if not change.contradicts]
    what += f" Changed since: {several(mild)}." if mild else ""
    rule = f"It is {name!r} as it was on an older page; the newer definition is used."
    fix = "If it is a model of its own, say so in an overlay action."
    yield statement.problem(keys, what, fix, rule)
    for change in changes:
        if change.contradicts:
            other = model.component.line(model.key, "properties", change.field)
            what = f"{change.field!r} contradicts {name!r} on {other}: {change.what}."
            target = overlay.query("components", *model.key, "properties", change.field)
            fix = f"If the older page is right, say so in an overlay action with target: {target}."
            inside = (*keys, "properties", change.field)
            yield statement.problem(inside, what, fix, "The newer page holds.")


def outdated_requests(statements: list[Statement], components: dict[Key, Component]) -> Iterator[Problem]:
    """The fields of an older page's request that a newer request for the same resource types differently.

    They are kept as their page has them: two operations may take different things.
    """
    bodies = [(statement, *body) for statement in statements for body in _bodies(statement, components)]
    for statement, keys, schema in bodies:
        for newer, other_keys, other in bodies:
            if newer.source.age <= statement.source.age or not related(family(statement.path), family(newer.path)):
                continue
            for change in differences(schema, other):
                if change.contradicts:
                    place = (*keys, "properties", change.field)
                    what = f"{statement} takes {change.field!r} as {change.what.replace(' became ', ', and ')}"
                    what += f" on the newer page of {newer}, {newer.at(*other_keys)}."
                    target = overlay.query(*statement.keys, *place)
                    fix = f"If {statement} changed too, say so in overlay actions that remove and update {target}."
                    rule = "Each operation takes what its own newest page says."
                    yield statement.problem(place, what, fix, rule)


def _bodies(statement: Statement, components: dict[Key, Component]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """The objects that an operation takes as its body, by where they stand."""
    content = mapping(mapping(statement.operation.get("requestBody")).get("content"))
    for media_type, media in content.items():
        schema = mapping(mapping(media).get("schema"))
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if ("schemas", name) in components:
            schema = mapping(components["schemas", name].definition)
        if isinstance(schema.get("properties"), dict):
            yield ("requestBody", "content", media_type, "schema"), schema
