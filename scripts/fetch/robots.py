"""What a site's robots.txt allows, by RFC 9309: the most specific rule wins, `*` and a final `$` are wildcards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

MAX_CHARS = 500 * 1024
"""How much of the file is read; the standard asks for this much at least."""


@dataclass(frozen=True)
class Robots:
    """The rules that concern one user agent."""

    rules: tuple[tuple[bool, str], ...] = ()
    """Whether a path pattern is allowed."""
    delay: float = 0.0
    """Seconds between two requests that the site asks for."""

    def allows(self, path: str) -> bool:
        """Whether the path (with its query) may be fetched."""
        path = _normal(path)
        matching = [(len(pattern), allowed) for allowed, pattern in self.rules if _matches(pattern, path)]
        return max(matching, default=(0, True))[1]


def parse(text: str, agent: str) -> Robots:
    """The rules for a user agent's product name; those for `*` when none name it."""
    groups = list(_groups(text[:MAX_CHARS]))
    own = [lines for agents, lines in groups if agent.lower() in agents]
    chosen = own or [lines for agents, lines in groups if "*" in agents]
    rules, delay = [], 0.0
    for key, value in (line for lines in chosen for line in lines):
        if key == "crawl-delay":
            delay = max(delay, _seconds(value))
        elif value:
            rules.append((key == "allow", _normal(value)))
    return Robots(tuple(rules), delay)


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    agents: set[str] = set()
    lines: list[tuple[str, str]] = []
    for raw in text.removeprefix("\ufeff").splitlines():
        key, colon, value = raw.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if colon and key == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = set(), []
            agents.add(value.partition("/")[0].strip().lower())
        elif agents and key in ("allow", "disallow", "crawl-delay"):
            lines.append((key, value))
    yield agents, lines


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if 0 <= seconds < float("inf") else 0.0


def _normal(path: str) -> str:
    """The path with one spelling for each character, so that `%61` and `a` are the same."""
    return quote(unquote(path), safe="/*$?&=+;:,@!'()~")


def _matches(pattern: str, path: str) -> bool:
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    for part in rest[:-1]:
        position = path.find(part, position)
        if position < 0:
            return False
        position += len(part)
    if not rest:
        return not anchored or position == len(path)
    if anchored:
        return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= position
    return path.find(rest[-1], position) >= 0
