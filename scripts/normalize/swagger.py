"""Turns Swagger 2.0 into OpenAPI 3.

swagger: '2.0'                                  openapi: 3.1.0
host: api.example.com                           servers: [{url: https://api.example.com/v1}]
basePath: /v1                                   paths:
schemes: [https]                                  /pets:
paths:                                              post:
  /pets:                                              requestBody:
    post:                                               required: true
      parameters:                                       content:
      - in: body                         ->               application/json:
        name: pet                                           schema: {$ref: '#/components/schemas/Pet'}
        required: true                                responses:
        schema: {$ref: '#/definitions/Pet'}             '200':
      responses:                                          description: ok
        '200':                                            content:
          description: ok                                   application/json:
          schema: {$ref: '#/definitions/Pet'}                 schema: {$ref: '#/components/schemas/Pet'}
"""

from __future__ import annotations

from typing import Any

from .context import Context, Json
from .walk import MORE_STYLE, Operation, operations

_SCHEMA_KEYS_TEXT = """
type format enum default items minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength
pattern minItems maxItems uniqueItems nullable x-nullable
"""
_SCHEMA_KEYS = _SCHEMA_KEYS_TEXT.split()
_STYLES: dict[str, Json] = {
    "multi": {"style": "form", "explode": True},
    "csv": {"style": "form", "explode": False},
    "ssv": {"style": "spaceDelimited", "explode": False},
    "pipes": {"style": "pipeDelimited", "explode": False},
    "tsv": {"style": "form", "explode": False, MORE_STYLE: "tabDelimited"},
}
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


def upgrade_swagger(document: Json, context: Context) -> None:
    """Leaves a document of OpenAPI 3 as it is."""
    if "swagger" not in document:
        return
    del document["swagger"]
    base = {key: document.pop(key, None) for key in ("host", "basePath", "schemes", "consumes", "produces")}
    servers = _servers(base, base["schemes"])
    if servers:
        document["servers"] = servers
    for operation in list(operations(document)):
        _upgrade(operation, base, context)
    schemes = document["components"]["securitySchemes"]
    document["components"]["securitySchemes"] = {name: _scheme(scheme) for name, scheme in schemes.items()}


def _texts(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _servers(base: Json, schemes: Any) -> list[Json]:
    host, path = (base[key] if isinstance(base[key], str) else "" for key in ("host", "basePath"))
    if not host:
        return [{"url": path}] if path else []
    schemes = [scheme for scheme in _texts(schemes) if scheme in ("http", "https")] or ["https"]
    return [{"url": f"{scheme}://{host}{path}".rstrip("/")} for scheme in sorted(schemes, reverse=True)]


def _upgrade(operation: Operation, base: Json, context: Context) -> None:
    value = operation.value
    consumes = _texts(value.pop("consumes", None)) or _texts(base["consumes"])
    produces = _texts(value.pop("produces", None)) or _texts(base["produces"]) or ["application/json"]
    schemes = _texts(value.pop("schemes", None))
    if schemes and schemes != base["schemes"] and base["host"]:
        value["servers"] = _servers(base, schemes)
    parameters = value["parameters"]
    value["parameters"] = [_parameter(item) for item in parameters if item.get("in") not in ("body", "formData")]
    bodies = [item for item in parameters if item.get("in") == "body"]
    fields = [item for item in parameters if item.get("in") == "formData"]
    if bodies and fields:
        what = "The operation has both a body and form fields."
        context.degrade(operation.pointer, what, "The body is sent, without the form fields.")
    if bodies:
        value["requestBody"] = _body(bodies[0], consumes)
    elif fields:
        value["requestBody"] = _form(fields, consumes)
    for response in value["responses"].values():
        _response(response, produces)


def _body(parameter: Json, consumes: list[str]) -> Json:
    types = [media_type for media_type in consumes if media_type not in _FORMS] or ["application/json"]
    body: Json = {"content": {media_type: {"schema": parameter.get("schema", {})} for media_type in types}}
    for key in ("description", "required"):
        if key in parameter:
            body[key] = parameter[key]
    return body


def _form(fields: list[Json], consumes: list[str]) -> Json:
    fields = [field for field in fields if isinstance(field.get("name"), str)]
    has_file = any(field.get("type") == "file" for field in fields)
    types = [media_type for media_type in consumes if media_type in _FORMS]
    if has_file or not types:
        types = [_FORMS[0] if has_file else _FORMS[1]]
    schema: Json = {
        "type": "object",
        "properties": {field["name"]: _field(field) for field in fields},
    }
    required = [field["name"] for field in fields if field.get("required") is True]
    if required:
        schema["required"] = required
    styles = {
        field["name"]: dict(_STYLES.get(str(field.get("collectionFormat")), _STYLES["csv"]))
        for field in fields
        if field.get("type") == "array"
    }
    media: Json = {"schema": schema, **({"encoding": styles} if styles else {})}
    return {"content": dict.fromkeys(types[:1], media), "required": bool(required)}


def _field(parameter: Json) -> Json:
    schema = _schema(parameter)
    if "description" in parameter:
        schema["description"] = parameter["description"]
    return schema


def _schema(parameter: Json) -> Json:
    schema = {key: parameter[key] for key in _SCHEMA_KEYS if key in parameter}
    return {"type": "string", "format": "binary"} if schema.get("type") == "file" else schema


def _parameter(parameter: Json) -> Json:
    result = {key: value for key, value in parameter.items() if key not in (*_SCHEMA_KEYS, "collectionFormat")}
    result.setdefault("schema", _schema(parameter))
    if parameter.get("type") == "array":
        style = dict(_STYLES.get(str(parameter.get("collectionFormat")), _STYLES["csv"]))
        if parameter.get("in") in ("path", "header"):
            style = {"style": "simple", "explode": False}
        result.update(style)
    return result


def _response(response: Json, produces: list[str]) -> None:
    schema = response.pop("schema", None)
    if schema is not None:
        is_file = isinstance(schema, dict) and schema.get("type") == "file"
        content = {"type": "string", "format": "binary"} if is_file else schema
        types = produces if not is_file or produces != ["application/json"] else ["application/octet-stream"]
        response["content"] = {media_type: {"schema": content} for media_type in types}
    for name, header in list(response.get("headers", {}).items()):
        response["headers"][name] = _parameter(header)


def _scheme(scheme: Json) -> Json:
    if scheme.get("type") == "basic":
        return {"type": "http", "scheme": "basic"}
    if scheme.get("type") != "oauth2":
        return scheme
    kind = {"accessCode": "authorizationCode", "application": "clientCredentials"}.get(scheme.get("flow", ""))
    flow = {key: scheme[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in scheme}
    flow.setdefault("scopes", {})
    described = {"description": scheme["description"]} if "description" in scheme else {}
    return {"type": "oauth2", "flows": {kind or scheme.get("flow", "implicit"): flow}, **described}
