"""Names the client's class: as the API's title spells the package's name, `GitHub`, or else from that name alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from ..project import Api
from .reserved import CLASSES, EXPORTS
from .scope import CLIENT

_LONGEST_ACRONYM = 4
"""Letters of a word in capitals that is read as an acronym; a longer one is shouted."""
_WORD = re.compile(r"[A-Za-z0-9]+")
_OWNER = re.compile(r"['’]s\b")


def client_class(document: Mapping[str, Any], api: Api, shipped: Mapping[str, str]) -> str:
    """The class's name: what a person says, what was published, or what the title and the package's name give.

    A lock that has none is of a time when the title was not asked.
    """
    if api.client or shipped:
        return client_of(shipped, api)
    names = (*_spelled(str(document["info"].get("title", "")), api.package), api.plain_client)
    free = (name for name in names if {name, f"Async{name}"}.isdisjoint((*CLASSES, *EXPORTS)))
    return next(free, f"{api.plain_client}Client")


def client_of(names: Mapping[str, str], api: Api) -> str:
    """The class's name by a lock."""
    return api.client or names.get(CLIENT, api.plain_client)


def _spelled(title: str, package: str) -> Iterator[str]:
    """What reads as the package's name in a title, in CapWords: `OpenAI` of "OpenAI API"."""
    plain = unicodedata.normalize("NFKD", _OWNER.sub("", title)).encode("ascii", "ignore").decode()
    words, wanted = _WORD.findall(plain), package.replace("_", "")
    for start in range(len(words)):
        said = ""
        for end in range(start, len(words)):
            said += words[end].lower()
            if said == wanted:
                yield "".join(map(_capital, words[start : end + 1]))
            if not wanted.startswith(said):
                break


def _capital(word: str) -> str:
    if word.isupper() and len(word) > _LONGEST_ACRONYM:
        return word.capitalize()
    return word[0].upper() + word[1:]
