"""Builds the one document out of the chosen operations and components."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..documents import pointer
from ..problems import BadInput, Problem
from ..project import Api
from . import operations as ops
from .api_wide import Security, Servers, header, missing_errors, shared_errors
from .components import Component, Conflict, Key, choose, reachable, several
from .dialect import unified
from .disagreements import disagreements
from .models import models, outdated_requests, recognise
from .operations import Operation
from .samples import completed
from .sources import METHODS, Source, mapping


@dataclass(frozen=True)
class Merged:
    """The merged document before its corrections, and every judgement made on the way."""

    document: dict[str, Any]
    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...]
    operations: int
    models: int
    pages: int


def merged(sources: list[Source], api: Api) -> Merged:
    """The one document that all sources amount to, the same for every order of the sources.

    Raises:
        BadInput: The sources cannot be put into one document at all.
    """
    _refuse_unreadable(sources)
    version, sources = unified(sources)
    components = choose(sources)
    found = ops.group(sources)
    problems = [problem for operation in found for problem in ops.history(operation)]
    problems += [problem for operation in found for problem in disagreements(operation)]
    found, more = _prepared(found, components)
    problems += more
    head, more = header(sources, api)
    problems += more
    body = _Body(found, sources)
    for operation in found:
        body.add(operation, components)
    statements = [operation.best for operation in found]
    problems += [*body.problems, *outdated_requests(statements, components)]
    needed = reachable([body.sections], components) | body.schemes(components)
    chosen = {key: components[key] for key in sorted(needed)}
    problems += [problem for component in chosen.values() for problem in component.problems]
    problems += _bare_ids(chosen)
    conflicts = [*body.conflicts, *(conflict for component in chosen.values() for conflict in component.conflicts)]
    document = {"openapi": version} | head | body.head() | {"paths": {}} | body.sections | _sections(chosen)
    count = len([key for key in chosen if key[0] == "schemas"])
    pages = len({source.page for source in sources})
    return Merged(document, tuple(dict.fromkeys(problems)), tuple(conflicts), len(found), count, pages)


def _refuse_unreadable(sources: list[Source]) -> None:
    """Raises BadInput for path items whose operations cannot be compared with those of other sources."""
    reasons = {
        "$ref": "The path item stands elsewhere, by a $ref, so it cannot be merged with other sources.",
        "additionalOperations": "The path item has methods of its own, which cannot be merged with other sources.",
    }
    fix = "Bundle the document into one file without them, or make it the only source."
    problems = [
        source.problem(pointer(section, path, key), what, fix)
        for source in sources
        for section in ops.SECTIONS
        for path, item in mapping(source.document.get(section)).items()
        for key, what in reasons.items()
        if key in mapping(item)
    ]
    if problems:
        raise BadInput(problems)


def _prepared(found: list[Operation], components: dict[Key, Component]) -> tuple[list[Operation], list[Problem]]:
    """The operations with one spelling of paths, models for unnamed objects, and a status for every success."""
    found, problems = ops.respell(found)
    typed = [completed(operation) for operation in found]
    found = [operation for operation, _ in typed]
    problems += [problem for _, judged in typed for problem in judged]
    known = models([statement for op in found for statement in (op.best, *op.peers)], components)
    named = []
    for operation in found:
        best, judged = recognise(operation.best, known)
        peers = tuple(recognise(peer, known)[0] for peer in operation.peers)
        named.append(replace(operation, best=best, peers=peers))
        problems += judged
    result = []
    for operation in named:
        done, judged = ops.with_status(operation, named)
        result.append(done)
        problems += judged
    return result, problems


class _Body:
    """The paths and webhooks, growing by one operation at a time."""

    def __init__(self, operations: list[Operation], sources: list[Source]) -> None:
        self.security = Security(operations, sources)
        self.servers = Servers(operations)
        self.errors = shared_errors(operations)
        self.sections: dict[str, dict[str, Any]] = {}
        self.problems: list[Problem] = []
        self.conflicts: list[Conflict] = []
        self.required: list[Any] = [self.security.common]

    def head(self) -> dict[str, Any]:
        """The servers and the security of the whole API."""
        head = {"servers": self.servers.common, "security": self.security.common}
        return {key: value for key, value in head.items() if value}

    def add(self, operation: Operation, components: dict[Key, Component]) -> None:
        """Adds one operation with all that its pages and the API's other pages say about it."""
        filled = ops.fill(operation)
        self.problems += filled.problems
        self.conflicts += filled.conflicts
        result = {key: value for key, value in filled.operation.items() if key not in ("security", "servers")}
        answers = dict(ops.responses(result))
        for status, response, problem in missing_errors(operation, self.errors):
            if status not in answers:
                answers[status] = response
                self.problems.append(problem)
        result |= {"responses": answers} if answers else {}
        result |= self._access(operation)
        section, path, method = operation.best.keys
        item = self.sections.setdefault(section, {}).setdefault(path, {})
        item[method] = {"x-source": operation.best.at()} | result

    def _access(self, operation: Operation) -> dict[str, Any]:
        """The operation's security and servers where they differ from the whole API's."""
        security, judged = self.security.of(operation)
        servers, more = self.servers.of(operation)
        self.problems += [*judged, *more]
        self.required.append(security)
        own: dict[str, Any] = {}
        if security is not None and security != self.security.common:
            own["security"] = security
        if servers != self.servers.common:
            own["servers"] = servers
        return own

    def schemes(self, components: dict[Key, Component]) -> set[Key]:
        """The security schemes that some operation requires."""
        names = {name for security in self.required for choice in security or () for name in choice}
        return {("securitySchemes", name) for name in names} & components.keys()


def _sections(chosen: dict[Key, Component]) -> dict[str, Any]:
    """The document's `components`, each saying where it was read."""
    sections: dict[str, Any] = {}
    for key, component in chosen.items():
        definition = component.definition
        if isinstance(definition, dict):
            definition = {"x-source": component.line(key)} | definition
            if _is_bare_fragment(definition.get("$id")):
                del definition["$id"]
        sections.setdefault(key[0], {})[key[1]] = definition
    return {"components": sections} if sections else {}


def _is_bare_fragment(identifier: Any) -> bool:
    return isinstance(identifier, str) and identifier.startswith("#")


def _bare_ids(chosen: dict[Key, Component]) -> Iterator[Problem]:
    """One settled problem for all components whose `$id` JSON Schema forbids: it may not be a mere fragment.

    Before: {$id: '#/components/schemas/AgentInput', type: object}
    After:  {type: object}
    """
    found = [key for key, component in chosen.items() if _is_bare_fragment(mapping(component.definition).get("$id"))]
    if found:
        first = chosen[found[0]].source
        what = f"The `$id` of {several([name for _, name in found])} is a mere fragment, which JSON Schema forbids."
        rule = "It is left out, and the component keeps its name: references go by that."
        yield first.problem(pointer("components", *found[0], "$id"), what, "Nothing is to be done.", rule)


def with_sources(data: dict[str, Any], page: str, line: Callable[[str], int | None]) -> dict[str, Any]:
    """A whole document with `x-source` on its operations and components."""

    def marked(value: Any, *keys: str) -> Any:
        found = line(pointer(*keys))
        return {"x-source": f"{page}:{found}"} | value if isinstance(value, dict) else value

    result = dict(data)
    for section in ops.SECTIONS:
        if isinstance(data.get(section), dict):
            result[section] = {
                path: {k: marked(v, section, path, k) if k in METHODS else v for k, v in item.items()}
                if isinstance(item, dict)
                else item
                for path, item in data[section].items()
            }
    if isinstance(data.get("definitions"), dict):
        result["definitions"] = {name: marked(v, "definitions", name) for name, v in data["definitions"].items()}
    if isinstance(mapping(data.get("components")).get("schemas"), dict):
        schemas = data["components"]["schemas"]
        named = {name: marked(value, "components", "schemas", name) for name, value in schemas.items()}
        result["components"] = data["components"] | {"schemas": named}
    return result
