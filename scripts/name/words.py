"""Splits names of all kinds into words and joins words into the two kinds of Python names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache

from .verbs import VERBS

LONGEST = 80
"""Characters of a derived name; a longer one says each word once, where it is last, and then leaves words out after the
first third."""
_MARKED_SIDE = re.compile(r"[-_. ](Input|Output)$")
_ENDINGS = (
    re.compile(r"(PublicDto|(?<![A-Z])Dto|DTO)$"),
    _MARKED_SIDE,
    re.compile(r"(?<=Request|esponse)(Model|Schema)$"),
)
"""Endings that say how a server's code is organised and nothing about the thing.

Those of a `ToolOutput`, a `VoiceModel` or a `JsonSchema` tell what it is.
"""
_SIDE = re.compile(r"(Input|Output)$")
"""The ending of what an operation takes or gives, where it is called by that: `CreatePetInput`."""

_SYMBOLS = {
    "@": "at", "$": "dollar", "#": "hash", "%": "percent", "&": "and", "*": "star", "+": "plus", "-": "minus",
    "/": "slash", "\\": "backslash", ".": "dot", ",": "comma", ":": "colon", ";": "semicolon", "<": "less",
    ">": "greater", "=": "equals", "!": "not", "~": "tilde", "^": "caret", "|": "pipe", "?": "question",
    "_": "underscore", " ": "space", "'": "quote", '"': "quote", "(": "paren", ")": "paren",
    "[": "bracket", "]": "bracket", "{": "brace", "}": "brace", "`": "backtick",
}  # fmt: skip
_MANY = r"(?:s(?![a-z\d]))?"
"""The ending of many things that are called by a number: `ipv6s`."""
_TERMS = rf"IPv[46]{_MANY}|IOps|OAuth\d?|iOS|macOS|GraphQL|MySQL|PostgreSQL|NoSQL|WebRTC"
_SHORT = r"(?<![A-Za-z\d])[A-Za-z]\d+[a-z](?![a-z\d])|[A-Z]\d+[A-Z](?=[A-Z][a-z]|[^A-Za-z\d]|$)"
"""Words with their middle as a number: `k8s`, `p2p`, `M2M`."""
_PLAIN = rf"[A-Z]+s?(?![a-z])(?:\d+{_MANY})?|[A-Z]?[^\WA-Z\d_]+(?:\d+{_MANY})?|\d+[^\WA-Z\d_]*"
_WORD = re.compile(f"{_TERMS}|{_SHORT}|{_PLAIN}")
_PLURALS_THAT_STAY = ("ss", "us", "is", "news", "series", "species", "data", "media")
_SINGULARS_TEXT = """
alias aliases=alias analyses=analysis analytics atlas axes=axis bias buses=bus caches=cache calories=calorie canvas
children=child cookies=cookie cors criteria=criterion echoes=echo gases=gas halves=half headquarters heroes=hero https
indices=index ips=ip knives=knife kubernetes leaves=leaf lens lenses=lens lives=life matrices=matrix men=man mice=mouse
movies=movie niches=niche people=person postgres quizzes=quiz shelves=shelf ties=tie vertices=vertex vetoes=veto
wolves=wolf women=woman
"""
_SINGULARS = {one.partition("=")[0]: one.rpartition("=")[2] for one in _SINGULARS_TEXT.split()}
"""Words whose one thing the rules get wrong; without a sign of equality it is the word itself."""


@lru_cache(maxsize=65536)
def parts(text: str) -> tuple[str, ...]:
    """The words of a name as they are written: `OpenAIFile` is `Open`, `AI`, `File`."""
    text = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    return tuple(part for part in _WORD.findall(text) if f"a{part}".isidentifier())


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in lower case: `actionIds`, `action-ids` and `ActionIDs` are all `action`, `ids`."""
    return tuple(part.lower() for part in parts(text))


@lru_cache(maxsize=65536)
def spelled(text: str) -> tuple[str, ...]:
    """The words of a name with its symbols spelled out: `@type` is `at`, `type`."""
    texts = []
    for char in text[: 4 * LONGEST]:
        known = _SYMBOLS.get(char)
        if known is None and not (char.isalnum() and ("_" + char).isidentifier()):
            known = unicodedata.name(char, "").lower()
        texts.append(char if known is None else f" {known} ")
    return words("".join(texts))


def short_hash(text: str) -> str:
    """Six characters that tell two texts apart; they begin with a letter, as some names must."""
    return "x" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:5]


def snake(names: Iterable[str]) -> str:
    """The words as one `snake_case` name."""
    return _joined([name.lower() for name in names], "_")


def pascal(names: Iterable[str]) -> str:
    """The words as one `CapWords` name; acronyms stay as they are written, unless all is in capitals."""
    names = tuple(names)
    if len(names) > 1 and all(name.isupper() for name in names):
        names = tuple(name.lower() for name in names)
    return _joined([name[:1].upper() + name[1:] for name in names], "")


def _joined(names: list[str], joint: str) -> str:
    """The words as one name; of a long one the words that are said again go, then those in its middle."""
    name = joint.join(names)
    if len(name) <= LONGEST:
        return name
    once = list(dict.fromkeys(reversed(names)))[::-1]
    while len(once) > 1 and len(joint.join(once)) > LONGEST:
        del once[len(once) // 3]  # the first words say whose it is, and the last what
    shorter = joint.join(once)
    return shorter if len(shorter) <= LONGEST else f"{shorter[: LONGEST - 10]}{joint}{short_hash(name)}"


def singular(names: tuple[str, ...]) -> tuple[str, ...]:
    """The words for one of the things: `ticket`, `types` becomes `ticket`, `type`."""
    if not names:
        return names
    last = names[-1]
    if last[-1:] == "s" and last[:-1].isupper():
        last = last[:-1]
    elif last.lower() in _SINGULARS:
        one = _SINGULARS[last.lower()]
        last = one if last[:1].islower() else one[:1].upper() + one[1:]
    elif last.endswith(_PLURALS_THAT_STAY) or len(last) < 4:
        pass
    elif last.endswith("ies"):
        last = last[:-3] + "y"
    elif last.endswith(("sses", "xes", "ches", "shes", "tuses", "nuses", "ruses", "puses")):
        last = last[:-2]
    elif last.endswith("s"):
        last = last[:-1]
    return (*names[:-1], last)


def is_plural(word: str) -> bool:
    """Whether a word looks like the name of many things."""
    return word in ("data", "media", "series", "news") or singular((word,)) != (word,)


def without_tail(said: tuple[str, ...], path: str, verb: str) -> tuple[str, ...]:
    """The words without those of path and method, with which frameworks make an id unique: `read_pet_pets__id__get`."""
    tail = (*words(path), verb)
    return said[: -len(tail)] if len(said) > len(tail) and said[-len(tail) :] == tail else said


def stem(key: str) -> str:
    """A schema's name without the endings that only speak of a server's code: `PhoneAgent` for `PhoneAgentDto`."""
    for ending in _ENDINGS:
        rest = ending.sub("", key).rstrip("_-. ")
        if rest != key and len(rest) > 1:
            return stem(rest)
    end = _SIDE.search(key)
    said = words(key) if end else ()
    return stem(key[: end.start()]) if end and len(said) > 2 and said[0] in VERBS else key


def has_twin(key: str, keys: Container[str]) -> bool:
    """Whether one thing has two schemas, of which each would be called as the other without its ending."""
    end = _MARKED_SIDE.search(key)
    return end is not None and f"{key[: end.start(1)]}{'Output' if end[1] == 'Input' else 'Input'}" in keys
