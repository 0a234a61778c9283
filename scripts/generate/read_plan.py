"""Reads the canonical document and the names as the plan of the package."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from ..documents import escape, pointer
from ..problems import BadInput, Problem
from . import media
from .aliases import NO_ALIASES, Aliases
from .events import events
from .plan import DEFAULT_STYLES, MORE_VERBS, REF, VERBS, Answer, Argument, Field, Model, Names, Operation, Plan, Schema
from .prose import constraints
from .streams import with_stream

_SIGNS = re.compile(r"\{[+#./;?&]?([^{}]+?)\*?\}")
"""A parameter in a path, with the signs of RFC 6570 that say the same as its style: `{;id*}`."""
_IDEMPOTENCY = re.compile(r"(\w+-)*idempotency[-_]?key", re.IGNORECASE)
_FLAT_MEDIA = re.compile(r"multipart/.*|.*(/|\+)json|application/x-www-form-urlencoded")
"""Media types of bodies whose members are arguments."""


def read_plan(document: dict[str, Any], lock: dict[str, str], aliases: Aliases = NO_ALIASES) -> Plan:
    """The package that the canonical document, the names and the deprecated names amount to.

    Raises:
        BadInput: The lock has no name for something in the document.
    """
    names = Names(lock)
    components = document.get("components", {})
    models = tuple(_model(key, schema, names) for key, schema in components.get("schemas", {}).items())
    plan = Plan(
        title=document["info"].get("title", ""),
        description=document["info"].get("description", ""),
        servers=tuple(server_url(server) for server in document.get("servers", [])) or ("",),
        operations=tuple(_operations(document, names)),
        models=models,
        schemes=components.get("securitySchemes", {}),
        names=names,
        events=tuple(events(document, lock)),
        aliases=aliases,
    )
    if missing := dict.fromkeys(names.missing):
        fix = "Run `python -m scripts name`."
        raise BadInput(Problem("spec/names.lock", f"There is no name for {place}.", fix) for place in missing)
    return plan


def server_url(server: dict[str, Any]) -> str:
    """The server's URL with its variables at their defaults."""
    url = str(server.get("url", ""))
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return url.rstrip("/")


def _beside(server: str, document: dict[str, Any]) -> str:
    """An operation's own server; a mere path is on the server of the document, and `https://` alone is that one."""
    shared = document.get("servers", [])
    if server in ("http:", "https:"):
        return ""
    return urljoin(server_url(shared[0]), server) if shared and server.startswith("/") else server


def _model(key: str, schema: Schema, names: Names) -> Model:
    place = pointer("components", "schemas", key)
    fields = None
    if schema.get("type") == "object" and schema.get("properties"):
        required = schema.get("required", [])
        fields = tuple(
            Field(names[f"{place}/properties/{escape(wire)}"], wire, part, wire in required, *_says(part))
            for wire, part in schema["properties"].items()
        )
    return Model(
        key=key,
        name=names[place],
        schema=schema,
        fields=fields,
        text=schema.get("description", "") or schema.get("title", ""),
        source=schema.get("x-source", ""),
        discriminator=_discriminator(schema, names),
    )


def _says(schema: Schema) -> tuple[str, tuple[str, ...]]:
    return schema.get("description", "") or schema.get("title", ""), constraints(schema)


def _discriminator(schema: Schema, names: Names) -> tuple[str, dict[str, str]] | None:
    discriminator = schema.get("discriminator")
    if not discriminator or not (schema.get("oneOf") or schema.get("anyOf")):
        return None
    mapping = discriminator.get("mapping", {})
    targets = {value: names[pointer("components", "schemas", ref.removeprefix(REF))] for value, ref in mapping.items()}
    return discriminator["propertyName"], targets


def _operations(document: dict[str, Any], names: Names) -> Iterator[Operation]:
    found = [keys for path, item in document.get("paths", {}).items() for keys in _operation_keys(path, item)]
    for keys in found:
        yield _operation(document, keys, names)


def _operation_keys(path: str, item: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The keys that lead to each operation of a path item, from `paths` on; the last is the verb."""
    yield from ((path, verb) for verb in VERBS if verb in item)
    yield from ((path, MORE_VERBS, verb) for verb in item.get(MORE_VERBS, {}))


def _operation(document: dict[str, Any], keys: tuple[str, ...], names: Names) -> Operation:
    path, verb = keys[0], keys[-1]
    item = document["paths"][path]
    said = item[MORE_VERBS][verb] if MORE_VERBS in keys else item[verb]
    place = pointer("paths", *keys)
    body, key, whole, fields = _body(document, said, place, names)
    parameters = list(_parameters(said, place, names))
    keyed = next((a for a in parameters if a.place == "header" and _IDEMPOTENCY.fullmatch(a.wire)), None)
    arguments = [*(a for a in parameters if a is not keyed), *whole, *fields]
    servers = said.get("servers")
    operation = Operation(
        id=names[place],
        pointer=place,
        verb=verb.upper(),
        path=_SIGNS.sub(r"{\1}", path.partition("#")[0]),  # some tell operations on one path apart by a fragment
        summary=said.get("summary", ""),
        description=said.get("description", ""),
        source=said.get("x-source", ""),
        arguments=tuple(arguments),
        body=body,
        body_optional=bool(fields) and _better_none(said, verb, document["components"]["schemas"][key]),
        members=names[pointer("components", "schemas", key)] if key else "",
        answers=tuple(_answers(said, verb, document, media.plain)),
        security=tuple(tuple(alternative) for alternative in said.get("security", [])),
        server=_beside(server_url(servers[0]), document) if servers else "",
        deprecated=bool(said.get("deprecated")),
        sunset=said.get("x-sunset", ""),
        scopes=tuple(_scopes(said)),
        given=str(said.get("operationId", "")),
        idempotency_header=keyed.wire if keyed else "",
        encoding=tuple(media.encoding(body, said.get("requestBody", {}).get("content", {}).get(body, {}))),
    )
    return with_stream(operation, tuple(_answers(said, verb, document, media.stream)), names.lock)


def _scopes(said: dict[str, Any]) -> list[str]:
    """The scopes, sorted."""
    needed = (scopes for alternative in said.get("security", []) for scopes in alternative.values())
    return sorted({str(scope) for scopes in needed for scope in scopes or ()})


def _parameters(said: dict[str, Any], place: str, names: Names) -> Iterator[Argument]:
    for parameter in said.get("parameters", []):
        inside, wire = parameter["in"], parameter["name"]
        schema, media_type = parameter.get("schema"), ""
        if schema is None:
            media_type, content = next(iter(parameter.get("content", {"": {}}).items()))
            schema = content.get("schema", {})
        style = parameter.get("x-style") or parameter.get("style", DEFAULT_STYLES.get(inside, "form"))
        explode = parameter.get("explode", style in ("form", "cookie"))
        text = parameter.get("description", "") or schema.get("description", "")
        flag = {"deprecated": True} if parameter.get("deprecated") else {}
        plain = (
            not media_type and not parameter.get("allowReserved") and not (inside == "path" and _may_be_object(schema))
        )
        default = plain and style == DEFAULT_STYLES.get(inside) and explode == (style == "form")
        yield Argument(
            name=names[place + pointer("parameters", f"{inside}.{wire}")],
            wire=_SIGNS.sub(r"\1", f"{{{wire}}}") if inside == "path" else wire,
            schema=schema,
            required=bool(parameter.get("required")) or inside == "path",
            text=text,
            notes=constraints({**schema, "description": text, **flag}),
            place=inside,
            style="" if default else style,
            explode=explode,
            media_type=media_type,
            allow_reserved=bool(parameter.get("allowReserved")),
        )


def _may_be_object(schema: Schema) -> bool:
    """Whether a path parameter takes an object; the runtime refuses one where the document does not ask for it."""
    return "$ref" in schema or schema.get("type") == "object"


def _body(
    document: dict[str, Any], said: dict[str, Any], place: str, names: Names
) -> tuple[str, str, list[Argument], list[Argument]]:
    """The media type to send, and the body as one argument or as one argument a property, with that component's key."""
    body = said.get("requestBody")
    if not body or not body.get("content"):
        return "", "", [], []
    schemas = document.get("components", {}).get("schemas", {})
    documented = media.sent_as(body["content"], schemas)
    schema = body["content"][documented].get("schema", {})
    media_type = media.within(documented, schema)
    required = bool(body.get("required"))
    key = schema.get("$ref", "").removeprefix(REF)
    target = schemas.get(key, {})
    members = _FLAT_MEDIA.fullmatch(media_type.partition(";")[0].strip().lower()) is not None
    flat = target.get("type") == "object" and target.get("properties") and members
    if not flat:
        if not media_type.startswith("multipart/") and not members:
            schema = media.read_as(media_type, schema)
        name = names.get(place + pointer("requestBody"), "body")
        text = body.get("description", "")
        return media_type, "", [Argument(name, "", schema, required, text, place="whole")], []
    home = pointer("components", "schemas", key, "properties")
    fields = []
    for wire, part in target["properties"].items():
        if part.get("readOnly"):
            continue
        if media_type.startswith("multipart/"):
            part = media.part(part)
        name = names.get(place + pointer("requestBody", "properties", wire), names[home + pointer(wire)])
        needed = required and wire in target.get("required", [])
        fields.append(Argument(name, wire, part, needed, *_says(part)))
    return media_type, key, [], fields


def _better_none(said: dict[str, Any], verb: str, schema: Schema) -> bool:
    """Whether an optional body is better left out than sent without members: it needs some, or the verb has few."""
    return not said["requestBody"].get("required") and (
        bool(schema.get("required")) or verb in ("get", "head", "delete")
    )


def _answers(
    said: dict[str, Any], verb: str, document: dict[str, Any], choose: Callable[..., media.Body | None]
) -> Iterator[Answer]:
    """The responses with the body that is chosen of those that each documents."""
    schemas = document.get("components", {}).get("schemas", {})
    for status, response in said.get("responses", {}).items():
        content = response.get("content") or {}
        if verb == "head" or status in ("204", "205"):  # HTTP has no body there, whatever is documented
            content = {}
        body = choose(content, schemas, sorted(content, key=media.preference))
        text, headers = response.get("description", ""), tuple(response.get("headers", ()))
        if body is None:
            yield Answer(status, "", None, text, headers)
        else:
            yield Answer(status, body.media_type, body.schema, text, headers, body.reads, body.accept)
