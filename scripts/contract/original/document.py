"""One side of a document as its authors wrote it, read without any code of the flow but the YAML reader.

References to anything in any of its files are followed where they stand; nothing is rewritten but what JSON Schema says
in other words than OpenAPI 2.0 and 3.0 do.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, NoReturn
from urllib.parse import quote, unquote, urlsplit

import jsonschema_rs

from ...documents import escape
from . import dialect
from .said import Operation

Json = dict[str, Any]
Judge = jsonschema_rs.Draft202012Validator
Reading = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Another way to read the files, such as one that lets a value be several of the alternatives of a `oneOf`."""

VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


class Original:
    """One document with the files that it refers to; `side` is `request` or `response`.

    The two sides differ in what is read-only and write-only.
    """

    def __init__(self, files: Callable[[str], Any], entry: str, side: str) -> None:
        self.files = files
        self.entry = entry
        self.side = side
        self._raw: dict[str, Any] = {}
        self._anchors: dict[str, dict[str, str]] = {}
        self._dynamic: dict[str, dict[str, str]] = {}
        self._ready: dict[str, Any] = {}
        self._targets: dict[tuple[str, str], str | None] = {}
        self._registries: dict[Reading, jsonschema_rs.Registry] = {}
        self._judges: dict[tuple[int, Reading], tuple[Any, Judge | str]] = {}
        todo = [entry]
        while todo:
            file = todo.pop()
            if file not in self._ready:
                self._ready[file] = dialect.Reader(self, file).document()
                todo += [name for name in self._raw if self._raw[name] is not None]

    @property
    def data(self) -> Json:
        """The document, its references absolute."""
        found = self._ready[self.entry]
        return found if isinstance(found, dict) else {}

    @property
    def swagger(self) -> bool:
        """Whether it is Swagger 2.0."""
        return "swagger" in self.data

    @cached_property
    def ignores_siblings(self) -> bool:
        """Whether what stands beside a reference says nothing, as it was before OpenAPI 3.1."""
        entry = self.raw(self.entry)
        return str(_of(entry, "openapi") or _of(entry, "swagger"))[:3] in ("2.0", "3.0")

    def raw(self, file: str) -> Any:
        """A file's content; None where it cannot be read."""
        if file not in self._raw:
            self._raw[file] = self.files(file)
        return self._raw[file]

    def target(self, reference: str, file: str) -> str | None:
        """The absolute form of a reference in a file; None where it leads nowhere."""
        asked = reference, file
        if asked not in self._targets:
            address, _, fragment = reference.partition("#")
            found = self._place(address, unquote(fragment), file)
            there = found is not None and _at(self.raw(found[0]), found[1]) is not _NOTHING
            self._targets[asked] = f"{_uri(found[0])}#{quote(found[1], safe='/~')}" if found and there else None
        return self._targets[asked]

    def address(self, place: str) -> str:
        """The absolute form of a pointer into the entry."""
        return f"{_uri(self.entry)}#{quote(place, safe='/~')}"

    def written(self, reference: str, file: str) -> Any:
        """What a reference leads to within its file, as its authors wrote it; None where it leads elsewhere."""
        address, _, fragment = reference.partition("#")
        found = self._place(address, unquote(fragment), file)
        held = _at(self.raw(file), found[1]) if found and found[0] == file else None
        return None if held is _NOTHING else held

    def _place(self, address: str, fragment: str, file: str) -> tuple[str, str] | None:
        other, start = file, ""
        if address:
            known = self.anchors(file)
            if address in known:
                start = known[address]
            elif urlsplit(address).scheme or address.startswith("/"):
                own = self.raw(self.entry)
                if not isinstance(own, dict) or own.get("$self") != address:
                    return None
                other = self.entry
            elif "\0" in unquote(address):
                return None
            else:
                other = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(address)))
        if fragment and not fragment.startswith("/"):
            place = self.anchors(other).get(f"#{fragment}")
            return None if place is None else (other, place)
        return other, start + fragment.rstrip("/")

    def anchors(self, file: str) -> dict[str, str]:
        """Pointers by `$id`, and by `$anchor` with a `#` before it."""
        if file not in self._anchors:
            found: dict[str, str] = {}
            todo: list[tuple[str, Any]] = [("", self.raw(file))]
            while todo:
                place, node = todo.pop()
                if isinstance(node, dict):
                    for key, mark in (("$anchor", "#"), ("$dynamicAnchor", "#"), ("$id", "")):
                        if isinstance(node.get(key), str):
                            found.setdefault(mark + node[key], place)
                    todo += [(f"{place}/{escape(str(key))}", value) for key, value in node.items()]
                elif isinstance(node, list):
                    todo += [(f"{place}/{index}", value) for index, value in enumerate(node)]
            self._anchors[file] = found
        return self._anchors[file]

    def dynamic(self, file: str) -> dict[str, str]:
        """References by those `$dynamicRef`s that can lead to one place alone: what others mean hangs on the way."""
        if file not in self._dynamic:
            places: dict[str, list[str]] = {}
            todo: list[tuple[str, Any]] = [("", self.raw(file))]
            while todo:
                place, node = todo.pop()
                if isinstance(node, dict):
                    places.setdefault(f"#{node.get('$dynamicAnchor')}", []).append(f"#{place}")
                    todo += [(f"{place}/{escape(str(key))}", value) for key, value in node.items()]
                elif isinstance(node, list):
                    todo += [(f"{place}/{index}", value) for index, value in enumerate(node)]
            self._dynamic[file] = {name: found[0] for name, found in places.items() if len(found) == 1}
        return self._dynamic[file]

    def resolve(self, node: Any) -> Any:
        """What a reference leads to, with what stands beside it; what is none stays as it is."""
        beside: Json = {}
        for _ in range(200):
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                return {**node, **beside} if beside and isinstance(node, dict) else node
            beside = {**{key: value for key, value in node.items() if key != "$ref"}, **beside}
            file, _, fragment = node["$ref"].removeprefix("urn:").partition("#")
            node = _at(self._ready.get(unquote(file)), unquote(fragment))
            if node is _NOTHING:
                break
        return {}

    def heir(self, schema: Any, value: Json) -> Json | None:
        """The class that an object's tag names, where the schema refers to a class that it is made of."""
        while isinstance(schema, dict) and "$ref" not in schema and len(arms := _list(schema.get("allOf"))) == 1:
            schema = arms[0]
        reference = _of(schema, "$ref")
        for base in self._lineage(reference) if isinstance(reference, str) else ():
            said = _of(self.resolve({"$ref": base}), "discriminator")
            tag = value.get(said["propertyName"]) if isinstance(said, dict) and "propertyName" in said else None
            if isinstance(tag, str):
                named = _of(said.get("mapping"), tag) or self._heirs.get((base, tag))
                return {"$ref": named} if named and named != reference else None
        return None

    @cached_property
    def _heirs(self) -> dict[tuple[str, str], str]:
        """Classes by one that they are made of and the tag that they say, or else their name."""
        found: dict[tuple[str, str], str] = {}
        for file, data in self._ready.items():
            for place, held in (("/components/schemas", _of(_of(data, "components"), "schemas")),
                                ("/definitions", _of(data, "definitions"))):  # fmt: skip
                for name, schema in _dict(held):
                    own = f"{_uri(file)}#{quote(f'{place}/{escape(name)}', safe='/~')}"
                    tag = _of(schema, "x-ms-discriminator-value") or name
                    found.update({(base, str(tag)): own for base in list(self._lineage(own))[1:]})
        return found

    def _lineage(self, reference: str) -> Iterator[str]:
        """The class, and those that it is made of, the nearest first."""
        todo, seen = [reference], set()
        while todo:
            if (one := todo.pop(0)) not in seen:
                seen.add(one)
                yield one
                arms = _list(_of(self.resolve({"$ref": one}), "allOf"))
                todo += [arm["$ref"] for arm in arms if isinstance(_of(arm, "$ref"), str)]

    def faults(self, schema: Any, value: Any, reading: Reading = dict) -> list[str]:
        """What the document has against a value; nothing where its schema itself is none."""
        judge = self.judge(schema, reading)
        if isinstance(judge, str):
            return []
        errors = []
        for error in judge.iter_errors(value):
            place = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in error.instance_path)
            errors.append(f"${place}: {error.message[:160]}")
            if len(errors) == 3:
                break
        return errors

    def judge(self, schema: Any, reading: Reading = dict) -> Judge | str:
        """The validator of a schema that stands in the document; why there is none where it is impossible."""
        key = id(schema), reading
        if key not in self._judges:
            address = self._addresses.get(id(schema))
            asked = {"$ref": address} if address else reading({"": schema})[""]
            self._judges[key] = (schema, self._compiled(asked, reading))  # kept, so that its id stays its own
        return self._judges[key][1]

    def _compiled(self, schema: Any, reading: Reading) -> Judge | str:
        if reading not in self._registries:
            files = {_uri(file): data for file, data in self._ready.items() if data is not None}
            resources = list(reading(files).items())
            registry = jsonschema_rs.Registry(resources, draft=jsonschema_rs.Draft202012, retriever=_refuse)
            self._registries[reading] = registry
        try:
            return Judge(schema, registry=self._registries[reading], retriever=_refuse, validate_formats=True)
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            return str(error).partition("\n")[0]

    @cached_property
    def _addresses(self) -> dict[int, str]:
        """Where the schemas of messages and parameters stand, so that an error tells its place in the document."""
        found: dict[int, str] = {}
        todo: list[tuple[str, Any]] = [(f"{_uri(file)}#", data) for file, data in self._ready.items()]
        while todo:
            place, node = todo.pop()
            if isinstance(node, dict):
                for key in ("schema", "itemSchema"):
                    if isinstance(node.get(key), dict):
                        found[id(node[key])] = f"{place}/{key}"
                todo += [(f"{place}/{segment(key)}", value) for key, value in node.items()]
            elif isinstance(node, list):
                todo += [(f"{place}/{index}", value) for index, value in enumerate(node)]
        return found

    @cached_property
    def schemes(self) -> dict[str, Json]:
        """The security schemes by name."""
        components = self.data.get("components")
        found = self.data.get("securityDefinitions") or _of(components, "securitySchemes")
        return {key: one for key, said in _dict(found) if isinstance(one := self.resolve(said), dict)}

    @cached_property
    def operations(self) -> dict[tuple[str, str], Operation]:
        """All operations by path and verb, the verb in lower case."""
        paths = self.data.get("paths")
        found = {}
        for path, item in (paths if isinstance(paths, dict) else {}).items():
            item = self.resolve(item)
            if str(path).startswith("x-") or not isinstance(item, dict):
                continue
            more = item.get("additionalOperations")
            verbs = {**{verb: item[verb] for verb in VERBS if verb in item}, **(more if isinstance(more, dict) else {})}
            for verb, said in verbs.items():
                said = self.resolve(said)
                if isinstance(said, dict):
                    found[path, verb.lower()] = self._operation(path, verb, item, said)
        return found

    def _operation(self, path: str, verb: str, item: Json, said: Json) -> Operation:
        parameters: dict[tuple[Any, Any], Json] = {}
        for one in [*_list(item.get("parameters")), *_list(said.get("parameters"))]:
            one = self.resolve(one)
            if isinstance(one, dict) and isinstance(one.get("name", ""), str):
                parameters[one.get("name", ""), one.get("in")] = {"name": "", **one}
        body, required = dialect.body(self, said, list(parameters.values()))
        return Operation(
            verb=verb.upper(),
            path=path,
            parameters=tuple(dialect.parameter(self, one) for one in parameters.values() if _is_parameter(one)),
            body=body,
            body_required=required,
            answers={str(status): dialect.answer(self, said, one) for status, one in _dict(said.get("responses"))},
            security=self._security(said),
            bases=tuple(self._bases(said, item)),
        )

    def _security(self, said: Json) -> tuple[frozenset[str], ...]:
        needed = [frozenset(one) for one in _list(said.get("security", self.data.get("security"))) if one is not None]
        return () if frozenset() in needed else tuple(needed)

    def _bases(self, said: Json, item: Json) -> Iterator[str]:
        if self.swagger:
            yield str(self.data.get("basePath", "")).rstrip("/")
            return
        for server in [one for holder in (said, item, self.data) for one in _list(holder.get("servers"))]:
            if isinstance(server, dict):
                url = str(server.get("url", ""))
                for name, variable in _dict(server.get("variables")):
                    default = variable.get("default", "") if isinstance(variable, dict) else ""
                    url = url.replace(f"{{{name}}}", str(default))
                yield re.sub("/{2,}", "/", urlsplit(url).path).rstrip("/")  # a variable may bring a slash of its own
        yield ""


@cache
def segment(key: str) -> str:
    """The key as one segment of an address; a document has few keys, and each a thousand times."""
    return quote(escape(key), safe="~")


def loosened(files: Mapping[str, Any]) -> Mapping[str, Any]:
    """The files read so that a value may be more than one of the alternatives of a `oneOf`."""
    return {uri: dialect.loosened(data) for uri, data in files.items()}


def opened(files: Mapping[str, Any]) -> Mapping[str, Any]:
    """The files read so that no schema closes itself against what stands beside it in an `allOf`."""
    return {uri: dialect.opened(dialect.loosened(data)) for uri, data in files.items()}


_NOTHING = object()


def _uri(file: str) -> str:
    return f"urn:{quote(file, safe='')}"


def _at(node: Any, place: str) -> Any:
    for key in place.split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and key.isdecimal() and int(key) < len(node):
            node = node[int(key)]
        elif isinstance(node, dict) and key in node:
            node = node[key]
        else:
            return _NOTHING
    return _NOTHING if node is None and place else node


_NOT_PARAMETERS = (
    "accept",
    "content-type",
    "authorization",
    "content-length",
    "transfer-encoding",
    "connection",
    "host",
)
"""Headers that OpenAPI or HTTP itself gives a value."""


def _is_parameter(one: Json) -> bool:
    """Whether it is sent outside of the body, and by the word of the document: headers without a name are not."""
    if one.get("in") == "header" and (not one["name"].strip() or one["name"].lower() in _NOT_PARAMETERS):
        return False
    return one.get("in") in ("path", "query", "header", "cookie", "querystring")


def _of(holder: Any, key: str) -> Any:
    return holder.get(key) if isinstance(holder, dict) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _refuse(uri: str) -> NoReturn:
    raise ValueError(f"{uri} is not part of the document")
