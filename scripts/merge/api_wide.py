"""What is true of the whole API: its title, servers, security and errors, read from pages about single operations."""

from __future__ import annotations

import ipaddress
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from .. import overlay
from ..problems import Problem
from ..project import Api
from .operations import Operation, Statement, responses
from .schemas import canonical
from .schemes import scheme_identity, scheme_names, schemes
from .sources import Source, best_first, mapping

SHARED_ERRORS = re.compile(r"401|403|429|5\d\d|5XX|default")
"""Statuses that have to do with the caller or the server; others, such as 404 and 409, with one operation."""

_TOP = ("externalDocs", "jsonSchemaDialect")
_Security = list[Any]


def header(sources: list[Source], api: Api) -> tuple[dict[str, Any], list[Problem]]:
    """The document's `info`, tags and other head matter, from the best source that is about the whole API.

    A rendered page's title is that of its operation, so it never names the API.
    """
    whole = [source for source in best_first(sources) if source.kind != "rendered"]
    info: dict[str, Any] = {}
    problems = []
    for source in whole:
        theirs = mapping(source.document.get("info"))
        for key in ("title", "version"):
            if theirs.get(key) in (None, info.get(key)) or key not in info:
                continue
            what = f"The API's {key} is {theirs[key]!r} here and {info[key]!r} on {whole[0].page}."
            fix = "Nothing is to be done unless it is wrong; then correct it in an overlay action."
            problems.append(source.problem(f"/info/{key}", what, fix, f"{whole[0].page} is newer or more exact."))
        info = theirs | info
    head: dict[str, Any] = {"info": {"title": f"{api.plain_client} API", "version": ""} | info}
    for key in _TOP:
        stated = [source.document[key] for source in whole if key in source.document]
        if stated:
            head[key] = stated[0]
    tags = _tags(whole)
    return head | ({"tags": tags} if tags else {}), problems


def _tags(sources: list[Source]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for source in sources:
        stated = source.document.get("tags")
        for tag in stated if isinstance(stated, list) else []:
            if isinstance(tag, dict) and isinstance(tag.get("name"), str):
                found[tag["name"]] = tag | found.get(tag["name"], {})
    return [found[name] for name in sorted(found)]


# Security


def stated_security(statement: Statement, names: dict[str, str]) -> _Security | None:
    """What a source says an operation requires, by the merged document's names; None if it is silent."""
    source = statement.source
    stated = statement.operation.get("security", source.document.get("security"))
    if stated is None and source.kind == "document" and _mentions_security(source):
        stated = []  # a document that secures other operations left this one open on purpose
    if not isinstance(stated, list):
        return None
    own = {name: names[scheme_identity(scheme)] for name, scheme in schemes(source).items()}
    return [{own.get(name, name): scopes for name, scopes in mapping(choice).items()} for choice in stated]


def _mentions_security(source: Source) -> bool:
    items = mapping(source.document.get("paths")).values()
    return any("security" in mapping(part) for item in items for part in mapping(item).values())


class Security:
    """What each operation requires, after all pages were heard."""

    def __init__(self, operations: list[Operation], sources: list[Source]) -> None:
        self.names = scheme_names(sources)
        self.common, self.place = self._most_common(operations)

    def _most_common(self, operations: list[Operation]) -> tuple[_Security | None, str]:
        """What most operations of the newest pages require, and where the first of them says so."""
        stated: list[tuple[Statement, _Security]] = []
        for operation in operations:
            for statement in (operation.best, *operation.peers, *operation.history):
                security = stated_security(statement, self.names)
                if security:
                    stated.append((statement, security))
        if not stated:
            return None, ""
        newest = max(statement.source.weight[:2] for statement, _ in stated)
        current = [(s, security) for s, security in stated if s.source.weight[:2] == newest]
        counts = Counter(json.dumps(security, sort_keys=True) for _, security in current)
        winner = min(counts, key=lambda text: (-counts[text], text))
        security = json.loads(winner)
        first = best_first_statements([statement for statement, required in current if required == security])[0]
        inside = first.at("security", "0") if "security" in first.operation else first.source.at("/security/0")
        return security, inside

    def of(self, operation: Operation) -> tuple[_Security | None, list[Problem]]:
        """What one operation requires; silence of its pages never makes it public."""
        for statement in (operation.best, *operation.peers):
            security = stated_security(statement, self.names)
            if security is not None:
                return security, []
        if self.common is None:
            return None, []
        best = operation.best
        names = " or ".join(" and ".join(choice) for choice in self.common if choice) or "nothing"
        what = f"The page does not say how {best} is authorised."
        fix = f"If it is public, say so in an overlay action: target: {overlay.query(*best.keys)}, with security: []."
        rule = f"What holds for the API holds for an operation whose page is silent: {names}, by {self.place}."
        return self.common, [best.problem((), what, fix, rule)]


# Servers


def _reach(url: str) -> int:
    """How well a server's URL serves a stranger: 0 anywhere, 1 only relative to the page, 2 on one network only."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return 1
    if not parts.netloc:
        return 1
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".test", ".example")):
        return 2
    try:
        return 0 if ipaddress.ip_address(host).is_global else 2
    except ValueError:
        return 0


def _servers(statement: Statement) -> list[dict[str, Any]]:
    stated = statement.operation.get("servers", statement.source.document.get("servers"))
    found = [server for server in stated if "url" in mapping(server)] if isinstance(stated, list) else []
    return sorted(found, key=lambda server: _reach(str(server["url"])))


def _urls(servers: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(str(server["url"]) for server in servers)


class Servers:
    """Where each operation is served, after all pages were heard."""

    def __init__(self, operations: list[Operation]) -> None:
        stated = [s for op in operations for s in (op.best, *op.peers, *op.history) if _servers(s)]
        self.common: list[dict[str, Any]] = []
        self.statement: Statement | None = None
        if stated:
            reach = min(map(self._first_reach, stated))
            stated = [s for s in stated if self._first_reach(s) == reach]
            newest = max(s.source.weight[:2] for s in stated)
            current = [s for s in stated if s.source.weight[:2] == newest]
            counts = Counter(_urls(_servers(s)) for s in current)
            winner = min(counts, key=lambda urls: (-counts[urls], urls))
            self.statement = best_first_statements([s for s in current if _urls(_servers(s)) == winner])[0]
            self.common = _servers(self.statement)

    @staticmethod
    def _first_reach(statement: Statement) -> int:
        return _reach(str(_servers(statement)[0]["url"]))

    def of(self, operation: Operation) -> tuple[list[dict[str, Any]], list[Problem]]:
        """Where one operation is served: its own page's server if that is real and as new as the API's."""
        best, own = operation.best, _servers(operation.best)
        if self.statement is None or not own or _urls(own) == _urls(self.common):
            return self.common, []
        what = f"{best} is served at {_urls(own)[0]!r} here, and the API at {_urls(self.common)[0]!r} by {self.place}."
        fix = "Correct it in an overlay action if that is wrong."
        if self._first_reach(best) > _reach(_urls(self.common)[0]):
            rule = "A server that anyone can reach outweighs a local or relative one; the API's holds."
            return self.common, [best.problem((), what, fix, rule)]
        if best.source.age < self.statement.source.age:
            return self.common, [best.problem((), what, fix, "The newer page holds: the API moved.")]
        rule = "Pages of one age may name a server each; the operation keeps its own."
        return own, [best.problem((), what, fix, rule)]

    @property
    def place(self) -> str:
        """Where the API's servers are stated, as text."""
        return self.statement.source.at("/servers/0") if self.statement else ""


# Errors


def shared_errors(operations: list[Operation]) -> dict[str, tuple[Statement, Any]]:
    """The error answers that all pages of the newest age which state any agree on, by status."""
    stating = [op.best for op in operations if any(map(SHARED_ERRORS.fullmatch, responses(op.best.operation)))]
    if not stating:
        return {}
    newest = max(statement.source.weight[:2] for statement in stating)
    current = [statement for statement in stating if statement.source.weight[:2] == newest]
    found: dict[str, tuple[Statement, Any]] = {}
    for statement in best_first_statements(current):
        for status, response in responses(statement.operation).items():
            if SHARED_ERRORS.fullmatch(status):
                found.setdefault(status, (statement, response))
    return {status: pair for status, pair in sorted(found.items()) if _agreed(status, pair[1], current)}


def best_first_statements(statements: list[Statement]) -> list[Statement]:
    """The statements, the most believed first."""
    by_name = sorted(statements, key=lambda statement: (statement.source.page, statement.place))
    return sorted(by_name, key=lambda statement: statement.source.weight, reverse=True)


def _agreed(status: str, response: Any, statements: list[Statement]) -> bool:
    stated = [responses(statement.operation).get(status) for statement in statements]
    return all(canonical(other) == canonical(response) for other in stated)


def missing_errors(
    operation: Operation, shared: dict[str, tuple[Statement, Any]]
) -> Iterator[tuple[str, Any, Problem]]:
    """The shared error answers that an operation's page, of a kind that cannot say or did not, leaves out."""
    best = operation.best
    if "errors" not in best.source.unstated:
        return
    for status, (statement, response) in shared.items():
        if status not in responses(best.operation):
            what = f"The page does not say what {best} answers with status {status}."
            fix = f"If it answers otherwise, say so in an overlay action: target: {overlay.query(*best.keys)}."
            rule = f"All newest pages with errors agree on it, so it is as on {statement.at('responses', status)}."
            yield status, response, best.problem((), what, fix, rule)
