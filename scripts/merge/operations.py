"""Chooses, for each operation, the page that is believed, and fills what it leaves unsaid from its peers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from .. import overlay
from ..documents import pointer
from ..problems import Problem
from .components import Conflict, decide_by_overlay, reason
from .schemas import same
from .sources import METHODS, Source, best_first, mapping

FILLED = ("operationId", "summary", "description", "tags", "externalDocs", "deprecated")
"""What a page of the same age may add to an operation without contradicting anything."""

ASSUMED_STATUS = "200"
"""The status of a success whose page names none: by far the most common one."""

SECTIONS = ("paths", "webhooks")


@dataclass(frozen=True)
class Statement:
    """What one source says about one operation."""

    source: Source
    section: str
    path: str
    method: str
    operation: dict[str, Any]
    """With the parameters and servers of its path item moved in."""
    place: str
    """JSON pointer of the operation in the source."""

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for two statements about one operation, whatever its path parameters are called."""
        return self.section, re.sub(r"\{[^{}]*\}", "{}", self.path), self.method

    @property
    def keys(self) -> tuple[str, str, str]:
        """Where the operation stands in the merged document."""
        return self.section, self.path, self.method

    def at(self, *inside: str) -> str:
        """The page and line of a part of the operation, as text."""
        return self.source.at(self.place + pointer(*inside))

    def problem(self, inside: tuple[str, ...], what: str, fix: str, settled: str | None = None) -> Problem:
        """A problem with a part of the operation."""
        return self.source.problem(self.place + pointer(*inside), what, fix, settled)


@dataclass(frozen=True)
class Operation:
    """One operation, and everything that was said about it."""

    best: Statement
    peers: tuple[Statement, ...]
    """Of the same age, the most exact first."""
    history: tuple[Statement, ...]
    """Of older pages, and of pages that are gone."""


def statements(source: Source) -> Iterator[Statement]:
    """Every operation that a source describes."""
    for section in SECTIONS:
        for path, item in mapping(source.document.get(section)).items():
            for method in METHODS:
                operation = mapping(item).get(method)
                if isinstance(operation, dict):
                    place = pointer(section, path, method)
                    yield Statement(source, section, path, method, _with_item(operation, item), place)


def _with_item(operation: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    """The operation with what its path item says for all its operations.

    Before: {parameters: [{name: id, in: path}], get: {summary: Read}}
    After:  {summary: Read, parameters: [{name: id, in: path}]}
    """
    own = parameters(operation)
    shared = [parameter for parameter in parameters(item) if _name(parameter) not in map(_name, own)]
    result = dict(operation)
    if shared:
        result["parameters"] = [*shared, *own]
    if "servers" in item:
        result.setdefault("servers", item["servers"])
    return result


def parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of an operation or path item that are mappings."""
    found = operation.get("parameters")
    return [parameter for parameter in found if isinstance(parameter, dict)] if isinstance(found, list) else []


def responses(operation: dict[str, Any]) -> dict[str, Any]:
    """The responses of an operation by status."""
    return mapping(operation.get("responses"))


def _name(parameter: dict[str, Any]) -> tuple[str, str]:
    return str(parameter.get("in", "")), str(parameter.get("name", parameter.get("$ref", "")))


def group(sources: list[Source]) -> list[Operation]:
    """Each operation once, by path and then by the usual order of methods."""
    found: dict[tuple[str, str, str], list[Statement]] = {}
    for source in best_first(sources):
        for statement in statements(source):
            found.setdefault(statement.key, []).append(statement)
    operations = [_ranked(found[key]) for key in found]
    return sorted(operations, key=lambda op: (op.best.section, op.best.path, METHODS.index(op.best.method)))


def _ranked(found: list[Statement]) -> Operation:
    best, others = found[0], found[1:]
    current = tuple(other for other in others if other.source.weight[:2] == best.source.weight[:2])
    return Operation(best, current, tuple(others[len(current) :]))


def history(operation: Operation) -> Iterator[Problem]:
    """One settled problem for each page that another outweighs, and for an operation whose pages are all gone."""
    best = operation.best
    for other in (*operation.peers, *operation.history):
        if other.source.weight == best.source.weight:
            continue
        what = f"{other} is also described on {best.at()}."
        keep = "kept as history" if other in operation.history else "used for what the other leaves unsaid"
        rule = f"{reason(best.source, other.source)} This page is {keep}."
        yield other.problem((), what, "Nothing is to be done unless the other page is wrong.", rule)
    if best.source.gone:
        rule = "It is kept: a page may move or fail to load while the API works, and a lost method breaks programs."
        fix = f"If it was removed from the API, say so in an overlay action: {_removal(best)}."
        yield best.problem((), f"{best} is described on no page that is still there.", fix, rule)


def _removal(statement: Statement) -> str:
    return f"target: {overlay.query(*statement.keys)}, remove: true"


def respell(operations: list[Operation]) -> tuple[list[Operation], list[Problem]]:
    """The operations with one spelling of each path, that of the best page; two spellings would be two paths.

    Before: GET /pets/{id} on a new page, DELETE /pets/{pet_id} on an older one
    After:  GET /pets/{id}, DELETE /pets/{id}
    """
    spellings: dict[tuple[str, str], Statement] = {}
    for operation in sorted(operations, key=lambda op: op.best.source.weight, reverse=True):
        spellings.setdefault(operation.best.key[:2], operation.best)
    result, problems = [], []
    for operation in operations:
        model = spellings[operation.best.key[:2]]
        best = _respelled(operation.best, model.path)
        if best.path != operation.best.path:
            what = f"The path of {operation.best} is written {model.path} on {model.at()}."
            rule = "Both are one path; the spelling of the newer page is used for its parameters."
            problems.append(best.problem((), what, "Nothing is to be done: the names never reach the server.", rule))
        peers = tuple(_respelled(peer, best.path) for peer in operation.peers)
        result.append(replace(operation, best=best, peers=peers))
    return result, problems


def _respelled(statement: Statement, path: str) -> Statement:
    names = dict(zip(re.findall(r"\{([^{}]*)\}", statement.path), re.findall(r"\{([^{}]*)\}", path), strict=True))
    own = {parameter.get("name") for parameter in parameters(statement.operation) if parameter.get("in") == "path"}
    if not names.keys() <= own:
        return statement
    renamed = [
        parameter | {"name": names[parameter["name"]]} if parameter.get("in") == "path" else parameter
        for parameter in parameters(statement.operation)
    ]
    return replace(statement, path=path, operation=statement.operation | ({"parameters": renamed} if renamed else {}))


def with_status(operation: Operation, others: list[Operation]) -> tuple[Operation, list[Problem]]:
    """The operation with a status for a success whose page names none.

    Before: responses: {2XX: {description: Default Response}}
    After:  responses: {'200': {description: Default Response}}
    """
    best = operation.best
    if not _status_is_open(best):
        return operation, []
    stated = [(status, peer) for peer in operation.peers for status in _successes(peer)]
    if len({status for status, _ in stated}) == 1:
        status, peer = stated[0]
        rule = f"{status}, as {peer.at('responses', status)} says of the same operation."
    else:
        status = ASSUMED_STATUS
        rule = _rule_for_assumed(best, others)
    what = f"The page does not say with which status {best} succeeds."
    fix = "If it is another, say so in an overlay action; the client takes any 2xx in any case."
    problem = best.problem(("responses",), what, fix, rule)
    peers = tuple(_renamed(peer, status) if _status_is_open(peer) else peer for peer in operation.peers)
    return replace(operation, best=_renamed(best, status), peers=peers), [problem]


def _status_is_open(statement: Statement) -> bool:
    return "status" in statement.source.unstated and "2XX" in responses(statement.operation)


def _successes(statement: Statement) -> list[str]:
    return [status for status in responses(statement.operation) if re.fullmatch(r"2\d\d", status)]


def _rule_for_assumed(best: Statement, others: list[Operation]) -> str:
    words = mapping(responses(best.operation)["2XX"]).get("description")
    for other in others:
        stated = mapping(responses(other.best.operation).get(ASSUMED_STATUS))
        if words and stated.get("description") == words and other.best.source.age == best.source.age:
            place = other.best.at("responses", ASSUMED_STATUS)
            return f"{ASSUMED_STATUS}, as {place}, a page of the same age, gives it to a {words!r}."
    return f"{ASSUMED_STATUS} by convention: no page of the same age gives a status to a success in these words."


def _renamed(statement: Statement, status: str) -> Statement:
    answers = responses(statement.operation)
    if status in answers:
        return statement
    renamed = {status if key == "2XX" else key: answer for key, answer in answers.items()}
    return replace(statement, operation=statement.operation | {"responses": renamed})


@dataclass(frozen=True)
class Filled:
    """An operation that holds what all its pages of one age say."""

    operation: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def fill(operation: Operation) -> Filled:
    """The best statement, completed from its peers."""
    best = operation.best
    result = dict(best.operation)
    problems: list[Problem] = []
    conflicts: list[Conflict] = []
    for peer in operation.peers:
        for key in FILLED:
            if key in peer.operation and key not in result:
                result[key] = peer.operation[key]
        equals = peer.source.weight == best.source.weight
        if equals or "errors" in best.source.unstated:
            more = {s: r for s, r in responses(peer.operation).items() if equals or not s.startswith("2")}
            result["responses"] = responses(result) | {s: r for s, r in more.items() if s not in responses(result)}
        if equals:
            result, found = _with_parts(result, peer)
            problems += found
            conflicts += _contradictions(best, peer)
        if "parameters" in result:
            result["parameters"] = [_described(own, peer) for own in parameters(result)]
    return Filled(result, tuple(problems), tuple(conflicts))


def _described(parameter: dict[str, Any], peer: Statement) -> dict[str, Any]:
    """The parameter, with the peer's description if it has none."""
    for other in parameters(peer.operation):
        if _name(other) == _name(parameter) and "$ref" not in parameter and "description" in other:
            return {"description": other["description"]} | parameter
    return parameter


def _with_parts(result: dict[str, Any], peer: Statement) -> tuple[dict[str, Any], list[Problem]]:
    """The operation with the parameters and the body that only a peer of equal weight has."""
    own = parameters(result)
    more = [parameter for parameter in parameters(peer.operation) if _name(parameter) not in map(_name, own)]
    added = [f"the {'.'.join(_name(parameter))} parameter" for parameter in more]
    if more:
        result = result | {"parameters": [*own, *more]}
    if "requestBody" in peer.operation and "requestBody" not in result:
        result = result | {"requestBody": peer.operation["requestBody"]}
        added.append("the request body")
    rule = "It is taken: what one page says and another leaves out is no contradiction."
    fix = "If it is wrong, remove it in an overlay action."
    what = "A page of the same age and kind leaves out {}."
    return result, [peer.problem((), what.format(part), fix, rule) for part in added]


def _contradictions(best: Statement, peer: Statement) -> Iterator[Conflict]:
    """What two pages of equal weight say differently about one operation."""
    theirs = _parts(peer)
    for name, (inside, part) in _parts(best).items():
        if name in theirs and not same(part, theirs[name][1]):
            place, other = map(str, inside), map(str, theirs[name][0])
            what = f"{best} contradicts {best.at(*place)}, a page of the same age and kind, in {name}."
            keys = (*best.keys, *inside)
            yield Conflict(pointer(*keys), peer.problem(tuple(other), what, decide_by_overlay(*keys)))


def _parts(statement: Statement) -> dict[str, tuple[tuple[str | int, ...], Any]]:
    """What can be contradicted: by its name for a reader, its place in the operation, and itself."""
    operation = statement.operation
    parts: dict[str, tuple[tuple[str | int, ...], Any]] = {}
    for key, name in (("requestBody", "the request body"), ("security", "the security")):
        if key in operation:
            parts[name] = (key,), operation[key]
    for status, response in responses(operation).items():
        parts[f"the response {status}"] = ("responses", status), response
    for index, parameter in enumerate(parameters(operation)):
        parts[f"the parameter {'.'.join(_name(parameter))}"] = ("parameters", index), parameter
    return parts
