"""The settings of one API: `spec/api.toml`, written by a person."""

from __future__ import annotations

import keyword
import re
import sys
import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from .problems import BadInput, Problem
from .tree import Tree

FILE = "spec/api.toml"
RELEASED = "spec/released"
"""The folder of what was released last."""

_FILES = re.compile(r"(spec/)?pages/")

_MADE = frozenset({"merged.yaml", "openapi.yaml", "names.lock", "names.toml", "overlay.yaml", "api.toml"})
"""Files of `spec/` that have a meaning of their own, so none can be a document."""
_NEEDED_TEXT = """
anyio attr attrs certifi h11 httpcore httpx idna msgspec pytest typing_extensions
"""
_NEEDED = frozenset(_NEEDED_TEXT.split())
"""Packages that a generated one needs, as its users install it."""
_TABLES: dict[str, dict[str, type]] = {
    "package": {"name": str, "client": str, "version": str, "summary": str, "repository": str, "license": str},
    "environment": {"base_url": str, "credentials": dict, "client_id": str, "client_secret": str},
    "oauth": {"token_url": str, "scopes": list, "client_auth": str},
    "pagination": {},
    "recordings": {"headers": list, "fields": list},
    "sources": {"index": str, "include": list, "exclude": list, "documents": list, "delay": float},
}


@dataclass(frozen=True)
class Api:
    """What a person says about one API."""

    package: str
    """The import name of the generated package."""
    client: str
    """The name of the synchronous client class; empty where `name` is to make it of the title."""
    version: str
    """The version of the generated package."""
    summary: str = ""
    """One line about the package, for its metadata."""
    repository: str = ""
    """URL of the repository that the package is made in, if any."""
    license: str = ""
    """The SPDX expression of the generated package's licence, if any."""
    base_url_variable: str = ""
    """The environment variable that overrides the server's URL."""
    credential_variables: dict[str, str] = field(default_factory=dict)
    """Environment variable by security scheme; a scheme without one gets `<PACKAGE>_<SCHEME>`."""
    client_variables: tuple[str, str] = ("", "")
    """Environment variables of the OAuth client's name and secret; empty: `<PACKAGE>_CLIENT_ID`, `…_SECRET`."""
    token_url: str = ""
    """Where the client gets OAuth tokens, if the document says nothing or the wrong thing: a URL or a path."""
    scopes: tuple[str, ...] = ()
    """The OAuth scopes that the client asks for."""
    client_auth: str = ""
    """Where name and secret stand in the request for a token: `basic` (a header) or `body`."""
    pagination: dict[str, Any] = field(default_factory=dict)
    """By operation what `generate/page_settings.py` reads: how it pages, where that is not inferred, or false."""
    kept_headers: tuple[str, ...] = ()
    """Response headers that recordings keep besides the usual ones."""
    kept_fields: tuple[str, ...] = ()
    """Fields whose values recordings keep as they are: names (`status`), or ends of paths (`error.code`)."""
    index: str = ""
    """URL of the documentation's `llms.txt`."""
    include: tuple[str, ...] = ("*",)
    """Patterns of page URLs to fetch."""
    exclude: tuple[str, ...] = ()
    """Patterns of page URLs not to fetch, and of files below `spec/` whose pages are not read: `pages/a.txt`."""
    documents: tuple[str, ...] = ()
    """Files below `spec/` that are whole OpenAPI documents; each may refer to other files beside it."""
    delay: float = 1.0
    """Seconds between two requests to the documentation site."""

    @property
    def plain_client(self) -> str:
        """The name of the client class as far as no document is asked."""
        return self.client or "".join(part.title() for part in self.package.split("_"))

    def wants(self, url: str) -> bool:
        """Whether the page at this address is included, and not excluded."""
        included = any(fnmatchcase(url, pattern) for pattern in self.include)
        return included and not any(fnmatchcase(url, pattern) for pattern in self.exclude)

    def reads(self, file: str, url: str) -> bool:
        """Whether the page in this file is read; `url` is empty when it came without an address.

        A pattern is about files when it begins like one, so `*/pages/*` stays a pattern of addresses.
        """
        patterns = (f"spec/{one.removeprefix('spec/')}" for one in self.exclude if _FILES.match(one))
        excluded = any(fnmatchcase(file, pattern) for pattern in patterns)
        return not excluded and (not url or self.wants(url))


def load(tree: Tree) -> Api:
    """The project's settings.

    Raises:
        BadInput: The file is missing, is not TOML, or says something unknown or unusable.
    """
    text = tree.text(FILE)
    tables = _tables(text)
    problems = _unknown(tables, text)
    api = _settings({table: _typed(table, values) for table, values in tables.items()})
    lines = {problem.line for problem in problems}
    problems += [problem for problem in _unusable(api, text) if problem.line is None or problem.line not in lines]
    if problems:
        raise BadInput(problems)
    return api


def _tables(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise BadInput(Problem(FILE, f"This is not TOML: {error}.", "Correct the line.", line)) from None


def _settings(tables: dict[str, dict[str, Any]]) -> Api:
    package, environment, sources, oauth, kept = (
        tables.get(name, {}) for name in ("package", "environment", "sources", "oauth", "recordings")
    )
    name = package.get("name", "")
    return Api(
        package=name,
        client=package.get("client", ""),
        version=package.get("version", "0.1.0"),
        summary=package.get("summary", ""),
        repository=package.get("repository", ""),
        license=package.get("license", ""),
        base_url_variable=environment.get("base_url", f"{name.upper()}_BASE_URL"),
        credential_variables=environment.get("credentials", {}),
        client_variables=(environment.get("client_id", ""), environment.get("client_secret", "")),
        token_url=oauth.get("token_url", ""),
        scopes=tuple(oauth.get("scopes", [])),
        client_auth=oauth.get("client_auth", ""),
        pagination=tables.get("pagination", {}),
        kept_headers=tuple(map(str, kept.get("headers", []))),
        kept_fields=tuple(map(str, kept.get("fields", []))),
        index=sources.get("index", ""),
        include=tuple(sources.get("include", ["*"])),
        exclude=tuple(sources.get("exclude", [])),
        documents=tuple(sources.get("documents", [])),
        delay=float(sources.get("delay", 1.0)),
    )


def _line(text: str, key: str) -> int | None:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\[?\s*{re.escape(key)}\b", line):
            return number
    return None


def _unknown(tables: dict[str, Any], text: str) -> list[Problem]:
    problems = []
    for table, values in tables.items():
        if table not in _TABLES or not isinstance(values, dict):
            fix = f"Use one of the tables {', '.join(_TABLES)}."
            problems.append(Problem(FILE, f"Nothing reads [{table}].", fix, _line(text, table)))
            continue
        for key, value in values.items() if _TABLES[table] else ():
            expected = _TABLES[table].get(key)
            if expected is None:
                fix = f"Use one of {', '.join(_TABLES[table])}."
                problems.append(Problem(FILE, f"Nothing reads {key!r} in [{table}].", fix, _line(text, key)))
            elif not _is(value, expected):
                what = f"{key!r} in [{table}] is no {expected.__name__}."
                problems.append(Problem(FILE, what, f"Write a TOML {expected.__name__}.", _line(text, key)))
    return problems


def _is(value: Any, expected: type) -> bool:
    return isinstance(value, expected) or (expected is float and type(value) is int)


def _typed(table: str, values: Any) -> dict[str, Any]:
    """What of a table can be read on with, so that one run tells all that is wrong."""
    kinds = _TABLES.get(table)
    if not isinstance(values, dict) or not kinds:
        return values if isinstance(values, dict) else {}
    return {key: value for key, value in values.items() if key in kinds and _is(value, kinds[key])}


def _can_be_imported(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z][a-z0-9_]*", name)) and not keyword.iskeyword(name)


def _unusable(api: Api, text: str) -> list[Problem]:
    problems = []
    can_be_imported = _can_be_imported(api.package)
    if not can_be_imported:
        plain = re.sub(r"[^a-z0-9]+", "_", api.package.lower()).strip("_")
        fix = f"Write a lower-case Python identifier{f', such as {plain}' if _can_be_imported(plain) else ''}."
        what = f"The package name {api.package!r} cannot be imported."
        problems.append(Problem(FILE, what, fix, _line(text, "name")))
    elif api.package in sys.stdlib_module_names or api.package in _NEEDED:
        what = f"The package name {api.package!r} is that of a module which Python or the package needs."
        problems.append(Problem(FILE, what, f"Write another one, such as {api.package}_api.", _line(text, "name")))
    is_made = not can_be_imported and _line(text, "client") is None
    if not is_made and (not api.plain_client.isidentifier() or keyword.iskeyword(api.plain_client)):
        fix = "Write a Python identifier in CapWords."
        what = f"The client name {api.plain_client!r} is no class name."
        problems.append(Problem(FILE, what, fix, _line(text, "client")))
    if not re.fullmatch(r"\d+(\.\d+)*((a|b|rc)\d+)?(\.dev\d+)?", api.version):
        fix = "Write a version like 0.1.0 (PEP 440)."
        problems.append(Problem(FILE, f"{api.version!r} is no version.", fix, _line(text, "version")))
    if api.client_auth not in ("", "basic", "body"):
        what = f"{api.client_auth!r} is no place for a client's name and secret."
        problems.append(Problem(FILE, what, "Write basic or body.", _line(text, "client_auth")))
    for document in api.documents:
        if document.removeprefix("spec/") in _MADE:
            what = f"The document {document!r} has the name of a file that the pipeline writes."
            fix = f'Move it to spec/source/ and write documents = ["source/{document.removeprefix("spec/")}"].'
            problems.append(Problem(FILE, what, fix, _line(text, "documents")))
    if not 0 <= api.delay <= 3600:
        fix = "Write the seconds between two requests, 0 to 3600."
        problems.append(Problem(FILE, f"The delay {api.delay} is no waiting time.", fix, _line(text, "delay")))
    return problems
