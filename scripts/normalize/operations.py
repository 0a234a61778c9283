"""Lets every operation say its own security and servers, and its statuses and ids as OpenAPI 3.1 has them.

security: [{key: []}]                 paths:
paths:                                  /pets:
  /pets:                                  get:
    get:                        ->          security: [{key: []}]
      responses:                            responses:
        2xx: {description: Pets}              2XX: {description: Pets}
"""

from __future__ import annotations

import re
from typing import Any

from ..documents import escape
from ..name.words import parts
from .context import PREFIX, Context, Json, legal_key
from .parameters import HEADER
from .walk import Operation, operation_roots, operations

SDK_NAMES = (
    ("x-fern-sdk-group-name", "x-fern-sdk-method-name"),
    ("x-speakeasy-group", "x-speakeasy-name-override"),
)
"""Extensions in which vendors say what their own clients call an operation: its group, its method."""
_FLOWS = {
    "implicit": ("authorizationUrl",),
    "password": ("tokenUrl",),
    "clientCredentials": ("tokenUrl",),
    "authorizationCode": ("authorizationUrl", "tokenUrl"),
}


def settle_operations(document: Json, context: Context) -> None:
    """Security, servers, statuses, ids and texts of every operation are sound and its own."""
    shared = _servers(document.get("servers"))
    document["servers"] = shared
    if not shared:
        del document["servers"]
    names = _schemes(document, context)
    security = document.pop("security", None)
    ids: set[str] = set()
    for operation in operations(document):
        value = operation.value
        value["security"] = _security(value.get("security", security), security, names, operation, context)
        _leave_out_credentials(operation, document["components"]["securitySchemes"], context)
        own = _servers(value.pop("servers", None))
        if own and own != shared:
            value["servers"] = own
        _texts(value)
        _name(value)
        _id(operation, ids, context)
        _responses(operation, context)
        _body(operation, document["components"]["schemas"], context)
        context.placed += operation_roots(operation)


def _servers(servers: Any) -> list[Json]:
    result = []
    for server in servers if isinstance(servers, list) else ():
        if isinstance(server, dict) and isinstance(server.get("url"), str):
            kept: Json = {"url": server["url"]}
            if isinstance(server.get("description"), str):
                kept["description"] = server["description"]
            said = server.get("variables")
            variables = {name: _variable(value) for name, value in said.items()} if isinstance(said, dict) else {}
            result.append({**kept, **({"variables": variables} if variables else {})})
    return result


def _variable(value: Any) -> Json:
    value = value if isinstance(value, dict) else {}
    result: Json = {"default": str(value.get("default", ""))}
    if isinstance(value.get("enum"), list) and value["enum"]:
        result["enum"] = [str(item) for item in value["enum"]]
    if isinstance(value.get("description"), str):
        result["description"] = value["description"]
    return result


def _schemes(document: Json, context: Context) -> dict[str, str]:
    """Leaves the sound security schemes; their key by the name that requirements use."""
    names: dict[str, str] = {}
    kept: Json = {}
    for name, scheme in document["components"]["securitySchemes"].items():
        sound = _scheme(scheme)
        if sound is None:
            what = f"The security scheme {name[:100]!r} is not one that OpenAPI knows."
            context.degrade(f"/components/securitySchemes/{name}", what, "It is left out.")
            continue
        if sound.get("in") == "header" and not HEADER.fullmatch(sound["name"]):
            what = f"HTTP allows no header of the name {sound['name'][:100]!r}, as a security scheme has it."
            context.degrade(f"/components/securitySchemes/{name}/name", what, "The scheme is left out.")
            continue
        names[name] = legal_key(name)
        kept[names[name]] = sound
    document["components"]["securitySchemes"] = kept
    return names


def _scheme(scheme: Json) -> Json | None:
    kind = scheme.get("type")
    result: Json = {"type": kind}
    if isinstance(scheme.get("description"), str):
        result["description"] = scheme["description"]
    if kind == "apiKey" and scheme.get("in") in ("query", "header", "cookie") and isinstance(scheme.get("name"), str):
        return {**result, "name": scheme["name"].strip(), "in": scheme["in"]}
    if kind == "http" and isinstance(scheme.get("scheme"), str):
        bearer = isinstance(scheme.get("bearerFormat"), str) and scheme["scheme"].lower() == "bearer"
        return {**result, "scheme": scheme["scheme"], **({"bearerFormat": scheme["bearerFormat"]} if bearer else {})}
    if kind == "oauth2":
        return {**result, "flows": _flows(scheme.get("flows"))}
    if kind == "openIdConnect":
        return {**result, "openIdConnectUrl": str(scheme.get("openIdConnectUrl", ""))}
    return result if kind == "mutualTLS" else None


def _flows(flows: Any) -> Json:
    result: Json = {}
    for name, flow in flows.items() if isinstance(flows, dict) else ():
        if name in _FLOWS and isinstance(flow, dict):
            kept: Json = {key: str(flow.get(key, "")) for key in _FLOWS[name]}
            if isinstance(flow.get("refreshUrl"), str):
                kept["refreshUrl"] = flow["refreshUrl"]
            scopes = flow.get("scopes")
            kept["scopes"] = {key: str(text) for key, text in scopes.items()} if isinstance(scopes, dict) else {}
            result[name] = kept
    return result


def _security(own: Any, shared: Any, names: dict[str, str], operation: Operation, context: Context) -> list[Json]:
    result = []
    for requirement in own if isinstance(own, list) else ():
        missing = [name for name in requirement if name not in names] if isinstance(requirement, dict) else [""]
        for name in missing:
            what = f"The operation asks for a security scheme {name[:100]!r}, which is not described."
            context.degrade(operation.pointer, what, "This way to authenticate is left out.")
        if not missing:
            result.append(
                {
                    names[name]: [str(scope) for scope in (scopes if isinstance(scopes, list) else ())]
                    for name, scopes in requirement.items()
                }
            )
    if not result and own and own is not shared:
        return _security(shared, shared, names, operation, context)
    return result


def _leave_out_credentials(operation: Operation, schemes: Json, context: Context) -> None:
    """A parameter that a security scheme of the operation puts there is no argument: the client's credential is it."""
    value = operation.value
    named = {name for requirement in value["security"] for name in requirement}
    keys = {_place(schemes[name]) for name in named if schemes[name]["type"] == "apiKey"}
    for parameter in [one for one in value["parameters"] if _place(one) in keys]:
        value["parameters"].remove(parameter)
        what = f"The {parameter['in']} parameter {parameter['name'][:100]!r} is a credential of the operation, too."
        context.degrade(f"{operation.pointer}/parameters", what, "The client's credential is sent; it is no argument.")


def _place(one: Json) -> tuple[str, str]:
    return one["in"], one["name"].lower() if one["in"] == "header" else one["name"]


def _texts(value: Json) -> None:
    for key in ("summary", "description"):
        if key in value and not isinstance(value[key], str):
            del value[key]
    if value.get("deprecated") is not True:
        value.pop("deprecated", None)
    day = re.match(r"\d{4}-\d\d-\d\d", str(value.pop("x-sunset", "")), re.ASCII)
    if day:
        value["x-sunset"] = day[0]
    tags = value.pop("tags", None)
    tags = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    if tags:
        value["tags"] = tags
    if not value["parameters"]:
        del value["parameters"]


def _name(value: Json) -> None:
    """What the document says that client libraries call the operation, as `resource.method`; either may be empty."""
    groups = [value.pop(key, None) for key, _ in SDK_NAMES]
    methods = [value.pop(key, None) for _, key in SDK_NAMES]
    group = next((_dotted(said) for said in groups if _dotted(said)), "")
    method = next((said for said in methods if isinstance(said, str) and parts(said)), "")
    if group or method:
        value["x-sdk-name"] = f"{group}.{'_'.join(parts(method))}"


def _dotted(said: Any) -> str:
    """A group as extensions give it, `agents.links` or a list of names."""
    steps = said.split(".") if isinstance(said, str) else said if isinstance(said, list) else []
    names = ["_".join(parts(step)) for step in steps if isinstance(step, str)]
    return ".".join(name for name in names if name)


def _id(operation: Operation, ids: set[str], context: Context) -> None:
    given = operation.value.pop("operationId", None)
    if not isinstance(given, str) or not given.strip():
        return
    if given in ids:
        what = f"The operationId {given[:100]!r} stands twice."
        context.degrade(operation.pointer, what, "The operation is named by its path.")
        return
    ids.add(given)
    operation.value["operationId"] = given


def _responses(operation: Operation, context: Context) -> None:
    result: Json = {}
    for status, response in operation.value.pop("responses").items():
        found = re.search(r"[1-5](\d\d|XX)", status.upper())
        if status != "default" and not found:
            what = f"There is no status {status[:100]!r}."
            context.degrade(f"{operation.pointer}/responses", what, "It is read as the default answer.")
        key = found[0] if found and status != "default" else "default"
        if not isinstance(response.get("description"), str):
            response["description"] = ""
        if key not in result:
            result[key] = response
        for header in response.get("headers", {}).values():
            _header(header)
    if result:
        operation.value["responses"] = result


def _header(header: Json) -> None:
    for key in ("name", "in", "style", "explode", "allowReserved", "collectionFormat"):
        header.pop(key, None)
    if "schema" not in header and not header.get("content"):
        header["schema"] = {}
    if header.get("content"):
        header.pop("schema", None)


def _body(operation: Operation, schemas: Json, context: Context) -> None:
    body = operation.value.get("requestBody")
    if body is None:
        return
    body.setdefault("content", {})
    for key, kind in (("description", str), ("required", bool)):
        if not isinstance(body.get(key, kind()), kind):
            del body[key]
    if not body["content"]:
        body["content"] = {"application/json": {"schema": {}}}
    for media_type, media in list(body["content"].items()):
        if media_type.startswith("multipart/") and not _has_members(media.get("schema", {}), schemas):
            _name_part(operation, media_type, context)


def _has_members(schema: Any, schemas: Json) -> bool:
    for _ in schemas:
        if not isinstance(schema, dict) or "$ref" not in schema:
            break
        schema = schemas.get(schema["$ref"].removeprefix(PREFIX), {})
    return not isinstance(schema, dict) or schema.get("type") not in ("string", "array", "integer", "number", "boolean")


def _name_part(operation: Operation, media_type: str, context: Context) -> None:
    """A form that is one value has it under a name; where there is another way to send it, that is taken."""
    content = operation.value["requestBody"]["content"]
    at = f"{operation.pointer}/requestBody/content/{escape(media_type)}"
    what = f"The form of {media_type[:100]} has no members, only a value."
    if any(not kind.startswith("multipart/") for kind in content):
        del content[media_type]
        context.degrade(at, what, "The body is sent in its other form.")
        return
    schema = content[media_type]["schema"]
    content[media_type]["schema"] = {"type": "object", "properties": {"file": schema}, "required": ["file"]}
    context.degrade(at, what, "The value is its part `file`.")
