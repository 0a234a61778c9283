"""A package index: what it has of a package, and uploads to it by the interface that PyPI and its twins share."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass, field
from email.parser import BytesParser
from html import unescape
from urllib.parse import unquote, urlsplit

import httpx

from ..problems import BadInput, Problem, printable

_LINK = re.compile(r"""<a\s[^>]*href=["']([^"']*)["']""", re.IGNORECASE)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_REPEATED = ("Classifier", "Requires-Dist", "Project-URL", "License-File", "Provides-Extra")
_FIELDS = {"Classifier": "classifiers", "Project-URL": "project_urls", "License-File": "license_files"}
"""Where a form field is not simply called as the metadata's."""


@dataclass(frozen=True)
class Index:
    """Where packages are uploaded to, and looked for."""

    name: str
    upload: str
    simple: str
    variable: str = ""
    """The environment variable that holds its token; empty where none is asked for."""


INDEXES = {
    "local": Index("local", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/simple/"),
    "testpypi": Index(
        "testpypi", "https://test.pypi.org/legacy/", "https://test.pypi.org/simple/", variable="TESTPYPI_TOKEN"
    ),
    "pypi": Index("pypi", "https://upload.pypi.org/legacy/", "https://pypi.org/simple/", variable="PYPI_TOKEN"),
}


def local(url: str) -> Index:
    """An index of one's own at an address.

    Raises:
        BadInput: The address is not one of this machine.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.hostname not in _LOOPBACK or parts.username:
        fix = "Name an index on this machine, such as http://127.0.0.1:8080."
        raise BadInput(Problem("", "This is no address of a local index.", fix))
    return Index("local", f"{url.rstrip('/')}/", f"{url.rstrip('/')}/simple/")


@dataclass(frozen=True)
class Client:
    """Talks to one index."""

    index: Index
    token: str = field(default="", repr=False)

    def files(self, distribution: str) -> dict[str, str]:
        """The SHA-256 by file name of what the index has; empty text where it does not say.

        Raises:
            BadInput: The index does not answer as one.
        """
        answer = self._ask("GET", f"{self.index.simple}{distribution}/")
        if answer.status_code == 404 or (answer.is_redirect and self.index.name == "local"):
            return {}  # a local index sends whoever asks for what it does not have to PyPI
        if answer.status_code != 200:
            raise BadInput(self._refused("cannot be asked", answer))
        found = {}
        for link in _LINK.findall(answer.text):
            parts = urlsplit(unescape(link))
            found[unquote(parts.path).rpartition("/")[2]] = parts.fragment.partition("sha256=")[2]
        return found

    def upload(self, file: str, content: bytes, metadata: bytes) -> None:
        """Adds a file to the index.

        Raises:
            BadInput: The index refuses it, or fails.
        """
        auth = httpx.BasicAuth("__token__", self.token) if self.token else None
        parts = {"content": (file, content, "application/octet-stream")}
        answer = self._ask("POST", self.index.upload, data=form(file, content, metadata), files=parts, auth=auth)
        if answer.status_code not in (200, 201):
            raise BadInput(self._refused(f"does not take {file}", answer))

    def _ask(self, verb: str, url: str, **more: object) -> httpx.Response:
        try:
            with httpx.Client(timeout=60, trust_env=self.index.name != "local") as client:
                return client.request(verb, url, **more)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            what = f"The index {self.index.name} cannot be reached: {type(error).__name__}."
            raise BadInput(Problem("", what, "Try again; what was uploaded before is passed over.")) from None

    def _refused(self, what: str, answer: httpx.Response) -> Problem:
        words = re.sub(r"<[^>]*>", " ", answer.text) or answer.reason_phrase
        said = " ".join(printable(words.replace(self.token, "…") if self.token else words).split())[:200]
        fix = "Look at the token and the version."
        if answer.status_code >= 500:
            fix = "Try again later; what was uploaded before is passed over."
        return Problem("", f"The index {self.index.name} {what}: {answer.status_code} {said}.", fix)


def form(file: str, content: bytes, metadata: bytes) -> dict[str, str | list[str]]:
    """The fields of an upload: what the file is, and its metadata."""
    said = BytesParser().parsebytes(metadata)
    wheel = file.endswith(".whl")
    fields: dict[str, str | list[str]] = {
        ":action": "file_upload",
        "protocol_version": "1",
        "filetype": "bdist_wheel" if wheel else "sdist",
        "pyversion": file.split("-")[2] if wheel else "source",
        "sha256_digest": hashlib.sha256(content).hexdigest(),
    }
    for name in dict.fromkeys(said.keys()):
        field = _FIELDS.get(name, name.lower().replace("-", "_"))
        fields[field] = said.get_all(name, []) if name in _REPEATED else str(said[name])
    fields["description"] = str(said.get_payload())
    return fields


def metadata_of(wheel: bytes) -> bytes:
    """The core metadata in a wheel."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return archive.read(name)
