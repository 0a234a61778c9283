"""Lets every operation have exactly the parameters that its path asks for, in a form that OpenAPI 3.1 knows.

/pets/{id}:                          /pets/{id}:
  get:                                 get:
    parameters:                          parameters:
    - {name: all, in: querystring,       - {name: id, in: path, required: true, schema: {type: string}}
       content: …}              ->       - {name: r, in: query, schema: {type: integer}}
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from .context import PREFIX, Context, Json
from .walk import ITEM_SCHEMA, MORE_METHODS, MORE_STYLE, Operation, operations

_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""What HTTP allows as the name of a header."""
_NOT_PARAMETERS = ("accept", "content-type", "authorization")
"""Headers that OpenAPI says to ignore as parameters: the body and the security say them."""

_OF_THE_TRANSPORT = ("content-length", "transfer-encoding", "connection", "host")
"""Headers that follow from the message and the connection: another value would break them."""


def complete_parameters(document: Json, context: Context) -> None:
    """Path parameters come first, in the path's order; nothing is twice, odd or missing."""
    _paths(document, context)
    for operation in list(operations(document)):
        _Parameters(document, operation, context).complete()


def _paths(document: Json, context: Context) -> None:
    for path in [path for path in document["paths"] if not path.startswith("/")]:
        context.degrade("/paths", f"The path {path[:200]!r} does not begin with a slash.", "One is put in front.")
        item = document["paths"].pop(path)
        at = f"/{path}"
        while at in document["paths"]:
            at = f"/{at}"
        document["paths"][at] = item


class _Parameters:
    def __init__(self, document: Json, operation: Operation, context: Context) -> None:
        self.document = document
        self.operation = operation
        self.context = context
        path = operation.path if operation.kind == "path" else ""
        self.queried = re.findall(r"\{([^{}]*)\}", path.partition("?")[2])
        """What the path's own query asks for: `/search?q={q}`."""
        self.template = list(dict.fromkeys(re.findall(r"\{([^{}]*)\}", path)))

    def note(self, what: str, rule: str) -> None:
        self.context.degrade(f"{self.operation.pointer}/parameters", what, rule)

    def complete(self) -> None:
        found: dict[tuple[str, str], Json] = {}
        for parameter in self.operation.value["parameters"]:
            for one in self.sound(parameter):
                if (one["in"], one["name"]) in found:
                    self.note(f"The {one['in']} parameter {one['name'][:100]!r} stands twice.", "The last one counts.")
                found[one["in"], one["name"]] = one
        in_path = [self.in_path(name, found) for name in self.template]
        for place, name in list(found):
            if place == "path":
                del found[place, name]
                if self.operation.kind == "path":
                    self.note(f"The path has no {{{name[:100]}}}.", "The parameter is left out.")
        self.operation.value["parameters"] = [*in_path, *found.values()]

    def in_path(self, name: str, found: dict[tuple[str, str], Json]) -> Json:
        plain = re.split("[:=]", name.strip("+*?#./;&"))[0]
        parameter = found.pop(("path", name), None) or found.pop(("path", plain), None)
        if parameter is None and name in self.queried:
            parameter = {**found.pop(("query", name), {}), "in": "path"}
            parameter.pop("style", None)
            parameter.pop("explode", None)
        if parameter is None:
            self.note(f"The path parameter {name[:100]!r} is not described.", "It is text.")
            parameter = {"name": name, "in": "path", "schema": {"type": "string"}}
        parameter["required"] = True
        parameter["name"] = name
        return parameter

    def sound(self, parameter: Json) -> list[Json]:
        place, name = parameter.get("in"), parameter.get("name")
        if place == "querystring":
            return self.query_string(parameter)
        if not isinstance(name, str):
            self.note("A parameter has no name.", "It is left out.")
            return []
        if not isinstance(place, str) or place not in _STYLES:
            told = f"{str(place)[:100]!r} is none" if place is not None else "none is said"
            self.note(f"The parameter {name[:100]!r} has no place that there is: {told}.", "It is left out.")
            return []
        if place == "header" and not HEADER.fullmatch(name := name.strip()):
            self.note(f"HTTP allows no header of the name {name[:100]!r}.", "It is left out.")
            return []
        if place == "header" and name.lower() in _NOT_PARAMETERS:
            return []
        if place == "header" and name.lower() in _OF_THE_TRANSPORT:
            self.note(f"The header {name!r} is said by the transport.", "It is no argument.")
            return []
        content = parameter.get("content")
        result: Json = {"name": name, "in": place}
        if isinstance(parameter.get("description"), str):
            result["description"] = parameter["description"]
        for key in ("required", "deprecated", "explode"):
            if isinstance(parameter.get(key), bool) and (parameter[key] or key == "explode"):
                result[key] = parameter[key]
        if content:
            result.pop("explode", None)
            media_type, media = next(iter(content.items()))
            return [{**result, "content": {media_type: self.whole(name, media_type, media)}}]
        result.update(_style(parameter, place))
        return [{**result, "schema": parameter.get("schema", {})}]

    def whole(self, name: str, media_type: str, media: Json) -> Json:
        """The media type of a parameter, which has all its items at once."""
        if ITEM_SCHEMA not in media:
            return {"schema": {}, **media}
        what = f"The items of the parameter {name[:100]!r} follow one another as {media_type[:100]}."
        self.note(what, "They are sent as a JSON list.")
        return {"schema": {"type": "array", "items": media[ITEM_SCHEMA]}}

    def query_string(self, parameter: Json) -> list[Json]:
        content: dict[str, Json] = parameter.get("content", {})
        media_type, media = next(iter(content.items()), ("", Json()))
        if "urlencoded" not in media_type:
            what = f"The whole query string is one value here, written as {media_type[:100] or 'nothing that is said'}."
            self.note(what, "Each of its members is a parameter.")
        self.context.ties.are_known = False  # an operation hangs on the members of a class
        schema = media.get("schema")
        seen = set()
        while isinstance(schema, dict) and "$ref" in schema and schema["$ref"] not in seen:
            seen.add(schema["$ref"])
            schema = self.document["components"]["schemas"].get(schema["$ref"].removeprefix(PREFIX))
        schema = schema if isinstance(schema, dict) else {}
        if not schema.get("properties"):
            self.note("The parameter that is the whole query string is no object.", "It is left out.")
            return []
        required = schema.get("required")
        required = required if isinstance(required, list) else []
        return [
            {"name": name, "in": "query", **({"required": True} if name in required else {}), "schema": copy(value)}
            for name, value in schema["properties"].items()
        ]


def _style(parameter: Json, place: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    if parameter.get("style") in _STYLES[place]:
        result["style"] = parameter["style"]
        result |= {MORE_STYLE: parameter[MORE_STYLE]} if MORE_STYLE in parameter and place == "query" else {}
    if parameter.get("allowReserved") is True and place == "query":
        result["allowReserved"] = True
    return result


def count(document: Json) -> int:
    """How many operations the paths of a document have."""
    return sum(
        len(item.get(MORE_METHODS, ())) + sum(key in _ITEM_METHODS for key in item)
        for item in document["paths"].values()
    )


_ITEM_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
