"""Which operation a captured request was for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit, urlunsplit

from .calls import path_values
from .capture import Exchange, Skipped
from .catalog import Catalog, Operation


@dataclass(frozen=True)
class Matcher:
    """The operations by their addresses.

    `servers` are URLs of more servers of the same API, such as a staging one.
    """

    catalog: Catalog
    servers: tuple[str, ...] = ()

    def match(self, exchange: Exchange) -> Operation | Skipped:
        """The operation of an exchange, or why there is none; of several the one with the most fixed path."""
        try:
            parts = urlsplit(exchange.url)
            host = parts.hostname or ""
            exchange.url.encode()
        except ValueError:
            return Skipped(exchange.number, "its address is no URL", harmless=False)
        fitting = [one for one in self._at(exchange.url) if one.plan.verb == exchange.method]
        if fitting:
            return max(fitting, key=lambda one: (_fixed(one), one.id))
        if not self._below(exchange.url):
            return Skipped(exchange.number, f"of another origin, {host}"[:120])
        if exchange.method == "OPTIONS":
            return Skipped(exchange.number, "a browser's question before a call (OPTIONS)")
        why = f"no operation is documented for {exchange.method} {self._shown(parts.path)}"
        return Skipped(exchange.number, why, harmless=False)

    @cached_property
    def _servers(self) -> tuple[str, ...]:
        """The documented servers."""
        return tuple({one.server: None for one in self.catalog.operations.values()})

    def _below(self, url: str) -> dict[str, str]:
        """The paths that an address may have below each documented server."""
        found: dict[str, str] = {}
        for documented in self._servers:
            for base in (documented, *self.servers):
                path = _path_below(base.rstrip("/"), url)
                if path is not None:
                    found.setdefault(documented, path)
        return found

    def _at(self, url: str) -> list[Operation]:
        """The operations that are at this address, on one of their servers, whatever the verb."""
        below = self._below(url)
        known = (one for one in self.catalog.operations.values() if one.server in below)
        return [one for one in known if path_values(one, one.base + below[one.server]) is not None]

    def address(self, operation: Operation, url: str) -> str:
        """The address on the operation's documented server; an address that is not the operation's stays."""
        path = self._below(url).get(operation.server)
        if path is None:
            return url
        base = urlsplit(operation.server)
        return urlunsplit((base.scheme, base.netloc, operation.base + path, urlsplit(url).query, ""))

    def _shown(self, path: str) -> str:
        """The path with nothing in it but words that documents know: it may hold what is private."""
        known = {part for one in self.catalog.operations.values() for part in (one.base + one.template).split("/")}
        return "/".join(part if part in known else "…" for part in path.split("/"))


def _path_below(base: str, url: str) -> str | None:
    """The path of a URL below a base URL; schemes count as one, and default ports as none."""
    left, right = urlsplit(base), urlsplit(url)
    try:
        same = (left.hostname, _port(left.port)) == (right.hostname, _port(right.port))
    except ValueError:
        return None
    under = right.path == left.path or right.path.startswith(left.path.rstrip("/") + "/")
    return right.path[len(left.path.rstrip("/")) :] if same and under else None


def _port(port: int | None) -> int | None:
    return None if port in (80, 443) else port


def _fixed(operation: Operation) -> tuple[int, int]:
    """How much of the path is fixed: parts first, then characters."""
    parts = operation.template.split("/")
    return sum("{" not in part for part in parts), sum(len(part.partition("{")[0]) for part in parts)
