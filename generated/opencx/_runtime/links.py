# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Links that an answer gives: read from a header, and only followed to where the call itself may go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from .errors import PaginationError
from .exchange import origin
from .values import Value

_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w!#$&+\-.^`|~*]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^",;\s]*))?)*)')
_PARAMETER = re.compile(r';\s*([\w!#$&+\-.^`|~*]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^",;\s]*)))?')
_MOST_READ = 16_384


def next_link(header: str) -> str:
    """The target of the link with the relation `next` in a `Link` header (RFC 8288); empty if there is none."""
    for target, parameters in _LINK.findall(header[:_MOST_READ]):
        for name, quoted, plain in _PARAMETER.findall(parameters):
            if name.lower() == "rel":
                if "next" in (quoted or plain).lower().split():
                    return str(target).strip()
                break  # a second `rel` does not count
    return ""


class Target(Value):
    """Where a link leads: the server, the path below it, and the query's values by their names."""

    server: str
    path: str
    query: dict[str, list[str]]


def resolve(link: str, asked: str, base: str, declared: str, secrets: Iterable[str]) -> Target:
    """Where a link leads, at the server of `base`; `asked` is the URL that it came from.

    A link to `declared`, where the API says it is, leads to the same place below `base`, where the user says it is.
    Values named in `secrets` are left out: each request gets its own. Raises `PaginationError` for any other origin.
    """
    try:
        target = urljoin(asked, link)
        parts = urlsplit(target)
        query = parse_qs(parts.query, keep_blank_values=True)
    except ValueError:
        raise PaginationError("the link to the next page is no URL") from None
    home, path = _home(base), parts.path or "/"
    if origin(target) == origin(declared) != origin(base):
        path = urlsplit(base).path + path.removeprefix(urlsplit(declared).path.rstrip("/"))
    elif origin(target) != origin(base):
        scheme, host, port = origin(target)
        raise PaginationError(
            f"the link to the next page leads to another origin, {scheme}://{host}:{port}, which may not have the "
            "credentials; if that is where the API is, pass it as `base_url`"
        )
    for name in secrets:
        query.pop(name, None)
    return Target(home, quote(path, safe="/%:@!$&'()*+,;=~"), query)


def moved(server: str, declared: str, base: str) -> str:
    """Where a server is whose neighbour `declared` is at `base`: it keeps its own path.

    `https://a.test/v2` is at `http://b.test/proxy/v2` if `https://a.test/v1` is at `http://b.test/proxy/v1`.
    """
    own, usual = urlsplit(server).path.rstrip("/"), urlsplit(declared).path.rstrip("/")
    if f"{own}/".startswith(f"{usual}/"):
        return base + own[len(usual) :]
    return _home(base) + urlsplit(base).path.rstrip("/").removesuffix(usual) + own


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
