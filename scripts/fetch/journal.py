"""Answers of a fetch that is under way, kept so that an interrupted one goes on where it stopped.

They stand in `.fetching/`, which git ignores, and never in the tree: that is written once, as a whole, when the last
page is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from .site import Answer

FOLDER = ".fetching"
_KEPT = timedelta(days=1)
"""After this, pages are asked for anew: the site has moved on."""


class Journal:
    """The finished answers of one fetch, by the address that the index listed.

    They hold for one index and one list of pages: "not modified" means nothing for another.
    """

    def __init__(self, root: Path, index: str, pages: str, now: datetime) -> None:
        self._folder = root / FOLDER
        self._begun = {"index": index, "pages": pages, "begun": now.isoformat()}
        if not self._continues(now):
            self.remove()

    def _continues(self, now: datetime) -> bool:
        try:
            before = json.loads((self._folder / "begun.json").read_bytes())
            age = now - datetime.fromisoformat(before["begun"])
            return before == {**self._begun, "begun": before["begun"]} and timedelta() <= age < _KEPT
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def get(self, url: str) -> Answer | None:
        """The answer that was had before, if any."""
        try:
            head, _, body = (self._folder / _name(url)).read_bytes().partition(b"\n")
            values = json.loads(head)
            return Answer(**{**values, "links": tuple(values["links"]), "body": body})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, url: str, answer: Answer) -> None:
        """Keeps an answer, as a whole or not at all."""
        if not self._folder.is_dir():
            self._folder.mkdir(parents=True)
            self._write("begun.json", json.dumps(self._begun).encode())
        head = {name: value for name, value in asdict(answer).items() if name != "body"}
        self._write(_name(url), json.dumps(head).encode() + b"\n" + answer.body)

    def remove(self) -> None:
        """Forgets everything: the fetch is complete, or what it got is doubtful."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self, name: str, content: bytes) -> None:
        draft = self._folder / "draft"
        draft.write_bytes(content)
        os.replace(draft, self._folder / name)


def _name(url: str) -> str:
    return f"{hashlib.sha256(url.encode()).hexdigest()}.answer"
